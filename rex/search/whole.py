"""The index as a whole: filled when it is new, made again when asked, compared with what is told, swept of what left it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from rex import migrate
from rex.db import Database, RexSession
from rex.journal.models import Entry
from rex.search import engines
from rex.search.indexing import PORTION, TO_SWEEP, follow
from rex.search.models import FoundKind, SearchRow
from rex.search.texts import SAID, entries, is_told, said, standing
from rex.ticker import Lease

AT_ONCE = 5_000  # what is missing is looked for so often
Missing = tuple[FoundKind | None, int]
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


def _missing(session: RexSession) -> list[Missing]:
    """The oldest texts that have no row, in the order in which they were said: (kind, None for an entry; id)."""
    without = [
        _in_order(session, kind, query.order_by(query.selected_columns.said_at, query.selected_columns.id).limit(AT_ONCE))
        for kind, query in _without_row().items()
    ]
    return [(kind, key) for _, _, kind, key in islice(merge(*without), AT_ONCE)]


def _in_order(session: RexSession, kind: FoundKind | None, query: Select) -> list[tuple[datetime, str, FoundKind | None, int]]:
    return [(said_at, kind or "", kind, key) for key, said_at in session.execute(query)]


def _fill_portion(session: RexSession, portion: Sequence[Missing]) -> None:
    engines.hold(session.connection())  # two processes that start at once fill in turns
    ids: dict[FoundKind | None, list[int]] = {}
    for kind, key in portion:
        ids.setdefault(kind, []).append(key)
    wanted, here = {}, []
    for kind, those in ids.items():
        wanted |= said(session, kind, SAID[kind].id.in_(those)) if kind else entries(session, those)
        here.append(and_(SearchRow.said_id.in_(those), SearchRow.kind == kind) if kind else _of_entries(those))
    follow(session, wanted, or_(*here))


def _of_entries(ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(SearchRow.entry_id.in_(ids), SearchRow.said_id.is_(None))


def _without_row() -> dict[FoundKind | None, Select]:
    """Id and moment of what has no row, for entries (None) and for each kind of text said under one."""
    mine = select(SearchRow.id).where(SearchRow.entry_id == Entry.id, SearchRow.said_id.is_(None))
    found: dict[FoundKind | None, Select] = {
        None: select(Entry.id, Entry.published_at.label("said_at")).where(is_told(), ~mine.exists())
    }
    for kind, sort in SAID.items():
        row = select(SearchRow.id).where(SearchRow.said_id == sort.id, SearchRow.kind == kind)
        found[kind] = standing(kind, sort.id.label("id"), sort.said_at.label("said_at")).where(~row.exists())
    return found


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
        missing = sum(_count(session, query) for query in _without_row().values())
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
    one_of = [and_(SearchRow.said_id.is_(None), entry)]
    for kind, sort in SAID.items():
        mine = standing(kind, sort.id).where(sort.id == SearchRow.said_id, sort.entry_id == SearchRow.entry_id)
        one_of.append(and_(SearchRow.kind == kind, mine.exists()))
    return or_(*one_of)


def _differing(session: RexSession) -> int:
    """How many rows say something else than their text does, a portion at a time."""
    number, last = 0, 0
    while True:
        rows = session.scalars(select(SearchRow).where(SearchRow.id > last).order_by(SearchRow.id).limit(PORTION)).all()
        if not rows:
            return number
        last = rows[-1].id
        wanted = entries(session, [row.entry_id for row in rows if row.said_id is None])
        for kind, sort in SAID.items():
            if ids := [row.said_id for row in rows if row.kind is kind]:
                wanted |= said(session, kind, sort.id.in_(ids))
        known = [(row, wanted.get((row.entry_id, row.kind, row.said_id), {})) for row in rows]
        number += sum(any(getattr(row, name) != value for name, value in right.items()) for row, right in known)
        session.expunge_all()


migrate.AFTER["search"] = fill
