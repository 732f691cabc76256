"""A draft of a collectif moved into a peer group before anybody read it: sealed again with the group's key, what was kept erased.

It begins there as a new draft does: no request, no invitation and no action of the collectif stays with it."""

from sqlalchemy import delete, select

from rex.access import MembershipView, Reader, group_readers
from rex.db import RexSession
from rex.journal.attachments import seal_again
from rex.journal.consents import current_authors
from rex.journal.drafts import drop_draft, drop_orphan_actions, fill_draft, locked_draft, read_draft
from rex.journal.models import Authorship, PublicationRequest, Recit, Revision
from rex.journal.together_models import CoAuthorInvitation
from rex.referentiel.markers import REFERENTIEL


class StaysThere(ValueError):
    """The draft cannot be moved into this group."""


def may_move(session: RexSession, reader: Reader, recit: Recit) -> bool:
    """Whether it is a draft of a collectif that nobody else than its authors ever read."""
    if recit.is_published or recit.withdrawn_at is not None or recit.collectif_id in reader.group_ids:
        return False
    was_read = session.scalar(select(Revision.id).where(Revision.entry_id == recit.id).limit(1))
    return was_read is None


def kept_outside(session: RexSession, recit: Recit, group_id: int) -> list[str]:
    """The names of those who sign it and are not in the group: it cannot go where they would not read it."""
    inside = {user_id for user_id, _ in group_readers(session, group_id)}
    return [name for user_id, name in current_authors(session, recit) if user_id not in inside]


def move_into(session: RexSession, reader: Reader, recit: Recit, group: MembershipView) -> None:
    """Take it into the group, a draft still. Raises StaysThere."""
    locked_draft(session, reader, recit)
    session.refresh(recit, with_for_update=True)
    draft = read_draft(session, reader, recit)
    if draft is None or not may_move(session, reader, recit) or kept_outside(session, recit, group.collectif_id):
        raise StaysThere
    texts = {slug: field.text for slug, field in draft.fields.items()}
    tags = {code: stance for code, stance in draft.tags.items() if code in REFERENTIEL}  # not the collectif's own balises
    signing = [user_id for user_id, _ in current_authors(session, recit)]
    with session.as_system("a draft changes its space: what was kept of it in the former one is erased"):
        for gone in (PublicationRequest, CoAuthorInvitation):
            session.execute(delete(gone).where(gone.entry_id == recit.id))
        session.execute(delete(Authorship).where(Authorship.entry_id == recit.id, Authorship.user_id.not_in(signing)))
        drop_draft(session, recit)
        session.flush()
        recit.collectif_id, recit.action_id, recit.teller = group.collectif_id, None, ""
        session.flush()
        for before, after in seal_again(session, recit, group.key_name).items():
            texts = {slug: text.replace(before, after) for slug, text in texts.items()}
        fill_draft(session, group, recit, texts, tags)
        drop_orphan_actions(session)
