"""The words of a text that a letter quotes: a sentence that makes one want to read the rest, as the text says it.

A quote is the text's own words, whole sentences of it where they are short enough. An animateur may shorten it: « […] » stands
between the pieces that are left."""

import re
from collections.abc import Collection, Iterable, Mapping

from rex.french import fold
from rex.text.passages import paragraphs_of, said_among, tidy_quote
from rex.text.trace_words import FIRST_NAMES

LONGEST = 220  # characters of a quote that the composer takes
SHORTEST = 25
CUT = "[…]"
# Where people say what happened to them, first.
ORDER = ("resistance", "affects", "appris", "faits", "intention", "contexte", "transferable", "reconnaissances")
_END = re.compile(r"(?<=[.!?…])[»\"”)]*\s+(?=[«\"“A-ZÀ-ÖØ-Þ])")
# Words of somebody who was there, for whom something did not go by itself; and those that lean on the sentence before.
_THERE = """nous on personne jamais rien pourtant malgre sauf attendait attendions croyait croyions pensait pensions savait savions
    compris comprenait decouvert appris surpris surprise peur colere honte fiers fiere fier fatigue fatigues epuises seul seule
    seuls seules confiance doute ecoute ecoutes entendus entendu dit disait osait ose refuse refusaient tenu tenir accepte enfin
    premiere premier toujours encore trop sans ensemble manque oublie regard mots silence"""
_LEANING = "cela ca ce cet cette ces il elle ils elles et mais ou donc car alors puis ainsi celui celle ceux leur lui y"
_FOLLOWING = "lui leur deuxieme troisieme seconde second autre autres meme memes ensuite"
_TELLING, _LEANS, _FOLLOWS = (frozenset(those.split()) for those in (_THERE, _LEANING, _FOLLOWING))
_MACHINE = re.compile(r"https?://|www\.|@|\d{4,}|[|{}<>]")


def telling(
    sections: Mapping[str, str],
    wanted: Collection[str] = (),
    taken: Collection[str] = (),
    names: frozenset[str] = FIRST_NAMES,
) -> str:
    """The passage to quote from a text (slug → Markdown; "" for a short text); empty when it has no words.

    `wanted`: from these sections alone. `taken`: what the letter quotes already, said again only when nothing else is there.
    `names`: words that name people, as they are written: a sentence without any is rather quoted."""
    whole = " ".join(paragraphs_of(sections[""])) if set(sections) == {""} and len(sections[""]) <= 2 * LONGEST else ""
    if SHORTEST <= len(whole) <= LONGEST and not _names_somebody(whole, names):
        return whole  # a few sentences are a whole: they are not taken apart
    slugs = [slug for slug in (*ORDER, *sorted(set(sections) - set(ORDER))) if slug in sections]
    slugs = [slug for slug in slugs if not wanted or slug in wanted]
    best: tuple[float, int, str] | None = None
    for rank, slug in enumerate(slugs):
        for place, sentence in enumerate(_sentences(sections[slug])):
            worth = _worth(sentence, place, names) - rank * 0.75 - (100 if sentence in taken else 0)
            if best is None or worth > best[0]:
                best = (worth, rank, sentence)
    if best is not None:
        return best[2]
    return next((_start(paragraph) for slug in slugs for paragraph in paragraphs_of(sections[slug])[:1]), "")


def still_said(sources: Iterable[str], quotes: Collection[str]) -> set[str]:
    """Those of these quotes of which one of the texts says all the pieces."""
    pieces = {quote: [piece for part in quote.split(CUT) if (piece := part.strip())] for quote in quotes}
    wanted = {piece for those in pieces.values() for piece in those}
    said: set[str] = set()
    for source in sources:
        there = said_among(source, wanted)
        said |= {quote for quote, those in pieces.items() if those and all(piece in there for piece in those)}
    return said


def _sentences(source: str) -> Iterable[str]:
    """The sentences of the first paragraphs that are short enough to be quoted whole."""
    for paragraph in paragraphs_of(source[:20_000])[:12]:
        for sentence in _END.split(paragraph):
            if SHORTEST <= len(sentence) <= LONGEST and not _MACHINE.search(sentence):
                yield sentence


def _start(paragraph: str) -> str:
    start = tidy_quote(paragraph, LONGEST)
    return start if len(start) == len(paragraph) else f"{start} {CUT}"


def _worth(sentence: str, place: int, names: frozenset[str]) -> float:
    words = re.findall(r"[^\W\d_]+", fold(sentence))
    if not words:
        return -50
    worth = 1.5 * len(_TELLING.intersection(words)) - 0.1 * min(place, 10)
    worth += 1.0 if 45 <= len(sentence) <= 150 else 0.0
    worth -= 5.0 if words[0] in _LEANS or _FOLLOWS.intersection(words[:3]) else 0.0  # it leans on the sentence before it
    worth -= 6.0 if _names_somebody(sentence, names) else 0.0  # nobody is quoted on a person by a letter
    worth -= 0.5 * len(_capitals(sentence))
    worth -= 1.5 if not sentence.rstrip('»" ').endswith((".", "!", "…", "?")) else 0.0  # an item of a list, a heading
    return worth


def _names_somebody(words: str, names: frozenset[str]) -> bool:
    return not names.isdisjoint(_capitals(words))


def _capitals(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{2,}", words) if word[0].isupper()]
