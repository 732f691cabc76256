"""The voices of tensions, of proposals, of any difficulties: how many tell them, from where, since when. Never who.

People are counted and never named; a service is named when at least three people have written there over its life. Each figure is
that of the difficulties that the reader of the session reads; « je vis ça aussi » adds a voice and no difficulty."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from rex import clock, french
from rex.access import Reader, told_difficulties
from rex.collectifs.models import College, Service
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Audience, Authorship, Entry
from rex.tensions.models import TensionLink
from rex.tensions.recurrence import is_recurring

WRITERS = 3  # distinct people who wrote in a service over its life, under which it is not named
OTHERS = "Autres services"
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
    """The voices of these tensions, for this reader; a tension of which they read no difficulty is left out (four statements)."""
    wanted = sorted(set(tension_ids))
    query = told_difficulties(reader).join(TensionLink, TensionLink.difficulty_id == Entry.id)
    rows = session.execute(
        query.where(TensionLink.tension_id.in_(wanted)).with_only_columns(
            TensionLink.tension_id, Entry.id, Entry.published_at, Entry.collectif_id
        )
    ).all()
    gathered: dict[int, list[_Told]] = defaultdict(list)
    zones: dict[int, str] = {}
    for tension_id, difficulty_id, at, collectif_id in rows:
        if at is not None:  # it is told
            gathered[tension_id].append(_Told(difficulty_id, at))
            zones[tension_id] = _zone(reader, collectif_id)
    return _voices(session, gathered, zones)


def voices_among(session: RexSession, reader: Reader, groups: Mapping[Key, Sequence[int]]) -> dict[Key, Voices]:
    """The voices of any difficulties (ids, under any key): those of proposals, that nobody named yet."""
    ids = sorted({one for members in groups.values() for one in members})
    query = told_difficulties(reader).with_only_columns(Difficulty.id, Entry.published_at, Entry.collectif_id)
    told, zones = {}, {}
    for portion in _portions(ids):
        for difficulty_id, at, collectif_id in session.execute(query.where(Difficulty.id.in_(portion))):
            if at is not None:
                told[difficulty_id] = _Told(difficulty_id, at)
                zones[difficulty_id] = _zone(reader, collectif_id)
    gathered = {key: [told[one] for one in members if one in told] for key, members in groups.items()}
    gathered = {key: members for key, members in gathered.items() if members}
    return _voices(session, gathered, {key: zones[members[0].id] for key, members in gathered.items()})


def _zone(reader: Reader, collectif_id: int) -> str:
    seat = reader.seat(collectif_id)
    return seat.timezone if seat else "Europe/Paris"


def _voices(session: RexSession, gathered: Mapping[Key, list[_Told]], zones: Mapping[Key, str]) -> dict[Key, Voices]:
    if not gathered:
        return {}
    ids = sorted({one.id for members in gathered.values() for one in members})
    spoken: dict[int, list[Voice]] = defaultdict(list)
    for who in (Authorship, Echo):
        columns = (who.entry_id, who.user_id, who.service_id, who.service_name, who.college)
        for portion in _portions(ids):
            for row in session.execute(select(*columns).where(who.entry_id.in_(portion))):
                spoken[row.entry_id].append(Voice(row.user_id, row.service_id, row.service_name, row.college))
    names = _shown(session, {voice for voices in spoken.values() for voice in voices})
    return {
        key: _of(members, [voice for one in members for voice in spoken[one.id]], zones[key], names)
        for key, members in gathered.items()
    }


def _of(members: list[_Told], voices: list[Voice], zone: str, names: Mapping[int, str]) -> Voices:
    services = {voice.service for voice in voices if voice.service}
    months = {(day.year, day.month) for day in (clock.local(one.at, zone) for one in members)}
    people = len({voice.person for voice in voices})
    return Voices(
        difficulties=len(members),
        people=people,
        services=shown_among(services, names),
        service_count=len(services),
        colleges=tuple(one for one in College if any(voice.college is one for voice in voices)),
        months=len(months),
        since=min(one.at for one in members),
        last=max(one.at for one in members),
        is_recurring=is_recurring(len(members), people, len(services), len(months)),
    )


def shown_among(services: Iterable[Hashable], names: Mapping[int, str]) -> tuple[str, ...]:
    """The names to show for these services (ids, or the name of one that is gone): those of few writers are merged, from two on."""
    there = set(services)
    shown = sorted((names[one] for one in there if isinstance(one, int) and one in names), key=french.fold)
    small = sum(not (isinstance(one, int) and one in names) for one in there)
    return (*shown, OTHERS) if small >= 2 else tuple(shown)


def services_with_writers(session: RexSession, service_ids: Iterable[int]) -> dict[int, str]:
    """The names of the services among these in which at least three people wrote what was told, over their life.

    As the system: all members see the same names. The count stops at the third, however much was written."""
    wanted = sorted(set(service_ids))
    if not wanted:
        return {}
    by, entry = aliased(Authorship), aliased(Entry)
    told = entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU))
    wrote = (
        select(by.user_id)
        .where(by.service_id == Service.id, by.user_id.is_not(None), by.entry_id == entry.id, told, entry.suspended_at.is_(None))
        .correlate(Service)
        .distinct()
        .limit(WRITERS)
        .subquery()
    )
    enough = select(func.count()).select_from(wrote).scalar_subquery() >= WRITERS
    with session.as_system("in which services at least three people wrote"):
        rows = session.execute(select(Service.id, Service.name).where(Service.id.in_(wanted), enough))
        return {service_id: name for service_id, name in rows}


def _shown(session: RexSession, voices: Iterable[Voice]) -> dict[int, str]:
    return services_with_writers(session, {one.service_id for one in voices if one.service_id is not None})


def _portions(ids: Sequence[Any]) -> Iterable[list[Any]]:
    left = iter(ids)
    while portion := list(islice(left, _AT_ONCE)):
        yield portion
