"""What follows from a decision: looked at after each answer, and when its time has come."""

from collections.abc import Callable

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import PeerGroup
from rex.db import Database, RexSession
from rex.peer_groups import deciding, telling
from rex.peer_groups.deciding import close, forget_voice, held, outcome_now, write_answer
from rex.peer_groups.dissolving import announce
from rex.peer_groups.framing import apply_frame
from rex.peer_groups.invitations import forget_expired, open_the_door
from rex.peer_groups.models import Ballot, Decision, DecisionKind, Outcome
from rex.peer_groups.opening import forget_declined, open_the_room, tell_begun
from rex.peer_groups.places import end_place, make_responsable
from rex.sealed_words import saying_what_is_lost
from rex.ticker import one_by_one

# What follows in rooms further down: (session, decision, group), when it was accepted, or not, or taken back by who asked.
_ends: dict[DecisionKind, Callable[[RexSession, Decision, PeerGroup], None]] = {}


def on_end(kind: DecisionKind, follow: Callable[[RexSession, Decision, PeerGroup], None]) -> None:
    """Let a room further down act when a decision of this kind ends, in the same transaction."""
    _ends[kind] = follow


def answer(session: RexSession, reader: Reader, decision_id: int, *, is_yes: bool) -> bool:
    """The reader says yes or no; False when they are not asked, or it is over."""
    decision = held(session, decision_id)
    if not write_answer(session, reader, decision, is_yes=is_yes):
        return False
    settle(session, decision)
    return True


def take_back(session: RexSession, reader: Reader, decision_id: int) -> bool:
    """Who asked takes the question back, while it is open."""
    decision = held(session, decision_id)
    if decision.ended_at is not None or decision.asked_by_id != reader.user_id:
        return False
    close(session, decision, Outcome.TAKEN_BACK)
    if decision.kind in _ends:
        _ends[decision.kind](session, decision, deciding.hold(session, decision.group_id))
    return True


def settle(session: RexSession, decision: Decision) -> None:
    """End a decision that its answers or its date end, and do what follows from it. The caller holds it."""
    outcome = None if decision.ended_at else outcome_now(session, decision)
    if outcome is None:
        return
    with session.as_system("who said yes to a decision of a group"):
        yes = list(session.scalars(select(Ballot.user_id).where(Ballot.decision_id == decision.id, Ballot.is_yes.is_(True))))
    close(session, decision, outcome)
    group = deciding.hold(session, decision.group_id)
    if outcome is Outcome.ACCEPTED:
        _follow(session, decision, group, yes)
    if decision.kind in _ends:
        _ends[decision.kind](session, decision, group)


def _follow(session: RexSession, decision: Decision, group: PeerGroup, yes: list[int]) -> None:
    match decision.kind:
        case DecisionKind.INVITATION:
            open_the_door(session, group, decision)
        case DecisionKind.OUVERTURE:
            open_the_room(session, group, decision)
        case DecisionKind.PACTE:
            apply_frame(session, group, decision.words, yes)
            telling.tell(session, group.id, yes, f"pacte|{decision.public_id}")
        case DecisionKind.EXCLUSION if decision.about_id is not None:
            leave_now(session, group, decision.about_id)
            telling.tell_gone(session, group.id, decision.about_id, f"over|{decision.public_id}")
        case DecisionKind.RESPONSABLE if decision.about_id is not None:
            make_responsable(session, group.id, decision.about_id, instead_of=decision.asked_by_id)
        case DecisionKind.DISSOLUTION:
            announce(session, group, decision)


def leave_now(session: RexSession, group: PeerGroup, user_id: int) -> None:
    """End somebody's place: from the next request on they read nothing. What waited for their answer goes on without it, until
    its date: accepted at this very moment, it would tell everybody that they had not said yes."""
    end_place(session, group.id, user_id)
    for decision_id in forget_voice(session, group.id, user_id):
        decision = held(session, decision_id)
        if decision.about_id == user_id and decision.kind is not DecisionKind.INVITATION and decision.ended_at is None:
            close(session, decision, Outcome.TAKEN_BACK)


def settle_due(database: Database, then: Callable[[RexSession], None]) -> None:
    """Decisions whose date has come, one transaction each; `then` writes the mails of each."""
    with database.system("which decisions of groups are over") as session:
        over = select(Decision.id).where(Decision.ended_at.is_(None), Decision.closes_at <= clock.now())
        due = list(session.scalars(over.order_by(Decision.id)))
    one_by_one(due, lambda decision_id: _settle_one(database, decision_id, then))


def _settle_one(database: Database, decision_id: int, then: Callable[[RexSession], None]) -> None:
    with database.system("end a decision whose date has come", write=True) as session:
        if session.scalar(select(Decision.id).where(Decision.id == decision_id)) is None:
            return  # its group ended meanwhile
        settle(session, held(session, decision_id))
        then(session)


def tell_due(database: Database, then: Callable[[RexSession], None]) -> None:
    """Those for whom a group is open to read since its three days are over; `then` writes their mails."""
    with saying_what_is_lost(), database.system("tell those for whom a group is open to read", write=True) as session:
        tell_begun(session)
        then(session)


def forget_answers(database: Database) -> None:
    """What people answered to an invitation, or to a group that was opened for them, once it is over."""
    with database.system("answers to what is over are kept no more", write=True) as session:
        forget_expired(session)
        forget_declined(session)
