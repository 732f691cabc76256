"""The entries that somebody signs, when their account goes: what they signed alone stays nameless or is erased, as they chose; what
they signed with others is the others' too, and only their signature goes."""

from sqlalchemy import delete, func, or_, select

from rex.collectifs.models import Space
from rex.db import RexSession
from rex.departures.chosen import Chosen
from rex.departures.nameless import sign_nameless, stays, teller_without, versions_nameless
from rex.journal.attachments import forget_files_of
from rex.journal.difficulty_models import Difficulty
from rex.journal.drafts import drop_draft, drop_orphan_actions
from rex.journal.models import Authorship, Entry, PublicationRequest, Recit, Revision
from rex.journal.newcomers import rewrite_byline
from rex.journal.publishing import unname_action
from rex.journal.recognition_models import Answer, Recognition
from rex.sealed_words import SpaceKind


def leave_entries(session: RexSession, user_id: int, name: str, chosen: Chosen) -> None:
    """Every entry that they sign, in every space, whoever reads it."""
    signed = (
        select(Entry.id, Space.kind)
        .join(Authorship, Authorship.entry_id == Entry.id)
        .join(Space, Space.id == Entry.collectif_id)
        .where(Authorship.user_id == user_id)
        .order_by(Entry.id)
    )
    for entry_id, kind in session.execute(signed).all():
        entry = session.scalars(select(Entry).where(Entry.id == entry_id).with_for_update()).first()
        if entry is None:  # a passage, gone with its récit
            continue
        mine = session.scalars(select(Authorship).where(Authorship.entry_id == entry_id, Authorship.user_id == user_id)).one()
        keeps = stays(chosen, _whole(session, entry), kind is SpaceKind.GROUPE)
        if _others(session, entry, user_id):
            _leave_to_the_others(session, entry, mine, name, keeps=keeps)
        elif keeps and _may_stay(entry):
            sign_nameless(session, entry, mine, name)
            _forget_what_authors_read(session, entry)
        else:
            erase_entry(session, entry)
    drop_orphan_actions(session)
    session.flush()


def _whole(session: RexSession, entry: Entry) -> Entry:
    """The récit of a passage: it follows it."""
    if isinstance(entry, Difficulty) and entry.section_slug and entry.about_id:
        return session.scalars(select(Recit).where(Recit.id == entry.about_id)).first() or entry
    return entry


def _others(session: RexSession, entry: Entry, user_id: int) -> bool:
    """Whether somebody else signs it: one who is gone already chose that it stays."""
    another = Authorship.entry_id == entry.id, or_(Authorship.user_id != user_id, Authorship.user_id.is_(None))
    return bool(session.scalar(select(func.count(Authorship.id)).where(*another)))


def _may_stay(entry: Entry) -> bool:
    """Whether somebody reads it beside its author: what nobody could read any more goes."""
    if isinstance(entry, Recognition) and not entry.is_published:
        return entry.answer is not Answer.DECLINED and (entry.to_user_id is not None or entry.to_service_id is not None)
    return entry.is_published and entry.suspended_at is None


def _leave_to_the_others(session: RexSession, entry: Entry, mine: Authorship, name: str, *, keeps: bool) -> None:
    """What they asked or answered about it goes, and their signature. The words stay, told or not: who wrote last in a field wrote
    in what the others had written there."""
    session.execute(delete(PublicationRequest).where(PublicationRequest.entry_id == entry.id))
    if entry.deletion_asked_by_id == mine.user_id:
        entry.deletion_asked_at = entry.deletion_asked_by_id = None
    if isinstance(entry, Recit):
        versions_nameless(session, entry, name)
    if keeps and entry.is_published and mine.college is not None:
        sign_nameless(session, entry, mine, name)
    else:
        if isinstance(entry, Recit):
            entry.teller = teller_without(entry.teller, name)
        session.delete(mine)
        session.flush()
        if entry.byline:
            rewrite_byline(session, entry)
    if session.scalar(select(Authorship.id).where(Authorship.entry_id == entry.id, Authorship.user_id.is_not(None)).limit(1)):
        return
    if _may_stay(entry):
        _forget_what_authors_read(session, entry)
    else:
        erase_entry(session, entry)


def _forget_what_authors_read(session: RexSession, entry: Entry) -> None:
    """Nobody signs it any more by a name: the working copy and the versions, which authors alone read, go."""
    session.execute(delete(PublicationRequest).where(PublicationRequest.entry_id == entry.id))
    session.execute(delete(Revision).where(Revision.entry_id == entry.id))
    if isinstance(entry, Recit):
        drop_draft(session, entry)
    entry.deletion_asked_at = entry.deletion_asked_by_id = None
    session.flush()


def erase_entry(session: RexSession, entry: Entry) -> None:
    """An entry and all that hangs from it, told or not; a récit with its passages, its files, and the name that it gave its action.

    Each is deleted through its object: the search takes its words out while it knows them."""
    for passage in session.scalars(select(Difficulty).where(Difficulty.about_id == entry.id)).all():
        session.delete(passage)
    forget_files_of(session, entry)
    if isinstance(entry, Recit) and entry.is_published:
        title, entry.title = entry.title, ""
        entry.audience = entry.published_at = None
        session.flush()
        unname_action(session, entry, title)
    session.delete(entry)
    session.flush()
