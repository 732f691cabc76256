"""Several récits as one DOCX: each with its headings, side by side in a table where two or three stand face to face."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rex.documents.blocks import Inlines, Text
from rex.documents.docx_parts import CONTENT_TYPES, FOOTNOTES_START, RELATIONS, STYLES, W
from rex.documents.outgoing import Outgoing
from rex.documents.pieces import (
    Beside,
    Grid,
    Head,
    Line,
    Piece,
    Said,
    Several,
    Told,
    blocks_of,
    in_french,
    is_dense,
    is_short,
    linked,
    number_columns,
    shares_of,
)
from rex.documents.to_docx import SIDES, DocxWriter, relation_to, run_of
from rex.documents.xml_out import HEAD, WHEN

WIDTH = 9600  # of the text, in twentieths of a point
Member = tuple[str, str | bytes | Iterable[str]]
EDGES = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="A0A0A0"/>' for side in SIDES)
FRAME = f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'


class _Docx(DocxWriter):
    def __init__(self, several: Several) -> None:
        super().__init__(Outgoing(several.title, several.preface, (), root=several.root, image=several.image))
        self.pieces = several.pieces

    def members(self) -> Iterator[Member]:
        """The parts, in the order in which they may be made: what the body names is known once it is written."""
        main = relation_to("rMain", "officeDocument", "word/document.xml")
        yield "[Content_Types].xml", CONTENT_TYPES.replace(_HEADER, "")
        yield "_rels/.rels", f"{HEAD}<Relationships {RELATIONS}>{main}</Relationships>"
        yield "word/document.xml", self._body()
        yield "word/_rels/document.xml.rels", self._relations()
        yield "word/_rels/footnotes.xml.rels", self._relations_of_notes()
        yield "word/styles.xml", STYLES
        yield "word/numbering.xml", self._numbering()
        yield "word/footnotes.xml", f"{HEAD}<w:footnotes {W}>{FOOTNOTES_START}{''.join(self.notes)}</w:footnotes>"
        for name, data in self.media.items():
            yield f"word/media/{name}", data

    def _body(self) -> Iterator[str]:
        yield f"{HEAD}<w:document {W}><w:body>{_paragraph('Title', self.outgoing.title)}"
        yield from (_paragraph("RexNote", line) for line in self.outgoing.preface)
        for piece in self.pieces:
            yield self._piece(piece)
        yield f"<w:sectPr>{PAGE}</w:sectPr></w:body></w:document>"

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Head(level, said):
                return _paragraph(f"Heading{min(9, level)}", said)
            case Line(said):
                return f'<w:p><w:pPr><w:pStyle w:val="RexNote"/></w:pPr>{self._inlines(linked(said))}</w:p>'
            case Told():
                blocks, notes = blocks_of(piece)
                self.calls = {key: in_french(inner) for key, inner in notes.items()}
                self.numbers = {}
                return self._blocks(in_french(blocks))
            case Beside(sides):
                heads = [run_of(side.who, bold=True) for side in sides]
                return _table([f"<w:p>{head}</w:p>" for head in heads], [self._piece(side.inner) or "<w:p/>" for side in sides])
            case Said(inlines, leads):
                return f"<w:p>{'<w:pPr><w:keepNext/></w:pPr>' * leads}{self._inlines(inlines)}</w:p>"
            case Grid(caption, rows, note):
                head = f"<w:p><w:pPr><w:keepNext/></w:pPr>{run_of(caption, bold=True)}</w:p>"
                return head + self._figures(rows) + (_paragraph("RexNote", note) if note else "")

    def _figures(self, rows: tuple[tuple[Inlines, ...], ...]) -> str:
        wide = [WIDTH * share // 100 for share in shares_of(rows)]
        number, right, style = len(wide), number_columns(rows), "RexFigureSmall" if is_dense(rows) else "RexFigure"
        last = len(rows) - 1 if is_short(rows) else 1  # those before it stay with the next one
        lines = []
        for rank, row in enumerate(rows):
            kept = f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" * (rank < last)}'
            inners = [
                self._figure(cell, kept + '<w:jc w:val="right"/>' * (at in right), is_head=rank == 0) for at, cell in enumerate(row)
            ]
            inners += ["<w:p/>"] * (number - len(row))
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
                for size, inner in zip(wide, inners, strict=True)
            )
            lines.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * (rank == 0)}</w:trPr>{cells}</w:tr>")
        grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in wide)
        return f"<w:tbl><w:tblPr>{FRAME}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl><w:p/>"

    def _figure(self, cell: Inlines, style: str, *, is_head: bool) -> str:
        cell = tuple(replace(one, bold=True) if isinstance(one, Text) else one for one in cell) if is_head else cell
        return f"<w:p><w:pPr>{style}</w:pPr>{self._inlines(cell)}</w:p>"


_HEADER = next(part for part in CONTENT_TYPES.replace("><", ">\n<").split("\n") if "header1" in part)


def _paragraph(style: str, said: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run_of(said)}</w:p>'


def _table(heads: list[str], cells: list[str]) -> str:
    wide = WIDTH // len(heads)
    grid = f'<w:gridCol w:w="{wide}"/>' * len(heads)
    size = f'<w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
    first, row = ("".join(f"<w:tc>{size}{inner}</w:tc>" for inner in inners) for inners in (heads, cells))
    rows = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{first}</w:tr><w:tr>{row}</w:tr>"
    return f"<w:tbl><w:tblPr>{FRAME}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"


def packed_in_order(members: Iterable[Member], *, first_bare: bool = False) -> bytes:
    """These members in a zip, each written as it is made; `first_bare`: the first is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for rank, (name, data) in enumerate(members):
            told = zipfile.ZipInfo(name, WHEN)
            is_bare = (first_bare and rank == 0) or name.endswith((".jpg", ".png"))
            told.compress_type = zipfile.ZIP_STORED if is_bare else zipfile.ZIP_DEFLATED
            with made.open(told, "w") as member:
                for part in [data] if isinstance(data, str | bytes) else data:
                    member.write(part.encode() if isinstance(part, str) else part)
    return out.getvalue()


def several_to_docx(several: Several) -> bytes:
    """Several récits as a DOCX."""
    return packed_in_order(_Docx(several).members())
