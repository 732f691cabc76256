"""Figures in rows and columns: what every section of the page can say of itself, under its drawing, printed and taken out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A number (or a word), and the address of the entries that it counts; none for nothing to open."""

    value: int | str
    url: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing: pages write « · »."""
        return self.value in (0, "")

    @property
    def number(self) -> int:
        """What it counts; nothing, when it says a word."""
        return self.value if isinstance(self.value, int) else 0


@dataclass(frozen=True)
class Row:
    """`key`: what a lecture contradictoire is attached to (a unit, a balise, a tension), and where the row leads (`url`)."""

    name: str
    cells: tuple[Cell, ...]
    key: str = ""
    url: str = ""


@dataclass(frozen=True)
class Table:
    """`caption` says what is counted, and when; `columns`: above the names, then above each cell. `total`: of distinct entries,
    not of the cells."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
