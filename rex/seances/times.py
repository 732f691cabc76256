"""The hours of a séance as people say them and type them, on the clocks of their collectif."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from rex import clock
from rex.french import date_long, date_short, hour

# What lasts several days, in minutes: as many nights, and eight hours of the last day.
DAYS = {days: (days - 1) * 24 * 60 + 8 * 60 for days in range(2, 6)}


class NoSuchHour(ValueError):
    """That day, clocks go over this hour: it does not exist."""


def instant(day: str, at: str, timezone: str) -> datetime:
    """The instant that the fields « date » and « heure » name. An hour that comes twice is the first of the two.

    Raises ValueError when they name none, NoSuchHour when clocks skip it."""
    clock_time = time.fromisoformat(at.strip().zfill(5)).replace(tzinfo=None, second=0, microsecond=0)
    named = datetime.combine(date.fromisoformat(day.strip()), clock_time, ZoneInfo(timezone))
    moment = named.astimezone(UTC)
    if moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) != named.replace(tzinfo=None):
        raise NoSuchHour(at)
    return moment


def typed(moment: datetime, timezone: str) -> tuple[str, str]:
    """An instant as the two fields take it."""
    local = clock.local(moment, timezone)
    return local.date().isoformat(), f"{local:%H:%M}"


def said(moment: datetime, timezone: str, now: datetime) -> str:
    """« mardi 24 novembre, 9 h »; the year when it is another one."""
    weekday = date_long(moment, timezone).split(" ")[0]
    today = clock.local(now, timezone).date()
    return f"{weekday} {date_short(moment, timezone, today=today)}, {hour(moment, timezone)}"


def said_day(moment: datetime, timezone: str, now: datetime) -> str:
    """« mardi 24 novembre »."""
    return said(moment, timezone, now).rpartition(", ")[0]


def said_soon(moment: datetime, timezone: str, now: datetime) -> str:
    """« jeudi, 12 h 30 » in the days to come; « aujourd’hui, 12 h 30 »; the whole date further away."""
    days = (clock.local(moment, timezone).date() - clock.local(now, timezone).date()).days
    if days in (0, 1):
        return f"{('aujourd’hui', 'demain')[days]}, {hour(moment, timezone)}"
    if 1 < days < 7:
        return f"{date_long(moment, timezone).split(' ')[0]}, {hour(moment, timezone)}"
    return said(moment, timezone, now)


def said_length(minutes: int) -> str:
    """« 2 h », « 1 h 30 », « 45 min », « 2 jours »."""
    days = next((days for days, long in DAYS.items() if long == minutes), 0)
    if days:
        return f"{days}\u00a0jours"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h" + (f"\u00a0{rest:02}" if rest else "")
