"""Messages under an entry, what they said before, whom they name, and the synthèse that closes a thread.

A thread is the messages of one entry under one audience: widening an entry opens a new one, what was said stays where it was."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, enum_by_value
from rex.journal.models import SLUG_LENGTH, Audience
from rex.journal.suspension_models import Suspendable
from rex.sealed_words import Words


class Posture(StrEnum):
    """From where one answers. Thanking is not one: « Dire merci » writes a recognition."""

    QUESTION = "question"
    RESONANCE = "resonance"
    APPORT = "apport"
    AUTRE_REGARD = "autre-regard"


class Exchange(Suspendable, Base):
    """One message. Withdrawn by its author, its place stays and its text is gone; suspended, its text is sealed.

    `quote` is a passage of the entry; it is sealed while the entry is withdrawn, since these words are its authors'."""

    __tablename__ = "exchange"
    __space__ = "entry_id"
    __table_args__ = (
        Index("ix_exchange_entry_id_id", "entry_id", "id"),  # a thread, in order
        Index("ix_exchange_author_id", "author_id"),
        Index("ix_exchange_parent_id", "parent_id"),
        # in which services one answered, without the words of any message; equalities first, or PostgreSQL leaves it
        Index("ix_exchange_answered_in", "entry_id", "withdrawn_at", "suspended_at", "audience", "service_id"),
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))  # the message answered
    root_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))  # the first of its branch
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))  # under which it was written: its ceiling
    posture: Mapped[Posture] = mapped_column(enum_by_value(Posture))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    signature: Mapped[str] = mapped_column(Words, default="")  # fonction or service, as it was then
    quote: Mapped[str] = mapped_column(Words, default="")
    quote_slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), default="")
    quote_sealed: Mapped[bytes | None]
    is_detached: Mapped[bool] = mapped_column(default=False)  # the section no longer says the quoted words
    source: Mapped[str] = mapped_column(Words, default="")
    html: Mapped[str] = mapped_column(Words, default="")
    pipeline: Mapped[int]
    created_at: Mapped[CreatedAt]
    edited_at: Mapped[Instant | None]
    has_former_words: Mapped[bool] = mapped_column(default=False)  # edited after somebody had answered
    withdrawn_at: Mapped[Instant | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # a question somebody took
    taken_at: Mapped[Instant | None]


_IS_QUESTION = Exchange.posture == Posture.QUESTION
# the questions that wait under the entries of one space, without a look at its other messages, nor at other spaces
Index(
    "ix_exchange_questions", Exchange.entry_id, Exchange.withdrawn_at, Exchange.suspended_at,
    sqlite_where=_IS_QUESTION, postgresql_where=_IS_QUESTION,
)  # fmt: skip


class FormerWords(Base):
    """What a message said while it was being answered. Goes with the message; erased when it is withdrawn or suspended."""

    __tablename__ = "former_words"
    __space__ = "exchange_id"

    id: Mapped[Id]
    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(Words)
    html: Mapped[str] = mapped_column(Words)
    until: Mapped[CreatedAt]


class Mention(Base):
    """A message names somebody who can read it."""

    __tablename__ = "mention"
    __table_args__ = (UniqueConstraint("exchange_id", "user_id"),)

    id: Mapped[Id]
    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)


class Synthese(Suspendable, Base):
    """What an animateur keeps of a thread, and closes it. Suspended, the thread stays closed and its sentences are sealed here."""

    __tablename__ = "synthese"
    __space__ = "entry_id"
    __table_args__ = (Index("ix_synthese_entry_id", "entry_id"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))  # the thread that it closes
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    signature: Mapped[str] = mapped_column(Words, default="")
    created_at: Mapped[CreatedAt]
    reopened_at: Mapped[Instant | None]  # an animateur opened the thread again; the synthèse stays readable


class SyntheseSentence(Base):
    """One sentence of a synthèse."""

    __tablename__ = "synthese_sentence"
    __space__ = "synthese_id"
    __table_args__ = (UniqueConstraint("synthese_id", "position"),)

    id: Mapped[Id]
    synthese_id: Mapped[int] = mapped_column(ForeignKey("synthese.id", ondelete="CASCADE"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Words)  # empty while the synthèse is suspended


class SyntheseSource(Base):
    """A message on which a sentence rests."""

    __tablename__ = "synthese_source"
    __table_args__ = (UniqueConstraint("sentence_id", "exchange_id"),)

    id: Mapped[Id]
    sentence_id: Mapped[int] = mapped_column(ForeignKey("synthese_sentence.id", ondelete="CASCADE"))
    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)
