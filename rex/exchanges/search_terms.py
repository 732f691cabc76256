"""What is looked for in a text: words, whatever their accents, their case, their plural.

No pattern is made of them: Python keeps those that it compiled, and what is looked for in a group is the words of a group."""

import re
from dataclasses import dataclass

from rex.french import fold

MOST_TERMS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Term:
    """A word that is looked for: how it begins, and how it may end; None: by at most three characters, whichever they are."""

    stem: str
    endings: frozenset[str] | None

    def ends(self, ending: str) -> bool:
        return len(ending) <= 3 if self.endings is None else ending in self.endings

    def count(self, folded: str) -> int:
        """How often a text says it."""
        number, at, size = 0, folded.find(self.stem), len(folded)
        while at >= 0:
            start = stop = at + len(self.stem)
            if at == 0 or not _is_letter(folded[at - 1]):
                while stop < size and _is_letter(folded[stop]):
                    stop += 1
                number += self.ends(folded[start:stop])
            at = folded.find(self.stem, stop)
        return number


def _is_letter(character: str) -> bool:
    """As the regular expression \\w has it."""
    return character.isalnum() or character == "_"


@dataclass(frozen=True)
class Terms:
    """What is looked for: each word, whatever its accents, its case, its plural."""

    asked: tuple[Term, ...]

    def weigh(self, folded: str) -> int:
        """How often a text says these words, all of them; 0 when it misses one."""
        if any(term.stem not in folded for term in self.asked):
            return 0
        counts = [term.count(folded) for term in self.asked]
        return sum(counts) if all(counts) else 0

    def says(self, word: str) -> bool:
        folded = fold(word)
        return any(folded.startswith(term.stem) and term.ends(folded[len(term.stem) :]) for term in self.asked)


def terms_of(typed: str) -> Terms:
    """The words of a question; none for one without a letter nor a digit."""
    words = list(dict.fromkeys(_WORD.findall(fold(typed))))[:MOST_TERMS]
    return Terms(tuple(_term(word) for word in words))


def _term(word: str) -> Term:
    """A word in the singular or in the plural, and those that begin with it once it is long enough to mean something."""
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return Term(word[:-3], frozenset({"al", "ail", "aux"}))
    if len(word) > 3 and word.endswith("al"):
        return Term(word[:-2], frozenset({"al", "aux", "als", "ale", "ales"}))
    if len(word) > 3 and word[-1] in "sx":
        return Term(word[:-1], None)
    return Term(word, None if len(word) > 3 else frozenset({"", "s", "x"}))
