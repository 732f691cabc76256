"""The voices of tensions, of proposals, of any difficulties: how many tell them, from where, since when. Never who.

People are counted and never named; which services are is said in `rex.tensions.naming`. Each figure is that of the difficulties
that the reader of the session reads; « je vis ça aussi » adds a voice and no difficulty."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, select, true

from rex import clock
from rex.access import Reader, told_difficulties
from rex.collectifs.models import College
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Authorship, Entry
from rex.tensions.models import TensionLink
from rex.tensions.naming import OTHERS, NamedServices, named_services
from rex.tensions.recurrence import is_recurring

_AT_ONCE = 5_000  # ids in one statement
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Voices:
    """Who tells, as numbers and places. `services`: the names fit to be shown, in alphabetical order, « Autres services » last."""

    difficulties: int
    people: int
    services: tuple[str, ...]
    service_count: int
    colleges: tuple[College, ...]
    months: int
    since: datetime
    last: datetime
    is_recurring: bool
    is_of_one_unnamed: bool  # told from one place alone, that is not named: how many people speak there is not said

    @property
    def services_said(self) -> int:
        """How many services pages may count: one alone that is too small to be named is not told from none."""
        named = sum(name != OTHERS for name in self.services)
        return self.service_count if self.service_count - named != 1 else named


class _Told(NamedTuple):
    id: int
    at: datetime


class Voice(NamedTuple):
    """One signature, or one « je vis ça aussi »."""

    user_id: int | None
    service_id: int | None
    service_name: str
    college: College | None

    @property
    def person(self) -> Hashable:
        """Whoever left the application is told from others by the place from which they spoke."""
        return self.user_id if self.user_id is not None else ("gone", self.service_id, self.service_name, self.college)

    @property
    def service(self) -> Hashable:
        """Empty: who speaks from no service."""
        return self.service_id if self.service_id is not None else self.service_name


def voices_of(session: RexSession, reader: Reader, tension_ids: Iterable[int]) -> dict[int, Voices]:
    """The voices of these tensions, for this reader; a tension of which they read no difficulty is left out (four statements,
    when all are of one journal)."""
    wanted = sorted(set(tension_ids))
    query = told_difficulties(reader).join(TensionLink, TensionLink.difficulty_id == Entry.id)
    rows = session.execute(
        query.where(TensionLink.tension_id.in_(wanted)).with_only_columns(
            TensionLink.tension_id, Entry.id, Entry.published_at, Entry.collectif_id
        )
    ).all()
    gathered: dict[int, list[_Told]] = defaultdict(list)
    places: dict[int, int] = {}
    for tension_id, difficulty_id, at, collectif_id in rows:
        if at is not None:  # it is told
            gathered[tension_id].append(_Told(difficulty_id, at))
            places[tension_id] = collectif_id
    return _voices(session, reader, gathered, places)


def voices_among(session: RexSession, reader: Reader, groups: Mapping[Key, Sequence[int]]) -> dict[Key, Voices]:
    """The voices of any difficulties (ids, under any key): those of proposals, that nobody named yet."""
    ids = sorted({one for members in groups.values() for one in members})
    query = told_difficulties(reader).with_only_columns(Difficulty.id, Entry.published_at, Entry.collectif_id)
    told, places = {}, {}
    for portion in _portions(ids):
        for difficulty_id, at, collectif_id in session.execute(query.where(Difficulty.id.in_(portion))):
            if at is not None:
                told[difficulty_id] = _Told(difficulty_id, at)
                places[difficulty_id] = collectif_id
    gathered = {key: [told[one] for one in members if one in told] for key, members in groups.items()}
    gathered = {key: members for key, members in gathered.items() if members}
    return _voices(session, reader, gathered, {key: places[members[0].id] for key, members in gathered.items()})


def is_said(who: Any) -> ColumnElement[bool]:
    """Whoever lives a difficulty too; whoever signs it, and not who is to sign later: they tell nothing yet."""
    return Authorship.college.is_not(None) if who is Authorship else true()


def _zone(reader: Reader, collectif_id: int) -> str:
    seat = reader.seat(collectif_id)
    return seat.timezone if seat else "Europe/Paris"


def _voices(
    session: RexSession, reader: Reader, gathered: Mapping[Key, list[_Told]], places: Mapping[Key, int]
) -> dict[Key, Voices]:
    if not gathered:
        return {}
    ids = sorted({one.id for members in gathered.values() for one in members})
    spoken: dict[int, list[Voice]] = defaultdict(list)
    for who in (Authorship, Echo):
        columns = (who.entry_id, who.user_id, who.service_id, who.service_name, who.college)
        for portion in _portions(ids):
            for row in session.execute(select(*columns).where(who.entry_id.in_(portion), is_said(who))):
                spoken[row.entry_id].append(Voice(row.user_id, row.service_id, row.service_name, row.college))
    named = {place: named_services(session, place) for place in sorted(set(places.values()))}
    zones = {place: _zone(reader, place) for place in named}
    return {
        key: _of(members, [voice for one in members for voice in spoken[one.id]], zones[places[key]], named[places[key]])
        for key, members in gathered.items()
    }


def _of(members: list[_Told], voices: list[Voice], zone: str, named: NamedServices) -> Voices:
    services = {voice.service for voice in voices if voice.service}
    months = {(day.year, day.month) for day in (clock.local(one.at, zone) for one in members)}
    people = len({voice.person for voice in voices})
    shown = named.among(services)
    return Voices(
        difficulties=len(members),
        people=people,
        services=shown,
        service_count=len(services),
        colleges=tuple(one for one in College if any(voice.college is one for voice in voices)),
        months=len(months),
        since=min(one.at for one in members),
        last=max(one.at for one in members),
        is_recurring=is_recurring(len(members), people, len(services), len(months)),
        is_of_one_unnamed=not shown and (len(services) == 1 or not named.names_who_has_none()),
    )


def _portions(ids: Sequence[Any]) -> Iterable[list[Any]]:
    left = iter(ids)
    while portion := list(islice(left, _AT_ONCE)):
        yield portion
