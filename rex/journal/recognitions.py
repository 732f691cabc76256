"""« Dire merci »: write it, accept it, keep it between the two, decline it, take it back, withdraw it from the journal.

Until it is accepted a recognition is between its giver and its recipient. What the recipient decides short of accepting is theirs:
nobody is told, and the giver's page says « pas encore publié » whatever it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView, Reader, is_current, may_receive
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.models import Audience, Authorship, Recit
from rex.journal.moments import What
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.recognition_sealing import put_away, put_in_clear, seal
from rex.journal.signing import sign
from rex.text.marks import tidy

MOST = 1_000  # characters: a fact, not a récit


TEAM = "l’équipe "  # before the name of a unit of the administration


@dataclass(frozen=True)
class Recipient:
    """Whom one thanks: a person, or a service or structure. `name` is said after « à » in « l’équipe Voirie »."""

    name: str
    user_id: int | None = None
    service_id: int | None = None


@dataclass(frozen=True)
class About:
    """The récit that a recognition is told about, as its giver reads it."""

    id: int
    public_id: str
    title: str
    teller: str
    collectif_id: int
    collectif_name: str
    audience: Audience
    told_at: datetime


def intended_audience(about: About | None, seat: MembershipView) -> Audience:
    """Who will read it once accepted: the readers of the récit, else the journal; in a group, the group."""
    if seat.is_group:
        return Audience.GROUPE
    return about.audience if about else Audience.COLLECTIF


def thank(
    session: RexSession,
    reader: Reader,
    seat: MembershipView,
    to: Recipient,
    words: str,
    codes: Sequence[str] = (),
    about: About | None = None,
) -> Recognition:
    """Say thanks, sealed until it is accepted. The caller has checked that `to` may be thanked from this seat."""
    if to.user_id == reader.user_id or (to.user_id is None) == (to.service_id is None):
        raise ValueError("one thanks somebody else, a person or a service")
    if seat.is_group and to.service_id is not None:
        raise ValueError("a group has no service: one thanks one of its members")
    recognition = Recognition(
        collectif_id=seat.collectif_id,
        about_id=about.id if about else None,
        to_user_id=to.user_id,
        to_service_id=to.service_id,
        to_name=to.name[:120],
        answer=Answer.PENDING,
        intended=intended_audience(about, seat),
    )
    session.add(recognition)
    session.flush()
    session.add(Authorship(entry_id=recognition.id, user_id=reader.user_id, position=0))
    session.flush()
    sign(session, recognition)  # from where they speak on the day when they say it
    seal(session, recognition, tidy(words).strip(), codes)
    moments.tell(session, reader, What.THANKS_RECEIVED, recognition.id, recipients_of(session, recognition))
    return recognition


def thanks_to(name: str, *, is_service: bool) -> str:
    """« Merci à Bruno Casals », « Merci à l’équipe Voirie »; « Merci, Parents d’élèves »: before the name of a structure no article
    is guessed."""
    return f"Merci à {name}" if follows_to(name, is_service=is_service) else f"Merci, {name}"


def follows_to(name: str, *, is_service: bool) -> bool:
    """Whether this name may be said after « à » as it is."""
    return not is_service or name.startswith(TEAM)


def recipients_of(session: RexSession, recognition: Recognition) -> list[int]:
    """User ids of those who may answer it today: the person, or the current members of the service; never the giver."""
    with session.as_system("who may answer a thank-you"):
        if recognition.to_service_id is not None:
            members = select(Membership.user_id).join(User, User.id == Membership.user_id).where(is_current())
            found = session.scalars(members.where(Membership.service_id == recognition.to_service_id)).all()
        else:
            found = [recognition.to_user_id]
        givers = set(session.scalars(select(Authorship.user_id).where(Authorship.entry_id == recognition.id)))
    return [user_id for user_id in found if user_id is not None and user_id not in givers]


# --- the recipient ---------------------------------------------------------------------------------------------------------


def audience_if_accepted(session: RexSession, recognition: Recognition) -> Audience | None:
    """Who would read it today: never more people than its giver was told, nor than read its récit. None: it cannot appear,
    since the récit by which it came from another collectif left the réseau, or is deleted."""
    if recognition.intended is Audience.GROUPE:
        return Audience.GROUPE
    if recognition.about_id is None:
        return Audience.COLLECTIF if _is_read_where_it_was_given(session, recognition) else None
    with session.as_system("how widely the récit of a thank-you is read"):
        row = session.execute(select(Recit.audience, Recit.collectif_id).where(Recit.id == recognition.about_id)).one()
    if row.collectif_id != recognition.collectif_id:
        return Audience.RESEAU if row.audience is Audience.RESEAU else None
    return min(recognition.intended, row.audience or recognition.intended, key=lambda audience: audience.width)


def _is_read_where_it_was_given(session: RexSession, recognition: Recognition) -> bool:
    """Whether the person thanked is a member of the collectif from which they were: a team is of it, a person thanked by a récit
    of the réseau may not be."""
    if recognition.to_user_id is None or recognition.intended is Audience.COLLECTIF:
        return True
    with session.as_system("whether the person thanked reads the journal in which it would appear"):
        seat = select(Membership.id).join(User, User.id == Membership.user_id).where(
            Membership.user_id == recognition.to_user_id, Membership.collectif_id == recognition.collectif_id, is_current()
        )
        return session.scalar(seat) is not None


def publish_recognition(session: RexSession, reader: Reader, recognition: Recognition, audience: Audience) -> bool:
    """Accept it: an entry of the journal, for the readers that its recipient was shown (`audience`).

    False, and nothing done, when it is no longer so: the récit was narrowed meanwhile, the giver took it out."""
    _answering(session, reader, recognition)
    if recognition.is_published:
        return True
    if audience is not audience_if_accepted(session, recognition) or is_held_by_giver(session, recognition):
        return False
    put_in_clear(session, recognition)
    recognition.audience, recognition.published_at, recognition.withdrawn_at = audience, clock.now(), None
    _answer(session, reader, recognition, Answer.ACCEPTED)
    moments.tell(session, reader, What.THANKS_ACCEPTED, recognition.id, givers_of(session, recognition))
    return True


def keep_between_us(session: RexSession, reader: Reader, recognition: Recognition) -> None:
    """The recipient keeps it; they may still publish it another day. Nobody is told."""
    _answering(session, reader, recognition)
    if not recognition.is_published:
        _answer(session, reader, recognition, Answer.KEPT)


def decline(session: RexSession, reader: Reader, recognition: Recognition) -> None:
    """It is gone for the person who received it. Nobody is told. One member of a team does not take it from the others: they
    keep it between them."""
    _answering(session, reader, recognition)
    if recognition.to_user_id is None:
        raise PermissionError("a thank-you to a team is published or kept by it")
    if not recognition.is_published:
        _answer(session, reader, recognition, Answer.DECLINED)


def _answering(session: RexSession, reader: Reader, recognition: Recognition) -> None:
    """Held for this transaction: of two members of a service who answer at once, the second sees what the first did."""
    session.refresh(recognition, with_for_update=True)
    if not may_answer_it(session, reader, recognition):
        raise PermissionError("its recipient answers it")


def may_answer_it(session: RexSession, reader: Reader, recognition: Recognition) -> bool:
    """The person thanked, a member of the service thanked; not the giver, who may be one of them."""
    if recognition.answer is Answer.DECLINED or recognition.suspended_at is not None:
        return False
    is_recipient = may_receive(reader, recognition.to_user_id, recognition.to_service_id)
    return is_recipient and reader.user_id not in givers_of(session, recognition)


def _answer(session: RexSession, reader: Reader, recognition: Recognition, answer: Answer) -> None:
    if not is_held_by_giver(session, recognition) or answer is Answer.DECLINED:
        recognition.answer, recognition.answered_at, recognition.answered_by_id = answer, clock.now(), reader.user_id
    session.flush()


# --- the giver, and both ----------------------------------------------------------------------------------------------------


def givers_of(session: RexSession, recognition: Recognition) -> list[int]:
    found = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == recognition.id))
    return [user_id for user_id in found if user_id is not None]


def is_held_by_giver(session: RexSession, recognition: Recognition) -> bool:
    """The giver took it out of the journal: it does not go back without them."""
    return recognition.withdrawn_at is not None and recognition.answered_by_id in givers_of(session, recognition)


def take_back(session: RexSession, reader: Reader, recognition: Recognition) -> bool:
    """The giver erases it, as long as it is not in the journal; False when it is, since it was accepted meanwhile."""
    session.refresh(recognition, with_for_update=True)
    if reader.user_id not in givers_of(session, recognition):
        raise PermissionError("its giver takes it back")
    if recognition.is_published:
        return False
    session.delete(recognition)
    session.flush()
    return True


def withdraw_from_journal(session: RexSession, reader: Reader, recognition: Recognition) -> None:
    """The giver or the recipient takes it out of the journal: it is between the two again, sealed."""
    session.refresh(recognition, with_for_update=True)
    is_giver = reader.user_id in givers_of(session, recognition)
    if not is_giver and not may_answer_it(session, reader, recognition):
        raise PermissionError("its giver or its recipient withdraws it")
    if not recognition.is_published:
        return
    put_away(session, recognition)
    recognition.answer, recognition.answered_at, recognition.answered_by_id = Answer.KEPT, clock.now(), reader.user_id
    session.flush()
