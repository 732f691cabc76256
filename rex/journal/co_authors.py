"""Signing together: an author invites a member of the same space, who reads nothing of the draft before they accept.

Whoever joins or leaves changes what the others said yes to: a request that waited for yeses is lifted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from rex import clock
from rex.access import Reader, group_readers, own_drafts
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import fold, typo
from rex.journal import moments
from rex.journal.belonging import Fellow, fellows_of
from rex.journal.consents import current_authors, take_back
from rex.journal.former_authors import end_signatures
from rex.journal.models import Authorship, Consent, Draft, Entry, Recit
from rex.journal.moments import What
from rex.journal.newcomers import rewrite_byline
from rex.journal.passages_of_recits import forget_author_of_passages
from rex.journal.recognition_people import near
from rex.journal.together_models import CoAuthorInvitation


class NotInvited(ValueError):
    """Nobody was invited; `str()` is the French sentence that says why."""


class LastAuthor(ValueError):
    """Nobody else could answer for the récit: this author stays."""


@dataclass(frozen=True)
class Invited:
    """Somebody who was asked to sign, as the authors see it."""

    public_id: str
    name: str
    has_declined: bool


@dataclass(frozen=True)
class Asking:
    """What an invited person is told before they decide: who asks, and nothing of the text."""

    recit_id: int
    collectif_id: int
    invited_by: str
    is_published: bool


# --- the authors' side ----------------------------------------------------------------------------------------------------


def invite(session: RexSession, reader: Reader, recit: Recit, name: str) -> str:
    """Ask the member of this name to sign; returns their name. Raises NotInvited. Asked again, somebody who declined may change
    their mind; somebody who has not answered is not asked twice."""
    user_id, found = _member_named(session, reader, recit, name)
    session.refresh(recit, with_for_update=True)
    if user_id in {author_id for author_id, _ in current_authors(session, recit)}:
        raise NotInvited("Vous signez déjà ce récit" if user_id == reader.user_id else f"{found} signe déjà ce récit")
    kept = session.scalars(
        select(CoAuthorInvitation).where(CoAuthorInvitation.entry_id == recit.id, CoAuthorInvitation.user_id == user_id)
    ).first()
    if kept is not None and kept.declined_at is None:
        raise NotInvited(f"{found} a déjà votre invitation, et n’a pas encore répondu")
    if kept is None:
        session.add(CoAuthorInvitation(entry_id=recit.id, user_id=user_id, invited_by_id=reader.user_id))
    else:
        kept.declined_at, kept.invited_by_id, kept.created_at = None, reader.user_id, clock.now()
    draft = session.scalars(own_drafts(reader).where(Draft.entry_id == recit.id)).first()
    if draft is not None and draft.changed_at is None:
        draft.changed_at = clock.now()  # from now on it is not an empty draft that « Écrire un REX » opens again
    session.flush()
    moments.tell(session, reader, What.CO_AUTHOR_ASKED, recit.id, to=[user_id])
    return found


def invited(session: RexSession, recit: Recit) -> list[Invited]:
    """Who was asked and has not accepted, first asked first."""
    rows = session.execute(
        select(CoAuthorInvitation.public_id, User.name, CoAuthorInvitation.declined_at)
        .join(User, User.id == CoAuthorInvitation.user_id)
        .where(CoAuthorInvitation.entry_id == recit.id)
        .order_by(CoAuthorInvitation.created_at, CoAuthorInvitation.id)
    ).all()
    return [Invited(public_id, name, declined_at is not None) for public_id, name, declined_at in rows]


def take_invitation_back(session: RexSession, recit: Recit, public_id: str) -> bool:
    """The person is no longer asked; False when they answered, or somebody took it back, meanwhile."""
    gone = session.execute(
        delete(CoAuthorInvitation)
        .where(CoAuthorInvitation.entry_id == recit.id, CoAuthorInvitation.public_id == public_id)
        .returning(CoAuthorInvitation.id)
    ).first()
    return gone is not None


def leave(session: RexSession, reader: Reader, recit: Recit) -> None:
    """No longer sign: the name goes at once, the words stay with the others. Raises LastAuthor when nobody else could answer."""
    session.refresh(recit, with_for_update=True)
    if all(user_id == reader.user_id for user_id, _ in current_authors(session, recit)):
        raise LastAuthor
    take_back(session, recit)
    if recit.deletion_asked_by_id == reader.user_id:
        recit.deletion_asked_at = recit.deletion_asked_by_id = None
    with session.as_system("somebody who leaves a récit stops reading it in the middle of the act"):
        session.execute(delete(Consent).where(Consent.entry_id == recit.id, Consent.user_id == reader.user_id))
        end_signatures(session, [recit.id], [reader.user_id])
        if recit.is_published:
            rewrite_byline(session, recit)
        session.flush()
        forget_author_of_passages(session, recit, reader.user_id)


def invitable(session: RexSession, reader: Reader, recit: Recit) -> list[str]:
    """The names to choose from: current members who do not sign yet; homonyms with their service."""
    signing = {user_id for user_id, _ in current_authors(session, recit)}
    people = [row for row in _members(session, reader, recit) if row.user_id not in signing]
    return sorted(dict.fromkeys(_labels(people)), key=fold)


def _member_named(session: RexSession, reader: Reader, recit: Recit, typed: str) -> tuple[int, str]:
    """Who bears this name, alone or with the service; else who alone has this first name. Raises NotInvited, with near names."""
    asked = fold(typed)
    if not asked:
        raise NotInvited("Écrivez le nom de la personne à inviter")
    rows = _members(session, reader, recit)
    people = [_Member(row.user_id, row.name, label, _with_service(row)) for row, label in zip(rows, _labels(rows), strict=True)]
    found = [one for one in people if fold(one.name) == asked] or [one for one in people if fold(one.place) == asked]
    if len(found) > 1:
        raise NotInvited(typo("Plusieurs membres portent ce nom : ajoutez une virgule, puis le service"))
    found = found or [one for one in people if fold(one.name).split()[:1] == [asked]]
    if len(found) == 1:
        return found[0].user_id, found[0].name
    others = [one.label for one in near(people, typed) if one.user_id != reader.user_id]
    raise NotInvited(typo(f"Aucun membre {_of_here(reader, recit)} ne porte ce nom : {_to_choose_from(others)}"))


def _of_here(reader: Reader, recit: Recit) -> str:
    return "de ce groupe" if recit.collectif_id in reader.group_ids else "de ce journal"


def _to_choose_from(labels: Sequence[str]) -> str:
    return f"est-ce {' ; '.join(labels)} ?" if labels else "choisissez dans la liste"


@dataclass(frozen=True)
class _Member:
    user_id: int
    name: str
    label: str  # the name; of homonyms, with the service
    place: str  # the name with the service


def _members(session: RexSession, reader: Reader, recit: Recit) -> list[Fellow]:
    """Who may be asked to sign. What is told in a group already is signed by those who read it: who came later does not."""
    fellows = fellows_of(session, reader, recit.collectif_id)
    if recit.published_at is None or recit.collectif_id not in reader.group_ids:
        return fellows
    there = {user_id for user_id, _ in group_readers(session, recit.collectif_id, recit.published_at)}
    return [one for one in fellows if one.user_id in there]


def _labels(rows: Sequence[Fellow]) -> list[str]:
    names = Counter(row.name for row in rows)
    return [_with_service(row) if names[row.name] > 1 else row.name for row in rows]


def _with_service(row: Fellow) -> str:
    return ", ".join(filter(None, (row.name, row.service or row.title)))


# --- the invited person's side ----------------------------------------------------------------------------------------------


def asking(session: RexSession, reader: Reader, public_id: str) -> Asking | None:
    """The invitation to sign the récit of this address that waits for this person's answer."""
    with session.as_system("tell an invited person who asks them to sign, since they cannot read the draft"):
        row = session.execute(
            select(Recit.id, Recit.collectif_id, Recit.published_at, User.name)
            .join(CoAuthorInvitation, CoAuthorInvitation.entry_id == Recit.id)
            .outerjoin(User, User.id == CoAuthorInvitation.invited_by_id)
            .where(
                Entry.public_id == public_id,
                Entry.collectif_id.in_(reader.space_ids),
                CoAuthorInvitation.user_id == reader.user_id,
                CoAuthorInvitation.declined_at.is_(None),
            )
        ).first()
    if row is None:
        return None
    return Asking(row.id, row.collectif_id, row.name or "Une personne", row.published_at is not None)


