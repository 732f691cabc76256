"""Several récits as Markdown, one under the other: each text under its heading, its footnotes under numbers of their own."""

from collections.abc import Iterator
from dataclasses import replace

from rex.documents.blocks import Blocks, Heading, Paragraph, Table, Text, bare_spaces
from rex.documents.markdown_out import MarkdownWriter
from rex.documents.pieces import Beside, Grid, Head, Line, Piece, Said, Several, Told, blocks_of, linked, set_apart
from rex.text.marks import tidy

DOWN = 1  # the title of the document is the first level
MOST = 6  # levels that Markdown has


class _Markdown:
    def __init__(self, root: str) -> None:
        self.root = root
        self.notes: dict[str, Blocks] = {}
        self.writer = MarkdownWriter({}, self.notes, leaves=True)
        self.texts = 0

    def said(self, piece: Piece) -> Iterator[str]:
        match piece:
            case Head(level, words):
                yield self.writer.write([Heading(min(MOST, level + DOWN), (Text(tidy(words)),))])
            case Line(words):
                said = (replace(one, italic=not one.href) for one in linked(words))
                yield self.writer.write([Paragraph(tuple(bare_spaces(said)))])
            case Told():
                self.texts += 1
                mark = f"{self.texts}-"
                blocks, notes = blocks_of(piece, DOWN + 1)
                self.notes |= {f"{mark}{key}": set_apart(inner, mark, self.root) for key, inner in notes.items()}
                yield self.writer.write(set_apart(blocks, mark, self.root))
            case Beside(sides):
                for side in sides:
                    yield self.writer.write([Paragraph((Text(tidy(side.who), bold=True),))])
                    yield from self.said(side.inner)
            case Said(inlines, _):
                yield self.writer.write(set_apart((Paragraph(inlines),), "", self.root))
            case Grid(caption, rows, note):
                yield self.writer.write([Paragraph((Text(tidy(caption), bold=True),))])
                yield self.writer.write(set_apart((Table(rows),), "", self.root))
                yield from self.said(Line(note)) if note else ()


def several_to_markdown(several: Several) -> bytes:
    """Several récits as Markdown."""
    made = _Markdown(several.root)
    pieces: list[Piece] = [Head(0, several.title), *map(Line, several.preface)]
    parts = [part for piece in pieces for part in made.said(piece)]
    parts += [part for piece in several.pieces for part in made.said(piece)]
    return "".join(f"{part}\n\n" for part in parts if part).encode()
