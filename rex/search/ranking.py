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
    terms = [(f" s{words[0]} ", f" t{words[0]} ", words[1:]) for words in (*asked.stems, *exact)]
    typed = [f" {word} " for word in asked.accented]
    scored = []
    for row_id, title, said, accents in rows:
        spread, score = 0.48 + 0.72 * len(said) / USUAL, 0.0
        for word, titled, others in terms:
            times, in_title = said.count(word), titled in title
            for other in others:
                times, in_title = max(times, said.count(f" s{other} ")), in_title or f" t{other} " in title
            score += 2.2 * times / (times + spread)
            if in_title:
                score += TITLE
        if typed:
            score += ACCENT * sum([word in accents for word in typed])
        scored.append((-round(score, 6), -row_id))
    scored.sort()
    return [-row_id for _, row_id in scored]
