"""The only source of time: UTC inside, the collectif's time zone on screen, weeks and months cut here and nowhere else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime, timezone: str) -> datetime:
    """The same instant on the clocks of a collectif (`timezone` is an IANA name)."""
    return instant.astimezone(ZoneInfo(timezone))


def today(timezone: str) -> date:
    """The date that people of this time zone read on their calendar."""
    return local(now(), timezone).date()


def day_starts(day: date, timezone: str) -> datetime:
    """The instant at which a local day begins, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


@dataclass(frozen=True)
class Period:
    """Local days from `starts_on` to `ends_on`, both included; either end may be open."""

    starts_on: date | None
    ends_on: date | None

    def instants(self, timezone: str) -> tuple[datetime | None, datetime | None]:
        """The UTC instants [from, until) that these local days cover."""
        starts = day_starts(self.starts_on, timezone) if self.starts_on else None
        ends = day_starts(self.ends_on + timedelta(days=1), timezone) if self.ends_on else None
        return starts, ends


def quarter_of(day: date) -> Period:
    """The calendar quarter (« trimestre ») that holds this day."""
    first_month = 3 * ((day.month - 1) // 3) + 1
    start = day.replace(month=first_month, day=1)
    return Period(start, months_after(start, 3) - timedelta(days=1))


def months_after(day: date, months: int) -> date:
    """The first day of the month that lies `months` after the month of `day` (negative: before)."""
    rank = day.year * 12 + day.month - 1 + months
    return date(rank // 12, rank % 12 + 1, 1)
