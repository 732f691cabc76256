"""What the room of a group lists: what its members told there, newest first by keyset, and what waits for the reader alone.

A constant number of statements; of the words, only those that are shown are opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, tuple_

from rex.access import MembershipView, Reader, own_recognitions, told_recognitions, visible_entries
from rex.db import BigId, RexSession, UtcDateTime
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.models import Audience, Entry, EntryKind
from rex.journal.recognition_models import Answer, Recognition
from rex.kept import Kept
from rex.shapes import Shape

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
    cursor = read_cursor(session, after)
    given: dict[str, Any] = {"group": group_id, "most": most + 1}
    given |= {"kind": kind} if kind else {}
    given |= {"instant": cursor[0], "last": cursor[1]} if cursor else {}
    rows = _told_in_group(kind is not None, cursor is not None).rows(session, **given)
    shown = rows[:most]
    thanked = _thanked(session, reader, [row.id for row in shown if row.kind is EntryKind.RECOGNITION])
    titles = {row.id: row.title if row.kind is EntryKind.RECIT else thanked.get(row.id, "") for row in shown}
    entries = [
        RoomEntry(row.id, row.public_id, row.kind, titles[row.id], row.words or row.excerpt, row.byline, row.published_at)
        for row in shown
    ]
    older = written_cursor(session, shown[-1].published_at, shown[-1].id) if len(rows) > most else None
    return RoomThread(entries, older, is_later=cursor is not None)


@cache
def _told_in_group(one_kind: bool, later: bool) -> Kept:
    @Kept
    def newest_first(reader: Shape) -> Select:
        query = visible_entries(reader).where(
            Entry.collectif_id == bindparam("group", type_=BigId),
            Entry.audience == Audience.GROUPE,
            Entry.suspended_at.is_(None),
        )
        if one_kind:
            query = query.where(Entry.kind == bindparam("kind", type_=Entry.kind.type))
        if later:
            end = tuple_(bindparam("instant", type_=UtcDateTime), bindparam("last", type_=BigId))
            query = query.where(tuple_(Entry.published_at, Entry.id) < end)
        columns = (
            Entry.id, Entry.public_id, Entry.kind, Entry.title, Entry.excerpt, Entry.words, Entry.byline, Entry.published_at
        )
        newest = query.with_only_columns(*columns).order_by(Entry.published_at.desc(), Entry.id.desc())
        return newest.limit(bindparam("most", type_=BigId))

    return newest_first


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
    rows = _between_two.rows(session, group=seat.collectif_id)
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


@Kept
def _between_two(reader: Shape) -> Select:
    return (
        own_recognitions(reader)
        .where(Entry.collectif_id == bindparam("group", type_=BigId), Entry.published_at.is_(None))
        .with_only_columns(Entry.public_id, Recognition.to_user_id, Recognition.to_name, Recognition.answer, Entry.created_at)
        .order_by(Entry.created_at.desc(), Entry.id.desc())
        .limit(PAGE)
    )
