"""A recognition told about a récit is never read by more people than it."""

from sqlalchemy import select

from rex.db import RexSession
from rex.journal.models import Audience, Recit
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.recognition_sealing import put_away


def narrow_recognitions(session: RexSession, recit: Recit) -> None:
    """After a récit was narrowed to its collectif (or published again so): its thanks come back there with it, those that wait
    too. One that was given from another collectif has no such readers: it is between the two again.

    Widening a récit never widens a thank-you; withdrawing it hides its title alone, since the thank-you is its giver's text."""
    if recit.audience is not Audience.COLLECTIF:
        return
    with session.as_system("a thank-you is never wider than its récit"):
        wider = select(Recognition).where(Recognition.about_id == recit.id, Recognition.intended == Audience.RESEAU)
        for recognition in session.scalars(wider).all():
            if recognition.collectif_id == recit.collectif_id:
                recognition.intended = Audience.COLLECTIF
                recognition.audience = recognition.audience and Audience.COLLECTIF
            elif recognition.is_published:
                recognition.answer, recognition.answered_by_id = Answer.KEPT, None
                put_away(session, recognition)
        session.flush()
