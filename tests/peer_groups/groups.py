"""What the tests of the groups lean on: a group with its decisions, time that passes, what the outbox holds."""

import json
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from rex import clock
from rex.chores import do_all_and_say
from rex.collectifs.group_models import GroupMember, GroupOpening, GroupRole, PeerGroup
from rex.config import Config
from rex.db import Database
from rex.keys import INSTALLATION
from rex.mail import Outbox
from rex.peer_groups.invitations import propose_person
from rex.peer_groups.models import Ballot, Decision, DecisionKind, JoinRequest, Outcome
from tests.cast import Cast, Person
from tests.making import reader_of

FRAME = {
    "called": "DGS de la vallée",
    "engagement": "Diriger des services",
    "pacte": "- Ce qui se dit ici reste ici.",
    "exclusion_rule": "deux-tiers",
    "dissolution_rule": "tous",
    "versement_days": "14",
}


def make_decision(database: Database, asker: Person, group_id: int) -> str:
    """A question about inviting somebody, put by a responsable; its public id."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, asker)
        asked = propose_person(session, reader, group_id, "Inès Carle", "ines@exemple.fr")
        assert isinstance(asked, Decision), asked
        session.commit()
    return asked.public_id


def place_id(database: Database, group_id: int, person: Person) -> str:
    """The public id of somebody's place in a group."""
    mine = GroupMember.group_id == group_id, GroupMember.user_id == person.id
    with database.system("a place in a group") as session:
        return session.scalars(select(GroupMember.public_id).where(*mine)).one()


def config_of(app: Flask) -> Config:
    return app.extensions["rex"].config


def tick(app: Flask) -> None:
    assert do_all_and_say(app.extensions["rex"].database, config_of(app)) == []


def days_pass(database: Database, days: int) -> None:
    """Everything that the groups wait for is that much nearer; nobody came meanwhile."""
    ago = timedelta(days=days)
    with database.system("days pass", write=True) as session:
        for decision in session.scalars(select(Decision)):
            decision.closes_at -= ago
        for request in session.scalars(select(JoinRequest)):
            request.expires_at -= ago
        for group in session.scalars(select(PeerGroup).where(PeerGroup.dissolves_at.is_not(None))):
            group.dissolves_at = (group.dissolves_at or clock.now()) - ago


def was_away(database: Database, group_id: int, person: Person, days: int) -> None:
    """The member last came so many days ago."""
    mine = GroupMember.group_id == group_id, GroupMember.user_id == person.id
    with database.system("a member was away", write=True) as session:
        session.execute(update(GroupMember).where(*mine).values(seen_at=clock.now() - timedelta(days=days)))


def make_responsable(database: Database, group_id: int, person: Person) -> None:
    mine = GroupMember.group_id == group_id, GroupMember.user_id == person.id
    with database.system("a second responsable", write=True) as session:
        session.execute(update(GroupMember).where(*mine).values(role=GroupRole.RESPONSABLE))


def inside(database: Database, group_id: int) -> dict[int, GroupRole]:
    """Who is in the group: user id → role."""
    here = GroupMember.group_id == group_id, GroupMember.left_at.is_(None)
    with database.system("who is in the group") as session:
        return {row[0]: row[1] for row in session.execute(select(GroupMember.user_id, GroupMember.role).where(*here))}


def decisions(database: Database, kind: DecisionKind) -> list[tuple[str, Outcome | None]]:
    with database.system("what was decided") as session:
        query = select(Decision.public_id, Decision.outcome).where(Decision.kind == kind).order_by(Decision.id)
        return [(row[0], row[1]) for row in session.execute(query)]


def asked(database: Database, public_id: str) -> dict[int, bool | None]:
    """Who was asked: user id → what they answered."""
    with database.system("who was asked") as session:
        query = select(Ballot.user_id, Ballot.is_yes).join(Decision, Decision.id == Ballot.decision_id)
        return {row[0]: row[1] for row in session.execute(query.where(Decision.public_id == public_id))}


def mails(database: Database) -> list[dict[str, str]]:
    """What waits in the outbox, opened."""
    with database.system("what the outbox holds") as session:
        rows = session.execute(select(Outbox.key_hash, Outbox.sealed).where(Outbox.sent_at.is_(None)).order_by(Outbox.id)).all()
    sealed = [(f"outbox|{row.key_hash}", row.sealed) for row in rows if row.sealed]
    return [json.loads(database.keyring.open(INSTALLATION, key, value)) for key, value in sealed]


def to_whom(database: Database, cast: Cast) -> list[str]:
    """The keys of the persons that a mail waits for."""
    by_address = {person.address: key for key, person in cast.people.items()}
    return sorted(by_address[one["to"]] for one in mails(database))


def make_opening(database: Database, group_id: int, reads: Person, **given: object) -> str:
    """The members opened the group to this person, who accepted its pacte this very instant, for ten days; its public id."""
    now = clock.now()
    said = {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=10), "accepted_at": now, "shows_past": False}
    with database.system("a group is open to read", write=True) as session:
        opening = GroupOpening(group_id=group_id, user_id=reads.id, called=reads.name, **said | given)
        session.add(opening)
        session.flush()
        return opening.public_id
