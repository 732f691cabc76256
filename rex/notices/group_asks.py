"""What a person is asked by peer groups: to come in, to answer what their groups decide. Of it, where one answers, nothing else."""

from datetime import datetime

from sqlalchemy import select

from rex.access import Reader
from rex.collectifs.group_models import PeerGroup
from rex.db import RexSession
from rex.journal.moment_models import What
from rex.notices.ask import Ask
from rex.peer_groups.invitations import JOIN_WITHIN, ways_in
from rex.peer_groups.models import Ballot, Decision


def group_asks(session: RexSession, reader: Reader) -> list[Ask]:
    """Invitations that are not out of date, and questions of their groups that go on: gone once answered. Four statements."""
    invited = [
        _ask(What.GROUP_INVITED, way.until - JOIN_WITHIN, f"/groupes-de-pairs/{public_id}/invitation")
        for public_id, way in ways_in(session, reader.user_id).items()
    ]
    if not reader.group_ids:
        return invited
    questions = (
        select(Decision.public_id, Decision.asked_at, PeerGroup.public_id.label("group_id"))
        .join(Ballot, Ballot.decision_id == Decision.id)
        .join(PeerGroup, PeerGroup.id == Decision.group_id)
        .where(Ballot.user_id == reader.user_id, Ballot.is_yes.is_(None))
        .where(Decision.group_id.in_(reader.group_ids), Decision.ended_at.is_(None), Decision.closes_at > reader.now)
    )
    return invited + [
        _ask(What.GROUP_ASKED, row.asked_at, f"/groupes-de-pairs/{row.group_id}/decisions/{row.public_id}")
        for row in session.execute(questions)
    ]


def _ask(what: What, at: datetime, path: str) -> Ask:
    return Ask(what=what, at=at, actor="", entry_ids=frozenset(), path=path, collectif="", is_in_group=True)
