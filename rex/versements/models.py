"""A text on its way out of a peer group. Its row stays in the group, sealed; what appears outside holds nothing of it."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, PublicId
from rex.sealed_words import Words


class Versement(Base):
    """One text that its author rewrites, then puts to the members. `content` holds all that was written and decided, and in which
    collectif it would appear (`rex.versements.rewriting`). Nothing here says which entry it became."""

    __tablename__ = "versement"
    __table_args__ = (Index("ix_versement_group_id", "group_id"),)
    __space__ = "group_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    group_id: Mapped[int] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    # The text of the group: an entry, a message, or what was brought to a séance.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"))
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="SET NULL"))
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("seance_depot.id", ondelete="SET NULL"))
    content: Mapped[str] = mapped_column(Words)
    version: Mapped[int] = mapped_column(default=1)  # so that of two windows the second does not silently win
    created_at: Mapped[CreatedAt]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("group_decision.id", ondelete="SET NULL"), unique=True)
    asked_at: Mapped[Instant | None]  # put to the members: those of that time read it
    is_told: Mapped[bool] = mapped_column(default=False)  # all said yes, and it appeared
