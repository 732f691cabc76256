"""Deleting is for drafts and withdrawn entries: at once when all authors agree, else thirty days after one asked."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.access import Reader
from rex.db import RexSession
from rex.journal import moments
from rex.journal.attachments import forget_files_of
from rex.journal.drafts import drop_orphan_actions
from rex.journal.models import Entry
from rex.journal.moments import What
from rex.journal.passages_of_recits import delete_passages_of

DELETION_WAIT = timedelta(days=30)  # decisions: when a co-author has not agreed, and none objected


def ask_deletion(session: RexSession, reader: Reader, entry: Entry, authors: Collection[int]) -> bool:
    """Delete a draft or a withdrawn entry: at once when all its `authors` (those who can answer) agree, which is True; else
    after thirty days without objection, counted from the first who asked: the others are told."""
    session.refresh(entry, with_for_update=True)
    if entry.is_published:
        raise PermissionError("withdraw first")
    others = set(authors) - {reader.user_id}
    if others and others != {entry.deletion_asked_by_id}:
        if entry.deletion_asked_at is None:
            entry.deletion_asked_at, entry.deletion_asked_by_id = clock.now(), reader.user_id
            moments.tell(session, reader, What.DELETION_ASKED, entry.id, sorted(others))
        session.flush()
        return False
    delete_passages_of(session, [entry.id])
    forget_files_of(session, entry)
    session.delete(entry)
    session.flush()
    with session.as_system("an action that nobody tells any more goes with its last récit"):
        drop_orphan_actions(session)
    return True


def object_to_deletion(session: RexSession, entry: Entry) -> None:
    """A co-author keeps it."""
    entry.deletion_asked_at = entry.deletion_asked_by_id = None
    session.flush()


def delete_asked(session: RexSession) -> None:
    """Delete what was asked thirty days ago and nobody objected to; for the ticker."""
    due = session.scalars(
        select(Entry.id).where(Entry.published_at.is_(None), Entry.deletion_asked_at < clock.now() - DELETION_WAIT)
    ).all()
    delete_passages_of(session, due)
    session.execute(delete(Entry).where(Entry.id.in_(due)))
    drop_orphan_actions(session)
