"""The tensions of a journal on the page of a balise that they carry."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from rex import french
from rex.access import MembershipView, Reader, told_tensions
from rex.db import RexSession
from rex.journal.models import Entry, Tagging
from rex.journal.under import add_on_balise
from rex.tensions.models import State, Tension, TensionLink
from rex.web import db, reader

SHOWN = 5
STATES = {State.AT_WORK: "mise au travail", State.ARBITRATED: "arbitrée", State.CALMED: "apaisée"}


@dataclass(frozen=True)
class Line:
    """A tension in a few words: how many difficulties it gathers for this reader, since when, what people made of it."""

    path: str
    title: str
    said: str


@dataclass(frozen=True)
class OnBalise:
    lines: list[Line]
    url: str


def register() -> None:
    add_on_balise("tensions", lambda seat, code: on_balise(db(), reader(), seat, code))


def on_balise(session: RexSession, reader: Reader, seat: MembershipView, code: str) -> OnBalise | None:
    """The tensions of a journal that carry a balise, those that were named last first; None when there is none. One statement."""
    told = aliased(Entry)
    mine = TensionLink.tension_id == Tension.id
    number = select(func.count(TensionLink.difficulty_id)).where(mine).correlate(Tension).scalar_subquery()
    gathered = select(func.min(told.published_at)).where(told.id == TensionLink.difficulty_id, mine).correlate(Tension)
    tagged = select(Tagging.id).where(Tagging.entry_id == Tension.id, Tagging.code == code).correlate(Tension)
    rows = session.execute(
        told_tensions(reader)
        .where(Entry.collectif_id == seat.collectif_id, tagged.exists())
        .with_only_columns(
            Entry.public_id, Entry.title, Tension.state, number.label("number"), gathered.scalar_subquery().label("since")
        )
        .order_by(Entry.published_at.desc(), Entry.id.desc())
        .limit(SHOWN)
    ).all()
    lines = [Line(f"/tensions/{row.public_id}", row.title, _said(row, seat.timezone)) for row in rows]
    return OnBalise(lines, f"/c/{seat.collectif_slug}/ce-qui-revient") if lines else None


def _said(row: Any, zone: str) -> str:
    """« 4 difficultés depuis mars 2026, arbitrée »."""
    since = f" depuis le {french.date_short(row.since, zone)}" if row.since else ""
    return ", ".join(filter(None, (f"{french.count(row.number, 'difficulté')}{since}", STATES.get(row.state, ""))))
