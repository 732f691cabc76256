"""The édito of a letter as its mail says it, from the HTML that `rex.text` made of it.

Its addresses are whole, since a mailbox is not the journal; an image is told by its words, since a mail of REX fetches nothing. As
text, each block is a paragraph, and an address stands after its words."""

import re
from html import escape, unescape
from html.parser import HTMLParser

_IMAGE = re.compile(r'<img(?:\s+[\w-]+(?:="[^"]*")?)*\s*/?>')
_HERE = re.compile(r'(<a\s(?:[\w-]+="[^"]*"\s+)*?href=")(/[^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_BLOCKS = {"p", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "table", "tr", "hr", "div"}


def in_a_mail(html: str, root: str) -> str:
    """The same HTML, to be read far from the journal."""
    html = _IMAGE.sub(lambda match: _told(match[0]), html)
    return _HERE.sub(lambda match: f'{match[1]}{escape(root)}{match[2]}"', html)


def _told(image: str) -> str:
    alt = _ALT.search(image)
    return f"<em>{escape(unescape(alt[1]))}</em>" if alt and alt[1].strip() else ""


def as_text(html: str) -> str:
    """What `in_a_mail` made, without its marks."""
    return "\n\n".join(_Text(html).blocks)


class _Text(HTMLParser):
    """The blocks of an HTML, each on a line; the items of a list follow each other."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._address, self._since = "", 0
        self._is_item = self._goes_on = False
        self.feed(html)
        self.close()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_block()
            self._goes_on = tag == "li" and self._is_item
            self._is_item = tag == "li" or (self._is_item and tag in ("p", "ul", "ol"))
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._address, self._since = ("" if address.startswith("#") else address), len(self._words)
        elif tag in ("td", "th") and "".join(self._words).strip():
            self._words.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address:
            if "".join(self._words[self._since :]).strip() != self._address:
                self._words.append(f" ({self._address})")
            self._address = ""
        elif tag in _BLOCKS:
            self._end_block()
            self._is_item = self._is_item and tag not in ("ul", "ol")

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _end_block(self) -> None:
        words = re.sub(r"[ \t\r\n]+", " ", "".join(self._words)).strip(" ")
        self._words.clear()
        if not words:
            return
        line = f"- {words}" if self._is_item else words
        if self._goes_on and self._is_item and self.blocks and self.blocks[-1].startswith("- "):
            self.blocks[-1] += f"\n{line}"
        else:
            self.blocks.append(line)
