"""What a reader finds of the séances of a space. Everything starts from the door; what is sealed is opened here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from rex.access import (
    MembershipView,
    Reader,
    group_readers,
    visible_choices,
    visible_contributions,
    visible_depots,
    visible_members,
    visible_seances,
    visible_takeaways,
)
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import fold
from rex.seances.away import hides, own_words, suspended, suspended_in
from rex.seances.models import Choice, Contribution, Depot, Seance, Step, Takeaway, TextKind


@dataclass(frozen=True)
class Person:
    """Somebody who may lead a séance."""

    id: int
    public_id: str
    name: str


@dataclass(frozen=True)
class DepotView:
    """A dépôt, open for this reader."""

    public_id: str
    name: str
    words: str
    is_mine: bool
    is_kept: bool
    chosen_by: tuple[str, ...]  # names, in the order in which they chose; not a number: nobody wins
    is_my_choice: bool
    is_suspended: bool = False  # its words are for its author alone, who reads why
    why: str = ""


@dataclass(frozen=True)
class Said:
    """What somebody said in a round, or takes away."""

    public_id: str
    name: str
    words: str
    step: Step
    is_mine: bool
    is_suspended: bool = False  # as of a dépôt
    why: str = ""


def find_seance(
    session: RexSession, reader: Reader, seat: MembershipView, public_id: str, *, hold: bool = False
) -> Seance | None:
    """A séance of this space. `hold`: nobody else changes it until the end of the request."""
    query = visible_seances(reader).where(Seance.collectif_id == seat.collectif_id, Seance.public_id == public_id)
    return session.scalars(query.with_for_update() if hold else query).first()


def name_of(session: RexSession, user_id: int | None) -> str:
    """The name of whoever leads; empty when nobody does any more."""
    return session.scalars(select(User.name).where(User.id == user_id)).first() or "" if user_id else ""


def who_may_lead(session: RexSession, reader: Reader, seat: MembershipView) -> list[Person]:
    """The members of the space, by name."""
    query = select(User.id, User.public_id, User.name)
    if seat.is_group:
        query = query.where(User.id.in_([user_id for user_id, _ in group_readers(session, seat.collectif_id)]))
    else:
        members = visible_members(reader, seat.collectif_id).subquery()
        query = query.where(User.id.in_(select(members.c.user_id)))
    return sorted((Person(row.id, row.public_id, row.name) for row in session.execute(query)), key=lambda person: fold(person.name))


def bound(depot: Depot) -> str:
    """What a sealed dépôt is bound to: it opens nowhere else."""
    return f"seance_depot/{depot.public_id}"


def own_depot(session: RexSession, reader: Reader, seance: Seance) -> Depot | None:
    query = visible_depots(reader).where(Depot.seance_id == seance.id, Depot.author_id == reader.user_id)
    return session.scalars(query).first()


def opened(session: RexSession, seat: MembershipView, depot: Depot) -> str:
    """The words of a dépôt that this reader reads."""
    return session.keyring.open(seat.key_name, bound(depot), depot.sealed)


def who_deposited(session: RexSession, seance: Seance) -> set[int]:
    """Who brought something: for the number that the page says, and to know whether everybody did. No word, no length."""
    with session.as_system("how many dépôts are sealed, and whether everybody brought one"):
        return set(session.scalars(select(Depot.author_id).where(Depot.seance_id == seance.id)))


def depots_of(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance) -> list[DepotView]:
    """The open dépôts, in the order in which they came, with who would keep which."""
    query = visible_depots(reader).where(Depot.seance_id == seance.id).join(User, User.id == Depot.author_id)
    rows = session.execute(query.with_only_columns(Depot, User.name).order_by(Depot.id)).all()
    choices: dict[int, list[tuple[int, str]]] = {}
    chosen = visible_choices(reader).where(Choice.seance_id == seance.id).join(User, User.id == Choice.author_id)
    for depot_id, author_id, name in session.execute(
        chosen.with_only_columns(Choice.depot_id, Choice.author_id, User.name).order_by(Choice.id)
    ):
        choices.setdefault(depot_id, []).append((author_id, name))
    away = suspended_in(session, seance)
    return [
        DepotView(
            public_id=depot.public_id,
            name=name,
            words="" if hides(reader, away, TextKind.DEPOT, depot) else opened(session, seat, depot),
            is_mine=depot.author_id == reader.user_id,
            **suspended(reader, away, TextKind.DEPOT, depot),
            is_kept=depot.kept_at is not None,
            chosen_by=tuple(name for _, name in choices.get(depot.id, ())),
            is_my_choice=any(author_id == reader.user_id for author_id, _ in choices.get(depot.id, ())),
        )
        for depot, name in rows
    ]


def find_depot(session: RexSession, reader: Reader, seance: Seance, public_id: str) -> Depot | None:
    return session.scalars(visible_depots(reader).where(Depot.seance_id == seance.id, Depot.public_id == public_id)).first()


def kept_depot(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance) -> DepotView | None:
    """The situation that is explored, when this reader may read it (a newcomer does not read what was written before)."""
    return next((depot for depot in depots_of(session, reader, seat, seance) if depot.is_kept), None)


def is_one_kept(session: RexSession, seance: Seance) -> bool:
    """Whether a situation was kept, read by this person or not."""
    with session.as_system("whether a situation is kept, and nothing of it"):
        query = select(func.count(Depot.id)).where(Depot.seance_id == seance.id, Depot.kept_at.is_not(None))
        return session.scalars(query).one() > 0


def contributions_of(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance) -> list[Said]:
    """What was said, in order."""
    query = (
        visible_contributions(reader)
        .where(Contribution.seance_id == seance.id)
        .join(User, User.id == Contribution.author_id)
        .with_only_columns(
            Contribution.id, Contribution.public_id, User.name, Contribution.words, Contribution.step, Contribution.author_id
        )
        .order_by(Contribution.id)
    )
    return _said(session, reader, seat, seance, TextKind.SAID, session.execute(query).all())


def find_contribution(session: RexSession, reader: Reader, seance: Seance, public_id: str) -> Contribution | None:
    query = visible_contributions(reader).where(Contribution.seance_id == seance.id, Contribution.public_id == public_id)
    return session.scalars(query).first()


def takeaways_of(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance) -> list[Said]:
    """What each takes away, in order."""
    query = (
        visible_takeaways(reader)
        .where(Takeaway.seance_id == seance.id)
        .join(User, User.id == Takeaway.author_id)
        .with_only_columns(Takeaway.id, Takeaway.public_id, User.name, Takeaway.words, Takeaway.author_id)
        .order_by(Takeaway.id)
    )
    return _said(session, reader, seat, seance, TextKind.TAKEAWAY, session.execute(query).all())


def _said(
    session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, kind: TextKind, rows: Sequence[Any]
) -> list[Said]:
    away = suspended_in(session, seance)
    return [
        Said(
            row.public_id,
            row.name,
            row.words or own_words(session, reader, seat, away.get((kind, row.id)), row.author_id),
            getattr(row, "step", Step.GARDER),
            is_mine=row.author_id == reader.user_id,
            **suspended(reader, away, kind, row),
        )
        for row in rows
    ]


def own_takeaway(session: RexSession, reader: Reader, seance: Seance) -> Takeaway | None:
    query = visible_takeaways(reader).where(Takeaway.seance_id == seance.id, Takeaway.author_id == reader.user_id)
    return session.scalars(query).first()
