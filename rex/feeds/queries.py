"""What a feed says: the newest told entries of a reader's collectifs, by title and author. Two statements, whatever there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, union_all

from rex.access import Reader, visible_entries
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import typo
from rex.journal.models import Audience, Authorship, Entry, EntryKind
from rex.journal.queries import NOBODY

NEWEST = 50
PLACES = {EntryKind.RECIT: "recits", EntryKind.DIFFICULTY: "difficultes", EntryKind.RECOGNITION: "reconnaissances"}
# What is short has no title: what lists show of it are its first words, and a feed says no text.
UNTITLED = {EntryKind.DIFFICULTY: "Difficulté", EntryKind.RECOGNITION: "Reconnaissance"}


@dataclass(frozen=True)
class FeedEntry:
    """An entry as a feed names it. `path`: where it is read; `authors`: as they sign it."""

    public_id: str
    path: str
    title: str
    authors: tuple[str, ...]
    published_at: datetime
    updated_at: datetime


def newest(session: RexSession, reader: Reader) -> list[FeedEntry]:
    """What is told in the collectifs of this reader, newest first, as many as a feed holds; never of a group."""
    chosen = union_all(*(_newest_ids(reader, place) for place in reader.collectif_ids)).subquery()
    columns = Entry.id, Entry.public_id, Entry.kind, Entry.title, Entry.byline, Entry.published_at, Entry.corrected_at
    rows = session.execute(
        visible_entries(reader)
        .with_only_columns(*columns)
        .where(Entry.id.in_(select(chosen.c.id)))
        .order_by(Entry.published_at.desc(), Entry.id.desc())
        .limit(NEWEST)
    ).all()
    signed = _authors(session, [row.id for row in rows])
    return [
        FeedEntry(
            row.public_id,
            f"/{PLACES[row.kind]}/{row.public_id}",
            typo(row.title if row.kind == EntryKind.RECIT else ", ".join(filter(None, (UNTITLED[row.kind], row.byline)))),
            tuple(signed.get(row.id, ())),
            row.published_at,
            row.corrected_at or row.published_at,
        )
        for row in rows
    ]


def _newest_ids(reader: Reader, collectif_id: int) -> Select:
    """Of one collectif: the index gives them in their order, where a list of several would be sorted whole."""
    told = visible_entries(reader).with_only_columns(Entry.id).where(
        Entry.collectif_id == collectif_id,
        Entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU)),
        Entry.published_at.is_not(None),
        Entry.suspended_at.is_(None),
    )
    some = told.order_by(Entry.published_at.desc(), Entry.id.desc()).limit(NEWEST).correlate(None).subquery()
    return select(some.c.id)


def _authors(session: RexSession, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(Authorship.entry_id, func.coalesce(User.name, NOBODY).label("name"))
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id.in_(ids), Authorship.college.is_not(None))
        .order_by(Authorship.entry_id, Authorship.position)
    ).all()
    found: dict[int, list[str]] = {}
    for entry_id, name in rows:
        found.setdefault(entry_id, []).append(name)
    return found
