"""The days that a page of trends is about, and those that it is compared with: read from its address, said in French.

A trimestre is a calendar quarter; without any choice, the page is about the last three months, those of `rex.tensions.charts`: they
end today. A comparison is with as many months (or days) just before, or just before a jalon, a named date; or with the same days a
year before. No figure is ever kept for it. Of a period that is not over, with as many days as have gone by: half a month is not
less than a whole one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rex import clock
from rex.clock import Period
from rex.french import NO_BREAK, date_long, date_short
from rex.tensions.charts import RECENT

LAST_MONTHS = "3-mois"
NAMES = ("periode", "du", "au")  # what an address says of the period
FIRST_YEAR, LAST_YEAR = 2000, 2100
_MONTH, _QUARTER, _YEAR = (re.compile(one, re.ASCII) for one in (r"(\d{4})-(\d{2})", r"(\d{4})-T([1-4])", r"\d{4}"))
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Local days, both included. `name`: how the address calls it, empty for free dates. `months`: how many whole ones, or 0."""

    starts_on: date
    ends_on: date
    name: str = ""
    months: int = 0

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def address(self) -> dict[str, str]:
        """What of an address leads to these days."""
        if self.name:
            return {} if self.name == LAST_MONTHS else {"periode": self.name}
        return {"du": self.starts_on.isoformat(), "au": self.ends_on.isoformat()}

    @property
    def label(self) -> str:
        """« septembre à novembre 2026 », « novembre 2026 », « 2026 », « du 3 mars au 12 avril 2026 »."""
        return months_between(self.starts_on, self.ends_on) if self.months else days_between(self.starts_on, self.ends_on)

    def lasting(self) -> "Span":
        """The same days under an address that means them for ever: the last three months are others in a month."""
        return replace(self, name="") if self.name == LAST_MONTHS else self

    def is_open(self, today: date) -> bool:
        """It has begun, and is not over."""
        return self.starts_on <= today < self.ends_on

    def goes_beyond(self, today: date) -> bool:
        """Free dates whose end is to come. Not the months of a period that has a name, which a file or a reading keeps as dates."""
        is_of_calendar = self.name or (self.months and self.ends_on.year == today.year)
        return not is_of_calendar and self.is_open(today)

    def before(self, today: date, day: date | None = None) -> "Span":
        """As long a time that ends just before this one, or just before `day` (that of a jalon). While this one is not over: the
        days of it that have gone by, from the beginning of the one before, or just before that day."""
        until = day or self.starts_on
        gone_by = min(self.ends_on, today) - self.starts_on if self.is_open(today) else self.ends_on - self.starts_on
        if self.months and until.day == 1:
            whole = _whole(clock.months_after(until, -self.months), self.months)
            if not self.is_open(today):
                return whole
            if day is None:
                return Span(whole.starts_on, min(whole.starts_on + gone_by, whole.ends_on))
        return Span(until - gone_by - _DAY, until - _DAY)

    def a_year_before(self, today: date) -> "Span":
        """The same days of the year before, whole months as whole months: a town lives by seasons. While this one is not over: up
        to the same day."""
        first = _a_year_before(self.starts_on)
        whole = _whole(first, self.months) if self.months else Span(first, _a_year_before(self.ends_on))
        return Span(first, min(_a_year_before(today), whole.ends_on)) if self.is_open(today) else whole

    def year(self) -> "Span":
        """The twelve months that end with the month in which this one ends, or more if it is longer: the axis of a page."""
        first = min(clock.months_after(self.ends_on, -11), self.starts_on.replace(day=1))
        end = clock.months_after(self.ends_on, 1) - _DAY
        return Span(first, end, months=(end.year - first.year) * 12 + end.month - first.month + 1)

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def month_starts(self) -> list[date]:
        """The first day of each month that it touches."""
        found = [self.starts_on.replace(day=1)]
        while (following := clock.months_after(found[-1], 1)) <= self.ends_on:
            found.append(following)
        return found


def span_from(given: Mapping[str, str], today: date) -> Span:
    """The days that an address asks for; a wrong address asks for the last three months. Days that are free come in either order,
    and one that lacks is today, or a year before the other."""
    starts, ends = _day(given.get("du", "")), _day(given.get("au", ""))
    # Without a script, a form sends both its list and its dates: what was changed of the two is what is asked.
    typed = given.get("choisi") == given.get("periode") and (starts or ends)
    named = None if typed else _named(given.get("periode", ""), today)
    if named or not (starts or ends):
        return named or last_months(today)
    ends = ends or max(today, starts or today)
    starts = starts or max(clock.months_after(ends, -11), date(FIRST_YEAR, 1, 1))
    return between(min(starts, ends), max(starts, ends))


def months_between(first: date, last: date) -> str:
    """« novembre 2026 », « septembre à novembre 2026 », « décembre 2025 à février 2026 »; « 2026 » for a calendar year."""
    if (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    since, until = (date_long(day).partition(NO_BREAK)[2].replace(" ", NO_BREAK) for day in (first, last))
    if since == until:
        return until
    return f"{since.partition(NO_BREAK)[0] if first.year == last.year else since} à {until}"


def days_between(first: date, last: date) -> str:
    """« du 3 mars au 12 avril 2026 », « le 3 mars 2026 »."""
    if first == last:
        return f"le {date_short(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"du {'1er' if first.day == 1 else first.day} au {date_short(last)}"
    return f"du {date_short(first, today=last)} au {date_short(last)}"


def month_of(day: date) -> Span:
    """The month that holds this day."""
    return _whole(day, 1, f"{day:%Y-%m}")


def choices(today: date) -> list[Span]:
    """What a page offers, the nearest first: the last three months, this month and the last, quarters and years of the last two."""
    found = [last_months(today)]
    for back in (0, 1):
        first = clock.months_after(today, -back)
        found.append(_whole(first, 1, f"{first:%Y-%m}"))
    quarter = clock.quarter_of(today).starts_on or today
    for back in range(5):
        first = clock.months_after(quarter, -3 * back)
        found.append(_whole(first, 3, f"{first.year}-T{first.month // 3 + 1}"))
    found += [_whole(date(year, 1, 1), 12, str(year)) for year in (today.year, today.year - 1)]
    return found


def last_months(today: date) -> Span:
    """The three that end today; on some days, whole months."""
    return replace(between(today - RECENT + _DAY, today), name=LAST_MONTHS)


def _named(name: str, today: date) -> Span | None:
    if name == LAST_MONTHS:
        return last_months(today)
    if (found := _MONTH.fullmatch(name)) and 1 <= int(found[2]) <= 12 and _fits(int(found[1])):
        return _whole(date(int(found[1]), int(found[2]), 1), 1, name)
    if (found := _QUARTER.fullmatch(name)) and _fits(int(found[1])):
        return _whole(date(int(found[1]), 3 * int(found[2]) - 2, 1), 3, name)
    if _YEAR.fullmatch(name) and _fits(int(name)):
        return _whole(date(int(name), 1, 1), 12, name)
    return None


def _a_year_before(day: date) -> date:
    """29 February has none of its own: the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _whole(day: date, months: int, name: str = "") -> Span:
    first = day.replace(day=1)
    return Span(first, clock.months_after(first, months) - _DAY, name, months)


def between(first: date, last: date) -> Span:
    """Two dates; when they are the ends of whole months, told and compared as months are."""
    is_whole = first.day == 1 and (last + _DAY).day == 1
    return Span(first, last, months=(last.year - first.year) * 12 + last.month - first.month + 1 if is_whole else 0)


def is_day(value: str) -> bool:
    """Whether a calendar has it."""
    return _day(value) is not None


def _fits(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))
