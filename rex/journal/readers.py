"""The people behind « 142 personnes »: a few of the most distant ones, all their names, those whom a text names."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, select

from rex.access import MembershipView, Reader, readers_of
from rex.collectifs.models import Collectif, College, Membership, Service, User
from rex.db import RexSession
from rex.french import fold, initials
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


def distant_readers(session: RexSession, reader: Reader, seat: MembershipView, audience: Audience) -> list[Person]:
    """Three real readers among those who stand farthest from the writer: other territory, other collège, other service.

    Each from another collège when there are enough, so that the three faces differ."""
    nearness = (
        case((Membership.collectif_id == seat.collectif_id, 1), else_=0)
        + case((Membership.college == seat.college, 2), else_=0)
        + case((Membership.service_id == seat.service_id, 1), else_=0)
    )
    with session.as_system("name some readers of an audience to the person who publishes for it"):
        rows = session.execute(
            readers_of(audience, seat.collectif_id)
            .outerjoin(Service, Service.id == Membership.service_id)
            .join(Collectif, Collectif.id == Membership.collectif_id)
            .where(Membership.user_id != reader.user_id)
            .with_only_columns(
                User.name, Membership.title, Service.name.label("service"), Membership.college, Collectif.name.label("place"),
                Membership.collectif_id,
            )
            .order_by(nearness, User.public_id)
            .limit(40)
        ).all()
    chosen, colleges = [], set()
    for row in sorted(rows, key=lambda row: row.college in colleges):
        if row.college not in colleges:
            colleges.add(row.college)
            chosen.append(row)
    chosen += [row for row in rows if row not in chosen]
    return [
        Person(row.name, _role(row.title, row.service, row.college, row.place if row.collectif_id != seat.collectif_id else ""))
        for row in chosen[:EXAMPLES]
    ]


def names_of_readers(session: RexSession, audience: Audience, collectif_id: int) -> list[Person]:
    """Everybody who would read it, by name."""
    with session.as_system("name the readers of an audience to the person who publishes for it"):
        rows = session.execute(
            readers_of(audience, collectif_id)
            .outerjoin(Service, Service.id == Membership.service_id)
            .join(Collectif, Collectif.id == Membership.collectif_id)
            .with_only_columns(
                User.id, User.name, Membership.title, Service.name.label("service"), Membership.college,
                Collectif.name.label("place"), Membership.collectif_id,
            )
            .order_by(User.name, User.id, Membership.id)
            .limit(MOST_NAMES)
        ).all()
    people: dict[int, Person] = {}
    for row in rows:
        away = row.place if row.collectif_id != collectif_id else ""
        people.setdefault(row.id, Person(row.name, _role(row.title, row.service, row.college, away)))
    return list(people.values())


def named_in(session: RexSession, collectif_id: int, draft: DraftView, but: Collection[int | None]) -> list[str]:
    """The members whose full name stands in a text, its authors left out: they will recognise themselves."""
    words = fold(" ".join([draft.title, *draft.sections.values()]))
    if not words.strip():
        return []
    rows = session.execute(
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.collectif_id == collectif_id, Membership.ended_at.is_(None))
        .order_by(User.name)
    ).all()
    return [
        name for user_id, name in rows
        if user_id not in but and " " in name and re.search(rf"\b{re.escape(fold(name))}\b", words)
    ]


def _role(title: str, service: str | None, college: College, place: str) -> str:
    return ", ".join(part for part in (title, service or ("" if title else college.label), place) if part)
