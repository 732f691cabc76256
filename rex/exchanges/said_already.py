"""What somebody says again without knowing it: the page that they came back to was drawn anew, its form has another key.

Other words, another posture, another passage, another message answered: that is another message."""

from datetime import timedelta

from rex import clock
from rex.access import Reader, visible_exchanges
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry
from rex.exchanges.models import Exchange
from rex.exchanges.words import Words
from rex.text.marks import tidy

WITHIN = timedelta(minutes=10)
MOST = 20  # of one person under one entry, in that time


def already_said(session: RexSession, reader: Reader, entry: ToldEntry, words: Words, parent: Exchange | None) -> Exchange | None:
    """The message that this person has just said here, in the very same words, and that still stands. In a group words lie sealed:
    they are compared once opened."""
    rows = session.scalars(
        visible_exchanges(reader)
        .where(
            Exchange.entry_id == entry.id,
            Exchange.author_id == reader.user_id,
            Exchange.parent_id == (parent.id if parent else None),
            Exchange.posture == words.posture,
            Exchange.withdrawn_at.is_(None),
            Exchange.suspended_at.is_(None),
            Exchange.created_at >= clock.now() - WITHIN,
        )
        .order_by(Exchange.id.desc())
        .limit(MOST)
    ).all()
    here = (tidy(words.source), words.quote, words.quote_slug)
    return next((row for row in reversed(rows) if (row.source, row.quote, row.quote_slug) == here), None)
