"""Where one tells of what: récits by service (by territory, in the réseau) and by enjeu, or by balise of the one chosen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rex.french import joined
from rex.trends.columns import Columns, columns_of
from rex.trends.crossing import not_crossed
from rex.trends.look import Look
from rex.trends.recits import Recits, recits_of
from rex.trends.saying import capital
from rex.trends.tables import Cell, Row, Table
from rex.trends.units import NO_SERVICE, OTHERS, Unit

TINTS = 6
LEAST_FOUND = 5  # récits of a column, under which nothing is said of where it is told
_TOTAL = ""  # beside the keys of units

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Services:
    """`why`: what is said instead of a table. `most`: the greatest cell, on which all tints are scaled."""

    title: str
    caption: str
    columns: Columns
    rows: tuple[Row, ...] = ()
    total: Row | None = None
    note: str = ""
    why: str = ""
    most: int = 0
    is_reseau: bool = False
    key: str = "services"

    @property
    def tables(self) -> tuple[Table, ...]:
        if self.why:
            return ()
        heads = ("Territoire" if self.is_reseau else "Service", *(one.label for one in self.columns))
        return (Table(self.caption, heads, self.rows, self.total, self.note),)

    def tint(self, cell: Cell) -> int:
        """From 1 to 6, 0 for nothing."""
        return cell.number if self.most <= TINTS else ceil(TINTS * cell.number / self.most)


def read(look: Look) -> Services:
    """One statement, that `ensemble` reads too; one more for a balise of a collectif's own."""
    asked, columns, is_reseau = look.asked, columns_of(look), look.asked.place.is_reseau
    place = "territoire" if is_reseau else "service"
    caption = f"Récits par {place} et par {columns.what}, {asked.span.label}"
    empty = Services(f"Les récits par {place}", caption, columns, is_reseau=is_reseau)
    if asked.college:
        return _without(empty, not_crossed(asked.place))
    if len(look.units.shown) < 2:
        return _without(empty, f"Ce tableau s’ouvre dès que deux {place}s au moins y ont leur ligne. {_threshold(place)}")
    counts = _counted(look.once(recits_of), columns)
    there = [unit for unit in look.units.shown if any(counts.get((unit.key, one.code)) for one in columns)]
    if not there:
        return _without(empty, "Aucun récit de cette période ne porte de balise.")
    cells = {
        (unit.key, one.code): Cell(number, asked.url_of(one.figure(unit=unit.key)) if number else "")
        for unit in there
        for one in columns
        for number in (counts.get((unit.key, one.code), 0),)
    }
    rows = tuple(Row(unit.name, tuple(cells[unit.key, one.code] for one in columns), key=unit.key) for unit in there)
    totals = {one.code: counts.get((_TOTAL, one.code), 0) for one in columns}
    total = tuple(Cell(totals[one.code], asked.url_of(one.figure()) if totals[one.code] else "") for one in columns)
    return Services(
        (not asked.unit and found_in(columns, there, counts)) or f"Ce qui se raconte dans chaque {place}",
        caption,
        columns,
        rows,
        Row("Récits distincts", total),
        _note(look, place, len(there)),
        most=max(counts.get((unit.key, one.code), 0) for unit in there for one in columns),
        is_reseau=is_reseau,
    )


def found_in(columns: Columns, units: Sequence[Unit], counts: Counts) -> str:
    """« La coopération se raconte surtout côté Voirie et côté CCAS »: one or two units hold more than half of what is told of an
    enjeu, well apart from the next. Of the one that is told most; nothing when all is spread, or little told."""
    for column in sorted(columns, key=lambda one: -counts.get((_TOTAL, one.code), 0)):
        told = sorted(((counts.get((unit.key, column.code), 0), unit) for unit in units), key=lambda one: -one[0])
        told = [one for one in told if one[0]]
        if counts.get((_TOTAL, column.code), 0) < LEAST_FOUND or len(told) < 3:
            continue
        every = sum(number for number, _ in told)
        for first in (1, 2):
            top, (following, _) = told[:first], told[first]
            named = all(unit.key not in (OTHERS, NO_SERVICE) for _, unit in top)
            if named and 2 * sum(number for number, _ in top) > every and top[-1][0] > following:
                return f"{capital(column.said)} se raconte surtout {joined([f'côté {unit.name}' for _, unit in top])}"
    return ""


def _without(empty: Services, why: str) -> Services:
    return Services(empty.title, empty.caption, empty.columns, why=why, is_reseau=empty.is_reseau)


def _threshold(place: str) -> str:
    wrote = "y ont écrit" if place == "service" else "y ont ouvert un texte au réseau"
    return f"Un {place} est nommé quand trois personnes au moins {wrote}, depuis le début."


def _note(look: Look, place: str, there: int) -> str:
    said = f"Un récit écrit à plusieurs compte dans chaque {place}, une seule fois dans le total."
    if look.asked.place.is_reseau:
        said = "Un récit à plusieurs balises compte dans chacun de ses enjeux, une seule fois dans le total de chacun."
    said += f" {place.capitalize()}s par ordre alphabétique"
    return said + (", ceux qui ont ici au moins un récit." if there < len(look.units.shown) else ".")


def _counted(recits: Recits, columns: Columns) -> Counts:
    """Récits of each unit in each column, each once in each; then of all units together."""
    every: dict[str, int] = defaultdict(int)
    signed: dict[str, int] = defaultdict(int)
    for codes, (times, by) in recits.tagged.items():
        for code in columns.among(codes.split(",")):
            every[code] += times
            signed[code] += by
    found = {(_TOTAL, code): number for code, number in every.items()}
    for code, added in signed.items():
        found |= {(key, code): number for key, number in zip(recits.lanes.unit_keys, recits.lanes.counts(added), strict=True)}
    return found
