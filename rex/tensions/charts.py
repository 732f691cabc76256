"""The line of a tension: one dot for each difficulty, on the year that all the lines of a page share.

Drawn by the server as an SVG; what it shows is also said in a sentence and, on the page of the tension, in a table."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rex import clock
from rex.french import count, date_short, number, typo

WIDTH = 360  # of the drawing, in its own units; a phone shows them as pixels
EDGE = 8  # on both sides, so that no dot is cut
DOT, GAP, LANES = 4.5, 10, 5  # a dot's radius, the least distance of two, and how many stand on each other
RECENT = timedelta(days=91)  # « trois mois »
MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True)
class Year:
    """Twelve calendar months, the present one last; `recent_on`: where the last three months begin."""

    starts_on: date
    ends_on: date  # the day after the last
    recent_on: date
    today: date
    timezone: str

    @property
    def starts_at(self) -> datetime:
        return clock.day_starts(self.starts_on, self.timezone)

    @property
    def recent_at(self) -> datetime:
        """The instant from which a difficulty is of the last three months."""
        return clock.day_starts(self.recent_on, self.timezone)

    @property
    def months(self) -> list[date]:
        return [clock.months_after(self.starts_on, rank) for rank in range(12)]

    def at(self, day: date) -> float:
        """Where a day stands on the line."""
        share = (day - self.starts_on).days / (self.ends_on - self.starts_on).days
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    def day_of(self, instant: datetime) -> date:
        return clock.local(instant, self.timezone).date()


class Dot(NamedTuple):
    x: float
    y: float
    is_recent: bool


@dataclass(frozen=True)
class Line:
    """A drawing, and what it says."""

    sentence: str
    height: float
    base: float  # where the axis stands
    band: tuple[float, float]  # x and width of the last three months
    dots: tuple[Dot, ...]
    ticks: tuple[float, ...]
    labels: tuple[tuple[float, str, str], ...]  # x, month, how it is anchored
    more: tuple[tuple[float, str], ...]  # « +4 » above a month that has more dots than there is room for
    width: int = WIDTH


@dataclass(frozen=True)
class Recent:
    """The last three months, in words."""

    number: int
    words: str  # « 4 en trois mois, en hausse »


def year_until(today: date, timezone: str) -> Year:
    ends_on = clock.months_after(today, 1)
    return Year(clock.months_after(ends_on, -12), ends_on, today - RECENT + timedelta(days=1), today, timezone)


def recent(dates: Sequence[datetime], year: Year) -> Recent:
    """How many came in the last three months, and whether that is more than in the three before."""
    days = [year.day_of(instant) for instant in dates]
    now = sum(day >= year.recent_on for day in days)
    before = sum(year.recent_on - RECENT <= day < year.recent_on for day in days)
    if not now and not before:
        return Recent(0, "rien de nouveau en six mois")
    trend = "en hausse" if now > before else "en baisse" if now < before else "stable"
    return Recent(now, f"{number(now) if now else 'aucune'} en trois mois, {trend}")


def line_of(dates: Sequence[datetime], year: Year) -> Line:
    """The drawing of the difficulties of these instants, older ones left out."""
    days = sorted(day for day in map(year.day_of, dates) if day >= year.starts_on)
    places, left = stacked(days, year.at)
    over = Counter(day.replace(day=1) for day in left).items()
    lanes = max((lane for _, lane, _ in places), default=0)
    base = 10 + (lanes + 1) * GAP + (12 if over else 0)
    months = year.months
    named = ((months[0], "start"), (months[6], "middle"), (months[-1], "end"))
    return Line(
        sentence=_said(days, year),
        height=base + 24,
        base=base,
        band=(year.at(year.recent_on), round(WIDTH - EDGE - year.at(year.recent_on), 1)),
        dots=tuple(Dot(x, base - 9 - lane * GAP, day >= year.recent_on) for x, lane, day in places),
        ticks=tuple(year.at(month) for month in (*months, year.ends_on)),
        labels=tuple((_label_at(month, anchor, year), MONTHS[month.month - 1], anchor) for month, anchor in named),
        more=tuple((year.at(month) + 14, f"+{number(extra)}") for month, extra in over),
    )


def per_month(dates: Sequence[datetime], year: Year) -> list[tuple[date, int]]:
    """The figures behind the line: (first day of the month, how many difficulties)."""
    days = [year.day_of(instant).replace(day=1) for instant in dates]
    return [(month, days.count(month)) for month in year.months]


def _label_at(month: date, anchor: str, year: Year) -> float:
    return float(WIDTH - EDGE) if anchor == "end" else year.at(month)


def stacked(days: Sequence[date], at: Callable[[date], float]) -> tuple[list[tuple[float, int, date]], list[date]]:
    """(x, lane, day) of each dot, the lowest lane where it touches no other; and the days of those that found no room. `days` in
    order; `at`: where a day stands on the line."""
    ends = [float("-inf")] * LANES
    placed: list[tuple[float, int, date]] = []
    left: list[date] = []
    for day in days:
        x = at(day)
        for lane in range(LANES):
            if x - ends[lane] >= GAP:
                ends[lane] = x
                placed.append((x, lane, day))
                break
        else:
            left.append(day)
    return placed, left


def _said(days: Sequence[date], year: Year) -> str:
    """« 9 difficultés en un an, 4 depuis le 24 août »."""
    if not days:
        return typo("Aucune difficulté en un an")
    now = sum(day >= year.recent_on for day in days)
    since = f"{number(now) if now else 'aucune'} depuis le {date_short(year.recent_on, today=year.today)}"
    return typo(f"{count(len(days), 'difficulté')} en un an, {since}")
