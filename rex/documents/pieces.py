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
LINE, LONGEST, LONG = 95, 24, 60  # signs of a line; of a word, and of the words of a cell, past which a column grows no wider
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
    """A paragraph of REX, with its links."""

    inlines: Inlines


@dataclass(frozen=True)
class Grid:
    """Figures in rows and columns: the first row heads the columns, the first cell of a row names it."""

    caption: str
    rows: tuple[tuple[Inlines, ...], ...]
    note: str = ""

    @property
    def numbers(self) -> frozenset[int]:
        return number_columns(self.rows)


Piece = Head | Line | Told | Beside | Said | Grid


def shares_of(rows: tuple[tuple[Inlines, ...], ...]) -> list[int]:
    """How much of the width of a page each column has, of a hundred: its longest word first, then as its words ask."""
    least, asked = [], []
    for at in range(max((len(row) for row in rows), default=1)):
        said = ["".join(one.words for one in row[at] if isinstance(one, Text)) for row in rows if at < len(row)]
        least.append(3 + min(LONGEST, max((len(word) for words in said for word in words.split(" ")), default=1)))
        asked.append(max(0, 3 + min(LONG, max(map(len, said), default=1)) - least[-1]))
    left = max(0, LINE - sum(least))
    wide = [one + left * more // max(1, sum(asked)) for one, more in zip(least, asked, strict=True)]
    return [max(1, one * 100 // sum(wide)) for one in wide]


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
