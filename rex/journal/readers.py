"""The people behind « 142 personnes »: a few of the most distant ones, all their names, those whom a text names."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased

from rex.access import AudienceView, MembershipView, audience_of, group_readers, readers_of
from rex.collectifs.models import Collectif, College, Membership, Service, User
from rex.db import RexSession
from rex.french import fold, initials
from rex.journal.belonging import belongs_to
from rex.journal.drafts import DraftView
from rex.journal.models import Audience

EXAMPLES = 3
MOST_NAMES = 3000  # a page of names; beyond that the page says how many more there are


@dataclass(frozen=True)
class Person:
    name: str
    role: str

    @property
    def initials(self) -> str:
        return initials(self.name)


def distant_readers(
    session: RexSession, seat: MembershipView, audience: Audience, but: Collection[int], told_at: datetime | None = None
) -> list[Person]:
    """Three real readers among those who stand farthest from the writer: other territory, other collège, other service.

    Never one of the authors (`but`). Of the réseau, somebody of another collectif comes first. Each is from another
    collège when there are enough, so that the three faces differ. Of a group: all those who were there when it was told."""
    mine = aliased(Membership)
    sits_here = select(mine.id).where(
        mine.user_id == Membership.user_id, mine.collectif_id == seat.collectif_id, mine.ended_at.is_(None)
    )
    nearness = case((sits_here.exists(), 4), else_=0) + case((Membership.college == seat.college, 2), else_=0)
    if seat.service_id is not None:
        nearness += case((Membership.service_id == seat.service_id, 1), else_=0)
    if audience is Audience.GROUPE:
        return _in_group(audience_of(session, audience, seat.collectif_id, "", told_at), but)
    with session.as_system("name some readers of an audience to the person who publishes for it"):
        rows = session.execute(
            _with_their_place(readers_of(audience, seat.collectif_id))
            .where(Membership.user_id.not_in(but))
            .order_by(nearness, User.public_id, Membership.collectif_id != seat.collectif_id)
            .limit(40)
        ).all()
    people = _each_once(rows)
    by_college: dict[College, Any] = {}
    for row in people:
        by_college.setdefault(row.college, row)
    first = list(by_college.values())
    chosen = first + [row for row in people if row not in first]
    return [_person(row, seat.collectif_id) for row in chosen[:EXAMPLES]]


def names_of_readers(
    session: RexSession, audience: Audience, collectif_id: int, told_at: datetime | None = None
) -> list[Person]:
    """Everybody who would read it, by name; in a group, who reads what was told then (None: now)."""
    if audience is Audience.GROUPE:
        return _in_group(audience_of(session, audience, collectif_id, "", told_at), ())
    with session.as_system("name the readers of an audience to the person who publishes for it"):
        rows = session.execute(
            _with_their_place(readers_of(audience, collectif_id))
            .order_by(User.name, User.id, Membership.collectif_id != collectif_id, Membership.id)
            .limit(MOST_NAMES)
        ).all()
    return [_person(row, collectif_id) for row in sorted(_each_once(rows), key=lambda person: fold(person.name))]


def _in_group(view: AudienceView, but: Collection[int]) -> list[Person]:
    """The members who read, then those for whom they opened the group."""
    members = [Person(name, "") for user_id, name in view.people if user_id not in but]
    return members + [Person(guest.name, guest.role) for guest in view.guests]


def _each_once(rows: Sequence[Any]) -> list[Any]:
    """Somebody of several collectifs is one person: their first row, in the order given."""
    people: dict[int, Any] = {}
    for row in rows:
        people.setdefault(row.id, row)
    return list(people.values())


def _with_their_place(members: Select) -> Select:
    query = members.outerjoin(Service, Service.id == Membership.service_id).join(Collectif, Collectif.id == Membership.collectif_id)
    return query.with_only_columns(
        User.id,
        User.name,
        Membership.title,
        Service.name.label("service"),
        Membership.college,
        Collectif.name.label("place"),
        Membership.collectif_id,
    )


def _person(row: Any, collectif_id: int) -> Person:
    role = [row.title or row.service or row.college.label, row.place if row.collectif_id != collectif_id else ""]
    return Person(row.name, ", ".join(filter(None, role)))


def among_readers(session: RexSession, user_ids: Collection[int | None], audience: Audience, collectif_id: int) -> set[int]:
    """Those of these people who read what is said before this audience: only they are told of it (in a group, its members: who
    came after the entry was told is left out by who tells)."""
    if audience is Audience.GROUPE:
        return {user_id for user_id, _ in group_readers(session, collectif_id)}.intersection(user_ids)
    with session.as_system("leave out of those who are told whoever may not read"):
        members = readers_of(audience, collectif_id).with_only_columns(Membership.user_id)
        return set(session.scalars(members.where(Membership.user_id.in_([i for i in user_ids if i is not None]))))


def named_in(session: RexSession, collectif_id: int, draft: DraftView, but: Collection[int]) -> list[str]:
    """The members whose full name stands in a text, its authors left out: they will recognise themselves."""
    words = fold(" ".join([draft.title, *draft.sections.values()]))
    if not words.strip():
        return []
    with session.as_system("find the names of members in a text, for one of its authors"):
        rows = session.execute(select(User.id, User.name).where(belongs_to(collectif_id)).order_by(User.name)).all()
    return [
        name for user_id, name in rows
        if user_id not in but and " " in name and re.search(rf"\b{re.escape(fold(name))}\b", words)
    ]
