"""« Inviter à écrire »: a member asks another one, who lived the action, for their own récit of it.

The invitation is known to the two of them alone. Who was invited may say no: who invited reads « pas encore répondu », whatever
the answer is, until a récit appears. Asked by somebody else already, they are not told a second time, and read both names until
they answer: who asks second reads what who asked first reads, and learns nothing of the other."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from rex import clock
from rex.access import Reader, group_readers
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import fold, joined
from rex.journal import moments
from rex.journal.belonging import fellows_of
from rex.journal.moments import What
from rex.journal.queries import NOBODY
from rex.journal.together_models import RecitInvitation

MOST_NAMES = 400  # proposed while typing; beyond that a name is typed whole
MOST_FOUND = 12  # persons among whom to choose when a name is not enough


@dataclass(frozen=True)
class Invited:
    """An invitation as one of its two persons sees it on the page of the action."""

    public_id: str
    name: str  # the other one; all those who invite the reader
    is_mine: bool  # the reader is who was invited
    is_by_several: bool = False


@dataclass(frozen=True)
class Somebody:
    """A member who may be invited."""

    seat_id: str
    user_id: int
    name: str
    place: str  # fonction or service, to tell two of one name apart


def invitations_on(session: RexSession, reader: Reader, action_id: int, tellers: Collection[int | None]) -> list[Invited]:
    """The invitations about this action that concern the reader: the one that waits for their answer, those that they sent to
    persons who told nothing yet. `tellers`: who signs a récit of it already. One statement."""
    other = func.coalesce(User.name, NOBODY)
    mine = RecitInvitation.user_id == reader.user_id
    rows = session.execute(
        select(RecitInvitation.public_id, RecitInvitation.user_id, RecitInvitation.answered_at, other.label("name"))
        .outerjoin(
            User,
            or_(
                mine & (User.id == RecitInvitation.invited_by_id),
                (RecitInvitation.user_id != reader.user_id) & (User.id == RecitInvitation.user_id),
            ),
        )
        .where(RecitInvitation.action_id == action_id)
        .order_by(RecitInvitation.id)
    ).all()
    sent = [Invited(row.public_id, row.name, False) for row in rows if row.user_id not in (*tellers, reader.user_id)]
    mine = [row for row in rows if row.user_id == reader.user_id and row.answered_at is None and row.user_id not in tellers]
    names = list(dict.fromkeys(row.name for row in mine))
    return [*(Invited(row.public_id, joined(names), True, len(names) > 1) for row in mine[:1]), *sent]


def people_to_invite(
    session: RexSession, reader: Reader, collectif_id: int, tellers: Collection[int | None], since: datetime
) -> list[Somebody]:
    """The members of the action's space (they read what is told there), but the reader and those who told it already. Of a
    group: those who were there `since` a récit of it was told, and read it."""
    told = {*tellers, reader.user_id}
    people = fellows_of(session, reader, collectif_id)
    if collectif_id in reader.group_ids:
        there = {user_id for user_id, _ in group_readers(session, collectif_id, since)}
        people = [one for one in people if one.user_id in there]
    return [Somebody(one.seat_id, one.user_id, one.name, one.service or one.title) for one in people if one.user_id not in told]


def of_this_name(people: Collection[Somebody], typed: str) -> list[Somebody]:
    """Those whose name is this one, as it is or with where they speak from."""
    return [person for person in people if fold(typed) in (fold(person.name), fold(shown_name(person, people)))]


def like_this_name(people: Collection[Somebody], typed: str) -> list[Somebody]:
    """Those whose name holds each of these words: to choose among, since a part of a name is not sure."""
    words = fold(typed).split()
    return [person for person in people if words and all(word in fold(person.name) for word in words)]


def shown_name(person: Somebody, people: Collection[Somebody]) -> str:
    """The name, with where one speaks from when several have it."""
    several = sum(fold(other.name) == fold(person.name) for other in people) > 1
    return f"{person.name} ({person.place})" if several and person.place else person.name


def invite(session: RexSession, reader: Reader, action_id: int, entry_id: int, user_id: int) -> None:
    """Ask this person for their récit of an action; `entry_id`: a récit of it that they read. Asked twice, once is kept; asked
    by another before, nothing more is sent, and what they answered then is their answer."""
    with session.as_system("whether a person was already asked for their récit, by whomever"):
        asked = select(RecitInvitation.invited_by_id, RecitInvitation.answered_at).where(
            RecitInvitation.action_id == action_id, RecitInvitation.user_id == user_id
        )
        before = session.execute(asked.order_by(RecitInvitation.id)).all()
    if any(row.invited_by_id == reader.user_id for row in before):
        return
    answered_at = before[0].answered_at if before else None
    try:
        with session.begin_nested():
            session.add(
                RecitInvitation(
                    action_id=action_id, user_id=user_id, invited_by_id=reader.user_id, answered_at=answered_at
                )
            )
    except IntegrityError:
        return  # sent twice at the same instant
    if not before:
        moments.tell(session, reader, What.RECIT_ASKED, entry_id, [user_id])


def answer_invitation(session: RexSession, reader: Reader, action_id: int | None) -> None:
    """The person invited begins a récit of this action, or says « pas cette fois »: nothing waits for them any more."""
    if action_id is None:
        return
    waiting = select(RecitInvitation).where(
        RecitInvitation.action_id == action_id,
        RecitInvitation.user_id == reader.user_id,
        RecitInvitation.answered_at.is_(None),
    )
    for invitation in session.scalars(waiting).all():
        invitation.answered_at = clock.now()
    session.flush()
