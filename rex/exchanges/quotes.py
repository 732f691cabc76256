"""Quoted words belong to the authors of the text: sealed while it is withdrawn, shown again with it, told apart once it changes."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from rex.collectifs.models import Space
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Entry, EntryKind, Section
from rex.journal.moments import Change
from rex.sealed_words import key_name_of
from rex.text.passages import said_among


def follow(session: RexSession, entry: Entry, change: Change) -> None:
    """What becomes of the quotes when the words of an entry come, change or go; within the transaction of that act."""
    with session.as_system("quotes of a text follow it, whoever wrote the messages"):
        quoting = _quoting(session, entry)
        if not quoting:
            return
        key = key_name_of(*session.execute(select(Space.kind, Space.public_id).where(Space.id == entry.collectif_id)).one())
        for exchange in quoting:
            if change is Change.WITHDRAWN:
                _seal(session, key, exchange)
            else:
                _open(session, key, exchange)
        if change is not Change.WITHDRAWN:
            _tell_apart(session, entry, quoting)
        session.flush()


def _quoting(session: RexSession, entry: Entry) -> Sequence[Exchange]:
    quoting = or_(Exchange.quote != "", Exchange.quote_sealed.is_not(None))
    return session.scalars(select(Exchange).where(Exchange.entry_id == entry.id, quoting)).all()


def _seal(session: RexSession, key: str, exchange: Exchange) -> None:
    if exchange.quote:
        exchange.quote_sealed = session.keyring.seal(key, _row(exchange), exchange.quote)
        exchange.quote = ""


def _open(session: RexSession, key: str, exchange: Exchange) -> None:
    if exchange.quote_sealed is not None:
        exchange.quote = session.keyring.open(key, _row(exchange), exchange.quote_sealed)
        exchange.quote_sealed = None


def _tell_apart(session: RexSession, entry: Entry, quoting: Sequence[Exchange]) -> None:
    """Which quotes the text does not say any more; each section is read once."""
    sources = {"": entry.words}
    if entry.kind is EntryKind.RECIT:
        sources = dict(session.execute(select(Section.slug, Section.source).where(Section.entry_id == entry.id)).all())
    by_slug: dict[str, set[str]] = {}
    for exchange in quoting:
        by_slug.setdefault(exchange.quote_slug, set()).add(exchange.quote)
    said = {slug: said_among(sources.get(slug, ""), quotes) for slug, quotes in by_slug.items()}
    for exchange in quoting:
        exchange.is_detached = exchange.quote not in said[exchange.quote_slug]


def _row(exchange: Exchange) -> str:
    return f"exchange|{exchange.public_id}|quote"
