"""Month after month: how many récits tell of each enjeu, or of each balise of the one that is chosen, over a year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all

from rex import clock
from rex.french import count, number, that_name
from rex.journal.models import Entry, Tagging
from rex.trends.asked_words import why_silent
from rex.trends.behind import rows_behind, told_here
from rex.trends.columns import Columns, columns_of
from rex.trends.conditions import counted, within
from rex.trends.figures import When
from rex.trends.look import Look
from rex.trends.month_bars import HEIGHT, WIDTH, Lane, lane_of
from rex.trends.periods import months_between
from rex.trends.saying import against, capital, earlier, hears_some, when
from rex.trends.tables import Row, Table
from rex.trends.totals import is_comparable

MOST_MONTHS = 36  # that a drawing takes: of a longer period, the last ones
LEAST_FOUND = 5  # récits now and before together, under which no finding is told
_BEFORE, _EARLIER = -1, -2  # beside the ranks of months


@dataclass(frozen=True)
class Mois:
    """`compared`: « les trois mois d’avant »; `earlier`: « avant », in the names of links. `all_url`: back to the four enjeux."""

    title: str
    caption: str
    columns: Columns
    months: tuple[date, ...]
    lanes: tuple[Lane, ...]
    compared: str
    earlier: str
    tables: tuple[Table, ...]
    all_url: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    key: str = "mois"


def read(look: Look) -> Mois:
    """One statement; one more for a balise of a collectif's own."""
    asked, columns = look.asked, columns_of(look)
    months = _months(look)
    by_month: dict[tuple[str, int], int] = defaultdict(int)
    of_period: dict[tuple[str, int], int] = defaultdict(int)
    now: dict[str, int] = defaultdict(int)
    before: dict[str, int] = defaultdict(int)
    for row in rows_behind(look, _counted(look, columns, months)):
        if row.month == _BEFORE:
            before[row.code] += row.told
        else:
            by_month[row.code, row.month] += row.told
            of_period[row.code, row.month] += row.told if row.is_now else 0
            now[row.code] += row.told if row.is_now else 0
    most = max([number for (_, month), number in by_month.items() if month >= 0], default=0)
    ranks = range(len(months))
    lanes = tuple(
        lane_of(
            look,
            column,
            months,
            [by_month[column.code, rank] for rank in ranks],
            [of_period[column.code, rank] for rank in ranks],
            most,
            now,
            before,
        )
        for column in columns
    )
    return Mois(
        _title(look, columns, now, before),
        _caption(look, months),
        columns,
        months,
        lanes,
        against(asked) + why_silent(look),
        earlier(asked),
        (_table(look, columns, months, lanes),),
        asked.but(enjeu="", balise="").url if columns.by_balise else "",
    )


def _months(look: Look) -> tuple[date, ...]:
    """Those of the axis of the page that have begun: the last number printed is of a month that is lived."""
    every = look.asked.span.year().month_starts()
    begun = [one for one in every if one <= look.asked.today] or every
    return tuple(begun[-MOST_MONTHS:])


def _counted(look: Look, columns: Columns, months: tuple[date, ...]) -> Select[Any]:
    """(column, rank of the month, whether it is of the period, récits), then those of the days compared. A month is cut by the
    instants at which it begins here, whatever the clock of the base."""
    in_period = case((and_(*within(look.asked.span, look.asked.place.timezone)), 1), else_=0).label("is_now")
    year = told_here(look, _rank(look, months).label("month"), in_period, when=When.YEAR).prefix_with("MATERIALIZED")
    then = counted(look, when=When.BEFORE).with_only_columns(Entry.id).cte("then").prefix_with("MATERIALIZED")
    code = columns.code.label("code")
    of_year = select(year.c.id, year.c.month, year.c.is_now, code).join_from(year, Tagging, Tagging.entry_id == year.c.id)
    of_then = select(then.c.id, code).join_from(then, Tagging, Tagging.entry_id == then.c.id)
    a, b = (one.where(columns.holds).distinct().subquery() for one in (of_year, of_then))
    parts = (
        select(a.c.code, a.c.month, a.c.is_now, func.count().label("told")).group_by(a.c.code, a.c.month, a.c.is_now),
        select(b.c.code, literal(_BEFORE), literal(0), func.count()).group_by(b.c.code),
    )
    return select(union_all(*parts).subquery())


def _rank(look: Look, months: tuple[date, ...]) -> ColumnElement[int]:
    starts = [clock.day_starts(one, look.asked.place.timezone) for one in months]
    cases = [(Entry.published_at < start, rank - 1 if rank else _EARLIER) for rank, start in enumerate(starts)]
    return case(*cases, else_=len(months) - 1)


def _title(look: Look, columns: Columns, now: Mapping[str, int], before: Mapping[str, int]) -> str:
    """« Coopération : 16 récits depuis trois mois, contre 10 les trois mois d’avant »: of what changed most; among equals, of what
    is told most. Less told is said as more told is; of one service or collège alone, neither is."""
    asked = look.asked
    if hears_some(asked):
        return "Mois après mois"
    told = [one for one in columns if now[one.code] + before[one.code] >= LEAST_FOUND]
    if not told:
        return "Mois après mois, peu de récits" if any(now.values()) or any(before.values()) else "Mois après mois"
    first = max(told, key=lambda one: (abs(now[one.code] - before[one.code]), now[one.code]))
    here, there = now[first.code], before[first.code]
    said = f"{first.label} : {count(here, 'récit') if here else 'aucun récit'} {when(asked.span, asked.today)}"
    if not is_comparable(look):
        return said
    if here == there:
        return f"{said}, autant {that_name(against(asked))}"
    return f"{said}, contre {number(there) if there else 'aucun'} {against(asked)}"


def _caption(look: Look, months: tuple[date, ...]) -> str:
    days = look.asked.span
    long = " (les derniers)" if len(months) == MOST_MONTHS < len(days.year().month_starts()) else ""
    return f"Récits par mois, {months_between(months[0], months[-1])}{long}, même échelle partout. En plein, {days.label}."


def _table(look: Look, columns: Columns, months: tuple[date, ...], lanes: tuple[Lane, ...]) -> Table:
    """Months as rows: they are many, columns few."""
    rows = [
        Row(months_between(month, month), tuple(lane.cells[rank] for lane in lanes), key=f"{month:%Y-%m}")
        for rank, month in enumerate(months)
    ]
    asked = look.asked
    rows.append(Row(f"Période : {asked.span.label}", tuple(lane.now for lane in lanes)))
    rows.append(Row(f"{capital(earlier(asked))} : {asked.compared.label}", tuple(lane.before for lane in lanes)))
    note = "Un récit compte dans chacun des enjeux dont il parle." if not columns.by_balise else ""
    heads = ("Mois", *(one.label for one in columns))
    return Table(f"Récits par mois et par {columns.what}, {months_between(months[0], months[-1])}", heads, tuple(rows), note=note)
