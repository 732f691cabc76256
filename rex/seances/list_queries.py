"""The séances of a space as its list says them: to come, over, called off. A statement for each; of other spaces, none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from rex.access import MembershipView, Reader, visible_seances
from rex.db import RexSession
from rex.seances.models import Seance, Step
from rex.seances.times import DAYS

MOST_LISTED = 40
STILL_SHOWN = timedelta(hours=12)  # a séance that is not closed stays announced until then, and is then over


@dataclass(frozen=True)
class Line:
    """A séance in a list."""

    public_id: str
    title: str
    starts_at: datetime
    cancelled_at: datetime | None
    has_report: bool


def is_over(before: Callable[[int], Any]) -> ColumnElement[bool]:
    """A séance that is closed, or began too long ago. `before(days)`: the instant, or the parameter, before which one that lasts so
    many days began too long ago."""
    lasts = (or_(Seance.minutes != minutes, Seance.starts_at < before(days)) for days, minutes in DAYS.items())
    return or_(Seance.step == Step.CLOSE, and_(Seance.starts_at < before(1), *lasts))


def began_before(now: datetime, days: int) -> datetime:
    return now - STILL_SHOWN - timedelta(days=days - 1)


def to_come(session: RexSession, reader: Reader, seat: MembershipView) -> list[Line]:
    """The séances of a space that are not over, the next one first."""
    return _lines(session, reader, seat, and_(~_is_over(reader), Seance.cancelled_at.is_(None)), Seance.starts_at)


def past(session: RexSession, reader: Reader, seat: MembershipView) -> list[Line]:
    """Those that are over, the last one first."""
    return _lines(session, reader, seat, and_(_is_over(reader), Seance.cancelled_at.is_(None)), Seance.starts_at.desc())


def called_off(session: RexSession, reader: Reader, seat: MembershipView) -> list[Line]:
    """Those that did not take place, the last that was called off first."""
    return _lines(session, reader, seat, Seance.cancelled_at.is_not(None), Seance.cancelled_at.desc())


def _is_over(reader: Reader) -> ColumnElement[bool]:
    return is_over(lambda days: began_before(reader.now, days))


def _lines(session: RexSession, reader: Reader, seat: MembershipView, where: ColumnElement[bool], order: Any) -> list[Line]:
    query = visible_seances(reader).with_only_columns(
        Seance.public_id, Seance.title, Seance.starts_at, Seance.cancelled_at, Seance.report != ""
    )
    rows = session.execute(
        query.where(Seance.collectif_id == seat.collectif_id, where).order_by(order, Seance.id).limit(MOST_LISTED)
    )
    return [Line(*row) for row in rows]
