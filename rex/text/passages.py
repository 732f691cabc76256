"""Passages of a text: the pieces that a reader may quote, and whether a text still says the words that were quoted.

A quote is what a person saw on a page, or typed again from it: spaces, kinds of quotation marks and dashes, and Markdown
marks are not words. Everything is linear in the length of the text, and `to_html` bounds the work of parsing it."""

import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser

from rex.french import NARROW, NO_BREAK
from rex.text import MAX_CHARS, to_html
from rex.text.marks import tidy

MOST = 600  # characters of a quote; more is a text of its own
MOST_PARAGRAPHS = 400  # of one section, in a list to choose from

_BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "div", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_SPACES = str.maketrans({NO_BREAK: " ", NARROW: " ", "\u200b": "", "\u00ad": "", "\ufeff": ""})
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´′", "'"),
        **dict.fromkeys("«»“”„″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("*_~#>|\\", ""),
        "…": "...",
    }
)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)")


class _Blocks(HTMLParser):
    """The text of each block of an HTML that `to_html` made; calls of footnotes (« ¹ ») apart, since they are no words."""

    def __init__(self, html: str, *, with_calls: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._words: list[str] = []
        self._with_calls, self._in_call, self._in_back = with_calls, 0, False
        self.feed(html)
        self.close()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_block()
        elif tag == "sup":
            self._in_call += 1
        elif tag == "a" and ("class", "footnote-backref") in attrs:
            self._in_back = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block()
        elif tag == "sup":
            self._in_call -= 1
        elif tag == "a":
            self._in_back = False

    def handle_data(self, data: str) -> None:
        if not self._in_back and (self._with_calls or not self._in_call):
            self._words.append(data)

    def _end_block(self) -> None:
        words = " ".join("".join(self._words).translate(_SPACES).split())
        self._words.clear()
        if any(char.isalnum() for char in words):
            self.found.append(words)


def paragraphs_of(source: str) -> list[str]:
    """The plain text of each block of `source` (Markdown) that a reader could quote: paragraphs and their lines, headings,
    list items, quotes, cells; as the page shows them, with ordinary spaces."""
    return _Blocks(to_html(source[:MAX_CHARS]), with_calls=False).found[:MOST_PARAGRAPHS]


def says(source: str, quote: str) -> bool:
    """Whether `source` still says the words of `quote`, be it across paragraphs. Case counts, spaces and marks do not."""
    return quote in said_among(source, [quote])


def said_among(source: str, quotes: Iterable[str]) -> set[str]:
    """Those of `quotes` that `source` still says; the source is read once for all of them."""
    wanted = {quote: {_bare(quote), _bare(_LINK.sub(r"\1", tidy(quote)))} - {""} for quote in set(quotes)}
    if not any(wanted.values()):
        return set()
    html = to_html(source[:MAX_CHARS])
    # calls of footnotes are copied with a selection, and left out by whoever types the words again
    texts = [_bare("".join(_Blocks(html, with_calls=kept).found)) for kept in (False, True)]
    return {quote for quote, ways in wanted.items() if any(way in text for way in ways for text in texts)}


def first_not_in_order(source: str, pieces: Iterable[str]) -> str | None:
    """The first of `pieces` that `source` does not say, word for word, after the one before it; None when it says them all. Whole
    words: « inutile » does not say « utile »."""
    words = _words_of(" ".join(_Blocks(to_html(source[:MAX_CHARS]), with_calls=False).found))
    at = 0
    for piece in pieces:
        wanted = _words_of(piece)
        found = next((n for n in range(at, len(words) - len(wanted) + 1) if words[n : n + len(wanted)] == wanted), None)
        if found is None:
            return piece
        at = found + len(wanted)
    return None


def _words_of(text: str) -> list[str]:
    """The words, without the marks that stand around them."""
    return [word for part in text.translate(_SPACES).split() if (word := _bare(part).strip('.,;:!?"()[]-'))]


def tidy_quote(text: str, most: int = MOST) -> str:
    """What a person selected or typed, as a quote is kept: one line per paragraph, `most` characters, cut between two words."""
    lines = (" ".join(line.translate(_SPACES).split()) for line in tidy(text[: most * 8]).split("\n"))
    quote = "\n".join(line for line in lines if line)
    if len(quote) <= most:
        return quote
    cut = max(quote.rfind(" ", 0, most + 1), quote.rfind("\n", 0, most + 1))
    return quote[: cut if cut > most // 2 else most].rstrip()


def _bare(text: str) -> str:
    """The words alone: no space, one kind of quotation mark and of dash, no Markdown mark."""
    return "".join(unicodedata.normalize("NFC", text).translate(_SPACES).translate(_SAME).split())
