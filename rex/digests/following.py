"""What letters quote of a text follows it: sealed in place while it is withdrawn, in clear again with it. What an animateur wrote
of it, above and around the quotes, goes with them. A quote that the text does not say any more is put away, and comes back if it
does."""

import json
from collections.abc import Sequence

from sqlalchemy import or_, select

from rex.collectifs.models import Space
from rex.db import RexSession
from rex.digests.models import DigestItem, DigestQuote
from rex.digests.passages import still_said
from rex.journal import moments
from rex.journal.models import Entry, EntryKind, Section
from rex.journal.moments import Change
from rex.sealed_words import key_name_of


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


def _has_words():
    return or_(DigestItem.title != "", DigestItem.words != "", DigestItem.sealed.is_not(None))


def _put_away(session: RexSession, key: str, entry: Entry, quotes: Sequence[DigestQuote]) -> None:
    """The quotes that the text does not say: words of people about a tension are not those of the tension itself, and stay."""
    if entry.kind is EntryKind.TENSION or not quotes:
        return
    sources = [entry.words]
    if entry.kind is EntryKind.RECIT:
        sources = list(session.scalars(select(Section.source).where(Section.entry_id == entry.id)))
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
