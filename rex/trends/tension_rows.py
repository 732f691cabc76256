"""The rows of tensions: of each, what it gathers on the axis, who told it, where it stands and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rex import clock
from rex.french import count, joined, typo
from rex.tensions.charts import Line
from rex.tensions.queries import Standing
from rex.tensions.standings import STANDINGS
from rex.trends import tension_counts as counting
from rex.trends.figures import Figure, Kind, When
from rex.trends.lanes import Axis, line_on
from rex.trends.look import Look
from rex.trends.saying import capital
from rex.trends.tables import Cell
from rex.trends.tension_counts import Counts, Named
from rex.trends.totals import is_comparable
from rex.trends.units import Unit

ROWS = 8
_WEEK, _MANY_WEEKS, _MONTH = 7, 13, 30.44  # days; weeks from which months are said; days of a month


@dataclass(frozen=True)
class TensionOnAxis:
    """`units`: of those who told it in the year, with the filters of the page, those that may be named; `services`: their names;
    `said`: where it stands, and how long it took to be put to work."""

    public_id: str
    name: str
    units: tuple[Unit, ...]
    services: str
    glyph: str
    said: str
    line: Line
    year: Cell
    now: Cell
    before: Cell
    ever: Cell
    trend: str
    standing: str
    weeks: int | None
    months: tuple[Cell, ...]

    @property
    def url(self) -> str:
        return f"/tensions/{self.public_id}"


def rows_of(look: Look, axis: Axis, shown: Sequence[Named]) -> tuple[TensionOnAxis, ...]:
    counts, voices = counting.counts_of(look, [one.id for one in shown])
    shown = sorted(shown, key=lambda one: (-_now(axis, counts[one.id]), -sum(counts[one.id].days.values())))[:ROWS]
    ids = [one.id for one in shown]
    at_work, recurring = counting.put_to_work(look, ids), counting.recurring_among(look, shown, counts, voices)
    timezone = look.asked.place.timezone
    rows = []
    for one in shown:
        began, worked = counts[one.id].first, at_work.get(one.id)
        days = (clock.local(worked, timezone).date() - began).days if began and worked else None
        by_rule = Standing.RECURRING if one.id in recurring else Standing.WATCHED
        standing = Standing(one.state.value) if one.state else by_rule
        units = voices[one.id].units
        rows.append(_row(look, axis, one, counts[one.id], units, standing, None if days is None else max(0, days)))
    return tuple(rows)


def _now(axis: Axis, counts: Counts) -> int:
    return sum(times for day, times in counts.days.items() if axis.now.holds(day))


def _row(
    look: Look, axis: Axis, one: Named, counts: Counts, units: frozenset[str], standing: Standing, days: int | None
) -> TensionOnAxis:
    asked = look.asked

    def cell(number: int, period: When, month: date | None = None) -> Cell:
        figure = Figure(Kind.DIFFICULTIES, period, month=month, tension=one.public_id)
        return Cell(number, asked.url_of(figure) if number else "")

    told_now = _now(axis, counts)
    by_month = dict.fromkeys(axis.months, 0)
    for day, times in counts.days.items():
        by_month[day.replace(day=1)] += times
    return TensionOnAxis(
        public_id=one.public_id,
        name=one.title,
        units=(there := () if asked.college else tuple(unit for unit in look.units.shown if unit.key in units)),
        services=typo(joined([unit.name for unit in there])),
        glyph=STANDINGS[standing][2],
        said=_said(standing, days),
        line=line_on(axis, counts.days),
        year=cell(sum(counts.days.values()), When.YEAR),
        now=cell(told_now, When.NOW),
        before=cell(counts.before, When.BEFORE),
        ever=cell(counts.ever, When.EVER),
        trend=_trend(told_now, counts.before) if is_comparable(look) else "",
        standing=words_of(standing),
        weeks=None if days is None else days // _WEEK,
        months=tuple(cell(times, When.YEAR, month) for month, times in by_month.items()),
    )


def _trend(now: int, before: int) -> str:
    return "en hausse" if now > before else "en baisse" if now < before else "stable"


def words_of(standing: Standing) -> str:
    """« Récurrente », « À surveiller »."""
    return capital(STANDINGS[standing][1].removeprefix("Tension "))


def _said(standing: Standing, days: int | None) -> str:
    """« Arbitrée, mise au travail au bout de 5 semaines »."""
    words = words_of(standing)
    if days is None:
        return f"{words}, pas encore mise au travail" if standing is Standing.RECURRING else words
    if standing is Standing.AT_WORK:
        return f"{words} {_after(days)}"
    return f"{words}, mise au travail {_after(days)}"


def _after(days: int) -> str:
    weeks = days // _WEEK
    if not weeks:
        return "en moins d’une semaine"
    long = count(weeks, "semaine") if weeks < _MANY_WEEKS else count(round(days / _MONTH), "mois", "mois")
    return f"au bout de {long}"
