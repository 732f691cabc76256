"""What reads a document: a process of its own, with little memory and little time, that knows no database and no network.

In: the bytes, on the standard input; the ending of their name as argument.
Out: a line of JSON, then the images one behind another."""

import json
import re
import resource
import sys

from rex.documents.endings import HTML, MARKDOWN, PLAIN, ending_of
from rex.documents.from_docx import read_docx
from rex.documents.from_html import read_html
from rex.documents.from_markdown import read_markdown
from rex.documents.from_odt import read_odt
from rex.documents.from_text import decoded, read_text
from rex.documents.limits import MEMORY, MOST_IMAGES, MOST_PART, SECONDS, Unreadable
from rex.documents.own_marks import files_beside, read_own
from rex.documents.packed import Packed
from rex.documents.parts import Parsed, cut

OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
HEADINGS = re.compile(r"^#{1,6} +\S", re.MULTILINE)


def parse(data: bytes, name: str) -> Parsed:
    """The document in these bytes; the ending of its name says what they do not say themselves. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("nothing")
    if data[:4] == OLE:
        raise Unreadable("encrypted" if ENCRYPTED in data else "old")
    if data[:5] == b"{\\rtf":
        raise Unreadable("old")
    parsed = _packed(Packed(data)) if data[:2] == b"PK" else _written(data, ending_of(name))
    if not any(part.body.strip() or part.heading for part in parsed.parts):
        raise Unreadable("empty")
    return parsed


def _packed(packed: Packed) -> Parsed:
    if "mimetype" in packed:
        if not packed.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
            raise Unreadable("kind")
        return cut(read_odt(packed))
    if "[Content_Types].xml" not in packed:
        return _beside(packed)
    if b"wordprocessingml" not in packed.read("[Content_Types].xml"):
        raise Unreadable("kind")
    return cut(read_docx(packed))


def _beside(packed: Packed) -> Parsed:
    """A récit that REX exported as Markdown, with its images beside. No other zip is opened."""
    texts = [name for name in packed.names if name.lower().endswith(".md") and "/" not in name]
    if len(texts) != 1:
        raise Unreadable("kind")
    source = decoded(packed.read(texts[0])).replace("\r\n", "\n")
    images = [name for name in files_beside(source) if name in packed and not name.endswith(".pdf")]
    own = read_own(source, {name: packed.read(name) for name in images[:MOST_IMAGES]})
    if own is None:
        raise Unreadable("kind")
    return own


def _written(data: bytes, ending: str) -> Parsed:
    if data[:4] in (b"%PDF", b"\x89PNG", b"GIF8") or data[:3] == b"\xff\xd8\xff" or len(data) > MOST_PART:
        raise Unreadable("kind")
    source = decoded(data)
    start = source[:2000].lstrip("\ufeff \t\r\n").lower()
    if ending in HTML or start.startswith(("<!doctype html", "<html")):
        return cut(read_html(source))
    if ending in MARKDOWN:
        return read_markdown(source)
    if ending not in PLAIN:
        raise Unreadable("kind")
    return read_markdown(source) if len(HEADINGS.findall(source)) > 1 else cut(read_text(source))


def limit() -> None:
    """Bound what this process may take; a system that does not know one of the limits keeps the others."""
    limits = (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)
    for kind, most in limits:  # neither a file nor the memory of a fall: nothing unpublished stays
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError) as error:
            print(f"no limit: {error}", file=sys.stderr)


def main(ending: str) -> None:
    """Read, and tell."""
    limit()
    images: dict[str, bytes] = {}
    try:
        parsed = parse(sys.stdin.buffer.read(), ending)
        images = parsed.images
        told = {**parsed.without_images(), "images": [(ref, len(data)) for ref, data in images.items()]}
    except Unreadable as refusal:
        told = {"refused": refusal.why}
    except (MemoryError, RecursionError):
        told = {"refused": "dense"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for data in images.values():
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main(sys.argv[1])
