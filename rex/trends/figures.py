"""One number of the page, as what it counts: its address opens these entries, and the list is found by the same conditions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rex.journal.models import Stance
from rex.trends.periods import FIRST_YEAR, LAST_YEAR


class Kind(StrEnum):
    """Of what entries a figure is. `ENTRIES`: récits and difficulties, for what balises are spoken of."""

    RECITS = "recits"
    DIFFICULTIES = "difficultes"
    ENTRIES = "textes"
    MERCIS = "mercis"


class When(StrEnum):
    """Of which days: those of the page, those that it is compared with, the twelve months of its axis, or since the beginning."""

    NOW = ""
    BEFORE = "avant"
    YEAR = "annee"
    EVER = "toujours"


@dataclass(frozen=True)
class Figure:
    """What a number counts, beside what the page itself is narrowed to. Empty: not narrowed so.

    `unit`: who signs; of a merci, who gives it. `other`: with whom (`rex.trends.ensemble`); of a merci, who receives it.
    `month`: the first day of one. `tension`: a public id."""

    kind: Kind = Kind.RECITS
    when: When = When.NOW
    enjeu: str = ""
    balise: str = ""
    stance: Stance | None = None
    unit: str = ""
    other: str = ""
    college: str = ""
    month: date | None = None
    tension: str = ""

    @property
    def address(self) -> dict[str, str]:
        """What of an address asks for these entries, beside what the page is asked."""
        said = {
            "quoi": self.kind.value,
            "quand": self.when.value,
            "de-enjeu": self.enjeu,
            "de-balise": self.balise,
            "sens": self.stance.value if self.stance else "",
            "de": self.unit,
            "et": self.other,
            "de-college": self.college,
            "mois": f"{self.month:%Y-%m}" if self.month else "",
            "tension": self.tension,
        }
        return {name: value for name, value in said.items() if value}


def figure_from(given: Mapping[str, str]) -> Figure | None:
    """The figure of an address; nothing when it says none."""
    try:
        figure = Figure(
            Kind(given.get("quoi", "")),
            When(given.get("quand", "")),
            _like(r"[ESCV]|", given.get("de-enjeu", "")),
            _like(r"[ESCV][1-6]|[A-Za-z0-9_-]{16}|", given.get("de-balise", "")),
            Stance(given["sens"]) if given.get("sens") else None,
            _like(r"[A-Za-z0-9_-]{16}|autres|sans|", given.get("de", "")),
            _like(r"[A-Za-z0-9_-]{16}|autres|sans|", given.get("et", "")),
            _like(r"[a-z]{2,12}|", given.get("de-college", "")),
            _month(given["mois"]) if given.get("mois") else None,
            _like(r"[A-Za-z0-9_-]{16}|", given.get("tension", "")),
        )
    except ValueError:
        return None
    # A stance is one on a balise: without any, the list would say what it does not count.
    return None if figure.stance and not (figure.balise or figure.enjeu) else figure


def _month(value: str) -> date:
    first = date.fromisoformat(f"{value}-01")
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(value)
    return first


def _like(pattern: str, value: str) -> str:
    if not re.fullmatch(pattern, value):
        raise ValueError(value)
    return value
