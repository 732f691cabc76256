"""What stands on the page of a tension beside its difficulties: what was tried, what was decided, its séances, its life."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select

from rex.access import Reader, told_tensions, visible_seances
from rex.db import RexSession
from rex.journal.models import Entry
from rex.seances.models import Seance
from rex.tensions.models import (
    ActKind,
    Arbitrage,
    ArbitrageParty,
    Tension,
    TensionAct,
    TensionSeance,
    TensionTrial,
)

MOST_TOLD = 40  # acts of a tension that its page tells, the last ones


@dataclass(frozen=True)
class Trial:
    """Something that was tried, and what it gave. `service`: when it has writers enough to be shown."""

    public_id: str
    words: str
    outcome: str
    service: str
    said_at: datetime
    outcome_at: datetime | None
    is_mine: bool
    is_open: bool  # whoever curates may say what it gave


@dataclass(frozen=True)
class Party:
    name: str
    enjeu: str
    effort: str


@dataclass(frozen=True)
class Decided:
    """An arbitrage."""

    public_id: str
    decided: str
    decided_on: date
    corrected_at: datetime | None
    parties: tuple[Party, ...]


@dataclass(frozen=True)
class Act:
    """Something that happened to a tension."""

    public_id: str
    kind: ActKind
    words: str
    at: datetime
    undone_at: datetime | None
    is_mine: bool
    number: int = 0  # of the difficulties that it moved
    is_from_elsewhere: bool = False  # it came from an archive, without what it changed


@dataclass(frozen=True)
class Meeting:
    public_id: str
    title: str
    starts_at: datetime
    cancelled_at: datetime | None


def trials_of(session: RexSession, reader: Reader, tension_id: int, services: Sequence[str]) -> list[Trial]:
    """What was tried, the last first (one statement). `services`: those that may be shown on this page."""
    query = select(
        TensionTrial.public_id, TensionTrial.words, TensionTrial.outcome, TensionTrial.service_name, TensionTrial.created_at,
        TensionTrial.outcome_at, TensionTrial.author_id,
    ).where(TensionTrial.tension_id == tension_id)  # fmt: skip
    rows = session.execute(query.order_by(TensionTrial.created_at.desc(), TensionTrial.id.desc()))
    return [
        Trial(
            row.public_id, row.words, row.outcome, row.service_name if row.service_name in services else "", row.created_at,
            row.outcome_at, row.author_id == reader.user_id, not row.outcome or row.author_id is None,
        )
        for row in rows
    ]  # fmt: skip


def find_trial(session: RexSession, tension_id: int, public_id: str) -> TensionTrial | None:
    query = select(TensionTrial).where(TensionTrial.tension_id == tension_id, TensionTrial.public_id == public_id)
    return session.scalars(query).first()


def arbitrages_of(session: RexSession, tension_id: int) -> list[Decided]:
    """What was decided, the last first (two statements)."""
    query = select(
        Arbitrage.id, Arbitrage.public_id, Arbitrage.decided, Arbitrage.decided_on, Arbitrage.corrected_at
    ).where(Arbitrage.tension_id == tension_id)
    rows = session.execute(query.order_by(Arbitrage.decided_on.desc(), Arbitrage.id.desc())).all()
    parties: dict[int, list[Party]] = {row.id: [] for row in rows}
    columns = (ArbitrageParty.arbitrage_id, ArbitrageParty.name, ArbitrageParty.enjeu, ArbitrageParty.effort)
    of_these = select(*columns).where(ArbitrageParty.arbitrage_id.in_(parties)).order_by(ArbitrageParty.position)
    for arbitrage_id, name, enjeu, effort in session.execute(of_these):
        parties[arbitrage_id].append(Party(name, enjeu, effort))
    return [
        Decided(row.public_id, row.decided, row.decided_on, row.corrected_at, tuple(parties[row.id]))
        for row in rows
    ]


def find_arbitrage(session: RexSession, tension_id: int, public_id: str) -> Arbitrage | None:
    query = select(Arbitrage).where(Arbitrage.tension_id == tension_id, Arbitrage.public_id == public_id)
    return session.scalars(query).first()


def acts_of(session: RexSession, reader: Reader, tension_id: int) -> list[Act]:
    """What happened to a tension, the last first (one statement)."""
    return _acts(session, reader, TensionAct.tension_id == tension_id)


def set_aside_in(session: RexSession, reader: Reader, collectif_id: int) -> list[Act]:
    """Proposals that were set aside in a collectif, the last first (one statement)."""
    return _acts(session, reader, and_(TensionAct.collectif_id == collectif_id, TensionAct.kind == ActKind.SET_ASIDE))


def _acts(session: RexSession, reader: Reader, which: ColumnElement[bool]) -> list[Act]:
    columns = (
        TensionAct.public_id, TensionAct.kind, TensionAct.words, TensionAct.at, TensionAct.undone_at, TensionAct.actor_id,
        TensionAct.before,
    )  # fmt: skip
    rows = session.execute(
        select(*columns).where(which).order_by(TensionAct.at.desc(), TensionAct.id.desc()).limit(MOST_TOLD)
    ).all()
    befores = {row.public_id: json.loads(row.before or "{}") for row in rows}
    suspended = suspended_among(session, {before.get("new") for before in befores.values()})
    return [
        Act(
            row.public_id, row.kind, "" if befores[row.public_id].get("new") in suspended else row.words, row.at, row.undone_at,
            row.actor_id == reader.user_id, len(befores[row.public_id].get("difficulties", ())),
            not row.before,
        )
        for row in rows
    ]  # fmt: skip


def suspended_among(session: RexSession, tension_ids: Iterable[int | None]) -> set[int]:
    """Those of these tensions whose name is out of sight: no act of another one says it (one statement, none for nothing)."""
    ids = sorted({one for one in tension_ids if one is not None})
    if not ids:
        return set()
    with session.as_system("of which tensions the name was suspended, none of their words"):
        return set(session.scalars(select(Entry.id).where(Entry.id.in_(ids), Entry.suspended_at.is_not(None))))


def find_act(session: RexSession, public_id: str) -> TensionAct | None:
    return session.scalars(select(TensionAct).where(TensionAct.public_id == public_id)).first()


def where_it_went(session: RexSession, reader: Reader, public_id: str) -> str | None:
    """Of a tension that was merged: the one that holds what it gathered (public id), when this reader reads it; else nothing.
    (Two statements for what they may not read as for what never was.)"""
    merged = select(TensionAct.tension_id, TensionAct.before).where(TensionAct.kind == ActKind.MERGED)
    rows = session.execute(merged.where(TensionAct.undone_at.is_(None)))
    into = {json.loads(before or "{}").get("other"): tension_id for tension_id, before in rows}
    with session.as_system("of which merged tension an address was, none of its words"):
        at = session.scalar(select(Tension.id).where(Tension.public_id == public_id, Tension.id.in_(into)))
    while at in into:
        at = into.pop(at)
    if at is None:
        return None
    return session.scalar(told_tensions(reader).with_only_columns(Tension.public_id).where(Tension.id == at))


def seances_on(session: RexSession, reader: Reader, tension_id: int) -> list[Meeting]:
    """The séances that were opened on a tension, the last first (one statement)."""
    query = visible_seances(reader).join(TensionSeance, TensionSeance.seance_id == Seance.id)
    query = query.with_only_columns(Seance.public_id, Seance.title, Seance.starts_at, Seance.cancelled_at)
    rows = session.execute(query.where(TensionSeance.tension_id == tension_id).order_by(Seance.starts_at.desc(), Seance.id))
    return [Meeting(*row) for row in rows]
