"""Whose answer is awaited, read where it is kept: consents, invitations to sign, invitations to tell, deletions to object to,
thanks to answer, what peer groups ask.

These stay until they are answered or taken back, seen or not. Nine statements, whatever waits."""

from dataclasses import replace

from sqlalchemy import or_, select

from rex.access import Reader, own_recognitions, visible_entries, visible_recits
from rex.collectifs.models import Space, User
from rex.db import RexSession
from rex.french import joined
from rex.journal.models import Action, Authorship, Consent, Entry, EntryKind, PublicationRequest, Recit
from rex.journal.moment_models import What
from rex.journal.queries import NOBODY
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.together_models import CoAuthorInvitation, RecitInvitation
from rex.notices.ask import Ask
from rex.notices.group_asks import group_asks
from rex.sealed_words import SpaceKind


def asks_of(session: RexSession, reader: Reader) -> list[Ask]:
    """What waits for this person's answer now, newest first."""
    if not reader.memberships:
        return []
    found = [
        *_consents(session, reader),
        *_invitations_to_sign(session, reader),
        *_invitations_to_tell(session, reader),
        *_deletions(session, reader),
        *_thanks(session, reader),
        *group_asks(session, reader),
    ]
    return sorted(map(_said_outside, found), key=lambda ask: ask.at, reverse=True)


def _said_outside(ask: Ask) -> Ask:
    """What the page, or a mail, may say of an ask: of one in a group, that there is one."""
    return replace(ask, actor="", title="", collectif="", public_id="") if ask.is_in_group else ask


def _consents(session: RexSession, reader: Reader) -> list[Ask]:
    said = select(Consent.id).where(Consent.entry_id == Entry.id, Consent.user_id == reader.user_id)
    rows = session.execute(
        visible_entries(reader)
        .join(PublicationRequest, PublicationRequest.entry_id == Entry.id)
        .join(Authorship, (Authorship.entry_id == Entry.id) & (Authorship.user_id == reader.user_id))
        .join(Space, Space.id == Entry.collectif_id)
        .outerjoin(User, User.id == PublicationRequest.asked_by_id)
        .where(~said.exists())
        .with_only_columns(
            Entry.id,
            Entry.public_id,
            Entry.title,
            PublicationRequest.asked_at,
            PublicationRequest.asked_by_id,
            User.name,
            Space.name.label("collectif"), Space.kind.label("space_kind"),
        )
    ).all()
    return [
        Ask(
            what=What.CONSENT_ASKED,
            at=row.asked_at,
            actor=row.name or "",
            entry_ids=frozenset({row.id}),
            path=f"/recits/{row.public_id}/accord",
            collectif=row.collectif,
            is_in_group=row.space_kind == SpaceKind.GROUPE,
            title=row.title,
            is_own=row.asked_by_id == reader.user_id,
            public_id=row.public_id,
        )
        for row in rows
    ]


def _invitations_to_sign(session: RexSession, reader: Reader) -> list[Ask]:
    """The invited person reads nothing of the draft, and is told who asks, where, nothing else."""
    with session.as_system("the address at which an invited person answers, since they cannot read the draft"):
        rows = session.execute(
            select(Entry.id, Entry.public_id, CoAuthorInvitation.created_at, User.name)
            .add_columns(Space.name.label("collectif"), Space.kind.label("space_kind"))
            .join(CoAuthorInvitation, CoAuthorInvitation.entry_id == Entry.id)
            .join(Space, Space.id == Entry.collectif_id)
            .outerjoin(User, User.id == CoAuthorInvitation.invited_by_id)
            .where(
                CoAuthorInvitation.user_id == reader.user_id,
                CoAuthorInvitation.declined_at.is_(None),
                Entry.collectif_id.in_(reader.space_ids),
            )
        ).all()
    return [
        Ask(
            what=What.CO_AUTHOR_ASKED,
            at=row.created_at,
            actor=row.name or "",
            entry_ids=frozenset({row.id}),
            path=f"/recits/{row.public_id}/invitation",
            collectif=row.collectif,
            is_in_group=row.space_kind == SpaceKind.GROUPE,
            public_id=row.public_id,
        )
        for row in rows
    ]


