"""From where tensions are told: the services that may be named, and how many people and services, as a rule of the house asks."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, null, select, union_all

from rex.journal.difficulty_models import Echo
from rex.journal.models import Authorship
from rex.tensions.voices import is_said
from rex.trends.look import Look
from rex.trends.units import NO_SERVICE, OTHERS


@dataclass(frozen=True)
class Voices:
    """`units`: with the filters of the page, those that may be named, by their keys. `people`, `services`: of all that is gathered,
    whatever is asked; two people for several, no further than the rule asks."""

    units: frozenset[str]
    people: int
    services: int


def of_places(told_ones: Any, which: ColumnElement[bool]) -> Select[Any]:
    """From where these difficulties are told, « je vis ça aussi » included: whoever reads this page is a member, and heard all that
    was said under what the journal is told."""
    said = union_all(*(_said_by(who, told_ones).where(which) for who in (Authorship, Echo))).subquery().c
    places = (said.tension_id, said.service_id, said.is_gone)
    people = (func.min(said.user_id), func.max(said.user_id))
    query = Select[Any](literal(1), *places, *people, null(), null(), said.service_name, said.college, func.max(said.fits))
    return query.group_by(*places, said.service_name, said.college)


def _said_by(who: Any, told_ones: Any) -> Select[Any]:
    """Who left the application is told from others by the place from which they spoke."""
    is_gone = who.user_id.is_(None)
    place = (who.service_id, who.service_name, case((is_gone, who.college), else_=null()).label("college"))
    gone = case((is_gone, 1), else_=0).label("is_gone")
    query = select(told_ones.c.tension_id, told_ones.c.fits, who.user_id, gone, *place)
    return query.select_from(told_ones).join(who, who.entry_id == told_ones.c.id).where(is_said(who))


def voices_in(look: Look, tension_ids: Sequence[int], rows: Sequence[Any]) -> dict[int, Voices]:
    people: dict[int, set[Hashable]] = defaultdict(set)
    services: dict[int, set[Hashable]] = defaultdict(set)
    units: dict[int, set[str]] = defaultdict(set)
    merged: dict[int, set[int]] = defaultdict(set)
    for _, tension_id, service_id, is_gone, first, last, _, _, service_name, college, fits in rows:
        people[tension_id] |= {("gone", service_id, service_name, college)} if is_gone else {first, last}
        if service_id is not None or service_name:
            services[tension_id].add(service_id if service_id is not None else service_name)
        if fits and (unit := look.units.unit_of(service_id)):
            units[tension_id].add(unit.key)
            if unit.key == OTHERS and service_id is not None:
                merged[tension_id].add(service_id)
    # As on the page of a tension: « Autres services » from two of them on, since one alone would be told by what the others tell.
    for one in tension_ids:
        if len(merged[one]) < 2:
            units[one].discard(OTHERS)
    return {one: Voices(frozenset(units[one] - {NO_SERVICE}), len(people[one]), len(services[one])) for one in tension_ids}
