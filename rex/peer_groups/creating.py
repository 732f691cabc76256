"""A new group: its space, its key, its first members."""

from dataclasses import dataclass

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupMember, GroupRole, PeerGroup
from rex.db import RexSession, new_public_id
from rex.sealed_words import SpaceKind


@dataclass(frozen=True)
class Charter:
    """What people write when they open a group."""

    called: str
    engagement: str
    pacte: str
    shows_history: bool = False


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
    )
    session.keyring.create(group.key_name)
    with session.as_system("open a group"):
        session.add(group)
        session.flush()
        seat(session, group, reader.user_id, GroupRole.RESPONSABLE)
    return group


def seat(session: RexSession, group: PeerGroup, user_id: int, role: GroupRole = GroupRole.MEMBRE) -> GroupMember:
    """Give somebody a place in a group: what was said before is not theirs to read, unless the group shows it to newcomers."""
    member = GroupMember(group_id=group.id, user_id=user_id, role=role, pacte_version=group.pacte_version, seen_at=clock.now())
    session.add(member)
    session.flush()
    return member
