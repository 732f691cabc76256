"""Difficulties and tensions as people make them, for the tests of this room."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from rex.access import MembershipView, Reader, told_difficulties, told_tensions
from rex.db import Database, RexSession
from rex.journal import difficulties
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience, Entry, Stance, Tagging
from rex.tensions import acts
from rex.tensions.models import Tension, TensionAct, TensionApart, TensionLink, TensionProposal, TensionProposalItem
from tests.cast import Person
from tests.journal.difficulties import Noted as Made
from tests.making import reader_of

WORDS = "Les élus changent de priorité chaque semaine et nous recommençons tout."


@contextmanager
def acting(database: Database, person: Person, collectif_id: int) -> Generator[tuple[RexSession, Reader, MembershipView]]:
    """A person at work in a space, in one transaction, committed at the end."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        seat = reader.seat(collectif_id)
        assert seat is not None, f"{person.name} is not there"
        yield session, reader, seat
        session.commit()


def tell(
    database: Database,
    person: Person,
    collectif_id: int,
    *words: str,
    balises: Sequence[str] = (),
    audience: Audience = Audience.COLLECTIF,
    at: datetime | None = None,
) -> list[Made]:
    """Difficulties noted alone by one person; `at`: when they are taken to have been told."""
    made = []
    with acting(database, person, collectif_id) as (session, reader, seat):
        for text in words:
            written = Written(text, "", dict.fromkeys(balises, Stance.ILLUSTRE))
            told = difficulties.share(session, reader, seat, Audience.GROUPE if seat.is_group else audience, written)
            if at is not None:
                told.published_at = at
            made.append(Made(told.id, told.public_id))
    return made


def tell_one(database: Database, person: Person, collectif_id: int, words: str = WORDS, **how) -> Made:
    return tell(database, person, collectif_id, words, **how)[0]


def take_back(database: Database, person: Person, collectif_id: int, made: Made) -> None:
    with acting(database, person, collectif_id) as (session, _, seat):
        difficulties.withdraw(session, seat, session.get(Difficulty, made.id))


def tell_again(database: Database, person: Person, collectif_id: int, made: Made, words: str = WORDS) -> None:
    with acting(database, person, collectif_id) as (session, _, _seat):
        difficulties.share_again(session, session.get(Difficulty, made.id), Audience.COLLECTIF, Written(words))


def name(database: Database, person: Person, collectif_id: int, title: str, *made: Made) -> Made:
    """A tension of these difficulties."""
    with acting(database, person, collectif_id) as (session, reader, seat):
        tension = acts.name(session, reader, seat, title, "", [one.id for one in made])
        return Made(tension.id, tension.public_id)


class Kept(Protocol):
    """What a test made, by its id in the base."""

    @property
    def id(self) -> int: ...


def found(session: RexSession, reader: Reader, made: Kept) -> Tension:
    """The tension, through the door."""
    return session.scalars(told_tensions(reader).where(Tension.id == made.id)).one()


def members(database: Database, made: Kept) -> list[int]:
    """What the tension gathers, whatever is told."""
    with database.system("what a test made") as session:
        query = select(TensionLink.difficulty_id).where(TensionLink.tension_id == made.id)
        return sorted(session.scalars(query))


def balises_of(database: Database, made: Made) -> list[str]:

    with database.system("what a test made") as session:
        return list(session.scalars(select(Tagging.code).where(Tagging.entry_id == made.id).order_by(Tagging.position)))


def apart(database: Database) -> set[tuple[int, int]]:
    with database.system("what a test made") as session:
        return {(one, other) for one, other in session.execute(select(TensionApart.one_id, TensionApart.other_id))}


def acts_of(database: Database) -> list[TensionAct]:
    with database.system("what a test made") as session:
        return list(session.scalars(select(TensionAct).order_by(TensionAct.id)))


def told_ids(session: RexSession, reader: Reader) -> list[int]:
    return sorted(session.scalars(told_difficulties(reader).with_only_columns(Entry.id)))


def proposals(database: Database) -> dict[int, tuple[int | None, list[int]]]:
    """The proposals that stand: id → the tension that they are for, the difficulties in their order."""
    with database.system("what a test made") as session:
        rows = session.execute(select(TensionProposal.id, TensionProposal.tension_id).order_by(TensionProposal.position)).all()
        items = session.execute(
            select(TensionProposalItem.proposal_id, TensionProposalItem.difficulty_id).order_by(TensionProposalItem.position)
        ).all()
    return {key: (tension_id, [one for of, one in items if of == key]) for key, tension_id in rows}


def propose(database: Database, collectif_id: int, *made: Made, tension: Made | None = None) -> int:
    """A proposal as the computation leaves it; its id."""
    with database.system("as the computation does", write=True) as session:
        proposal = TensionProposal(
            collectif_id=collectif_id, tension_id=tension.id if tension else None, position=0, strength="fort", is_recurring=True
        )
        session.add(proposal)
        session.flush()
        for position, one in enumerate(made):
            session.add(TensionProposalItem(proposal_id=proposal.id, difficulty_id=one.id, position=position))
        return proposal.id
