"""A difficulty shared again without knowing it: the page that its author came back to was drawn anew, its form has another key."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader, told_difficulties
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience, Authorship, Entry

WITHIN = timedelta(minutes=10)
MOST = 20  # of one person in one space, in that time


def already_noted(
    session: RexSession, reader: Reader, seat: MembershipView, audience: Audience, written: Written
) -> Difficulty | None:
    """What this person has just told alone here, to the same readers, in the very same words, whatever its balises; in a group,
    compared once opened."""
    own = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    rows = session.scalars(
        told_difficulties(reader)
        .where(
            Entry.id.in_(own),
            Entry.collectif_id == seat.collectif_id,
            Entry.audience == audience,
            Entry.created_at >= clock.now() - WITHIN,
            Difficulty.section_slug == "",
        )
        .order_by(Entry.id.desc())
        .limit(MOST)
    ).all()
    here = (written.words, written.effect)
    return next((row for row in reversed(rows) if (row.words, row.effect) == here), None)
