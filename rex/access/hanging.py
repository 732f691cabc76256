"""The second lock on what hangs from entries: never for more than those who read the entry, nor than those to whom it was said."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from rex.access import inner
from rex.access.entries import is_told, is_told_in_the_open, writes_it
from rex.access.readers import Asker
from rex.access.rooms import was_there
from rex.access.visits import is_open_to
from rex.journal.attachment_models import Attachment
from rex.journal.models import Audience
from rex.journal.together_models import ActionNote
from rex.search.models import SearchRow


def was_heard(reader: Asker, said: Any, entry: Any) -> ColumnElement[bool]:
    """The audience at which something was said is its ceiling, however wide its entry became; and in a group it is read by those
    who were there then, though its entry be told again to who came since (`said`: the class or the table)."""
    here = or_(said.audience == Audience.RESEAU, was_there(reader, entry.collectif_id, said.created_at))
    return or_(here, is_open_to(reader, entry.collectif_id, said.created_at)) if reader.visit_ids else here


def said_before(cls: Any) -> Callable[[Asker], ColumnElement[bool]]:
    """What hangs from an entry: for those to whom the entry is told now, and who were among those to whom it was said."""

    def scope(reader: Asker) -> ColumnElement[bool]:
        told = select(inner.entry.c.id).where(
            inner.entry.c.id == cls.entry_id, is_told(reader, inner.entry.c), was_heard(reader, cls, inner.entry.c)
        )
        return told.correlate_except(inner.entry).exists()

    return scope


def of_said(carrier: Any, column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    """What belongs to a message or to a synthèse (`carrier`, an aliased table that `column` points to)."""

    def scope(reader: Asker) -> ColumnElement[bool]:
        said = (
            select(carrier.c.id)
            .select_from(carrier.join(inner.entry, inner.entry.c.id == carrier.c.entry_id))
            .where(carrier.c.id == column, is_told(reader, inner.entry.c), was_heard(reader, carrier.c, inner.entry.c))
        )
        return said.correlate_except(inner.entry, carrier).exists()

    return scope


def between_two_that_are_read(reader: Asker) -> ColumnElement[bool]:
    both = (
        select(inner.entry.c.id)
        .select_from(inner.entry.join(inner.other_entry, inner.other_entry.c.id == ActionNote.other_id))
        .where(
            inner.entry.c.id == ActionNote.one_id,
            is_told(reader, inner.entry.c),
            is_told(reader, inner.other_entry.c),
            was_heard(reader, ActionNote, inner.entry.c),
        )
    )
    return both.correlate_except(inner.entry, inner.other_entry).exists()


def to_be_found(reader: Asker) -> ColumnElement[bool]:
    """A row of the search: its entry is told to them outside of any group, and what hangs from it was said before them; of a note
    between two récits, both are."""
    entry, other = inner.entry.c, inner.other_entry.c
    heard = or_(SearchRow.audience == Audience.RESEAU, entry.collectif_id.in_(reader.collectif_ids))
    told = select(entry.id).where(entry.id == SearchRow.entry_id, is_told_in_the_open(reader, entry), heard)
    other_told = select(other.id).where(other.id == SearchRow.other_id, is_told_in_the_open(reader, other))
    both = or_(SearchRow.other_id.is_(None), other_told.correlate_except(inner.other_entry).exists())
    return and_(told.correlate_except(inner.entry).exists(), both)


def given_with_a_text(reader: Asker) -> ColumnElement[bool]:
    """A file: for its récit's authors, and for its readers once a published section shows it."""
    told = select(inner.entry.c.id).where(inner.entry.c.id == Attachment.entry_id, is_told(reader, inner.entry.c))
    shown = and_(Attachment.is_published, told.correlate_except(inner.entry).exists())
    return or_(shown, writes_it(reader, Attachment.entry_id))
