"""What the screen of an import says of a part before it is anywhere: its first words, and what it is made of."""

import re
import time
from collections.abc import Iterable, Iterator

from rex.documents.blocks import (
    Block,
    Blocks,
    Code,
    Heading,
    Inline,
    Items,
    NoteCall,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    plain,
)
from rex.documents.from_html import read_html
from rex.text import MAX_CHARS, to_html
from rex.text import plain as plain_source

EXCERPT = 160
SECONDS = 2  # of computing to look at all the parts of a document in Markdown; what remains is told in short
_ENDS = re.compile(r"[.,;:!?…]$")


def excerpt_of(blocks: Blocks) -> str:
    """The first words, each item of a list and each cell of a table apart from the next one."""
    told, before = "", None
    for block in blocks:
        if said := _said(block):
            opens = isinstance(block, Items | Table) and isinstance(before, Paragraph)
            told, before = _apart((told, said), " :" if opens else "."), block
    return _cut(told)


def _cut(words: str) -> str:
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]}…"


def _said(block: Block) -> str:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return plain(inlines)
        case Quote(inner):
            return " ".join(filter(None, map(_said, inner)))
        case Items(items=items):
            return _apart(_apart(map(_said, item), " ;") for item in items)
        case Table(rows):
            return _apart(_apart(map(plain, row), ",") for row in rows)
        case Code(text):
            return " ".join(text.split())
        case _:
            return ""


def _apart(pieces: Iterable[str], sign: str = " ;") -> str:
    """These words with a sign between them, where none stands already."""
    told = ""
    for piece in filter(None, pieces):
        told = f"{told}{'' if _ENDS.search(told) else sign} {piece}" if told else piece
    return told


def counts_of(blocks: Blocks) -> dict[str, int]:
    """How many of each kind of block, and of images and notes wherever they stand."""
    found: dict[str, int] = {}
    for block in blocks:
        kind = {Paragraph: "paragraph", Items: "list", Table: "table", Quote: "quote", Code: "code"}.get(type(block), "")
        if kind and not (isinstance(block, Paragraph) and all(isinstance(one, Picture) for one in block.inlines)):
            found[kind] = found.get(kind, 0) + 1
    for one in _inlines(blocks):
        kind = "image" if isinstance(one, Picture) else "note" if isinstance(one, NoteCall) else ""
        if kind:
            found[kind] = found.get(kind, 0) + 1
    return found


def _inlines(blocks: Blocks) -> Iterator[Inline]:
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                yield from inlines
            case Quote(inner):
                yield from _inlines(inner)
            case Items(_, items):
                for item in items:
                    yield from _inlines(item)
            case Table(rows):
                yield from (one for row in rows for cell in row for one in cell)
            case Code() | Rule():
                pass


class Looking:
    """The same of Markdown, as REX will show it. `notes`: how many stand apart from it."""

    def __init__(self) -> None:
        self.until = time.process_time() + SECONDS

    def at(self, source: str, notes: int = 0) -> tuple[str, dict[str, int]]:
        """The first words, and how many of each kind."""
        if len(source) > MAX_CHARS or time.process_time() > self.until:
            words = _cut(" ".join(plain_source(source, 1000).split()))
            found = {"paragraph": sum(1 for piece in re.split(r"\n\s*\n", source) if piece.strip())}
        else:
            blocks = tuple(read_html(to_html(source)).blocks)
            words, found = excerpt_of(blocks), counts_of(blocks)
        found |= {"image": source.count("](image-") + source.count("](/fichiers/"), "note": notes or found.get("note", 0)}
        return words, {kind: number for kind, number in found.items() if number}
