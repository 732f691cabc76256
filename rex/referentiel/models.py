"""The balises that a collectif adds beside the 23 (`OwnBalise`); the 23 themselves are text of the product (`content`)."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, PublicId


class OwnBalise(Base):
    """A marker of one collectif, beside the public référentiel; its `public_id` is the code that tags carry."""

    __tablename__ = "own_balise"
    __table_args__ = (UniqueConstraint("collectif_id", "slug"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(160))
    question: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[CreatedAt]
    closed_at: Mapped[Instant | None]  # no longer proposed; the récits that carry it keep it
