"""What a text that an animateur suspends carries: since when, by whom, why, and its words, sealed."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Instant, PublicId
from rex.sealed_words import Words

WHY_LENGTH = 600


class Suspendable:
    """A text that hangs from an entry and may be suspended in its place: its words then lie in `sealed` alone, with the key of
    the entry's collectif (`rex.journal.suspending`)."""

    __tablename__: str

    public_id: Mapped[PublicId]
    sealed: Mapped[bytes | None]
    suspended_at: Mapped[Instant | None]
    suspended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    suspended_why: Mapped[str] = mapped_column(Words, default="")
