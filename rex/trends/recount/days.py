"""The days of a page, and the months of its axis, as plain comparisons of dates."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rex.trends.asked import Asked

MOST_MONTHS = 36  # that the drawing of months takes: the last ones


def month_of(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def written(month: int) -> str:
    """« 03/2026 »."""
    return f"{month % 12 + 1:02d}/{month // 12}"


@dataclass(frozen=True)
class Days:
    asked: Asked

    def is_now(self, day: date) -> bool:
        return self.asked.span.starts_on <= day <= self.asked.span.ends_on

    def is_before(self, day: date) -> bool:
        return self.asked.compared.starts_on <= day <= self.asked.compared.ends_on

    @cached_property
    def months(self) -> range:
        """Twelve, that end with the one in which the days of the page end; more, when these began before."""
        last = month_of(self.asked.span.ends_on)
        return range(min(last - 11, month_of(self.asked.span.starts_on)), last + 1)

    @cached_property
    def begun(self) -> list[int]:
        """Those that are drawn."""
        return [one for one in self.months if one <= month_of(self.asked.today)][-MOST_MONTHS:]

    def is_in_year(self, day: date) -> bool:
        return month_of(day) in self.months
