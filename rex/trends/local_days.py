"""The local day of an instant, worked out by the base: rows are grouped by day where clocks of the place say that it begins."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Integer, case, cast, extract, func, literal

from rex import clock
from rex.db import RexSession
from rex.trends.periods import Span

_EPOCH = date(1970, 1, 1)
_DAY = 86_400  # seconds
_STEP = timedelta(days=7)  # clocks do not change twice in a week


def day_number(session: RexSession, instant: Any, span: Span, timezone: str) -> ColumnElement[int]:
    """The local day of a column of instants that lie within these days, as a number that `day_of` reads."""
    *changes, (_, last) = shifts(span, timezone)
    shift = case(*((instant < until, literal(seconds)) for until, seconds in changes), else_=literal(last)) if changes else last
    if session.get_bind().dialect.name == "sqlite":
        seconds = cast(func.strftime("%s", instant), Integer)
    else:
        seconds = cast(func.floor(extract("epoch", instant)), BigInteger)
    return (seconds + shift) // _DAY


def day_of(number: int) -> date:
    return _EPOCH + timedelta(days=number)


@lru_cache(maxsize=256)
def shifts(span: Span, timezone: str) -> tuple[tuple[datetime | None, int], ...]:
    """By how many seconds clocks are ahead of UTC, and until when; the last one until the end."""
    starts, ends = clock.day_starts(span.starts_on, timezone), clock.day_starts(span.ends_on + timedelta(days=1), timezone)
    found: list[tuple[datetime | None, int]] = []
    at = starts
    while at < ends:
        after = min(at + _STEP, ends)
        if _shift(at, timezone) != _shift(after, timezone):
            found.append((_change(at, after, timezone), _shift(at, timezone)))
        at = after
    return (*found, (None, _shift(ends, timezone)))


def _change(before: datetime, after: datetime, timezone: str) -> datetime:
    """The first second of the other hour, between these two instants."""
    old = _shift(before, timezone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _shift(middle, timezone) == old:
            before = middle
        else:
            after = middle
    return after


def _shift(instant: datetime, timezone: str) -> int:
    shift = instant.astimezone(ZoneInfo(timezone)).utcoffset()
    return int(shift.total_seconds()) if shift else 0
