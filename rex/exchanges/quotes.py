"""Words quoted from a récit belong to its authors: sealed while it is withdrawn, shown again with it, told apart once it changes.

The same for what is quoted from its passages that became difficulties."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from rex.access import MembershipView
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Entry, EntryKind, Recit, Section
from rex.journal.moments import Change
from rex.text.passages import said_among


def follow(session: RexSession, seat: MembershipView, recit: Recit, change: Change) -> None:
    """What becomes of the quotes when the words of a récit come, change or go; within the transaction of that act."""
    with session.as_system("quotes of a text follow it, whoever wrote the messages"):
        if change is Change.WITHDRAWN:
            for exchange in _quoting(session, _with_its_passages(session, recit)):
                _seal(session, seat, exchange)
        elif change is Change.PUBLISHED:
            for exchange in _quoting(session, _with_its_passages(session, recit)):
                _open(session, seat, exchange)
        if change is not Change.WITHDRAWN:
            _tell_apart(session, recit, _quoting(session, [recit.id]))
        session.flush()


def _with_its_passages(session: RexSession, recit: Recit) -> list[int]:
    passages = select(Entry.id).where(Entry.about_id == recit.id, Entry.kind == EntryKind.DIFFICULTY)
    return [recit.id, *session.scalars(passages)]


def _quoting(session: RexSession, entry_ids: Sequence[int]) -> Sequence[Exchange]:
    quoting = or_(Exchange.quote != "", Exchange.quote_sealed.is_not(None))
    return session.scalars(select(Exchange).where(Exchange.entry_id.in_(entry_ids), quoting)).all()


def _seal(session: RexSession, seat: MembershipView, exchange: Exchange) -> None:
    if exchange.quote:
        exchange.quote_sealed = session.keyring.seal(seat.key_name, _row(exchange), exchange.quote)
        exchange.quote = ""


def _open(session: RexSession, seat: MembershipView, exchange: Exchange) -> None:
    if exchange.quote_sealed is not None:
        exchange.quote = session.keyring.open(seat.key_name, _row(exchange), exchange.quote_sealed)
        exchange.quote_sealed = None


def _tell_apart(session: RexSession, recit: Recit, quoting: Sequence[Exchange]) -> None:
    """Which quotes the sections do not say any more; each section is read once."""
    if not quoting:
        return
    sources = dict(session.execute(select(Section.slug, Section.source).where(Section.entry_id == recit.id)).all())
    by_slug: dict[str, set[str]] = {}
    for exchange in quoting:
        by_slug.setdefault(exchange.quote_slug, set()).add(exchange.quote)
    said = {slug: said_among(sources.get(slug, ""), quotes) for slug, quotes in by_slug.items()}
    for exchange in quoting:
        exchange.is_detached = exchange.quote not in said[exchange.quote_slug]


def _row(exchange: Exchange) -> str:
    return f"exchange|{exchange.public_id}|quote"
