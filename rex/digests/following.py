"""What letters quote of a text follows it: sealed in place while it is withdrawn, in clear again with it. What an animateur wrote
of it, above and around the quotes, goes with them. A quote that the text does not say any more is put away, and comes back if it
does.

What people write about a tension (what was decided, what a trial gave) is nobody's entry: whatever corrects it or takes it back,
its row is noted when it is written, and followed before the commit."""

import json
from collections.abc import Sequence

from sqlalchemy import event, or_, select

from rex.collectifs.models import Space
from rex.db import RexSession
from rex.digests.models import DigestItem, DigestQuote
from rex.digests.passages import still_said
from rex.journal import moments
from rex.journal.models import Entry, EntryKind, Section
from rex.journal.moments import Change
from rex.sealed_words import key_name_of
from rex.tensions.models import Arbitrage, Tension, TensionTrial

_NOTED = "digests: tensions about which something else is said"


def listen() -> None:
    """Follow what becomes of the texts (once; again changes nothing)."""
    moments.on_change("digests", follow)


def follow(session: RexSession, entry: Entry, change: Change) -> None:
    """What becomes of the quotes and of the items when the words of an entry come, change or go; within that transaction."""
    with session.as_system("what letters say of a text follows it"):
        quotes = session.scalars(select(DigestQuote).where(DigestQuote.entry_id == entry.id)).all()
        items = session.scalars(select(DigestItem).where(DigestItem.entry_id == entry.id, _has_words())).all()
        if not quotes and not items:
            return
        key = key_name_of(*session.execute(select(Space.kind, Space.public_id).where(Space.id == entry.collectif_id)).one())
        if change is Change.WITHDRAWN:
            for item in items:
                _seal_item(session, key, item)
            for quote in quotes:
                _seal(session, key, quote)
        else:
            for item in items:
                _open_item(session, key, item)
            for quote in quotes:
                _open(session, key, quote)
            _put_away(session, key, entry, quotes)
        session.flush()


@event.listens_for(RexSession, "after_flush")
def _after_flush(session: RexSession, _context: object) -> None:
    said = {thing.tension_id for thing in (*session.dirty, *session.deleted) if isinstance(thing, Arbitrage | TensionTrial)}
    if said:
        session.info.setdefault(_NOTED, set()).update(said)


@event.listens_for(RexSession, "before_commit")
def _before_commit(session: RexSession) -> None:
    session.flush()
    for tension_id in sorted(session.info.pop(_NOTED, ())):
        with session.as_system("what letters say of a text follows it"):
            tension = session.get(Tension, tension_id)
        if tension is not None and tension.published_at is not None:
            follow(session, tension, Change.CORRECTED)


@event.listens_for(RexSession, "after_rollback")
def _after_rollback(session: RexSession) -> None:
    session.info.pop(_NOTED, None)


def sources_of(session: RexSession, entry_id: int) -> list[str]:
    """What a letter may quote of a text beside its own words: its sections; of a tension, what was decided and what trials gave. As
    the reader of the session reads it (three statements)."""
    sections = select(Section.source).where(Section.entry_id == entry_id).order_by(Section.position)
    decided = select(Arbitrage.decided).where(Arbitrage.tension_id == entry_id).order_by(Arbitrage.id)
    tried = select(TensionTrial.outcome).where(TensionTrial.tension_id == entry_id).order_by(TensionTrial.id)
    return [source for query in (sections, decided, tried) for source in session.scalars(query) if source]


def _has_words():
    return or_(DigestItem.title != "", DigestItem.words != "", DigestItem.sealed.is_not(None))


def _put_away(session: RexSession, key: str, entry: Entry, quotes: Sequence[DigestQuote]) -> None:
    """The quotes that the text does not say."""
    if not quotes:
        return
    own = [] if entry.kind is EntryKind.RECIT else [entry.words]
    sources = [*own, *sources_of(session, entry.id)]
    said = still_said(sources, {quote.words for quote in quotes if quote.words})
    for quote in quotes:
        if quote.words and quote.words not in said:
            _seal(session, key, quote)


def _seal(session: RexSession, key: str, quote: DigestQuote) -> None:
    if quote.words:
        quote.sealed = session.keyring.seal(key, f"digest_quote|{quote.public_id}", quote.words)
        quote.words = ""


def _open(session: RexSession, key: str, quote: DigestQuote) -> None:
    if quote.sealed is not None:
        quote.words = session.keyring.open(key, f"digest_quote|{quote.public_id}", quote.sealed)
        quote.sealed = None


def _seal_item(session: RexSession, key: str, item: DigestItem) -> None:
    if item.title or item.words:
        kept = json.dumps([item.title, item.words], ensure_ascii=False)
        item.sealed = session.keyring.seal(key, f"digest_item|{item.public_id}", kept)
        item.title = item.words = ""


def _open_item(session: RexSession, key: str, item: DigestItem) -> None:
    if item.sealed is not None:
        item.title, item.words = json.loads(session.keyring.open(key, f"digest_item|{item.public_id}", item.sealed))
        item.sealed = None
