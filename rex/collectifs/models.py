"""People and the collectifs in which they act together."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rex import clock
from rex.db import Base, CreatedAt, Id, Instant, PublicId, enum_by_value
from rex.french import fold
from rex.sealed_words import SpaceKind, key_name_of

NAME_LENGTH = 120
ADDRESS_LENGTH = 254  # RFC 5321, 4.5.3.1.3


def normal_address(address: str) -> str:
    """An address as it is kept and looked up: nobody remembers which letters of theirs are capitals."""
    return address.strip().lower()


class College(StrEnum):
    """The kind of place from which one speaks (`docs/glossaire.md`)."""

    ELU = "elu"
    SERVICE = "service"
    OPERATEUR = "operateur"
    HABITANT = "habitant"
    TIERS = "tiers"

    @property
    def label(self) -> str:
        return COLLEGE_LABELS[self]


COLLEGE_LABELS = {
    College.ELU: "Élus",
    College.SERVICE: "Direction et services",
    College.OPERATEUR: "Opérateurs et associations",
    College.HABITANT: "Habitants",
    College.TIERS: "Tiers et partenaires",
}


class Role(StrEnum):
    """What one does for the journal beside telling: nothing more, or looking after it and its members."""
    MEMBRE = "membre"
    ANIMATEUR = "animateur"

    @property
    def label(self) -> str:
        return "Animation du journal" if self is Role.ANIMATEUR else "Membre"


class ServiceKind(StrEnum):
    """`service`: a unit of the administration; `structure`: a partner body (association, school, firm)."""

    SERVICE = "service"
    STRUCTURE = "structure"

    @property
    def label(self) -> str:
        return "Service" if self is ServiceKind.SERVICE else "Structure"


class Theme(StrEnum):
    """How the pages look to one person; by default as their device asks."""
    SYSTEME = "systeme"
    CLAIR = "clair"
    SOMBRE = "sombre"


class User(Base):
    """A person, as others see them: a name. Address and password are in `Credential`."""

    __tablename__ = "user"

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    is_admin: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[Theme] = mapped_column(enum_by_value(Theme), default=Theme.SYSTEME)
    last_collectif_id: Mapped[int | None] = mapped_column(ForeignKey("collectif.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    closed_at: Mapped[Instant | None]  # a closed account reads nothing and is not counted among readers
    news_at: Mapped[Instant | None]  # since when something unseen waits for them: `rex.notices` keeps it, each page shows it


class Credential(Base):
    """How a person enters: their address and the hash of their password (none until they chose one)."""

    __tablename__ = "credential"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), unique=True)  # lower case: the sign-in page looks it up
    password_hash: Mapped[str | None] = mapped_column(String(200))
    changed_at: Mapped[CreatedAt]


class Space(Base):
    """Where entries live: a collectif, or a peer group (`rex.peer_groups.models`), as rows of one table.

    Whoever asks for `Collectif` never finds a group: pages, counts and commands of the collectifs need not think of it."""

    __tablename__ = "collectif"
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 (declared so by SQLAlchemy)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    kind: Mapped[SpaceKind] = mapped_column(enum_by_value(SpaceKind), default=SpaceKind.COLLECTIF)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))  # empty for a group, whose name is sealed
    about: Mapped[str] = mapped_column(Text, default="")
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Paris")
    is_open_to_partners: Mapped[bool] = mapped_column(default=True)  # whether residents and operators are members
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]

    @property
    def key_name(self) -> str:
        """The name of the key that seals what this space does not keep in clear."""
        return key_name_of(self.kind, self.public_id)


class Collectif(Space):
    """The people of one territory who act together, and their journal."""

    __mapper_args__ = {"polymorphic_identity": SpaceKind.COLLECTIF}  # noqa: RUF012


class ArrivingCollectif(Space):
    """A collectif that comes in from an archive (`rex.archives`): whoever asks for `Collectif` does not find it yet."""

    __mapper_args__ = {"polymorphic_identity": SpaceKind.ARRIVING}  # noqa: RUF012


class Service(Base):
    """The unit or partner body that one works in."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("collectif_id", "folded_name"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    folded_name: Mapped[str] = mapped_column(String(NAME_LENGTH))  # « Écoles » and « ecoles » are one service
    kind: Mapped[ServiceKind] = mapped_column(enum_by_value(ServiceKind), default=ServiceKind.SERVICE)
    closed_at: Mapped[Instant | None]

    def rename(self, name: str) -> None:
        """Take a name, and the form of it under which it is found."""
        self.name, self.folded_name = name, fold(name)[:NAME_LENGTH]


class Membership(Base):
    """A person's place in a collectif: from where they speak. Ended, it gives no right at all."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "collectif_id"),
        Index("ix_membership_collectif_id_ended_at", "collectif_id", "ended_at"),  # the count of readers on each page
    )

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    college: Mapped[College] = mapped_column(enum_by_value(College))
    role: Mapped[Role] = mapped_column(enum_by_value(Role), default=Role.MEMBRE)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")  # the « fonction », which gives no right
    created_at: Mapped[CreatedAt]
    ended_at: Mapped[Instant | None]

    def end(self) -> None:
        """Leave the collectif: what was written stays, no right does."""
        self.ended_at = clock.now()


class Invitation(Base):
    """A single-use address that makes one person a member. The token itself is kept nowhere."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("used_at IS NULL OR used_by_id IS NOT NULL", name="used_by_somebody"),)

    id: Mapped[Id]
    public_id: Mapped[PublicId]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    collectif_id: Mapped[int] = mapped_column(ForeignKey("collectif.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id", ondelete="SET NULL"))
    college: Mapped[College] = mapped_column(enum_by_value(College))
    role: Mapped[Role] = mapped_column(enum_by_value(Role), default=Role.MEMBRE)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")  # as the inviting person knows them
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    revoked_at: Mapped[Instant | None]

    def is_open(self, now: datetime) -> bool:
        """Whether it still makes somebody a member."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > now
