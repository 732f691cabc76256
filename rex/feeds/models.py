"""The secret address of a person's feed: what is kept of it opens nothing."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, PublicId, TokenHash


class FeedAddress(Base):
    """One for each person who asked for it; the token itself is with them alone. A new one takes the place of the one before."""

    __tablename__ = "feed_address"

    id: Mapped[Id]
    public_id: Mapped[PublicId]  # names the feed to the programs that follow it, through all its addresses
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    token_hash: Mapped[TokenHash]
    created_at: Mapped[CreatedAt]
