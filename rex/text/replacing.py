"""Putting other words in a text at some places, as French writes them."""

import re
from collections.abc import Iterable

from rex.text.trace_names import begins_sentence

_ELIDED = re.compile(r"\b([Dd]e|[Qq]ue|[Ll]orsque|[Pp]uisque|[Jj]usque|[Ll]e|[Ll]a)[ \u00a0]$")


def rewritten(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words between these places (start, end, words), which do not overlap: elided where French elides, with a
    capital where a sentence begins, no double space where words were taken out."""
    for start, end, words in sorted(changes, reverse=True):
        before, after = text[:start], text[end:]
        if not words:
            after = after.lstrip(" \u00a0") if before.endswith((" ", "\n", "’", "'")) or not before else after
            before = before.rstrip(" ") if after[:1] in (",", ".", ")", "") else before
        elif words[0].lower() in "aeiouyéèêàâîôû" and (elided := _ELIDED.search(before)):
            before = before[: elided.end(1) - 1] + "’"
        elif words and begins_sentence(text, start):
            words = words[0].upper() + words[1:]
        text = before + words + after
    return text
