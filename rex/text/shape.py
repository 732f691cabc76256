"""The parsed tree brought to the rules of a page: levels of headings, links, images, French typography."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rex.french import typo
from rex.text.marks import decoded
from rex.text.urls import is_external, is_safe_link, is_upload

MAX_DEPTH = 40

_SIZED = re.compile(r"#([1-9]\d{0,4})x([1-9]\d{0,4})$", re.ASCII)  # how an uploaded image says its size (rex.journal.attachments)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = {"a", "em", "strong", "sup", "span", "code", "img"}


class TooDeep(Exception):
    """Quotes, lists or emphasis nested beyond what a page can show."""


class Shaper(Treeprocessor):
    """Last on the tree; `base` is the level that a first-level heading is given."""

    base = 4

    def run(self, root: etree.Element) -> None:
        for element in _walk(root):
            if element.tag in _HEADINGS:
                element.tag = f"h{min(6, self.base + _HEADINGS[element.tag] - 1)}"
            elif element.tag == "a":
                _judge_link(element)
            elif element.tag == "img":
                _judge_image(element)
            elif element.tag == "ol" and not element.get("start", "0").isascii():
                del element.attrib["start"]
            if "title" in element.attrib:
                element.set("title", _escaped(typo(decoded(element.attrib["title"]))))
        _set_in_french(root)


def _walk(root: etree.Element) -> Iterator[etree.Element]:
    """Every element, parents first, without recursion."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise TooDeep
        yield element
        waiting += [(child, depth + 1) for child in reversed(element)]


def _escaped(text: str) -> str:
    # The serializer leaves alone what looks like an entity: an ampersand that is one must not look like it.
    return text.replace("&", "&amp;")


def _judge_link(link: etree.Element) -> None:
    """A link that may not be followed keeps its words only."""
    url = decoded(link.get("href", "")).strip().replace(" ", "%20")
    if link.get("class") == "footnote-backref":
        link.set("aria-label", link.get("title", ""))
    if not is_safe_link(url):
        link.tag, link.attrib = "span", {}
        return
    link.set("href", _escaped(url))
    if is_external(url):
        link.set("rel", "noopener nofollow")


def _judge_image(image: etree.Element) -> None:
    """Only files given to REX are shown; another image is a link to it, or the words that described it."""
    url = decoded(image.get("src", "")).strip()
    words = decoded(image.get("alt", ""))
    title = image.get("title")
    image.attrib = {}
    if is_upload(url):
        size = _SIZED.search(url)
        image.attrib = {"src": _escaped(_SIZED.sub("", url)), "alt": _escaped(typo(words)), "loading": "lazy"}
        if size:  # so that the page keeps its place before it arrives
            image.attrib |= {"width": size[1], "height": size[2]}
        if title:
            image.set("title", title)
        return
    image.tag, image.text = "span", words or url
    if is_safe_link(url):
        image.tag, image.attrib = "a", {"href": _escaped(url)}
        if is_external(url):
            image.set("rel", "noopener nofollow")


def _set_in_french(root: etree.Element) -> None:
    """Typography of every text outside code, each piece set with the characters that stand around it."""
    pieces: list[tuple[etree.Element, str, str] | None] = []
    waiting: list[etree.Element | tuple[etree.Element, str]] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            element, where = item
            if element.tag not in _INLINE:
                pieces.append(None)
            if element.tail:
                pieces.append((element, where, decoded(element.tail)))
            continue
        if item.tag not in _INLINE:
            pieces.append(None)
        if item.text:
            kept = item.tag == "code" or isinstance(item.text, AtomicString)
            pieces.append((item, "" if kept else "text", item.text if kept else decoded(item.text)))
        if item is not root:
            waiting.append((item, "tail"))
        waiting += reversed(item)
    before = ""
    for index, piece in enumerate(pieces):
        if piece is None:
            before = ""
            continue
        element, where, text = piece
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if where:
            text = typo(text, before, following[2][:1] if following else "")
            setattr(element, where, _escaped(text))
        before = text[-1:]
