"""The traces of a context in a French text: what would let a reader guess who, where, when, how much.

They are proposed to whoever rewrites a text so that it may leave a peer group; nothing is taken out by itself. Rules and lists
alone (`rex.text.trace_words`), on this machine, and the same answer each time. Linear in the length of the text: each pattern is
bounded, and what one rule took is not looked at by the next. (Which traces: `decisions.md` §4, the versement.)"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rex.text import trace_rules as rules
from rex.text.trace_names import begins_sentence, said_names
from rex.text.trace_words import FIRST_NAMES, NEUTRAL_PLACES, NOBODY, ROLES

NO_TRACE = 200_000  # characters that are looked at; a text that may leave is far shorter


class TraceKind(StrEnum):
    """What sort of thing a trace tells."""

    PERSON = "personne"
    PLACE = "lieu"
    DATE = "date"
    AMOUNT = "montant"
    ROLE = "fonction"
    LINK = "lien"


@dataclass(frozen=True)
class Trace:
    """Exact words of a text, where they stand, and neutral words for their place (empty: take them out)."""

    kind: TraceKind
    words: str
    start: int
    end: int
    proposed: str


@dataclass(frozen=True)
class Known:
    """Names that the installation knows: those are found whatever stands around them."""

    people: tuple[str, ...] = ()  # those of the group: a single word of their names is enough, even where it begins a sentence
    others: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # collectifs
    services: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()  # fonctions, as memberships say them
    called: str = ""  # the name of the group, which is sealed: no pattern that stays in memory is made of it


class _Finder:
    """One text, with what the rules took so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.found: list[Trace] = []

    def take(self, kind: TraceKind, start: int, end: int, proposed: str) -> None:
        """Keep a trace, unless a rule before has taken some of its words."""
        while end > start and self.text[end - 1] in " \n\t\u00a0\u202f":
            end -= 1
        if end > start and not any(self.taken[start:end]):
            self.taken[start:end] = b"\x01" * (end - start)
            self.found.append(Trace(kind, self.text[start:end], start, end, proposed))

    def free_end(self, match: re.Match[str], group: str) -> int:
        """Where a match ends; when a rule before took some of its end, where this group of it ends."""
        return match.end(group) if any(self.taken[match.end(group) : match.end()]) else match.end()

    def each(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self.text):
            if not self.taken[match.start()] or not self.taken[match.end() - 1]:
                yield match


def traces(text: str, known: Known = Known()) -> list[Trace]:
    """What stands in the text, in its order."""
    finder = _Finder(text[:NO_TRACE])
    steps: tuple[Callable[[_Finder, Known], None], ...] = (
        _links, _known_people, _dates, _civilities, _roles, _places, _known_places, _amounts, _capitals, _numbers,
    )  # fmt: skip
    for step in steps:
        step(finder, known)
    return sorted(finder.found, key=lambda one: one.start)


# --- what is sure ----------------------------------------------------------------------------------------------------------


def _links(finder: _Finder, _: Known) -> None:
    for match in finder.each(rules.LINK):
        finder.take(TraceKind.LINK, *match.span(), "")


def _known_people(finder: _Finder, known: Known) -> None:
    for people, is_sure in ((known.people, True), (known.others, False)):
        for start, end in said_names(finder.text, people, is_sure=is_sure):
            civility = rules.CIVILITY_BEFORE.search(finder.text, max(0, start - 16), start)
            finder.take(TraceKind.PERSON, civility.start() if civility else start, end, "une personne")


def _dates(finder: _Finder, _: Known) -> None:
    for pattern, proposed in rules.DATES:
        for match in finder.each(pattern):
            finder.take(TraceKind.DATE, *match.span(), proposed)


def _civilities(finder: _Finder, _: Known) -> None:
    for match in finder.each(rules.CIVILITY):
        finder.take(TraceKind.PERSON, *match.span(), "une personne")


def _roles(finder: _Finder, known: Known) -> None:
    """A fonction that somebody definite holds: « la directrice », « monsieur le maire », « notre DGS ». Not « une directrice »."""
    if known.roles:
        for match in finder.each(_own_roles(tuple(sorted(known.roles)))):
            finder.take(TraceKind.ROLE, match.start(), finder.free_end(match, "role"), _held(match, "une personne du service"))
    for match in finder.each(rules.ROLE):
        said = match["role"]
        neutral = next((words for pattern, words in ROLES if re.fullmatch(pattern, said, re.IGNORECASE)), None)
        proposed = _held(match, neutral or "une personne de la direction")
        finder.take(TraceKind.ROLE, match.start(), finder.free_end(match, "role"), proposed)


