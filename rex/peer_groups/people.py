"""What members decide about each other: to leave, to hand over, to stand as responsable, to ask somebody to leave."""

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupRole, Rule
from rex.db import RexSession
from rex.peer_groups.deciding import FEWEST_TO_EXCLUDE, ask, hold, open_ones, voters
from rex.peer_groups.models import Decision, DecisionKind
from rex.peer_groups.places import is_last_responsable, place_of
from rex.peer_groups.settling import leave_now


def leave(session: RexSession, reader: Reader, group_id: int) -> bool:
    """The reader leaves, now. False for the last responsable: the group would have nobody to look after it."""
    group = hold(session, group_id)
    if is_last_responsable(session, group_id, reader.user_id):
        return False
    leave_now(session, group, reader.user_id)
    return True


def hand_over(session: RexSession, reader: Reader, group_id: int, user_id: int) -> Decision | None:
    """A responsable asks a member to take their place; only that member answers. None when one was asked already."""
    hold(session, group_id)
    mine = place_of(session, group_id, reader.user_id)
    waiting = [one for one in open_ones(session, group_id, DecisionKind.RESPONSABLE) if one.asked_by_id == reader.user_id]
    if waiting or mine is None or mine.role is not GroupRole.RESPONSABLE or place_of(session, group_id, user_id) is None:
        return None
    decision = Decision(group_id=group_id, kind=DecisionKind.RESPONSABLE, about_id=user_id, rule=Rule.TOUS)
    return ask(session, decision, [user_id], reader.user_id)


def stand(session: RexSession, reader: Reader, group_id: int) -> Decision | None:
    """A member would be responsable: the majority of the others decides; all of them away, there is nobody to ask."""
    hold(session, group_id)
    mine = place_of(session, group_id, reader.user_id)
    waiting = [one for one in open_ones(session, group_id, DecisionKind.RESPONSABLE) if one.about_id == reader.user_id]
    if waiting or mine is None or mine.role is GroupRole.RESPONSABLE:
        return None
    decision = Decision(group_id=group_id, kind=DecisionKind.RESPONSABLE, about_id=reader.user_id, rule=Rule.MAJORITE)
    others = voters(session, group_id, clock.now(), about_id=reader.user_id)
    return ask(session, decision, others or [reader.user_id], reader.user_id)


def propose_exclusion(session: RexSession, reader: Reader, group_id: int, user_id: int, why: str) -> Decision | str:
    """Ask the others whether somebody leaves the group, by the rule of its frame; a French sentence when it cannot be asked."""
    group = hold(session, group_id)
    if any(one.about_id == user_id for one in open_ones(session, group_id, DecisionKind.EXCLUSION)):
        return "Les membres ont déjà cette question devant eux."
    asked = voters(session, group_id, clock.now(), about_id=user_id)
    if len(asked) < FEWEST_TO_EXCLUDE:
        return "Il faut au moins deux voix, celle de la personne mise à part. L’un de vous peut partir, ou le groupe être dissous."
    decision = Decision(
        group_id=group_id, kind=DecisionKind.EXCLUSION, about_id=user_id, words=why, rule=group.exclusion_rule
    )
    return ask(session, decision, asked, reader.user_id)
