"""DOCX as blocks. Insertions are accepted and deletions dropped; comments, hidden words, fields and tables of contents stay out.

An own reader and not mammoth: this one knows hidden text, outline levels and deleted paragraph marks, needs no detour by HTML, and
counts what it reads, so that a bomb stops it before the memory is full."""

from collections.abc import Iterable, Iterator

from rex.documents.blocks import (
    Block,
    Break,
    Code,
    Document,
    Inline,
    Rule,
    Table,
    Text,
    paragraph,
    plain,
    tidy,
)
from rex.documents.cells import flattened
from rex.documents.docx_styles import Look, list_of
from rex.documents.docx_words import DELETED, WITHIN, DocxWords
from rex.documents.limits import Unreadable
from rex.documents.lists import Item, Quoted, gathered
from rex.documents.own_sections import heading, section_of
from rex.documents.packed import Packed
from rex.documents.xml_tree import Node, read_xml


class DocxReader(DocxWords):
    """The blocks of the package."""

    def __init__(self, packed: Packed) -> None:
        super().__init__(packed)
        self._pending: list[Inline] = []  # of a paragraph whose mark was deleted: it goes on in the next one

    def read(self) -> Document:
        root = read_xml(self._packed.read(self._main))
        body = root.child("w:body")
        if body is None:
            raise Unreadable("damaged")
        self.document.blocks = list(gathered(self._blocks(body.nodes())))
        self._say_what_stays()
        return self.document

    def _say_what_stays(self) -> None:
        comments = self._part("comments")
        said = sum(1 for _ in comments.nodes()) if comments else 0
        if said:
            self.document.leave("comment", said)
        edges = [target for kind, target, _ in self._relations.values() if kind in ("header", "footer") and target in self._packed]
        if any(read_xml(self._packed.read(target)).words().strip() for target in edges[:6]):
            self.document.leave("edge")
        if self._packed.nested:
            self.document.leave("embedded", self._packed.nested)

    # --- blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, nodes: Iterable[Node]) -> Iterator[Block | Item | Quoted]:
        for node in nodes:
            if node.name == "w:p":
                yield from self._paragraph(node)
            elif node.name == "w:tbl":
                yield from self._table(node)
            elif node.name == "w:sdt":
                yield from self._content_control(node)
            elif node.name in WITHIN:
                yield from self._blocks(node.nodes())
            elif node.name in DELETED:
                self.document.leave("deletion")
        if self._pending:
            words, self._pending = self._pending, []
            yield from paragraph(words)

    def _content_control(self, node: Node) -> Iterator[Block | Item | Quoted]:
        content, gallery = node.child("w:sdtContent"), node.child("w:sdtPr", "w:docPartObj", "w:docPartGallery")
        if gallery is not None and "contents" in gallery.get("w:val").lower():
            self.document.leave("contents")
        elif node.child("w:sdtPr", "w:showingPlcHdr") is None and content is not None:
            yield from self._blocks(content.nodes())

    def _paragraph(self, node: Node) -> Iterator[Block | Item | Quoted]:
        properties = node.child("w:pPr")
        style = properties.child("w:pStyle") if properties else None
        look = self._styles.look(style.get("w:val") if style else "")
        mark = properties.child("w:rPr") if properties else None
        if look.is_contents:
            self.document.leave("contents")
            return
        self._in_struck = False
        words = [*self._pending, *self._words(node, look)]
        self._pending = []
        beside, self._beside = self._beside, []
        if mark is not None and mark.child("w:del") is not None:
            self._pending = words
        elif look.is_rule or self._is_rule(properties, words):
            yield Rule()
        else:
            yield from self._shaped(node, words, look, properties)
        if beside:
            self.document.leave("box")
            yield from beside

    def _shaped(self, node: Node, words: list[Inline], look: Look, properties: Node | None) -> Iterator[Block | Item | Quoted]:
        outline = properties.child("w:outlineLvl") if properties else None
        level = int(outline.get("w:val")) + 1 if outline is not None and outline.get("w:val") in "012345678" else look.level
        if level == 0 and not self.document.title and plain(words):
            self.document.title = plain(words)
            return
        if level is not None and plain(words):
            marks = [one.get("w:name") for one in node.nodes() if one.name == "w:bookmarkStart"]
            yield heading(level or 1, words, section_of(marks))
            return
        if look.is_code:
            yield Code("".join(w.words if isinstance(w, Text) else "\n" if isinstance(w, Break) else "" for w in words))
            return
        made = paragraph(words)
        number, depth = list_of(properties)
        number, depth = number if number is not None else look.list_id, depth if depth is not None else look.list_level or 0
        kind = self._lists.kind(number, depth) if number and number != "0" else None
        one: Block | Item | None = made[0] if made else None
        if made and kind is not None:
            one = Item(depth, kind[0], made, kind[1], number or "")
        elif made and look.continues is not None:
            one = Item(look.continues, False, made, goes_on=True)
        if one is not None:
            is_quoted = look.is_quote or self._is_indented_as_quote(properties)
            yield Quoted(one) if is_quoted else one

    def _is_indented_as_quote(self, properties: Node | None) -> bool:
        """Items of a quote have the style of lists: the frame at their left says that they are quoted."""
        border = properties.child("w:pBdr", "w:left") if properties else None
        return border is not None and border.get("w:val") == "single"

    def _is_rule(self, properties: Node | None, words: list[Inline]) -> bool:
        border = properties.child("w:pBdr", "w:bottom") if properties else None
        return border is not None and border.get("w:val") not in ("none", "nil") and not tidy(words)

    def _table(self, node: Node) -> Iterator[Block]:
        rows = []
        for row in self._rows(node):
            cells: list[tuple[Inline, ...]] = []
            for cell in self._cells(row):
                properties = cell.child("w:tcPr")
                merged, span = (properties.child(name) if properties else None for name in ("w:vMerge", "w:gridSpan"))
                inner = gathered(self._blocks(cell.nodes()))
                if any(isinstance(one, Table) for one in inner):
                    self.document.leave("nested")
                if merged is not None or span is not None:
                    self.document.leave("merged")
                goes_on = merged is not None and merged.get("w:val") != "restart"
                cells.append(() if goes_on else flattened(inner))
                wide = span.get("w:val") if span is not None else ""
                cells += [()] * (min(60, int(wide)) - 1 if wide.isdecimal() else 0)
            rows.append(tuple(cells))
        if any(any(row) for row in rows):
            yield Table(tuple(rows))

    def _rows(self, node: Node) -> Iterator[Node]:
        for kid in node.nodes():
            if kid.name == "w:tr":
                gone = kid.child("w:trPr", "w:del")
                if gone is None:
                    yield kid
                else:
                    self.document.leave("deletion")
            elif kid.name in WITHIN:
                yield from self._rows(kid)
            elif kid.name == "w:sdt" and (content := kid.child("w:sdtContent")):
                yield from self._rows(content)

    def _cells(self, node: Node) -> Iterator[Node]:
        for kid in node.nodes():
            if kid.name == "w:tc":
                yield kid
            elif kid.name in WITHIN:
                yield from self._cells(kid)
            elif kid.name == "w:sdt" and (content := kid.child("w:sdtContent")):
                yield from self._cells(content)


def read_docx(packed: Packed) -> Document:
    """The document of this package. Raises Unreadable."""
    return DocxReader(packed).read()
