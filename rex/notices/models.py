"""What waits for a person. A notice holds no word of any text: what it says is read through the door when it is shown or sent."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, TokenHash, enum_by_value
from rex.journal.moment_models import What


class Rhythm(StrEnum):
    """How often mails tell what waits; invitations and consents leave at once except for NEVER."""

    DAILY = "quotidien"
    WEEKLY = "hebdomadaire"
    NEVER = "jamais"


class Notice(Base):
    """Something happened to an entry (a message, when `exchange_id` says which), to a séance, or to a lecture contradictoire, that
    this person should know."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_user_id_seen_at", "user_id", "seen_at"),  # the page, the dot beside its link
        Index("ix_notice_mailed_at_seen_at_user_id", "mailed_at", "seen_at", "user_id"),  # whom to write to, at each tick
        Index("ix_notice_entry_id", "entry_id"),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    what: Mapped[What] = mapped_column(enum_by_value(What))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)
    seance_id: Mapped[int | None] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"), index=True)
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("counter_reading.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[Instant | None]
    mailed_at: Mapped[Instant | None]  # told by mail, or will never be (rhythm, right lost)


class NoticeSettings(Base):
    """A person's choice; nobody's row: the default, daily."""

    __tablename__ = "notice_settings"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(enum_by_value(Rhythm), default=Rhythm.DAILY)
    silences_groups: Mapped[bool] = mapped_column(default=False)  # no mail at all for what happens in their peer groups
    told_at: Mapped[Instant | None]  # the last mail that grouped what waited: one a day, or a week


class UnsubscribeLink(Base):
    """The one-click address of a mail; the token itself is in the mail alone."""

    __tablename__ = "unsubscribe_link"

    id: Mapped[Id]
    token_hash: Mapped[TokenHash]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    of_groups: Mapped[bool] = mapped_column(default=False)  # it stops the mails of their peer groups alone
    created_at: Mapped[CreatedAt]
    used_at: Mapped[Instant | None]
