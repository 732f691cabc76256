"""The words of a DOCX: runs with their marks, links, notes, images, and the text boxes that hang from a paragraph."""

import posixpath
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from rex.documents.blocks import Block, Break, Document, Inline, NoteCall, Picture, Text
from rex.documents.docx_styles import Lists, Look, Styles, over, own_look
from rex.documents.limits import MOST_IMAGES, Unreadable
from rex.documents.lists import Item, Quoted, gathered
from rex.documents.packed import Packed
from rex.documents.xml_tree import Node, read_xml

ADDRESS = re.compile(r'HYPERLINK\s+"([^"]*)"')
WITHIN = {"w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent", "w:fldSimple", "w:bdo", "w:dir"}
DELETED = {"w:del", "w:moveFrom"}
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
PLAIN = {"w:tab": " ", "w:noBreakHyphen": "-", "w:ptab": " "}


class DocxWords(ABC):
    """The parts of the package, and what its paragraphs say. `_blocks` is for who knows blocks (`rex.documents.from_docx`)."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.document = Document()
        self._main = self._main_part()
        self._folder = posixpath.dirname(self._main)
        self._relations = self._relations_of(self._main)
        self._styles = Styles(self._part("styles"))
        self._lists = Lists(self._part("numbering"))
        self._notes = {kind: self._notes_of(kind) for kind in ("footnote", "endnote")}
        self._refs: dict[str, str] = {}  # part of the package → how the document calls this image
        self._fields: list[list[str]] = []  # complex fields that are open: what each says, and whether its result is shown now
        self._in_struck = False  # whether the words before were struck through
        self._beside: list[Block | Item | Quoted] = []  # text boxes of the paragraph that is read

    @abstractmethod
    def _blocks(self, nodes: Iterable[Node]) -> Iterator[Block | Item | Quoted]:
        """The blocks that these elements make."""

    # --- parts ---------------------------------------------------------------------------------------------------------

    def _main_part(self) -> str:
        if "_rels/.rels" in self._packed:
            for relation in read_xml(self._packed.read("_rels/.rels")).nodes():
                if relation.get("Type").endswith("/officeDocument"):
                    return relation.get("Target").lstrip("/")
        raise Unreadable("damaged")

    def _where(self, kind: str) -> str:
        name = next((target for said, target, _ in self._relations.values() if said == kind), "")
        return name if name in self._packed else ""

    def _part(self, kind: str) -> Node | None:
        name = self._where(kind)
        return read_xml(self._packed.read(name)) if name else None

    def _relations_of(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Id → what it is, where it leads, whether that is outside of the document."""
        folder, name = posixpath.split(part)
        where = f"{folder}/_rels/{name}.rels"
        if where not in self._packed:
            return {}
        found = {}
        for node in read_xml(self._packed.read(where)).nodes():
            outside, target = node.get("TargetMode") == "External", node.get("Target")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[node.get("Id")] = (node.get("Type").rpartition("/")[2], target if outside else inside, outside)
        return found

    def _notes_of(self, kind: str) -> dict[str, Node]:
        root = self._part(f"{kind}s")
        found = root.nodes() if root else ()
        return {node.get("w:id"): node for node in found if node.get("w:type", "normal") == "normal"}

    # --- words ---------------------------------------------------------------------------------------------------------

    def _words(self, node: Node, look: Look, href: str = "") -> Iterator[Inline]:
        for kid in node.nodes():
            if kid.name == "w:r":
                yield from self._run(kid, look, href)
            elif kid.name == "w:hyperlink":
                yield from self._words(kid, look, self._address(kid) or href)
            elif kid.name == "w:sdt":
                content = kid.child("w:sdtContent")
                if content is not None and kid.child("w:sdtPr", "w:showingPlcHdr") is None:
                    yield from self._words(content, look, href)
            elif kid.name in WITHIN:
                yield from self._words(kid, look, href)
            elif kid.name in DELETED:
                self.document.leave("deletion")
            elif kid.name in ("m:oMath", "m:oMathPara"):
                self.document.leave("formula")
                yield Text(" ".join(one.words() for one in kid.all("m:t")))

    def _address(self, link: Node) -> str:
        kind, target, outside = self._relations.get(link.get("r:id"), ("", "", False))
        return target if kind == "hyperlink" and outside else ""

    def _run(self, run: Node, look: Look, href: str) -> Iterator[Inline]:
        properties = run.child("w:rPr")
        styled = properties.child("w:rStyle") if properties else None
        full = over(look, self._styles.look(styled.get("w:val"))) if styled else look
        full = over(full, own_look(properties))
        if full.hidden:
            if any(kid.name == "w:t" for kid in run.nodes()):
                self.document.leave("hidden")
            return
        if any(kid.name == "w:t" and kid.words().strip() for kid in run.nodes()):
            if full.struck and not self._in_struck:
                self.document.leave("struck")
            self._in_struck = bool(full.struck)
        for kid in run.nodes():
            yield from self._piece(kid, full, href)

    def _piece(self, kid: Node, look: Look, href: str) -> Iterator[Inline]:
        name = kid.name
        if name == "w:fldChar":
            self._field(kid.get("w:fldCharType"))
        elif name == "w:instrText":
            if self._fields:
                self._fields[-1][0] += kid.words()
        elif any(not shown for _, shown in self._fields):
            return
        elif name == "w:t" or name in PLAIN:
            said = next((found[1] for code, _ in self._fields if (found := ADDRESS.search(code))), "")
            yield Text(PLAIN.get(name) or kid.words(), bool(look.bold), bool(look.italic), href or said)
        elif name in ("w:br", "w:cr"):
            yield Text(" ") if kid.get("w:type") in ("page", "column") else Break()
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            yield from self._call(name[2:-9], kid.get("w:id"))
        elif name in ("w:drawing", "w:pict", "w:object"):
            yield from self._drawn(kid)
        elif name == "mc:AlternateContent":
            chosen = kid.child("mc:Choice") or kid.child("mc:Fallback")
            for one in chosen.nodes() if chosen else ():
                yield from self._piece(one, look, href)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "shown"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _call(self, kind: str, note_id: str) -> Iterator[Inline]:
        node = self._notes[kind].get(note_id)
        if node is None:
            return
        key = f"{kind}-{note_id}"
        if key not in self.document.notes:
            self.document.notes[key] = ()  # a note that calls itself ends here
            mine, self._relations = self._relations, self._relations | self._relations_of(self._where(f"{kind}s"))
            self.document.notes[key] = gathered(self._blocks(node.nodes()))
            self._relations = mine
        yield NoteCall(key)

    # --- what is drawn -------------------------------------------------------------------------------------------------

    def _drawn(self, node: Node) -> Iterator[Inline]:
        """The images of a drawing, and the words of its text boxes, which come after the paragraph."""
        boxes = [box for box in node.all("w:txbxContent")]
        if boxes:
            for box in boxes:
                self._beside += list(self._blocks(box.nodes()))
            return
        said = node.child("wp:inline", "wp:docPr") or node.child("wp:anchor", "wp:docPr")
        alt = (said.get("descr").strip() or said.get("title")) if said else ""
        ids = [blip.get("r:embed") or blip.get("r:link") for blip in node.all("a:blip")]
        ids += [image.get("r:id") for image in node.all("v:imagedata")]
        found = [picture for one in ids if (picture := self._picture(one, alt))]
        if not ids and node.name in ("w:drawing", "w:object"):
            self.document.leave("drawing")
        yield from found

    def _picture(self, relation: str, alt: str) -> Picture | None:
        kind, target, outside = self._relations.get(relation, ("", "", False))
        if kind != "image":
            return None
        if outside:
            self.document.leave("remote")
            return None
        if target not in self._refs:
            if not target.lower().endswith(PICTURES) or target not in self._packed or len(self._refs) >= MOST_IMAGES:
                self.document.leave("picture")
                return None
            self._refs[target] = f"image-{len(self._refs) + 1}"
            self.document.images[self._refs[target]] = self._packed.read(target)
        return Picture(self._refs[target], " ".join(alt.split()))
