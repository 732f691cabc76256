"""What pages read of the exchanges, through the door: a message, the rows of a thread, the questions that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from rex.access import MembershipView, Reader, still_hears, visible_exchanges
from rex.collectifs.models import User
from rex.db import BigId, RexSession
from rex.exchanges.entries import url_of
from rex.exchanges.models import Exchange, FormerWords, Posture, Synthese
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.models import Audience, Entry
from rex.kept import Kept
from rex.shapes import Shape

# Written in the statement, not given as a parameter: else a plan that PostgreSQL keeps could not use the index of questions.
_A_QUESTION = literal(Posture.QUESTION, Exchange.posture.type, literal_execute=True)
NOBODY = "Une personne"  # speaks for an account that was deleted
PAGE = 20


def find_exchange(session: RexSession, reader: Reader, public_id: str) -> Exchange | None:
    """A message that this reader reads, by the id of its address."""
    return session.scalars(visible_exchanges(reader).where(Exchange.public_id == public_id)).first()


def thread_rows(session: RexSession, entry_id: int) -> Sequence[Any]:
    """Every message that the reader of the session reads under an entry, in the order of saying, with its author's name (one
    statement)."""
    return _thread.rows(session, entry=entry_id)


def threads_rows(session: RexSession, reader: Reader, entry_ids: Sequence[int]) -> Sequence[Any]:
    """The same for several entries (one statement); the rows of each come together."""
    return session.execute(_said(reader).where(Exchange.entry_id.in_(entry_ids))).all() if entry_ids else []


@Kept
def _thread(reader: Shape) -> Select[Any]:
    return _said(reader, bindparam("entry", type_=BigId)).where(Exchange.entry_id == bindparam("entry", type_=BigId))


def _said(reader: Any, entry_id: Any = Exchange.entry_id) -> Select[Any]:
    """What a page shows of messages; `closings`: how many synthèses their entry has (counted once where there is one entry)."""
    closings = select(func.count(Synthese.id)).where(Synthese.entry_id == entry_id).scalar_subquery()
    return cast(
        "Select[Any]",
        visible_exchanges(reader)
        .outerjoin(User, User.id == Exchange.author_id)
        .with_only_columns(
            Exchange.id,
            Exchange.entry_id,
            Exchange.public_id,
            Exchange.parent_id,
            Exchange.root_id,
            Exchange.audience,
            Exchange.posture,
            Exchange.author_id,
            User.name,
            Exchange.signature,
            Exchange.quote,
            Exchange.quote_slug,
            Exchange.is_detached,
            Exchange.html,
            Exchange.sealed,
            Exchange.created_at,
            Exchange.edited_at,
            Exchange.has_former_words,
            Exchange.withdrawn_at,
            Exchange.suspended_at,
            Exchange.suspended_why,
            _taker(User.id).label("taken_by_id"),
            _taker(User.name).label("taker"),
            closings.label("closings"),
        )
        .order_by(Exchange.entry_id, Exchange.id),
    )


def name_of(session: RexSession, exchange: Exchange) -> str:
    """Who says a message; nobody's name stands on one that was withdrawn."""
    name = session.scalar(select(User.name).where(User.id == exchange.author_id)) if exchange.author_id else None
    return NOBODY if exchange.withdrawn_at else name or NOBODY


def former_words(session: RexSession, exchange: Exchange) -> list[tuple[str, datetime]]:
    """(HTML, until when) of what a message said while it was being answered, latest first."""
    rows = session.execute(
        select(FormerWords.html, FormerWords.until).where(FormerWords.exchange_id == exchange.id).order_by(FormerWords.id.desc())
    )
    return [(html, until) for html, until in rows]


# --- questions that wait ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A question that nobody answered, under its entry."""

    public_id: str
    html: str
    author_id: int | None
    name: str
    signature: str
    asked_at: datetime
    taken_by_id: int | None
    taker: str
    entry_url: str
    entry_title: str

    @property
    def url(self) -> str:
        return f"{self.entry_url}#e-{self.public_id}"


