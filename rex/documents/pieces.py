"""Several récits on their way out, in whichever format: a run of pieces, asked for one after the other, so that a file of two
hundred récits is never whole in memory before it is packed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from rex.documents.blocks import (
    Block,
    Blocks,
    Heading,
    Inline,
    Inlines,
    Items,
    NoteCall,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    plain,
)
from rex.documents.from_html import read_html
from rex.documents.outgoing import UNIT, Image
from rex.french import typo
from rex.text import to_html
from rex.text.marks import tidy

_ADDRESS = re.compile(r"(https?://[^\s<>«»]+)")
LINE, SMALL_LINE = 80, 95  # signs of a line of figures, and of one in small letters
LONGEST, LONG = 24, 60  # signs of a word, and of the words of a cell, past which a column grows no wider
NAMED = 20  # signs that the first column has at least, when its names ask for them
EDGE, BOLD = 2, 1.2  # what a cell keeps free, in signs; how much wider bold signs are
ON_ONE_PAGE = 18  # rows that stay together
MOST_IMAGES = 24 * 1024 * 1024  # bytes of images in one file: what is more stays where it is


@dataclass(frozen=True)
class Head:
    """A heading; `level`: 1 right under the title of the document."""

    level: int
    words: str


@dataclass(frozen=True)
class Line:
    """What REX says around the texts: who signs, for whom, what somebody noted."""

    words: str


@dataclass(frozen=True)
class Told:
    """A text as its author wrote it; `under`: the level of the heading above it."""

    source: str
    under: int


@dataclass(frozen=True)
class Side:
    """What one récit says where several stand side by side."""

    who: str
    inner: Told | Line


@dataclass(frozen=True)
class Beside:
    """Two or three récits side by side: a column for each."""

    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Said:
    """A paragraph of REX, with its links; `leads`: it stays on the page of what follows."""

    inlines: Inlines
    leads: bool = False


@dataclass(frozen=True)
class Grid:
    """Figures in rows and columns: the first row heads the columns, the first cell of a row names it."""

    caption: str
    rows: tuple[tuple[Inlines, ...], ...]
    note: str = ""

    @property
    def numbers(self) -> frozenset[int]:
        return number_columns(self.rows)

    @property
    def is_short(self) -> bool:
        """It stands on one page."""
        return is_short(self.rows)


Piece = Head | Line | Told | Beside | Said | Grid


def shares_of(rows: tuple[tuple[Inlines, ...], ...]) -> list[int]:
    """How much of the width of a page each column has, of a hundred: its longest word first, then as its words ask."""
    least = _longest_words(rows)
    asked = []
    for at, one in enumerate(least):
        said = [len(_words_of(row, at)) for row in rows]
        asked.append(max(0, EDGE + min(LONG, max(said, default=1)) - one))
    left = max(0, (SMALL_LINE if is_dense(rows) else LINE) - sum(least))
    wide = [one + left * more / max(1, sum(asked)) for one, more in zip(least, asked, strict=True)]
    return [max(1, round(one * 100 / sum(wide))) for one in wide]


def is_dense(rows: tuple[tuple[Inlines, ...], ...]) -> bool:
    """Whether the words of so many columns stand whole in small letters only."""
    return sum(_longest_words(rows)) > LINE


def is_short(rows: tuple[tuple[Inlines, ...], ...]) -> bool:
    """Whether the table stands on one page, whole."""
    return len(rows) <= ON_ONE_PAGE


def _longest_words(rows: tuple[tuple[Inlines, ...], ...]) -> list[float]:
    """Of each column, with what its cells keep free."""
    found = []
    for at in range(max((len(row) for row in rows), default=1)):
        sizes = [len(word) * (1 if rank else BOLD) for rank, row in enumerate(rows) for word in _words_of(row, at).split(" ")]
        names = 0 if at else min(NAMED, max((len(_words_of(row, 0)) for row in rows), default=0))
        found.append(EDGE + max(names, min(LONGEST, max(sizes, default=1))))
    return found


def _words_of(row: tuple[Inlines, ...], at: int) -> str:
    return "".join(one.words for one in row[at] if isinstance(one, Text)) if at < len(row) else ""


def number_columns(rows: tuple[tuple[Inlines, ...], ...]) -> frozenset[int]:
    """The columns of figures, which stand at the right; never that of the names."""
    return frozenset(at for row in rows[1:] for at, cell in enumerate(row) if at and plain(cell).isdecimal())


@dataclass
class Shown:
    """The images of the installation as they go into a file, while there is room for them; counts those that stay behind."""

    found: Callable[[str], Image | None]
    room: int = MOST_IMAGES
    left: int = 0

    def __call__(self, address: str) -> Image | None:
        image = self.found(address) if self.room > 0 else None
        if image is not None and len(image.data) <= self.room:
            self.room -= len(image.data)
            return image
        self.left += self.room <= 0 or image is not None
        return None


@dataclass(frozen=True)
class Several:
    """A document of several récits. `preface`: by whom it was taken out, and for whom it was readable; `pieces`: to be gone through
    once, in order; `root`: the public address of the installation."""

    title: str
    preface: tuple[str, ...]
    pieces: Iterable[Piece]
    root: str = ""
    image: Callable[[str], Image | None] = field(default=lambda _address: None)


def linked(words: str) -> tuple[Text, ...]:
    """What REX says, its addresses as links: in plain words, some formats would put marks into them."""
    parts = enumerate(_ADDRESS.split(tidy(words)))
    return tuple(Text(part, href=part if rank % 2 else "") for rank, part in parts if part)


def blocks_of(told: Told, deeper: int = 0) -> tuple[Blocks, dict[str, Blocks]]:
    """A text as blocks, its headings under the one above it, and the footnotes that it calls."""
    document = read_html(to_html(told.source, heading_base=UNIT))
    down, highest = told.under + deeper - UNIT, told.under + deeper
    blocks = (replace(one, level=max(highest, one.level + down)) if isinstance(one, Heading) else one for one in document.blocks)
    return tuple(blocks), document.notes


def in_french(blocks: Blocks) -> Blocks:
    """The same blocks with the spaces that do not break, which the words lost on their way from HTML."""
    return tuple(_changed(blocks, lambda one: replace(one, words=typo(one.words)) if isinstance(one, Text) else one))


def set_apart(blocks: Blocks, mark: str, root: str) -> Blocks:
    """The same blocks, for a file that holds several texts and stands outside of REX: footnotes under names of their own, addresses
    of this installation in full."""

    def change(one: Inline) -> Inline:
        match one:
            case NoteCall(key):
                return NoteCall(f"{mark}{key}")
            case Picture(ref, alt):
                return Picture(f"{root}{ref}" if ref.startswith("/") else ref, alt)
            case Text(href=href) if href.startswith("/"):
                return replace(one, href=f"{root}{href}")
        return one

    return tuple(_changed(blocks, change))


def _changed(blocks: Blocks, change: Callable[[Inline], Inline]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                yield replace(block, inlines=tuple(map(change, inlines)))
            case Quote(inner):
                yield Quote(tuple(_changed(inner, change)))
            case Items(items=items):
                yield replace(block, items=tuple(tuple(_changed(item, change)) for item in items))
            case Table(rows):
                yield Table(tuple(tuple(tuple(map(change, cell)) for cell in row) for row in rows))
            case _:
                yield block
