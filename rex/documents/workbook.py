"""Sheets of figures: a workbook for a spreadsheet program (XLSX, ODS). No cell is ever a formula, whatever people wrote.

Own writers over zipfile, as for word processors: nothing more to install, and what stands in a cell is decided here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rex.documents.tables import harmless
from rex.text.marks import tidy

MOST_SIGNS = 32_000  # of a cell; Excel refuses a file with more than 32,767
MOST_NAME = 31  # of a tab
MOST_LINKS = 60_000  # of a sheet; Excel takes 65,530
FIRST_WIDTH, OTHER_WIDTH = 48, 18  # of the columns, in characters
_NO_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class SheetCell:
    """A number, or words; `url`: where it leads, in full."""

    value: int | str
    url: str = ""

    @property
    def words(self) -> str:
        """What a program shows, with nothing that it would compute."""
        said = harmless(tidy(str(self.value)))
        return said if len(said) <= MOST_SIGNS else f"{said[:MOST_SIGNS]}…"


@dataclass(frozen=True)
class Line:
    cells: tuple[SheetCell, ...] = ()
    is_head: bool = False


@dataclass(frozen=True)
class Sheet:
    """`name`: of its tab."""

    name: str
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=1) or 1


def line(*values: int | str, is_head: bool = False) -> Line:
    """A line of plain cells."""
    return Line(tuple(SheetCell(value) for value in values), is_head)


def names_of_tabs(sheets: Iterable[Sheet]) -> list[str]:
    """The names of the sheets as both formats take them: short, without certain signs, none twice."""
    found: list[str] = []
    for rank, sheet in enumerate(sheets, 1):
        name = " ".join(_NO_NAME.sub(" ", tidy(sheet.name)).split()).strip("'")[:MOST_NAME].strip("' ") or f"Feuille {rank}"
        known = {one.casefold() for one in found}
        found.append(f"{name[: MOST_NAME - 4]} {rank}" if name.casefold() in known else name)
    return found


def widths_of(sheet: Sheet) -> Sequence[int]:
    return [FIRST_WIDTH, *[OTHER_WIDTH] * (sheet.width - 1)]
