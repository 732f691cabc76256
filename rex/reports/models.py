"""A report on an entry, on a text that hangs from it, or on a text that hangs from none: of a séance, or beside a figure. Who
reported is known to the animateurs alone, never to the authors."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, PublicId, Sealed, enum_by_value

HANGING = ("exchange_id", "note_id", "echo_id", "rereading_id", "synthese_id")  # the columns that name what hangs from an entry

SEANCE_TEXT, READING = "seance_text_id", "reading_id"
BESIDE = (SEANCE_TEXT, READING)  # the columns that name what hangs from no entry
_PLACES = ("entry_id", *BESIDE)


def _given(columns: tuple[str, ...]) -> str:
    """How many of these columns of a row say something."""
    return " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in columns)


class Outcome(StrEnum):
    """What an animateur did with it."""

    LEFT = "laisse"
    SUSPENDED = "suspendu"
    NARROWED = "retire-du-reseau"
    RESTORED = "retabli"  # the end of what its authors wrote about a suspension


class Report(Base):
    """Somebody shows a text to the animateurs of its collectif, and says why.

    The text is the entry, or the one thing hanging from it that a column of `HANGING` names; or one that hangs from no entry, that
    a column of `BESIDE` names: a text of a séance, a lecture contradictoire (`rex.reports.beside`)."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(f"{_given(HANGING)} <= 1", name="one_text"),
        CheckConstraint(f"{_given(_PLACES)} = 1", name="one_place"),
        Index("ix_report_collectif_id_handled_at", "collectif_id", "handled_at"),
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("action_note.id", ondelete="CASCADE"), index=True)
    echo_id: Mapped[int | None] = mapped_column(ForeignKey("echo.id", ondelete="CASCADE"), index=True)
    rereading_id: Mapped[int | None] = mapped_column(ForeignKey("rereading.id", ondelete="CASCADE"), index=True)
    synthese_id: Mapped[int | None] = mapped_column(ForeignKey("synthese.id", ondelete="CASCADE"), index=True)
    seance_text_id: Mapped[int | None] = mapped_column(ForeignKey("seance_text.id", ondelete="CASCADE"), index=True)
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("counter_reading.id", ondelete="CASCADE"), index=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    reason: Mapped[Sealed]  # with the key of the collectif
    created_at: Mapped[CreatedAt]
    handled_at: Mapped[Instant | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    outcome: Mapped[Outcome | None] = mapped_column(enum_by_value(Outcome))
    answer: Mapped[bytes | None]  # what the authors are told of an entry taken back from the réseau; sealed as the reason


@dataclass(frozen=True)
class Target:
    """The text that a report is about: an entry, or what hangs from it (`column`, one of `HANGING`, and its id); or, without an
    entry, what hangs from none (`column` is then one of `BESIDE`)."""

    entry_id: int | None
    column: str = ""
    id: int | None = None

    @property
    def values(self) -> dict[str, int]:
        """For a new report."""
        entry = {} if self.entry_id is None else {"entry_id": self.entry_id}
        return entry | ({self.column: self.id} if self.column and self.id is not None else {})

    @property
    def reports(self) -> list[ColumnElement[bool]]:
        """The reports on this very text."""
        if self.entry_id is None:
            return [getattr(Report, self.column) == self.id]
        there = [getattr(Report, name).is_not_distinct_from(self.values.get(name)) for name in HANGING]
        return [Report.entry_id == self.entry_id, *there]


def on_entry(entry_id: Any) -> list[ColumnElement[bool]]:
    """The reports on an entry itself (a column names it), and on nothing that hangs from it."""
    return [Report.entry_id == entry_id, *(getattr(Report, name).is_(None) for name in HANGING)]


def target_of(row: Any) -> Target:
    """The text of a report, or of a row that holds the columns of one."""
    columns = BESIDE if row.entry_id is None else HANGING
    named = [(name, getattr(row, name)) for name in columns if getattr(row, name) is not None]
    return Target(row.entry_id, *named[0]) if named else Target(row.entry_id)
