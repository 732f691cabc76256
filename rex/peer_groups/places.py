"""Places in a group: their end, and who is responsable. At most two are."""

from sqlalchemy import select

from rex import clock, idempotency
from rex.access import is_in_group, is_of_group
from rex.collectifs.group_models import GroupMember, GroupRole
from rex.collectifs.models import User
from rex.db import RexSession
from rex.peer_groups import parts

MOST_RESPONSABLES = 2


def place_of(session: RexSession, group_id: int, user_id: int) -> GroupMember | None:
    """Somebody's current place in a group."""
    with session.as_system("the place of a person in a group"):
        mine = GroupMember.group_id == group_id, GroupMember.user_id == user_id, GroupMember.left_at.is_(None)
        return session.scalars(select(GroupMember).where(*mine)).first()


def current_places(session: RexSession, group_id: int) -> list[GroupMember]:
    """The places that give rights now."""
    query = select(GroupMember).join(User, User.id == GroupMember.user_id).where(GroupMember.group_id == group_id, is_in_group())
    with session.as_system("the members of a group"):
        return list(session.scalars(query.order_by(GroupMember.id)))


def all_places(session: RexSession, group_id: int) -> list[GroupMember]:
    """The same, with those that are shut until another member vouches: what needs everybody's yes does not go without theirs."""
    query = select(GroupMember).join(User, User.id == GroupMember.user_id).where(GroupMember.group_id == group_id, is_of_group())
    with session.as_system("the members of a group"):
        return list(session.scalars(query.order_by(GroupMember.id)))


def responsables(session: RexSession, group_id: int) -> list[GroupMember]:
    return [place for place in current_places(session, group_id) if place.role is GroupRole.RESPONSABLE]


def is_last_responsable(session: RexSession, group_id: int, user_id: int) -> bool:
    """Whether the group would have nobody to look after it without this person."""
    return [place.user_id for place in responsables(session, group_id)] == [user_id]


def end_place(session: RexSession, group_id: int, user_id: int) -> None:
    """Take somebody out: no right outlives this transaction, wherever they are signed in."""
    place = place_of(session, group_id, user_id)
    if place is None:
        return
    parts.forget(session, group_id, [user_id])
    with session.as_system("end a place in a group"):
        place.left_at, place.role = clock.now(), GroupRole.MEMBRE
        session.flush()


def forget_forms(session: RexSession, group_id: int, user_ids: list[int] | None) -> None:
    """Before places end (None: all those of the group): a form sent there before, sent again, gives the answer of any stranger."""
    query = select(User.public_id).join(GroupMember, GroupMember.user_id == User.id).where(GroupMember.group_id == group_id)
    query = query.where(User.id.in_(user_ids)) if user_ids is not None else query
    with session.as_system("whose place in a group ends, by no name"):
        people = session.scalars(query).all()
    idempotency.forget(session, people)


def make_responsable(session: RexSession, group_id: int, user_id: int, instead_of: int | None) -> None:
    """Somebody becomes responsable: of who hands over (`instead_of`, another person), else beside the others; when these are two
    already, of the one who has not come for the longest time. Who was responsable and lost their place without leaving (a closed
    account, no collectif any more) is not responsable again should they come back."""
    place = place_of(session, group_id, user_id)
    if place is None:
        return
    others = [one for one in responsables(session, group_id) if one.user_id != user_id]
    handing = [one for one in others if one.user_id == instead_of]
    others = [one for one in others if one not in handing]
    if len(others) >= MOST_RESPONSABLES:
        handing += sorted(others, key=lambda one: one.seen_at)[: len(others) - MOST_RESPONSABLES + 1]
    here = [one.id for one in all_places(session, group_id)]
    with session.as_system("settle who is responsable of a group"):
        named = GroupMember.group_id == group_id, GroupMember.role == GroupRole.RESPONSABLE
        for one in [*handing, *session.scalars(select(GroupMember).where(*named, GroupMember.id.not_in(here)))]:
            one.role = GroupRole.MEMBRE
        place.role = GroupRole.RESPONSABLE
        session.flush()
