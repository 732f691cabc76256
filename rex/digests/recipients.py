"""To whom a letter is sent: the members of its collectif now, whose account is open, less those who do not want it.

One receives the letter of a collectif or not; everybody reads it in the journal."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, delete, func, select

from rex.access import Reader, is_current
from rex.collectifs.models import Credential, Membership, User
from rex.db import RexSession
from rex.digests.models import DigestRefusal


@dataclass(frozen=True)
class Recipient:
    user_id: int
    user_public_id: str


def _wanting(collectif_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Asked as the system."""
    refused = select(DigestRefusal.user_id).where(DigestRefusal.collectif_id == collectif_id)
    return (
        select(*columns)
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .join(Credential, Credential.user_id == User.id)
        .where(Membership.collectif_id == collectif_id, is_current(), User.id.not_in(refused))
    )


def recipients_after(session: RexSession, collectif_id: int, last: int, most: int) -> list[Recipient]:
    """The next ones, in a steady order; asked as the system."""
    query = _wanting(collectif_id, User.id, User.public_id).where(User.id > last)
    return [Recipient(*row) for row in session.execute(query.order_by(User.id).distinct().limit(most))]


def count_recipients(session: RexSession, collectif_id: int) -> int:
    with session.as_system("count those to whom a letter is sent"):
        return session.scalar(_wanting(collectif_id, func.count(func.distinct(User.id)))) or 0


def receives(session: RexSession, user_id: int, collectif_id: int) -> bool:
    """Whether this person wants the letter by mail; theirs alone, or asked as the system."""
    mine = and_(DigestRefusal.user_id == user_id, DigestRefusal.collectif_id == collectif_id)
    return session.scalar(select(DigestRefusal.user_id).where(mine)) is None


def choose(session: RexSession, reader: Reader, collectif_id: int, *, receives_it: bool) -> None:
    """« S’abonner », « Ne plus recevoir »: of oneself, in a collectif of one's own."""
    if collectif_id not in reader.collectif_ids:
        raise PermissionError("a letter is received by the members of its collectif")
    set_choice(session, reader.user_id, collectif_id, receives_it=receives_it)


def set_choice(session: RexSession, user_id: int, collectif_id: int, *, receives_it: bool) -> None:
    """Once or twice, the same."""
    mine = and_(DigestRefusal.user_id == user_id, DigestRefusal.collectif_id == collectif_id)
    with session.as_system("whether somebody receives the letter of a collectif"):
        if receives_it:
            session.execute(delete(DigestRefusal).where(mine).execution_options(synchronize_session=False))
        elif session.scalar(select(DigestRefusal.user_id).where(mine)) is None:
            session.add(DigestRefusal(user_id=user_id, collectif_id=collectif_id))
        session.flush()
