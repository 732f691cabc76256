"""A thank-you that waits is read by its giver and its recipient. The recipient may show it to the animateurs, by reporting it:
these read that text, nothing around it, as long as the report waits for them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from rex.access import Reader, visible_recognitions
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry
from rex.journal.models import Authorship, Entry, EntryKind
from rex.journal.recognition_models import Recognition
from rex.journal.recognition_sealing import opened
from rex.reports.models import Report, on_entry
from rex.sealed_words import key_name_of

Found = tuple[ToldEntry, frozenset[int]]  # the text, and who wrote it


def received(session: RexSession, reader: Reader, public_id: str, *, hold: bool = False) -> Found | None:
    """The thank-you of this address that waits, for its recipient; its giver takes it back, and does not report it."""
    query = _waiting(visible_recognitions(reader)).where(Entry.public_id == public_id)
    found = _found(session, query.with_for_update(of=Entry) if hold else query)
    return found if found and reader.user_id not in found[1] else None


def shown_by(session: RexSession, report: Report) -> Found | None:
    """The thank-you that a report shows to who judges it, whose row is held; or that another report shows, since all those on a
    text are answered at once. None when they showed what was published then, and is between the two since."""
    with session.as_system("animateurs read the thank-yous that their recipients show them"):
        query = _waiting(select(Recognition)).where(Entry.id == report.entry_id)
        those = session.execute(select(Report.created_at).where(*on_entry(report.entry_id), Report.handled_at.is_(None))).all()
        return _found(session, query.with_for_update(of=Entry), those)


def words_shown(session: RexSession, key_name: str, rows: Sequence[Any]) -> dict[int, str]:
    """Entry id → the words of the thank-yous that these reports show. One statement, none without such a report."""
    if not rows:
        return {}
    with session.as_system("animateurs read the thank-yous that their recipients show them"):
        found = session.execute(
            _waiting(select(Recognition))
            .where(Entry.id.in_([row.entry_id for row in rows]))
            .with_only_columns(Entry.id, Entry.public_id, Entry.sealed, Entry.withdrawn_at)
        ).all()
    by_id = {row.id: row for row in found}
    return {
        row.entry_id: opened(session, key_name, by_id[row.entry_id].public_id, by_id[row.entry_id].sealed)[0]
        for row in rows
        if row.entry_id in by_id and was_waiting(row, by_id[row.entry_id].withdrawn_at)
    }


def was_waiting(report: Any, withdrawn_at: Any) -> bool:
    """Whether the text was between the two when it was reported: only its recipient could show it then."""
    return withdrawn_at is None or report.created_at >= withdrawn_at


def _waiting(query: Select) -> Select:
    """Recognitions that are neither published nor suspended."""
    return query.where(Entry.audience.is_(None), Entry.suspended_at.is_(None), Entry.sealed.is_not(None))


def _found(session: RexSession, query: Select, reports: Sequence[Any] | None = None) -> Found | None:
    """`reports`: those by which it is shown, when it is."""
    row = session.execute(
        query.join(Space, Space.id == Entry.collectif_id).with_only_columns(
            Entry.id, Entry.public_id, Entry.collectif_id, Entry.sealed, Entry.withdrawn_at, Recognition.intended,
            Entry.created_at, Space.name, Space.kind, Space.public_id.label("space"),
        )
    ).first()
    if row is None or (reports is not None and not any(was_waiting(one, row.withdrawn_at) for one in reports)):
        return None
    key_name = key_name_of(row.kind, row.space)
    words = opened(session, key_name, row.public_id, row.sealed)[0]
    authors = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == row.id))
    entry = ToldEntry(
        row.id, row.public_id, EntryKind.RECOGNITION, row.collectif_id, row.intended, "", words, row.name, key_name, row.created_at
    )
    return entry, frozenset(user_id for user_id in authors if user_id)
