"""What a page of trends is asked: where, which days, against which others, narrowed to what.

All of it stands in the address and can be shared; a wrong value narrows nothing, and the page says so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol
from urllib.parse import urlencode

from rex.trends.figures import Figure
from rex.trends.periods import LAST_MONTHS, NAMES, Span, between, is_day, last_months, span_from

ENJEUX = ("E", "S", "C", "V")
PREVIOUS, YEAR_BEFORE = "precedente", "un-an-plus-tot"  # what « avec » says, beside the public ids of jalons


class Jalon(Protocol):
    """A jalon: a named date of the collectif."""

    @property
    def public_id(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """A collectif, or what all collectifs opened to the réseau (no id)."""

    collectif_id: int | None
    slug: str
    name: str
    timezone: str

    @property
    def is_reseau(self) -> bool:
        return self.collectif_id is None

    @property
    def root(self) -> str:
        """The address of its trends."""
        return "/tendances" if self.is_reseau else f"/c/{self.slug}/tendances"


@dataclass(frozen=True)
class Asked:
    """`unit`: a service or a structure (its public id, `units.OTHERS` for those that are merged, `units.NO_SERVICE`); in the
    réseau a territory. `compared`: the days that figures are held against; `jalon`: the jalon before which they lie;
    `is_year_before`: they are the same days a year before.
    `set_aside`: what the address asks and the page does not do, a sentence each."""

    place: Place
    today: date
    span: Span
    compared: Span
    jalon: str = ""
    jalon_name: str = ""
    is_year_before: bool = False
    enjeu: str = ""
    balise: str = ""
    unit: str = ""
    college: str = ""
    set_aside: tuple[str, ...] = ()
    wants_dates: bool = False  # and gave none yet

    @property
    def is_narrowed(self) -> bool:
        return bool(self.enjeu or self.balise or self.unit or self.college)

    @property
    def held_against(self) -> str:
        """What the address says of the days compared; nothing for those just before."""
        return YEAR_BEFORE if self.is_year_before else self.jalon

    @property
    def address(self) -> dict[str, str]:
        """What of an address asks for this again."""
        chosen = {"enjeu": self.enjeu, "balise": self.balise, "service": self.unit, "college": self.college}
        chosen = {"avec": self.held_against} | chosen
        return self.span.address | {name: value for name, value in chosen.items() if value}

    @property
    def url(self) -> str:
        return self.at("")

    def at(self, path: str, **more: str) -> str:
        """The address of a page below, asked the same."""
        given = urlencode(self.address | {name: value for name, value in more.items() if value})
        return f"{self.place.root}{path}" + (f"?{given}" if given else "")

    def url_of(self, figure: Figure) -> str:
        """The address of the list that this figure counts. A page has hundreds: what is asked is written once, and nothing in a
        figure needs to be quoted (`figures.figure_from` takes nothing else)."""
        return self._lists + "&".join(f"{name}={value}" for name, value in figure.address.items())

    @cached_property
    def _lists(self) -> str:
        asked = self.at("/entrees")
        return f"{asked}&" if "?" in asked else f"{asked}?"

    def but(self, **changed: str) -> "Asked":
        """Asked otherwise: another enjeu, another unit…"""
        return replace(self, **changed)

    def without(self, why: str, *names: str) -> "Asked":
        """What these say is not done, and the page tells why."""
        return replace(self, set_aside=(*self.set_aside, why), **dict.fromkeys(names, ""))


def asked_from(given: Mapping[str, str], place: Place, today: date, jalons: Sequence[Jalon] = ()) -> Asked:
    """What this address asks. `today`: on the calendar of the place."""
    span, wrong = _days(given, today)
    jalon, why_not = _jalon(given.get("avec", ""), span, jalons)
    year_before, why_no_year = _year_before(given.get("avec", ""), span, today)
    balise = _like(r"[ESCV][1-6]|[A-Za-z0-9_-]{16}", given.get("balise", ""))
    enjeu = balise[0] if len(balise) == 2 else given.get("enjeu", "") if given.get("enjeu", "") in ENJEUX else ""
    unit = _like(r"[A-Za-z0-9_-]{16}|autres|sans", given.get("service", ""))
    college = _like(r"[a-z]{2,12}", given.get("college", ""))
    return Asked(
        place,
        today,
        span,
        year_before or span.before(today, jalon.day if jalon else None),
        jalon=jalon.public_id if jalon else "",
        jalon_name=jalon.name if jalon else "",
        is_year_before=year_before is not None,
        enjeu=enjeu,
        balise=balise,
        unit=unit,
        college=college,
        set_aside=(*wrong, *why_not, *why_no_year, *_not_understood(given, enjeu, balise, unit, college)),
        wants_dates=bool(wrong) and given.get("periode") == "dates",
    )


def _not_understood(given: Mapping[str, str], enjeu: str, balise: str, unit: str, college: str) -> tuple[str, ...]:
    """A filter that has not even the shape of one."""
    kept = {"balise": balise, "service": unit, "college": college, "enjeu": enjeu or balise}
    is_lost = any(given.get(name, "") and not value for name, value in kept.items())
    return ("Un filtre de l’adresse n’est pas compris : il est retiré.",) if is_lost else ()


def _days(given: Mapping[str, str], today: date) -> tuple[Span, tuple[str, ...]]:
    """The days asked; the last three months for those that no calendar has, or that are to come, and why; free dates that go on
    after today, until today."""
    span, name = span_from(given, today), given.get("periode", "")
    if span.starts_on > today:
        return last_months(today), ("La période demandée n’a pas commencé : voici les trois derniers mois.",)
    if is_cut := span.goes_beyond(today):
        span = between(span.starts_on, today)
    if any(given.get(one) and not is_day(given[one]) for one in ("du", "au")) and not span.name:
        return span, (f"Une date de l’adresse n’existe pas : voici ce qui s’est raconté {span.label}.",)
    if is_cut:
        return span, (f"La période demandée finit après aujourd’hui : voici ce qui s’est raconté {span.label}.",)
    if span.name != LAST_MONTHS or name == LAST_MONTHS or not any(given.get(one) for one in NAMES):
        return span, ()
    why = "Entre deux dates : donnez au moins un jour." if name == "dates" else "Cette période n’est pas du calendrier."
    return span, (f"{why} En attendant, voici les trois derniers mois.",)


def _jalon(public_id: str, span: Span, jalons: Sequence[Jalon]) -> tuple[Jalon | None, tuple[str, ...]]:
    """The jalon asked; or none, and why: days compared with a part of themselves would be counted twice."""
    if public_id in ("", PREVIOUS, YEAR_BEFORE):
        return None, ()
    jalon = next((one for one in jalons if one.public_id == public_id), None)
    if jalon is None:
        return None, ("Le jalon demandé n’existe plus : la comparaison est avec la période d’avant.",)
    if jalon.day > span.starts_on:
        return None, (
            f"Le jalon « {jalon.name} » vient après le début de la période : la comparaison est avec la période d’avant. Pour "
            "comparer avant et après lui, choisissez une période qui commence ce jour-là ou plus tard.",
        )
    return jalon, ()


def _year_before(held_against: str, span: Span, today: date) -> tuple[Span | None, tuple[str, ...]]:
    """The same days a year before, if they are asked; or none, and why, as for a jalon."""
    found = span.a_year_before(today) if held_against == YEAR_BEFORE else None
    if found and found.ends_on >= span.starts_on:
        return None, (
            "La période dure plus d’un an : un an plus tôt, elle se compterait en partie deux fois. La comparaison est avec la "
            "période d’avant.",
        )
    return found, ()


def _like(pattern: str, value: str) -> str:
    return value if re.fullmatch(pattern, value) else ""
