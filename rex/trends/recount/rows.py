"""All that a place is told, its rows read once and judged here one by one: no condition of the page, no list of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Collectif, College, Service
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.difficulty_models import Echo
from rex.journal.models import Audience, Authorship, Entry, EntryKind, Recit, Stance, Tagging
from rex.journal.recognition_models import Recognition
from rex.trends.asked import Place

IN_THE_OPEN = (Audience.COLLECTIF, Audience.RESEAU)


class Voice(NamedTuple):
    """Somebody who signs a text, or who lives a difficulty too, from where they spoke."""

    user_id: int | None
    service_id: int | None
    service_name: str
    college: College | None


class Text(NamedTuple):
    """A text that is told. `day`: on the calendar of the place; `by`: signatures that are given; `to`: the service that a merci
    thanks."""

    id: int
    kind: EntryKind
    home_id: int
    day: date
    by: Sequence[Voice]
    tags: Mapping[str, Stance]
    action_id: int | None
    to: int | None


class Home(NamedTuple):
    """A service, or a collectif in the réseau: what figures name. `home_id`: of the collectif."""

    id: int
    public_id: str
    name: str
    home_id: int


class Told(NamedTuple):
    """`answers`: services from which somebody answered under a text; `echoes`: of those who live a difficulty too."""

    is_reseau: bool
    texts: Sequence[Text]
    answers: Mapping[int, set[int]]
    echoes: Mapping[int, list[Voice]]
    services: Mapping[int, Home]
    collectifs: Mapping[int, Home]


def told_in(session: RexSession, place: Place) -> Told:
    here = Entry.audience == Audience.RESEAU if place.is_reseau else Entry.collectif_id == place.collectif_id
    heard = (Audience.RESEAU,) if place.is_reseau else IN_THE_OPEN
    with session.as_system("each text of a journal, to count it again"):
        texts = _texts(session, place, here, heard)
        return Told(
            place.is_reseau,
            texts,
            _answers(session, here, heard),
            {} if place.is_reseau else _voices(session, Echo, here),
            {row.id: Home(*row) for row in session.execute(_named(Service, Service.collectif_id))},
            {row.id: Home(*row) for row in session.execute(_named(Collectif, Collectif.id))},
        )


def _texts(session: RexSession, place: Place, here: Any, heard: Sequence[Audience]) -> list[Text]:
    signed, tags = _signatures(session, here), _tags(session, here)
    ids = select(Entry.id).where(here)
    actions = {one: action for one, action in session.execute(select(Recit.id, Recit.action_id).where(Recit.id.in_(ids)))}
    thanked = session.execute(select(Recognition.id, Recognition.to_service_id).where(Recognition.id.in_(ids)))
    receivers = {one: service for one, service in thanked}
    columns = (Entry.id, Entry.kind, Entry.collectif_id, Entry.published_at, Entry.audience, Entry.suspended_at)
    found = []
    for row in session.execute(select(*columns).where(here)):
        if row.published_at is None or row.suspended_at is not None or row.audience not in heard:
            continue
        day, one = day_of(row.published_at, place), row.id
        by, marks = signed.get(one, ()), tags.get(one, {})
        found.append(Text(one, row.kind, row.collectif_id, day, by, marks, actions.get(one), receivers.get(one)))
    return found


def day_of(at: datetime, place: Place) -> date:
    return clock.local(at, place.timezone).date()


def _signatures(session: RexSession, here: Any) -> dict[int, list[Voice]]:
    """Without those who are to sign later: they have no collège, and are named nowhere yet."""
    every = _voices(session, Authorship, here)
    return {key: [one for one in voices if one.college is not None] for key, voices in every.items()}


def _voices(session: RexSession, cls: Any, here: Any) -> dict[int, list[Voice]]:
    found = defaultdict(list)
    query = select(cls.entry_id, cls.user_id, cls.service_id, cls.service_name, cls.college)
    for row in session.execute(query.where(cls.entry_id.in_(select(Entry.id).where(here)))):
        found[row.entry_id].append(Voice(*row[1:]))
    return found


def _tags(session: RexSession, here: Any) -> dict[int, dict[str, Stance]]:
    found: dict[int, dict[str, Stance]] = defaultdict(dict)
    query = select(Tagging.entry_id, Tagging.code, Tagging.stance).where(Tagging.entry_id.in_(select(Entry.id).where(here)))
    for entry_id, code, stance in session.execute(query):
        found[entry_id][code] = stance
    return found


def _answers(session: RexSession, here: Any, heard: Sequence[Audience]) -> dict[int, set[int]]:
    """Of messages that still stand and that all who read the text here could hear."""
    found = defaultdict(set)
    columns = (Exchange.entry_id, Exchange.service_id, Exchange.audience, Exchange.withdrawn_at, Exchange.suspended_at)
    for row in session.execute(select(*columns).where(Exchange.entry_id.in_(select(Entry.id).where(here)))):
        if row.service_id is not None and row.withdrawn_at is None and row.suspended_at is None and row.audience in heard:
            found[row.entry_id].add(row.service_id)
    return found


def _named(cls: Any, home_id: Any) -> Any:
    return select(cls.id, cls.public_id, cls.name, home_id)