def accept(session: RexSession, reader: Reader, ask: Asking) -> None:
    """Sign with the others: an authorship stands in the place of the invitation. Taken back meanwhile, it opens nothing."""
    with session.as_system("an invited person becomes an author"):
        recit = session.scalars(select(Recit).where(Recit.id == ask.recit_id).with_for_update()).one()
        waiting = delete(CoAuthorInvitation).where(
            CoAuthorInvitation.entry_id == recit.id,
            CoAuthorInvitation.user_id == reader.user_id,
            CoAuthorInvitation.declined_at.is_(None),
        )
        if session.execute(waiting.returning(CoAuthorInvitation.id)).first() is None:
            raise PermissionError("the invitation was taken back")
        others = [user_id for user_id, _ in current_authors(session, recit)]
        last = session.scalar(select(func.max(Authorship.position)).where(Authorship.entry_id == recit.id))
        if reader.user_id not in others:
            session.add(Authorship(entry_id=recit.id, user_id=reader.user_id, position=1 + (last or 0)))
            session.flush()
        take_back(session, recit)
    moments.tell(session, reader, What.CO_AUTHOR_JOINED, recit.id, to=others)


def decline(session: RexSession, reader: Reader, ask: Asking) -> None:
    """« Pas cette fois »: the authors see it, nothing else happens."""
    asked = session.scalars(
        select(CoAuthorInvitation).where(
            CoAuthorInvitation.entry_id == ask.recit_id, CoAuthorInvitation.user_id == reader.user_id
        )
    ).first()
    if asked is not None:
        asked.declined_at = clock.now()
        session.flush()
