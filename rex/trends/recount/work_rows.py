"""The tensions of a journal and what was done about them, its séances: rows read once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from rex.db import RexSession
from rex.journal.models import Entry
from rex.seances.models import Seance, SeanceKind
from rex.tensions.models import ActKind, Arbitrage, State, Tension, TensionAct, TensionLink, TensionSeance, TensionTrial
from rex.trends.asked import Place
from rex.trends.recount.rows import IN_THE_OPEN, day_of


class Act(NamedTuple):
    """A tension was put to work."""

    tension_id: int
    day: date
    seance_id: int | None


class Done(NamedTuple):
    """Something was decided, or tried."""

    tension_id: int
    day: date


class Meeting(NamedTuple):
    id: int
    public_id: str
    starts_at: datetime
    day: date


class NamedTension(NamedTuple):
    id: int
    public_id: str
    title: str
    state: State | None


class Work(NamedTuple):
    """`tensions`: those that are told, the first named first; `labels`: how faults name them, by their public ids; `links`: ids of
    difficulties by tension; `acts`: oldest first; `meetings`: séances of the journal that were not called off, the last one first;
    `ties`: (tension, séance)."""

    tensions: Sequence[NamedTension]
    labels: Mapping[str, str]
    links: Mapping[int, Sequence[int]]
    acts: Sequence[Act]
    decided: Sequence[Done]
    tried: Sequence[Done]
    meetings: Sequence[Meeting]
    ties: set[tuple[int, int]]


def work_in(session: RexSession, place: Place) -> Work:
    with session.as_system("each text of a journal, to count it again"):
        tensions = _tensions(session, place)
        known = {one.id for one in tensions}
        links = defaultdict(list)
        for tension_id, difficulty_id in session.execute(_of_tensions(place, TensionLink, TensionLink.difficulty_id)):
            links[tension_id].append(difficulty_id)
        decided = session.execute(_of_tensions(place, Arbitrage, Arbitrage.decided_on))
        tried = session.execute(_of_tensions(place, TensionTrial, TensionTrial.created_at))
        ties = session.execute(_of_tensions(place, TensionSeance, TensionSeance.seance_id))
        return Work(
            tensions,
            {one.public_id: f"tension {one.public_id}" for one in tensions},  # its words are nobody’s to read on a console
            links,
            [one for one in _acts(session, place) if one.tension_id in known],
            [Done(*row) for row in decided if row.tension_id in known],
            [Done(tension_id, day_of(at, place)) for tension_id, at in tried if tension_id in known],
            _meetings(session, place),
            {(tension_id, seance_id) for tension_id, seance_id in ties if tension_id in known},
        )


def _of_tensions(place: Place, cls: Any, *columns: Any) -> Any:
    ids = select(Entry.id).where(Entry.collectif_id == place.collectif_id)
    return select(cls.tension_id, *columns).where(cls.tension_id.in_(ids))


def _tensions(session: RexSession, place: Place) -> list[NamedTension]:
    columns = (Tension.id, Tension.public_id, Tension.title, Tension.state)
    query = select(*columns, Tension.published_at, Tension.suspended_at, Tension.audience)
    rows = [
        row
        for row in session.execute(query.where(Tension.collectif_id == place.collectif_id))
        if row.published_at is not None and row.suspended_at is None and row.audience in IN_THE_OPEN
    ]
    return [NamedTension(*row[:4]) for row in sorted(rows, key=lambda row: (row.published_at, row.id))]


def _acts(session: RexSession, place: Place) -> list[Act]:
    """Those that put to work and still stand."""
    columns = (TensionAct.id, TensionAct.at, TensionAct.seance_id, TensionAct.kind, TensionAct.undone_at)
    rows = sorted(session.execute(_of_tensions(place, TensionAct, *columns)), key=lambda row: (row.at, row.id))
    standing = [row for row in rows if row.kind is ActKind.AT_WORK and row.undone_at is None]
    return [Act(row.tension_id, day_of(row.at, place), row.seance_id) for row in standing]


def _meetings(session: RexSession, place: Place) -> list[Meeting]:
    columns = (Seance.id, Seance.public_id, Seance.starts_at, Seance.kind, Seance.cancelled_at)
    rows = session.execute(select(*columns).where(Seance.collectif_id == place.collectif_id))
    held = [row for row in rows if row.kind is not SeanceKind.GROUPE and row.cancelled_at is None]
    held.sort(key=lambda row: (row.starts_at, row.id), reverse=True)
    return [Meeting(row.id, row.public_id, row.starts_at, day_of(row.starts_at, place)) for row in held]
