"""Searching inside a peer group: its texts are opened and looked through in memory, for the member who asks.

Nothing of it is written down. Each text is opened once and kept folded (no accent, no case), under what the base keeps of its
sealed value, which changes each time that it is written; a group whose key is gone keeps nothing here, nor does a text that
nobody looked through for an hour."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, Text, func, type_coerce

from rex.access import MembershipView, Reader, visible_entries, visible_exchanges
from rex.collectifs.models import User
from rex.db import RexSession
from rex.exchanges.models import Exchange, Synthese, SyntheseSentence
from rex.exchanges.search_terms import Terms
from rex.french import fold
from rex.journal.difficulty_models import Echo
from rex.journal.models import Audience, Entry, Section
from rex.journal.together_models import ActionNote, Rereading
from rex.keys import Keyring
from rex.text import plain

KEPT_FOR = 3600.0  # seconds
VERSION = 96  # characters of a sealed value: the name of its key and its nonce, which no other value has


@dataclass(frozen=True)
class Sort:
    """A kind of text of a group: its rows that this reader reads, and where its words are."""

    name: str
    id: Any  # mapped columns, as those below
    words: tuple[Any, ...]
    rows: Any  # (reader) → Select


def _entries(reader: Reader) -> Select[Any]:
    return visible_entries(reader)


def _hanging(model: Any, column: Any) -> Any:
    return lambda reader: visible_entries(reader).join(model, column == Entry.id)


SORTS = (
    Sort("entry", Entry.id, (Entry.title, Entry.words), _entries),
    Sort("section", Section.id, (Section.heading, Section.source), _hanging(Section, Section.entry_id)),
    Sort(
        "exchange",
        Exchange.id,
        (Exchange.source,),
        lambda reader: visible_exchanges(reader).join(Entry, Entry.id == Exchange.entry_id),
    ),
    Sort("echo", Echo.id, (Echo.words,), _hanging(Echo, Echo.entry_id)),
    Sort("rereading", Rereading.id, (Rereading.source,), _hanging(Rereading, Rereading.entry_id)),
    Sort("note", ActionNote.id, (ActionNote.words,), _hanging(ActionNote, ActionNote.one_id)),
    Sort(
        "synthese",
        SyntheseSentence.id,
        (SyntheseSentence.words,),
        lambda reader: visible_entries(reader)
        .join(Synthese, Synthese.entry_id == Entry.id)
        .join(SyntheseSentence, SyntheseSentence.synthese_id == Synthese.id),
    ),
)


@dataclass
class _Kept:
    """A text of a group, folded; `version`: what the base kept when it was opened."""

    version: str
    folded: str
    used_at: float


@dataclass
class _Group:
    texts: dict[tuple[str, int], _Kept] = field(default_factory=dict)


_memory: WeakKeyDictionary[Keyring, dict[str, _Group]] = WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True)
class Found:
    """A text that says what is looked for."""

    sort: str
    id: int
    entry_id: int
    weight: int


def search(session: RexSession, reader: Reader, seat: MembershipView, terms: Terms) -> list[Found]:
    """The texts of a group that this member reads and that say all of these words, those that say them most first. One statement
    for each kind of text; one more for a kind of which something was not opened yet."""
    if not terms.asked:
        return []
    group = _group_of(session.keyring, seat.key_name)
    now = time.monotonic()
    found: list[Found] = []
    for sort in SORTS:
        rows = session.execute(_versions(reader, seat, sort)).all()
        missing = [row.id for row in rows if not _is_kept(group, sort, row, now)]
        if missing:
            _open(session, reader, seat, sort, {row.id: row.version for row in rows}, missing, group, now)
        for row in rows:
            kept = group.texts.get((sort.name, row.id))
            weight = terms.weigh(kept.folded) if kept else 0
            if weight:
                found.append(Found(sort.name, row.id, row.entry_id, weight * (5 if sort.name == "entry" else 1)))
    _forget_unused(group, now)
    return sorted(found, key=lambda one: (-one.weight, -one.entry_id, -one.id))


def _versions(reader: Reader, seat: MembershipView, sort: Sort) -> Select[Any]:
    """What tells whether a text is the one that was opened, without opening it."""
    starts = [func.substr(type_coerce(column, Text), 1, VERSION, type_=Text) for column in sort.words]
    version = starts[0]
    for start in starts[1:]:
        version = version + "|" + start
    columns = sort.id.label("id"), Entry.id.label("entry_id"), version.label("version")
    return _of_group(reader, seat, sort).with_only_columns(*columns)


def _of_group(reader: Reader, seat: MembershipView, sort: Sort) -> Select[Any]:
    here = Entry.collectif_id == seat.collectif_id, Entry.audience == Audience.GROUPE, Entry.suspended_at.is_(None)
    return sort.rows(reader).where(*here)


def _is_kept(group: _Group, sort: Sort, row: Any, now: float) -> bool:
    kept = group.texts.get((sort.name, row.id))
    if kept is None or kept.version != row.version:
        return False
    kept.used_at = now
    return True


def _open(
    session: RexSession,
    reader: Reader,
    seat: MembershipView,
    sort: Sort,
    versions: Mapping[int, str],
    ids: Sequence[int],
    group: _Group,
    now: float,
) -> None:
    """Open these texts and keep them folded."""
    columns = [column.label(f"words_{rank}") for rank, column in enumerate(sort.words)]
    query = _of_group(reader, seat, sort).with_only_columns(sort.id.label("id"), *columns)
    query = query.where(sort.id.in_(ids)) if len(ids) < 500 else query
    wanted = set(ids)
    for row in session.execute(query):
        if row.id in wanted:
            words = fold(" ".join(plain(text, limit=len(text)) for text in row[1:] if text))
            group.texts[sort.name, row.id] = _Kept(versions[row.id], words, now)


def _group_of(keyring: Keyring, key_name: str) -> _Group:
    with _lock:
        groups = _memory.setdefault(keyring, {})
        for name in [name for name in groups if not keyring.has(name)]:
            del groups[name]
        return groups.setdefault(key_name, _Group())


def _forget_unused(group: _Group, now: float) -> None:
    for key in [key for key, kept in list(group.texts.items()) if kept.used_at < now - KEPT_FOR]:
        group.texts.pop(key, None)


def forget_gone() -> None:
    """Keep nothing of a group whose key is gone, whichever process ended it, nor what nobody looked through for an hour."""
    now = time.monotonic()
    with _lock:
        for keyring, groups in list(_memory.items()):
            for name, group in list(groups.items()):
                _forget_unused(group, now)
                if not group.texts or not keyring.has(name):
                    del groups[name]


def forget(session: RexSession, _group_id: int, user_ids: list[int] | None) -> None:
    """When a group ends (`user_ids` is None): nothing of any group is kept; what is asked again is opened again."""
    if user_ids is None:
        with _lock:
            _memory.pop(session.keyring, None)


@dataclass(frozen=True)
class Told:
    """Where a text that was found stands, and its words."""

    public_id: str
    author: str
    at: datetime | None
    words: str


def told_by(session: RexSession, reader: Reader, seat: MembershipView, found: Sequence[Found]) -> dict[tuple[str, int], Told]:
    """The words of what is shown, by kind and id: opened anew, for the page alone. One statement for each kind."""
    told: dict[tuple[str, int], Told] = {}
    for sort in SORTS:
        ids = [one.id for one in found if one.sort == sort.name]
        if not ids:
            continue
        words = [column.label(f"words_{rank}") for rank, column in enumerate(sort.words)]
        query = _of_group(reader, seat, sort).where(sort.id.in_(ids))
        if sort.name == "exchange":
            query = query.outerjoin(User, User.id == Exchange.author_id)
            query = query.with_only_columns(sort.id, Exchange.public_id, User.name, Exchange.created_at, *words)
        else:
            query = query.with_only_columns(sort.id, Entry.public_id, Entry.byline, Entry.published_at, *words)
        for row in session.execute(query):
            said = " ".join(plain(text, limit=len(text)) for text in row[4:] if text)
            told[sort.name, row[0]] = Told(row[1], row[2] or "", row[3], said)
    return told


def entries_named(session: RexSession, reader: Reader, entry_ids: set[int]) -> dict[int, Any]:
    """(public id, kind, title) of the entries under which something was found."""
    query = visible_entries(reader).where(Entry.id.in_(entry_ids))
    return {row.id: row for row in session.execute(query.with_only_columns(Entry.id, Entry.public_id, Entry.kind, Entry.title))}
