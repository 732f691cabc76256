"""Who signed an entry and does so no more: kept from judging it, and nothing else."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select

from rex.db import RexSession
from rex.journal.models import Authorship
from rex.journal.together_models import FormerAuthor


def end_signatures(session: RexSession, entry_ids: Collection[int], user_ids: Collection[int]) -> None:
    """These people no longer sign these entries."""
    signed = Authorship.entry_id.in_(entry_ids), Authorship.user_id.in_(user_ids)
    with session.as_system("a signature ends, and is remembered for who judges"):
        known = select(FormerAuthor.entry_id, FormerAuthor.user_id).where(FormerAuthor.entry_id.in_(entry_ids))
        before = {(row.entry_id, row.user_id) for row in session.execute(known)}
        rows = session.execute(select(Authorship.entry_id, Authorship.user_id).where(*signed)).all()
        new = [{"entry_id": row.entry_id, "user_id": row.user_id} for row in rows if (row.entry_id, row.user_id) not in before]
        if new:
            session.execute(insert(FormerAuthor), new)
        session.execute(delete(Authorship).where(*signed))
        session.flush()


def former_authors(session: RexSession, entry_id: int) -> frozenset[int]:
    """User ids of those who signed it once, for who asks who may judge it."""
    with session.as_system("who signed a text once, and does not judge it"):
        return frozenset(session.scalars(select(FormerAuthor.user_id).where(FormerAuthor.entry_id == entry_id)))
