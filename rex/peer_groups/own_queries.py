"""The groups of a person, on the page that lists them for that person alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rex.access import Reader, is_of_group, number_in_each
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import fold
from rex.peer_groups.opening import ways_to_read
from rex.peer_groups.parts import ListLine, lines_of_list
from rex.peer_groups.queries import Question, questions_by_group
from rex.peer_groups.room_queries import called


@dataclass(frozen=True)
class OwnGroup:
    """One of the reader's groups, on the page that lists them for the reader alone."""

    url: str
    name: str
    people: int
    waiting: list[Question]
    lines: list[ListLine]  # what the rooms below say of it


def own_groups(session: RexSession, reader: Reader) -> list[OwnGroup]:
    """The groups of the reader by name, with what waits for their answer."""
    named = called(session) if reader.groups else {}
    if not named:
        return []
    said, people, asked = lines_of_list(), number_in_each(session, reader.group_ids), questions_by_group(session, reader)
    found = [
        OwnGroup(
            url=seat.url,
            name=named[seat.collectif_id],
            people=people[seat.collectif_id],
            waiting=[one for one in asked.get(seat.collectif_id, ()) if one.waits_for_me],
            lines=[lines[seat.collectif_id] for lines in said if seat.collectif_id in lines],
        )
        for seat in reader.groups
        if seat.collectif_id in named
    ]
    return sorted(found, key=lambda one: fold(one.name))


@dataclass(frozen=True)
class VisitedGroup:
    """A group that its members opened to the reader, until a date."""

    url: str
    name: str
    people: int
    last_day: datetime


def visited_groups(session: RexSession, reader: Reader) -> list[VisitedGroup]:
    """The groups that this person reads without being of them, by name."""
    rows = session.execute(select(PeerGroup.id, PeerGroup.called).where(PeerGroup.id.in_(reader.visit_ids))).all()
    named = {row.id: row.called for row in rows}
    ways = ways_to_read(session, reader.user_id) if named else {}
    people = number_in_each(session, reader.visit_ids) if named else {}
    found = [
        VisitedGroup(
            url=seat.url,
            name=named[seat.collectif_id],
            people=people[seat.collectif_id],
            last_day=ways[seat.collectif_public_id].last_day,
        )
        for seat in reader.visits
        if seat.collectif_id in named and seat.collectif_public_id in ways
    ]
    return sorted(found, key=lambda one: fold(one.name))


@dataclass(frozen=True)
class ShutGroups:
    """How many of the reader's groups wait for one of their members to vouch, and how many have nobody else who could."""

    waiting: int
    alone: int


def shut_groups(session: RexSession, reader: Reader) -> ShutGroups:
    """By no name: until somebody vouches, these groups show nothing to this person."""
    with session.as_system("how many groups wait that a member vouches for a person"):
        mine = select(GroupMember.group_id).where(
            GroupMember.user_id == reader.user_id, GroupMember.left_at.is_(None), GroupMember.shut_at.is_not(None)
        )
        shut = set(session.scalars(mine))
        others = select(GroupMember.group_id).join(User, User.id == GroupMember.user_id)
        vouching = others.where(GroupMember.group_id.in_(shut), GroupMember.shut_at.is_(None), is_of_group())
        return ShutGroups(waiting=len(shut), alone=len(shut - set(session.scalars(vouching))))
