"""What a list is narrowed to, read from its address: an address can be shared, and a wrong one narrows nothing."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rex import clock
from rex.clock import Period
from rex.collectifs.models import College
from rex.journal.list_queries import Filters

NAMES = ("enjeu", "balise", "service", "college", "periode", "du", "au", "reseau")  # nothing else of an address is repeated
PERIODS = [("mois", "Ce mois-ci"), ("trimestre", "Ce trimestre"), ("annee", "Cette année"), ("12-mois", "Les douze derniers mois")]


def filters_from(given: Mapping[str, str], today: date) -> Filters:
    """The filters of an address (enjeu, balise, service, college, periode or du and au, reseau)."""
    college = given.get("college", "")
    return Filters(
        enjeu=given.get("enjeu", "") if given.get("enjeu", "") in ("E", "S", "C", "V") else "",
        balise=_like(r"[ESCV][1-6]|[A-Za-z0-9_-]{16}", given.get("balise", "")),
        service=_like(r"[A-Za-z0-9_-]{16}", given.get("service", "")),
        college=College(college) if college in set(College) else None,
        period=period_from(given, today),
        reseau=given.get("reseau") == "1",
    )


def period_from(given: Mapping[str, str], today: date) -> Period | None:
    """A named period, or the days of `du` and `au`, in either order."""
    named = given.get("periode", "")
    if named == "mois":
        return Period(today.replace(day=1), None)
    if named == "trimestre":
        return clock.quarter_of(today)
    if named == "annee":
        return Period(today.replace(month=1, day=1), None)
    if named == "12-mois":
        return Period(clock.months_after(today, -12), None)
    starts, ends = _day(given.get("du", "")), _day(given.get("au", ""))
    if starts and ends and starts > ends:
        starts, ends = ends, starts
    return Period(starts, ends) if starts or ends else None


def without_each(filters: Filters) -> list[tuple[str, Filters]]:
    """The same filters with one of them taken off, for each that is set: (its name in the address, the others)."""
    empty = Filters()
    names = {"enjeu": "enjeu", "balise": "balise", "service": "service", "college": "college", "period": "periode"}
    return [
        (name, replace(filters, **{attribute: getattr(empty, attribute)}))
        for attribute, name in names.items()
        if getattr(filters, attribute) != getattr(empty, attribute)
    ]


def _like(pattern: str, value: str) -> str:
    return value if re.fullmatch(pattern, value) else ""


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
