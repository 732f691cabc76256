"""A person leaves a collectif: from the next request on they read nothing of it. What they told stays, signed by them; what nobody
else read is erased. A new invitation gives them the same place back, and their signatures are theirs again."""

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import aliased

from rex import idempotency
from rex.access import MembershipView, Reader
from rex.collectifs.models import Membership, Role, Space, User
from rex.db import RexSession
from rex.departures.erasing_entries import erase_entry
from rex.departures.obstacles import LastAnimateur, LastResponsable, last_animateur, last_responsable_in
from rex.digests import leaving as digests
from rex.documents import waiting
from rex.journal.drafts import drop_draft, drop_orphan_actions
from rex.journal.models import Action, Authorship, Consent, Draft, Entry, EntryKind, PublicationRequest, Recit
from rex.journal.together_models import CoAuthorInvitation, RecitInvitation, RereadingProposal
from rex.notices import listening
from rex.sealed_files import at_the_end
from rex.seances import leaving as seances


def obstacles(session: RexSession, reader: Reader, seat: MembershipView) -> tuple[LastAnimateur | None, list[LastResponsable]]:
    """What keeps them here: nobody else animates this journal; or it is their only one, by which they enter groups of which
    nobody else is responsable."""
    groups = last_responsable_in(session, reader.user_id) if len(reader.memberships) == 1 else []
    return last_animateur(session, reader.user_id, seat.collectif_id), groups


def leave(session: RexSession, reader: Reader, seat: MembershipView) -> bool:
    """Out, now. False when something keeps them; of two who leave at once, the second is told."""
    place_id, user_id = seat.collectif_id, reader.user_id
    with session.as_system("somebody leaves a collectif"):
        session.scalars(select(Space.id).where(Space.id == place_id).with_for_update()).one()
        last, groups = obstacles(session, reader, seat)
        if last is not None or groups:
            return False
        _erase_what_nobody_read(session, user_id, place_id)
        _forget_what_waits(session, user_id, place_id)
        seances.forget(session, place_id, [user_id])
        digests.forget(session, place_id, [user_id])
        mine = session.scalars(select(Membership).where(Membership.user_id == user_id, Membership.collectif_id == place_id)).one()
        mine.role = Role.MEMBRE
        mine.end()
        elsewhere = next((one.collectif_id for one in reader.memberships if one.collectif_id != place_id), None)
        session.execute(
            update(User).where(User.id == user_id, User.last_collectif_id == place_id).values(last_collectif_id=elsewhere)
        )
        idempotency.forget(session, [reader.user_public_id])
        batches = [batch.public_id for batch in waiting.batches_of(session, reader, seat)]
        at_the_end(session, committed=lambda: _forget_imports(session, reader, batches))
        session.flush()
    return True


def _forget_imports(session: RexSession, reader: Reader, batches: list[str]) -> None:
    for batch in batches:
        waiting.forget(session, reader, batch)


def _erase_what_nobody_read(session: RexSession, user_id: int, place_id: int) -> None:
    """Drafts, what they had taken back, what they kept for themselves; thank-yous are their recipients' too, and stay."""
    another = aliased(Authorship)
    others = select(another.id).where(another.entry_id == Entry.id, another.user_id.is_distinct_from(user_id))
    alone = (
        select(Entry)
        .join(Authorship, Authorship.entry_id == Entry.id)
        .where(Authorship.user_id == user_id, Entry.collectif_id == place_id, ~others.exists())
        .order_by(Entry.id)
    )
    drafts = alone.where(Entry.published_at.is_(None), Entry.kind != EntryKind.RECOGNITION).with_only_columns(Entry.id)
    for entry_id in session.scalars(drafts).all():
        entry = session.scalars(select(Entry).where(Entry.id == entry_id)).first()
        if entry is not None:  # a passage went with its récit
            erase_entry(session, entry)
    copies = alone.join(Draft, Draft.entry_id == Entry.id).where(Entry.published_at.is_not(None))
    for entry in session.scalars(copies).all():
        if isinstance(entry, Recit):
            drop_draft(session, entry)
    drop_orphan_actions(session)


def _forget_what_waits(session: RexSession, user_id: int, place_id: int) -> None:
    """What they were asked here, and what they were asking; nothing that was told of this journal waits for them."""
    here = select(Entry.id).where(Entry.collectif_id == place_id)
    actions = select(Action.id).where(Action.collectif_id == place_id)
    asked: list[tuple[type, ColumnElement[bool]]] = [
        (CoAuthorInvitation, CoAuthorInvitation.entry_id.in_(here) & (CoAuthorInvitation.user_id == user_id)),
        (RecitInvitation, RecitInvitation.action_id.in_(actions) & (RecitInvitation.user_id == user_id)),
        (Consent, Consent.entry_id.in_(here) & (Consent.user_id == user_id)),
        (RereadingProposal, RereadingProposal.entry_id.in_(here) & (RereadingProposal.user_id == user_id)),
        (PublicationRequest, PublicationRequest.entry_id.in_(here) & (PublicationRequest.asked_by_id == user_id)),
    ]
    for model, which in asked:
        session.execute(delete(model).where(which).execution_options(synchronize_session=False))
    stopped = Entry.collectif_id == place_id, Entry.deletion_asked_by_id == user_id
    for entry in session.scalars(select(Entry).where(*stopped)).all():
        entry.deletion_asked_at = entry.deletion_asked_by_id = None
    listening.forget_group(session, place_id, [user_id])
    session.flush()
