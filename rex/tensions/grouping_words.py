"""French words made comparable: cut, folded, stemmed; what is said as missing marked as such.

A text is a list of sentences, a sentence a list of `Word`. Small words are kept with an empty stem, so that an expression of
the lexicon may ask for them (« à bout » is not « au bout »). Words that deny or say a lack (« pas », « aucun », « manque ») are
marked, and read as one: « pas de place », « la place manque » and « plus aucune place » read the same.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # ty: ignore[import-not-found]  # a compiled module without type stubs

LONGEST = 30  # letters of a word that count
MOST_WORDS = 400  # words of a note that count: a difficulty has one to five sentences
LACK = "~"
_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?;…\n]+|(?<!\d),(?!\d)\s+(?:mais|donc|or)\b")
_ELIDED = {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "aujourd"}
_SMALL_WORDS = """
    a ai ait alors apres as au aucun aucune aussi autre autres aux avaient avais avait avant avec avez avoir avons ayant bien c ca
    car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment contre d dans de deja depuis des donc dont
    du elle elles en encore entre es est et etaient etait etant ete etes etre eu eux fait faire fais faisait font fut hors hui il
    ils j je jusque l la le les leur leurs lors lorsque lui ma mais me meme memes mes moi moins mon n ne ni non nos notre nous on
    ont or ou par parce pas pendant peu peut peuvent plus plutot pour pourquoi puis puisque qu quand quant que quel quelle quelles
    quels qui quoi s sa sans se sera seraient serait seront ses si sinon soi soit sommes son sont sous suis sur t ta tandis tant te
    tel telle telles tels tes toi ton tous tout toute toutes tres trop tu un une va vais vers vient voila vont vos votre vous y etc
    ainsi afin alors assez beaucoup dit dire doit doivent faut fallait fois ici jamais juste lequel laquelle lesquels
    surtout toujours vraiment seulement rien personne
"""
_LACKING_WORDS = """
    manque manquent manquer manquait manquaient manquant absence absent absents absente inexistant inexistante inexistants
    inexistantes penurie insuffisant insuffisante insuffisants insuffisantes defaut introuvable introuvables depourvu
    depourvus depourvue prive prives privee
"""
# Words that would share their stem with one of another sense (« loi », « départ », « équipe », « payer », « place »…).
_BY_THEMSELVES_WORDS = """
    amiante base café case classement commune communication courant cours département devis direction délit gare équipement foyer
    livraison livre lotissement loyer maintenance marché mère moyenne objection paix pluie raté repas répit taxi terre villa visa
    voix
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_DENIES = frozenset({"pas", "jamais", "aucun", "aucune", "sans", "ni", "nul", "nulle", "zero"})
_LACKS = frozenset(_LACKING_WORDS.split())
_DENIED_NEXT = {"de", "d", "aucun", "aucune", "personne", "rien"}
_BY_THEMSELVES: dict[str, str] = {form: word for word in _BY_THEMSELVES_WORDS.split() for form in (word, f"{word}s")}
_stemmer, _lock = Stemmer.Stemmer("french", 0), threading.Lock()


class Word(NamedTuple):
    """A word where it stands: as it is written, folded (a-z, 0-9), and its stem (empty for a small word)."""

    written: str
    folded: str
    stem: str
    is_lack: bool


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """The word without accents nor case; letters of other scripts are kept as they are."""
    if word.isascii():
        return word.lower()[:LONGEST]
    apart = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in apart if c.isalnum())[:LONGEST]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What a word is known under: « fermée », « fermees » and « fermer » are one."""
    lower = unicodedata.normalize("NFC", word.lower())[:LONGEST]
    if not lower.isalpha():
        return folded(lower)
    if lower in _BY_THEMSELVES:
        return f"{folded(_BY_THEMSELVES[lower])}_"  # no stem ends so
    if lower.endswith("aux") and not lower.endswith("eaux") and len(lower) > 4:
        lower = lower[:-3] + "al"
    with _lock:  # a stemmer must not be shared between threads
        cut = _stemmer.stemWord(lower[:-1] if len(lower) > 3 and lower[-1] in "sx" and not lower.endswith("ss") else lower)
    bare = folded(cut)
    return bare.rstrip("e") if len(bare.rstrip("e")) > 2 else bare


@lru_cache(maxsize=2_000)
def sentences(text: str) -> tuple[tuple[Word, ...], ...]:
    """The words of a text, sentence by sentence; at most `MOST_WORDS` of them."""
    left, found = MOST_WORDS, []
    for part in _END.split(unicodedata.normalize("NFC", text[: MOST_WORDS * 40])):
        words = _words(part)[:left]
        left -= len(words)
        if words:
            found.append(tuple(words))
    return tuple(found)


def _words(part: str) -> list[Word]:
    """The words of a sentence; « plus » and « personne » deny when they stand as they do in « il n’y a plus »."""
    raw = [(match[0], folded(match[0]), part[match.end() : match.end() + 1]) for match in _WORD.finditer(part)]
    words, denied = [], 0
    for place, (written, bare, after) in enumerate(raw):
        if not bare:
            continue
        if bare in {"n", "ne"}:
            denied = 5
        if bare in _ELIDED and after in {"'", "’", "ʼ", "`"}:
            continue
        before = raw[place - 1][1] if place else ""
        is_lack = bare in _DENIES or bare in _LACKS
        if bare == "plus":
            following = raw[place + 1][1] if place + 1 < len(raw) else ""
            is_lack = denied > 0 or before == "a" or (place == 0 and following in _DENIED_NEXT)
        elif bare in {"personne", "rien"}:
            is_lack = before not in {"une", "la", "cette", "chaque", "seule", "par", "de", "autre"}
        elif bare == "faute":
            is_lack = bool(place + 1 < len(raw) and raw[place + 1][1] in {"de", "d"})
        denied -= 1
        is_small = bare in _SMALL or len(bare) == 1
        words.append(Word(written, bare, "" if is_small else stem(written), is_lack))
    return words


def content(text: str) -> list[Word]:
    """The words that carry sense, in their order."""
    return [word for sentence in sentences(text) for word in sentence if word.stem and word.folded not in _LACKS]
