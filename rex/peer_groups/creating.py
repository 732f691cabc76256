"""A new group: its space, its key, its first member, the list that its founders agree on once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupMember, GroupRole, PeerGroup, Rule
from rex.collectifs.queries import account_at
from rex.db import RexSession, new_public_id
from rex.peer_groups.deciding import ask, ask_newcomer
from rex.peer_groups.models import Decision, DecisionKind
from rex.peer_groups.opening import end_openings_of
from rex.sealed_words import SpaceKind


@dataclass(frozen=True)
class Charter:
    """What people write when they open a group."""

    called: str
    engagement: str
    pacte: str
    shows_history: bool = False
    exclusion_rule: Rule = Rule.DEUX_TIERS
    dissolution_rule: Rule = Rule.TOUS
    versement_days: int = 14


def create_group(session: RexSession, reader: Reader, charter: Charter) -> PeerGroup:
    """A group whose first member, and responsable, is the reader; its key is made first, since its very name is sealed."""
    public_id = new_public_id()
    group = PeerGroup(
        public_id=public_id,
        kind=SpaceKind.GROUPE,
        slug=f"groupe-{public_id}",
        name="",
        called=charter.called,
        engagement=charter.engagement,
        pacte=charter.pacte,
        shows_history=charter.shows_history,
        exclusion_rule=charter.exclusion_rule,
        dissolution_rule=charter.dissolution_rule,
        versement_days=charter.versement_days,
    )
    session.keyring.create(group.key_name)
    with session.as_system("open a group"):
        session.add(group)
        session.flush()
        seat(session, group, reader.user_id, GroupRole.RESPONSABLE)
    return group


def propose_founders(session: RexSession, reader: Reader, group: PeerGroup, addresses: Sequence[str]) -> Decision | None:
    """Put the list to the people at these addresses; each reads name, pacte and names, and arrives by saying yes.

    An address that opens no account is kept as somebody who does not answer: who typed it learns nothing."""
    found = [user_id for user_id in (account_at(session, one) for one in addresses) if user_id != reader.user_id]
    people = sorted(user_id for user_id in found if user_id is not None)
    if not found:
        return None
    decision = Decision(
        group_id=group.id,
        kind=DecisionKind.FONDATION,
        words="\n".join(addresses),
        rule=Rule.TOUS,
        unheard=len(found) - len(people),
    )
    return ask(session, decision, [reader.user_id, *people], reader.user_id)


def seat(session: RexSession, group: PeerGroup, user_id: int, role: GroupRole = GroupRole.MEMBRE) -> GroupMember:
    """Give somebody a place in a group: what was said before is not theirs to read, unless the group shows it to newcomers.
    Who comes back arrives anew; what was open for them to read as no member ends."""
    now, mine = clock.now(), (GroupMember.group_id == group.id, GroupMember.user_id == user_id)
    member = session.scalars(select(GroupMember).where(*mine)).first() or GroupMember(group_id=group.id, user_id=user_id)
    member.role, member.arrived_at, member.left_at, member.shut_at, member.seen_at = role, now, None, None, now
    member.pacte_version = group.pacte_version
    session.add(member)
    session.flush()
    end_openings_of(session, group.id, user_id)
    ask_newcomer(session, group.id, user_id)
    return member
