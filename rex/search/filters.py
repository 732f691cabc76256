"""What a search is narrowed to, read from its address: a wrong value narrows nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from rex.access import Reader
from rex.clock import Period
from rex.journal.filters import period_from
from rex.search.models import FoundKind

NAMES = ("genre", "enjeu", "balise", "service", "periode", "du", "au", "ou")  # nothing else of an address is repeated
RESEAU = "reseau"
GENRES = (FoundKind.RECIT, FoundKind.DIFFICULTY, FoundKind.TENSION, FoundKind.RECOGNITION, FoundKind.EXCHANGE)


@dataclass(frozen=True)
class Filters:
    """All of it comes from the address and can be shared."""

    kind: FoundKind | None = None  # one of GENRES; the last one is all that is said under entries
    enjeu: str = ""
    balise: str = ""
    service: str = ""  # public id
    period: Period | None = None
    collectif_id: int | None = None
    reseau: bool = False  # what was opened to the réseau

    @property
    def is_empty(self) -> bool:
        return self == Filters()

    @property
    def number(self) -> int:
        """How many criteria narrow the search."""
        return sum(getattr(self, one.name) != one.default for one in fields(self))

    @property
    def without_kind(self) -> "Filters":
        return replace(self, kind=None)


def filters_from(given: Mapping[str, str], reader: Reader, today: date) -> Filters:
    """The filters of an address (genre, enjeu, balise, service, periode or du and au, ou: the slug of a collectif of theirs, or
    « reseau »)."""
    kind, where = given.get("genre", ""), given.get("ou", "")
    seat = reader.in_collectif(where)
    return Filters(
        kind=FoundKind(kind) if kind in GENRES else None,
        enjeu=given.get("enjeu", "") if given.get("enjeu", "") in ("E", "S", "C", "V") else "",
        balise=_like(r"[ESCV][1-6]|[A-Za-z0-9_-]{16}", given.get("balise", "")),
        service=_like(r"[A-Za-z0-9_-]{16}", given.get("service", "")),
        period=period_from(given, today),
        collectif_id=seat.collectif_id if seat else None,
        reseau=where == RESEAU and seat is None,
    )


def _like(pattern: str, value: str) -> str:
    return value if re.fullmatch(pattern, value) else ""
