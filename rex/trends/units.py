"""Who figures speak of: services and structures, collèges, territories of the réseau. Never a person.

Which ones are named is said in `rex.tensions.naming`, once for trends, tensions and letters; territories are held to the same rule.
It is of the whole life of a journal, the same for all periods, filters, readers and exports: a service too small to be named is
never a row, a filter or an axis of its own; nor, where somebody else wrote, what is left of a total less all that is named.

What it does not hold: the rule is per service, not per cell. « Autres services », over days when only one of them told something,
is that one, and whoever opens the list reads who signed: entries are signed, and read by all members. Who is named changes when
somebody writes: two exports, before and after a service began or came to be named, may differ by what that service told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select

from rex import french
from rex.collectifs.models import Collectif, College, ServiceKind
from rex.db import RexSession
from rex.journal.models import Audience
from rex.tensions.naming import (
    OTHER_COLLEGES,
    NamedColleges,
    few_among,
    merged_among,
    named_among_colleges,
    named_colleges,
    named_services,
)
from rex.tensions.naming import OTHERS as OTHERS_NAME
from rex.tensions.writers import FROM_NONE, Where, up_to_three
from rex.trends.asked import Place

OTHERS, NO_SERVICE = "autres", "sans"  # in addresses
NO_SERVICE_NAME, OTHER_PLACES_NAME = "Sans service", "Autres territoires"
_OTHERS = -1  # in statements, beside ids of rows


@dataclass(frozen=True)
class Unit:
    """`id`: in statements; `key`: in addresses."""

    id: int
    key: str
    name: str
    is_structure: bool = False


@dataclass(frozen=True)
class Units:
    """Those that figures may name, in alphabetical order, the merged ones last. `merged`: ids of rows (0: who has no service);
    `hidden`: one that is alone and small, with nothing to join it. `few`: how many are too small to be named."""

    shown: tuple[Unit, ...]
    merged: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    is_reseau: bool = False
    few: int = 0

    def find(self, key: str) -> Unit | None:
        return next((one for one in self.shown if one.key == key), None)

    def unit_of(self, row_id: int | None) -> Unit | None:
        """The unit in which a service (or a territory) is shown."""
        there = row_id or FROM_NONE
        shown_as = _OTHERS if there in self.merged else there
        return None if there in self.hidden else next((one for one in self.shown if one.id == shown_as), None)

    def holds(self, of: Any, key: str) -> ColumnElement[bool]:
        """Whether a column of ids is of this unit; of no unit, for a key that names none."""
        unit = self.find(key)
        if unit is None:
            return literal(False)
        rows = sorted(self.merged) if unit.id == _OTHERS else [unit.id]
        there = [of.in_([one for one in rows if one != FROM_NONE])] if any(one != FROM_NONE for one in rows) else []
        return or_(*there, of.is_(None)) if FROM_NONE in rows else and_(*there)


@dataclass(frozen=True)
class Colleges:
    """The collèges that figures may name, by their rank in the list of all; `merged` are told together, `absent` never wrote."""

    shown: tuple[tuple[str, str], ...]  # key, name
    merged: tuple[College, ...] = ()
    hidden: tuple[College, ...] = ()
    absent: tuple[College, ...] = ()

    def name(self, key: str) -> str:
        return dict(self.shown).get(key, "")

    def key_of(self, college: College | None) -> str:
        if college is None or college in self.hidden or college in self.absent:
            return ""
        return OTHERS if college in self.merged else college.value

    def holds(self, of: Any, key: str) -> ColumnElement[bool]:
        if not self.name(key):
            return literal(False)
        return of.in_(self.merged) if key == OTHERS else of == College(key)


def units_of(session: RexSession, place: Place) -> Units:
    """The units of a journal (or of the réseau), the same for all who read it. One statement."""
    if place.collectif_id is None:
        return _territories(session)
    there = named_services(session, place.collectif_id)
    shown = _in_order(
        Unit(one.id, one.public_id, one.name, one.kind is ServiceKind.STRUCTURE) for one in there.named if one.id != FROM_NONE
    )
    if there.names_who_has_none():
        shown.append(Unit(FROM_NONE, NO_SERVICE, NO_SERVICE_NAME))
    if there.merged:
        shown.append(Unit(_OTHERS, OTHERS, OTHERS_NAME))
    return Units(tuple(shown), there.merged, there.hidden, few=there.few)


def colleges_of(session: RexSession, place: Place) -> Colleges:
    """The collèges of a journal, or of the réseau. One statement."""
    there = _colleges_of_reseau(session) if place.collectif_id is None else named_colleges(session, place.collectif_id)
    shown = [(one.value, one.label) for one in there.named]
    if there.merged:
        shown.append((OTHERS, OTHER_COLLEGES))
    return Colleges(tuple(shown), there.merged, there.hidden, there.absent)


def _territories(session: RexSession) -> Units:
    def opened(by: Any, entry: Any) -> ColumnElement[bool]:
        return and_(entry.audience == Audience.RESEAU, entry.collectif_id == Collectif.id)

    with session.as_system("in which territories at least three people opened something to the réseau"):
        wrote = up_to_three(opened, of=Collectif)
        rows = session.execute(select(Collectif.id, Collectif.public_id, Collectif.name, wrote.label("writers"))).all()
    merged, hidden = merged_among({row.id: row.writers for row in rows}, {row.id: row.id for row in rows})
    shown = _in_order(Unit(row.id, row.public_id, row.name) for row in rows if row.writers and row.id not in merged | hidden)
    if merged:
        shown.append(Unit(_OTHERS, OTHERS, OTHER_PLACES_NAME))
    return Units(tuple(shown), merged, hidden, is_reseau=True, few=few_among(row.writers for row in rows))


def _colleges_of_reseau(session: RexSession) -> NamedColleges:
    def from_college(college: College) -> Where:
        return lambda by, entry: and_(entry.audience == Audience.RESEAU, by.college == college)

    with session.as_system("in which collèges at least three people wrote, over their life"):
        found = session.execute(select(*(up_to_three(from_college(one)) for one in College))).one()
    return named_among_colleges(dict(zip(College, found, strict=True)))


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda one: (french.fold(one.name), one.id))
