"""Balises proposed from the text of a récit, with the words that made us think of them.

Local and deterministic: a lexicon written by hand (`lexicon_*`), no learning, no network. Silence is worth more
than a poor proposal, so a balise needs evidence: one telling expression, or several ideas close to each other.
Nothing is ever chosen here: people pick, and read why it was proposed.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rex.referentiel.content import BALISES
from rex.referentiel.phrases import Phrase, Word, compiled, read_words

MOST = 3  # ux-direction §4: at most three, or the list is read as a questionnaire
ENOUGH = 3  # one expression of weight 3, or ideas of weights 2 and 1, or three hints
LONG = 100  # words; beyond, something always meets by chance, so that one more hint is asked for
SHORTEST = 8  # words; below, a title or a fragment says too little
NEAR = 70  # meaningful words; farther apart, two hints belong to two different stories
RELATIVE = 0.5  # a proposal much weaker than the best one is noise beside it
READ = 40_000  # characters read; enough for any récit, and a pasted book does not hold the page
SHOWN = 4  # expressions shown beside a balise

# Words that other languages do not have, so that « engagement » in an English text proposes nothing.
_FRENCH_WORDS = """
    les des du une dans pour pas nous vous elle ce cette avec au aux ne qui mais ils elles leur sont ont
    cela ca avons etait plus chez puis je on c qu
"""
FRENCH = frozenset(_FRENCH_WORDS.split())
FRENCH_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class Proposal:
    """A balise to offer: its code, the expressions of the text that call for it, how strongly (0 to 1)."""

    code: str
    words: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase of the lexicon found in the text, from word `first` to word `last`."""

    phrase: Phrase
    found: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.found[0]

    @property
    def last(self) -> int:
        return self.found[-1]


def propose(text: str, already: Collection[str] = ()) -> list[Proposal]:
    """At most three balises that the text speaks of, best first, without those `already` chosen; often none."""
    words = read_words(text[:READ])
    if len(words) < SHORTEST or not _is_french(words):
        return []
    enough = ENOUGH + (len(words) > LONG)
    telling = [word for word in words if word.tells]
    scored = []
    for code, hits in _hits(telling).items():
        if code not in already:
            score, evidence = _best_passage(hits)
            if score >= enough:
                scored.append((score, code, evidence))
    scored.sort(key=lambda one: (-one[0], _RANK[one[1]]))
    return [
        Proposal(code, _shown(text, telling, evidence), min(1.0, round(score / (2 * ENOUGH), 2)))
        for score, code, evidence in scored[:MOST]
        if score >= RELATIVE * scored[0][0]
    ]


_RANK = {one.code: rank for rank, one in enumerate(BALISES)}


def _is_french(words: list[Word]) -> bool:
    return sum(word.folded in FRENCH for word in words) >= FRENCH_SHARE * len(words)


def _hits(words: list[Word]) -> dict[str, list[_Hit]]:
    """What the lexicon finds, by balise, in the order of the text, each word serving one expression only."""
    by_first = compiled()
    found: dict[str, list[_Hit]] = defaultdict(list)
    for at, word in enumerate(words):
        for phrase in (*by_first.get(word.stem, ()), *by_first.get(f"={word.folded}", ())):
            match = phrase.match(words, at)
            if match:
                found[phrase.code].append(_Hit(phrase, match))
    return {code: list(_without_overlap(hits)) for code, hits in found.items()}


def _without_overlap(hits: list[_Hit]) -> Iterator[_Hit]:
    """The heaviest, then the longest, expressions first: « reprendre confiance » is not also « confiance »."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (-hit.phrase.weight, -len(hit.found), hit.first)):
        if taken.isdisjoint(hit.found):
            taken.update(hit.found)
            kept.append(hit)
    yield from sorted(kept, key=lambda hit: hit.first)


def _best_passage(hits: list[_Hit]) -> tuple[int, list[_Hit]]:
    """The passage where most ideas meet: its score and the expressions that made it.

    An idea counts once, and once more when it comes back: someone who insists is speaking of it.
    """
    best: tuple[int, list[_Hit]] = (0, [])
    end = 0
    for start, hit in enumerate(hits):
        while end < len(hits) and hits[end].last - hit.first <= NEAR:
            end += 1
        ideas: dict[int, _Hit] = {}
        insists = False
        for one in hits[start : max(end, start + 1)]:
            known = ideas.get(one.phrase.idea)
            insists = insists or (known is not None and min(one.phrase.weight, known.phrase.weight) > 1)
            if known is None or known.phrase.weight < one.phrase.weight:
                ideas[one.phrase.idea] = one
        score = sum(one.phrase.weight for one in ideas.values()) + insists
        if score > best[0]:
            best = (score, list(ideas.values()))
    return best


def _shown(text: str, words: list[Word], evidence: list[_Hit]) -> tuple[str, ...]:
    """The expressions as the author wrote them, the most telling kept, in reading order, none twice."""
    telling = sorted(evidence, key=lambda hit: (-hit.phrase.weight, hit.first))
    shown: dict[str, str] = {}
    for hit in sorted(telling[:SHOWN], key=lambda hit: hit.first):
        pieces = [text[words[hit.first].start : words[hit.first].end]]
        for before, after in pairwise(hit.found):
            between = text[words[before].end : words[after].start]
            close = after == before + 1 and len(between) <= 12
            pieces.append((between if close else " … ") + text[words[after].start : words[after].end])
        expression = unicodedata.normalize("NFC", re.sub(r"\s+", " ", "".join(pieces)))
        shown.setdefault(expression.casefold(), expression)
    return tuple(shown.values())
