"""Two versions of a text compared: paragraphs first, then the words of those that changed."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from rex.words.search import Search

Kind = Literal["equal", "insert", "delete"]

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")


class Change(NamedTuple):
    """A piece of text that both versions have, or that one of them has."""

    kind: Kind
    text: str


def diff(old: str, new: str) -> list[Change]:
    """`old` and `new` compared word by word. The equal and deleted texts, joined, are `old` to the character;
    the equal and inserted ones are `new`. A deletion comes before the insertion that replaces it."""
    search = Search()
    before, after = _PARAGRAPHS.findall(old), _PARAGRAPHS.findall(new)
    pieces: list[Change] = []
    done = 0
    for hunk in search.hunks(before, after):
        pieces.append(Change("equal", "".join(before[done : hunk.start])))
        pieces += _words(search, "".join(before[hunk.start : hunk.stop]), "".join(after[hunk.from_ : hunk.to]))
        done = hunk.stop
    pieces.append(Change("equal", "".join(before[done:])))
    return _readable(pieces)


def _words(search: Search, old: str, new: str) -> Iterator[Change]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    done = 0
    for hunk in search.hunks(before, after):
        yield Change("equal", "".join(before[done : hunk.start]))
        yield Change("delete", "".join(before[hunk.start : hunk.stop]))
        yield Change("insert", "".join(after[hunk.from_ : hunk.to]))
        done = hunk.stop
    yield Change("equal", "".join(before[done:]))


def _readable(pieces: list[Change]) -> list[Change]:
    """The pieces without the empty ones, and with the lone spaces between two changes taken into them."""
    changes: list[Change] = []
    removed: list[str] = []
    added: list[str] = []

    def flush() -> None:
        for kind, texts in (("delete", removed), ("insert", added)):
            if text := "".join(texts):
                changes.append(Change(kind, text))
            texts.clear()

    texts = [piece for piece in pieces if piece.text]
    for rank, piece in enumerate(texts):
        if piece.kind == "delete":
            removed.append(piece.text)
        elif piece.kind == "insert":
            added.append(piece.text)
        elif removed and added and rank + 1 < len(texts) and piece.text.isspace() and "\n" not in piece.text:
            removed.append(piece.text)
            added.append(piece.text)
        else:
            flush()
            if changes and changes[-1].kind == "equal":
                changes[-1] = Change("equal", changes[-1].text + piece.text)
            else:
                changes.append(piece)
    flush()
    return changes
