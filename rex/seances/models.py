"""A séance of a peer group or of a collectif, and what its people write in its four phases.

A dépôt is sealed with the key of its space in both, opened or not: before its time nobody reads it, the host's base neither.
What else is written is `Words`: sealed in a group, in clear in a collectif, as everything that is told there."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.db import Base, CreatedAt, Id, Instant, PublicId, Sealed, enum_by_value
from rex.journal.suspension_models import Suspendable
from rex.sealed_words import Words


class SeanceKind(StrEnum):
    """What sort of meeting: that of a peer group, or one of the open ones of a collectif."""

    GROUPE = "groupe"
    ATELIER = "atelier"
    VOYAGE = "voyage"
    MIROIR = "groupe-miroir"
    CLUB = "club"


class Phase(StrEnum):
    """The four phases, and what is over."""

    DEPOSER = "deposer"
    CHOISIR = "choisir"
    EXPLORER = "explorer"
    GARDER = "garder"
    CLOSE = "close"


class Step(StrEnum):
    """Where a séance is: its phases, *Explorer* being cut into its rounds. Its facilitator goes to the next one, or back by one."""

    DEPOSER = "deposer"
    CHOISIR = "choisir"
    EXPOSE = "expose"
    QUESTIONS = "questions"
    RESONANCES = "resonances"
    APPORTS = "apports"
    GARDER = "garder"
    CLOSE = "close"

    @property
    def phase(self) -> Phase:
        return Phase.EXPLORER if self in ROUNDS else Phase(self.value)

    @property
    def following(self) -> "Step | None":
        """The step that comes next; None after the last."""
        steps = list(Step)
        rank = steps.index(self) + 1
        return steps[rank] if rank < len(steps) else None

    @property
    def preceding(self) -> "Step | None":
        """The step to which one may go back: what opened stays open, what is closed stays closed."""
        return list(Step)[list(Step).index(self) - 1] if self in (*ROUNDS, Step.GARDER) else None

    def is_before(self, other: "Step") -> bool:
        return list(Step).index(self) < list(Step).index(other)


ROUNDS = (Step.EXPOSE, Step.QUESTIONS, Step.RESONANCES, Step.APPORTS)


class Seance(Base):
    """A meeting: when, how long, where, what for, who leads it. `step` is where its facilitator brought it; the dépôts open by
    the clock (`step_at`), so that nobody has to be there to open them."""

    __tablename__ = "seance"
    __table_args__ = (Index("ix_seance_collectif_id_starts_at", "collectif_id", "starts_at"),)
    __space__ = "collectif_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    kind: Mapped[SeanceKind] = mapped_column(enum_by_value(SeanceKind))
    title: Mapped[str] = mapped_column(Words, default="")  # its theme
    place: Mapped[str] = mapped_column(Words, default="")
    agenda: Mapped[str] = mapped_column(Words, default="")  # Markdown
    preparation: Mapped[str] = mapped_column(Words, default="")  # Markdown: questions from the theme to one's own trajectory
    report: Mapped[str] = mapped_column(Words, default="")  # Markdown: the compte rendu
    starts_at: Mapped[Instant]
    minutes: Mapped[int]
    opens_at: Mapped[Instant]  # when the dépôts open, together
    step: Mapped[Step] = mapped_column(enum_by_value(Step), default=Step.DEPOSER)
    changes: Mapped[int] = mapped_column(default=0)  # how often what its pages show changed: what browsers that show it ask for
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    cancelled_at: Mapped[Instant | None]

    def changed(self) -> None:
        """Something that its pages show is another: each browser that shows it finds out by the number. Nothing else is in it."""
        self.changes = (self.changes or 0) + 1

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def step_at(self, now: datetime) -> Step:
        """Where it is at this instant: the clock opens the dépôts, clicks do the rest."""
        return Step.CHOISIR if self.step is Step.DEPOSER and self.opens_at <= now else self.step


class Depot(Base):
    """The situation that somebody brings to a séance: theirs alone until it opens with the others."""

    __tablename__ = "seance_depot"
    __table_args__ = (UniqueConstraint("seance_id", "author_id"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    sealed: Mapped[Sealed]
    written_at: Mapped[CreatedAt]
    kept_at: Mapped[Instant | None]  # the group explores this one


class Choice(Base):
    """The situation that somebody would keep."""

    __tablename__ = "seance_choice"
    __table_args__ = (UniqueConstraint("seance_id", "author_id"),)

    id: Mapped[Id]
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    depot_id: Mapped[int] = mapped_column(ForeignKey("seance_depot.id", ondelete="CASCADE"), index=True)
    written_at: Mapped[CreatedAt]


class Contribution(Base):
    """What somebody said in a round of *Explorer*."""

    __tablename__ = "seance_contribution"
    __table_args__ = (Index("ix_seance_contribution_seance_id", "seance_id"),)
    __space__ = "seance_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    step: Mapped[Step] = mapped_column(enum_by_value(Step))  # its round
    words: Mapped[str] = mapped_column(Words)
    written_at: Mapped[CreatedAt]


class Takeaway(Base):
    """What somebody takes away from a séance."""

    __tablename__ = "seance_takeaway"
    __table_args__ = (UniqueConstraint("seance_id", "author_id"),)
    __space__ = "seance_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(Words)
    written_at: Mapped[CreatedAt]


class TextKind(StrEnum):
    """A text of a séance that may be reported, as addresses name it; the first two are of the séance itself."""

    PREPARATION = "preparation"  # theme, agenda, questions
    REPORT = "compte-rendu"
    DEPOT = "depot"
    SAID = "dit"
    TAKEAWAY = "emporte"


OF_THE_SEANCE = (TextKind.PREPARATION, TextKind.REPORT)


class SeanceText(Suspendable, Base):
    """The text that a report is about, as long as it exists. Made when it is first reported; its words, when it is suspended, lie
    in `sealed` alone (those of a dépôt lie sealed in its own row already)."""

    __tablename__ = "seance_text"
    __table_args__ = (
        UniqueConstraint("depot_id"),
        UniqueConstraint("contribution_id"),
        UniqueConstraint("takeaway_id"),
        Index("ix_seance_text_seance_id", "seance_id"),
    )
    __space__ = "seance_id"

    id: Mapped[Id]
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    kind: Mapped[TextKind] = mapped_column(enum_by_value(TextKind))
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("seance_depot.id", ondelete="CASCADE"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("seance_contribution.id", ondelete="CASCADE"))
    takeaway_id: Mapped[int | None] = mapped_column(ForeignKey("seance_takeaway.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))  # None: see SeanceWriter
    told_at: Mapped[Instant]  # who came to a group after that does not read it


class SeanceWriter(Base):
    """Somebody who wrote in the note or in the compte rendu of a séance, once or last: they do not judge it."""

    __tablename__ = "seance_writer"
    __table_args__ = (UniqueConstraint("seance_id", "kind", "user_id"),)

    id: Mapped[Id]
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"))
    kind: Mapped[TextKind] = mapped_column(enum_by_value(TextKind))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    written_at: Mapped[CreatedAt]
