"""One-time links: made, then opened once. An address that proves that one holds a mailbox, or the console of the server."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from rex import clock
from rex.collectifs.entrance_models import OneTimeLink, Purpose
from rex.collectifs.models import User
from rex.collectifs.tokens import hash_token, new_token
from rex.db import RexSession

LIVES = {
    Purpose.FIRST_ACCOUNT: timedelta(days=7),
    Purpose.PASSWORD: timedelta(hours=2),
    Purpose.ADDRESS_OLD: timedelta(days=2),
    Purpose.ADDRESS_NEW: timedelta(days=2),
    Purpose.LOST_OLD: timedelta(days=14),
    Purpose.LOST_NEW: timedelta(days=14),
}


def make_link(session: RexSession, purpose: Purpose, user_id: int | None, new_address: str | None = None) -> str:
    """A token for a one-time address; the former links of the same purpose and person close."""
    token, now = new_token(), clock.now()
    with session.as_system("make a one-time link"):
        if user_id or purpose is Purpose.FIRST_ACCOUNT:
            whose = OneTimeLink.user_id == user_id if user_id else OneTimeLink.user_id.is_(None)
            former = update(OneTimeLink).where(OneTimeLink.purpose == purpose, whose, OneTimeLink.used_at.is_(None))
            session.execute(former.values(used_at=now))
        session.add(
            OneTimeLink(
                token_hash=hash_token(token),
                purpose=purpose,
                user_id=user_id,
                new_address=new_address,
                expires_at=now + LIVES[purpose],
            )
        )
        session.flush()
    return token


def has_administrator(session: RexSession) -> bool:
    """Whether an account that is open administers the installation: while none does, the console of the server gives the address
    of the first account. Accounts that an archive brings in enter nowhere, and administer nothing."""
    with session.as_system("know whether somebody administers the installation"):
        return session.scalar(select(User.id).where(User.is_admin, User.closed_at.is_(None)).limit(1)) is not None


def first_account_was_given_since(session: RexSession, moment: datetime) -> bool:
    """Whether the address of the first account that is open was made after this moment: another one would close it."""
    is_open = OneTimeLink.purpose == Purpose.FIRST_ACCOUNT, OneTimeLink.used_at.is_(None)
    query = select(OneTimeLink.id).where(*is_open, OneTimeLink.created_at > moment)
    with session.as_system("know whether the address of the first account was just given"):
        return session.scalar(query.limit(1)) is not None


def close_first_account(session: RexSession) -> None:
    """Close what is left open of the address of the first account: somebody administers."""
    former = update(OneTimeLink).where(OneTimeLink.purpose == Purpose.FIRST_ACCOUNT, OneTimeLink.used_at.is_(None))
    session.execute(former.values(used_at=clock.now()))


def open_link(
    session: RexSession, purposes: tuple[Purpose, ...], token: str, *, to_use: bool = False
) -> OneTimeLink | None:
    """The link behind a token, if it is open; locked when it is about to be used up (`link.used_at`), on POST only."""
    query = select(OneTimeLink).where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.purpose.in_(purposes))
    with session.as_system("open a one-time link"):
        link = session.scalars(query.with_for_update() if to_use else query).first()
    return link if link and link.is_open(clock.now()) else None
