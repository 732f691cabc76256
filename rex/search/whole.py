"""The index as a whole: filled when it is new, made again when asked, compared with what is told, swept of what left it."""

from collections.abc import Callable, Sequence
from heapq import merge
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from rex import migrate
from rex.db import Database, RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Entry
from rex.search import engines
from rex.search.indexing import PORTION, TO_SWEEP, entries, follow, is_standing, is_told, messages
from rex.search.models import SearchRow
from rex.ticker import Lease

AT_ONCE = 5_000  # what is missing is looked for so often
REPAIR = "lancez «\u00a0rex search rebuild\u00a0»."


def fill(database: Database, say: Callable[[int], None] = lambda done: None) -> int:
    """Make the rows that are missing, the oldest first, a portion at a time: stopped half-way, it goes on where it was. How many
    were missing."""
    done = 0
    while True:
        with database.system("what the search has not taken in yet") as session:
            missing = _missing(session)
        if not missing:
            return done
        for start in range(0, len(missing), PORTION):
            portion = missing[start : start + PORTION]
            with database.system("the search takes in what is told", write=True) as session:
                _fill_portion(session, portion)
            done += len(portion)
            say(done)


def _missing(session: RexSession) -> list[tuple[int, bool]]:
    """The ids of the oldest entries (True) and messages that have no row, in the order in which they were said."""
    told = session.execute(_entries_without_row().order_by(Entry.published_at, Entry.id).limit(AT_ONCE))
    said = session.execute(_messages_without_row().order_by(Exchange.created_at, Exchange.id).limit(AT_ONCE))
    in_order = merge(((row[1], row[0], True) for row in told), ((row[1], row[0], False) for row in said))
    return [(key, is_entry) for _, key, is_entry in islice(in_order, AT_ONCE)]


def _fill_portion(session: RexSession, portion: Sequence[tuple[int, bool]]) -> None:
    engines.hold(session.connection())  # two processes that start at once fill in turns
    entry_ids = [key for key, is_entry in portion if is_entry]
    exchange_ids = [key for key, is_entry in portion if not is_entry]
    wanted = {**entries(session, entry_ids), **messages(session, Exchange.id.in_(exchange_ids))}
    here = or_(and_(SearchRow.entry_id.in_(entry_ids), SearchRow.exchange_id.is_(None)), SearchRow.exchange_id.in_(exchange_ids))
    follow(session, wanted, here)


def _entries_without_row() -> Select:
    mine = select(SearchRow.id).where(SearchRow.entry_id == Entry.id, SearchRow.exchange_id.is_(None))
    return select(Entry.id, Entry.published_at).where(is_told(), ~mine.exists())


def _messages_without_row() -> Select:
    mine = select(SearchRow.id).where(SearchRow.exchange_id == Exchange.id)
    said = select(Exchange.id, Exchange.created_at).join(Entry, Entry.id == Exchange.entry_id)
    return said.where(is_told(), is_standing(), ~mine.exists())


def rebuild(database: Database, say: Callable[[int], None] = lambda done: None) -> int:
    """Make all of it again, a portion at a time; what is not there yet is not found meanwhile. How many rows there are."""
    with database.system("the search is made again", write=True) as session:
        session.execute(delete(SearchRow).execution_options(synchronize_session=False))
        engines.make_anew(session.connection())
    made = fill(database, say)
    with database.system("the search is made again: no word of before", write=True) as session:
        engines.sweep(session.connection())
    return made


def sweep(database: Database) -> None:
    """Periodic work: what FTS5 keeps of the words that left, when some did."""
    with database.system("whether words left the search") as session:
        if session.get(Lease, TO_SWEEP) is None:
            return
    with database.system("the search keeps no word that left it", write=True) as session:
        session.execute(delete(Lease).where(Lease.name == TO_SWEEP))
        engines.sweep(session.connection())


def faults(database: Database) -> list[str]:
    """How the search differs from what is told, one French sentence each; empty when they agree."""
    with database.system("whether the search says what is told", write=True) as session:
        missing = _count(session, _entries_without_row()) + _count(session, _messages_without_row())
        found = [_sentence(missing, "texte manque", "textes manquent")] if missing else []
        extra = _count(session, select(SearchRow.id).where(~_stands()))
        found += [_sentence(extra, "texte n’y a plus sa place", "textes n’y ont plus leur place")] if extra else []
        other = 0 if found else _differing(session)
        found += [_sentence(other, "texte a changé", "textes ont changé")] if other else []
        if not engines.is_whole(session.connection()):
            found.append(f"L’index de la recherche est abîmé\u00a0: {REPAIR}")
        session.rollback()
    return found


def _sentence(number: int, one: str, several: str) -> str:
    return f"Dans la recherche, {number} {one if number < 2 else several}\u00a0: {REPAIR}"


def _count(session: RexSession, query: Select) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _stands() -> ColumnElement[bool]:
    """Whether what a row stands for is told."""
    entry = select(Entry.id).where(Entry.id == SearchRow.entry_id, is_told()).exists()
    message = select(Exchange.id).where(Exchange.id == SearchRow.exchange_id, is_standing()).exists()
    return and_(entry, or_(SearchRow.exchange_id.is_(None), message))


def _differing(session: RexSession) -> int:
    """How many rows say something else than their text does, a portion at a time."""
    number, last = 0, 0
    while True:
        rows = session.scalars(select(SearchRow).where(SearchRow.id > last).order_by(SearchRow.id).limit(PORTION)).all()
        if not rows:
            return number
        last = rows[-1].id
        wanted = entries(session, [row.entry_id for row in rows if row.exchange_id is None])
        wanted |= messages(session, Exchange.id.in_([row.exchange_id for row in rows if row.exchange_id]))
        known = [(row, wanted.get((row.entry_id, row.exchange_id), {})) for row in rows]
        number += sum(any(getattr(row, name) != value for name, value in right.items()) for row, right in known)
        session.expunge_all()


migrate.AFTER["search"] = fill
