"""What a group decides: the rule alone, then the question put to its members, their answers, the end.

Who is asked is settled when it is asked: the members of that moment, but who has been away for sixty days and the person that it
is about. The person who asks says yes by asking, and takes the question back rather than say no to it. A decision ends early when
enough of those who were asked said yes; else at its date, so that silence and a no end it at the same moment, in the same words:
nobody learns which it was. Somebody who leaves ends nothing: what they had answered, or not, would show."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from rex import clock
from rex.access import Reader, is_of_group
from rex.collectifs.group_models import GroupMember, PeerGroup, Rule
from rex.collectifs.models import User
from rex.db import RexSession
from rex.peer_groups import telling
from rex.peer_groups.models import Ballot, Decision, DecisionKind, Outcome
from rex.peer_groups.places import all_places

ANSWER_WITHIN = timedelta(days=14)
AWAY_AFTER = timedelta(days=60)
FEWEST_TO_EXCLUDE = 2  # voices: nobody takes somebody out alone


def needed(rule: Rule, asked: int) -> int:
    """How many yes a question put to so many people needs."""
    return {Rule.TOUS: asked, Rule.DEUX_TIERS: -(-2 * asked // 3), Rule.MAJORITE: asked // 2 + 1}[rule]


def outcome_of(rule: Rule, answers: Sequence[bool | None], *, is_over: bool) -> Outcome | None:
    """How a decision with these answers ends (None: silence); None while it goes on. Nobody asked decides nothing."""
    if answers and sum(answer is True for answer in answers) >= needed(rule, len(answers)):
        return Outcome.ACCEPTED
    return Outcome.NOT_ACCEPTED if is_over else None


def voters(session: RexSession, group_id: int, now: datetime, about_id: int | None = None) -> list[int]:
    """Who has a voice now: the members, but those away for sixty days and the person it is about. Whose place is shut until it is
    vouched for is asked too, and silent: nothing that needs everybody's yes goes without theirs."""
    query = (
        select(User.id)
        .join(GroupMember, GroupMember.user_id == User.id)
        .where(GroupMember.group_id == group_id, is_of_group(), GroupMember.seen_at > now - AWAY_AFTER)
    )
    with session.as_system("who has a voice in a group"):
        return [user_id for user_id in session.scalars(query.order_by(User.id)) if user_id != about_id]


def hold(session: RexSession, group_id: int) -> PeerGroup:
    """The group, held until the end of this transaction: two acts at once come one after the other."""
    with session.as_system("hold a group while its members decide"):
        query = select(PeerGroup).where(PeerGroup.id == group_id).with_for_update()
        return session.scalars(query.execution_options(populate_existing=True)).one()


def open_ones(session: RexSession, group_id: int, kind: DecisionKind) -> list[Decision]:
    """The decisions of a kind that wait for answers."""
    with session.as_system("what a group is deciding"):
        query = select(Decision).where(Decision.group_id == group_id, Decision.kind == kind, Decision.ended_at.is_(None))
        return list(session.scalars(query.order_by(Decision.id)))


def ask(
    session: RexSession,
    decision: Decision,
    asked: Sequence[int],
    asker_id: int | None,
    within: timedelta = ANSWER_WITHIN,
) -> Decision:
    """Put a question to these people, and count the yes of who asks (None: nobody said yes by asking); the others are told at
    once. Whoever calls settles it: alone, one has said all there is to say."""
    now = clock.now()
    decision.asked_by_id, decision.closes_at, decision.voices = asker_id, now + within, len(set(asked))
    with session.as_system("put a question to a group"):
        session.add(decision)
        session.flush()
        for user_id in asked:
            says_yes = True if user_id == asker_id else None
            session.add(
                Ballot(decision_id=decision.id, user_id=user_id, is_yes=says_yes, answered_at=now if says_yes else None)
            )
        session.flush()
    telling.tell(session, decision.group_id, set(asked) - {asker_id}, f"decision|{decision.public_id}")
    telling.asked(session, set(asked) - {asker_id})
    return decision


