"""A recognition (« Dire merci »): to whom, for what effort and what it made possible. Never a score."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Instant, enum_by_value
from rex.journal.models import Audience, Entry, EntryKind
from rex.sealed_words import Words


class Answer(StrEnum):
    """What became of a thank-you. Until accepted, the giver reads « pas encore publié », whatever it is."""

    PENDING = "attente"
    ACCEPTED = "acceptee"
    KEPT = "gardee"
    DECLINED = "declinee"


class Recognition(Entry):
    """A fact (`Entry.words`), to a person or to a service or structure: exactly one of the two recipients is set.

    Unpublished, it is sealed and read by its giver and its recipient; for a service, any of its members answers."""

    __tablename__ = "recognition"
    __mapper_args__ = {"polymorphic_identity": EntryKind.RECOGNITION}  # noqa: RUF012 (declared so by SQLAlchemy)

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    to_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    to_service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"), index=True)
    to_name: Mapped[str] = mapped_column(Words, default="")  # as it was said then
    answer: Mapped[Answer] = mapped_column(enum_by_value(Answer), default=Answer.PENDING)
    answered_at: Mapped[Instant | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    intended: Mapped[Audience] = mapped_column(enum_by_value(Audience))  # who will read it once accepted, as the giver was told