def _invitations_to_tell(session: RexSession, reader: Reader) -> list[Ask]:
    """One for each action of which the person still reads a récit, by all those who ask."""
    rows = session.execute(
        visible_recits(reader)
        .join(Action, Action.id == Recit.action_id)
        .join(RecitInvitation, RecitInvitation.action_id == Action.id)
        .join(Space, Space.id == Action.collectif_id)
        .outerjoin(User, User.id == RecitInvitation.invited_by_id)
        .where(
            RecitInvitation.user_id == reader.user_id,
            RecitInvitation.answered_at.is_(None),
            Action.collectif_id.in_(reader.space_ids),
            Entry.published_at.is_not(None),
        )
        .order_by(RecitInvitation.id)
        .with_only_columns(
            Recit.id,
            Action.id.label("action_id"),
            Action.public_id,
            Action.title,
            RecitInvitation.created_at,
            User.name,
            Space.name.label("collectif"), Space.kind.label("space_kind"),
        )
    ).all()
    per_action: dict[int, list] = {}
    for row in rows:
        per_action.setdefault(row.action_id, []).append(row)
    names = {action_id: list(dict.fromkeys(row.name or NOBODY for row in those)) for action_id, those in per_action.items()}
    return [
        Ask(
            what=What.RECIT_ASKED,
            at=first.created_at,
            actor=joined(names[first.action_id]),
            is_by_several=len(names[first.action_id]) > 1,
            entry_ids=frozenset(row.id for row in [first, *others]),
            path=f"/actions/{first.public_id}",
            collectif=first.collectif,
            is_in_group=first.space_kind == SpaceKind.GROUPE,
            title=first.title,
            public_id=first.public_id,
        )
        for first, *others in per_action.values()
    ]


def _deletions(session: RexSession, reader: Reader) -> list[Ask]:
    """Texts that another author wants deleted: an objection keeps them."""
    rows = session.execute(
        visible_entries(reader)
        .join(Authorship, (Authorship.entry_id == Entry.id) & (Authorship.user_id == reader.user_id))
        .join(Space, Space.id == Entry.collectif_id)
        .outerjoin(User, User.id == Entry.deletion_asked_by_id)
        .where(
            Entry.published_at.is_(None),
            Entry.deletion_asked_at.is_not(None),
            Entry.deletion_asked_by_id.is_distinct_from(reader.user_id),
        )
        .with_only_columns(
            Entry.id,
            Entry.public_id,
            Entry.kind,
            Entry.deletion_asked_at,
            User.name,
            Space.name.label("collectif"),
            Space.kind.label("space_kind"),
        )
    ).all()
    return [
        Ask(
            what=What.DELETION_ASKED,
            at=row.deletion_asked_at,
            actor=row.name or "",
            entry_ids=frozenset({row.id}),
            path=f"/recits/{row.public_id}/edition" if row.kind is EntryKind.RECIT else f"/difficultes/{row.public_id}",
            collectif=row.collectif,
            is_in_group=row.space_kind == SpaceKind.GROUPE,
            public_id=row.public_id,
        )
        for row in rows
    ]


def _thanks(session: RexSession, reader: Reader) -> list[Ask]:
    mine = select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.user_id == reader.user_id)
    giver = select(User.name).where(User.id == Authorship.user_id, Authorship.entry_id == Entry.id).limit(1)
    rows = session.execute(
        own_recognitions(reader)
        .join(Space, Space.id == Entry.collectif_id)
        .where(
            Recognition.answer == Answer.PENDING,
            ~mine.exists(),
            or_(Recognition.to_user_id == reader.user_id, Recognition.to_service_id.in_(reader.service_ids)),
        )
        .with_only_columns(
            Recognition.id,
            Entry.public_id,
            Entry.created_at,
            Recognition.to_user_id,
            giver.correlate(Entry).scalar_subquery().label("name"),
            Space.name.label("collectif"), Space.kind.label("space_kind"),
        )
    ).all()
    return [
        Ask(
            what=What.THANKS_RECEIVED,
            at=row.created_at,
            actor=row.name or "",
            entry_ids=frozenset({row.id}),
            path=f"/reconnaissances/{row.public_id}",
            collectif=row.collectif,
            is_in_group=row.space_kind == SpaceKind.GROUPE,
            is_to_team=row.to_user_id is None,
            public_id=row.public_id,
        )
        for row in rows
    ]
