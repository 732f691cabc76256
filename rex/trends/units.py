"""Who figures speak of: services and structures, collèges, territories of the réseau. Never a person.

One in which fewer than three people ever wrote is not a figure by itself: such ones are merged, two at least. If there is only
one, the oldest of the others joins it, so that no total less the rest gives it. This is of the whole life of a journal, the same
for all periods, filters, readers and exports: between two such pages nothing is to be subtracted. It changes when somebody
writes: two exports, before and after a service began or came to be named, may differ by what that service told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from rex import french
from rex.collectifs.models import Collectif, College, Service, ServiceKind
from rex.db import BigId, RexSession
from rex.journal.models import Audience, Authorship, Entry
from rex.kept import Kept
from rex.shapes import Shape
from rex.tensions.voices import WRITERS
from rex.trends.asked import Place

OTHERS, NO_SERVICE = "autres", "sans"  # in addresses
OTHERS_NAME, NO_SERVICE_NAME = "Autres services", "Sans service"
OTHER_COLLEGES_NAME, OTHER_PLACES_NAME = "Autres collèges", "Autres territoires"
_OTHERS, _NONE = -1, 0  # in statements, beside ids of rows


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
        there = row_id or _NONE
        shown_as = _OTHERS if there in self.merged else there
        return None if there in self.hidden else next((one for one in self.shown if one.id == shown_as), None)

    def holds(self, of: Any, key: str) -> ColumnElement[bool]:
        """Whether a column of ids is of this unit; of no unit, for a key that names none."""
        unit = self.find(key)
        if unit is None:
            return literal(False)
        rows = sorted(self.merged) if unit.id == _OTHERS else [unit.id]
        there = [of.in_([one for one in rows if one != _NONE])] if any(one != _NONE for one in rows) else []
        return or_(*there, of.is_(None)) if _NONE in rows else and_(*there)


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


def merged_among(writers: Mapping[Any, int], ranks: Mapping[Any, int]) -> tuple[frozenset[Any], frozenset[Any]]:
    """(told together, told by nobody) among these, by how many people wrote there. The named one of the first rank joins a small
    one that is alone: ranks that change with time would let what is told on two days, subtracted, tell the small one."""
    small = frozenset(one for one, number in writers.items() if 0 < number < WRITERS)
    named = sorted((one for one, number in writers.items() if number >= WRITERS), key=lambda one: (ranks.get(one, 0), str(one)))
    if len(small) != 1:
        return small, frozenset()
    return (small | {named[0]}, frozenset()) if named else (frozenset(), small)


def units_of(session: RexSession, place: Place) -> Units:
    """The units of a journal (or of the réseau), the same for all who read it. Two statements."""
    if place.is_reseau:
        return _territories(session)

    with session.as_system("in which services at least three people wrote, over their life"):
        rows = _places(session).services.rows(session, place=place.collectif_id)
        without = sum(row.writers for row in _places(session).alone.rows(session, place=place.collectif_id))
    writers = {row.id: row.writers for row in rows} | {_NONE: without}
    merged, hidden = merged_among(writers, {row.id: row.id for row in rows})
    named = [
        Unit(row.id, row.public_id, row.name, row.kind is ServiceKind.STRUCTURE)
        for row in rows
        if row.writers and row.id not in merged | hidden
    ]
    shown = sorted(named, key=lambda one: (french.fold(one.name), one.id))
    if without and _NONE not in merged | hidden:
        shown.append(Unit(_NONE, NO_SERVICE, NO_SERVICE_NAME))
    if merged:
        shown.append(Unit(_OTHERS, OTHERS, OTHERS_NAME))
    return Units(tuple(shown), merged, hidden, few=sum(0 < number < WRITERS for number in writers.values()))


def colleges_of(session: RexSession, place: Place) -> Colleges:
    """The collèges of a journal, or of the réseau. One statement."""

    def of_college(college: College) -> Callable[[Any, Any], ColumnElement[bool]]:
        return lambda by, entry: and_(entry.audience == Audience.RESEAU, by.college == college)

    with session.as_system("in which collèges at least three people wrote, over their life"):
        if place.is_reseau:
            found = session.execute(select(*(_up_to_three(of_college(one)) for one in College))).one()
        else:
            found = _places(session).colleges.rows(session, place=place.collectif_id)[0][1:]
    writers = dict(zip(College, found, strict=True))
    merged, hidden = merged_among(writers, {one: rank for rank, one in enumerate(College)})
    shown = [(one.value, one.label) for one in College if writers[one] and one not in merged | hidden]
    if merged:
        shown.append((OTHERS, OTHER_COLLEGES_NAME))
    in_order = tuple(one for one in College if one in merged)
    return Colleges(tuple(shown), in_order, tuple(hidden), tuple(one for one in College if not writers[one]))


def _territories(session: RexSession) -> Units:
    def opened(by: Any, entry: Any) -> ColumnElement[bool]:
        return and_(entry.audience == Audience.RESEAU, entry.collectif_id == Collectif.id)

    with session.as_system("in which territories at least three people opened something to the réseau"):
        wrote = _up_to_three(opened, of=Collectif)
        rows = session.execute(select(Collectif.id, Collectif.public_id, Collectif.name, wrote.label("writers"))).all()
    writers = {row.id: row.writers for row in rows}
    merged, hidden = merged_among(writers, {row.id: row.id for row in rows})
    named = [Unit(row.id, row.public_id, row.name) for row in rows if row.writers and row.id not in merged | hidden]
    shown = sorted(named, key=lambda one: (french.fold(one.name), one.id))
    if merged:
        shown.append(Unit(_OTHERS, OTHERS, OTHER_PLACES_NAME))
    return Units(tuple(shown), merged, hidden, is_reseau=True, few=sum(0 < number < WRITERS for number in writers.values()))


class _Places:
    """The statements of a kind of base. They are read on each page, and longer to build than to run."""

    def __init__(self, up_to_three: Callable[..., Any]) -> None:
        self.up_to_three = up_to_three
        self.services, self.alone, self.colleges = Kept(self._services), Kept(self._alone), Kept(self._colleges)

    def _services(self, _: Shape) -> Any:
        return select(
            Service.id,
            Service.public_id,
            Service.name,
            Service.kind,
            self.up_to_three(lambda by, entry: by.service_id == Service.id, of=Service).label("writers"),
        ).where(Service.collectif_id == _place())

    def _alone(self, _: Shape) -> Any:
        """Who has no service."""
        writers = self.up_to_three(lambda by, entry: and_(by.service_id.is_(None), entry.collectif_id == _place()))
        return select(Collectif.id, writers.label("writers")).where(Collectif.id == _place())

    def _colleges(self, _: Shape) -> Any:
        """One row: the collectif, then each collège in the order of the list of all."""

        def of_college(college: College) -> Callable[[Any, Any], ColumnElement[bool]]:
            return lambda by, entry: and_(entry.collectif_id == _place(), by.college == college)

        counts = [self.up_to_three(of_college(one)).label(one.value) for one in College]
        return select(Collectif.id, *counts).where(Collectif.id == _place())


def _place() -> BindParameter[int]:
    return bindparam("place", type_=BigId)


def _signed(where: Callable[[Any, Any], ColumnElement[bool]], of: Any = None) -> tuple[Any, Any]:
    """Who signed there what was told (`where`: of a signature and its entry), and the column that says it. `of`: the class of the
    statement around it that `where` names."""
    by, entry = aliased(Authorship), aliased(Entry)
    told = and_(by.entry_id == entry.id, entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU)), entry.suspended_at.is_(None))
    signed = select(by.user_id).where(where(by, entry), told)
    return (signed if of is None else signed.correlate(of)), by.user_id


def _up_to_three(where: Callable[[Any, Any], ColumnElement[bool]], of: Any = None) -> Any:
    """How many people signed there, counted no further than the third, however much was written. Those whose account is gone count
    as one when nobody else wrote there: what they told is to be told with others, too."""
    signed, user_id = _signed(where, of)
    known = signed.where(user_id.is_not(None)).distinct().limit(WRITERS).subquery()
    return _or_gone(func.nullif(select(func.count()).select_from(known).scalar_subquery(), 0), where, of)


def _one_after_another(where: Callable[[Any, Any], ColumnElement[bool]], of: Any = None) -> Any:
    """The same for PostgreSQL, which reads all that was ever signed before it keeps three: one, then one other, then a third."""
    found: list[Any] = []
    for _ in range(WRITERS):
        signed, user_id = _signed(where)
        others = [user_id != one.c.user_id for one in found]
        around = found if of is None else [of, *found]
        found.append(signed.where(user_id.is_not(None), *others).limit(1).correlate(*around).lateral())
    together = found[0]
    for one in found[1:]:
        together = together.outerjoin(one, true())
    number = case(*((one.c.user_id.is_not(None), rank) for rank, one in reversed(list(enumerate(found, 1)))))
    counted = select(number).select_from(together)
    return _or_gone((counted if of is None else counted.correlate(of)).scalar_subquery(), where, of)


def _or_gone(number: Any, where: Callable[[Any, Any], ColumnElement[bool]], of: Any) -> Any:
    signed, user_id = _signed(where, of)
    return func.coalesce(number, case((signed.where(user_id.is_(None)).exists(), 1), else_=0))


_ANY, _POSTGRESQL = _Places(_up_to_three), _Places(_one_after_another)


def _places(session: RexSession) -> _Places:
    return _POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _ANY
