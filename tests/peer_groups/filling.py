"""What the openings of a group hold, for the filled room of the house."""

from datetime import timedelta
from typing import Any

from rex import clock
from rex.collectifs.group_models import GroupOpening
from rex.peer_groups.models import Decision
from rex.peer_groups.opening import Proposal, propose_opening


def fill_openings(room: Any) -> None:
    """A question that waits, and an opening to somebody who has no account: written, and open for nobody."""
    soon = clock.now() + timedelta(days=2)
    with room.acting(room.cast.dora) as (session, who):
        until = (clock.now() + timedelta(days=20)).date().isoformat()
        who_reads, why = room.says("ouverture: à qui"), room.says("ouverture: pourquoi")
        proposal = Proposal(who_reads, "ana@exemple.fr", why, until, shows_past=False)
        asked = propose_opening(session, who, room.id, proposal)
        assert isinstance(asked, Decision)
        room.others.setdefault("decision_id", []).append(asked.public_id)
    with room.database.system("the group is open to somebody who has no account", write=True) as session:
        said = room.says("ouverture: nom")
        opening = GroupOpening(group_id=room.id, called=said, shows_past=False, starts_at=soon, ends_at=soon + timedelta(days=9))
        session.add(opening)
        session.flush()
        room.ids["opening_id"] = opening.public_id