@dataclass(frozen=True)
class WaitingPage:
    questions: list[Waiting]
    later: str | None  # the cursor of the next page
    is_first: bool


def waiting_questions(session: RexSession, reader: Reader, seat: MembershipView, after: str = "") -> WaitingPage:
    """The questions without an answer under the entries of a collectif, oldest first (two statements: which ones, then what
    those of the page say and who takes care of each)."""
    in_order = Exchange.created_at, Exchange.id
    which = questions_waiting(reader, seat.collectif_id).with_only_columns(*in_order).order_by(*in_order).limit(PAGE + 1)
    cursor = read_cursor(session, after)
    if cursor:
        which = which.where(tuple_(*in_order) > cursor)
    found = session.execute(which).all()
    rows = session.execute(_as_told(reader, [row.id for row in found[:PAGE]]).order_by(*in_order)).all()
    questions = [
        Waiting(
            row.public_id, row.html, row.author_id, row.name or NOBODY, row.signature, row.created_at,
            row.taken_by_id, row.taker or NOBODY, url_of(row.kind, row.entry), row.title,
        )
        for row in rows
    ]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return WaitingPage(questions, written_cursor(session, last.created_at, last.id) if last else None, is_first=cursor is None)


def _as_told(reader: Reader, ids: Sequence[int]) -> Select[Any]:
    return (
        visible_exchanges(reader)
        .join(Entry, Entry.id == Exchange.entry_id)
        .outerjoin(User, User.id == Exchange.author_id)
        .where(Exchange.id.in_(ids), Exchange.withdrawn_at.is_(None), Exchange.suspended_at.is_(None))
        .with_only_columns(
            Exchange.id, Exchange.public_id, Exchange.html, Exchange.author_id, User.name, Exchange.signature,
            Exchange.created_at, _taker(User.id).label("taken_by_id"), _taker(User.name).label("taker"), Entry.kind,
            Entry.public_id.label("entry"), Entry.title,
        )
    )


def count_waiting(session: RexSession, seat: MembershipView) -> int:
    """How many questions wait under the entries of a collectif, for the reader of the session (one statement)."""
    return _number_waiting.rows(session, collectif=seat.collectif_id)[0].number


@Kept
def _number_waiting(reader: Shape) -> Select[Any]:
    return questions_waiting(reader, bindparam("collectif", type_=BigId)).with_only_columns(func.count(Exchange.id).label("number"))


def _taker(column: InstrumentedAttribute[Any]) -> Any:
    """Who said « Je m’en occupe » (a column of theirs), as long as they read the message: else it waits for somebody again.

    A subquery, since an alias in a join would escape the second lock."""
    taker = aliased(User)
    there = taker.id == Exchange.taken_by_id, still_hears(taker.id)
    return select(getattr(taker, column.key)).where(*there).correlate(Exchange).scalar_subquery()


def questions_waiting(reader: Any, collectif_id: Any) -> Select[Any]:
    """Questions that stand, in threads that are open, to which nobody else than who asked answered (as this reader sees it), with
    their entries."""
    answer = aliased(Exchange)
    by_another = or_(answer.author_id.is_(None), answer.author_id.is_distinct_from(Exchange.author_id))
    answered = select(answer.id).where(
        answer.parent_id == Exchange.id, answer.withdrawn_at.is_(None), answer.suspended_at.is_(None), by_another
    )
    return (
        visible_exchanges(reader)
        .join(Entry, Entry.id == Exchange.entry_id)
        .where(
            Entry.collectif_id == collectif_id,
            Exchange.posture == _A_QUESTION,
            Exchange.withdrawn_at.is_(None),
            Exchange.suspended_at.is_(None),
            ~answered.exists(),
            ~select(Synthese.id).where(_closes_its_thread()).exists(),
        )
    )


def _closes_its_thread() -> ColumnElement[bool]:
    same = or_(Entry.audience == Audience.COLLECTIF, Synthese.audience == Exchange.audience)
    return and_(Synthese.entry_id == Exchange.entry_id, Synthese.reopened_at.is_(None), same)
