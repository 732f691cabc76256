"""What keeps somebody from going: nobody would look after what they look after. Each is a place to hand over first."""

from dataclasses import dataclass

from sqlalchemy import func, select

from rex.access import is_current
from rex.collectifs.group_models import GroupMember, GroupRole
from rex.collectifs.models import Collectif, Membership, Role, Space, User
from rex.db import RexSession
from rex.peer_groups.places import is_last_responsable


@dataclass(frozen=True)
class LastAnimateur:
    """Nobody else animates this journal, which has other members."""

    collectif_id: int
    slug: str
    name: str


@dataclass(frozen=True)
class LastResponsable:
    """Nobody else is responsable of this group. Its name is said to the person alone, by who shows this."""

    group_id: int
    public_id: str


@dataclass(frozen=True)
class Obstacles:
    """All that keeps an account from being deleted."""

    is_last_admin: bool = False
    journals: tuple[LastAnimateur, ...] = ()
    groups: tuple[LastResponsable, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.is_last_admin or self.journals or self.groups)


def obstacles_of(session: RexSession, user_id: int) -> Obstacles:
    """What keeps this person from deleting their account, as things stand now."""
    with session.as_system("whether somebody else looks after what a person leaves"):
        mine = Membership.user_id == user_id, Membership.ended_at.is_(None), Membership.role == Role.ANIMATEUR
        animated = session.scalars(select(Membership.collectif_id).where(*mine).order_by(Membership.collectif_id)).all()
        journals = [last_animateur(session, user_id, collectif_id) for collectif_id in animated]
        return Obstacles(
            is_last_admin=_is_last_admin(session, user_id),
            journals=tuple(one for one in journals if one is not None),
            groups=tuple(last_responsable_in(session, user_id)),
        )


def last_animateur(session: RexSession, user_id: int, collectif_id: int) -> LastAnimateur | None:
    """Whether nobody else animates this journal. Who is alone in it may go: there is nobody to hand it over to, and whoever
    administers the installation may invite somebody into it."""
    others = (
        select(func.count(Membership.id))
        .join(User, User.id == Membership.user_id)
        .where(Membership.collectif_id == collectif_id, Membership.user_id != user_id, is_current())
    )
    with session.as_system("whether somebody else looks after what a person leaves"):
        mine = Membership.user_id == user_id, Membership.collectif_id == collectif_id, Membership.ended_at.is_(None)
        if session.scalar(select(Membership.role).where(*mine)) is not Role.ANIMATEUR:
            return None
        if not session.scalar(others) or session.scalar(others.where(Membership.role == Role.ANIMATEUR)):
            return None
        place = session.execute(select(Collectif.slug, Collectif.name).where(Collectif.id == collectif_id)).one()
        return LastAnimateur(collectif_id, place.slug, place.name)


def last_responsable_in(session: RexSession, user_id: int) -> list[LastResponsable]:
    """The groups that would have nobody to look after them without this person."""
    with session.as_system("whether somebody else looks after what a person leaves"):
        mine = GroupMember.user_id == user_id, GroupMember.left_at.is_(None), GroupMember.role == GroupRole.RESPONSABLE
        groups = select(Space.id, Space.public_id).join(GroupMember, GroupMember.group_id == Space.id).where(*mine)
        return [
            LastResponsable(group_id, public_id)
            for group_id, public_id in session.execute(groups.order_by(Space.id)).all()
            if is_last_responsable(session, group_id, user_id)
        ]


def _is_last_admin(session: RexSession, user_id: int) -> bool:
    admins = set(session.scalars(select(User.id).where(User.is_admin, User.closed_at.is_(None))))
    return admins == {user_id}
