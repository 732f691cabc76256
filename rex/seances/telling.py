"""Who hears that a séance is set, moved or called off. Of a group, its members, by the one mail of the groups, which says neither
which group nor what; of a collectif, its members, among what awaits them, at the rhythm that they chose."""

from datetime import timedelta

from sqlalchemy import select, update

from rex.access import MembershipView, Reader, group_readers, is_current
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.moments import What
from rex.notices.models import NoticeSettings, Rhythm
from rex.peer_groups import telling
from rex.seances.models import Seance
from rex.seances.times import said

SOON = timedelta(hours=48)  # what changes of a séance so near does not wait for the mail of the next day


def tell_members(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, what: What) -> None:
    """Name the other members of its space."""
    if seat.is_group:
        others = {user_id for user_id, _ in group_readers(session, seance.collectif_id)} - {reader.user_id}
        key = f"seance|{seance.public_id}|{what.value}|{reader.now:%Y%m%d%H%M%S}"
        telling.tell(session, seance.collectif_id, others, key, when=said_when(seance, seat.timezone, reader))
        return
    people = members_of(session, seance.collectif_id)
    moments.tell_of_seance(session, reader, what, seance.id, seance.starts_at, people)
    if what is not What.SEANCE_SET and seance.starts_at - reader.now <= SOON:
        _open_the_way(session, people)


def said_when(seance: Seance, timezone: str, reader: Reader) -> str:
    """The hour of a séance that takes place, for the mail of the groups."""
    return "" if seance.cancelled_at is not None else said(seance.starts_at, timezone, reader.now)


def members_of(session: RexSession, collectif_id: int) -> list[int]:
    """The members of a collectif now."""
    with session.as_system("the members of a collectif hear of its séances"):
        query = select(Membership.user_id).join(User, User.id == Membership.user_id)
        return list(session.scalars(query.where(Membership.collectif_id == collectif_id, is_current())))


def _open_the_way(session: RexSession, user_ids: list[int]) -> None:
    """Those who chose a mail a day may have a second one today."""
    daily = NoticeSettings.user_id.in_(user_ids), NoticeSettings.rhythm == Rhythm.DAILY
    with session.as_system("what cannot wait until tomorrow is told today"):
        session.execute(update(NoticeSettings).where(*daily).values(told_at=None).execution_options(synchronize_session=False))
