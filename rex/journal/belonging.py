"""Who belongs to the space of an entry, a collectif or a peer group, and from where each of them speaks there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from rex.access import Reader, is_in_group, visible_members
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Collectif, Membership, Service, Space, User
from rex.db import RexSession
from rex.journal.models import Authorship, Entry
from rex.sealed_words import SpaceKind


@dataclass(frozen=True)
class Fellow:
    """A current member of a space, as those who write there name them."""

    seat_id: str  # public id of their place there
    user_id: int
    name: str
    service: str  # empty in a group, which has none
    title: str


def belongs_to(space_id: Any) -> ColumnElement[bool]:
    """Whether the `User` of the statement is a current member of this space, with an open account. As the system: a member of a
    group may be of a collectif that the reader is not in."""
    seat = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None)).correlate(User)
    among = select(GroupMember.id).where(
        GroupMember.user_id == User.id, GroupMember.group_id == space_id, GroupMember.left_at.is_(None)
    )
    here = seat.where(Membership.collectif_id == space_id).exists()
    return and_(User.closed_at.is_(None), or_(here, and_(among.correlate(User).exists(), seat.exists())))


def fellows_of(session: RexSession, reader: Reader, space_id: int) -> list[Fellow]:
    """The current members of one of the reader's spaces, by name."""
    if space_id in reader.group_ids:
        with session.as_system("name the members of a group to one of them"):
            rows = session.execute(
                select(GroupMember.public_id, User.id, User.name)
                .join(User, User.id == GroupMember.user_id)
                .where(GroupMember.group_id == space_id, is_in_group())
                .order_by(User.name, User.id)
            ).all()
        return [Fellow(*row, service="", title="") for row in rows]
    found = session.execute(
        visible_members(reader, space_id)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .with_only_columns(Membership.public_id, User.id, User.name, Service.name, Membership.title)
        .order_by(User.name, User.id)
    ).all()
    return [Fellow(seat_id, user_id, name, service or "", title or "") for seat_id, user_id, name, service, title in found]


def speaking(session: RexSession, entry: Entry, *which: ColumnElement[bool]) -> Sequence[Any]:
    """(Authorship, name, fonction, collège, service id, name of the service) of those who sign, from where they speak today. In
    a group they speak from their place elsewhere, and no service of a collectif is written there."""
    place = (Membership.user_id == Authorship.user_id) & Membership.ended_at.is_(None)
    with session.as_system("from where those who sign an entry speak"):
        kind = session.scalar(select(Space.kind).where(Space.id == entry.collectif_id))
        in_group = kind is SpaceKind.GROUPE
        if not in_group:
            place = (Membership.user_id == Authorship.user_id) & (Membership.collectif_id == entry.collectif_id)
        rows = session.execute(
            select(Authorship, User.name, Membership.title, Membership.college, Membership.service_id, Service.name)
            .join(User, User.id == Authorship.user_id)
            .join(Membership, place)
            .join(Collectif, Collectif.id == Membership.collectif_id)
            .outerjoin(Service, Service.id == Membership.service_id)
            .where(Authorship.entry_id == entry.id, *which)
            .order_by(Authorship.position, Collectif.name, Membership.id)
        ).all()
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row[0].id, row)
    if not in_group:
        return list(first.values())
    return [(one, name, title or service or "", college, None, "") for one, name, title, college, _, service in first.values()]
