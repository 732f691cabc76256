"""After an address was recovered, nobody knows any more who reads the mailbox: groups wait until somebody who knows the person
says that it is them.

Rights are looked up at each request: what is shut here is shut on the very next page, on every device."""

from sqlalchemy import delete, select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupMember
from rex.db import RexSession
from rex.peer_groups.models import Ballot, Decision, DecisionKind, JoinRequest
from rex.peer_groups.opening import end_openings_of


def shut_places(session: RexSession, user_id: int) -> None:
    """The address of this person was recovered: their places in groups wait for a member to vouch, and what waited for the
    former address (invitations, groups open to read) is for nobody any more."""
    now = clock.now()
    end_openings_of(session, None, user_id)
    with session.as_system("shut the groups of a person whose address was recovered"):
        places = select(GroupMember).where(GroupMember.user_id == user_id, GroupMember.left_at.is_(None))
        for place in session.scalars(places.with_for_update()).all():
            place.shut_at = now
        asked = delete(JoinRequest).where(JoinRequest.user_id == user_id)
        session.execute(asked.execution_options(synchronize_session=False))
        _forget_address(session, user_id)
        session.flush()


def _forget_address(session: RexSession, user_id: int) -> None:
    """What members are deciding about the former address: it opens no account now, and is as silent as one that never did."""
    about = DecisionKind.INVITATION, DecisionKind.OUVERTURE
    query = select(Decision).where(Decision.about_id == user_id, Decision.ended_at.is_(None), Decision.kind.in_(about))
    for decision in session.scalars(query.with_for_update()).all():
        decision.about_id = None
    inside = select(GroupMember.group_id).where(GroupMember.user_id == user_id, GroupMember.left_at.is_(None))
    founding = (
        select(Decision)
        .join(Ballot, Ballot.decision_id == Decision.id)
        .where(Decision.kind == DecisionKind.FONDATION, Decision.ended_at.is_(None), Decision.group_id.not_in(inside))
        .where(Ballot.user_id == user_id)
    )
    for decision in session.scalars(founding.with_for_update()).all():
        mine = delete(Ballot).where(Ballot.decision_id == decision.id, Ballot.user_id == user_id)
        session.execute(mine.execution_options(synchronize_session=False))
        decision.voices, decision.unheard = decision.voices - 1, decision.unheard + 1


def vouch(session: RexSession, reader: Reader, group_id: int, member_id: str) -> bool:
    """Another member, who reads in the group, says that it is them. False when nothing waits any more."""
    if group_id not in reader.group_ids:
        return False
    with session.as_system("a member of a group vouches for another"):
        query = select(GroupMember).where(
            GroupMember.group_id == group_id,
            GroupMember.public_id == member_id,
            GroupMember.user_id != reader.user_id,
            GroupMember.left_at.is_(None),
            GroupMember.shut_at.is_not(None),
        )
        place = session.scalars(query.with_for_update()).first()
        if place is None:
            return False
        place.shut_at = None
        session.flush()
    return True
