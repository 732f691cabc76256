"""What a séance may be opened on: rooms further down say how their thing is read and what becomes of it, so that this one knows
none of them. A thing is named in the address of the form (`?sur=<public id>`) and travels with it."""

from collections.abc import Callable
from dataclasses import dataclass

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.seances.models import Seance


@dataclass(frozen=True)
class Subject:
    """What a séance of this space would be about: how it is named, what the form begins with."""

    public_id: str
    said: str  # « la tension « Informer n’est pas associer » »
    url: str
    theme: str
    agenda: str = ""


Finding = Callable[[RexSession, Reader, MembershipView, str], Subject | None]
Following = Callable[[RexSession, Reader, MembershipView, Subject, Seance], None]

# By the name of the room, so that making the application twice changes nothing.
_rooms: dict[str, tuple[Finding, Following]] = {}


def add_subjects(room: str, find: Finding, follow: Following) -> None:
    """Séances may be opened on a thing of this room. `find`: what is read at this public id, None when this reader may not;
    `follow`: a séance was announced on it, within the transaction of the act."""
    _rooms[room] = (find, follow)


def subject_of(session: RexSession, reader: Reader, seat: MembershipView, public_id: str) -> Subject | None:
    """What this address names, for who may read it; None for anything else."""
    if not public_id:
        return None
    return next((found for find, _ in _rooms.values() if (found := find(session, reader, seat, public_id))), None)


def was_set(session: RexSession, reader: Reader, seat: MembershipView, public_id: str, seance: Seance) -> None:
    """A séance was announced: what it is about knows."""
    if not public_id:
        return
    for find, follow in _rooms.values():
        found = find(session, reader, seat, public_id)
        if found is not None:
            follow(session, reader, seat, found, seance)
