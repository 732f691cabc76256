"""What several people do around an action: sign together, be asked to write, say where récits meet, read again a year after."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import NAME_LENGTH
from rex.db import Base, CreatedAt, Id, Instant, PublicId, enum_by_value
from rex.journal.models import SLUG_LENGTH, Audience
from rex.journal.suspension_models import Suspendable
from rex.sealed_words import Words


class CoAuthorInvitation(Base):
    """An author asks a member of the space to sign with them. Until the person accepts, they read nothing of the draft."""

    __tablename__ = "co_author_invitation"
    __table_args__ = (UniqueConstraint("entry_id", "user_id"), Index("ix_co_author_invitation_user_id", "user_id"))

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    declined_at: Mapped[Instant | None]  # accepted: an authorship stands in its place


class FormerAuthor(Base):
    """Somebody who signed an entry, told or not, and does so no more: no reader sees it. Its words may still be theirs, so that
    they never judge a report on it."""

    __tablename__ = "former_author"
    __table_args__ = (UniqueConstraint("entry_id", "user_id"), Index("ix_former_author_user_id", "user_id"))

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))


class RecitInvitation(Base):
    """« Inviter à écrire »: a reader asks somebody who lived the action for their own récit of it.

    One for each who asks: that another one asked before is for nobody to infer."""

    __tablename__ = "recit_invitation"
    __table_args__ = (
        UniqueConstraint("action_id", "user_id", "invited_by_id"),
        Index("ix_recit_invitation_user_id", "user_id"),
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    answered_at: Mapped[Instant | None]  # they began a récit, or said no


class Meeting(StrEnum):
    """How two récits meet at a section."""

    DIVERGENT = "divergent"
    REJOIGNENT = "rejoignent"


class ActionNote(Suspendable, Base):
    """« Les deux récits divergent ici » / « se rejoignent ici »: written by a person, signed, read by those who read both.

    `audience` is the narrower of the two récits' when it was written: its ceiling."""

    __tablename__ = "action_note"
    __space__ = "action_id"
    __table_args__ = (Index("ix_action_note_action_id", "action_id"),)

    id: Mapped[Id]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    one_id: Mapped[int] = mapped_column(ForeignKey("recit.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("recit.id", ondelete="CASCADE"), index=True)
    section_slug: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    meeting: Mapped[Meeting] = mapped_column(enum_by_value(Meeting))
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))
    words: Mapped[str] = mapped_column(Words)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    service_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    created_at: Mapped[CreatedAt]
    edited_at: Mapped[Instant | None]


class Rereading(Suspendable, Base):
    """« Ce que je lis autrement aujourd’hui »: an author reads their récit again after a year; it stays beside it."""

    __tablename__ = "rereading"
    __space__ = "entry_id"
    __table_args__ = (Index("ix_rereading_entry_id", "entry_id"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("recit.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))  # at which it was written: its ceiling
    source: Mapped[str] = mapped_column(Words, default="")
    html: Mapped[str] = mapped_column(Words, default="")
    pipeline: Mapped[int]
    created_at: Mapped[CreatedAt]


class RereadingProposal(Base):
    """An author was told that a récit of theirs is a year old: once for each publication that they may read again."""

    __tablename__ = "rereading_proposal"
    __table_args__ = (UniqueConstraint("entry_id", "user_id", "year"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("recit.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    year: Mapped[int]  # of the publication
    created_at: Mapped[CreatedAt]
