"""The pairs of units that récits link, all counted at once: what `rex.trends.with_whom` asks of one pair, for every pair.

The base gives one row for each récit, with the services that signed it, answered it, or told the same action; pairs are counted
here. Counted in the base, they would be sorted there one by one: a year of a large journal took half a minute."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, cast, select

from rex.journal.models import Entry, Recit
from rex.trends import inner
from rex.trends.behind import rows_behind, told_here
from rex.trends.gathered import Keys, gathered
from rex.trends.look import Look
from rex.trends.units import NO_SERVICE, Units
from rex.trends.with_whom import is_beside, stands


@dataclass(frozen=True)
class Pairs:
    """How many récits each unit signed, by its key; how many link two units, by their keys in the order of the page."""

    told: Mapping[str, int]
    linked: Mapping[tuple[str, str], int]


def pairs_of(look: Look) -> Pairs:
    """One statement. Who has no service is in no pair: it is no unit to cooperate with."""
    keys = Keys(look.units, with_nobody=False)
    told, links, both = defaultdict(int), defaultdict(int), defaultdict(int)
    for signatures, answers, beside in rows_behind(look, _by_recit(look)):
        signed = keys.of(signatures)
        around = signed | keys.of(answers) | keys.of(beside)
        for one in signed:
            told[one] += 1
            for other in around:
                links[one, other] += 1
        if len(signed) > 1:
            for one in signed:
                for other in signed:
                    both[one, other] += 1
    shown = [one.key for one in look.units.shown if one.key != NO_SERVICE]
    pairs = [(one, other) for place, one in enumerate(shown) for other in shown[place + 1 :]]
    linked = {(one, other): links[one, other] + links[other, one] - both[one, other] for one, other in pairs}
    return Pairs(told, {pair: number for pair, number in linked.items() if number})


def _by_recit(look: Look) -> Any:
    told, units = told_here(look, Entry.collectif_id, Recit.action_id), look.units
    signed = cast(told.c.collectif_id, String) if units.is_reseau else _signatures(told)
    return select(signed, _answers(told, units), _beside(look, told)).select_from(told)


def _signatures(told: CTE) -> ColumnElement[Any]:
    return (
        select(gathered(inner.signature.c.service_id))
        .where(inner.signature.c.entry_id == told.c.id)
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
            same.join(inner.other_signature, inner.other_signature.c.entry_id == inner.other_recit.c.id)
        )
    others = (inner.other_recit.c.action_id == told.c.action_id, inner.other_recit.c.id != told.c.id)
    return found.where(*others, is_beside(look.reader, look.units, inner.other_entry.c, told.c)).correlate(told).scalar_subquery()
