"""What the styles and the lists of a DOCX mean: which are headings, which are hidden, bold or italic, which count their items."""

import re
from dataclasses import dataclass, replace

from rex.documents.xml_tree import Node

HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo)\s*([1-9])$", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|table des matières|tm|contents|index)\s*(?:\d|heading|of|$)", re.IGNORECASE)
GOES_ON = re.compile(r"(?:list continue|liste continue)(?: ([1-9]))?$", re.IGNORECASE)
QUOTES = {"quote", "citation", "intense quote", "citation intense", "quotations", "block text", "block quotation"}
OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True)
class Look:
    """What a style gives to its words and paragraphs. None: it says nothing of it."""

    name: str = ""
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    level: int | None = None  # of a heading; 0: the title of the document
    list_id: str | None = None
    list_level: int | None = None

    @property
    def is_contents(self) -> bool:
        return CONTENTS.match(self.name) is not None

    @property
    def is_quote(self) -> bool:
        return self.name.lower() in QUOTES

    @property
    def is_code(self) -> bool:
        return self.name.lower() in ("preformatted text", "html preformatted", "source code", "rex code", "texte préformaté")

    @property
    def continues(self) -> int | None:
        """How deep the item lies of which this is another paragraph."""
        found = GOES_ON.match(self.name)
        return int(found[1] or 1) - 1 if found else None

    @property
    def is_rule(self) -> bool:
        return self.name.lower() == "horizontal line"


def toggle(properties: Node | None, name: str) -> bool | None:
    """Whether `<w:b/>` and its like are set, unset, or not there."""
    found = properties.child(name) if properties else None
    return None if found is None else found.get("w:val", "true").lower() not in OFF


def own_look(properties: Node | None) -> Look:
    """What a `w:rPr` says by itself."""
    hidden = toggle(properties, "w:vanish")
    lines = [said for name in ("w:strike", "w:dstrike") if (said := toggle(properties, name)) is not None]
    return Look("", toggle(properties, "w:b"), toggle(properties, "w:i"), hidden, any(lines) if lines else None)


def over(base: Look, more: Look) -> Look:
    """`base`, where `more` says nothing else."""
    said = {name: value for name, value in vars(more).items() if value is not None and not (name == "name" and not value)}
    return replace(base, **said)


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Node | None) -> None:
        self._nodes = {node.get("w:styleId"): node for node in root.nodes() if node.name == "w:style"} if root else {}
        self._looks: dict[str, Look] = {"": Look()}

    def look(self, style_id: str, depth: int = 0) -> Look:
        if style_id not in self._looks:
            node = self._nodes.get(style_id)
            if node is None or depth > 20:
                return Look(name=style_id)
            based = node.child("w:basedOn")
            base = self.look(based.get("w:val"), depth + 1) if based else Look()
            self._looks[style_id] = over(base, _look_of(node, base))
        return self._looks[style_id]


def _look_of(node: Node, base: Look) -> Look:
    named = node.child("w:name")
    name = named.get("w:val") if named else ""
    paragraph = node.child("w:pPr")
    outline = paragraph.child("w:outlineLvl") if paragraph else None
    found = HEADING.match(name)
    level = int(found[1]) if found else None
    if outline is not None and level is None and outline.get("w:val").isdecimal():
        level = int(outline.get("w:val")) + 1
        level = None if level > 9 else level
    if name.lower() in ("title", "titre"):
        level = 0
    numbered = list_of(paragraph)
    look = own_look(node.child("w:rPr"))
    return replace(look, name=name, level=level if level is not None else base.level, list_id=numbered[0], list_level=numbered[1])


def list_of(properties: Node | None) -> tuple[str | None, int | None]:
    """The list that a paragraph is an item of, and how deep."""
    found = properties.child("w:numPr") if properties else None
    if found is None:
        return None, None
    number, level = found.child("w:numId"), found.child("w:ilvl")
    depth = level.get("w:val") if level else ""
    return number.get("w:val") if number else None, int(depth) if depth.isdecimal() else None


class Lists:
    """How each list marks its items, at each depth."""

    def __init__(self, root: Node | None) -> None:
        nodes = list(root.nodes()) if root else []
        abstract = {node.get("w:abstractNumId"): node for node in nodes if node.name == "w:abstractNum"}
        self._kinds: dict[tuple[str, int], tuple[str, int]] = {}
        for node in nodes:
            of = node.child("w:abstractNumId") if node.name == "w:num" else None
            if of is not None:
                self._learn(node.get("w:numId"), abstract.get(of.get("w:val")))
                for change in node.nodes():
                    self._learn(node.get("w:numId"), change)
                    self._restart(node.get("w:numId"), change)

    def _learn(self, number: str, where: Node | None) -> None:
        for level in where.nodes() if where else ():
            if level.name == "w:lvl" and level.get("w:ilvl").isdecimal():
                kind, start = level.child("w:numFmt"), level.child("w:start")
                first = start.get("w:val") if start else ""
                at = (number, int(level.get("w:ilvl")))
                self._kinds[at] = (kind.get("w:val") if kind else "bullet", int(first) if first.isdecimal() else 1)

    def _restart(self, number: str, change: Node) -> None:
        start, depth = change.child("w:startOverride"), change.get("w:ilvl")
        if change.name == "w:lvlOverride" and start is not None and start.get("w:val").isdecimal() and depth.isdecimal():
            kind = self._kinds.get((number, int(depth)), ("decimal", 1))[0]
            self._kinds[number, int(depth)] = (kind, int(start.get("w:val")))

    def kind(self, number: str, depth: int) -> tuple[bool, int] | None:
        """Whether items are counted, and from which number on; None: they bear no mark at all."""
        said, start = self._kinds.get((number, depth), ("bullet", 1))
        return None if said == "none" else (said != "bullet", start)
