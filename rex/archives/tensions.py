"""Tensions as lines: what they gather, what people did about them. Who did it stands on no page of a tension, and on no line."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from rex.access import MembershipView, Reader, told_difficulties, told_tensions
from rex.archives.shape import Line, said_at
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Entry
from rex.tensions.models import (
    Arbitrage,
    ArbitrageParty,
    OwnIdea,
    Tension,
    TensionAct,
    TensionApart,
    TensionLink,
    TensionSettings,
    TensionTrial,
)
from rex.tensions.page_queries import suspended_among

Ids = dict[int, str]  # entry id → public id


def members_curate(session: RexSession, collectif_id: int) -> bool:
    """Whether any member names, joins and splits."""
    chosen = select(TensionSettings.members_curate).where(TensionSettings.collectif_id == collectif_id)
    return session.scalar(chosen) or False


def ideas(session: RexSession, collectif_id: int) -> list[Line]:
    """Expressions that say the same here."""
    rows = session.scalars(select(OwnIdea).where(OwnIdea.collectif_id == collectif_id).order_by(OwnIdea.id))
    return [{"id": one.public_id, "mots": one.words, "cree_le": said_at(one.created_at)} for one in rows]


def of_entries(session: RexSession, reader: Reader, ids: Collection[int]) -> dict[int, Line]:
    """What tensions say beside what every text says, by entry id."""
    query = told_tensions(reader).with_only_columns(Tension.id, Tension.state, Tension.state_at).where(Tension.id.in_(ids))
    return {
        row.id: {"etat": row.state.value if row.state else None, "etat_le": said_at(row.state_at)} for row in session.execute(query)
    }


def links_after(session: RexSession, last: int, most: int, here: Collection[int] | None = None) -> Sequence[Any]:
    """The next links between told difficulties and told tensions, in the order of the difficulties; or those of `here`."""
    query = select(TensionLink.difficulty_id, TensionLink.tension_id, TensionLink.linked_at)
    query = query.where(TensionLink.difficulty_id > last if here is None else TensionLink.difficulty_id.in_(here))
    return session.execute(query.order_by(TensionLink.difficulty_id).limit(most)).all()


def link_lines(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[Any]) -> list[Line]:
    """Those whose tension and difficulty are of this collectif."""
    gathered = difficulties_here(session, reader, seat, (row.difficulty_id for row in rows))
    named = tensions_here(session, reader, seat, (row.tension_id for row in rows))
    return [
        {"id": gathered[row.difficulty_id], "tension": named[row.tension_id], "reliee_le": said_at(row.linked_at)}
        for row in rows
        if row.difficulty_id in gathered and row.tension_id in named
    ]


def acts_after(session: RexSession, seat: MembershipView, last: int, most: int) -> Sequence[TensionAct]:
    query = select(TensionAct).where(TensionAct.collectif_id == seat.collectif_id, TensionAct.id > last)
    return session.scalars(query.order_by(TensionAct.id).limit(most)).all()


def act_lines(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[TensionAct]) -> list[Line]:
    """What was decided about tensions that are told, and which difficulties a person said to be two things; nothing of what would
    undo it, which is worth something in its own base alone."""
    named = tensions_here(session, reader, seat, (row.tension_id for row in rows if row.tension_id is not None))
    pairs = session.execute(
        select(TensionApart.act_id, TensionApart.one_id, TensionApart.other_id)
        .where(TensionApart.act_id.in_([row.id for row in rows]))
        .order_by(TensionApart.one_id, TensionApart.other_id)
    ).all()
    told = difficulties_here(session, reader, seat, (entry_id for pair in pairs for entry_id in (pair.one_id, pair.other_id)))
    new = {row.id: json.loads(row.before or "{}").get("new") for row in rows}
    out_of_sight = suspended_among(session, new.values())
    apart: dict[int, list[list[str]]] = {}
    for act_id, one, other in pairs:
        if one in told and other in told:
            apart.setdefault(act_id, []).append([told[one], told[other]])
    return [
        {
            "id": row.public_id, "tension": named.get(row.tension_id or 0), "genre": row.kind.value, "le": said_at(row.at),
            "mots": "" if new[row.id] in out_of_sight else row.words, "annule_le": said_at(row.undone_at),
            "distinctes": apart.get(row.id, []),
        }
        for row in rows
        if row.tension_id is None or row.tension_id in named
    ]  # fmt: skip


def arbitrages(session: RexSession, ids: Ids) -> list[Line]:
    """What was decided, with what mattered to each party."""
    query = select(Arbitrage).where(Arbitrage.tension_id.in_(ids)).order_by(Arbitrage.tension_id, Arbitrage.id)
    rows = session.scalars(query).all()
    parties: dict[int, list[Line]] = {}
    of_these = select(ArbitrageParty).where(ArbitrageParty.arbitrage_id.in_([row.id for row in rows]))
    for one in session.scalars(of_these.order_by(ArbitrageParty.position)):
        parties.setdefault(one.arbitrage_id, []).append({"nom": one.name, "enjeu": one.enjeu, "effort": one.effort})
    return [
        {
            "id": row.public_id, "tension": ids[row.tension_id], "decide": row.decided, "decide_le": row.decided_on.isoformat(),
            "ecrit_le": said_at(row.created_at), "corrige_le": said_at(row.corrected_at), "parties": parties.get(row.id, []),
        }
        for row in rows
    ]  # fmt: skip


def trials(session: RexSession, ids: Ids) -> list[Line]:
    """What was tried, and what it gave."""
    query = select(TensionTrial).where(TensionTrial.tension_id.in_(ids)).order_by(TensionTrial.tension_id, TensionTrial.id)
    return [
        {
            "id": row.public_id, "tension": ids[row.tension_id], "mots": row.words, "suite": row.outcome,
            "service_nom": row.service_name, "ecrit_le": said_at(row.created_at), "suite_le": said_at(row.outcome_at),
        }
        for row in session.scalars(query)
    ]  # fmt: skip


def tensions_here(session: RexSession, reader: Reader, seat: MembershipView, ids: Iterable[int]) -> Ids:
    query = told_tensions(reader).with_only_columns(Tension.id, Entry.public_id)
    return dict(session.execute(query.where(Tension.id.in_(set(ids)), Entry.collectif_id == seat.collectif_id)).all())


def difficulties_here(session: RexSession, reader: Reader, seat: MembershipView, ids: Iterable[int]) -> Ids:
    query = told_difficulties(reader).with_only_columns(Difficulty.id, Entry.public_id)
    return dict(session.execute(query.where(Difficulty.id.in_(set(ids)), Entry.collectif_id == seat.collectif_id)).all())
