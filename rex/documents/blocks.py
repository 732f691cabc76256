"""What a document is made of, whatever wrote it: blocks of a few kinds, words with a few marks. Appearance has no place here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SPACES = " \u00a0\u202f"
_SPACE = re.compile(r"[ \t\n\r\f\v]+|[\u00a0\u202f]+$")
# REX sets the spaces of French typography when it shows a text: those that a word processor put are plain again.
_NO_BREAK = re.compile(r"[\u00a0\u202f\u2007](?=[;:!?»%€°])|(?<=«)[\u00a0\u202f\u2007]")


@dataclass(frozen=True)
class Text:
    """Words with the same marks; `href`: the address that they lead to."""

    words: str
    bold: bool = False
    italic: bool = False
    href: str = ""

    @property
    def marks(self) -> tuple[bool, bool, str]:
        return self.bold, self.italic, self.href


@dataclass(frozen=True)
class Break:
    """A line that ends inside a paragraph."""


@dataclass(frozen=True)
class NoteCall:
    """Where a footnote is called; `key` names it in the document."""

    key: str


@dataclass(frozen=True)
class Picture:
    """An image; `ref` names it among the images of the document, or is an address of this installation."""

    ref: str
    alt: str = ""


Inline = Text | Break | NoteCall | Picture
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True)
class Heading:
    """`level`: 1 is the highest; what only looks like a heading (bold, alone on its line) says so with `is_guess`."""

    level: int
    inlines: Inlines
    is_guess: bool = False
    slug: str = ""  # of the section that it opens, in a document that REX wrote


@dataclass(frozen=True)
class Quote:
    blocks: "Blocks"


@dataclass(frozen=True)
class Items:
    """A list; each item is made of blocks."""

    is_ordered: bool
    items: "tuple[Blocks, ...]"
    start: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first one heads the columns. A cell holds words only."""

    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True)
class Code:
    """Lines kept as they are."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A line drawn between two parts."""


Block = Paragraph | Heading | Quote | Items | Table | Code | Rule
Blocks = tuple[Block, ...]


@dataclass
class Document:
    """A document as it was read. `left`: what was not taken (a word of `rex.documents.report`), and how many times."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, Blocks] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def leave(self, what: str, times: int = 1) -> None:
        """Say that something of this kind (`rex.documents.report`) was not taken."""
        self.left[what] = self.left.get(what, 0) + times


def plain(inlines: Iterable[Inline]) -> str:
    """The words alone, on one line."""
    parts = (i.words if isinstance(i, Text) else " " if isinstance(i, Break) else "" for i in inlines)
    return " ".join("".join(parts).split())


def words_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of each piece of text, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield plain(block.inlines)
        elif isinstance(block, Quote):
            yield from words_of(block.blocks)
        elif isinstance(block, Items):
            for item in block.items:
                yield from words_of(item)
        elif isinstance(block, Table):
            yield from (plain(cell) for row in block.rows for cell in row)
        elif isinstance(block, Code):
            yield block.text


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """The same words with one space where there were several, none at either end of a line, neighbours of the same marks joined."""
    joined: list[Inline] = []
    for one in inlines:
        if isinstance(one, Text):
            words = _NO_BREAK.sub(" ", _SPACE.sub(" ", one.words.replace("\u00ad", "")))
            before = joined[-1] if joined else None
            if (isinstance(before, Text) and before.words.endswith(" ")) or before is None or isinstance(before, Break):
                words = words.removeprefix(" ")
            if not words:
                continue
            if isinstance(before, Text) and before.marks == one.marks:
                joined[-1] = Text(before.words + words, *one.marks)
            else:
                joined.append(Text(words, *one.marks))
        else:
            if isinstance(one, Break):
                _trim(joined)
                if joined and isinstance(joined[-1], Break):
                    continue  # an empty line within a paragraph: Markdown has none
            joined.append(one)
    while joined and (_trim(joined) or (joined and isinstance(joined[-1], Break))):
        if joined and isinstance(joined[-1], Break):
            joined.pop()
    while joined and isinstance(joined[0], Break):
        joined.pop(0)
    return tuple(bare_spaces(joined))


def _trim(inlines: list[Inline]) -> bool:
    """Take the space off the end; True when it was all that stood there."""
    last = inlines[-1] if inlines else None
    if isinstance(last, Text) and last.words.endswith(" "):
        inlines.pop()
        if last.words.rstrip(" "):
            inlines.append(Text(last.words.rstrip(" "), *last.marks))
        return True
    return False


def bare_spaces(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """A space at either end of marked words stands outside of the mark: nobody sees a bold space, and Markdown has none."""
    flat: list[Text | Inline] = []
    for one in inlines:
        if isinstance(one, Text) and any(one.marks) and one.words != one.words.strip(SPACES):
            core = one.words.strip(SPACES)
            if one.words[0] in SPACES:
                flat.append(Text(" "))
            if core:
                flat.append(Text(core, *one.marks))
            if one.words[-1] in SPACES and core:
                flat.append(Text(" "))
        else:
            flat.append(one)
    joined: list[Inline] = []
    for one in flat:
        before = joined[-1] if joined else None
        if isinstance(one, Text) and isinstance(before, Text) and before.marks == one.marks:
            joined[-1] = Text(before.words + one.words, *one.marks)
        else:
            joined.append(one)
    yield from joined


def paragraph(inlines: Iterable[Inline]) -> list[Block]:
    """A paragraph, unless there is nothing in it."""
    neat = tidy(inlines)
    return [Paragraph(neat)] if neat else []


def joined_lists(blocks: Iterable[Block]) -> Blocks:
    """Lists of one kind, or quotes, that follow each other are one: nothing but appearance kept them apart."""
    done: list[Block] = []
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(block, Items) and isinstance(before, Items) and before.is_ordered == block.is_ordered:
            done[-1] = Items(before.is_ordered, before.items + block.items, before.start)
        elif isinstance(block, Quote) and isinstance(before, Quote):
            done[-1] = Quote(joined_lists(before.blocks + block.blocks))
        else:
            done.append(block)
    return tuple(done)
