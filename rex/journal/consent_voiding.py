"""What becomes of the yeses when the words that they cover change."""

from sqlalchemy import delete, update

from rex import clock
from rex.access import Reader
from rex.db import RexSession
from rex.journal import moments
from rex.journal.models import Consent, PublicationRequest, Recit
from rex.journal.moments import What


def void_consents(session: RexSession, reader: Reader, recit: Recit) -> None:
    """A yes covers the words that stood there: the others' goes when the words change.

    Those who had said it are asked again, and seven days begin again: who answered once is not a silent author."""
    others = Consent.entry_id == recit.id, Consent.user_id != reader.user_id
    gone = session.scalars(delete(Consent).where(*others).returning(Consent.user_id)).all()
    if gone:
        session.execute(update(PublicationRequest).where(PublicationRequest.entry_id == recit.id).values(asked_at=clock.now()))
        moments.tell(session, reader, What.CONSENT_ASKED, recit.id, gone)
