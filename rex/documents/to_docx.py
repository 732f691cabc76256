"""A récit as DOCX: real headings, lists, tables and footnotes, which any word processor knows.

An own writer over zipfile and not python-docx: that one writes no footnotes, and carries lxml along."""

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
from rex.documents.docx_parts import CONTENT_TYPES, FOOTNOTES_START, HEADER_TYPE, NUMBERING_START, RELATIONS, STYLES, W
from rex.documents.outgoing import Outgoing, Written, left_behind, written
from rex.documents.own_sections import bookmark
from rex.documents.xml_out import HEAD, packed, size_in_cm, value, words

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
NOTE = '<w:pStyle w:val="FootnoteText"/>'
NOTE_MARK = f'<w:r>{RAISED}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'  # Word writes no number by itself
EMU = 360_000  # in a centimetre
FRAME = '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="808080"/></w:pBdr>'
LINE = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="808080"/></w:pBdr></w:pPr></w:p>'


class DocxWriter:
    """Makes one file; what takes several récits out writes another body with the same pieces."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.outgoing = outgoing
        self.relations: list[str] = []
        self.media: dict[str, bytes] = {}
        self.lists: list[tuple[bool, int, int]] = []  # counted or not, from which number, how deep
        self.notes: list[str] = []
        self.known: dict[str, str] = {}
        self.calls: dict[str, Blocks] = {}
        self.numbers: dict[str, int] = {}
        self.in_note = False

    # --- parts ---------------------------------------------------------------------------------------------------------

    def made(self) -> bytes:
        sections = "".join(self._section(rank, one) for rank, one in enumerate(written(self.outgoing)))
        preface = "".join(f'<w:p><w:pPr><w:pStyle w:val="RexNote"/></w:pPr>{run_of(line)}</w:p>' for line in self.outgoing.preface)
        title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{run_of(self.outgoing.title)}</w:p>'
        head = ""
        more: dict[str, str | bytes] = {}
        if self.outgoing.confidential:
            self.relations.append(relation_to("rHead", "header", "header1.xml"))
            head = '<w:headerReference w:type="default" r:id="rHead"/>'
            line = f'<w:p><w:pPr><w:pStyle w:val="RexNote"/></w:pPr>{run_of(self.outgoing.confidential)}</w:p>'
            more["word/header1.xml"] = f"{HEAD}<w:hdr {W}>{line}</w:hdr>"
        main = relation_to("rMain", "officeDocument", "word/document.xml")
        page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'
        body = f"{title}{preface}{sections}<w:sectPr>{head}{page}</w:sectPr>"
        return packed(
            {
                "[Content_Types].xml": CONTENT_TYPES if head else CONTENT_TYPES.replace(HEADER_TYPE, ""),
                "_rels/.rels": f"{HEAD}<Relationships {RELATIONS}>{main}</Relationships>",
                "word/document.xml": f"{HEAD}<w:document {W}><w:body>{body}</w:body></w:document>",
                "word/_rels/document.xml.rels": self._relations(),
                "word/_rels/footnotes.xml.rels": self._relations_of_notes(),
                "word/styles.xml": STYLES,
                "word/numbering.xml": self._numbering(),
                "word/footnotes.xml": f"{HEAD}<w:footnotes {W}>{FOOTNOTES_START}{''.join(self.notes)}</w:footnotes>",
                **more,
                **{f"word/media/{name}": data for name, data in self.media.items()},
            }
        )

    def _relations_of_notes(self) -> str:
        """The addresses and images that they may show."""
        shown = [one for one in self.relations if '/hyperlink"' in one or '/image"' in one]
        return f"{HEAD}<Relationships {RELATIONS}>{''.join(shown)}</Relationships>"

    def _relations(self) -> str:
        own = [relation_to(f"r{kind.capitalize()}", kind, f"{kind}.xml") for kind in ("styles", "numbering", "footnotes")]
        return f"{HEAD}<Relationships {RELATIONS}>{''.join([*own, *self.relations])}</Relationships>"

    def _numbering(self) -> str:
        numbers = []
        for rank, (is_ordered, start, depth) in enumerate(self.lists, 1):
            override = f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if is_ordered else ""
            numbers.append(f'<w:num w:numId="{rank}"><w:abstractNumId w:val="{int(is_ordered)}"/>{override}</w:num>')
        return f"{HEAD}<w:numbering {W}>{NUMBERING_START}{''.join(numbers)}</w:numbering>"

    def _section(self, rank: int, one: Written) -> str:
        self.calls, self.numbers = one.notes, {}
        marks = f'<w:bookmarkStart w:id="{rank}" w:name={value(bookmark(one.section.slug))}/><w:bookmarkEnd w:id="{rank}"/>'
        head = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{marks}{run_of(one.section.heading)}</w:p>'
        return head + self._blocks(one.blocks)

    # --- blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Blocks, around: str = "", *, is_quoted: bool = False) -> str:
        return "".join(self._block(block, around, is_quoted=is_quoted) for block in blocks)

    def _block(self, block: Block, around: str, *, is_quoted: bool) -> str:
        match block:
            case Paragraph(inlines):
                style = around or '<w:pStyle w:val="Quote"/>' * is_quoted
                properties = f"<w:pPr>{style}</w:pPr>" if style else ""
                return f"<w:p>{properties}{self._inlines(inlines)}</w:p>"
            case Heading(level, inlines):
                style = f'<w:pPr><w:pStyle w:val="Heading{min(9, level + 1)}"/></w:pPr>'
                return f"<w:p>{style}{self._inlines(inlines)}</w:p>"
            case Quote(inner):
                return self._blocks(inner, is_quoted=True)
            case Items():
                return self._items(block, 0, is_quoted=is_quoted)
            case Table(rows):
                return self._table(rows)
            case Code(text):
                lines = "<w:br/>".join(f'<w:t xml:space="preserve">{words(line)}</w:t>' for line in text.split("\n"))
                return f'<w:p><w:pPr><w:pStyle w:val="RexCode"/></w:pPr><w:r>{lines}</w:r></w:p>'
            case Rule():
                return LINE

    def _items(self, block: Items, depth: int, *, is_quoted: bool) -> str:
        depth = min(8, depth)
        self.lists.append((block.is_ordered, block.start, depth))
        number, frame = len(self.lists), FRAME if is_quoted else ""
        mark = f'<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>{frame}'
        again = f'<w:pStyle w:val="ListContinue{depth + 1}"/>{frame}'
        parts = []
        for item in block.items:
            style = mark
            for one in item:
                if isinstance(one, Items):
                    parts.append(self._items(one, depth + 1, is_quoted=is_quoted))
                else:
                    parts.append(self._block(one, style, is_quoted=is_quoted))
                    style = again
        return "".join(parts)

    def _table(self, rows: tuple[tuple[Inlines, ...], ...]) -> str:
        width = max((len(row) for row in rows), default=1)
        edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="A0A0A0"/>' for side in SIDES)
        grid = f'<w:gridCol w:w="{9600 // width}"/>' * width
        lines = []
        for rank, row in enumerate(rows):
            head = "<w:trPr><w:tblHeader/></w:trPr>" if rank == 0 else ""
            cells = "".join(f"<w:tc><w:p>{self._inlines(cell)}</w:p></w:tc>" for cell in row)
            lines.append(f"<w:tr>{head}{cells}</w:tr>")
        frame = f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        return f"<w:tbl>{frame}{''.join(lines)}</w:tbl><w:p/>"

    # --- words ---------------------------------------------------------------------------------------------------------

    def _inlines(self, inlines: Inlines) -> str:
        return "".join(self._inline(one) for one in inlines)

    def _inline(self, one: Inline) -> str:
        match one:
            case Text(said, bold, italic, href):
                run = run_of(said, bold=bold, italic=italic, link=bool(href))
                return f'<w:hyperlink r:id="{self._link(href)}">{run}</w:hyperlink>' if href else run
            case Break():
                return "<w:r><w:br/></w:r>"
            case NoteCall(key):
                return self._call(key)
            case Picture(ref, alt):
                return self._picture(ref, alt)

    def _link(self, href: str) -> str:
        address = f"{self.outgoing.root}{href}" if href.startswith("/") else href
        if address not in self.known:
            self.known[address] = f"rLink{len(self.known) + 1}"
            self.relations.append(relation_to(self.known[address], "hyperlink", address, outside=True))
        return self.known[address]

    def _call(self, key: str) -> str:
        if self.in_note:
            return ""
        if key not in self.numbers:
            self.in_note = True
            inner = self._blocks(self.calls.get(key, ()), NOTE)
            self.in_note = False
            begins = inner.startswith(f"<w:p><w:pPr>{NOTE}</w:pPr>")
            rest = inner.removeprefix(f"<w:p><w:pPr>{NOTE}</w:pPr>") if begins else f"</w:p>{inner}"
            head = f'<w:footnote w:id="{len(self.notes) + 1}"><w:p><w:pPr>{NOTE}</w:pPr>{NOTE_MARK}'
            self.notes.append(f"{head}{rest}</w:footnote>")
            self.numbers[key] = len(self.notes)
        return f'<w:r>{RAISED}<w:footnoteReference w:id="{self.numbers[key]}"/></w:r>'

    def _picture(self, ref: str, alt: str) -> str:
        image = self.outgoing.image(ref)
        if image is None:
            return self._inline(left_behind(ref, alt))
        name = f"image{len(self.media) + 1}.{image.media.partition('/')[2].replace('jpeg', 'jpg')}"
        self.media[name] = image.data
        self.relations.append(relation_to(f"rImage{len(self.media)}", "image", f"media/{name}"))
        wide, high = (round(side * EMU) for side in size_in_cm(image))
        number, said = len(self.media), value(alt)
        shape = (
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="rImage{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="{name}" descr={said}/>'
            f'<a:graphic><a:graphicData uri="{uri}">{shape}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )


def run_of(said: str, *, bold: bool = False, italic: bool = False, link: bool = False) -> str:
    """Words with the same marks."""
    style = "<w:b/>" * bold + "<w:i/>" * italic + '<w:u w:val="single"/>' * link
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words(said)}</w:t></w:r>'


def relation_to(name: str, kind: str, target: str, *, outside: bool = False) -> str:
    """What a part names: a file of the package, or an address."""
    where = ' TargetMode="External"' if outside else ""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="{name}" Type="{base}/{kind}" Target={value(target)}{where}/>'


def to_docx(outgoing: Outgoing) -> bytes:
    """The récit as a DOCX."""
    return DocxWriter(outgoing).made()
