"""What becomes of the séances of a group when somebody leaves it."""

from sqlalchemy import delete, select

from rex import clock
from rex.db import RexSession
from rex.notices.models import Notice
from rex.seances.models import Depot, Seance, Step


def forget(session: RexSession, group_id: int, user_ids: list[int] | None) -> None:
    """What they brought and nobody has read yet goes with them; they lead no séance any more, and nothing that was told of them
    waits. When the group ends (None), its key goes, and its rows with it."""
    if user_ids is None:
        return
    with session.as_system("what somebody who leaves a group brought, unread, goes with them"):
        sealed = select(Seance.id).where(
            Seance.collectif_id == group_id, Seance.step == Step.DEPOSER, Seance.opens_at > clock.now()
        )
        session.execute(delete(Depot).where(Depot.seance_id.in_(sealed), Depot.author_id.in_(user_ids)))
        for seance in session.scalars(
            select(Seance).where(Seance.collectif_id == group_id, Seance.facilitator_id.in_(user_ids), Seance.step != Step.CLOSE)
        ):
            seance.facilitator_id = None
        theirs = Notice.user_id.in_(user_ids), Notice.seance_id.in_(select(Seance.id).where(Seance.collectif_id == group_id))
        session.execute(delete(Notice).where(*theirs).execution_options(synchronize_session=False))
        session.flush()