@lru_cache(maxsize=64)
def _own_roles(roles: tuple[str, ...]) -> re.Pattern[str]:
    said = sorted((re.escape(role.strip()) for role in roles if len(role.strip()) > 2), key=len, reverse=True)
    return rules.definite("|".join(said) or "(?!)")


def _held(match: re.Match[str], neutral: str) -> str:
    """« au maire » → « à une personne élue », « du DGS » → « d’une personne … »."""
    return {"au": "à ", "du": "d’"}.get(match["article"].lower().strip(), "") + neutral


def _places(finder: _Finder, _: Known) -> None:
    for pattern in (rules.STREET, rules.SQUARE, rules.NAMED_PLACE):
        for match in finder.each(pattern):
            neutral = NEUTRAL_PLACES.get(match["kind"].lower(), "un lieu")
            finder.take(TraceKind.PLACE, *match.span(), _there(match, neutral))
    for match in finder.each(rules.POSTCODE):
        finder.take(TraceKind.PLACE, *match.span(), "une commune")


def _there(match: re.Match[str], neutral: str) -> str:
    return {"au": "à ", "du": "d’"}.get((match["article"] or "").lower().strip(), "") + neutral


def _known_places(finder: _Finder, known: Known) -> None:
    lowered, called = finder.text.lower(), known.called.strip().lower()
    start = lowered.find(called) if called and len(lowered) == len(finder.text) else -1
    while start >= 0:
        finder.take(TraceKind.PLACE, start, start + len(called), "un groupe")
        start = lowered.find(called, start + len(called))
    pattern = rules.known_places(known.places, known.services)
    if pattern is None:
        return
    for match in finder.each(pattern):
        at = (match["at"] or "").strip().lower()
        is_service = match["service"] is not None
        neutral = "un service" if is_service else "une commune"
        proposed = {"à": "dans ", "au": "dans ", "aux": "dans ", "en": "dans ", "du": "d’", "des": "de "}.get(at, "") + neutral
        finder.take(TraceKind.PLACE, *match.span(), proposed)


def _amounts(finder: _Finder, _: Known) -> None:
    for match in finder.each(rules.MONEY):
        unit = match["unit"]
        finder.take(TraceKind.AMOUNT, *match.span(), "une part" if unit in ("%", "pour cent") else _measure(unit))
    for match in finder.each(rules.AGED):
        finder.take(TraceKind.AMOUNT, *match.span(), "d’un certain âge")
    for pattern in (rules.COUNT, rules.COUNT_IN_WORDS):
        for match in finder.each(pattern):
            said = match.groupdict()
            noun = said["noun"] or said.get("few")
            finder.take(TraceKind.AMOUNT, *match.span(), f"{said['article'] or 'plusieurs '}{noun}")


def _measure(unit: str) -> str:
    if re.match(r"km|kilo|mètres?$", unit, re.IGNORECASE):
        return "une distance"
    if re.match(r"ha|hect|m²|m2|mètres carrés", unit, re.IGNORECASE):
        return "une surface"
    return "une quantité" if re.match(r"tonne|litre|kg", unit, re.IGNORECASE) else "une somme"


# --- what a capital says -----------------------------------------------------------------------------------------------------


def _capitals(finder: _Finder, _: Known) -> None:
    """Capitalised words in the middle of a sentence; at its beginning, a first name or two of them in a row."""
    for match in finder.each(rules.CAPITALS):
        start, end, article = match.start("words"), match.end("words"), (match["before"] or "").strip().lower()
        opens = begins_sentence(finder.text, start)
        words = match["words"].split()
        if opens and len(words) > 1 and words[0] in rules.OPENINGS:
            start, words, opens = start + match["words"].index(words[1], len(words[0])), words[1:], False
        if _says_nobody(words):
            continue
        if words[0].split("-")[0] in FIRST_NAMES:
            finder.take(TraceKind.PERSON, start, end, "une personne")
        elif opens and not (len(words) > 1 and words[1][0].isupper()):
            continue
        elif article in rules.AT:
            finder.take(TraceKind.PLACE, match.start(), end, rules.AT[article])
        elif article:
            finder.take(TraceKind.PLACE, start, end, "un lieu")
        else:
            finder.take(TraceKind.PERSON, start, end, "une personne")


def _says_nobody(words: list[str]) -> bool:
    """« République », « RGPD », « CCAS »: words that everybody writes with capitals."""
    return words[0] in NOBODY or all(word.isupper() and len(word) < 7 for word in words)


def _numbers(finder: _Finder, _: Known) -> None:
    """A number that no rule has named: of a parcel, of a group, of an article of a règlement."""
    for match in finder.each(rules.NUMBER):
        finder.take(TraceKind.AMOUNT, *match.span(), "un nombre")
