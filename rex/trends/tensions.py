"""The tensions of a journal on one axis: what comes back, since when, and how long it took to be put to work."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.french import count, that_name, typo
from rex.tensions.charts import MONTHS
from rex.tensions.queries import MOST_LISTED
from rex.trends import tension_counts as counting
from rex.trends.asked import Asked
from rex.trends.lanes import Axis, axis_of
from rex.trends.look import Look
from rex.trends.saying import against, capital, earlier, in_words, legend_of, when
from rex.trends.tables import Cell, Row, Table
from rex.trends.tension_rows import ROWS, TensionOnAxis, rows_of


@dataclass(frozen=True)
class Tensions:
    """`number`: how many tensions the journal has, whatever the filters; `all_url`: where they all are; `earlier`: beside numbers
    of the days compared."""

    title: str
    rows: tuple[TensionOnAxis, ...]
    number: int
    all_url: str
    legend: str
    period: str
    earlier: str
    axis_words: str
    tables: tuple[Table, ...]
    key: str = "tensions"

    @property
    def all_words(self) -> str:
        """« Les 14 tensions du journal », whatever the page is narrowed to; past what their page lists, no number."""
        if not 1 < self.number <= MOST_LISTED:
            return f"{'Toutes les tensions' if self.number != 1 else 'La tension'} du journal"
        return f"Les {count(self.number, 'tension')} du journal"


def read(look: Look) -> Tensions | None:
    """Four statements, and two more at most: when the days of the page do not settle which tensions are shown, when the rule asks
    for more than the year. None for the réseau, which has no tension."""
    asked = look.asked
    if asked.place.is_reseau:
        return None
    known = counting.tensions_here(look)
    shown = counting.most_told(look, known, ROWS) if known else []
    axis = axis_of(asked)
    rows = rows_of(look, axis, shown) if shown else ()
    return Tensions(
        title=_title(asked, axis, rows, len(known)),
        rows=rows,
        number=len(known),
        all_url=f"/c/{asked.place.slug}/ce-qui-revient",
        legend=typo(_legend(asked, rows)),
        period=when(asked.span, asked.today) if asked.span.months else "dans la période",
        earlier=earlier(asked),
        axis_words=axis.said,
        tables=_tables(asked, axis, rows) if rows else (),
    )


def _legend(asked: Asked, rows: Sequence[TensionOnAxis]) -> str:
    """What is drawn, and against what more or less is said."""
    trend = any(row.trend for row in rows)
    more = f"« En hausse » ou « en baisse » : plus ou moins {that_name(against(asked))}. " if trend else ""
    return (
        f"Un point, une difficulté. En plein, celles de la période ({asked.span.label}). {more}"
        "Le temps jusqu’à la mise au travail se compte depuis la première difficulté."
    )


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
            capital(asked.span.label),
            typo(f"{capital(earlier(asked))} : {asked.compared.label}"),
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
            f"{legend_of(asked)}. Les filtres ne changent ni où une tension en est, ni le temps jusqu’à "
            "sa mise au travail, compté depuis sa première difficulté."
        ),
    )
    if axis.is_long:
        return (where,)
    by_month = Table(
        caption=f"Difficultés de chaque tension, mois par mois, {axis.span.label}",
        columns=("Tension", *(f"{MONTHS[month.month - 1]} {month.year}" for month in axis.months)),
        rows=tuple(Row(typo(row.name), row.months, key=row.public_id, url=row.url) for row in rows),
    )
    return where, by_month


def _weeks_in_words(weeks: int | None) -> int | str:
    return "" if weeks is None else weeks or "moins d’une"
