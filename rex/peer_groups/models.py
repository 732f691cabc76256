"""What the members of a peer group decide together, and who may join it."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.group_models import Rule
from rex.db import Base, CreatedAt, Id, Instant, PublicId, enum_by_value
from rex.sealed_words import Words


class DecisionKind(StrEnum):
    """What the members of a group decide together."""

    FONDATION = "fondation"  # the founders agree once on the list
    INVITATION = "invitation"
    PACTE = "pacte"
    EXCLUSION = "exclusion"
    RESPONSABLE = "responsable"
    DISSOLUTION = "dissolution"
    OUVERTURE = "ouverture"  # a named person reads the room until a date
    VERSEMENT = "versement"


class Outcome(StrEnum):
    """How a decision ended. Silence at the deadline and one no end it in the same words."""

    ACCEPTED = "acceptee"
    NOT_ACCEPTED = "non-acceptee"
    TAKEN_BACK = "reprise"


class Decision(Base):
    """A question put to the members of a group, until a date; who is asked is settled when it is asked (`Ballot`)."""

    __tablename__ = "group_decision"
    __table_args__ = (Index("ix_group_decision_group_id", "group_id"), Index("ix_group_decision_closes_at", "closes_at"))
    __space__ = "group_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    group_id: Mapped[int] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    kind: Mapped[DecisionKind] = mapped_column(enum_by_value(DecisionKind))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))  # the person that it is about
    words: Mapped[str] = mapped_column(Words, default="")  # why, or the text that is proposed
    rule: Mapped[Rule] = mapped_column(enum_by_value(Rule))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[CreatedAt]
    closes_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    outcome: Mapped[Outcome | None] = mapped_column(enum_by_value(Outcome))
    unheard: Mapped[int] = mapped_column(default=0)  # addresses that open no account: as silent as somebody who does not answer
    voices: Mapped[int] = mapped_column(default=0)  # how many were asked: who leaves meanwhile ends nothing before the date
    after_id: Mapped[int | None] = mapped_column(ForeignKey("group_decision.id", ondelete="CASCADE"))  # after an objection to it


class Ballot(Base):
    """One person's answer to a decision; None until they answered."""

    __tablename__ = "group_ballot"
    __table_args__ = (UniqueConstraint("decision_id", "user_id"), Index("ix_group_ballot_user_id", "user_id"))

    id: Mapped[Id]
    decision_id: Mapped[int] = mapped_column(ForeignKey("group_decision.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    is_yes: Mapped[bool | None]
    answered_at: Mapped[Instant | None]


class JoinRequest(Base):
    """The members said yes to a person: they may read name, pacte and members' names, and join, until a date. Gone when they
    answer, or when it is over."""

    __tablename__ = "group_join_request"
    __table_args__ = (UniqueConstraint("group_id", "user_id"), Index("ix_group_join_request_user_id", "user_id"))

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    group_id: Mapped[int] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Instant]
