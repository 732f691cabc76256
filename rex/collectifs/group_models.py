"""A peer group and who is in it: part of what makes a reader. What its members decide is in `rex.peer_groups.models`."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex.collectifs.models import Space
from rex.db import Base, CreatedAt, Id, Instant, PublicId, enum_by_value
from rex.sealed_words import ITSELF, SpaceKind, Words

MOST_MEMBERS = 15


class GroupRole(StrEnum):
    """What one does for the group. A responsable invites, opens decisions, judges reports; reads no more than the others."""

    MEMBRE = "membre"
    RESPONSABLE = "responsable"


class Rule(StrEnum):
    """How many yes a decision of the group needs, among those who are asked and are not its subject."""

    TOUS = "tous"
    DEUX_TIERS = "deux-tiers"
    MAJORITE = "majorite"


class PeerGroup(Space):
    """A closed room: its name, what its members have in common, its pacte and the settings that the pacte sets.

    Everything that people wrote is sealed with its own key, its name included."""

    __tablename__ = "peer_group"
    __mapper_args__ = {"polymorphic_identity": SpaceKind.GROUPE}  # noqa: RUF012 (declared so by SQLAlchemy)
    __space__ = ITSELF

    id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), primary_key=True)
    called: Mapped[str] = mapped_column(Words)  # its name
    engagement: Mapped[str] = mapped_column(Words)  # what its members have in common
    pacte: Mapped[str] = mapped_column(Words)  # Markdown
    pacte_version: Mapped[int] = mapped_column(default=1)  # a member says yes to one version
    shows_history: Mapped[bool] = mapped_column(default=False)  # whether a newcomer reads what began before they arrived
    exclusion_rule: Mapped[Rule] = mapped_column(enum_by_value(Rule), default=Rule.DEUX_TIERS)
    dissolution_rule: Mapped[Rule] = mapped_column(enum_by_value(Rule), default=Rule.TOUS)
    versement_days: Mapped[int] = mapped_column(default=14)  # 3 to 30: how long a versement waits for everybody
    dissolves_at: Mapped[Instant | None]  # its dissolution was decided: its key is destroyed then


class GroupMember(Base):
    """A person's place in a group. Ended, it gives no right at all; coming back begins a new arrival in the same row."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "user_id"), Index("ix_group_member_user_id", "user_id"))

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    group_id: Mapped[int] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[GroupRole] = mapped_column(enum_by_value(GroupRole), default=GroupRole.MEMBRE)
    arrived_at: Mapped[CreatedAt]
    left_at: Mapped[Instant | None]
    shut_at: Mapped[Instant | None]  # their address was recovered: they read nothing until another member vouches for them
    pacte_version: Mapped[int]  # the one that they accepted
    seen_at: Mapped[CreatedAt]  # the day of their last visit: who has been away for sixty days has no vote


class GroupOpening(Base):
    """A room opened to read, for one person who is not a member, until a date: all the members said yes to it.

    It gives rights from `starts_at` to `ends_at`, once the person accepted the pacte. Over, it stays written in the group."""

    __tablename__ = "group_opening"
    __table_args__ = (Index("ix_group_opening_group_id", "group_id"), Index("ix_group_opening_user_id", "user_id"))
    __space__ = "group_id"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    group_id: Mapped[int] = mapped_column(ForeignKey("peer_group.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # None: no account is at the address
    called: Mapped[str] = mapped_column(Words)  # as the member who proposed it named the person
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    shows_past: Mapped[bool]  # whether what was told before they came is theirs to read too
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    told_at: Mapped[Instant | None]  # the person was written to
    accepted_at: Mapped[Instant | None]
    declined_at: Mapped[Instant | None]  # told to nobody: it looks like silence
    ended_at: Mapped[Instant | None]  # before its date, by a member or by the person
