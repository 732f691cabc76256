"""What the room of a group lists: what its members told there, newest first by keyset, and what waits for the reader alone.

A constant number of statements; of the words, only those that are shown are opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import tuple_

from rex.access import MembershipView, Reader, own_recognitions, told_recognitions, visible_entries
from rex.db import RexSession
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.models import Audience, Entry, EntryKind
from rex.journal.recognition_models import Answer, Recognition

PAGE = 20
ON_ROOM = 6
PATHS = {EntryKind.RECIT: "recits", EntryKind.DIFFICULTY: "difficultes", EntryKind.RECOGNITION: "reconnaissances"}
LABELS = {EntryKind.RECIT: "Récit", EntryKind.DIFFICULTY: "Difficulté", EntryKind.RECOGNITION: "Merci"}
ICONS = {EntryKind.RECIT: "book", EntryKind.DIFFICULTY: "fork", EntryKind.RECOGNITION: "merci"}


@dataclass(frozen=True)
class RoomEntry:
    """Something told in the group, as its thread shows it."""

    id: int
    public_id: str
    kind: EntryKind
    title: str  # of a récit; of a thank-you: to whom
    words: str
    byline: str
    told_at: datetime

    @property
    def url(self) -> str:
        return f"/{PATHS[self.kind]}/{self.public_id}"

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


@dataclass(frozen=True)
class RoomThread:
    entries: list[RoomEntry]
    older: str | None  # the cursor of the next page
    is_later: bool = False  # not the first page


def room_thread(
    session: RexSession, reader: Reader, group_id: int, kind: EntryKind | None = None, after: str = "", most: int = PAGE
) -> RoomThread:
    """What was told in a group to this reader, newest first, of one kind or of all. Two statements at most."""
    query = visible_entries(reader).where(
        Entry.collectif_id == group_id, Entry.audience == Audience.GROUPE, Entry.suspended_at.is_(None)
    )
    if kind is not None:
        query = query.where(Entry.kind == kind)
    cursor = read_cursor(after)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    columns = (Entry.id, Entry.public_id, Entry.kind, Entry.title, Entry.excerpt, Entry.words, Entry.byline, Entry.published_at)
    newest = query.with_only_columns(*columns).order_by(Entry.published_at.desc(), Entry.id.desc()).limit(most + 1)
    rows = session.execute(newest).all()
    shown = rows[:most]
    thanked = _thanked(session, reader, [row.id for row in shown if row.kind is EntryKind.RECOGNITION])
    titles = {row.id: row.title if row.kind is EntryKind.RECIT else thanked.get(row.id, "") for row in shown}
    entries = [
        RoomEntry(row.id, row.public_id, row.kind, titles[row.id], row.words or row.excerpt, row.byline, row.published_at)
        for row in shown
    ]
    older = written_cursor(shown[-1].published_at, shown[-1].id) if len(rows) > most else None
    return RoomThread(entries, older, is_later=cursor is not None)


def _thanked(session: RexSession, reader: Reader, ids: Sequence[int]) -> dict[int, str]:
    """Entry id → « Merci à Bruno Casals »."""
    if not ids:
        return {}
    told = told_recognitions(reader).where(Entry.id.in_(ids)).with_only_columns(Entry.id, Recognition.to_name)
    return {entry_id: f"Merci à {to_name}" for entry_id, to_name in session.execute(told)}


@dataclass(frozen=True)
class ThanksWaiting:
    """A thank-you between two members, for one of the two; what became of it is its recipient's to know."""

    public_id: str
    is_mine: bool  # the reader gave it
    to_name: str
    is_kept: bool
    at: datetime


def thanks_waiting(session: RexSession, reader: Reader, seat: MembershipView) -> list[ThanksWaiting]:
    """Those that the reader gave or received in this group and that are not told there (one statement, none is opened)."""
    rows = session.execute(
        own_recognitions(reader)
        .where(Entry.collectif_id == seat.collectif_id, Entry.published_at.is_(None))
        .with_only_columns(Entry.public_id, Recognition.to_user_id, Recognition.to_name, Recognition.answer, Entry.created_at)
        .order_by(Entry.created_at.desc(), Entry.id.desc())
        .limit(PAGE)
    ).all()
    return [
        ThanksWaiting(
            row.public_id,
            row.to_user_id != reader.user_id,
            row.to_name,
            row.to_user_id == reader.user_id and row.answer is Answer.KEPT,
            row.created_at,
        )
        for row in rows
    ]
