"""French words made comparable, the same for both engines: accents and case folded, œ as oe, elisions dropped, stems.

A word is known under its *stems*: that of the word as it is written, and that of the word without its accents, since « fermee »
typed in haste has another stem than « fermée ». Two words are the same when they share one. All of them are made of a-z and 0-9:
both engines cut such a text in the same way."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # ty: ignore[import-not-found]  # a compiled module without type stubs

LONGEST = 30  # letters of a word that count
MOST_EXACT = 12_000  # words in their order; a phrase further down is not found, its words are
MOST_STEMS = 15_000  # different stems of what comes after
MOST_LETTERS = 270_000  # of the words in their order, of their stems, of what comes after: PostgreSQL refuses a vector of 1 MB
# Signs written inside of a word that nobody types: accents apart, soft hyphens, joiners.
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060]")
_THOUSANDS = r"(?<![^\W_])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![^\W_])"
_WORD = re.compile(rf"{_THOUSANDS}|[^\W_](?:[^\W_]|[{_INSIDE}])*")
_APOSTROPHES = set("'’ʼ‘´`")
_ELIDED = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"}
_ORDINAL = re.compile(r"(\d+)(?:er|ere|e|eme|ieme|nd|nde)")
_AILS = {"travaux", "vitraux", "coraux", "emaux", "baux", "soupiraux", "vantaux"}
_IRREGULAR = {"yeux": "oeil", "cieux": "ciel", "mesdames": "madame", "messieurs": "monsieur"}
_X = {
    "enjeux", "jeux", "feux", "lieux", "milieux", "voeux", "aveux", "adieux", "cheveux", "neveux", "bijoux", "cailloux", "choux",
    "genoux",
}  # fmt: skip
BREAK = "zzfinzz"  # between the title and the text: no phrase goes on from one into the other
_STOP = """
    a ai ait as au aucun aucune aussi autre autres aux avaient avais avait avec avez avions avoir avons ayant c ca car ce
    cela celle celles celui ces cet cette ceux chez ci comme d dans de des donc dont du elle elles en encore entre es est
    et etaient etait etant etes etre eu eux fait font furent fut il ils j je l la le les leur leurs lui m ma mais me meme
    memes mes moi mon n ne ni nos notre nous on ont ou par pas peu plus pour qu quand que qui s sa sans se sera serait ses
    si soit son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un une vos votre vous y
"""
STOP = frozenset(_STOP.split())


class Token(NamedTuple):
    """A word of a text: where it stands, as it is written, and folded."""

    start: int
    end: int
    word: str
    folded: str


class Indexed(NamedTuple):
    """What a text gives to the index. A letter before each word says of which it is: title, stems or exact words. No word of one
    is then a word of another, and each is looked up by itself."""

    title: str
    accents: str
    stems: str
    exact: str


class Room:
    """How many letters may still be written."""

    def __init__(self, letters: int) -> None:
        self.letters = letters

    def takes(self, words: tuple[str, ...]) -> bool:
        """Whether these words are still let in; once some are not, no later ones are."""
        self.letters -= sum(len(word) + 2 for word in words)
        return self.letters >= 0


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in their order, elided articles left out. Punctuation, emoji and the like are no words."""
    for match in _WORD.finditer(text):
        word = match[0]
        plain = folded(word)
        if plain in _ELIDED and text[match.end() : match.end() + 1] in _APOSTROPHES:
            continue
        if plain:
            yield Token(match.start(), match.end(), word, plain)


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """The word without accents nor case, in a-z and 0-9; letters of other scripts as their numbers."""
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST]
    apart = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c if c.isascii() else f"u{ord(c):x}" for c in apart if c.isalnum())[:LONGEST]


@lru_cache(maxsize=100_000)
def accented(word: str) -> str:
    """The word in the singular with its accents, if it has any: « pêche » and « péché » are not the same to who writes them."""
    if word.isascii():
        return ""
    lower = unicodedata.normalize("NFC", _UNSEEN.sub("", word.lower())).replace("œ", "oe").replace("æ", "ae")
    return "" if lower.isascii() else _singular(lower)[:LONGEST]


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """What a word is known under: one stem or two, in a-z and 0-9."""
    bare = folded(word)
    if ordinal := _ORDINAL.fullmatch(bare):
        return (ordinal[1],)
    if not bare.isalpha():
        return (bare,)
    if single := _IRREGULAR.get(bare):
        return (_stem(single),)
    if bare.endswith("aux") and not bare.endswith("eaux") and len(bare) > 3:
        return (_stem(bare[:-3] + ("ail" if bare in _AILS else "al")),)
    lower = unicodedata.normalize("NFC", word.lower()).replace("œ", "oe").replace("æ", "ae")
    return tuple(dict.fromkeys((folded(_stem(_singular(lower))), _stem(_singular(bare)))))


def _singular(word: str) -> str:
    """« élus » as « élu »: the stemmer leaves the plural of short words."""
    is_plural = folded(word) in _X or (len(word) > 3 and word.endswith("s") and not word.endswith("ss"))
    return word[:-1] if is_plural else word


_stemmer, _lock = Stemmer.Stemmer("french", 0), threading.Lock()


def _stem(word: str) -> str:
    with _lock:  # a stemmer must not be shared between threads
        return _stemmer.stemWord(word)


def indexed(title: str, words: str) -> Indexed:
    """What the index keeps of a text: the stems of its title, its words that have accents, all its stems (small words left out),
    its words in their order."""
    exact: list[str] = []
    kept: list[str] = []
    later: dict[str, None] = {}
    accents: dict[str, None] = {}
    in_order, known, after = (Room(MOST_LETTERS) for _ in range(3))
    for token in tokens(title):
        exact.append(token.folded)
        kept += _known(token.word)
        accents[accented(token.word)] = None
    of_title = _spaced("t", kept)
    exact += [BREAK] if exact else []
    for token in tokens(words):
        accents[accented(token.word)] = None
        its = _known(token.word)
        if len(exact) < MOST_EXACT and in_order.takes((token.folded,)) and known.takes(its):
            exact.append(token.folded)
            kept += its
        elif len(later) < MOST_STEMS and after.takes(tuple(stem for stem in its if stem not in later)):
            later |= dict.fromkeys(its)
    written = [word for word in accents if word][:MOST_STEMS]
    return Indexed(of_title, _spaced("", written), _spaced("s", [*kept, *later]), _spaced("e", exact))


@lru_cache(maxsize=100_000)
def _known(word: str) -> tuple[str, ...]:
    """The stems of a word that counts; nothing for a small one."""
    return () if folded(word) in STOP else stems(word)


def _spaced(of: str, words: list[str]) -> str:
    """Between spaces, so that a word is found whole."""
    return f" {of}{f' {of}'.join(words)} " if words else ""
