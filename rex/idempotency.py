"""A double click, a reload or a retry makes one thing: the form carries a key, and the answer to it is kept.

The row is written in the same transaction as the act, so a refused form does not use its key up, and the database lets one of
two simultaneous requests through."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, String, UniqueConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from rex import clock
from rex.db import Base, CreatedAt, Id, RexSession

LENGTH = 64
KEPT_FOR = timedelta(days=2)


def key_for(user_id: int | None, secret: str) -> str:
    """A new key for a form that this person is given: it tells later, of whoever signs in, whether the form was theirs."""
    key = token_urlsafe(18)
    return key if user_id is None else f"{key}.{_mark(key, user_id, secret)}"


def is_of_somebody(key: str) -> bool:
    """Whether the form that this key came with was given to a person who had signed in."""
    return "." in key


def is_of(key: str, user_id: int, secret: str) -> bool:
    """Whether it was given to this person."""
    random, _, mark = key.partition(".")
    return hmac.compare_digest(mark.encode(), _mark(random, user_id, secret).encode())


def _mark(key: str, user_id: int, secret: str) -> str:
    made = hmac.digest(secret.encode(), f"form|{user_id}|{key}".encode(), "sha256")
    return base64.urlsafe_b64encode(made[:15]).decode()


class IdempotencyKey(Base):
    """One act of one person on one route (its hash: an address may be a secret); `location` is where its answer sent them."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("person", "route", "key"),)

    id: Mapped[Id]
    person: Mapped[str] = mapped_column(String(64))
    route: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(LENGTH))
    location: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[CreatedAt]


def claim(session: RexSession, person: str, route: str, key: str) -> str | None:
    """Take a key: None when it is new (do the act, then `answer`), else the location that the first act was answered with."""
    values = {"person": person, "route": _hashed(route), "key": key, "location": "", "created_at": clock.now()}
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    with session.as_system("idempotency keys belong to no space"):
        taken = session.execute(insert(IdempotencyKey).values(**values).on_conflict_do_nothing().returning(IdempotencyKey.id))
        if taken.scalar() is not None:
            return None
        return session.scalars(select(IdempotencyKey.location).where(*_is(person, route, key))).one()


def answer(session: RexSession, person: str, route: str, key: str, location: str) -> None:
    """Keep the location that the act of this key was answered with."""
    with session.as_system("idempotency keys belong to no space"):
        session.scalars(select(IdempotencyKey).where(*_is(person, route, key))).one().location = location
        session.flush()


def give_back(session: RexSession, person: str, route: str, key: str) -> None:
    """Free a key whose act was refused although the transaction is kept: the same form may be sent again, corrected."""
    with session.as_system("idempotency keys belong to no space"):
        session.execute(delete(IdempotencyKey).where(*_is(person, route, key)))


def forget(session: RexSession, people: Sequence[str]) -> None:
    """Somebody's place ended: no form of theirs is answered any more with where it led, which may have been inside. What this very
    request is doing keeps its key: it was not answered yet."""
    with session.as_system("idempotency keys belong to no space"):
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.person.in_(people), IdempotencyKey.location != ""))


def clean(session: RexSession) -> None:
    """Forget the keys that no browser will send again."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT_FOR))


def _is(person: str, route: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return IdempotencyKey.person == person, IdempotencyKey.route == _hashed(route), IdempotencyKey.key == key


def _hashed(route: str) -> str:
    return hashlib.sha256(route.encode()).hexdigest()
