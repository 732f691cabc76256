"""Who reads in a peer group: its members, since they are there, and those for whom it was opened to read."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, select, union_all

from rex import clock
from rex.access.audience_view import AudienceView, Guest, people_in_words, whom_in_group
from rex.access.visits import is_visiting
from rex.collectifs.group_models import GroupMember, GroupOpening, PeerGroup
from rex.collectifs.models import Membership, User
from rex.db import BigId, RexSession, UtcDateTime
from rex.french import date_short, fold, joined, typo
from rex.journal.models import Audience
from rex.kept import Kept
from rex.shapes import Shape


def group_audience(session: RexSession, group_id: int, since: datetime | None = None) -> AudienceView:
    """Who reads what was told in a group then (None: now)."""
    return _said_of_group(group_id, _there_since(_readers_in(session, group_id), since))


def everybody_in(session: RexSession, group_id: int) -> AudienceView:
    """Who reads what is told in a group now: all its members, and those for whom it is open."""
    return group_audience(session, group_id)


def number_in_each(session: RexSession, group_ids: Collection[int]) -> dict[int, int]:
    """How many people read in each of these groups now; all of them in one statement."""
    members = (
        select(GroupMember.group_id, User.id.label("user_id"))
        .join(User, User.id == GroupMember.user_id)
        .where(GroupMember.group_id.in_(group_ids), is_in_group())
    )
    guests = (
        select(GroupOpening.group_id, User.id.label("user_id"))
        .join(User, User.id == GroupOpening.user_id)
        .where(GroupOpening.group_id.in_(group_ids), is_visiting(clock.now()), _has_a_place())
    )
    found = dict.fromkeys(group_ids, 0)
    with session.as_system("name those who read in a group"):
        for row in session.execute(union_all(members, guests)):
            found[row.group_id] += 1
    return found


def group_readers(session: RexSession, group_id: int, since: datetime | None = None) -> tuple[tuple[int, str], ...]:
    """(user id, name) of the members of a group who read what was told there `since` (None: now), by name: those who may be
    asked, named, written to. Who only reads is none of them (`group_audience` says all)."""
    return _members(_there_since(_readers_in(session, group_id), since))


def audiences_in_group(session: RexSession, group_id: int, told_at: Collection[datetime]) -> dict[datetime, AudienceView]:
    """Who reads what was told in a group at each of these instants; all of them in one statement."""
    readers = _readers_in(session, group_id)
    return {since: _said_of_group(group_id, _there_since(readers, since)) for since in told_at}


def _readers_in(session: RexSession, group_id: int) -> list[Any]:
    with session.as_system("name those who read in a group"):
        found = _readers_in_group.rows(session, group=group_id, now=clock.now())
    return sorted(found, key=lambda row: fold(row.name))


def _there_since(readers: Sequence[Any], since: datetime | None) -> list[Any]:
    return [row for row in readers if since is None or row.arrived_at <= since or row.shows_history]


def _members(readers: Sequence[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((row.id, row.name) for row in readers if not row.is_guest)


@Kept
def _readers_in_group(_: Shape) -> Select:
    """The members, then those for whom the group is open now."""
    group = bindparam("group", type_=BigId)
    members = (
        select(
            User.id,
            User.name,
            GroupMember.arrived_at,
            PeerGroup.shows_history,
            PeerGroup.timezone,
            literal(False).label("is_guest"),
            GroupMember.seen_at.label("ends_at"),  # of a guest alone: here for its type
        )
        .join(GroupMember, GroupMember.user_id == User.id)
        .join(PeerGroup, PeerGroup.id == GroupMember.group_id)
        .where(GroupMember.group_id == group, is_in_group())
    )
    guests = (
        select(
            User.id,
            User.name,
            GroupOpening.accepted_at,
            GroupOpening.shows_past,
            PeerGroup.timezone,
            literal(True).label("is_guest"),
            GroupOpening.ends_at,
        )
        .join(GroupOpening, GroupOpening.user_id == User.id)
        .join(PeerGroup, PeerGroup.id == GroupOpening.group_id)
        .where(GroupOpening.group_id == group, is_visiting(bindparam("now", type_=UtcDateTime)), _has_a_place())
    )
    both: Any = union_all(members, guests)
    return both


def is_in_group() -> ColumnElement[bool]:
    """A place in a group that gives rights: neither ended nor shut, of an open account that belongs to a collectif still."""
    return and_(GroupMember.left_at.is_(None), GroupMember.shut_at.is_(None), _has_a_place())


def is_of_group() -> ColumnElement[bool]:
    """A place in a group, shut ones too: nothing that needs everybody's yes goes without theirs."""
    return and_(GroupMember.left_at.is_(None), _has_a_place())


def _has_a_place() -> ColumnElement[bool]:
    """An open account that belongs to a collectif."""
    elsewhere = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None))
    return and_(User.closed_at.is_(None), elsewhere.correlate(User).exists())


def _said_of_group(group_id: int, readers: Sequence[Any]) -> AudienceView:
    people = _members(readers)
    opened = sorted((row for row in readers if row.is_guest), key=lambda row: row.ends_at)
    guests = tuple(_guest(row) for row in {row.id: row for row in opened}.values())  # once, until the later date
    names = [name for _, name in people] + [guest.said for guest in guests]
    whom = whom_in_group(len(people), guests)
    return AudienceView(
        kind=Audience.GROUPE.value,
        collectif_id=group_id,
        count=len(people) + len(guests),
        label=f"Confidentiel, {people_in_words(len(people) + len(guests))}",
        sentence=typo(f"{joined(names)}, et personne d’autre dans REX"),
        detail="Dans REX, personne d’autre ne peut l’ouvrir, administrateurs compris.",
        button=f"Partager avec {whom}" if whom else "Garder ici, pour vous",
        people=people,
        guests=guests,
    )


def _guest(row: Any) -> Guest:
    """The last day is the one before the midnight at which it ends."""
    last = row.ends_at - timedelta(seconds=1)
    return Guest(row.id, row.name, date_short(last, row.timezone, today=clock.today(row.timezone)))
