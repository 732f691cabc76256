"""The rows of the search follow what is told, in the transaction of each act: whatever writes an entry, its sections or a message,
what changed is noted when it is written and looked at again before the commit.

A bulk statement notes nothing: who writes one calls `refresh`, `forget_collectifs` or `rex.search.whole.fill` (the seed, a
demonstration emptied)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, event, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite

from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Entry, EntryKind, Section
from rex.journal.recognition_models import Recognition
from rex.search import engines
from rex.search.models import FoundKind, SearchRow
from rex.search.words import indexed
from rex.text.marks import decoded
from rex.ticker import Lease

PORTION = 200
TO_SWEEP = "recherche-restes"  # a lease that says: words left the index since it was swept
_NOTED = "search: what was written"
Key = tuple[int, int | None]  # entry, message


@dataclass
class _Written:
    entry_ids: set[int] = field(default_factory=set)
    exchange_ids: set[int] = field(default_factory=set)


@event.listens_for(RexSession, "before_flush")
def _before_flush(session: RexSession, _context: object, _instances: object) -> None:
    """What is deleted leaves the index while its words are still known."""
    gone = [thing.id for thing in session.deleted if isinstance(thing, Entry)]
    if gone:
        with session.no_autoflush, session.as_system("the search forgets what is deleted"):
            _remove(session, session.scalars(select(SearchRow.id).where(SearchRow.entry_id.in_(gone))).all())


@event.listens_for(RexSession, "after_flush")
def _after_flush(session: RexSession, _context: object) -> None:
    for thing in (*session.new, *session.dirty):
        if isinstance(thing, Entry | Section | Exchange):
            noted = session.info.setdefault(_NOTED, _Written())
            if isinstance(thing, Exchange):
                noted.exchange_ids.add(thing.id)
            else:
                noted.entry_ids.add(thing.entry_id if isinstance(thing, Section) else thing.id)


@event.listens_for(RexSession, "before_commit")
def _before_commit(session: RexSession) -> None:
    session.flush()
    noted = session.info.pop(_NOTED, None)
    if noted:
        refresh(session, noted.entry_ids, noted.exchange_ids)


@event.listens_for(RexSession, "after_rollback")
def _after_rollback(session: RexSession) -> None:
    session.info.pop(_NOTED, None)


def refresh(session: RexSession, entry_ids: Iterable[int], exchange_ids: Iterable[int] = ()) -> None:
    """Make the rows of these entries, with all their messages, and of these messages, what they should be."""
    with session.as_system("the search follows what is told"):
        for ids in _portions(entry_ids):
            wanted = {**entries(session, ids), **messages(session, Exchange.entry_id.in_(ids))}
            follow(session, wanted, SearchRow.entry_id.in_(ids))
        for ids in _portions(exchange_ids):
            follow(session, messages(session, Exchange.id.in_(ids)), SearchRow.exchange_id.in_(ids))


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(sorted(ids))
    while portion := list(islice(left, PORTION)):
        yield portion


def follow(session: RexSession, wanted: dict[Key, dict[str, Any]], which: ColumnElement[bool]) -> None:
    """Make the rows that `which` names those that are wanted; new ones in the order in which they were said."""
    rows = {(row.entry_id, row.exchange_id): row for row in session.scalars(select(SearchRow).where(which))}
    _remove(session, [row.id for key, row in rows.items() if key not in wanted])
    other = [row for key, row in rows.items() if key in wanted and any(getattr(row, n) != v for n, v in wanted[key].items())]
    if other:
        engines.take_out(session.connection(), [row.id for row in other])
        leave_to_sweep(session)
    for row in other:
        for name, value in wanted[row.entry_id, row.exchange_id].items():
            setattr(row, name, value)
    new = sorted((key for key in wanted if key not in rows), key=lambda key: (wanted[key]["said_at"], key[0], key[1] or 0))
    session.flush()
    ids = [row.id for row in other]
    if new:  # all at once, then their numbers: one by one they take four times as long
        values = [{"entry_id": key[0], "exchange_id": key[1], **wanted[key]} for key in new]
        session.execute(insert(SearchRow), values, execution_options={"render_nulls": True})
        numbered = session.execute(select(SearchRow.id, SearchRow.entry_id, SearchRow.exchange_id).where(which))
        ids += [row.id for row in numbered if (row.entry_id, row.exchange_id) not in rows]
    if ids:
        engines.put_in(session.connection(), ids)


def _remove(session: RexSession, row_ids: Sequence[int]) -> None:
    if row_ids:
        engines.take_out(session.connection(), row_ids)
        leave_to_sweep(session)
        session.execute(delete(SearchRow).where(SearchRow.id.in_(row_ids)).execution_options(synchronize_session=False))


def forget_collectifs(session: RexSession, collectif_ids: Sequence[int]) -> None:
    """Before collectifs are deleted at once: their words leave the index while they are known."""
    engines.take_out_collectifs(session.connection(), collectif_ids)
    leave_to_sweep(session)


def leave_to_sweep(session: RexSession) -> None:
    """Words left the index: the next periodic work sweeps what FTS5 keeps of them until then."""
    if session.connection().dialect.name == "sqlite":
        session.execute(insert_in_sqlite(Lease).values(name=TO_SWEEP, holder="").on_conflict_do_nothing())


def is_told() -> ColumnElement[bool]:
    """What may be found at all: told to a collectif or to the réseau; in a group, nothing."""
    return and_(
        Entry.published_at.is_not(None), Entry.suspended_at.is_(None), Entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU))
    )


def is_standing() -> ColumnElement[bool]:
    return and_(Exchange.withdrawn_at.is_(None), Exchange.suspended_at.is_(None), Exchange.audience != Audience.GROUPE)


def entries(session: RexSession, ids: Sequence[int]) -> dict[Key, dict[str, Any]]:
    columns = (Entry.id, Entry.kind, Entry.collectif_id, Entry.title, Entry.words, Entry.byline, Entry.published_at)
    rows = session.execute(select(*columns).where(Entry.id.in_(ids), is_told())).all()
    more: dict[int, list[str]] = {row.id: [row.words] for row in rows}
    sections = select(Section.entry_id, Section.source).where(Section.entry_id.in_(more)).order_by(Section.position)
    effects = select(Difficulty.id, Difficulty.effect).where(Difficulty.id.in_(more))
    for_whom = select(Recognition.id, Recognition.to_name).where(Recognition.id.in_(more))
    for query in (sections, effects, for_whom):
        for entry_id, words in session.execute(query):
            more[entry_id].append(words)
    return {
        (row.id, None): _row(
            FoundKind(row.kind.value), row.collectif_id, row.published_at, row.title if row.kind is EntryKind.RECIT else "",
            [*more[row.id], row.byline],
        )
        for row in rows
    }


def messages(session: RexSession, which: ColumnElement[bool]) -> dict[Key, dict[str, Any]]:
    columns = (
        Exchange.id, Exchange.entry_id, Exchange.audience, Exchange.service_id, Exchange.source, Exchange.created_at,
        Entry.collectif_id,
    )
    query = select(*columns).join(Entry, Entry.id == Exchange.entry_id).where(which, is_told(), is_standing())
    return {
        (row.entry_id, row.id): _row(FoundKind.EXCHANGE, row.collectif_id, row.created_at, "", [row.source])
        | {"audience": row.audience, "service_id": row.service_id}
        for row in session.execute(query)
    }


def _row(kind: FoundKind, collectif_id: int, said_at: Any, title: str, words: Sequence[str]) -> dict[str, Any]:
    """The columns of a row. A short entry has no title: its title is its first words."""
    made = indexed(title, decoded("\n".join(words)))
    known = {"kind": kind, "collectif_id": collectif_id, "audience": Audience.RESEAU, "service_id": None, "said_at": said_at}
    return known | made._asdict()
