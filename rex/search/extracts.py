"""The words of a text around those that were found, taken from the text itself once the door gave it."""

import re
from collections.abc import Iterable

from rex.french import typo
from rex.search.asked import Finder
from rex.text.excerpts import ELLIPSIS, plain

_MARKED = re.compile(r"[*_`\[\]<>#|\\~&]|^ *[-+:\d]|[^\n -\uffff]", re.MULTILINE)
BEFORE, AFTER = 90, 190  # characters around the first word that was found
Pieces = list[tuple[str, bool]]  # words, and whether they are among those looked for


def extract(finder: Finder, sources: Iterable[str]) -> Pieces:
    """A few words of the first of these texts that says what was looked for, else of the first one."""
    first = ""
    for source in sources:
        first = first or source
        if where := finder.first(source):
            return marked(finder, _around(source, *where))
    return marked(finder, _around(first, 0, 0))


def marked(finder: Finder, text: str) -> Pieces:
    """A text in pieces, those that were looked for told apart."""
    pieces: Pieces = []
    done = 0
    for start, end in finder.all(text):
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [(piece, is_found) for piece, is_found in (*pieces, (text[done:], False)) if piece]


def _around(source: str, start: int, end: int) -> str:
    """One line of plain words around a place, cut between words."""
    from_, to = max(0, start - BEFORE), min(len(source), end + AFTER)
    line = source.rfind("\n", from_, start) + 1  # a paragraph that begins here is a good beginning
    if line > from_:
        from_ = line
    elif from_:
        from_ = max(from_, min(start, source.find(" ", from_, start + 1) + 1))
    if to < len(source):
        space = source.rfind(" ", end, to)
        to = space if space > end else to
    words = _plain(source[from_:to])
    return f"{f'{ELLIPSIS} ' if from_ and from_ != line else ''}{words}{f' {ELLIPSIS}' if to < len(source) else ''}"


def _plain(words: str) -> str:
    """Without Markdown marks, when there is any: most of what people write has none."""
    return plain(words, limit=len(words)) if _MARKED.search(words) else typo(" ".join(words.split()))
