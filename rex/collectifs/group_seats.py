"""The groups of a reader, told in one cell of the statement that makes a reader, and seen as places."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import String, bindparam, case, cast, func, select

from rex.access import MembershipView, is_visiting
from rex.collectifs.group_models import GroupMember, GroupOpening, GroupRole, PeerGroup
from rex.collectifs.models import Role, User
from rex.db import UtcDateTime
from rex.sealed_words import SpaceKind

# « 12:responsable:public id:due » of each group that somebody is in, in one cell: a page has no statement to spare for most people,
# who are in none. Names of groups are sealed, and opened by the pages of the groups alone. `due`: no visit noted for a day.
_VISIT_IS_DUE = case((GroupMember.seen_at < bindparam("not_seen_since", type_=UtcDateTime), "due"), else_="")
_GROUP = cast(GroupMember.group_id, String) + ":" + cast(GroupMember.role, String) + ":" + PeerGroup.public_id + ":" + _VISIT_IS_DUE
GROUPS = (
    select(func.aggregate_strings(_GROUP, " "))
    .select_from(GroupMember)
    .join(PeerGroup, PeerGroup.id == GroupMember.group_id)
    .where(GroupMember.user_id == User.id, GroupMember.left_at.is_(None), GroupMember.shut_at.is_(None))
    .correlate(User)
    .scalar_subquery()
)
# « 12:membre:public id: » of each group that is open for them to read now.
_VISIT = cast(GroupOpening.group_id, String) + f":{GroupRole.MEMBRE.value}:" + PeerGroup.public_id + ":"
VISITS = (
    select(func.aggregate_strings(_VISIT, " "))
    .select_from(GroupOpening)
    .join(PeerGroup, PeerGroup.id == GroupOpening.group_id)
    .where(GroupOpening.user_id == User.id, is_visiting(bindparam("now", type_=UtcDateTime)))
    .correlate(User)
    .scalar_subquery()
)


Seats = tuple[MembershipView, ...]


def group_seats(told: str, visits: str, memberships: Sequence[MembershipView]) -> tuple[Seats, Seats]:
    """Places in groups and visits to groups, from what the two cells tell; none for whoever is in no collectif."""
    if not memberships:
        return (), ()
    groups = tuple(_group_seat(one, memberships) for one in told.split())
    inside = {seat.collectif_id for seat in groups}
    visited = [_group_seat(one, memberships) for one in dict.fromkeys(visits.split())]
    return groups, tuple(replace(seat, is_visit=True) for seat in visited if seat.collectif_id not in inside)


def _group_seat(told: str, memberships: Sequence[MembershipView]) -> MembershipView:
    """A place in a group, seen as a place in a space: one speaks there from where one stands elsewhere. A group is entered
    through a collectif: without any, its members read nothing."""
    group_id, role, public_id, due = told.split(":")
    from_where = memberships[0]
    return MembershipView(
        id=0,
        collectif_id=int(group_id),
        collectif_public_id=public_id,
        collectif_slug="",
        collectif_name="",
        is_demo=from_where.is_demo,
        timezone=from_where.timezone,
        college=from_where.college,
        service_id=None,
        service_name="",
        title=from_where.title or from_where.service_name,
        role=Role.ANIMATEUR if role == GroupRole.RESPONSABLE else Role.MEMBRE,
        kind=SpaceKind.GROUPE,
        visit_is_due=due == "due",
    )
