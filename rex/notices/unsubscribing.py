"""The one-click address of a mail (RFC 8058): whoever holds it stops the mails of one person, and nothing else."""

from datetime import timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.collectifs.tokens import hash_token, new_token
from rex.db import RexSession
from rex.notices.models import Rhythm, UnsubscribeLink
from rex.notices.rhythms import choose, keep

OF_GROUPS = "mails-de-groupes"
KEPT_FOR = timedelta(days=366)  # a mail is opened long after it came


def new_link(session: RexSession, user_id: int, *, of_groups: bool = False) -> str:
    """A token for the address of one mail; kept hashed. `of_groups`: it stops what is written about peer groups, nothing else."""
    token = new_token()
    with session.as_system("a mail carries an address that stops the next ones"):
        session.add(UnsubscribeLink(token_hash=hash_token(token), user_id=user_id, of_groups=of_groups))
        session.flush()
    return token


def path_of_groups(session: RexSession, user_id: int) -> str:
    """Where one click stops the mails of a person's groups; the path names none."""
    return f"/{OF_GROUPS}/{new_link(session, user_id, of_groups=True)}"


def stop_mails(session: RexSession, token: str, *, of_groups: bool = False) -> None:
    """No mail any more (about peer groups) for the person of this token; one that is unknown stops nothing, and is answered
    alike."""
    with session.as_system("stop the mails of whoever holds this address"):
        mine = UnsubscribeLink.token_hash == hash_token(token), UnsubscribeLink.of_groups.is_(of_groups)
        link = session.scalars(select(UnsubscribeLink).where(*mine)).first()
        if link is not None:
            if of_groups:
                keep(session, link.user_id, silences_groups=True)
            else:
                choose(session, link.user_id, Rhythm.NEVER)
            link.used_at = link.used_at or clock.now()
            session.flush()


def clean(session: RexSession) -> None:
    """Forget the addresses of mails that nobody opens any more."""
    session.execute(delete(UnsubscribeLink).where(UnsubscribeLink.created_at < clock.now() - KEPT_FOR))
