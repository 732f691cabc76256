"""Who does something with whom, as conditions on entries.

Two units are linked by an entry that both signed, by récits of one action that each told from where it stands, by an answer of one
under what the other signed (source: the journal's domain, §11).

What is looked up beside the entry is asked of aliased tables, as the door asks it: each condition says itself what is told there,
so that a draft, a group or a text set aside changes no figure, not even that of its author."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, or_, select, true

from rex.access import Reader
from rex.access.entries import is_told_in_the_open
from rex.journal.models import Audience, Entry
from rex.trends import inner
from rex.trends.units import Units

HEARD = (Audience.COLLECTIF, Audience.RESEAU)  # by all who read the entry in its journal


def linked(reader: Reader, units: Units, one: str, other: str) -> ColumnElement[bool]:
    """An entry by which these two units are linked."""
    ways = [both_signed(units, one, other)]
    for first, second in ((one, other), (other, one)):
        ways.append(and_(_signed(units, first), or_(_told_too(reader, units, second), _answered(units, second))))
    return or_(*ways)


def both_signed(units: Units, one: str, other: str) -> ColumnElement[bool]:
    return and_(_signed(units, one), _signed(units, other))


def _signed(units: Units, key: str) -> ColumnElement[bool]:
    if units.is_reseau:
        return units.holds(Entry.collectif_id, key)
    by = inner.signature.c
    signed = select(by.id).where(by.entry_id == Entry.id, inner.is_given(by), units.holds(by.service_id, key))
    return signed.correlate_except(inner.signature).exists()


def is_beside(reader: Reader, units: Units, other: Any, entry: Any) -> ColumnElement[bool]:
    """What this reader is told beside an entry (`other` and `entry`: columns): in the same journal, in the réseau opened to it."""
    there = other.audience == Audience.RESEAU if units.is_reseau else other.collectif_id == entry.collectif_id
    # A CASE: SQLite would otherwise look, for each entry, through all that its journal tells.
    return and_(other.published_at.is_not(None), is_told_in_the_open(reader, other), case((there, true()), else_=false()))


def _told_too(reader: Reader, units: Units, key: str) -> ColumnElement[bool]:
    """Another récit of the same action, told to this reader, is signed there."""
    if units.is_reseau:
        signs = units.holds(inner.other_entry.c.collectif_id, key)
    else:
        by = inner.other_signature.c
        signs = (
            select(by.id)
            .where(by.entry_id == inner.other_entry.c.id, inner.is_given(by), units.holds(by.service_id, key))
            .correlate(inner.other_entry)
            .exists()
        )
    action = select(inner.recit.c.action_id).where(inner.recit.c.id == Entry.id).correlate_except(inner.recit).scalar_subquery()
    same = and_(
        inner.other_recit.c.action_id == action,
        inner.other_recit.c.id != Entry.id,
        inner.other_entry.c.id == inner.other_recit.c.id,
    )
    told = select(inner.other_recit.c.id).where(same, is_beside(reader, units, inner.other_entry.c, Entry), signs)
    return told.correlate_except(inner.other_recit, inner.other_entry).exists()


def stands(said: Any, units: Units) -> ColumnElement[bool]:
    """A message that still stands, said to all who read the entry here (`said`: the class or columns)."""
    heard = said.audience == Audience.RESEAU if units.is_reseau else said.audience.in_(HEARD)
    return and_(said.withdrawn_at.is_(None), said.suspended_at.is_(None), said.service_id.is_not(None), heard)


def _answered(units: Units, key: str) -> ColumnElement[bool]:
    """Somebody of this unit said something under the entry that still stands."""
    of = inner.answer.c.service_id
    which = _in_territory(of, units, key) if units.is_reseau else units.holds(of, key)
    found = select(inner.answer.c.id).where(inner.answer.c.entry_id == Entry.id, stands(inner.answer.c, units), which)
    return found.correlate_except(inner.answer).exists()


def received_by(units: Units, key: str) -> ColumnElement[bool]:
    """A merci given to a service or a structure of this unit."""
    to = inner.merci.c.to_service_id
    which = _in_territory(to, units, key) if units.is_reseau else units.holds(to, key)
    found = select(inner.merci.c.id).where(inner.merci.c.id == Entry.id, to.is_not(None), which)
    return found.correlate_except(inner.merci).exists()


def _in_territory(service_id: Any, units: Units, key: str) -> ColumnElement[bool]:
    return service_id.in_(select(inner.service.c.id).where(units.holds(inner.service.c.collectif_id, key)).correlate(None))
