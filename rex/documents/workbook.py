"""Sheets of figures: a workbook for a spreadsheet program (XLSX, ODS). No cell is ever a formula, whatever people wrote.

Own writers over zipfile, as for word processors: nothing more to install, and what stands in a cell is decided here."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from rex.documents.tables import harmless
from rex.french import date_short
from rex.text.marks import tidy

MOST_SIGNS = 32_000  # of a cell; Excel refuses a file with more than 32,767
MOST_NAME = 31  # of a tab
MOST_LINKS = 60_000  # of a sheet; Excel takes 65,530
FIRST_WIDTH, OTHER_WIDTH, LEAST_WIDTH = 48, 36, 10  # of the columns, in characters
TEXT_WIDTH, LONG = 70, 120  # of a column of whole texts; from how many characters on they are
MOST_ROWS = 26  # of words in a cell, that its line is high: Excel has lines of 409 points at most
_TIGHT, _BOLD = 0.9, 1.1  # of a width, what words surely have: each machine has its letters; how much wider bold ones are
_NO_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class SheetCell:
    """A number, words, or a day; `url`: where it leads, in full."""

    value: int | str | date
    url: str = ""

    @property
    def words(self) -> str:
        """What a program shows, with nothing that it would compute."""
        if isinstance(self.value, date):
            return date_short(self.value)
        said = harmless(tidy(str(self.value)))
        return said if len(said) <= MOST_SIGNS else f"{said[:MOST_SIGNS]}…"


@dataclass(frozen=True)
class Line:
    cells: tuple[SheetCell, ...] = ()
    is_head: bool = False

    @property
    def is_alone(self) -> bool:
        """A title, a sentence: it has the width of the sheet."""
        return len(self.cells) == 1


@dataclass(frozen=True)
class Sheet:
    """`name`: of its tab."""

    name: str
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=1) or 1


def line(*values: int | str | date, is_head: bool = False) -> Line:
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
    """Of each column: what its words ask, and the longest word of its head; a column of whole texts is wider."""
    found = [LEAST_WIDTH] * sheet.width
    rows = [one for one in sheet.lines if not one.is_alone]
    for at in range(sheet.width):
        most = FIRST_WIDTH if at == 0 else OTHER_WIDTH
        for one in rows:
            said = one.cells[at].words if at < len(one.cells) else ""
            asked = max(map(len, said.split(" "))) * _BOLD if one.is_head else max(map(len, said.split("\n")))
            found[at] = max(found[at], min(TEXT_WIDTH if asked > LONG else most, ceil(asked / _TIGHT) + 2))
    return found if rows else [FIRST_WIDTH + OTHER_WIDTH]


def rows_of_words(line: Line, widths: Sequence[int]) -> int:
    """How many rows of words its highest cell has: not every program finds it by itself."""
    if line.is_alone:
        return _rows_of(line.cells[0], sum(widths))
    return max((_rows_of(cell, wide) for cell, wide in zip(line.cells, widths, strict=False)), default=1)


def _rows_of(cell: SheetCell, width: int) -> int:
    wide = max(4, int(width * _TIGHT))
    parts = cell.words.split("\n")
    return min(MOST_ROWS, sum(1 if len(part) <= wide else max(1, len(textwrap.wrap(part, wide))) for part in parts))
