"""Who cooperates with whom: récits by which two units are linked (`rex.trends.with_whom`). Between units, never between people.

A pair without any link is told as readily as one that has many, and only when both have told something in these days; never on a
page that hears one service or one collège."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, sqrt

from rex.french import count
from rex.trends.crossing import not_crossed
from rex.trends.figures import Figure
from rex.trends.look import Look
from rex.trends.pairs import Pairs, pairs_of
from rex.trends.saying import hears_some, when
from rex.trends.subjects import BETWEEN
from rex.trends.tables import Cell, Row, Table
from rex.trends.units import NO_SERVICE, OTHERS, Unit

DRAWN = 12  # units in the drawing; the table has them all
SIZES = 6  # of the discs


@dataclass(frozen=True)
class Link:
    """Two units, in the order of the page, and the récits by which they are linked. `size`: of the disc, by its surface."""

    one: Unit
    other: Unit
    cell: Cell
    size: int = 0

    @property
    def name(self) -> str:
        return f"{self.one.name} et {self.other.name}"

    @property
    def number(self) -> int:
        return self.cell.number


@dataclass(frozen=True)
class Line:
    """A row of the lower triangle: a unit with each of those above it."""

    unit: Unit
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Around:
    """A unit with all the others, where there is no room for the triangle. `missing`: names of those that nothing links to it."""

    unit: Unit
    found: tuple[tuple[Unit, Cell], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Ensemble:
    """`columns` and `lines`: the drawing; empty when fewer than two units told something. `strongest`: beside a title that says
    what is missing."""

    title: str
    caption: str
    note: str
    columns: tuple[Unit, ...] = ()
    lines: tuple[Line, ...] = ()
    strongest: Link | None = None
    tables: tuple[Table, ...] = ()
    is_whole: bool = True  # the drawing has all the units of the table
    missing: Link | None = None  # that the title names
    told: tuple[Unit, ...] = ()  # the units that told something, those of few writers together
    key: str = "ensemble"

    @property
    def around(self) -> tuple[Around, ...]:
        """Every unit of the drawing."""
        links = [link for line in self.lines for link in line.links]
        return tuple(_around(unit, links) for unit in (*self.columns[:1], *(line.unit for line in self.lines)))


def read(look: Look) -> Ensemble:
    """One statement, that `services` reads too."""
    asked = look.asked
    places = "territoires" if asked.place.is_reseau else "services"
    caption = f"Récits qui relient deux {places}, {asked.span.label}"
    if asked.college:
        return Ensemble("Qui raconte avec qui", caption, not_crossed(asked.place))
    pairs = pairs_of(look)
    units = _telling(look, pairs)
    told = tuple(unit for unit in units if pairs.told.get(unit.key))
    if len(units) < 2:
        why = f"Il faut que deux {places} au moins aient raconté quelque chose."
        return Ensemble("Qui raconte avec qui", caption, why, told=told)
    links = _links(look, pairs, units)
    drawn = _most_linked(units, links)
    shown = [link for link in links if link.one in drawn and link.other in drawn]
    table = Table(caption, (places.capitalize(), "Récits"), tuple(_row(link) for link in links), note=_note(places))
    named = [link for link in links if OTHERS not in (link.one.key, link.other.key)]
    missing = None if hears_some(asked) else _missing(pairs, named)
    strongest = max(named or links, key=lambda link: link.number)
    return Ensemble(
        _title(look, missing, strongest),
        caption,
        _note(places),
        tuple(drawn[:-1]),
        tuple(Line(unit, tuple(link for link in shown if link.other == unit)) for unit in drawn[1:]),
        strongest if missing and strongest.number else None,
        (table,),
        is_whole=len(drawn) == len(units),
        missing=missing,
        told=told,
    )


def _telling(look: Look, pairs: Pairs) -> list[Unit]:
    """Those that told something, or answered what another told; in the order of the page."""
    there = {key for pair in pairs.linked for key in pair} | set(pairs.told)
    return [unit for unit in look.units.shown if unit.key in there and unit.key != NO_SERVICE]


def _around(unit: Unit, links: Sequence[Link]) -> Around:
    with_it = [(link.other if link.one == unit else link.one, link) for link in links if unit in (link.one, link.other)]
    found = tuple((other, link.cell) for other, link in with_it if link.number)
    return Around(unit, found, tuple(other.name for other, link in with_it if not link.number))


def _links(look: Look, pairs: Pairs, units: Sequence[Unit]) -> list[Link]:
    """Of all pairs of these units."""
    most = max(pairs.linked.values(), default=0)
    found = []
    for one, other in combinations(units, 2):
        number = pairs.linked.get((one.key, other.key), 0)
        url = look.asked.url_of(Figure(unit=one.key, other=other.key)) if number else ""
        found.append(Link(one, other, Cell(number, url), ceil(SIZES * sqrt(number / most)) if number else 0))
    return found


def _most_linked(units: Sequence[Unit], links: Sequence[Link]) -> list[Unit]:
    """The units that the drawing has room for, in the order of the page."""
    weight = dict.fromkeys((unit.key for unit in units), 0)
    for link in links:
        weight[link.one.key] += link.number
        weight[link.other.key] += link.number
    kept = {unit.key for unit in sorted(units, key=lambda unit: -weight[unit.key])[:DRAWN]}
    return [unit for unit in units if unit.key in kept]


def _missing(pairs: Pairs, links: Sequence[Link]) -> Link | None:
    """Of two units that both told something and that nothing links, those that told most."""

    def told(link: Link) -> tuple[int, int]:
        numbers = pairs.told.get(link.one.key, 0), pairs.told.get(link.other.key, 0)
        return min(numbers), sum(numbers)

    both = [link for link in links if not link.number and told(link)[0]]
    return max(both, key=told) if both else None


def _title(look: Look, missing: Link | None, strongest: Link) -> str:
    asked = look.asked
    if missing and asked.is_narrowed:
        return f"{missing.name} : aucun récit commun dans cette sélection"
    if missing:
        return f"{missing.name} n’ont rien écrit ensemble {when(asked.span, asked.today)}"
    if not strongest.number:
        return "Qui raconte avec qui"
    return f"{strongest.name} se retrouvent dans {count(strongest.number, 'récit')}"


def _row(link: Link) -> Row:
    return Row(link.name, (link.cell,), key=f"{link.one.key}{BETWEEN}{link.other.key}")


def _note(places: str) -> str:
    return (
        f"Un récit relie deux {places} quand les deux l’ont signé, quand chacun a raconté la même action, ou quand l’un a répondu "
        "sous ce que l’autre a signé. Une réponse compte avec le récit sous lequel elle est écrite, à la date de ce récit."
    )
