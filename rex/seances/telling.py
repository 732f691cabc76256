"""Who hears that a séance of a group is set, moved or called off: its members, by the one mail of the groups, which says neither
which group nor what. The séances of a collectif are announced on its home."""

from rex.access import MembershipView, Reader, group_readers
from rex.db import RexSession
from rex.peer_groups import telling
from rex.seances.models import Seance


def tell_members(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, what: str) -> None:
    """Name the other members of its group; nobody, of a séance of a collectif."""
    if seat.is_group:
        others = {user_id for user_id, _ in group_readers(session, seance.collectif_id)} - {reader.user_id}
        telling.tell(session, seance.collectif_id, others, f"seance|{seance.public_id}|{what}")
