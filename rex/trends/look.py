"""One look at the trends: who reads, what is asked, and the units that all its figures share. Every section is read from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rex.access import Reader
from rex.db import RexSession
from rex.referentiel.markers import Marker, markers_for
from rex.trends.asked import Asked, Jalon
from rex.trends.crossing import not_crossed
from rex.trends.units import Colleges, Units, colleges_of, units_of

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    session: RexSession
    reader: Reader
    asked: Asked
    units: Units
    colleges: Colleges
    jalons: Sequence[Jalon] = ()
    _found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, read: Callable[["Look"], T]) -> T:
        """What several sections read of this look, read by the first of them."""
        if read not in self._found:
            self._found[read] = read(self)
        return self._found[read]


def look_at(session: RexSession, reader: Reader, asked: Asked, jalons: Sequence[Jalon] = ()) -> Look:
    """With the units of the place (two statements; one more for a balise of a collectif's own)."""
    return look_with(session, reader, asked, units_of(session, asked.place), colleges_of(session, asked.place), jalons)


def look_with(
    session: RexSession, reader: Reader, asked: Asked, units: Units, colleges: Colleges, jalons: Sequence[Jalon] = ()
) -> Look:
    """The same, with units that were read already."""
    return Look(session, reader, _narrowed(session, reader, asked, units, colleges), units, colleges, jalons)


def _narrowed(session: RexSession, reader: Reader, asked: Asked, units: Units, colleges: Colleges) -> Asked:
    """Without the filters that name nothing here: a link may be older than the merging of a service or the end of a balise."""
    if asked.balise and not _is_here(markers_for(session, [asked.balise], reader.slugs).get(asked.balise), asked):
        asked = asked.without("La balise demandée n’est pas de ce référentiel : la page les prend toutes.", "balise", "enjeu")
    if asked.unit and units.find(asked.unit) is None:
        place = "territoire" if units.is_reseau else "service"
        asked = asked.without(f"Le {place} demandé n’a pas sa ligne ici : la page les prend tous.", "unit")
    if asked.college and not colleges.name(asked.college):
        asked = asked.without("Le collège demandé n’a pas sa ligne ici : la page les prend tous.", "college")
    return (
        asked.without(not_crossed(asked.place) + " La page garde le premier.", "college") if asked.unit and asked.college else asked
    )


def _is_here(marker: Marker | None, asked: Asked) -> bool:
    """An own balise is of one journal: in another, and in the réseau, it narrows nothing."""
    return marker is not None and marker.collectif_id in (None, asked.place.collectif_id)
