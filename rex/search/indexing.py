"""The rows of the search follow what is told, in the transaction of each act: whatever writes an entry, its sections or what is
said under it, what changed is noted when it is written and looked at again before the commit.

A bulk statement notes nothing: who writes one calls `refresh`, `forget_collectifs` or `rex.search.whole.fill` (the seed, a
demonstration emptied)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, event, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite

from rex.db import RexSession
from rex.exchanges.models import Exchange, SyntheseSentence
from rex.journal.models import Action, Entry, Recit, Section
from rex.search import engines
from rex.search.models import FoundKind, SearchRow
from rex.search.texts import KIND_OF, SAID, Rows, entries, said, said_under, under
from rex.ticker import Lease

PORTION = 200
TO_SWEEP = "recherche-restes"  # a lease that says: words left the index since it was swept
_NOTED = "search: what was written"
Ids = dict[FoundKind, set[int]]


@dataclass
class _Written:
    entry_ids: set[int] = field(default_factory=set)
    action_ids: set[int] = field(default_factory=set)
    said_ids: Ids = field(default_factory=dict)

    def note(self, thing: object) -> None:
        kind = KIND_OF.get(type(thing))
        if kind is not None:
            self.said_ids.setdefault(kind, set()).add(thing.id)  # ty: ignore[missing-attribute]
        elif isinstance(thing, Entry):
            self.entry_ids.add(thing.id)
        elif isinstance(thing, Section):
            self.entry_ids.add(thing.entry_id)
        elif isinstance(thing, SyntheseSentence):
            self.said_ids.setdefault(FoundKind.SYNTHESE, set()).add(thing.synthese_id)
        elif isinstance(thing, Action):
            self.action_ids.add(thing.id)


@event.listens_for(RexSession, "before_flush")
def _before_flush(session: RexSession, _context: object, _instances: object) -> None:
    """What is deleted leaves the index while its words are still known; what goes with it (answers to a message), at the commit."""
    gone = _Written()
    for thing in session.deleted:
        if isinstance(thing, Entry) or type(thing) in KIND_OF:
            gone.note(thing)
        if isinstance(thing, Exchange):
            session.info.setdefault(_NOTED, _Written()).entry_ids.add(thing.entry_id)
    which = [under(sorted(gone.entry_ids))] if gone.entry_ids else []
    which += [_rows_of(kind, sorted(ids)) for kind, ids in gone.said_ids.items()]
    if which:
        with session.no_autoflush, session.as_system("the search forgets what is deleted"):
            _remove(session, session.scalars(select(SearchRow.id).where(or_(*which))).all())


@event.listens_for(RexSession, "after_flush")
def _after_flush(session: RexSession, _context: object) -> None:
    noted = session.info.get(_NOTED) or _Written()
    for thing in (*session.new, *session.dirty):
        noted.note(thing)
    if noted != _Written():
        session.info[_NOTED] = noted


@event.listens_for(RexSession, "before_commit")
def _before_commit(session: RexSession) -> None:
    session.flush()
    noted = session.info.pop(_NOTED, None)
    if noted is None:
        return
    if noted.action_ids:
        with session.as_system("which récits tell an action that is named otherwise"):
            noted.entry_ids |= set(session.scalars(select(Recit.id).where(Recit.action_id.in_(noted.action_ids))))
    refresh(session, noted.entry_ids, noted.said_ids)


@event.listens_for(RexSession, "after_rollback")
def _after_rollback(session: RexSession) -> None:
    session.info.pop(_NOTED, None)


def refresh(session: RexSession, entry_ids: Iterable[int], said_ids: Mapping[FoundKind, Iterable[int]] | None = None) -> None:
    """Make the rows of these entries, with all that is said under them, and of these texts, what they should be."""
    with session.as_system("the search follows what is told"):
        for ids in _portions(entry_ids):
            follow(session, {**entries(session, ids), **said_under(session, ids)}, under(ids))
        for kind, those in (said_ids or {}).items():
            for ids in _portions(those):
                follow(session, said(session, kind, SAID[kind].id.in_(ids)), _rows_of(kind, ids))


def _rows_of(kind: FoundKind, ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(SearchRow.said_id.in_(ids), SearchRow.kind == kind)


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(sorted(ids))
    while portion := list(islice(left, PORTION)):
        yield portion


def follow(session: RexSession, wanted: Rows, which: ColumnElement[bool]) -> None:
    """Make the rows that `which` names those that are wanted; new ones in the order in which they were said."""
    rows = {(row.entry_id, row.kind, row.said_id): row for row in session.scalars(select(SearchRow).where(which))}
    _remove(session, [row.id for key, row in rows.items() if key not in wanted])
    other = [row for key, row in rows.items() if key in wanted and any(getattr(row, n) != v for n, v in wanted[key].items())]
    if other:
        engines.take_out(session.connection(), [row.id for row in other])
        leave_to_sweep(session)
    for row in other:
        for name, value in wanted[row.entry_id, row.kind, row.said_id].items():
            setattr(row, name, value)
    new = sorted((key for key in wanted if key not in rows), key=lambda key: (wanted[key]["said_at"], key[0], key[2] or 0))
    session.flush()
    ids = [row.id for row in other]
    if new:  # all at once, then their numbers: one by one they take four times as long
        values: list[dict[str, Any]] = [dict(zip(("entry_id", "kind", "said_id"), key, strict=True)) | wanted[key] for key in new]
        session.execute(insert(SearchRow), values, execution_options={"render_nulls": True})
        numbered = session.execute(select(SearchRow.id, SearchRow.entry_id, SearchRow.kind, SearchRow.said_id).where(which))
        ids += [row.id for row in numbered if (row.entry_id, row.kind, row.said_id) not in rows]
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
