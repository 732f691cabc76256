"""What the pages that are opened most ask of séances: those to come, the next one of a group, where one is. Statements that are
built once: several phones ask for the last every few seconds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, case, not_, or_, select

from rex.access import MembershipView, visible_seances
from rex.access.readers import Reader
from rex.db import BigId, RexSession, UtcDateTime
from rex.kept import Kept
from rex.seances.list_queries import began_before, is_over
from rex.seances.models import Depot, Seance
from rex.seances.times import DAYS
from rex.shapes import Shape


@dataclass(frozen=True)
class Announced:
    """A séance to come; its theme when it is of the space that was asked for, else its hour alone."""

    public_id: str
    collectif_id: int
    title: str
    starts_at: datetime


def announced(session: RexSession, reader: Reader, space_id: int, most: int) -> list[Announced]:
    """The séances to come of a space and of all the groups of the reader, the next one first. One statement; no word of a group
    is opened."""
    rows = _announced.rows(session, here=space_id, most=most, **_still(reader))
    return [Announced(*row) for row in rows]


@Kept
def _announced(reader: Shape) -> Select:
    here = bindparam("here", type_=BigId)
    title = case((Seance.collectif_id == here, Seance.title), else_="").label("title")
    return (
        visible_seances(reader)
        .with_only_columns(Seance.public_id, Seance.collectif_id, title, Seance.starts_at)
        .where(or_(Seance.collectif_id == here, Seance.collectif_id.in_(reader.group_ids)), _is_to_come())
        .order_by(Seance.starts_at, Seance.id)
        .limit(bindparam("most", type_=BigId))
    )


def _is_to_come() -> ColumnElement[bool]:
    over = is_over(lambda days: bindparam(f"still_{days}", type_=UtcDateTime))
    return not_(over) & Seance.cancelled_at.is_(None)


def _still(reader: Reader) -> dict[str, datetime]:
    return {f"still_{days}": began_before(reader.now, days) for days in (1, *DAYS)}


_OF_NEXT = (
    Seance.id,
    Seance.public_id,
    Seance.collectif_id,
    Seance.kind,
    Seance.starts_at,
    Seance.minutes,
    Seance.opens_at,
    Seance.step,
    Seance.facilitator_id,
)  # no text: the page of the group shows none


def next_seance(session: RexSession, reader: Reader, space_id: int) -> Seance | None:
    """The next séance of a space, without its texts and in no session: to show, not to change. One statement."""
    rows = _next.rows(session, here=space_id, **_still(reader))
    return Seance(**rows[0]._asdict()) if rows else None


@Kept
def _next(reader: Shape) -> Select:
    return (
        visible_seances(reader)
        .with_only_columns(*_OF_NEXT)
        .where(Seance.collectif_id == bindparam("here", type_=BigId), _is_to_come())
        .order_by(Seance.starts_at, Seance.id)
        .limit(1)
    )


def who_brought(session: RexSession, seance_id: int) -> set[int]:
    """Who deposited something there: for the number that the page says. No word, no length."""
    with session.as_system("how many dépôts are sealed"):
        return {row.author_id for row in _authors.rows(session, seance=seance_id)}


@Kept
def _authors(_: Shape) -> Select:
    return select(Depot.author_id).where(Depot.seance_id == bindparam("seance", type_=BigId))


def where_it_is(session: RexSession, reader: Reader, seat: MembershipView, public_id: str) -> tuple[str, int] | None:
    """The step of a séance at this instant, « annulee » once it was called off, and how often what is shown of it changed: no text
    is even looked at. None for whoever does not read it."""
    rows = _state.rows(session, space=seat.collectif_id, public_id=public_id)
    if not rows:
        return None
    row = rows[0]
    if row.cancelled_at:
        return "annulee", row.changes
    return Seance(step=row.step, opens_at=row.opens_at).step_at(reader.now).value, row.changes


@Kept
def _state(reader: Shape) -> Select:
    named = Seance.public_id == bindparam("public_id", type_=Seance.public_id.type)
    return (
        visible_seances(reader)
        .with_only_columns(Seance.step, Seance.opens_at, Seance.cancelled_at, Seance.changes)
        .where(Seance.collectif_id == bindparam("space", type_=BigId), named)
    )
