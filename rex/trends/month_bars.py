"""The small drawings of récits month by month: bars on one scale, and what each says in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rex.french import count, number, typo
from rex.tensions.charts import MONTHS
from rex.trends.columns import Column
from rex.trends.figures import When
from rex.trends.look import Look
from rex.trends.periods import months_between
from rex.trends.tables import Cell

WIDTH, HEIGHT, TOP, FOOT = 240, 104, 18, 18  # of a drawing; above the bars, and below


@dataclass(frozen=True)
class Bar:
    """A month; `solid`: the height of what was told in it in the period, drawn solid from the foot."""

    x: float
    y: float
    width: float
    height: float
    solid: float

    @property
    def solid_y(self) -> float:
        return round(HEIGHT - FOOT - self.solid, 1)


@dataclass(frozen=True)
class Lane:
    """One drawing. `now`, `before`: récits of the period, and of the days that it is compared with. `url`: of the same page, asked
    for the balises of this enjeu."""

    column: Column
    cells: tuple[Cell, ...]  # by month
    now: Cell
    before: Cell
    bars: tuple[Bar, ...]
    last: tuple[float, float, int]  # where the number of the last month is printed
    labels: tuple[tuple[float, str, str], ...]
    sentence: str
    url: str

    @property
    def base(self) -> int:
        return HEIGHT - FOOT


def lane_of(
    look: Look,
    column: Column,
    months: tuple[date, ...],
    told: list[int],
    told_now: list[int],
    most: int,
    now: Mapping[str, int],
    before: Mapping[str, int],
) -> Lane:
    asked = look.asked
    step = WIDTH / len(months)
    height = HEIGHT - TOP - FOOT
    bars = []
    for rank, (value, of_now) in enumerate(zip(told, told_now, strict=True)):
        tall, solid = (round(height * one / most, 1) if most else 0.0 for one in (value, of_now))
        bars.append(Bar(round(rank * step + step * 0.1, 1), round(HEIGHT - FOOT - tall, 1), round(step * 0.8, 1), tall, solid))
    last = bars[-1]
    cells = tuple(
        Cell(value, asked.url_of(column.figure(when=When.YEAR, month=month)) if value else "")
        for month, value in zip(months, told, strict=True)
    )
    return Lane(
        column,
        cells,
        _cell(look, column, now[column.code], When.NOW),
        _cell(look, column, before[column.code], When.BEFORE),
        tuple(bars),
        (round(last.x + last.width / 2, 1), round(last.y - 5, 1), told[-1]),
        ((0.0, _short(months[0]), "start"), (float(WIDTH), _short(months[-1]), "end")),
        _sentence(column, months, told),
        "" if column.marker else asked.but(enjeu=column.code).url + "#mois",
    )


def _cell(look: Look, column: Column, value: int, days: When) -> Cell:
    return Cell(value, look.asked.url_of(column.figure(when=days)) if value else "")


def _short(month: date) -> str:
    return MONTHS[month.month - 1]


def _sentence(column: Column, months: tuple[date, ...], told: list[int]) -> str:
    """« Coopération, de décembre 2025 à novembre 2026 : 24 récits, 6 le dernier mois, 8 au plus, en juin 2026. »"""
    if not any(told):
        return typo(f"{column.label}, {months_between(months[0], months[-1])} : aucun récit.")
    top = months[told.index(max(told))]
    said = f"{count(sum(told), 'récit')}, {number(told[-1])} le dernier mois, {number(max(told))} au plus"
    return typo(f"{column.label}, {months_between(months[0], months[-1])} : {said}, en {months_between(top, top)}.")
