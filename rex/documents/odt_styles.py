"""What the styles and the lists of an ODT mean: which are headings, which are hidden, bold or italic, which count their items."""

import re
from dataclasses import dataclass, replace

from rex.documents.xml_tree import Node

HEADING = re.compile(r"(?:heading|titre)[_ ]*([1-9])$", re.IGNORECASE)
THROUGH = ("style:text-line-through-style", "style:text-line-through-type")
BOLD = {"bold", "600", "700", "800", "900"}


@dataclass(frozen=True)
class OdtLook:
    """What a style gives, what it inherits included. None: nothing is said of it."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    level: int | None = None
    names: tuple[str, ...] = ()  # of the style and of those that it comes from, in small letters

    @property
    def is_quote(self) -> bool:
        return any(name in ("quotations", "quote", "citation", "block quotation") for name in self.names)

    @property
    def is_code(self) -> bool:
        return any(name in ("preformatted text", "rex code") for name in self.names)

    @property
    def is_rule(self) -> bool:
        return "horizontal line" in self.names


class OdtStyles:
    """The styles of a document, those of its pages and those that its text made on the way."""

    def __init__(self, content: Node, styles: Node | None) -> None:
        self._nodes: dict[tuple[str, str], Node] = {}
        self._lists: dict[str, Node] = {}
        for part in filter(None, (styles, content)):
            for group in ("office:styles", "office:automatic-styles"):
                for node in (found.nodes() if (found := part.child(group)) else ()):
                    if node.name == "style:style":
                        self._nodes[node.get("style:family"), node.get("style:name")] = node
                    elif node.name == "text:list-style":
                        self._lists[node.get("style:name")] = node
        self._looks: dict[tuple[str, str], OdtLook] = {}

    def look(self, family: str, name: str, around: OdtLook | None = None) -> OdtLook:
        """What this style means; `around`: where its words stand, for what it does not say itself."""
        own = self._own(family, name, 0)
        if around is None:
            return own
        return replace(
            own,
            bold=around.bold if own.bold is None else own.bold,
            italic=around.italic if own.italic is None else own.italic,
            struck=around.struck if own.struck is None else own.struck,
        )

    def _own(self, family: str, name: str, depth: int) -> OdtLook:
        key = (family, name)
        if key not in self._looks:
            node = self._nodes.get(key)
            if node is None or depth > 20:
                return OdtLook(names=(_plain(name),)) if name else OdtLook()
            base = self._own(family, node.get("style:parent-style-name"), depth + 1)
            self._looks[key] = _over(base, node)
        return self._looks[key]

    def list_kind(self, style: str, level: int) -> tuple[bool, int]:
        """Whether the items at this level are counted, and from which number on."""
        node = self._lists.get(style)
        for kind in node.nodes() if node else ():
            if kind.get("text:level") == str(level):
                start = kind.get("text:start-value", "1")
                return kind.name == "text:list-level-style-number", int(start) if start.isdecimal() else 1
        return False, 1


def _over(base: OdtLook, node: Node) -> OdtLook:
    words = node.child("style:text-properties")
    weight, slant = (words.get(name) if words else "" for name in ("fo:font-weight", "fo:font-style"))
    shown = words.get("text:display") if words else ""
    lines = [words.get(name) for name in THROUGH if words.get(name)] if words else []
    name = _plain(node.get("style:display-name") or node.get("style:name"))
    found = HEADING.match(name)
    said = node.get("style:default-outline-level")
    level = int(found[1]) if found else int(said) if said.isdecimal() and said != "0" else base.level
    section = node.child("style:section-properties")
    hidden = True if shown == "none" or (section and section.get("text:display") == "none") else False if shown else base.hidden
    return OdtLook(
        bold=(weight in BOLD) if weight else base.bold,
        italic=(slant in ("italic", "oblique")) if slant else base.italic,
        hidden=hidden,
        struck=any(line != "none" for line in lines) if lines else base.struck,
        level=0 if name in ("title", "titre") else level,
        names=(name, *base.names),
    )


def _plain(name: str) -> str:
    return name.replace("_20_", " ").lower()
