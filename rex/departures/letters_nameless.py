"""Letters sign what they quote as the text was signed, and name whoever was thanked: once somebody is gone, no letter says it.

What people wrote freely in a letter (its édito, words quoted from a text) stays as it is, as everywhere."""

from sqlalchemy import or_, select

from rex.db import RexSession
from rex.departures.nameless import SOMEBODY, called_otherwise
from rex.digests.models import DigestItem, DigestQuote
from rex.journal.models import Authorship
from rex.journal.recognition_models import Recognition


def letters_nameless(session: RexSession, user_id: int, name: str, other: str = SOMEBODY) -> None:
    """In the letters that speak of what they sign or received, `other` in the place of their name."""
    signed = select(Authorship.entry_id).where(Authorship.user_id == user_id)
    received = select(Recognition.id).where(Recognition.to_user_id == user_id)
    quoting = or_(DigestQuote.entry_id.in_(signed), DigestQuote.entry_id.in_(received))
    for quote in session.scalars(select(DigestQuote).where(quoting)).all():
        said = called_otherwise(quote.signature, name, other)
        if said != quote.signature:
            quote.signature = said
    of_quotes = select(DigestQuote.item_id).where(quoting)
    telling = or_(DigestItem.entry_id.in_(signed), DigestItem.entry_id.in_(received), DigestItem.id.in_(of_quotes))
    for item in session.scalars(select(DigestItem).where(telling)).all():
        for part in ("title", "words", "why"):
            before = getattr(item, part)
            said = called_otherwise(before, name, other)
            if said != before:
                setattr(item, part, said)
    session.flush()
