"""ODT as blocks. What was deleted lies apart in this format and is not read; comments, hidden words and indexes stay out.

An own reader: odfpy takes 500 MB on a bomb of 120 kB."""

from collections.abc import Iterable, Iterator

from rex.documents.blocks import (
    Block,
    Break,
    Code,
    Document,
    Heading,
    Inline,
    NoteCall,
    Picture,
    Quote,
    Rule,
    Table,
    Text,
    paragraph,
    plain,
)
from rex.documents.cells import flattened
from rex.documents.limits import MOST_IMAGES, Unreadable
from rex.documents.lists import Item, Quoted, gathered
from rex.documents.odt_names import DRAWINGS, HIDDEN, INDEXES, QUOTE, SILENT
from rex.documents.odt_styles import OdtLook, OdtStyles
from rex.documents.own_sections import heading, section_of
from rex.documents.packed import Packed
from rex.documents.xml_tree import Node, read_xml

MOST_SPACES = 200


class OdtReader:
    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.document = Document()
        content = read_xml(packed.read("content.xml"))
        styles = read_xml(packed.read("styles.xml")) if "styles.xml" in packed else None
        self._styles = OdtStyles(content, styles)
        self._body = content.child("office:body", "office:text")
        self._master = styles.child("office:master-styles") if styles else None
        self._refs: dict[str, str] = {}
        self._beside: list[Block | Item | Quoted] = []
        self._in_struck = False  # whether the words before were struck through

    def read(self) -> Document:
        if self._body is None:
            raise Unreadable("damaged")
        self.document.blocks = list(gathered(self._blocks(self._body.nodes())))
        edges = (node for page in (self._master.nodes() if self._master else ()) for node in page.nodes())
        if any(node.words().strip() for node in edges if node.name in ("style:header", "style:footer")):
            self.document.leave("edge")
        changes = self._body.child("text:tracked-changes")
        deleted = sum(1 for _ in changes.all("text:deletion")) if changes else 0
        if deleted:
            self.document.leave("deletion", deleted)
        return self.document

    # --- blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, nodes: Iterable[Node], depth: int = 0) -> Iterator[Block | Item | Quoted]:
        for node in nodes:
            if node.name in ("text:p", "text:h"):
                yield from self._paragraph(node)
            elif node.name == "text:list":
                yield from self._list(node, 0, "")
            elif node.name == "table:table":
                yield from self._table(node)
            elif node.name == "text:section":
                if node.get("text:display") == "none" or self._styles.look("section", node.get("text:style-name")).hidden:
                    self.document.leave("hidden")
                elif node.get("text:name").startswith(QUOTE):
                    yield Quote(gathered(self._blocks(node.nodes())))
                else:
                    yield from self._blocks(node.nodes())
            elif node.name in INDEXES:
                self.document.leave("contents")
            elif node.name == "draw:frame":
                yield from self._alone(node)
            elif node.name not in SILENT and not node.name.startswith(("text:change", "text:bookmark", "draw:")):
                yield from self._blocks(node.nodes())

    def _alone(self, frame: Node) -> Iterator[Block | Item | Quoted]:
        """A frame of the page itself, outside of any paragraph."""
        found = list(self._framed(frame))
        beside, self._beside = self._beside, []
        if beside:
            self.document.leave("box")
        yield from paragraph(found)
        yield from beside

    def _paragraph(self, node: Node) -> Iterator[Block | Item | Quoted]:
        look = self._styles.look("paragraph", node.get("text:style-name"))
        if look.hidden:
            self.document.leave("hidden")
            return
        self._in_struck = False
        words = list(self._words(node, look, ""))
        beside, self._beside = self._beside, []
        yield from self._shaped(node, look, words)
        if beside:
            self.document.leave("box")
            yield from beside

    def _shaped(self, node: Node, look: OdtLook, words: list[Inline]) -> Iterator[Block | Quoted]:
        said = node.get("text:outline-level") if node.name == "text:h" else ""
        level = int(said) if said.isdecimal() and said != "0" else look.level
        if level == 0 and not self.document.title and plain(words):
            self.document.title = plain(words)
        elif level is not None and plain(words):
            marks = [one.get("text:name") for one in node.nodes() if one.name in ("text:bookmark", "text:bookmark-start")]
            yield heading(min(9, level or 1), words, section_of(marks))
        elif look.is_rule:
            yield Rule()
        elif look.is_code:
            yield Code("".join(w.words if isinstance(w, Text) else "\n" if isinstance(w, Break) else "" for w in words))
        elif look.is_quote and (made := paragraph(words)):
            yield Quoted(made[0])
        else:
            yield from paragraph(words)

    def _list(self, node: Node, depth: int, style: str) -> Iterator[Block | Item | Quoted]:
        style = node.get("text:style-name") or style
        is_ordered, start = self._styles.list_kind(style, depth + 1)
        for item in node.nodes():
            if item.name not in ("text:list-item", "text:list-header"):
                continue
            own: list[Block | Item | Quoted] = []
            deeper: list[Block | Item | Quoted] = []
            for kid in item.nodes():
                if kid.name == "text:list":
                    deeper += self._list(kid, depth + 1, style)
                else:
                    own += self._blocks([kid])
            said = item.get("text:start-value")
            blocks = list(gathered(own))
            if any(isinstance(one, Heading) for one in blocks):  # a numbered heading lies in a list that nobody sees
                yield from blocks
            elif blocks:
                yield Item(depth, is_ordered, blocks, int(said) if said.isdecimal() else start, style)
            yield from deeper

    def _table(self, node: Node) -> Iterator[Block]:
        rows = []
        for row in self._rows(node):
            cells: list[tuple[Inline, ...]] = []
            for cell in row.nodes():
                if cell.name not in ("table:table-cell", "table:covered-table-cell"):
                    continue
                if cell.name == "table:covered-table-cell":
                    self.document.leave("merged")
                inner = gathered(self._blocks(cell.nodes()))
                if any(isinstance(one, Table) for one in inner):
                    self.document.leave("nested")
                again = cell.get("table:number-columns-repeated", "1")
                times = min(60, int(again)) if again.isdecimal() else 1
                cells += [() if cell.name == "table:covered-table-cell" else flattened(inner)] * times
            rows.append(tuple(cells))
        if any(any(row) for row in rows):
            yield Table(tuple(rows))

    def _rows(self, node: Node) -> Iterator[Node]:
        for kid in node.nodes():
            if kid.name == "table:table-row":
                yield kid
            elif kid.name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
                yield from self._rows(kid)

    # --- words ---------------------------------------------------------------------------------------------------------

    def _words(self, node: Node, look: OdtLook, href: str) -> Iterator[Inline]:
        for kid in node.kids:
            if isinstance(kid, str):
                self._note_struck(kid, look)
                yield Text(kid, bool(look.bold), bool(look.italic), href)
            else:
                yield from self._piece(kid, look, href)

    def _note_struck(self, words: str, look: OdtLook) -> None:
        """Words struck through lose their line: told, once for each passage."""
        if words.strip():
            if look.struck and not self._in_struck:
                self.document.leave("struck")
            self._in_struck = bool(look.struck)

    def _piece(self, kid: Node, look: OdtLook, href: str) -> Iterator[Inline]:
        match kid.name:
            case "text:span":
                inner = self._styles.look("text", kid.get("text:style-name"), look)
                if inner.hidden:
                    self.document.leave("hidden")
                else:
                    yield from self._words(kid, inner, href)
            case "text:a":
                target = kid.get("xlink:href")
                yield from self._words(kid, look, href if target.startswith("#") else target)
            case "text:s" | "text:tab":
                again = kid.get("text:c", "1")
                spaces = " " * (min(MOST_SPACES, int(again)) if again.isdecimal() else 1)
                yield Text(spaces, bool(look.bold), bool(look.italic), href)
            case "text:line-break":
                yield Break()
            case "text:note":
                key = f"note-{len(self.document.notes) + 1}"
                self.document.notes[key] = ()
                body = kid.child("text:note-body")
                self.document.notes[key] = gathered(self._blocks(body.nodes())) if body else ()
                yield NoteCall(key)
            case "office:annotation":
                self.document.leave("comment")
            case "draw:frame" | "draw:custom-shape" | "draw:g" | "draw:a" | "draw:rect" | "draw:ellipse":
                yield from self._framed(kid)
            case name if name in HIDDEN:
                self.document.leave("hidden")
            case name if name not in SILENT and not name.startswith("text:change"):
                yield from self._words(kid, look, href)

    def _framed(self, frame: Node) -> Iterator[Inline]:
        """The image of a frame, or the words of its text box, which come after the paragraph."""
        if frame.name in ("draw:custom-shape", "draw:rect", "draw:ellipse"):
            if frame.words().strip():
                self._beside += list(self._blocks(frame.nodes()))
            return
        said = (found.words().strip() for name in ("svg:desc", "svg:title") if (found := frame.child(name)))
        described = next(filter(None, said), "")
        for kid in frame.nodes():
            if kid.name == "draw:text-box":
                self._beside += list(self._blocks(kid.nodes()))
            elif kid.name == "draw:image":
                yield from self._picture(kid.get("xlink:href"), described)
                return  # the others are copies of it in other formats
            elif kid.name == "draw:object":
                self.document.leave("formula")
                return
            elif kid.name.startswith("draw:"):
                yield from self._framed(kid)

    def _picture(self, target: str, alt: str) -> Iterator[Inline]:
        target = target.removeprefix("./")
        if target.startswith(("http:", "https:", "file:", "//")):
            self.document.leave("remote")
            return
        if target not in self._refs:
            if target not in self._packed or target.lower().endswith(DRAWINGS) or len(self._refs) >= MOST_IMAGES:
                self.document.leave("picture")
                return
            self._refs[target] = f"image-{len(self._refs) + 1}"
            self.document.images[self._refs[target]] = self._packed.read(target)
        yield Picture(self._refs[target], " ".join(alt.split()))


def read_odt(packed: Packed) -> Document:
    """The document of this package. Raises Unreadable."""
    if "META-INF/manifest.xml" in packed and any(
        True for _ in read_xml(packed.read("META-INF/manifest.xml")).all("manifest:encryption-data")
    ):
        raise Unreadable("encrypted")
    return OdtReader(packed).read()
