"""Who joins a récit that is read already: readers see their name from the next « Publier la modification » on.

Until then their signature has no collège: `rex.journal.signing` writes it, for everybody at once, at a first publication."""

from sqlalchemy import select

from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal.belonging import belongs_to, speaking
from rex.journal.models import Authorship, Entry, Recit


def waiting_to_sign(session: RexSession, recit: Recit) -> set[int]:
    """The authors (user ids) of a published récit who are not yet named to its readers."""
    if not recit.is_published:
        return set()
    waiting = select(Authorship.user_id).where(Authorship.entry_id == recit.id, Authorship.college.is_(None))
    return {user_id for user_id in session.scalars(waiting) if user_id is not None}


def sign_newcomers(session: RexSession, recit: Recit) -> None:
    """Write from where they speak today; what the others signed with stays as it was. Who left the space before they were
    ever named is not named."""
    newcomers = speaking(session, recit, Authorship.college.is_(None), belongs_to(recit.collectif_id))
    for authorship, _name, title, college, service_id, service_name in newcomers:
        authorship.service_id, authorship.service_name = service_id, service_name or ""
        authorship.title, authorship.college = title, college
    session.flush()
    rewrite_byline(session, recit)


def rewrite_byline(session: RexSession, entry: Entry) -> None:
    """The services and structures of those who sign now, for lists."""
    rows = session.execute(
        select(Authorship.service_name, User.name)
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id == entry.id, Authorship.college.is_not(None))
        .order_by(Authorship.position)
    ).all()
    names = [service or name for service, name in rows if service or name]
    entry.byline = ", ".join(dict.fromkeys(names))[:400]
