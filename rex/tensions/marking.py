"""Shared words, marked where they stand in a text, so that one sees at a glance what brings two texts together."""

import re
from collections.abc import Iterable

from rex.french import fold, typo

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
Piece = tuple[str, bool]  # a piece of the text, and whether it is shared


def marked(text: str, shared: Iterable[str]) -> list[Piece]:
    """`text` with its French spaces, cut around the words (or runs of words) among `shared`, whatever their accents and case."""
    said = typo(text)
    wanted = {fold(one) for each in shared for one in _WORD.findall(each)}
    pieces: list[Piece] = []
    end = 0
    for found in _WORD.finditer(said):
        if fold(found[0]) in wanted or fold(found[0].split("’")[-1]) in wanted:
            start = found.start() + found[0].rfind("’") + 1 if "’" in found[0] else found.start()
            pieces += [(said[end:start], False), (said[start : found.end()], True)]
            end = found.end()
    return [piece for piece in [*pieces, (said[end:], False)] if piece[0]]
