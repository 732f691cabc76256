"""The page on which a lecture was written: what it was narrowed to, as it is called today, and where it is.

A lecture keeps codes and identifiers, never a name. The rule of the page itself names them (`rex.trends.look`): what has no name
there any more, a service too small, a jalon taken away, drops out of what is said and of the address, silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.french import fold, typo
from rex.referentiel.content import ENJEUX
from rex.referentiel.markers import markers_for
from rex.trends.asked import Jalon, Place, asked_from
from rex.trends.jalons import jalons_of
from rex.trends.look import Look, look_with
from rex.trends.models import CounterReading
from rex.trends.periods import NAMES, between
from rex.trends.subjects import uncrossed
from rex.trends.units import NO_SERVICE, OTHERS, Colleges, Units, colleges_of, units_of

FILTERS = ("avec", "enjeu", "balise", "service", "college")  # what an address says beside its days


@dataclass(frozen=True)
class WrittenOn:
    """`words`: « page « Coopération », service Voirie ». Both are empty for a page that nothing narrows."""

    words: str = ""
    url: str = ""

    @property
    def sentence(self) -> str:
        """« Écrite sur la page « Coopération », service Voirie. »"""
        return typo(f"Écrite sur la {self.words}.") if self.words else ""


UNNARROWED = WrittenOn()


class Pages:
    """Those of a journal on which its lectures were written. `look`: the page that one is on, which read what names filters; else
    that is read once, when a lecture has such a filter: a statement for each kind that is not of the référentiel."""

    def __init__(self, session: RexSession, reader: Reader, seat: MembershipView, look: Look | None = None) -> None:
        self._session, self._reader, self._seen = session, reader, look
        self._place = Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)

    def of(self, reading: CounterReading) -> WrittenOn:
        return written_on(self._look(reading)) if reading.filters else UNNARROWED

    def filters_of(self, reading: CounterReading) -> dict[str, str]:
        """Those that its page has today, as its address says them."""
        return filters_of(self._look(reading)) if reading.filters else {}

    def _look(self, reading: CounterReading) -> Look:
        of_college = reading.college is not None  # of an archive too
        kept = uncrossed(dict(parse_qsl(reading.filters)), reading.section, reading.subject, of_college=of_college)
        given = kept | between(reading.starts_on, reading.ends_on).address
        jalons = self._jalons if given.get("avec") else ()
        asked = asked_from(given, self._place, clock.today(self._place.timezone), jalons)
        units, colleges = self._units if asked.unit else Units(()), self._colleges if asked.college else Colleges(())
        return look_with(self._session, self._reader, asked, units, colleges, jalons)

    @cached_property
    def _jalons(self) -> Sequence[Jalon]:
        return self._seen.jalons if self._seen else jalons_of(self._session, self._reader, self._place.collectif_id or 0)

    @cached_property
    def _units(self) -> Units:
        return self._seen.units if self._seen else units_of(self._session, self._place)

    @cached_property
    def _colleges(self) -> Colleges:
        return self._seen.colleges if self._seen else colleges_of(self._session, self._place)


def filters_of(look: Look) -> dict[str, str]:
    """What narrows a page, or what it is compared with, as its address says it; without its days."""
    return {name: value for name, value in look.asked.address.items() if name not in NAMES}


def written_on(look: Look) -> WrittenOn:
    asked = look.asked
    about, heard = _about(look), [*_unit(look), *_college(look)]
    compared = [f"comparée aux jours d’avant « {asked.jalon_name} »"] if asked.jalon else []
    if asked.is_year_before:
        compared = ["comparée à un an plus tôt"]
    if not (about or heard or compared):
        return UNNARROWED
    head = f"page « {about} »" if about else "page filtrée" if heard else f"page {compared.pop()}"
    return WrittenOn(typo(", ".join([head, *heard, *compared])), asked.url)


def _about(look: Look) -> str:
    """Its balise, or its enjeu."""
    asked = look.asked
    if asked.balise:
        return markers_for(look.session, [asked.balise], look.reader.slugs)[asked.balise].label
    return next((one.label for one in ENJEUX if one.code == asked.enjeu), "")


def _unit(look: Look) -> list[str]:
    unit = look.units.find(look.asked.unit) if look.asked.unit else None
    if unit is None:
        return []
    if unit.key in (OTHERS, NO_SERVICE):
        return [unit.name[:1].lower() + unit.name[1:]]
    return [_with("structure" if unit.is_structure else "service", unit.name)]


def _college(look: Look) -> list[str]:
    key = look.asked.college
    name = look.colleges.name(key) if key else ""
    if not name:
        return []
    return [name[:1].lower() + name[1:] if key == OTHERS else f"collège {name}"]


def _with(kind: str, name: str) -> str:
    """« service Voirie »; what says what it is by itself is not told twice (« Service technique »)."""
    return name if fold(name).startswith(kind) else f"{kind} {name}"
