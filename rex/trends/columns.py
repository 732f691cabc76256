"""What balises are told by: the four enjeux, or the balises of one that is chosen, or one balise alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func

from rex.journal.models import Tagging
from rex.referentiel.content import ENJEUX, balises_of
from rex.referentiel.markers import REFERENTIEL, Marker, markers_for
from rex.trends.figures import Figure, Kind, When
from rex.trends.look import Look

ENJEU_NAMES = {"E": "l’engagement", "S": "l’intégration systémique", "C": "la coopération", "V": "la valeur"}


@dataclass(frozen=True)
class Column:
    """An enjeu, or a balise (`marker`). `said`: how a sentence names it."""

    code: str
    label: str
    enjeu: str
    said: str
    marker: Marker | None = None

    def figure(self, kind: Kind = Kind.RECITS, when: When = When.NOW, **more: Any) -> Figure:
        """What a number of this column counts."""
        enjeu, balise = ("", self.code) if self.marker else (self.code, "")
        return Figure(kind, when, enjeu, balise, **more)


@dataclass(frozen=True)
class Columns:
    """In the order of the référentiel. `by_balise`: of balises, and not of enjeux."""

    items: tuple[Column, ...]
    by_balise: bool

    def __iter__(self):
        return iter(self.items)

    @property
    def number(self) -> int:
        return len(self.items)

    @property
    def code(self) -> Any:
        """The column of a row of `Tagging`."""
        return Tagging.code if self.by_balise else func.substr(Tagging.code, 1, 1)

    @property
    def holds(self) -> ColumnElement[bool]:
        """Whether a row of `Tagging` is in one of them: a balise of a collectif's own is of no enjeu."""
        if self.number == 1:
            return Tagging.code == self.items[0].code
        # No list of codes: SQLite would look up each of them for each entry.
        of_enjeu = [func.substr(Tagging.code, 1, 1) == self.items[0].enjeu] if self.by_balise else []
        return and_(func.length(Tagging.code) == 2, *of_enjeu)

    def among(self, codes: Iterable[str]) -> set[str]:
        """The columns that an entry with these balises is in."""
        known = {one.code for one in self.items}
        return known & {code if self.by_balise else code[:1] for code in codes if self.by_balise or len(code) == 2}

    @property
    def what(self) -> str:
        return "balise" if self.by_balise else "enjeu"


def columns_of(look: Look) -> Columns:
    """No statement, but for a balise of a collectif's own (one)."""
    asked = look.asked
    if asked.balise:
        found = markers_for(look.session, [asked.balise], look.reader.slugs)
        if found:
            return Columns((column_of(found[asked.balise]),), by_balise=True)
    if asked.enjeu:
        return Columns(tuple(column_of(REFERENTIEL[one.code]) for one in balises_of(asked.enjeu)), by_balise=True)
    return Columns(tuple(Column(one.code, one.label, one.code, ENJEU_NAMES[one.code]) for one in ENJEUX), by_balise=False)


def column_of(marker: Marker) -> Column:
    return Column(marker.code, marker.label, marker.enjeu, f"« {marker.label} »", marker)
