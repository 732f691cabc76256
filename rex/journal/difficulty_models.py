"""A difficulty, noted alone or taken from a récit, and those who say « je vis ça aussi »."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import NAME_LENGTH, College
from rex.db import Base, CreatedAt, Id, enum_by_value
from rex.journal.models import SLUG_LENGTH, Audience, Entry, EntryKind
from rex.journal.suspension_models import Suspendable
from rex.sealed_words import Words


class Difficulty(Entry):
    """What resisted, in one to five sentences (`Entry.words`). A passage of a récit (`Entry.about_id`) has that récit's readers."""

    __tablename__ = "difficulty"
    __mapper_args__ = {"polymorphic_identity": EntryKind.DIFFICULTY}  # noqa: RUF012 (declared so by SQLAlchemy)

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    section_slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), default="")  # where the passage stands; empty: noted alone
    is_detached: Mapped[bool] = mapped_column(default=False)  # the section no longer says these words
    effect: Mapped[str] = mapped_column(Words, default="")  # what it does to us, facultative; sealed with the words


class Echo(Suspendable, Base):
    """« Je vis ça aussi », with an optional sentence, under the audience at which it was said (its ceiling).

    Suspended, its sentence is sealed and the echo stays."""

    __tablename__ = "echo"
    __space__ = "entry_id"
    __table_args__ = (UniqueConstraint("entry_id", "user_id"), Index("ix_echo_user_id", "user_id"))

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("difficulty.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    service_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    college: Mapped[College | None] = mapped_column(enum_by_value(College))
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))
    words: Mapped[str] = mapped_column(Words, default="")
    created_at: Mapped[CreatedAt]
