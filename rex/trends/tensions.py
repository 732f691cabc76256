"""The tensions of a journal on one axis: what comes back, since when, and how long it took to be put to work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rex import clock
from rex.french import count, joined, typo
from rex.tensions.charts import MONTHS, Line
from rex.tensions.queries import MOST_LISTED, Standing
from rex.tensions.standings import STANDINGS
from rex.trends import tension_counts as counting
from rex.trends.asked import Asked
from rex.trends.figures import Figure, Kind, When
from rex.trends.lanes import Axis, axis_of, line_on
from rex.trends.look import Look
from rex.trends.saying import against, in_words, when
from rex.trends.tables import Cell, Row, Table
from rex.trends.tension_counts import Counts, Named
from rex.trends.units import Unit

ROWS = 8
_WEEK, _MANY_WEEKS, _MONTH = 7, 13, 30.44  # days; weeks from which months are said; days of a month


@dataclass(frozen=True)
class TensionOnAxis:
    """`units`: of those who told it in the year, those that may be named; `services`: their names; `said`: where it stands, and
    how long it took to be put to work."""

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


@dataclass(frozen=True)
class Tensions:
    """`number`: how many tensions the journal has, whatever the filters; `all_url`: where they all are."""

    title: str
    rows: tuple[TensionOnAxis, ...]
    number: int
    all_url: str
    legend: str
    period: str
    axis_words: str
    tables: tuple[Table, ...]
    key: str = "tensions"

    @property
    def all_words(self) -> str:
        """« Les 14 tensions »; past what their page lists, no number."""
        if not 1 < self.number <= MOST_LISTED:
            return "Toutes les tensions" if self.number != 1 else "La tension"
        return f"Les {count(self.number, 'tension')}"


def read(look: Look) -> Tensions | None:
    """Four statements, and two more at most: when the days of the page do not settle which tensions are shown, when the rule asks
    for more than the year. None for the réseau, which has no tension."""
    asked = look.asked
    if asked.place.is_reseau:
        return None
    known = counting.tensions_here(look)
    shown = counting.most_told(look, known, ROWS) if known else []
    axis = axis_of(asked)
    rows = _rows(look, axis, shown) if shown else ()
    return Tensions(
        title=_title(asked, axis, rows, len(known)),
        rows=rows,
        number=len(known),
        all_url=f"/c/{asked.place.slug}/ce-qui-revient",
        legend=typo(
            f"Un point, une difficulté. En plein, celles de la période ({asked.span.label}). "
            "Le temps jusqu’à la mise au travail se compte depuis la première difficulté."
        ),
        period=when(asked.span, asked.today) if asked.span.months else "dans la période",
        axis_words=axis.said,
        tables=_tables(asked, axis, rows) if rows else (),
    )


def _rows(look: Look, axis: Axis, shown: Sequence[Named]) -> tuple[TensionOnAxis, ...]:
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
        units=(there := tuple(unit for unit in look.units.shown if unit.key in units)),
        services=typo(joined([unit.name for unit in there])),
        glyph=STANDINGS[standing][2],
        said=_said(standing, days),
        line=line_on(axis, counts.days),
        year=cell(sum(counts.days.values()), When.YEAR),
        now=cell(told_now, When.NOW),
        before=cell(counts.before, When.BEFORE),
        ever=cell(counts.ever, When.EVER),
        trend="en hausse" if told_now > counts.before else "en baisse" if told_now < counts.before else "stable",
        standing=_words_of(standing),
        weeks=None if days is None else days // _WEEK,
        months=tuple(cell(times, When.YEAR, month) for month, times in by_month.items()),
    )


def _words_of(standing: Standing) -> str:
    """« Récurrente », « À surveiller »."""
    words = STANDINGS[standing][1].removeprefix("Tension ")
    return words[:1].upper() + words[1:]


def _said(standing: Standing, days: int | None) -> str:
    """« Arbitrée, mise au travail au bout de 5 semaines »."""
    words = _words_of(standing)
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


def _title(asked: Asked, axis: Axis, rows: Sequence[TensionOnAxis], number: int) -> str:
    """What is found. It speaks of tensions, never of who tells them."""
    days = when(asked.span, asked.today)
    if not rows:
        if not number:
            return "Aucune tension n’a encore de nom"
        return f"Aucune tension ne s’est racontée {axis.said}" + (", dans ce que vous regardez" if asked.is_narrowed else "")
    told = [row for row in rows if not row.now.is_empty]
    if not told:
        return f"Rien de nouveau dans les tensions {days}"
    first = [row for row in told if row.now.value == told[0].now.value]
    if len(told) == 1:
        return f"Une tension se raconte {days} : « {told[0].name} »"
    if len(first) == 1:
        return f"« {first[0].name} » revient le plus"
    if len(first) == 2:
        return f"« {first[0].name} » et « {first[1].name} » reviennent " + ("autant" if len(told) == 2 else "le plus")
    if len(first) == len(rows) == ROWS:  # more may be told as often, that the page does not show
        return "Plusieurs tensions reviennent autant l’une que l’autre"
    return f"{in_words(len(first), feminine=True).capitalize()} tensions reviennent autant l’une que l’autre"


def _tables(asked: Asked, axis: Axis, rows: Sequence[TensionOnAxis]) -> tuple[Table, ...]:
    """What a sheet of paper holds, then month by month, the last one first."""
    where = Table(
        caption="Difficultés que chaque tension réunit, et où elle en est",
        columns=(
            "Tension",
            _capital(asked.span.label),
            typo(f"Avant : {asked.compared.label}"),
            axis.said.capitalize(),
            "Depuis le début",
            "Où elle en est",
            "Semaines avant d’être mise au travail",
        ),
        rows=tuple(
            Row(
                typo(row.name),
                (row.now, row.before, row.year, row.ever, Cell(row.standing), Cell(_weeks_in_words(row.weeks))),
                key=row.public_id,
                url=row.url,
            )
            for row in rows
        ),
        note=typo(
            f"La période est comparée avec {against(asked)}. Les filtres ne changent ni où une tension en est, ni le temps jusqu’à "
            "sa mise au travail, compté depuis sa première difficulté."
        ),
    )
    if axis.is_long:
        return (where,)
    by_month = Table(
        caption=f"Difficultés de chaque tension, mois par mois, {axis.span.label}",
        columns=("Tension", *(f"{MONTHS[month.month - 1]} {month.year}" for month in reversed(axis.months))),
        rows=tuple(Row(typo(row.name), tuple(reversed(row.months)), key=row.public_id, url=row.url) for row in rows),
    )
    return where, by_month


def _weeks_in_words(weeks: int | None) -> int | str:
    return "" if weeks is None else weeks or "moins d’une"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
