"""The frame of a group: name, engagement, pacte, settings. A change asks everybody again; who says yes says it to one version."""

import json
from dataclasses import asdict

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupMember, PeerGroup, Rule
from rex.db import RexSession
from rex.peer_groups.creating import Charter
from rex.peer_groups.deciding import ask, hold, open_ones, voters
from rex.peer_groups.models import Decision, DecisionKind
from rex.peer_groups.places import all_places


def frame_of(group: PeerGroup) -> Charter:
    """What the members agreed on."""
    return Charter(
        called=group.called,
        engagement=group.engagement,
        pacte=group.pacte,
        shows_history=group.shows_history,
        exclusion_rule=group.exclusion_rule,
        dissolution_rule=group.dissolution_rule,
        versement_days=group.versement_days,
    )


def proposed_frame(words: str) -> Charter:
    """What a decision about the frame proposes, as `propose_frame` kept it."""
    said = json.loads(words)
    rules = {name: Rule(said.pop(name)) for name in ("exclusion_rule", "dissolution_rule")}
    return Charter(**said, **rules)


def propose_frame(session: RexSession, reader: Reader, group_id: int, charter: Charter) -> Decision | None:
    """Ask everybody whether the frame becomes this one; None while another proposal waits. The caller settles it. To show
    newcomers what was said takes the yes of those away for long too: it was said before those who were there."""
    group = hold(session, group_id)
    if open_ones(session, group_id, DecisionKind.PACTE):
        return None
    words = json.dumps(asdict(charter), ensure_ascii=False)
    decision = Decision(group_id=group_id, kind=DecisionKind.PACTE, words=words, rule=Rule.TOUS)
    asked = voters(session, group_id, clock.now())
    if charter.shows_history and not group.shows_history:
        asked = [place.user_id for place in all_places(session, group_id)]
    return ask(session, decision, asked, reader.user_id)


def apply_frame(session: RexSession, group: PeerGroup, words: str, yes: list[int]) -> None:
    """The proposal becomes the frame, in a version that those who said yes have accepted."""
    charter = proposed_frame(words)
    with session.as_system("a group changes its frame"):
        for name, value in asdict(charter).items():
            setattr(group, name, value)
        group.pacte_version += 1
        session.flush()
    accept_frame(session, group, yes)


def accept_frame(session: RexSession, group: PeerGroup, user_ids: list[int]) -> None:
    """These members said yes to the present version."""
    mine = GroupMember.group_id == group.id, GroupMember.user_id.in_(user_ids)
    with session.as_system("members accept the frame of their group"):
        for place in session.scalars(select(GroupMember).where(*mine)):
            place.pacte_version = group.pacte_version
        session.flush()
