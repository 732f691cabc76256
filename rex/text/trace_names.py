"""Names of known persons in a text: looked up word by word, so that a thousand names take no longer than ten."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rex.french import fold
from rex.text.trace_words import FIRST_NAMES

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+){0,4}")
_BETWEEN = re.compile(r"[ \u00a0\u202f\n]{1,3}|['’]|\.[ \u00a0\u202f]?")
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-Þ]\.[ \u00a0\u202f]?$")
_ENDED = re.compile(r"(?:^|[.!?…:\n]|^[ \t]*(?:[-*+>#]|\d+[.)]))[\s«»\"“”'’()\[\]*_>#–—-]*$")
_QUOTE = re.compile(r"[«“\"][\s]?$")


def begins_sentence(text: str, start: int) -> bool:
    """Whether what stands there begins a sentence, a line or a quotation: its capital says nothing."""
    if start == 0:
        return True
    before = text[max(0, start - 40) : start]
    ended = _ENDED.search(before)
    return bool(ended and (ended.start() > 0 or start <= 40)) or bool(_QUOTE.search(before))


@dataclass(frozen=True)
class _Names:
    """Names as they are looked up: whole, by their first word; and the words that name somebody alone."""

    whole: dict[str, list[tuple[str, ...]]]
    words: frozenset[str]


@lru_cache(maxsize=64)
def _names(people: tuple[str, ...]) -> _Names:
    whole: dict[str, list[tuple[str, ...]]] = {}
    words = set()
    for name in people:
        said = [found[0] for found in _WORD.finditer(name)]
        folded = tuple(fold(word) for word in said)
        if folded:
            whole.setdefault(folded[0], []).append(folded)
        words |= {fold(word) for word in said if len(word) > 2 and word[0].isupper()}
    return _Names({first: sorted(those, key=len, reverse=True) for first, those in whole.items()}, frozenset(words))


def said_names(text: str, people: Iterable[str], *, is_sure: bool = True) -> Iterator[tuple[int, int]]:
    """Where the text says one of these persons: their whole name in any case and with or without its accents, or a word of it
    with a capital, « D. Lenoir » and « Dora L. » included. Not `is_sure`: a single word that begins a sentence is left, unless
    it is a first name."""
    names = _names(tuple(people))
    if not names.whole:
        return
    tokens = [(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    rank = 0
    while rank < len(tokens):
        last = _whole_name(text, tokens, rank, names) or _words_of_name(text, tokens, rank, names)
        if not last:
            rank += 1
            continue
        start, end = tokens[rank][1], tokens[last - 1][2]
        alone = last == rank + 1 and not is_sure and text[start:end] not in FIRST_NAMES
        initial = _INITIAL.search(text, max(0, start - 3), start)
        if not (alone and not initial and begins_sentence(text, start)):
            yield initial.start() if initial else start, end
        rank = last


_Tokens = list[tuple[str, int, int]]


def _whole_name(text: str, tokens: _Tokens, rank: int, names: _Names) -> int:
    """The rank after a whole name that begins here; 0 when none does. One word alone is no whole name in small letters."""
    for name in names.whole.get(tokens[rank][0], ()):
        if (
            len(name) > 1
            and tuple(word for word, _, _ in tokens[rank : rank + len(name)]) == name
            and all(_BETWEEN.fullmatch(text, tokens[one][2], tokens[one + 1][1]) for one in range(rank, rank + len(name) - 1))
        ):
            return rank + len(name)
    return 0


def _words_of_name(text: str, tokens: _Tokens, rank: int, names: _Names) -> int:
    """The rank after the words of names that begin here with a capital, an initial behind them included; 0 when none does."""
    last = rank
    while last < len(tokens):
        word, start, end = tokens[last]
        beside = last == rank or bool(_BETWEEN.fullmatch(text, tokens[last - 1][2], start))
        is_named = text[start].isupper() and word in names.words
        is_initial = last > rank and end - start == 1 and text[start].isupper() and text[end : end + 1] == "."
        if not beside or not (is_named or is_initial):
            break
        last += 1
    return last if last > rank else 0
