"""In what order found texts are shown: the same for both engines, worked out here on what they found.

Of two texts that say the words, first the one that says them with the accents that were typed, then the one whose title says them,
then the one that says them more often for its length, then the newest."""

from collections.abc import Sequence
from typing import Any

from rex.search.asked import Asked
from rex.search.words import STOP, stems

TITLE = 3.0  # what a word in the title weighs; said over and over in a text it comes to 2.2
ACCENT = 6.0  # what the very accents weigh: more than the rest of a word
USUAL = 1500  # characters of stems of an ordinary text: a longer one says everything more often


def ranked(rows: Sequence[Any], asked: Asked) -> list[int]:
    """The numbers of these rows (id, title, stems, accents), best first; their numbers go up with time."""
    exact = [stems(word) for term in asked.terms if term.is_exact for word in term.words if word not in STOP]
    terms = [[f" {word} " for word in words] for words in (*asked.stems, *exact)]
    typed = [f" {word} " for word in asked.accented]
    scored = [(-_score(title, said, terms) - _accents(accents, typed), -row_id) for row_id, title, said, accents in rows]
    return [-row_id for _, row_id in sorted(scored)]


def _accents(said: str, typed: list[str]) -> float:
    return ACCENT * sum([word in said for word in typed])


def _score(title: str, said: str, terms: list[list[str]]) -> float:
    spread = 1.2 * (0.4 + 0.6 * len(said) / USUAL)
    score = 0.0
    for words in terms:
        times = said.count(words[0]) if len(words) == 1 else max([said.count(word) for word in words])
        score += 2.2 * times / (times + spread)
        if title and any([word in title for word in words]):
            score += TITLE
    return round(score, 6)
