"""What may be found: one row for each told entry and each text that stands under one, with its words made comparable."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, BigId, Id, Instant, enum_by_value
from rex.journal.models import Audience


class FoundKind(StrEnum):
    """What a row stands for: the kinds of entries, and what is said under them."""

    RECIT = "recit"
    DIFFICULTY = "difficulte"
    RECOGNITION = "reconnaissance"
    TENSION = "tension"
    EXCHANGE = "echange"
    SYNTHESE = "synthese"
    ECHO = "echo"
    NOTE = "note"
    REREADING = "relecture"


class SearchRow(Base):
    """An entry told in a collectif, or a text said under one (`said_id`: of its own table, which `kind` names). Never a draft, a
    suspended text, anything of a group.

    Derived: `rex search rebuild` makes the rows again. Their words are also in the index of the engine, table `search_fts`
    (`rex.search.engines`). Who reads it is asked of the entry at each search; `audience` is the ceiling of what was said under it
    (the réseau for an entry: no ceiling but its own)."""

    __tablename__ = "search_row"
    __table_args__ = (
        Index("ix_search_row_entry_id", "entry_id"),
        Index("ix_search_row_other_id", "other_id"),
        Index("uq_search_row_said_id_kind", "said_id", "kind", unique=True),
        # A number is never given twice: a word left behind in the index of the engine leads to nothing.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))  # of a note, its other récit
    said_id: Mapped[int | None] = mapped_column(BigId)
    kind: Mapped[FoundKind] = mapped_column(enum_by_value(FoundKind))
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    audience: Mapped[Audience] = mapped_column(enum_by_value(Audience))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))  # of who said it
    said_at: Mapped[Instant]
    title: Mapped[str] = mapped_column(Text)  # stems
    accents: Mapped[str] = mapped_column(Text)  # the words that have some, in the singular
    stems: Mapped[str] = mapped_column(Text)  # of the title and of all the words
    exact: Mapped[str] = mapped_column(Text)  # the words in their order, folded
