"""What was held, put to work, decided and tried in the days of a page, each thing through the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select

from rex import clock
from rex.access import told_tensions, visible_seances
from rex.seances.models import Seance, SeanceKind
from rex.tensions.models import ActKind, Arbitrage, Tension, TensionAct, TensionSeance, TensionTrial
from rex.trends.look import Look

MOST = 100  # of a list; with more, it is told that there are


@dataclass(frozen=True)
class Held:
    """A séance of the journal."""

    id: int
    public_id: str
    title: str
    starts_at: datetime
    day: date


@dataclass(frozen=True)
class Tie:
    """A séance that was opened on a tension."""

    seance: Held
    tension_id: int
    name: str
    url: str


@dataclass(frozen=True)
class Told:
    """Something that happened to a tension. `words`: what was decided, what was tried; `gave`: what that gave; `seance`: the one
    that put it to work, or the last one that was held on it before."""

    tension_id: int
    name: str
    url: str
    day: date
    words: str = ""
    gave: str = ""
    seance: Held | None = None


def held_in(look: Look) -> list[Held]:
    """The séances of the journal that took place in these days, the last one first (one statement)."""
    starts, ends = _instants(look)
    query = _seances(look).where(Seance.starts_at >= starts, Seance.starts_at < ends, Seance.starts_at <= look.reader.now)
    query = query.with_only_columns(Seance.id, Seance.public_id, Seance.title, Seance.starts_at)
    rows = look.session.execute(query.order_by(Seance.starts_at.desc(), Seance.id.desc()).limit(MOST + 1))
    return [_held(look, row) for row in rows]


def ties_of(look: Look) -> list[Tie]:
    """The séances of the journal that were opened on a tension, the last one first (one statement)."""
    query = _tensions(look).join(TensionSeance, TensionSeance.tension_id == Tension.id)
    query = query.join(Seance, Seance.id == TensionSeance.seance_id).where(*_open_ones(look))
    query = query.with_only_columns(
        Seance.id, Seance.public_id, Seance.title, Seance.starts_at,
        Tension.id.label("tension_id"), Tension.title.label("name"), Tension.public_id.label("address"),
    )  # fmt: skip
    rows = look.session.execute(query.order_by(Seance.starts_at.desc(), Seance.id.desc(), Tension.id))
    return [Tie(_held(look, row), row.tension_id, row.name, f"/tensions/{row.address}") for row in rows]


def put_to_work_in(look: Look, ties: Sequence[Tie]) -> list[Told]:
    """The tensions put to work in these days by an act that still stands, each once, the last one first (one statement)."""
    starts, ends = _instants(look)
    query = _tensions(look).join(TensionAct, TensionAct.tension_id == Tension.id).where(
        TensionAct.kind == ActKind.AT_WORK, TensionAct.undone_at.is_(None), TensionAct.at >= starts, TensionAct.at < ends
    )
    query = query.with_only_columns(Tension.id, Tension.title, Tension.public_id, TensionAct.at, TensionAct.seance_id)
    seances = {tie.seance.id: tie.seance for tie in ties}
    found: dict[int, Told] = {}
    for row in look.session.execute(query.order_by(TensionAct.at, TensionAct.id)):
        told = found.get(row.id)
        if told is None or told.seance is None:  # put to work, then a séance was opened on it: it is told of the séance
            seance = seances.get(row.seance_id)
            if told is None or seance is not None:
                found.pop(row.id, None)
                found[row.id] = _told(look, row, row.at, seance=seance)
    return list(reversed(found.values()))[: MOST + 1]


def decided_in(look: Look, ties: Sequence[Tie]) -> list[Told]:
    """What was decided in these days, the last one first (one statement)."""
    span = look.asked.span
    query = _tensions(look).join(Arbitrage, Arbitrage.tension_id == Tension.id)
    query = query.where(Arbitrage.decided_on >= span.starts_on, Arbitrage.decided_on <= span.ends_on)
    query = query.with_only_columns(Tension.id, Tension.title, Tension.public_id, Arbitrage.decided, Arbitrage.decided_on)
    rows = look.session.execute(query.order_by(Arbitrage.decided_on.desc(), Arbitrage.id.desc()).limit(MOST + 1))
    return [
        Told(row.id, row.title, _url(row), row.decided_on, row.decided, seance=_before(ties, row.id, row.decided_on))
        for row in rows
    ]


def tried_in(look: Look, ties: Sequence[Tie]) -> list[Told]:
    """What was tried in these days, the last one first, with what it gave if that is known (one statement)."""
    starts, ends = _instants(look)
    query = _tensions(look).join(TensionTrial, TensionTrial.tension_id == Tension.id)
    query = query.where(TensionTrial.created_at >= starts, TensionTrial.created_at < ends)
    query = query.with_only_columns(
        Tension.id, Tension.title, Tension.public_id, TensionTrial.words.label("tried"), TensionTrial.outcome,
        TensionTrial.created_at,
    )  # fmt: skip
    rows = look.session.execute(query.order_by(TensionTrial.created_at.desc(), TensionTrial.id.desc()).limit(MOST + 1))
    found = []
    for row in rows:
        day = _day(look, row.created_at)
        found.append(Told(row.id, row.title, _url(row), day, row.tried, row.outcome, _before(ties, row.id, day)))
    return found


def _tensions(look: Look) -> Select[Any]:
    return told_tensions(look.reader).where(Tension.collectif_id == look.asked.place.collectif_id)


def _seances(look: Look) -> Select[Any]:
    return visible_seances(look.reader).where(*_open_ones(look))


def _open_ones(look: Look) -> list[Any]:
    """Of the journal, never of a group; neither are those that were called off."""
    here = Seance.collectif_id == look.asked.place.collectif_id
    return [here, Seance.kind != SeanceKind.GROUPE, Seance.cancelled_at.is_(None)]


def _instants(look: Look) -> tuple[datetime, datetime]:
    starts, ends = look.asked.span.period.instants(look.asked.place.timezone)
    assert starts is not None and ends is not None
    return starts, ends


def _held(look: Look, row: Any) -> Held:
    return Held(row.id, row.public_id, row.title, row.starts_at, _day(look, row.starts_at))


def _told(look: Look, row: Any, at: datetime, seance: Held | None) -> Told:
    return Told(row.id, row.title, _url(row), _day(look, at), seance=seance)


def _url(row: Any) -> str:
    return f"/tensions/{row.public_id}"


def _day(look: Look, at: datetime) -> date:
    return clock.local(at, look.asked.place.timezone).date()


def _before(ties: Sequence[Tie], tension_id: int, day: date) -> Held | None:
    """The last séance held on a tension until that day."""
    return next((tie.seance for tie in ties if tie.tension_id == tension_id and tie.seance.day <= day), None)
