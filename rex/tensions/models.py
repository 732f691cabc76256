"""A tension: difficulties that come back, gathered and named by people. What the computation proposes lies apart from that.

No row of a tension names who told what: its difficulties do, each for its own readers."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import NAME_LENGTH
from rex.db import Base, CreatedAt, Id, Instant, PublicId, enum_by_value
from rex.journal.models import Entry, EntryKind
from rex.sealed_words import Words


class State(StrEnum):
    """What people say of a tension. None of these: *émergente* or *récurrente*, computed (`rex.tensions.recurrence`)."""

    AT_WORK = "mise-au-travail"
    ARBITRATED = "arbitree"
    CALMED = "apaisee"


class ActKind(StrEnum):
    """What somebody did to tensions. `REAPPEARED` is what a new occurrence does to one that was arbitrated or calmed."""

    NAMED = "nommee"
    RENAMED = "renommee"
    LINKED = "reliee"
    UNLINKED = "deliee"
    SPLIT = "scindee"
    MERGED = "fusionnee"
    SET_ASIDE = "ecartee"
    AT_WORK = "mise-au-travail"
    ARBITRATED = "arbitree"
    CALMED = "apaisee"
    REOPENED = "rouverte"
    REAPPEARED = "reapparue"


class Tension(Entry):
    """Several difficulties under one name (`Entry.title`), with what they have in common (`Entry.words`). It has no author, and is
    read by the members of its collectif, whatever the audience of its difficulties."""

    __tablename__ = "tension"
    __mapper_args__ = {"polymorphic_identity": EntryKind.TENSION}  # noqa: RUF012 (declared so by SQLAlchemy)

    id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[State | None] = mapped_column(enum_by_value(State))
    state_at: Mapped[Instant | None]


class TensionAct(Base):
    """Something that was decided about tensions; `before` holds what it changed (ids alone, JSON), so that it may be undone."""

    __tablename__ = "tension_act"
    __space__ = "collectif_id"
    __table_args__ = (
        Index("ix_tension_act_collectif_id_at", "collectif_id", "at"),
        Index("ix_tension_act_tension_id_at", "tension_id", "at"),
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    tension_id: Mapped[int | None] = mapped_column(ForeignKey("tension.id", ondelete="CASCADE"))
    kind: Mapped[ActKind] = mapped_column(enum_by_value(ActKind))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # none: the clock
    at: Mapped[CreatedAt]
    words: Mapped[str] = mapped_column(Words, default="")  # a name before it changed; what somebody adds
    before: Mapped[str] = mapped_column(Text, default="")
    seance_id: Mapped[int | None] = mapped_column(ForeignKey("seance.id", ondelete="SET NULL"))
    undone_at: Mapped[Instant | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class TensionLink(Base):
    """A difficulty that a person put in a tension: in one at most. The computation never writes here."""

    __tablename__ = "tension_link"
    __table_args__ = (Index("ix_tension_link_tension_id", "tension_id"),)

    difficulty_id: Mapped[int] = mapped_column(ForeignKey("difficulty.id", ondelete="CASCADE"), primary_key=True)
    tension_id: Mapped[int] = mapped_column(ForeignKey("tension.id", ondelete="CASCADE"))
    linked_at: Mapped[CreatedAt]
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class TensionApart(Base):
    """Two difficulties of which a person said that they do not say the same (`one_id` < `other_id`), and by which act."""

    __tablename__ = "tension_apart"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="in_order"),
        Index("ix_tension_apart_collectif_id", "collectif_id"),
        Index("ix_tension_apart_other_id", "other_id"),
        Index("ix_tension_apart_act_id", "act_id"),
    )

    one_id: Mapped[int] = mapped_column(ForeignKey("difficulty.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("difficulty.id", ondelete="CASCADE"), primary_key=True)
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    act_id: Mapped[int] = mapped_column(ForeignKey("tension_act.id", ondelete="CASCADE"))


class TensionGrouping(Base):
    """The last computation of a collectif: when, of how many difficulties, and a mark of what it read (to do none twice)."""

    __tablename__ = "tension_grouping"

    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), primary_key=True)
    computed_at: Mapped[CreatedAt]
    difficulties: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64))


class TensionProposal(Base):
    """Difficulties that the computation brought together: a tension to name, or (`tension_id`) to join to one that has a name.

    Its words are those of its difficulties: it goes as soon as one of them changes or goes."""

    __tablename__ = "tension_proposal"
    __space__ = "collectif_id"
    __table_args__ = (
        Index("ix_tension_proposal_collectif_id_position", "collectif_id", "position"),
        Index("ix_tension_proposal_tension_id", "tension_id"),
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    tension_id: Mapped[int | None] = mapped_column(ForeignKey("tension.id", ondelete="CASCADE"))
    position: Mapped[int]
    strength: Mapped[str] = mapped_column(String(20))  # « fort », « moyen », « à vérifier »
    is_recurring: Mapped[bool]  # passes the rule of `rex.tensions.recurrence`
    reasons: Mapped[str] = mapped_column(Words, default="")  # JSON: the words and the balises that brought them together
    computed_at: Mapped[CreatedAt]


class TensionProposalItem(Base):
    """A difficulty of a proposal; the first one is at its centre, the last one is the least sure."""

    __tablename__ = "tension_proposal_item"
    __table_args__ = (
        UniqueConstraint("proposal_id", "position"),
        Index("ix_tension_proposal_item_difficulty_id", "difficulty_id"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("tension_proposal.id", ondelete="CASCADE"), primary_key=True)
    difficulty_id: Mapped[int] = mapped_column(ForeignKey("difficulty.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int]


class Arbitrage(Base):
    """What was decided about a tension, with what mattered to each party and what each gives (`ArbitrageParty`)."""

    __tablename__ = "arbitrage"
    __space__ = "tension_id"
    __table_args__ = (Index("ix_arbitrage_tension_id", "tension_id"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    tension_id: Mapped[int] = mapped_column(ForeignKey("tension.id", ondelete="CASCADE"))
    decided: Mapped[str] = mapped_column(Words)
    decided_on: Mapped[date]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    corrected_at: Mapped[Instant | None]


class ArbitrageParty(Base):
    """One party to an arbitrage: a service, a structure, a collège; never a person."""

    __tablename__ = "arbitrage_party"
    __space__ = "arbitrage_id"
    __table_args__ = (UniqueConstraint("arbitrage_id", "position"),)

    id: Mapped[Id]
    arbitrage_id: Mapped[int] = mapped_column(ForeignKey("arbitrage.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Words)
    enjeu: Mapped[str] = mapped_column(Words)  # what matters to it
    effort: Mapped[str] = mapped_column(Words, default="")  # what it gives


class TensionTrial(Base):
    """What was tried, and what it gave, said later."""

    __tablename__ = "tension_trial"
    __space__ = "tension_id"
    __table_args__ = (Index("ix_tension_trial_tension_id", "tension_id"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    tension_id: Mapped[int] = mapped_column(ForeignKey("tension.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(Words)
    outcome: Mapped[str] = mapped_column(Words, default="")
    service_name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    outcome_at: Mapped[Instant | None]


class TensionSeance(Base):
    """A séance that was opened on a tension."""

    __tablename__ = "tension_seance"
    __table_args__ = (Index("ix_tension_seance_seance_id", "seance_id"),)

    tension_id: Mapped[int] = mapped_column(ForeignKey("tension.id", ondelete="CASCADE"), primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seance.id", ondelete="CASCADE"), primary_key=True)


class OwnIdea(Base):
    """Expressions that say the same here (« épuisé, à bout, en surchauffe »): the collectif's own lines of the lexicon."""

    __tablename__ = "own_idea"
    __space__ = "collectif_id"
    __table_args__ = (Index("ix_own_idea_collectif_id", "collectif_id"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(Words)  # separated by commas
    created_at: Mapped[CreatedAt]


class TensionSettings(Base):
    """Who names, joins, splits and sets aside in a collectif: its animateurs, or any member; nobody's row: the animateurs."""

    __tablename__ = "tension_settings"

    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), primary_key=True)
    members_curate: Mapped[bool] = mapped_column(default=False)
