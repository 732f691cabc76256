"""Who does something with whom, as conditions on entries.

Two units are linked by an entry that both signed, by récits of one action that each told from where it stands, by an answer of one
under what the other signed (source: the journal's domain, §11)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from rex.access import Reader
from rex.access.entries import is_told
from rex.collectifs.models import Service
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Authorship, Entry, Recit
from rex.journal.recognition_models import Recognition
from rex.trends.units import Units


def linked(reader: Reader, units: Units, one: str, other: str) -> ColumnElement[bool]:
    """An entry by which these two units are linked."""
    ways = [both_signed(units, one, other)]
    ways += [way for first, second in ((one, other), (other, one)) for way in (
        and_(_signed(units, Entry, first), _told_too(reader, units, second)),
        and_(_signed(units, Entry, first), _answered(units, second)),
    )]
    return or_(*ways)


def both_signed(units: Units, one: str, other: str) -> ColumnElement[bool]:
    return and_(_signed(units, Entry, one), _signed(units, Entry, other))


def _signed(units: Units, entry: Any, key: str) -> ColumnElement[bool]:
    if units.is_reseau:
        return units.holds(entry.collectif_id, key)
    by = aliased(Authorship)
    return select(by.id).where(by.entry_id == entry.id, units.holds(by.service_id, key)).exists()


def _told_too(reader: Reader, units: Units, key: str) -> ColumnElement[bool]:
    """Another récit of the same action, told to this reader, is signed there."""
    here, there = aliased(Recit, flat=True), aliased(Recit, flat=True)
    told = and_(there.published_at.is_not(None), is_told(reader, there))
    same = and_(here.id == Entry.id, there.action_id == here.action_id, there.id != here.id)
    return select(there.id).select_from(here).join(there, same).where(told, _signed(units, there, key)).exists()


def _answered(units: Units, key: str) -> ColumnElement[bool]:
    """Somebody of this unit said something under the entry that still stands."""
    stands = and_(Exchange.entry_id == Entry.id, Exchange.withdrawn_at.is_(None), Exchange.suspended_at.is_(None))
    if not units.is_reseau:
        return select(Exchange.id).where(stands, Exchange.service_id.is_not(None), units.holds(Exchange.service_id, key)).exists()
    of = select(Service.id).where(units.holds(Service.collectif_id, key))
    return select(Exchange.id).where(stands, Exchange.audience == Audience.RESEAU, Exchange.service_id.in_(of)).exists()


def received_by(units: Units, key: str) -> ColumnElement[bool]:
    """A merci given to a service or a structure of this unit."""
    to = Recognition.to_service_id
    which = to.in_(select(Service.id).where(units.holds(Service.collectif_id, key))) if units.is_reseau else units.holds(to, key)
    return select(Recognition.id).where(Recognition.id == Entry.id, to.is_not(None), which).exists()
