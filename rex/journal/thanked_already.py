"""A thank-you sent again without knowing it: the page that its giver came back to was drawn anew, its form has another key."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader, own_recognitions
from rex.db import RexSession
from rex.journal.models import Authorship, Entry
from rex.journal.recognition_models import Recognition
from rex.journal.recognition_sealing import key_names, opened
from rex.journal.recognitions import About, Recipient
from rex.text.marks import tidy

WITHIN = timedelta(minutes=10)
MOST = 20  # of one person to another, in that time


def already_thanked(
    session: RexSession, reader: Reader, seat: MembershipView, to: Recipient, words: str, about: About | None
) -> Recognition | None:
    """What this person has just said to the same people, about the same récit, in the very same words, whatever its balises, and
    whatever was answered to it, which its giver does not learn here either. Sealed words are compared once opened."""
    given = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    rows = session.scalars(
        own_recognitions(reader)
        .where(
            Entry.id.in_(given),
            Entry.collectif_id == seat.collectif_id,
            Recognition.to_user_id == to.user_id,
            Recognition.to_service_id == to.service_id,
            Recognition.about_id == (about.id if about else None),
            Entry.suspended_at.is_(None),
            Entry.created_at >= clock.now() - WITHIN,
        )
        .order_by(Entry.id.desc())
        .limit(MOST)
    ).all()
    key, wanted = key_names(session, [seat.collectif_id])[seat.collectif_id], tidy(words).strip()
    said = {row: row.words if row.sealed is None else opened(session, key, row.public_id, row.sealed)[0] for row in rows}
    return next((row for row in reversed(rows) if said[row] == wanted), None)
