"""An account goes: what its owner wrote stays nameless or is erased as they chose, and nothing says who they were.

Done in one transaction, by the application itself: a person who leaves may not read all that they once wrote."""

import hashlib
import json

from sqlalchemy import delete, select

from rex import clock, idempotency, mail
from rex.archives.models import ArchiveRequest
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Credential, Invitation, Space, User
from rex.db import RexSession
from rex.departures.chosen import Chosen
from rex.departures.erasing_entries import leave_entries
from rex.departures.letters_nameless import letters_nameless
from rex.departures.nameless import call_nameless, service_alone, signature_left, stays, tellers_left, thanked_nameless
from rex.documents import waiting
from rex.exchanges.models import Exchange, FormerWords, Mention, Synthese
from rex.journal.difficulty_models import Echo
from rex.journal.drafts import drop_orphan_actions
from rex.journal.models import Action, Entry
from rex.journal.together_models import ActionNote, Rereading
from rex.keys import INSTALLATION, KeyLost
from rex.peer_groups.deciding import hold
from rex.peer_groups.settling import leave_now
from rex.sealed_files import at_the_end
from rex.sealed_words import SpaceKind
from rex.tensions.models import TensionTrial


def erase_account(session: RexSession, user_id: int, chosen: Chosen) -> None:
    """Everything, in an order in which nothing is looked for after it went. The caller, who asks as the system, looked at what
    would keep the person from leaving."""
    user = session.scalars(select(User).where(User.id == user_id).with_for_update()).one()
    name, public_id = user.name, user.public_id
    address = session.scalar(select(Credential.address).where(Credential.user_id == user_id)) or ""
    _leave_groups(session, user_id)
    letters_nameless(session, user_id, name)  # while it is known what they signed
    leave_entries(session, user_id, name, chosen)
    _leave_messages(session, user_id, chosen)
    _leave_what_hangs(session, user_id, chosen)
    thanked_nameless(session, user_id)
    call_nameless(session, user_id, name)
    tellers_left(session, user_id, name)
    _forget_mails(session, user_id, address)
    session.execute(delete(Invitation).where(Invitation.address == address, Invitation.address != ""))
    _forget_archives(session)
    idempotency.forget(session, [public_id])
    at_the_end(session, committed=lambda: waiting.forget_all(session, public_id))
    session.flush()
    session.execute(delete(User).where(User.id == user_id))
    drop_orphan_actions(session)
    session.flush()


def _leave_groups(session: RexSession, user_id: int) -> None:
    """As anybody leaves a group: their drafts there go, what waited for their voice goes on without it."""
    places = select(GroupMember.group_id).where(GroupMember.user_id == user_id, GroupMember.left_at.is_(None))
    for group_id in session.scalars(places.order_by(GroupMember.group_id)).all():
        leave_now(session, hold(session, group_id), user_id)


def _leave_messages(session: RexSession, user_id: int, chosen: Chosen) -> None:
    """A message that goes leaves its place, as one that is withdrawn: others answered it."""
    said = (
        select(Exchange, Space.kind)
        .join(Entry, Entry.id == Exchange.entry_id)
        .join(Space, Space.id == Entry.collectif_id)
        .where(Exchange.author_id == user_id)
    )
    for exchange, kind in session.execute(said).all():
        stands = exchange.withdrawn_at is None and exchange.suspended_at is None
        exchange.author_id = None
        if stands and stays(chosen, None, kind is SpaceKind.GROUPE):
            exchange.signature = signature_left(session, exchange)
            continue
        exchange.source = exchange.html = exchange.quote = exchange.quote_slug = exchange.signature = ""
        exchange.quote_sealed = exchange.sealed = exchange.taken_by_id = exchange.taken_at = exchange.edited_at = None
        exchange.suspended_at, exchange.suspended_by_id, exchange.suspended_why = None, None, ""
        exchange.is_detached = exchange.has_former_words = False
        exchange.withdrawn_at = exchange.withdrawn_at or clock.now()
        session.execute(delete(FormerWords).where(FormerWords.exchange_id == exchange.id))
        session.execute(delete(Mention).where(Mention.exchange_id == exchange.id))
    for synthese in session.scalars(select(Synthese).where(Synthese.author_id == user_id)).all():
        synthese.author_id, synthese.signature = None, ""  # what is kept of a thread is of those who spoke
    session.flush()


def _leave_what_hangs(session: RexSession, user_id: int, chosen: Chosen) -> None:
    """« Je vis ça aussi », notes between récits, what they said was tried, rereadings (these follow the choice made for récits)."""
    echoes = select(Echo, Space.kind).join(Entry, Entry.id == Echo.entry_id).where(Echo.user_id == user_id)
    for echo, kind in session.execute(echoes.join(Space, Space.id == Entry.collectif_id)).all():
        if stays(chosen, None, kind is SpaceKind.GROUPE) and echo.suspended_at is None:
            echo.user_id = None
        else:
            session.delete(echo)
    notes = select(ActionNote, Space.kind).join(Action, Action.id == ActionNote.action_id).where(ActionNote.author_id == user_id)
    for note, kind in session.execute(notes.join(Space, Space.id == Action.collectif_id)).all():
        if stays(chosen, None, kind is SpaceKind.GROUPE) and note.suspended_at is None:
            note.author_id, note.service_name = None, service_alone(session, note)
        else:
            session.delete(note)
    for trial in session.scalars(select(TensionTrial).where(TensionTrial.author_id == user_id)).all():
        if stays(chosen, None, False):
            trial.author_id = None
        else:
            session.delete(trial)
    later = select(Rereading, Entry, Space.kind).join(Entry, Entry.id == Rereading.entry_id).where(Rereading.author_id == user_id)
    for rereading, entry, kind in session.execute(later.join(Space, Space.id == Entry.collectif_id)).all():
        if stays(chosen, entry, kind is SpaceKind.GROUPE) and rereading.suspended_at is None:
            rereading.author_id = None
        else:
            session.delete(rereading)
    session.flush()


def _forget_archives(session: RexSession) -> None:
    """The archives that somebody asked for, of whatever journal: one speaks under récits of the réseau without being a member of
    theirs. The ticker takes the files away, and who asked asks again."""
    session.execute(delete(ArchiveRequest))


def _forget_mails(session: RexSession, user_id: int, address: str) -> None:
    """What waits to be sent to them does not leave. That an account of this number was once written to is forgotten too: on SQLite,
    the next account may bear its number."""
    welcome = hashlib.sha256(f"account|{user_id}".encode()).hexdigest()
    session.execute(delete(mail.Outbox).where(mail.Outbox.key_hash == welcome))
    for row in session.scalars(select(mail.Outbox).where(mail.Outbox.sealed.is_not(None))).all():
        try:
            payload = json.loads(session.keyring.open(INSTALLATION, f"outbox|{row.key_hash}", row.sealed or b""))
        except KeyLost:  # it can never leave, and `rex.mail` says so
            continue
        if payload["to"] == address:
            session.delete(row)
    session.flush()
