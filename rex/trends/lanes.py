"""The line of a tension on the axis of a page of trends: a dot for each difficulty, solid in the days of the page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rex.french import count, number, of_name, typo
from rex.tensions.charts import EDGE, GAP, LANES, MONTHS, WIDTH, Dot, Line, stacked
from rex.trends.asked import Asked
from rex.trends.periods import Span, months_between
from rex.trends.saying import in_words, when

MOST_MONTHS = 24  # beyond, an axis is marked by years


@dataclass(frozen=True)
class Axis:
    """The months that all lines of the page share, and what of it the page is about."""

    span: Span
    now: Span
    today: date

    @property
    def months(self) -> list[date]:
        return self.span.month_starts()

    @property
    def is_long(self) -> bool:
        return self.span.months > MOST_MONTHS

    @property
    def said(self) -> str:
        """« en un an », « en 18 mois », « depuis janvier 2020 », « de janvier 2019 à mars 2024 », « en dix ans »."""
        years, rest = divmod(self.span.months, 12)
        if self.is_long and self.span.holds(self.today):
            return f"depuis {months_between(self.span.starts_on, self.span.starts_on)}"
        if not rest:
            return "en un an" if years == 1 else f"en {in_words(years)} ans"
        return of_name(self.span.label) if self.is_long else f"en {count(self.span.months, 'mois', 'mois')}"

    def at(self, day: date) -> float:
        """Where a day stands on the line."""
        whole = (self.span.ends_on - self.span.starts_on).days + 1
        share = (day - self.span.starts_on).days / whole
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    @property
    def marks(self) -> list[date]:
        """The months (the years of a long one) at which it is marked, its first one first."""
        return [one for one in self.months if not self.is_long or one.month == 1 or one == self.span.starts_on]

    def mark_of(self, day: date) -> date:
        """The mark behind a day."""
        return max(day.replace(month=1, day=1), self.span.starts_on) if self.is_long else day.replace(day=1)

    def label_of(self, mark: date) -> str:
        return str(mark.year) if self.is_long else MONTHS[mark.month - 1]


def axis_of(asked: Asked) -> Axis:
    return Axis(asked.span.year(), asked.span, asked.today)


def line_on(axis: Axis, days: Mapping[date, int]) -> Line:
    """The drawing of so many difficulties on each of these days."""
    marks, span = axis.marks, axis.span
    at = {day: axis.at(day) for day in days}
    places, left = stacked([day for day in sorted(days) for _ in range(min(days[day], LANES))], at.__getitem__)
    over = Counter(axis.mark_of(day) for day in left)
    for day, times in days.items():
        if times > LANES:
            over[axis.mark_of(day)] += times - LANES
    lanes = max((lane for _, lane, _ in places), default=0)
    base = 10 + (lanes + 1) * GAP + (12 if over else 0)
    begins, ends = axis.at(axis.now.starts_on), axis.at(min(axis.now.ends_on, span.ends_on) + timedelta(days=1))
    named = {marks[0]: "start", marks[-1]: "end"} | ({marks[len(marks) // 2]: "middle"} if len(marks) > 2 else {})
    return Line(
        sentence=_said(axis, days),
        height=base + 24,
        base=base,
        band=(begins, round(ends - begins, 1)),
        dots=tuple(Dot(x, base - 9 - lane * GAP, axis.now.holds(day)) for x, lane, day in places),
        ticks=(*(axis.at(mark) for mark in marks), float(WIDTH - EDGE)),
        labels=tuple((_label_at(axis, mark, anchor), axis.label_of(mark), anchor) for mark, anchor in sorted(named.items())),
        more=tuple((_middle_of(axis, mark), f"+{number(extra)}") for mark, extra in sorted(over.items())),
    )


def _label_at(axis: Axis, mark: date, anchor: str) -> float:
    return float(WIDTH - EDGE) if anchor == "end" else axis.at(mark)


def _middle_of(axis: Axis, mark: date) -> float:
    marks = axis.marks
    following = next((axis.at(one) for one in marks if one > mark), float(WIDTH - EDGE))
    return round((axis.at(mark) + following) / 2, 1)


def _said(axis: Axis, days: Mapping[date, int]) -> str:
    """« 10 difficultés en un an, dont 4 depuis trois mois »."""
    told = sum(days.values())
    now = sum(times for day, times in days.items() if axis.now.holds(day))
    return typo(f"{count(told, 'difficulté')} {axis.said}, dont {number(now) if now else 'aucune'} {when(axis.now, axis.today)}")
