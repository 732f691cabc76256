"""A récit as ODT: real headings, lists, tables and footnotes, as LibreOffice writes them."""

import re

from rex.documents.blocks import (
    Block,
    Blocks,
    Break,
    Code,
    Heading,
    Inline,
    Inlines,
    Items,
    NoteCall,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    Text,
)
from rex.documents.odt_names import QUOTE
from rex.documents.odt_parts import CONTENT_STYLES, MIMETYPE, NAMESPACES, manifest, styles
from rex.documents.outgoing import Outgoing, Written, left_behind, written
from rex.documents.own_sections import bookmark
from rex.documents.xml_out import HEAD, packed, size_in_cm, value, words

CELL = 'table:table-cell table:style-name="RexCell" office:value-type="string"'
_SPACES = re.compile(r" {2,}|^ | $|\t|\n")


class OdtWriter:
    """Makes one file; what takes several récits out writes another body with the same pieces."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.outgoing = outgoing
        self.media: dict[str, bytes] = {}
        self.calls: dict[str, Blocks] = {}
        self.count = 0
        self.in_note = False
        self.in_list = 0  # how deep
        self.in_quote = False  # in a list: no section may stand there

    def made(self) -> bytes:
        title = f'<text:p text:style-name="Title">{with_spaces(self.outgoing.title)}</text:p>'
        preface = "".join(f'<text:p text:style-name="Rex_20_note">{with_spaces(line)}</text:p>' for line in self.outgoing.preface)
        body = title + preface + "".join(self._section(one) for one in written(self.outgoing))
        content = f"{CONTENT_STYLES}<office:body><office:text>{body}</office:text></office:body>"
        root = f'office:document-content {NAMESPACES} office:version="1.3"'
        return packed(
            {
                "mimetype": MIMETYPE,
                "content.xml": f"{HEAD}<{root}>{content}</office:document-content>",
                "styles.xml": styles(words(self.outgoing.confidential)),
                "META-INF/manifest.xml": manifest([*self.media]),
                **{f"Pictures/{name}": data for name, data in self.media.items()},
            },
            first_bare=True,
        )

    def _section(self, one: Written) -> str:
        self.calls = one.notes
        mark = f"<text:bookmark text:name={value(bookmark(one.section.slug))}/>"
        return heading_at(1, mark + with_spaces(one.section.heading)) + self._blocks(one.blocks)

    # --- blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Blocks) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                style = "Quotations" if self.in_quote else "Footnote" if self.in_note else "Text_20_body"
                return f'<text:p text:style-name="{style}">{self._inlines(inlines)}</text:p>'
            case Heading(level, inlines):
                return heading_at(min(9, level + 1), self._inlines(inlines))
            case Quote(inner) if self.in_list:
                before, self.in_quote = self.in_quote, True
                said = self._blocks(inner)
                self.in_quote = before
                return said
            case Quote(inner):
                self.count += 1
                name = f'text:style-name="RexQuote" text:name="{QUOTE} {self.count}"'
                return f"<text:section {name}>{self._blocks(inner)}</text:section>"
            case Items():
                return self._items(block)
            case Table(rows):
                return self._rows(rows) if self.in_list or self.in_note else self._table(rows)
            case Code(text):
                return f'<text:p text:style-name="Rex_20_code">{with_spaces(text)}</text:p>'
            case Rule():
                return '<text:p text:style-name="Horizontal_20_Line"/>'

    def _items(self, block: Items) -> str:
        start = f' text:start-value="{block.start}"' if block.is_ordered and block.start != 1 else ""
        self.in_list += 1
        items = "".join(
            f"<text:list-item{start if rank == 0 else ''}>{self._blocks(item)}</text:list-item>"
            for rank, item in enumerate(block.items)
        )
        self.in_list -= 1
        style = "RexNumbers" if block.is_ordered else "RexBullets"
        return f'<text:list text:style-name="{style}">{items}</text:list>'

    def _rows(self, rows: tuple[tuple[Inlines, ...], ...]) -> str:
        """A table in an item or a note, where this format has none and LibreOffice drops it: a paragraph for each row."""
        apart: Inlines = (Text(" / "),)
        lines = (tuple(one for cell in row if cell for one in (*apart, *cell))[1:] for row in rows)
        return "".join(self._block(Paragraph(line)) for line in lines if line)

    def _table(self, rows: tuple[tuple[Inlines, ...], ...]) -> str:
        self.count += 1
        width = max((len(row) for row in rows), default=1)
        lines = []
        for row in rows:
            cells = "".join(f"<{CELL}><text:p>{self._inlines(cell)}</text:p></table:table-cell>" for cell in row)
            lines.append(f"<table:table-row>{cells}</table:table-row>")
        head = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>" if lines else ""
        columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
        body = "".join(lines[1:])
        return f'<table:table table:name="Tableau {self.count}">{columns}{head}{body}</table:table>'

    # --- words ---------------------------------------------------------------------------------------------------------

    def _inlines(self, inlines: Inlines) -> str:
        return "".join(self._inline(one) for one in inlines)

    def _inline(self, one: Inline) -> str:
        match one:
            case Text(said, bold, italic, href):
                style = f"Rex{'B' * bold}{'I' * italic}"
                run = with_spaces(said)
                run = f'<text:span text:style-name="{style}">{run}</text:span>' if bold or italic else run
                if not href:
                    return run
                address = f"{self.outgoing.root}{href}" if href.startswith("/") else href
                return f'<text:a xlink:type="simple" xlink:href={value(address)}>{run}</text:a>'
            case Break():
                return "<text:line-break/>"
            case NoteCall(key):
                return self._call(key)
            case Picture(ref, alt):
                return self._picture(ref, alt)

    def _call(self, key: str) -> str:
        if self.in_note:
            return ""
        self.in_note, kept = True, (self.in_list, self.in_quote)
        self.in_list, self.in_quote = 0, False
        inner = self._blocks(self.calls.get(key, ())) or "<text:p/>"
        self.in_note, (self.in_list, self.in_quote) = False, kept
        note = f"<text:note-citation>{words(key)}</text:note-citation><text:note-body>{inner}</text:note-body>"
        return f'<text:note text:note-class="footnote">{note}</text:note>'

    def _picture(self, ref: str, alt: str) -> str:
        image = self.outgoing.image(ref)
        if image is None:
            return self._inline(left_behind(ref, alt))
        name = f"image{len(self.media) + 1}.{image.media.partition('/')[2].replace('jpeg', 'jpg')}"
        self.media[name] = image.data
        wide, high = size_in_cm(image)
        inner = f'<draw:image xlink:href="Pictures/{name}" xlink:type="simple"/><svg:desc>{words(alt)}</svg:desc>'
        size = f'svg:width="{wide:.2f}cm" svg:height="{high:.2f}cm"'
        return f'<draw:frame draw:name="{name}" text:anchor-type="as-char" {size}>{inner}</draw:frame>'


def heading_at(level: int, inner: str) -> str:
    """A heading of this level."""
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{inner}</text:h>'


def with_spaces(text: str) -> str:
    """Words with the spaces that this format would drop."""
    return _SPACES.sub(_space, words(text))


def _space(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return "<text:tab/>"
    return "<text:line-break/>" if found[0] == "\n" else f'<text:s text:c="{len(found[0])}"/>'


def to_odt(outgoing: Outgoing) -> bytes:
    """The récit as an ODT."""
    return OdtWriter(outgoing).made()
