"""The récits of the page, each looked up once: the units that signed it, those that it links to them, the balises that it carries.

The base gives one row for each récit; it is counted here. Counted in the base, pairs of units would be sorted there one by one: a
year of a large journal took half a minute."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, and_, cast, func, select

from rex.journal.models import Entry, Recit
from rex.trends import inner
from rex.trends.behind import rows_behind, told_here
from rex.trends.gathered import gathered
from rex.trends.look import Look
from rex.trends.units import Units
from rex.trends.with_whom import is_beside, stands

_LANE = 32  # bits of the count of a unit: four thousand million récits
_LARGEST = (1 << _LANE) - 1


class Lanes(dict[str, int]):
    """A set of units as one number, with a lane of bits for each of those shown: a union is an « or », and a sum of sets holds how
    often each unit is in them. By id of a service (of a territory in the réseau), as the base gathers them; of no unit, it is 0."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self.unit_keys = [one.key for one in units.shown]
        self._lane = {key: 1 << (_LANE * rank) for rank, key in enumerate(self.unit_keys)}

    def __missing__(self, written: str) -> int:
        unit = self._units.unit_of(int(written) or None)
        self[written] = lane = self._lane[unit.key] if unit else 0
        return lane

    def of(self, ids: str | None) -> int:
        found = 0
        for one in ids.split(",") if ids else ():
            found |= self[one]
        return found

    def counts(self, added: int) -> list[int]:
        """How often each unit is there, in the order of the page."""
        return [(added >> (_LANE * rank)) & _LARGEST for rank in range(len(self.unit_keys))]


@dataclass(frozen=True)
class Recits:
    """Sets of units are told by `lanes`. `signed`: how many récits these units signed together; `around`: the units that those
    récits link, themselves too, added up; `tagged`: how many récits carry these balises (« C1,E2 »), and who signed, added up."""

    lanes: Lanes
    signed: Mapping[int, int]
    around: Mapping[int, int]
    tagged: Mapping[str, tuple[int, int]]


def recits_of(look: Look) -> Recits:
    """One statement."""
    lanes = Lanes(look.units)
    number, around = defaultdict(int), defaultdict(int)
    carrying, signing = defaultdict(int), defaultdict(int)
    for signatures, answers, beside, codes in rows_behind(look, _by_recit(look)):
        signed = lanes.of(signatures)
        number[signed] += 1
        around[signed] += signed | lanes.of(answers) | lanes.of(beside)
        if codes:
            carrying[codes] += 1
            signing[codes] += signed
    return Recits(lanes, number, around, {codes: (times, signing[codes]) for codes, times in carrying.items()})


def _by_recit(look: Look) -> Any:
    told, units = told_here(look, Entry.collectif_id, Recit.action_id), look.units
    signed = cast(told.c.collectif_id, String) if units.is_reseau else _signatures(told)
    return select(signed, _answers(told, units), _beside(look, told), _codes(told)).select_from(told)


def _signatures(told: CTE) -> ColumnElement[Any]:
    return (
        select(gathered(inner.signature.c.service_id))
        .where(inner.signature.c.entry_id == told.c.id, inner.is_given(inner.signature.c))
        .correlate(told)
        .scalar_subquery()
    )


def _answers(told: CTE, units: Units) -> ColumnElement[Any]:
    here = (inner.answer.c.entry_id == told.c.id, stands(inner.answer.c, units))
    if not units.is_reseau:
        return select(gathered(inner.answer.c.service_id)).where(*here).correlate(told).scalar_subquery()
    of = inner.answer.join(inner.service, inner.service.c.id == inner.answer.c.service_id)
    return select(gathered(inner.service.c.collectif_id)).select_from(of).where(*here).correlate(told).scalar_subquery()


def _beside(look: Look, told: CTE) -> ColumnElement[Any]:
    same = inner.other_recit.join(inner.other_entry, inner.other_entry.c.id == inner.other_recit.c.id)
    if look.units.is_reseau:
        found = select(gathered(inner.other_entry.c.collectif_id)).select_from(same)
    else:
        found = select(gathered(inner.other_signature.c.service_id)).select_from(
            same.join(
                inner.other_signature,
                and_(inner.other_signature.c.entry_id == inner.other_recit.c.id, inner.is_given(inner.other_signature.c)),
            )
        )
    others = (inner.other_recit.c.action_id == told.c.action_id, inner.other_recit.c.id != told.c.id)
    return found.where(*others, is_beside(look.reader, look.units, inner.other_entry.c, told.c)).correlate(told).scalar_subquery()


def _codes(told: CTE) -> ColumnElement[Any]:
    return (
        select(func.aggregate_strings(inner.tag.c.code, ","))
        .where(inner.tag.c.entry_id == told.c.id)
        .correlate(told)
        .scalar_subquery()
    )
