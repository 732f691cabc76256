"""Something that waits for a person's answer."""

from dataclasses import dataclass
from datetime import datetime

from rex.journal.moment_models import What


@dataclass(frozen=True)
class Ask:
    """Something that waits for this person's answer."""

    what: What
    at: datetime
    actor: str
    entry_ids: frozenset[int]  # the entries by which a notice speaks of it
    path: str  # where one answers
    collectif: str
    title: str = ""  # of what the person reads already
    is_to_team: bool = False
    is_by_several: bool = False  # `actor` names them all
    is_own: bool = False  # the reader asked for it, and their own yes is asked again
    public_id: str = ""  # of the entry or of the action: mails about it follow each other
    is_in_group: bool = False  # asked in a peer group: outside of it, neither who asks nor for what is said
