"""Several récits as one ODT, side by side in a table where two or three stand face to face."""

from collections.abc import Iterator

from rex.documents.blocks import Inlines
from rex.documents.odt_parts import CONTENT_STYLES, MIMETYPE, NAMESPACES, manifest, styles
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
from rex.documents.pieces_docx import Member, packed_in_order
from rex.documents.to_odt import CELL, OdtWriter, heading_at, with_spaces
from rex.documents.xml_out import HEAD

SHARES = 100
WIDER = 600  # LibreOffice takes no share under 23 for what it is
_FIGURES = (
    "".join(
        f'<style:style style:name="RexFigures{name}" style:family="table">'
        f'<style:table-properties style:rel-width="100%" table:align="margins"{whole}/></style:style>'
        for name, whole in (("", ""), ("Whole", ' style:may-break-between-rows="false"'))
    )
    + '<style:style style:name="RexRow" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
    + "".join(
        f'<style:style style:name="RexShare{share}" style:family="table-column">'
        f'<style:table-column-properties style:rel-column-width="{share * WIDER}*"/></style:style>'
        for share in range(1, SHARES + 1)
    )
)
STYLES = CONTENT_STYLES.replace("</office:automatic-styles>", f"{_FIGURES}</office:automatic-styles>")


class _Odt(OdtWriter):
    def __init__(self, several: Several) -> None:
        super().__init__(Outgoing(several.title, several.preface, (), root=several.root, image=several.image))
        self.pieces = several.pieces

    def members(self) -> Iterator[Member]:
        """The parts, in the order in which they may be made: what the body names is known once it is written."""
        yield "mimetype", MIMETYPE
        yield "content.xml", self._content()
        yield "styles.xml", styles("")
        yield "META-INF/manifest.xml", manifest([*self.media])
        for name, data in self.media.items():
            yield f"Pictures/{name}", data

    def _content(self) -> Iterator[str]:
        yield f'{HEAD}<office:document-content {NAMESPACES} office:version="1.3">{STYLES}<office:body><office:text>'
        yield _paragraph("Title", self.outgoing.title)
        yield from (_paragraph("Rex_20_note", line) for line in self.outgoing.preface)
        for piece in self.pieces:
            yield self._piece(piece)
        yield "</office:text></office:body></office:document-content>"

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Head(level, said):
                return heading_at(min(9, level), with_spaces(said))
            case Line(said):
                return f'<text:p text:style-name="Rex_20_note">{self._inlines(linked(said))}</text:p>'
            case Told():
                blocks, notes = blocks_of(piece)
                self.calls = {key: in_french(inner) for key, inner in notes.items()}
                return self._blocks(in_french(blocks))
            case Beside(sides):
                bold = '<text:span text:style-name="RexB">'
                heads = [f"<text:p>{bold}{with_spaces(side.who)}</text:span></text:p>" for side in sides]
                return self._beside(heads, [self._piece(side.inner) or "<text:p/>" for side in sides])
            case Said(inlines, leads):
                return f'<text:p text:style-name="{"Rex_20_lead" if leads else "Text_20_body"}">{self._inlines(inlines)}</text:p>'
            case Grid(caption, rows, note):
                head = f'<text:p text:style-name="Rex_20_caption">{with_spaces(caption)}</text:p>'
                return head + self._figures(rows) + (_paragraph("Rex_20_note", note) if note else "")

    def _figures(self, rows: tuple[tuple[Inlines, ...], ...]) -> str:
        """A table whose columns are as wide as they ask."""
        self.count += 1
        shares, right, small = shares_of(rows), number_columns(rows), is_dense(rows)
        columns = "".join(f'<table:table-column table:style-name="RexShare{min(SHARES, share)}"/>' for share in shares)
        lines = []
        for rank, row in enumerate(rows):
            style = f"Rex_20_figure{'_20_small' * small}{'_20_head' * (rank == 0)}"
            cells = "".join(
                f'<{CELL}><text:p text:style-name="{style}{"_20_right" * (at in right)}">'
                f"{self._inlines(cell)}</text:p></table:table-cell>"
                for at, cell in enumerate((*row, *[()] * (len(shares) - len(row))))
            )
            lines.append(f'<table:table-row table:style-name="RexRow">{cells}</table:table-row>')
        head = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>" if lines else ""
        named = f'table:name="Tableau {self.count}" table:style-name="RexFigures{"Whole" * is_short(rows)}"'
        return f"<table:table {named}>{columns}{head}{''.join(lines[1:])}</table:table>"

    def _beside(self, heads: list[str], cells: list[str]) -> str:
        self.count += 1
        first, row = (
            f"<table:table-row>{''.join(f'<{CELL}>{inner}</table:table-cell>' for inner in inners)}</table:table-row>"
            for inners in (heads, cells)
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(heads)}"/>'
        rows = f"<table:table-header-rows>{first}</table:table-header-rows>{row}"
        return f'<table:table table:name="Tableau {self.count}">{columns}{rows}</table:table>'


def _paragraph(style: str, said: str) -> str:
    return f'<text:p text:style-name="{style}">{with_spaces(said)}</text:p>'


def several_to_odt(several: Several) -> bytes:
    """Several récits as an ODT."""
    return packed_in_order(_Odt(several).members(), first_bare=True)
