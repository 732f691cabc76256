"""The doorstep of somebody for whom a group is open: what they read before they accept its pacte."""

from dataclasses import dataclass

from sqlalchemy import select

from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import User
from rex.db import RexSession
from rex.peer_groups.opening import WayToRead
from rex.peer_groups.places import all_places


@dataclass(frozen=True)
class FrameToRead:
    """The name, the frame, the names of the members, and nothing else."""

    group: PeerGroup
    names: tuple[str, ...]


def frame_to_read(session: RexSession, way: WayToRead) -> FrameToRead:
    ids = [place.user_id for place in all_places(session, way.group_id)]
    with session.as_system("a person for whom a group is open reads name, pacte and names before they accept them"):
        group = session.scalars(select(PeerGroup).where(PeerGroup.id == way.group_id)).one()
        names = session.scalars(select(User.name).where(User.id.in_(ids)).order_by(User.name)).all()
    return FrameToRead(group, tuple(names))
