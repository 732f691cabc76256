"""XML as a small tree, read with expat: no entity, no document type, nothing fetched, and no more elements than a document has.

Word processors write no document type: whoever wrote one has something to expand."""

from collections.abc import Iterator
from xml.parsers import expat

from rex.documents.limits import MOST_DEPTH, MOST_ELEMENTS, Unreadable

# What a namespace is called here, whichever edition of the format wrote it.
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "http://www.w3.org/1999/xlink": "xlink",
}


class Node:
    """An element: its name (« w:p »), its attributes, what stands in it in order (elements and words)."""

    __slots__ = ("kids", "name", "values")

    def __init__(self, name: str, values: dict[str, str]) -> None:
        self.name, self.values = name, values
        self.kids: list[Node | str] = []

    def get(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def nodes(self) -> Iterator["Node"]:
        """The elements directly in it."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def child(self, *path: str) -> "Node | None":
        """The first element at the end of this path of names."""
        here: Node | None = self
        for name in path:
            here = next((kid for kid in here.nodes() if kid.name == name), None) if here else None
        return here

    def all(self, name: str) -> Iterator["Node"]:
        """Every element of this name below, in reading order."""
        for kid in self.nodes():
            if kid.name == name:
                yield kid
            yield from kid.all(name)

    def words(self) -> str:
        """All the words below."""
        return "".join(kid if isinstance(kid, str) else kid.words() for kid in self.kids)


class _Growing:
    def __init__(self) -> None:
        self.root = Node("", {})
        self.path = [self.root]
        self.count = 0
        self.names: dict[str, str] = {}

    def name(self, said: str) -> str:
        if said not in self.names:
            space, _, local = said.rpartition(" ")
            self.names[said] = f"{_NAMESPACES[space]}:{local}" if space in _NAMESPACES else local
        return self.names[said]

    def start(self, said: str, values: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.path) > MOST_DEPTH:
            raise Unreadable("dense")
        node = Node(self.name(said), {self.name(key): value for key, value in values.items()})
        self.path[-1].kids.append(node)
        self.path.append(node)

    def end(self, _said: str) -> None:
        self.path.pop()

    def words(self, data: str) -> None:
        self.path[-1].kids.append(data)


def _refuse(*_what: object) -> int:
    raise Unreadable("entities")


def read_xml(data: bytes) -> Node:
    """The root element. Raises Unreadable."""
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise Unreadable("dense")
    growing, parser = _Growing(), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = growing.start, growing.end
    parser.CharacterDataHandler = growing.words
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged") from error
    return next(growing.root.nodes())
