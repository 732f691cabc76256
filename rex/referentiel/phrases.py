"""Words and expressions of a French text, compared without accents, plurals or conjugations."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import Stemmer  # ty: ignore[import-not-found]  # a compiled module without type stubs

from rex.referentiel import lexicon_cooperation, lexicon_engagement, lexicon_integration, lexicon_valeur

LEXICONS: tuple[ModuleType, ...] = (
    lexicon_engagement,
    lexicon_integration,
    lexicon_cooperation,
    lexicon_valeur,
)
GAP = 4  # meaningful words that « … » may stand for
LONG_GAP = 9  # and « …… », which also passes from a sentence to the next
CLOSE = 14  # characters, small words included, between two words of an expression without « … »
LONGEST = 40  # letters; longer is not a French word, and would cost for nothing

# Letters with the accents that some keyboards write apart; apostrophes and hyphens separate words.
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_END_OF_SENTENCE = re.compile(r"[.!?;…|]|\n\s*\n")
_END_OF_CLAUSE = re.compile(r"[.!?;…|,:()«»—–]|\n\s*\n")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})

# Left out of expressions, so that « sortis de la mairie » and « sortir des mairies » are one. Negations, « qui »,
# « avec », « entre », « chacun » stay: they carry the meaning.
_SMALL_WORDS = """
    a ai ait as aura aurait aux au avaient avais avait avez aviez avions avoir avons ayant c ca ce cela
    ces cet cette d dans de des donc du elle elles en es est et etaient etais etait etant ete etes etions
    etre eu eux fut furent il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre
    nous on ont ou par pour que qu quand s sa se sera serait ses soit son sont suis sommes t ta te tes toi
    ton tu un une vos votre vous y aussi tres bien alors deja encore
"""
_EMPTY = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: where it stands, its form without accents, its stem, its clause and its sentence."""

    start: int
    end: int
    folded: str
    stem: str
    clause: int
    sentence: int

    @property
    def tells(self) -> bool:
        """False for the small words that expressions leave out."""
        return self.folded not in _EMPTY


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression of the lexicon: a balise, an idea within it, a weight from 1 to 3, and the words to find."""

    code: str
    idea: int
    weight: int
    source: str
    stems: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]

    def match(self, words: list[Word], at: int) -> tuple[int, ...]:
        """The ranks of the words that make the expression from rank `at` on; empty when it is not there."""
        found = [at]
        for stems, gap in zip(self.stems[1:], self.gaps[1:], strict=True):
            last = found[-1]
            for rank in range(last + 1, min(last + 2 + gap, len(words))):
                near = words[rank].start - words[last].end <= CLOSE and words[rank].clause == words[last].clause
                if not (near or gap) or (words[rank].sentence != words[at].sentence and gap < LONG_GAP):
                    return ()
                if words[rank].stem in stems or f"={words[rank].folded}" in stems:
                    found.append(rank)
                    break
            else:
                return ()
        return tuple(found)


def fold(word: str) -> str:
    """Lower case, no accents, œ as oe: « Œuvré » is « oeuvre »."""
    lowered = word.lower().translate(_LIGATURES)
    if lowered.isascii():
        return lowered
    return "".join(letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))


def read_words(text: str) -> list[Word]:
    """The words of a text in order, but those that are too long to be words."""
    spans = [match.span() for match in _WORD.finditer(text) if match.end() - match.start() <= LONGEST]
    folded = [fold(text[start:end]) for start, end in spans]
    stems = _stems(folded)
    words, clause, sentence, before = [], 0, 0, 0
    for (start, end), form in zip(spans, folded, strict=True):
        clause += _END_OF_CLAUSE.search(text, before, start) is not None
        sentence += _END_OF_SENTENCE.search(text, before, start) is not None
        words.append(Word(start, end, form, stems[form], clause, sentence))
        before = end
    return words


def _stems(folded: list[str]) -> dict[str, str]:
    """The stem of each form. A stemmer of one's own: PyStemmer's must not be shared between threads."""
    forms = list(set(folded))
    return dict(zip(forms, Stemmer.Stemmer("french", 0).stemWords(forms), strict=True))


@cache
def compiled() -> dict[str, tuple[Phrase, ...]]:
    """The phrases of the four lexicons, by each stem that can begin them."""
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for lexicon in LEXICONS:
        for code, ideas in lexicon.IDEAS.items():
            for idea, (weight, *sources) in enumerate(ideas):
                for source in sources:
                    phrase = compile_phrase(code, idea, weight, source)
                    for stem in phrase.stems[0]:
                        by_first[stem].append(phrase)
    return {stem: tuple(phrases) for stem, phrases in by_first.items()}


def compile_phrase(code: str, idea: int, weight: int, source: str) -> Phrase:
    """Read « perdre|perdu … confiance »: « | » between forms, « = » before an exact one, « … » and « …… » gaps."""
    stems, gaps, gap = [], [], 0
    for piece in source.split():
        if piece in ("…", "……"):
            gap = GAP if piece == "…" else LONG_GAP
            continue
        forms = [form for one in piece.split("|") for form in _forms(one)]
        if forms:
            stems.append(frozenset(forms))
            gaps.append(gap)
            gap = 0
    return Phrase(code, idea, weight, source, tuple(stems), tuple(gaps))


def _forms(piece: str) -> list[str]:
    """What to compare with a word: its stem, or its very form when « = » asks for it; nothing for a small word."""
    words = [word for word in read_words(piece) if word.tells]
    return [f"={word.folded}" if piece.startswith("=") else word.stem for word in words]
