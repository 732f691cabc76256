"""The second lock on reports: who looks after a space judges, never their own texts."""


from sqlalchemy import ColumnElement, and_, func, or_, select

from rex.access import inner
from rex.access.entries import written_by
from rex.access.readers import Asker
from rex.access.rooms import was_there
from rex.reports.models import Report


def to_judge(reader: Asker) -> ColumnElement[bool]:
    """The reports of the spaces that this person looks after, save those about a text of theirs, or that they signed once: who
    reported them is not for them to know, and somebody else judges; nor, in a group, those about what was said before they
    came."""
    hanging = [Report.exchange_id, Report.note_id, Report.echo_id, Report.rereading_id, Report.synthese_id]
    authors = [
        inner.exchange.c.author_id, inner.note.c.author_id, inner.echo.c.user_id, inner.rereading.c.author_id,
        inner.synthese.c.author_id,
    ]
    another_s = [
        or_(column.is_(None), column.not_in(select(author.table.c.id).where(author == reader.user_id).correlate(None)))
        for column, author in zip(hanging, authors, strict=True)
    ]
    on_entry = and_(*(column.is_(None) for column in hanging))
    once = select(inner.former.c.entry_id).where(inner.former.c.user_id == reader.user_id).correlate(None)
    never_signed = and_(Report.entry_id.not_in(written_by(reader)), Report.entry_id.not_in(once))
    not_theirs = and_(*another_s, or_(~on_entry, never_signed))
    told_to_them = [~_told_before_they_came(reader)] if reader.group_ids else []
    under_an_entry = and_(Report.entry_id.is_not(None), not_theirs, *told_to_them)
    beside = _of_seances_by_others(reader), _read_otherwise_by_others(reader)
    return and_(Report.collectif_id.in_(reader.animated_ids), or_(under_an_entry, *beside))


def _of_seances_by_others(reader: Asker) -> ColumnElement[bool]:
    """Reports on texts of séances that others wrote, told since this person is there."""
    text, writer = inner.seance_text.c, inner.seance_writer.c
    wrote = select(writer.id).where(writer.seance_id == text.seance_id, writer.kind == text.kind, writer.user_id == reader.user_id)
    another_s = select(text.id).where(
        text.id == Report.seance_text_id,
        text.author_id.is_distinct_from(reader.user_id),
        ~wrote.correlate(inner.seance_text).exists(),
        was_there(reader, Report.collectif_id, text.told_at),
    )
    return another_s.correlate_except(inner.seance_text).exists()


def _read_otherwise_by_others(reader: Asker) -> ColumnElement[bool]:
    """Reports on lectures contradictoires that this person did not write, be they signed with their own voice."""
    reading = inner.counter_reading.c
    another_s = select(reading.id).where(reading.id == Report.reading_id, reading.author_id.is_distinct_from(reader.user_id))
    return another_s.correlate_except(inner.counter_reading).exists()


def _told_before_they_came(reader: Asker) -> ColumnElement[bool]:
    """Whether a report is about an entry of a group which does not show it to this person, who came later."""
    told_at = func.coalesce(inner.entry.c.published_at, inner.entry.c.created_at)
    before = (
        select(inner.entry.c.id)
        .select_from(inner.entry.join(inner.member, inner.member.c.group_id == inner.entry.c.collectif_id))
        .join(inner.group, inner.group.c.id == inner.member.c.group_id)
        .where(
            inner.entry.c.id == Report.entry_id,
            inner.member.c.user_id == reader.user_id,
            inner.member.c.arrived_at > told_at,
            ~inner.group.c.shows_history,
        )
    )
    return before.correlate_except(inner.entry, inner.member, inner.group).exists()
