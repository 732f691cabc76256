"""A letter, its items and what they quote; when it leaves, and who does not want it.

A letter holds no word of a text that is not also an item's or a quote's of that text: withdrawing a text hides them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, PublicId, TokenHash, enum_by_value
from rex.sealed_words import Words


class Rubric(StrEnum):
    """The rubrics, in their default order. The édito is the letter's own (`Digest.edito`)."""

    RECITS = "recits"
    RECURRING = "ce-qui-revient"
    CALMING = "ce-qui-s-apaise"
    RECOGNITIONS = "reconnaissances"
    THEORY = "en-theorie"
    PRACTICE = "en-pratique"
    UNANSWERED = "sans-reponse"
    NETWORK = "territoires"
    COMING = "a-suivre"
    INSPIRATION = "inspiration"


class Rhythm(StrEnum):
    """How often a letter is composed."""

    WEEKLY = "hebdomadaire"
    FORTNIGHTLY = "quinzaine"
    MONTHLY = "mensuel"
    QUARTERLY = "trimestriel"
    NEVER = "jamais"


class DigestState(StrEnum):
    """Where a letter is. A letter that was published never changes."""

    TO_EDIT = "a-relire"
    PUBLISHED = "publiee"
    DROPPED = "abandonnee"


class DigestSettings(Base):
    """When the letter of a space leaves, in its own time zone; nobody's row: no letter. Monthly and quarterly ones leave on the
    first such weekday of the month or of the quarter."""

    __tablename__ = "digest_settings"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )

    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(enum_by_value(Rhythm))
    weekday: Mapped[int]  # 0 is Monday
    hour: Mapped[int]
    waits_for_edition: Mapped[bool] = mapped_column(default=True)  # if nobody edits it: wait, or leave as it is
    set_at: Mapped[CreatedAt]  # the first letter is about what was told since
    done_until: Mapped[Instant | None]  # the letters of the hours up to this one are composed, or had nothing to tell


class Digest(Base):
    """A letter: about what happened from `since` to `until`, to leave at `due_at`. `number` is given when it is published."""

    __tablename__ = "digest"
    __space__ = "collectif_id"
    __table_args__ = (
        UniqueConstraint("collectif_id", "number"),
        UniqueConstraint("collectif_id", "until"),  # two workers that compose at once make one letter
        Index("ix_digest_state_due_at", "state", "due_at"),
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    state: Mapped[DigestState] = mapped_column(enum_by_value(DigestState), default=DigestState.TO_EDIT)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(Words, default="")
    edito: Mapped[str] = mapped_column(Words, default="")  # Markdown
    edito_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    since: Mapped[Instant]
    until: Mapped[Instant]
    due_at: Mapped[Instant]
    composed_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=0)  # grows with each edit: two who edit at once are told
    edited_at: Mapped[Instant | None]
    is_ready: Mapped[bool] = mapped_column(default=False)  # somebody reread it: it leaves at its hour
    published_at: Mapped[Instant | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # none: by itself
    sent_to: Mapped[int | None]  # to how many people it left
    is_posted: Mapped[bool] = mapped_column(default=False)  # its mails are all in the outbox


class DigestItem(Base):
    """One thing that a letter tells, and why it is there. `entry_id`: a récit, a difficulty (a question without an answer), a
    thank-you or a tension; several récits of one action are one item (`action_id`), by its quotes."""

    __tablename__ = "digest_item"
    __space__ = "digest_id"
    __table_args__ = (
        Index("ix_digest_item_digest_id", "digest_id"),
        Index("ix_digest_item_entry_id", "entry_id"),
        Index("ix_digest_item_action_id", "action_id"),
        Index("ix_digest_item_seance_id", "seance_id"),
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"))
    rubric: Mapped[Rubric] = mapped_column(enum_by_value(Rubric))
    position: Mapped[int]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)  # a question
    seance_id: Mapped[int | None] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    balise: Mapped[str] = mapped_column(String(16), default="")
    title: Mapped[str] = mapped_column(Words, default="")  # as an animateur wrote it; empty: that of the text, as it is today
    words: Mapped[str] = mapped_column(Words, default="")  # plain text of the composer or of an animateur, never quoted
    link: Mapped[str] = mapped_column(String(600), default="")  # of an item by hand
    why: Mapped[str] = mapped_column(Words, default="")  # « repris par 3 services »
    mark: Mapped[str] = mapped_column(String(64), default="")  # what it was then: told again only when it changed
    is_by_hand: Mapped[bool] = mapped_column(default=False)
    is_removed: Mapped[bool] = mapped_column(default=False)  # it may be put back until the letter leaves
    sealed: Mapped[bytes | None]  # its title and its words while the text that it is about is withdrawn
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class DigestQuote(Base):
    """Words of a text, as it says them; an animateur may shorten them with « […] » or take another passage. Sealed while the text
    is withdrawn."""

    __tablename__ = "digest_quote"
    __space__ = "entry_id"
    __table_args__ = (Index("ix_digest_quote_item_id", "item_id"), Index("ix_digest_quote_entry_id", "entry_id"))

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    item_id: Mapped[int] = mapped_column(ForeignKey("digest_item.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Words, default="")
    sealed: Mapped[bytes | None]
    signature: Mapped[str] = mapped_column(Words, default="")  # a service, a structure: « Voirie »


class DigestRefusal(Base):
    """Somebody who does not want the letter of a space by mail; they read it in the journal."""

    __tablename__ = "digest_refusal"
    __table_args__ = (Index("ix_digest_refusal_collectif_id", "collectif_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), primary_key=True)
    refused_at: Mapped[CreatedAt]


class DigestLink(Base):
    """The one-click address that stops the letters of a space for one person; the token itself is in the mail alone."""

    __tablename__ = "digest_link"

    id: Mapped[Id]
    token_hash: Mapped[TokenHash]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[CreatedAt]
    used_at: Mapped[Instant | None]
