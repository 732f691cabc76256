"""The brake on attempts: so many tries at a door in a quarter of an hour, by what is tried and by where from.

What was tried is kept as a keyed hash: the base does not tell who mistyped."""

import hmac
from datetime import timedelta

from sqlalchemy import delete, func, select

from rex import clock
from rex.collectifs.entrance_models import Attempt
from rex.db import RexSession

WINDOW = timedelta(minutes=15)
TRIES_PER_ADDRESS = 8  # in a window; a person mistypes three or four times
TRIES_PER_ORIGIN = 60  # a whole town hall may share one public address


class TooManyTries(Exception):
    """The brake holds; `wait` is how long."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


def count_try(session: RexSession, secret: str, what: str, tried: str, origin: str) -> None:
    """Count one try at `what` (« connexion »), by what was tried (an address) and by where from. Raises TooManyTries.

    The try is kept even if the page then refuses: the caller says `web.keep_changes()`."""
    now = clock.now()
    with session.as_system("count attempts"):
        for value, most in ((_tried(what, tried), TRIES_PER_ADDRESS), (_came_from(what, origin), TRIES_PER_ORIGIN)):
            key = _key(secret, value)
            since = select(func.count(), func.min(Attempt.at)).where(Attempt.key == key, Attempt.at > now - WINDOW)
            count, first = session.execute(since).one()
            if count >= most:
                raise TooManyTries(first + WINDOW - now)
            session.add(Attempt(key=key, at=now))
        session.flush()


def forget_tries(session: RexSession, secret: str, what: str, tried: str, origin: str) -> None:
    """The right password was given: what was mistyped before no longer counts against this address, nor this entry against
    the place that it came from (a whole town hall signs in within a quarter of an hour)."""
    with session.as_system("forget attempts that ended well"):
        session.execute(delete(Attempt).where(Attempt.key == _key(secret, _tried(what, tried))))
        from_there = select(func.max(Attempt.id)).where(Attempt.key == _key(secret, _came_from(what, origin)))
        session.execute(delete(Attempt).where(Attempt.id == from_there.scalar_subquery()))


def _tried(what: str, tried: str) -> str:
    return f"{what}|{tried}"


def _came_from(what: str, origin: str) -> str:
    return f"{what}|from|{origin}"


def _key(secret: str, value: str) -> str:
    return hmac.new(secret.encode(), value.encode(), "sha256").hexdigest()
