"""What becomes of the letters of a space when somebody leaves it."""

from sqlalchemy import delete

from rex.db import RexSession
from rex.digests.models import DigestLink, DigestRefusal


def forget(session: RexSession, space_id: int, user_ids: list[int] | None) -> None:
    """Whether they wanted its letters, and the addresses that stopped them. When a group ends (None), its rows go with it."""
    if user_ids is None:
        return
    with session.as_system("what somebody who leaves wanted of its letters goes with them"):
        for model in (DigestRefusal, DigestLink):
            theirs = model.collectif_id == space_id, model.user_id.in_(user_ids)
            session.execute(delete(model).where(*theirs).execution_options(synchronize_session=False))
