"""The lexicon of the trade: how people of a town hall say the same thing in fifty ways. `lexicon.txt` says its format.

An idea is a name and expressions; an area is a part of municipal life and holds ideas. What a text says is found by stems: the
words of an expression may stand in any order, with two other words among them, within one sentence.

A collectif adds lines of its own: `own`, groups of expressions that say the same there. Each is an idea of no area.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from rex.tensions.grouping_words import LACK, Word, sentences

PLACE = Path(__file__).with_name("lexicon.txt")
LOOSE_AREA = "="  # how the name of an area starts whose ideas have nothing more in common
OWN_AREA = "=own"  # that of the lines of a collectif
MOST_OWN, MOST_SAID, LONGEST_SAID = 500, 50, 100  # lines of a collectif, expressions of each, letters of each: more are not read
LOOSE = 2  # words that may stand among those of an expression
MOST_WORDS = 50_000  # different words remembered


class Found(NamedTuple):
    """An idea met in a text: its name, its area, and the words that say it."""

    idea: str
    area: str
    words: tuple[str, ...]


class _Expression(NamedTuple):
    idea: str
    area: str
    stems: tuple[str, ...]  # a stem ending in * is a beginning
    needed: frozenset[str]  # those that are whole stems: a sentence without them does not say it


class Lexicon:
    """Ideas by the words that say them."""

    def __init__(self, source: str) -> None:
        self._by_stem: dict[str, list[_Expression]] = defaultdict(list)
        self._by_start: dict[str, list[_Expression]] = defaultdict(list)
        self._by_word: dict[str, list[_Expression]] = defaultdict(list)
        self.areas: dict[str, str] = {}
        area = ""
        for number, line in enumerate(source.splitlines(), 1):
            line = line.split("#")[0].strip()
            if line.startswith("[") and line.endswith("]"):
                area = line[1:-1].strip()
            elif line:
                idea, mark, said = line.partition(":")
                if not mark or not area:
                    raise ValueError(f"line {number} of the lexicon: « [area] », then « idea: expression, expression »")
                self.areas[idea.strip()] = area
                for expression in said.split(","):
                    self._add(idea.strip(), area, expression.strip())
        self._of_word: dict[tuple[str, str], tuple[list[_Expression], list[_Expression]]] = {}

    @classmethod
    def of_own(cls, lines: Sequence[Sequence[str]]) -> "Lexicon":
        """The lexicon of lines that people wrote (`lines_of`)."""
        lexicon = cls("")
        for expressions in lines:
            lexicon.areas[expressions[0]] = OWN_AREA
            for said in expressions:
                lexicon._add(expressions[0], OWN_AREA, said)
        return lexicon

    def _add(self, idea: str, area: str, said: str) -> None:
        if said.startswith("="):
            self._add_exact(idea, area, said[1:])
            return
        for choice in product(*(part.split("|") for part in said.split())):
            stems = tuple(dict.fromkeys(stem for part in choice for stem in _asked(part)))
            whole = " ".join(choice)
            if len(stems) < 2 <= _length(whole):  # « deux fois », « là-haut »: their one word of sense would say too much
                self._add_exact(idea, area, whole)
                continue
            if not stems:
                continue
            key = _key(stems)
            expression = _Expression(idea, area, stems, frozenset(stem for stem in stems if not stem.endswith("*")))
            if key.endswith("*"):
                self._by_start[key[:3]].append(expression)
            else:
                self._by_stem[key].append(expression)

    def _add_exact(self, idea: str, area: str, said: str) -> None:
        words = tuple(word.folded for sentence in sentences(said) for word in sentence)
        if words:
            self._by_word[words[0]].append(_Expression(idea, area, words, frozenset()))

    @lru_cache(maxsize=2_000)  # noqa: B019  a lexicon lives as long as the process
    def read(self, text: str) -> tuple[Found, ...]:
        """The ideas that a text tells, each once, in the order of the text."""
        found: dict[str, Found] = {}
        for sentence in sentences(text):
            for one in self._in_sentence(sentence):
                found.setdefault(one.idea, one)
        return tuple(found.values())

    def _in_sentence(self, sentence: Sequence[Word]) -> list[Found]:
        plain = [word.folded for word in sentence]
        kept = [word for word in sentence if word.stem or word.is_lack]
        found = []
        for place, word in enumerate(sentence):
            for expression in self._by_word.get(word.folded, ()):
                size = len(expression.stems)
                if tuple(plain[place : place + size]) == expression.stems:
                    words = tuple(one.written for one in sentence[place : place + size])
                    found.append(Found(expression.idea, expression.area, words))
        present = {word.stem for word in kept} | {LACK for word in kept if word.is_lack}
        for place, word in enumerate(kept):
            if word.stem:
                alone, among = self._starting(word)
                found += [Found(expression.idea, expression.area, (word.written,)) for expression in alone]
                for expression in among:
                    if expression.needed <= present and (words := _match(expression.stems, kept, place)):
                        found.append(Found(expression.idea, expression.area, words))
        return found

    def _starting(self, word: Word) -> tuple[list[_Expression], list[_Expression]]:
        """The expressions that this word says alone, and those that it says with others."""
        known = self._of_word.get((word.stem, word.folded))
        if known is None:
            near = (*self._by_stem.get(word.stem, ()), *self._by_start.get(word.folded[:3], ()))
            fitting = [one for one in near if _fits(_key(one.stems), word)]
            known = [one for one in fitting if len(one.stems) == 1], [one for one in fitting if len(one.stems) > 1]
            if len(self._of_word) < MOST_WORDS:
                self._of_word[word.stem, word.folded] = known
        return known


def _length(said: str) -> int:
    return sum(len(sentence) for sentence in sentences(said))


def _asked(part: str) -> list[str]:
    """The stems that a word of an expression asks for; the last of « sous-trait* » is a beginning."""
    words = [word for sentence in sentences(part.rstrip("*")) for word in sentence]
    begun = words.pop() if part.endswith("*") and words else None
    asked = [LACK if word.is_lack else word.stem for word in words if word.stem or word.is_lack]
    return asked if begun is None else [*asked, f"{begun.folded}*"]


def _key(stems: tuple[str, ...]) -> str:
    """The stem by which an expression is found."""
    return next((stem for stem in stems if stem != LACK), stems[0])


def _fits(asked: str, word: Word) -> bool:
    if asked == LACK:
        return word.is_lack
    return word.folded.startswith(asked[:-1]) if asked.endswith("*") else word.stem == asked


def _match(asked: tuple[str, ...], kept: Sequence[Word], place: int) -> tuple[str, ...]:
    """The words that say the expression around `place`, or nothing."""
    key = _key(asked)
    reach = len(asked) - 1 + LOOSE
    near = range(max(0, place - reach), min(len(kept), place + reach + 1))
    taken = {place: kept[place].written}
    for stem in asked:
        if stem is key:
            continue
        here = [other for other in near if other not in taken and _fits(stem, kept[other])]
        if not here:
            return ()
        closest = min(here, key=lambda other: (abs(other - place), other))
        taken[closest] = kept[closest].written
    return tuple(taken[at] for at in sorted(taken)) if max(taken) - min(taken) <= reach else ()


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicon that comes with the application."""
    return Lexicon(PLACE.read_text(encoding="utf-8"))


Own = Sequence[Sequence[str]]  # groups of expressions that say the same in a collectif


def lines_of(own: Own) -> tuple[tuple[str, ...], ...]:
    """What is read of the lines of a collectif, the same in whatever order they come. « * » ends the beginning of a word, as in
    `lexicon.txt`; its other signs mean nothing to who writes a line."""
    tidied = ({" ".join(one.replace("|", " ").lstrip("= ").split())[:LONGEST_SAID] for one in line} - {""} for line in own)
    return tuple(sorted(tuple(sorted(said)[:MOST_SAID]) for said in tidied if len(said) > 1)[:MOST_OWN])


@lru_cache(maxsize=32)
def lexicon_of(lines: tuple[tuple[str, ...], ...]) -> Lexicon | None:
    """The lexicon of the lines of a collectif (`lines_of`); None without any."""
    return Lexicon.of_own(lines) if lines else None


def ideas_in(text: str, own: Lexicon | None = None) -> tuple[Found, ...]:
    """The ideas that a text tells: those that come with the application, then those of the collectif."""
    return shipped().read(text) + (own.read(text) if own else ())
