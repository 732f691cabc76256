"""The second lock on entries: to whom they are told, who signs them, who receives them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from rex.access import inner
from rex.access.readers import Asker
from rex.access.visits import is_open_to
from rex.journal.models import Action, Audience, Entry
from rex.journal.recognition_models import Answer


def is_told(reader: Asker, entry=Entry) -> ColumnElement[bool]:
    there = [(is_told_in_group(reader, entry), true())] if reader.group_ids else []
    if reader.visit_ids:
        is_open = is_open_to(reader, entry.collectif_id, entry.published_at)
        there.append((and_(entry.audience == Audience.GROUPE, is_open), true()))
    return is_told_in_the_open(reader, entry, *there)


def is_told_in_the_open(reader: Asker, entry: Any, *there: Any) -> ColumnElement[bool]:
    """Told to one of their collectifs or to the réseau; `there`: where else, as cases. Without any, nothing of a group."""
    if not reader.collectif_ids:
        return false()
    in_mine = and_(entry.audience == Audience.COLLECTIF, entry.collectif_id.in_(reader.collectif_ids))
    # A CASE and not an OR: SQLite would look up both halves of an OR in their indexes, so all that this person reads, before
    # it comes to the few rows that the page asks for.
    told = case((in_mine, true()), (entry.audience == Audience.RESEAU, true()), *there, else_=false())
    return and_(told, entry.suspended_at.is_(None))


def is_told_in_group(reader: Asker, entry: Any) -> ColumnElement[bool]:
    """An entry told in a group of theirs, since they are there, or before if the group shows newcomers what was said."""
    was_there = or_(inner.member.c.arrived_at <= entry.published_at, inner.group.c.shows_history)
    place = (
        select(inner.member.c.id)
        .select_from(inner.member.join(inner.group, inner.group.c.id == inner.member.c.group_id))
        .where(inner.member.c.group_id == entry.collectif_id, inner.member.c.user_id == reader.user_id)
        .where(inner.member.c.left_at.is_(None), inner.member.c.shut_at.is_(None), was_there)
    )
    here = and_(entry.audience == Audience.GROUPE, entry.collectif_id.in_(reader.group_ids))
    return and_(here, place.correlate_except(inner.member, inner.group).exists())


def is_readable(reader: Asker, entry: Any = Entry) -> ColumnElement[bool]:
    written = and_(entry.collectif_id.in_(reader.space_ids), signs_it(reader, entry.id))
    return or_(is_told(reader, entry), written, receives_it(reader, entry))


def signs_it(reader: Asker, entry_id: Any) -> ColumnElement[bool]:
    """Whether this person signs the entry. Looked up row by row: a list of all that they wrote would grow with the journal."""
    by = inner.authorship.c
    signed = select(by.id).where(by.entry_id == entry_id, by.user_id == reader.user_id)
    return signed.correlate_except(inner.authorship).exists()


def writes_it(reader: Asker, entry_id: Any) -> ColumnElement[bool]:
    """Whether this person signs the entry, and belongs to its space now."""
    there = select(inner.entry.c.id).where(inner.entry.c.id == entry_id, inner.entry.c.collectif_id.in_(reader.space_ids))
    return and_(signs_it(reader, entry_id), there.correlate_except(inner.entry).exists())


def written_by(reader: Asker) -> Select[int]:
    """Ids of the entries that this person signs, in the spaces that they currently belong to: what a list of them starts from."""
    entry, by = inner.entry.c, inner.authorship.c
    there = select(entry.id).where(entry.id == by.entry_id, entry.collectif_id.in_(reader.space_ids))
    mine = select(by.entry_id).where(by.user_id == reader.user_id)
    return mine.where(there.correlate_except(inner.entry).exists()).correlate(None)


def receives_it(reader: Asker, entry: Any) -> ColumnElement[bool]:
    """Whether this is a recognition given to this person, or to a service that they are in, while they belong to the space."""
    if not reader.collectif_ids:
        return false()
    given = select(inner.recognition.c.id).where(
        inner.recognition.c.id == entry.id,
        or_(inner.recognition.c.to_user_id == reader.user_id, inner.recognition.c.to_service_id.in_(reader.service_ids)),
        inner.recognition.c.answer != Answer.DECLINED,
        or_(entry.collectif_id.in_(reader.space_ids), inner.recognition.c.intended == Audience.RESEAU),
    )
    return and_(entry.suspended_at.is_(None), given.correlate_except(inner.recognition).exists())


def of_readable_entry(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    def scope(reader: Asker) -> ColumnElement[bool]:
        readable = select(inner.entry.c.id).where(inner.entry.c.id == column, is_readable(reader, inner.entry.c))
        return readable.correlate_except(inner.entry).exists()

    return scope


def of_own_entry(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    return lambda reader: writes_it(reader, column)


def in_own_space(reader: Asker, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """An entry, published or not, of one of their collectifs: that it exists, not what it says."""
    there = select(inner.entry.c.id).where(inner.entry.c.id == column, inner.entry.c.collectif_id.in_(reader.space_ids))
    return there.correlate_except(inner.entry).exists()


def action_with_a_readable_recit(reader: Asker) -> ColumnElement[bool]:
    joined = inner.recit.join(inner.entry, inner.entry.c.id == inner.recit.c.id)
    readable = is_readable(reader, inner.entry.c)
    told = select(inner.recit.c.id).select_from(joined).where(inner.recit.c.action_id == Action.id, readable)
    return told.correlate_except(inner.recit, inner.entry).exists()
