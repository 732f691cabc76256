"""What a feed says: the newest told entries of a reader's collectifs, by title and author, and their letters. Three statements,
whatever there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, union_all

from rex.access import Reader, told_digests, visible_entries
from rex.collectifs.models import User
from rex.db import RexSession
from rex.digests.models import Digest
from rex.exchanges.entries import url_of
from rex.french import typo
from rex.journal.models import Audience, Authorship, Entry, EntryKind
from rex.journal.queries import NOBODY

NEWEST = 50
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
    both = [*_entries(session, reader), *_letters(session, reader)]
    return sorted(both, key=lambda one: one.published_at, reverse=True)[:NEWEST]


def _letters(session: RexSession, reader: Reader) -> list[FeedEntry]:
    """Those that left, by their title: what they tell is read on their page, as one may read it then."""
    rows = session.execute(
        told_digests(reader)
        .with_only_columns(Digest.public_id, Digest.title, Digest.number, Digest.published_at)
        .where(Digest.collectif_id.in_(reader.collectif_ids))
        .order_by(Digest.published_at.desc(), Digest.id.desc())
        .limit(NEWEST)
    ).all()
    return [
        FeedEntry(one.public_id, f"/lettres/{one.public_id}", typo(_named(one)), (), one.published_at, one.published_at)
        for one in rows
        if one.published_at is not None
    ]


def _named(letter: Any) -> str:
    name = f"La lettre n° {letter.number}" if letter.number else "La lettre"
    return f"{name} : {letter.title}" if letter.title else name


def _entries(session: RexSession, reader: Reader) -> list[FeedEntry]:
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
            url_of(row.kind, row.public_id),
            typo(_titled(row)),
            tuple(signed.get(row.id, ())),
            row.published_at,
            row.corrected_at or row.published_at,
        )
        for row in rows
    ]


def _titled(row: Any) -> str:
    """The title, of what has one; else what it is, and who signs."""
    return ", ".join(filter(None, (UNTITLED[row.kind], row.byline))) if row.kind in UNTITLED else row.title


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
