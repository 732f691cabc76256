"""Giving a feed its address, renewing it, revoking it; whom an address stands for."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from rex import clock
from rex.access import Reader
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Credential, User
from rex.collectifs.tokens import hash_token, new_token
from rex.db import RexSession
from rex.feeds.models import FeedAddress

LONGEST = 64  # a token has 32 characters: nothing longer is looked for


@dataclass(frozen=True)
class Owner:
    """Who a feed is for: the reader that they are outside of any group, and the name of the feed."""

    reader: Reader
    public_id: str
    since: datetime


def renew(session: RexSession, reader: Reader) -> str:
    """A new address for this person; the one before opens nothing any more. Returns the token, which is kept nowhere."""
    session.execute(select(User.id).where(User.id == reader.user_id).with_for_update())
    mine, token = address_of(session, reader), new_token()
    if mine is None:
        session.add(FeedAddress(user_id=reader.user_id, token_hash=hash_token(token)))
    else:
        mine.token_hash, mine.created_at = hash_token(token), clock.now()
    session.flush()
    return token


def still_opens() -> ColumnElement[bool]:
    """Whether an address was made since its owner's password, or e-mail address, is what it is: who changes them keeps out whoever
    came in with the others, feed included. To ask with both tables joined."""
    return FeedAddress.created_at >= Credential.changed_at


def is_shut(session: RexSession, address: FeedAddress) -> bool:
    """Whether this address opens nothing any more, for that reason."""
    opens = select(FeedAddress.id).join(Credential, Credential.user_id == FeedAddress.user_id)
    return session.scalar(opens.where(FeedAddress.id == address.id, still_opens())) is None


def address_of(session: RexSession, reader: Reader) -> FeedAddress | None:
    """What is kept of this person's address."""
    return session.scalars(select(FeedAddress).where(FeedAddress.user_id == reader.user_id)).first()


def revoke(session: RexSession, user_id: int) -> None:
    """This person's feed opens nothing any more."""
    session.execute(delete(FeedAddress).where(FeedAddress.user_id == user_id))


def owner_of(session: RexSession, token: str) -> Owner | None:
    """Whom this token stands for, with what they may read now; None when it is unknown, revoked or shut, when the account is closed
    or in no collectif any more. Two statements at most."""
    if len(token) > LONGEST:
        return None
    with session.as_system("whose feed an address is"):
        kept = FeedAddress.user_id, FeedAddress.public_id, FeedAddress.created_at
        made = select(*kept).join(Credential, Credential.user_id == FeedAddress.user_id)
        found = session.execute(made.where(FeedAddress.token_hash == hash_token(token), still_opens())).first()
    reader = as_readers(session, [found.user_id]).get(found.user_id) if found else None
    if found is None or reader is None or not reader.memberships:
        return None
    return Owner(replace(reader, groups=(), visits=()), found.public_id, found.created_at)
