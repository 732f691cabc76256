"""What somebody says again without knowing it: the page that they came back to was drawn anew, its form has another key.

Other words, another posture, another passage, another message answered: that is another message."""

from datetime import timedelta
from itertools import takewhile

from rex import clock
from rex.access import Reader, visible_exchanges
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry, audience_of_answer
from rex.exchanges.models import Exchange
from rex.exchanges.words import Words
from rex.text.marks import tidy

WITHIN = timedelta(minutes=10)
MOST = 20  # under one entry, in that time


def already_said(session: RexSession, reader: Reader, entry: ToldEntry, words: Words, parent: Exchange | None) -> Exchange | None:
    """The message that this person has just said here, to the same readers, in the very same words, and that still stands; nobody
    has spoken since, or « Oui. » may well be another answer. In a group words lie sealed: they are compared once opened."""
    last = session.scalars(
        visible_exchanges(reader)
        .where(
            Exchange.entry_id == entry.id,
            Exchange.withdrawn_at.is_(None),
            Exchange.suspended_at.is_(None),
            Exchange.created_at >= clock.now() - WITHIN,
        )
        .order_by(Exchange.id.desc())
        .limit(MOST)
    ).all()
    audience = audience_of_answer(entry, parent)
    here = (audience, parent.id if parent else None, words.posture, tidy(words.source), words.quote, words.quote_slug)
    own = list(takewhile(lambda row: row.author_id == reader.user_id, last))
    return next((row for row in reversed(own) if _said(row) == here), None)


def _said(row: Exchange) -> tuple[object, ...]:
    return row.audience, row.parent_id, row.posture, row.source, row.quote, row.quote_slug
