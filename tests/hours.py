"""Hours of the week that are still to come, for what depends on them: grouped mails leave on weekdays between 8 and 19 h."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rex import clock

PARIS = "Europe/Paris"
MONDAY, SUNDAY = 0, 6


def next_morning(weekday: int) -> datetime:
    """Ten o'clock in Paris, on the next such day of the week after today."""
    today = clock.today(PARIS)
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    return datetime.combine(today + timedelta(days=ahead), time(10), ZoneInfo(PARIS))