def ask_newcomer(session: RexSession, group_id: int, user_id: int) -> None:
    """Somebody becomes a member while all are asked whether the group is opened: it does not open without their yes either."""
    for decision in open_ones(session, group_id, DecisionKind.OUVERTURE):
        with session.as_system("a newcomer is asked what all members are asked"):
            mine = Ballot.decision_id == decision.id, Ballot.user_id == user_id
            if session.scalars(select(Ballot.id).where(*mine)).first() is None:
                session.add(Ballot(decision_id=decision.id, user_id=user_id, is_yes=None))
                decision.voices += 1
                session.flush()


def held(session: RexSession, decision_id: int) -> Decision:
    """A decision, held with its group until the end of this transaction."""
    with session.as_system("hold a group while its members decide"):
        group_id = session.scalar(select(Decision.group_id).where(Decision.id == decision_id))
        hold(session, group_id or 0)
        query = select(Decision).where(Decision.id == decision_id).with_for_update()
        return session.scalars(query.execution_options(populate_existing=True)).one()


def answers_to(session: RexSession, decision: Decision, *, is_over: bool) -> list[bool | None]:
    """What was answered, by nobody in particular; those who cannot be heard are silent. Who left the group since is silent until
    the date, and is not counted at the date. Who closed their account, belongs to no collectif any more, or whose place is shut
    until it is vouched for is silent, and counted: somebody outside the group could take a no away else."""
    here = {place.user_id for place in all_places(session, decision.group_id)}
    with session.as_system("count the answers of a group"):
        places = select(GroupMember.user_id).where(GroupMember.group_id == decision.group_id, GroupMember.left_at.is_(None))
        lost = set(session.scalars(places)) - here
        ballots = select(Ballot.user_id, Ballot.is_yes).where(Ballot.decision_id == decision.id).order_by(Ballot.id)
        said = [None if row.user_id in lost else row.is_yes for row in session.execute(ballots)]
    gone = 0 if is_over else max(decision.voices - len(said), 0)
    return said + [None] * (decision.unheard + gone)


def write_answer(session: RexSession, reader: Reader, decision: Decision, *, is_yes: bool) -> bool:
    """Keep the reader's answer; False when they are not asked, asked it themselves, or it is over. One may change one's mind
    until the end."""
    if decision.ended_at is not None or decision.closes_at <= clock.now() or decision.asked_by_id == reader.user_id:
        return False
    mine = update(Ballot).where(Ballot.decision_id == decision.id, Ballot.user_id == reader.user_id)
    with session.as_system("keep the answer of a member"):
        kept = session.scalars(
            mine.values(is_yes=is_yes, answered_at=clock.now())
            .returning(Ballot.id)
            .execution_options(synchronize_session=False)
        )
        return kept.first() is not None


def outcome_now(session: RexSession, decision: Decision) -> Outcome | None:
    """How a decision that goes on stands at this instant."""
    is_over = decision.closes_at <= clock.now()
    answers = answers_to(session, decision, is_over=is_over)
    if decision.kind is DecisionKind.EXCLUSION and len(answers) < FEWEST_TO_EXCLUDE:
        return Outcome.NOT_ACCEPTED if is_over else None  # the others left meanwhile
    return outcome_of(decision.rule, answers, is_over=is_over)


def close(session: RexSession, decision: Decision, outcome: Outcome) -> None:
    """End a decision. Who said what is forgotten with its answers: their number is not kept either."""
    with session.as_system("end a decision of a group"):
        decision.outcome, decision.ended_at = outcome, clock.now()
        session.flush()
        session.execute(
            delete(Ballot).where(Ballot.decision_id == decision.id).execution_options(synchronize_session=False)
        )


def forget_voice(session: RexSession, group_id: int, user_id: int) -> list[int]:
    """Somebody left: what they answered is erased. Gives the ids of the decisions that go on without them."""
    going_on = select(Decision.id).where(Decision.group_id == group_id, Decision.ended_at.is_(None))
    with session.as_system("a member who left has no voice"):
        ids = list(session.scalars(going_on))
        session.execute(
            delete(Ballot)
            .where(Ballot.decision_id.in_(ids), Ballot.user_id == user_id)
            .execution_options(synchronize_session=False)
        )
    return ids
