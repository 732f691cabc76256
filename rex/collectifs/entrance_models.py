"""What the entrance keeps: one row per signed-in device, one-time links, the brake on attempts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import ADDRESS_LENGTH
from rex.db import Base, CreatedAt, Id, Instant, PublicId, TokenHash, enum_by_value


class Device(Base):
    """A browser that is signed in. Its cookie holds a random token; deleting the row signs it out for good."""

    __tablename__ = "device"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    token_hash: Mapped[TokenHash]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(80))  # « Firefox, Windows »: enough to recognise it, no more
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[CreatedAt]
    expires_at: Mapped[Instant]


class Purpose(StrEnum):
    """What a one-time link lets one do."""
    FIRST_ACCOUNT = "premier-compte"
    PASSWORD = "mot-de-passe"
    ADDRESS_OLD = "adresse-ancienne"
    ADDRESS_NEW = "adresse-nouvelle"
    LOST_OLD = "perdue-ancienne"  # of a lost mailbox: stops what who administers asked for
    LOST_NEW = "perdue-nouvelle"


class OneTimeLink(Base):
    """An address that proves something once: that one holds a mailbox, or the console of the server.

    `user_id` is empty for the first account, and for a forgotten password asked with an unknown address (the same work is
    done for both, so that nothing tells them apart)."""

    __tablename__ = "one_time_link"

    id: Mapped[Id]
    token_hash: Mapped[TokenHash]
    purpose: Mapped[Purpose] = mapped_column(enum_by_value(Purpose))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    new_address: Mapped[str | None] = mapped_column(String(ADDRESS_LENGTH))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.expires_at > now


class Attempt(Base):
    """One try at a door that has a brake; what was tried is kept as a keyed hash, and for a quarter of an hour."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[CreatedAt]
