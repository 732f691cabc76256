"""The one-click address of a letter (RFC 8058): whoever holds it stops the letters of one collectif to one person, nothing else."""

from datetime import timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.collectifs.tokens import hash_token, new_token
from rex.db import RexSession
from rex.digests.models import DigestLink
from rex.digests.recipients import set_choice

PLACE = "desinscription-lettre"
KEPT_FOR = timedelta(days=366)  # a mail is opened long after it came


def new_link(session: RexSession, user_id: int, collectif_id: int) -> str:
    """A token for the address of one mail; kept hashed. In a unit of the system."""
    token = new_token()
    session.add(DigestLink(token_hash=hash_token(token), user_id=user_id, collectif_id=collectif_id))
    return token


def stop_letters(session: RexSession, token: str) -> None:
    """No letter of this collectif any more for the person of this token; one that is unknown stops nothing, and is answered
    alike."""
    with session.as_system("stop the letters of whoever holds this address"):
        link = session.scalars(select(DigestLink).where(DigestLink.token_hash == hash_token(token))).first()
        if link is not None:
            set_choice(session, link.user_id, link.collectif_id, receives_it=False)
            link.used_at = link.used_at or clock.now()
            session.flush()


def clean(session: RexSession) -> None:
    """Forget the addresses of letters that nobody opens any more."""
    session.execute(delete(DigestLink).where(DigestLink.created_at < clock.now() - KEPT_FOR))
