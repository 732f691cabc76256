"""What somebody looks for: words, whatever their accents, their plural; between quotes, words in this order.

There is no other operator: those of other tools are left out, as all that is neither a letter, a digit nor a pair of quotes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rex.search.words import STOP, Token, accented, folded, stems, tokens

LONGEST = 200  # characters that are read
MOST_TERMS = 8
MOST_IN_A_PHRASE = 12
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')
# The letters that fold to these, so that a word is found in a text without folding all of it.
_VARIANTS = {
    "a": "aàâäáãå", "c": "cç", "e": "eéèêë", "i": "iîïíì", "n": "nñ", "o": "oôöóòõ", "u": "uùûüú", "y": "yÿý",
}  # fmt: skip
_OPERATORS = {"AND", "OR", "NOT", "NEAR"}
_BEGIN = 3  # letters of a stem by which the words that may have it are found
_REST = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*"


@dataclass(frozen=True)
class Term:
    """The stems of a word, one of which is to be said; or words to be said one after the other (`is_exact`).

    `accented`: the word as it is typed, if it is with accents; a text that says it so comes before one that does not."""

    words: tuple[str, ...]
    is_exact: bool = False
    accented: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Asked:
    """Every term is to be said, or only one of them (`is_any`)."""

    terms: tuple[Term, ...] = ()
    is_any: bool = False
    is_cut: bool = False  # more was typed than what is read

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def is_several(self) -> bool:
        return len(self.terms) > 1

    @property
    def any_of(self) -> "Asked":
        """The same words, one of which is enough."""
        return replace(self, is_any=True)

    @property
    def has_phrase(self) -> bool:
        """Whether words are to be said one after the other."""
        return any(term.is_exact and len(term.words) > 1 for term in self.terms)

    @property
    def is_small(self) -> bool:
        """Nothing but words that every text says."""
        return all(term.is_exact and STOP.issuperset(term.words) for term in self.terms)

    @property
    def accented(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms for word in term.accented)

    @property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        return tuple(term.words for term in self.terms if not term.is_exact)


def asked_in(typed: str) -> Asked:
    """What is looked for; nothing when there is not one letter nor digit. Small words count only when there is nothing else."""
    read = typed[:LONGEST]
    phrases = [list(tokens(next(filter(None, match.groups()), ""))) for match in _QUOTED.finditer(read)]
    words = list(tokens(_QUOTED.sub(" ", read)))
    if not read.isupper():  # « rue AND école », from a habit taken elsewhere
        words = [token for token in words if token.word not in _OPERATORS] or words
    found = [
        Term(tuple(token.folded for token in phrase[:MOST_IN_A_PHRASE]), True, _accented(phrase)) for phrase in phrases if phrase
    ]
    found += [Term(stems(token.word), False, _accented([token])) for token in words if token.folded not in STOP]
    if not found:
        found = [Term((token.folded,), True) for token in words]
    terms = tuple(dict.fromkeys(found))
    is_cut = len(typed) > LONGEST or len(terms) > MOST_TERMS or any(len(phrase) > MOST_IN_A_PHRASE for phrase in phrases)
    return Asked(terms[:MOST_TERMS], is_cut=is_cut)


def _accented(words: Sequence[Token]) -> tuple[str, ...]:
    return tuple(found for token in words if token.folded not in STOP and (found := accented(token.word)))


class Finder:
    """Finds in an original text the words that were looked for."""

    def __init__(self, asked: Asked) -> None:
        self._stems = frozenset(stem for words in asked.stems for stem in words)
        self._phrases = [term.words for term in asked.terms if term.is_exact]
        begins = {word[:_BEGIN] for word in (*self._stems, *(words[0] for words in self._phrases))}
        self._may_be = re.compile(_any_of(begins), re.DOTALL) if begins else None

    def first(self, text: str) -> tuple[int, int] | None:
        """Where the first of them stands."""
        return next(self._found(text), None)

    def all(self, text: str) -> list[tuple[int, int]]:
        """Where they all stand, in order, none over another."""
        done, kept = 0, []
        for start, end in self._found(text):
            if start >= done:
                kept.append((start, end))
                done = end
        return kept

    def _found(self, text: str):
        for match in self._may_be.finditer(text) if self._may_be else ():
            for phrase in self._phrases:
                if folded(match[0]) == phrase[0] and (end := _says(text, match.start(), phrase)):
                    yield match.start(), end
                    break
            else:
                if not self._stems.isdisjoint(stems(match[0])):
                    yield match.span()


def _says(text: str, start: int, phrase: tuple[str, ...]) -> int:
    """Where a phrase that begins here ends; 0 when the text says something else."""
    said: list[Token] = []
    for token in tokens(text[start : start + 60 * len(phrase)]):
        said.append(token)
        if len(said) == len(phrase):
            break
    return start + said[-1].end if tuple(token.folded for token in said) == phrase else 0


def _any_of(begins: Iterable[str]) -> str:
    """An expression for the words that begin so, whatever their accents and case. It begins with a set of characters: texts are
    looked through three times as fast as when it begins with what stands before a word."""
    firsts: dict[str, list[str]] = {}
    for begin in sorted(begins):
        firsts.setdefault(_cased(begin[0]), []).append(_letters(begin[1:]))
        if begin.startswith("oe"):
            firsts.setdefault(_cased("œ"), []).append(_letters(begin[2:]))
    branches = "|".join(f"(?<=[{first}])\u0301?(?:{'|'.join(rest)})" for first, rest in firsts.items())
    return rf"[{''.join(firsts)}](?<![^\W_].)(?:{branches}){_REST}"


def _letters(begin: str) -> str:
    """Letters with whatever accents and case; « oe » also as one letter."""
    written = [rf"[{_cased(letter)}]\u0301?" for letter in begin]
    return "".join(written).replace(_cased_oe(), f"(?:[{_cased('œ')}]|{_cased_oe()})")


def _cased(letter: str) -> str:
    variants = _VARIANTS.get(letter, letter)
    return variants + variants.upper()


def _cased_oe() -> str:
    return "".join(rf"[{_cased(letter)}]\u0301?" for letter in "oe")
