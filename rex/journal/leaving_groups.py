"""What leaves with a person who leaves a group, or with the group: their drafts there, and the files whose key goes.

What they told stays with those who read it. (Rule: a removed member loses their drafts there too.)"""

from sqlalchemy import delete, func, select

from rex.db import RexSession
from rex.journal.attachments import forget_files_of
from rex.journal.models import Authorship, Entry
from rex.journal.together_models import CoAuthorInvitation


def forget(session: RexSession, group_id: int, user_ids: list[int] | None) -> None:
    """Before these people leave (None: before the group ends). Called as part of the act that takes them out."""
    with session.as_system("what nobody can open any more is erased"):
        here = select(Entry).where(Entry.collectif_id == group_id)
        if user_ids is None:
            for entry in session.scalars(here).all():
                forget_files_of(session, entry)
            return
        theirs = select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.user_id.in_(user_ids))
        others = select(Authorship.id).where(
            Authorship.entry_id == Entry.id, func.coalesce(Authorship.user_id, 0).not_in(user_ids)
        )
        alone = here.where(Entry.published_at.is_(None), theirs.exists(), ~others.exists())
        for entry in session.scalars(alone).all():
            forget_files_of(session, entry)
            session.execute(delete(Entry).where(Entry.about_id == entry.id, Entry.published_at.is_(None)))
            session.delete(entry)
        asked = select(Entry.id).where(Entry.collectif_id == group_id)
        session.execute(
            delete(CoAuthorInvitation).where(CoAuthorInvitation.user_id.in_(user_ids), CoAuthorInvitation.entry_id.in_(asked))
        )
        session.flush()
