"""What may be found: one row for each told entry and each standing message, with its words made comparable."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, Id, Instant, enum_by_value
from rex.journal.models import Audience


class FoundKind(StrEnum):
    """What a row stands for: the kinds of entries, and a message."""

    RECIT = "recit"
    DIFFICULTY = "difficulte"
    RECOGNITION = "reconnaissance"
    EXCHANGE = "echange"


class SearchRow(Base):
    """An entry told in a collectif, or a message under one (`exchange_id`). Never a draft, a suspended text, anything of a group.

    Derived: `rex search rebuild` makes the rows again. Their words are also in the index of the engine, table `search_fts`
    (`rex.search.engines`). Who reads it is asked of the entry at each search; `audience` is the ceiling of a message (the réseau
    for an entry: no ceiling but its own)."""

    __tablename__ = "search_row"
    __table_args__ = (
        Index("ix_search_row_entry_id_exchange_id", "entry_id", "exchange_id"),
        Index("uq_search_row_exchange_id", "exchange_id", unique=True),
        # A number is never given twice: a word left behind in the index of the engine leads to nothing.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    kind: Mapped[FoundKind] = mapped_column(enum_by_value(FoundKind))
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))  # of who wrote a message
    said_at: Mapped[Instant]
    title: Mapped[str] = mapped_column(Text)  # stems
    stems: Mapped[str] = mapped_column(Text)  # of the title and of all the words
    exact: Mapped[str] = mapped_column(Text)  # the words in their order, folded
