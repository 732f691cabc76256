"""Signing: from where each author speaks, written on the entry when it is published, since people move."""

from sqlalchemy import select

from rex.collectifs.models import Membership, Service, User
from rex.db import RexSession
from rex.journal.models import Authorship, Entry


def sign(session: RexSession, entry: Entry) -> None:
    """Write today's service, fonction and collège of each author on their signature, and the byline of lists on the entry."""
    seats = session.execute(
        select(Authorship, User.name, Membership.title, Membership.college, Membership.service_id, Service.name)
        .join(User, User.id == Authorship.user_id)
        .join(
            Membership,
            (Membership.user_id == Authorship.user_id) & (Membership.collectif_id == entry.collectif_id),
        )
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(Authorship.entry_id == entry.id)
        .order_by(Authorship.position)
    ).all()
    names = []
    for authorship, name, title, college, service_id, service_name in seats:
        authorship.service_id, authorship.service_name = service_id, service_name or ""
        authorship.title, authorship.college = title, college
        names.append(service_name or name)
    entry.byline = ", ".join(dict.fromkeys(names))[:400]
