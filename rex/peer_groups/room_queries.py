"""What every page of a group asks of the base: who is of it and from where, the reader's answers, the names that questions say.

Statements that are built once (`rex.kept`): the room opens as fast as any page."""

from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from rex.access import is_of_group
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import Collectif, Membership, User
from rex.db import BigId, RexSession
from rex.kept import Kept
from rex.peer_groups.models import Ballot, Decision
from rex.shapes import Shape


def people_of(session: RexSession, group_id: int) -> tuple[list[Any], dict[int, str]]:
    """Those who are of the group, shut places too, with the version of the pacte that they accepted; and the collectif that each
    comes from, by user id: the last that they joined."""
    with session.as_system("name the members of a group to each other, with the collectif that they come from"):
        people = _people.rows(session, group=group_id)
        places = {row.user_id: row.name for row in _places.rows(session, group=group_id)}
    return people, places


@Kept
def _people(_: Shape) -> Select:
    return (
        select(
            GroupMember.public_id, GroupMember.role, User.id, User.name, GroupMember.shut_at, GroupMember.pacte_version
        )
        .join(User, User.id == GroupMember.user_id)
        .where(GroupMember.group_id == bindparam("group", type_=BigId), is_of_group())
        .order_by(GroupMember.id)
    )


@Kept
def _places(_: Shape) -> Select:
    here = GroupMember.group_id == bindparam("group", type_=BigId), GroupMember.left_at.is_(None)
    return (
        select(Membership.user_id, Collectif.name)
        .join(Collectif, Collectif.id == Membership.collectif_id)
        .where(Membership.user_id.in_(select(GroupMember.user_id).where(*here)), Membership.ended_at.is_(None))
        .order_by(Membership.id.desc())
    )


def own_answers(session: RexSession) -> dict[int, bool | None]:
    """What the reader of the session answered to the questions of their groups that go on, by decision; None: nothing yet."""
    return {row.decision_id: row.is_yes for row in _own_answers.rows(session)}


@Kept
def _own_answers(reader: Shape) -> Select:
    going_on = select(Decision.id).where(Decision.group_id.in_(reader.group_ids), Decision.ended_at.is_(None))
    return select(Ballot.decision_id, Ballot.is_yes).where(Ballot.user_id == reader.user_id, Ballot.decision_id.in_(going_on))


def names_in_questions(session: RexSession) -> dict[int, str]:
    """Who the questions that go on in the reader's groups are about, and who asked them."""
    return {row.id: row.name for row in _names_in_questions.rows(session)}


@Kept
def _names_in_questions(reader: Shape) -> Select:
    here = Decision.group_id.in_(reader.group_ids), Decision.ended_at.is_(None)
    about, asked = (select(who).where(*here, who.is_not(None)) for who in (Decision.about_id, Decision.asked_by_id))
    return select(User.id, User.name).where(or_(User.id.in_(about), User.id.in_(asked)))


def called(session: RexSession) -> dict[int, str]:
    """The names of the groups of the reader of the session."""
    return {row.id: row.called for row in _called.rows(session)}


@Kept
def _called(reader: Shape) -> Select:
    return select(PeerGroup.id, PeerGroup.called).where(PeerGroup.id.in_(reader.group_ids))
