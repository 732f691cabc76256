"""What the forms about a tension hold, and the French sentence for what is wrong in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from rex.french import typo
from rex.text.marks import tidy

MOST_NAME, MOST_WORDS, MOST_TRIAL, MOST_DECIDED, MOST_PARTY = 120, 600, 1_500, 3_000, 600
MOST_PARTIES, FIRST_PARTIES, MORE_PARTIES = 8, 2, 1

Faults = list[tuple[str, str]]  # (field, French sentence)


def line_of(form: MultiDict, name: str) -> str:
    """A field of one line."""
    return " ".join(tidy(form.get(name, "")).split())


def text_of(form: MultiDict, name: str) -> str:
    return tidy(form.get(name, "")).strip()


def _said(faults: Faults) -> Faults:
    return [(name, typo(sentence)) for name, sentence in faults]


def _too_long(name: str, words: str, most: int) -> Faults:
    return [(name, f"Raccourcissez ce texte : {most} caractères au plus")] if len(words) > most else []


def _is_empty(words: str) -> bool:
    return not any(char.isalnum() for char in words)


@dataclass(frozen=True)
class Name:
    """A name, and one or two sentences that say what its difficulties have in common."""

    title: str = ""
    words: str = ""

    @classmethod
    def sent(cls, form: MultiDict) -> "Name":
        return cls(line_of(form, "nom"), text_of(form, "mots"))

    def faults(self) -> Faults:
        found: Faults = []
        if _is_empty(self.title):
            found.append(("nom", "Donnez un nom à cette tension"))
        return _said([*found, *_too_long("nom", self.title, MOST_NAME), *_too_long("mots", self.words, MOST_WORDS)])


@dataclass(frozen=True)
class Tried:
    """What was tried, and what it gave so far."""

    words: str = ""
    outcome: str = ""

    @classmethod
    def sent(cls, form: MultiDict) -> "Tried":
        return cls(text_of(form, "essai"), text_of(form, "suite"))

    def faults(self) -> Faults:
        found: Faults = [("essai", "Dites ce qui a été tenté, en une phrase au moins")] if _is_empty(self.words) else []
        return _said([*found, *_too_long("essai", self.words, MOST_TRIAL), *_too_long("suite", self.outcome, MOST_TRIAL)])


@dataclass(frozen=True)
class TypedParty:
    """One party, as typed: a service, a structure, a collège."""

    name: str = ""
    enjeu: str = ""
    effort: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.enjeu or self.effort)


@dataclass(frozen=True)
class TypedArbitrage:
    """What was decided, when, and what it is for each party."""

    decided: str = ""
    day: str = ""
    parties: Sequence[TypedParty] = field(default_factory=tuple)

    @classmethod
    def sent(cls, form: MultiDict) -> "TypedArbitrage":
        columns = (form.getlist("partie"), form.getlist("enjeu"), form.getlist("effort"))
        rows = [TypedParty(*(tidy(one).strip() for one in row)) for row in zip(*columns, strict=False)]
        return cls(text_of(form, "decide"), line_of(form, "jour"), tuple(rows[:MOST_PARTIES]))

    @property
    def filled(self) -> tuple[TypedParty, ...]:
        return tuple(party for party in self.parties if not party.is_empty)

    def with_room(self, least: int = FIRST_PARTIES) -> "TypedArbitrage":
        """The same with empty rows, so that there are `least` at least."""
        rows = [*self.parties, *[TypedParty()] * max(0, least - len(self.parties))]
        return TypedArbitrage(self.decided, self.day, tuple(rows[:MOST_PARTIES]))

    @property
    def decided_on(self) -> date | None:
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    def faults(self, today: date) -> Faults:
        found: Faults = [("decide", "Dites ce qui a été décidé, en une phrase au moins")] if _is_empty(self.decided) else []
        found += _too_long("decide", self.decided, MOST_DECIDED)
        day = self.decided_on
        if day is None:
            found.append(("jour", "Donnez le jour, par exemple 26/11/2026"))
        elif day > today or day.year < 2000:
            found.append(("jour", "Donnez un jour passé, ou aujourd’hui"))
        for rank, party in enumerate(self.parties, 1):
            if party.is_empty:
                continue
            if _is_empty(party.name):
                found.append((f"partie-{rank}", "Nommez cette partie : un service, une structure, un collège"))
            if _is_empty(party.enjeu):
                found.append((f"enjeu-{rank}", "Dites ce qui compte pour cette partie"))
            found += _too_long(f"partie-{rank}", party.name, MOST_NAME)
            found += _too_long(f"enjeu-{rank}", party.enjeu, MOST_PARTY)
            found += _too_long(f"effort-{rank}", party.effort, MOST_PARTY)
        if not self.filled:
            found.append(("partie-1", "Dites au moins pour une partie ce qui compte et ce qu’elle donne"))
        return _said(found)
