"""What people write beside the figures, which are never kept: named dates, and how a service or a collège reads them otherwise."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import NAME_LENGTH, College
from rex.db import Base, CreatedAt, Id, Instant, PublicId, enum_by_value
from rex.journal.suspension_models import Suspendable
from rex.sealed_words import Words

SECTION_LENGTH, SUBJECT_LENGTH, FILTERS_LENGTH = 20, 40, 120


class Jalon(Base):
    """A jalon: a day of the collectif that has a name (« Réorganisation des services »). No figure is kept for it."""

    __tablename__ = "jalon"
    __space__ = "collectif_id"
    __table_args__ = (Index("ix_jalon_collectif_id_day", "collectif_id", "day"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(Words)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]


class CounterReading(Suspendable, Base):
    """A lecture contradictoire: how one service, structure or collège reads figures otherwise. It is signed by that voice alone.

    About a section of the page, or one row of it (`subject`: a unit, a balise, a tension), over these days. Withdrawn by who
    wrote it, its words are gone; suspended by an animateur, who says why, they lie sealed and who wrote it reads both."""

    __tablename__ = "counter_reading"
    __space__ = "collectif_id"
    __table_args__ = (
        CheckConstraint("(service_name = '') <> (college IS NULL)", name="one_voice"),
        Index("ix_counter_reading_collectif_id_ends_on", "collectif_id", "ends_on"),
    )

    id: Mapped[Id]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    section: Mapped[str] = mapped_column(String(SECTION_LENGTH))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="")  # empty: the whole section
    subject_name: Mapped[str] = mapped_column(Words, default="")  # as it was named then; of a tension, its name of the day
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # Of the page that it was written on, as its address says them: codes and identifiers, named when it is read (`reading_pages`).
    filters: Mapped[str] = mapped_column(String(FILTERS_LENGTH), default="")
    words: Mapped[str] = mapped_column(Words, default="")  # Markdown
    html: Mapped[str] = mapped_column(Words, default="")
    pipeline: Mapped[int]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    service_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")  # as it was then
    college: Mapped[College | None] = mapped_column(enum_by_value(College))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    version: Mapped[int] = mapped_column(default=0)  # grows with each correction: who corrects it in two windows is told
    corrected_at: Mapped[Instant | None]
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[Instant | None]
