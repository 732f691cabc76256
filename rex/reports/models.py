"""A report on an entry or on a message. Who reported is known to the animateurs alone, and never to the authors."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, PublicId, Sealed, enum_by_value


class Outcome(StrEnum):
    """What an animateur did with it."""

    LEFT = "laisse"
    SUSPENDED = "suspendu"
    NARROWED = "retire-du-reseau"
    RESTORED = "retabli"  # the end of what its authors wrote about a suspension


class Report(Base):
    """Somebody shows a text to the animateurs of its collectif, and says why."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_collectif_id_handled_at", "collectif_id", "handled_at"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    reason: Mapped[Sealed]  # with the key of the collectif
    created_at: Mapped[CreatedAt]
    handled_at: Mapped[Instant | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    outcome: Mapped[Outcome | None] = mapped_column(enum_by_value(Outcome))
    answer: Mapped[bytes | None]  # what the authors are told of an entry taken back from the réseau; sealed as the reason
