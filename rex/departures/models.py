"""An account that will be deleted: since when, at what time, and what its owner chose for what they wrote."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Instant


class AccountEnding(Base):
    """Asked by the person alone; nothing changes until `due_at`, and one button takes it back. Gone with the account."""

    __tablename__ = "account_ending"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[CreatedAt]
    due_at: Mapped[Instant] = mapped_column(index=True)  # the ticker, twice a minute
    keeps_recits: Mapped[bool]  # they stay, signed « une personne »
    keeps_words: Mapped[bool]  # messages, difficulties, thank-yous, echoes, notes, rereadings of the collectifs
    keeps_in_groups: Mapped[bool]  # what was told in peer groups
