"""Reading letters: those of a space, one of them, the next number. Each starts from the letters that a reader opens: published
ones, and for whoever looks after the space the one that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from rex.access import MembershipView, Reader, told_digests
from rex.access.letters import edited_or_published
from rex.collectifs.models import User
from rex.db import RexSession
from rex.digests.models import Digest, DigestSettings, DigestState

MOST_LISTED = 60


def opened(reader: Reader) -> Select[Digest]:
    """The letters that left, of this person's spaces, and the others of the spaces that they look after."""
    return select(Digest).where(edited_or_published(reader))


@dataclass(frozen=True)
class Line:
    """A letter in a list."""

    public_id: str
    number: int | None
    title: str
    published_at: datetime | None


def letters_of(session: RexSession, reader: Reader, seat: MembershipView, most: int = MOST_LISTED) -> list[Line]:
    """Those that left, the last one first."""
    columns = Digest.public_id, Digest.number, Digest.title, Digest.published_at
    query = told_digests(reader).with_only_columns(*columns).where(Digest.collectif_id == seat.collectif_id)
    return [Line(*row) for row in session.execute(query.order_by(Digest.number.desc()).limit(most))]


def waiting_letters(session: RexSession, reader: Reader, seat: MembershipView) -> Sequence[Digest]:
    """Those that wait to be reread, for who looks after the space: the last one first, then what somebody edited and left."""
    here = Digest.collectif_id == seat.collectif_id, Digest.state == DigestState.TO_EDIT
    return session.scalars(opened(reader).where(*here).order_by(Digest.due_at.desc(), Digest.id.desc()).limit(MOST_LISTED)).all()


def find_letter(session: RexSession, reader: Reader, public_id: str) -> Digest | None:
    """The letter of this address that they open. One that was dropped is nobody's any more."""
    query = opened(reader).where(Digest.public_id == public_id, Digest.state != DigestState.DROPPED)
    return session.scalars(query).first()


def settings_of(session: RexSession, collectif_id: int) -> DigestSettings | None:
    return session.scalars(select(DigestSettings).where(DigestSettings.collectif_id == collectif_id)).first()


def next_number(session: RexSession, collectif_id: int) -> int:
    """The number that a letter would take now."""
    with session.as_system("the number of the next letter"):
        return (session.scalar(select(func.max(Digest.number)).where(Digest.collectif_id == collectif_id)) or 0) + 1


def name_of(session: RexSession, user_id: int | None) -> str:
    return (session.scalar(select(User.name).where(User.id == user_id)) or "") if user_id else ""
