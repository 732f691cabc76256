"""What is looked for in a text: words, whatever their accents, their case, their plural."""

import re
from dataclasses import dataclass

from rex.french import fold

MOST_TERMS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Terms:
    """What is looked for: each word, whatever its accents, its case, its plural."""

    patterns: tuple[re.Pattern[str], ...]
    stems: tuple[str, ...]

    def weigh(self, folded: str) -> int:
        """How often a text says these words, all of them; 0 when it misses one."""
        if any(stem not in folded for stem in self.stems):
            return 0
        counts = [len(pattern.findall(folded)) for pattern in self.patterns]
        return sum(counts) if all(counts) else 0

    def says(self, word: str) -> bool:
        return any(pattern.fullmatch(folded) for pattern in self.patterns if (folded := fold(word)))


def terms_of(typed: str) -> Terms:
    """The words of a question; none for one without a letter nor a digit."""
    words = list(dict.fromkeys(_WORD.findall(fold(typed))))[:MOST_TERMS]
    made = [_pattern(word) for word in words]
    return Terms(tuple(pattern for _, pattern in made), tuple(stem for stem, _ in made))


def _pattern(word: str) -> tuple[str, re.Pattern[str]]:
    """A word in the singular or in the plural, and those that begin with it once it is long enough to mean something."""
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        stem, endings = word[:-3], "(?:al|ail|aux)"
    elif len(word) > 3 and word.endswith("al"):
        stem, endings = word[:-2], "(?:al|aux|als|ale|ales)"
    elif len(word) > 3 and word[-1] in "sx":
        stem, endings = word[:-1], r"\w{0,3}"
    else:
        stem, endings = word, r"\w{0,3}" if len(word) > 3 else "[sx]?"
    return stem, re.compile(rf"\b{re.escape(stem)}{endings}\b")
