"""Reading who is who. What is private to others is read `as_system`, for the reason that is said there."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, select

from rex import clock
from rex.access import Reader, visible_members
from rex.collectifs.models import (
    Collectif,
    College,
    Credential,
    Invitation,
    Membership,
    Role,
    Service,
    ServiceKind,
    User,
    normal_address,
)
from rex.collectifs.tokens import hash_token
from rex.db import BigId, RexSession
from rex.french import fold, initials, of_name
from rex.kept import Kept
from rex.shapes import Shape


@dataclass(frozen=True)
class Member:
    """A line of the list of members."""

    public_id: str
    name: str
    college: College
    service: str
    title: str
    is_animateur: bool

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def role(self) -> str:
        """What is said under the name."""
        words = [self.title, "anime le journal" if self.is_animateur else ""]
        return ", ".join(word for word in words if word)


def members(session: RexSession, reader: Reader, collectif_id: int) -> list[Member]:
    """The current members, by name; never an address."""
    rows = session.execute(
        visible_members(reader, collectif_id)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .with_only_columns(
            Membership.public_id, User.name, Membership.college, Membership.title, Membership.role, Service.name.label("service")
        )
    ).all()
    found = [
        Member(row.public_id, row.name, row.college, row.service or "", row.title, row.role is Role.ANIMATEUR) for row in rows
    ]
    return sorted(found, key=lambda member: fold(member.name))


def groups_of(people: list[Member], by_college: bool) -> list[tuple[str, list[Member]]]:
    """Members under the heading of their collège, or of their service, those without one last."""
    if by_college:
        groups = [(college.label, [m for m in people if m.college is college]) for college in College]
    else:
        names = sorted({m.service for m in people if m.service}, key=fold)
        groups = [(name, [m for m in people if m.service == name]) for name in names]
        groups.append(("Sans service", [m for m in people if not m.service]))
    return [(name, those) for name, those in groups if those]


def seat_of(session: RexSession, reader: Reader, collectif_id: int, public_id: str) -> tuple[Membership, User] | None:
    """A current seat and its person."""
    mine = visible_members(reader, collectif_id).where(Membership.public_id == public_id)
    row = session.execute(mine.join(User, User.id == Membership.user_id).with_only_columns(Membership, User)).first()
    return (row[0], row[1]) if row else None


def animateur_count(session: RexSession, reader: Reader, collectif_id: int) -> int:
    """How many people look after this journal."""
    animateurs = visible_members(reader, collectif_id).where(Membership.role == Role.ANIMATEUR)
    return session.scalar(select(func.count()).select_from(animateurs.with_only_columns(Membership.id).subquery())) or 0


def collectif_by_id(session: RexSession, collectif_id: int) -> Collectif:
    """A collectif that is known to exist: the page is of it."""
    return session.scalars(select(Collectif).where(Collectif.id == collectif_id)).one()


def services_to_choose(session: RexSession, collectif_id: int) -> list[tuple[str, str]]:
    """The services and structures of a collectif, by name: (public id, name), to choose from."""
    return [(row.public_id, row.name) for row in _services.rows(session, collectif=collectif_id)]


@Kept
def _services(_: Shape) -> Select:
    here = Service.collectif_id == bindparam("collectif", type_=BigId)
    return select(Service.public_id, Service.name).where(here).order_by(Service.folded_name)


def services(session: RexSession, collectif_id: int, *, closed_too: bool = False) -> list[Service]:
    """The services of a collectif by name, structures last; `closed_too`: those that are no longer proposed."""
    query = select(Service).where(Service.collectif_id == collectif_id)
    found = session.scalars(query if closed_too else query.where(Service.closed_at.is_(None))).all()
    return sorted(found, key=lambda service: (service.kind is ServiceKind.STRUCTURE, service.folded_name))


# --- invitations ----------------------------------------------------------------------------------------------------------


def open_invitation(session: RexSession, token: str, *, to_use: bool = False) -> Invitation | None:
    """The invitation behind a token, if it is still open; locked when it is about to be used."""
    query = select(Invitation).where(Invitation.token_hash == hash_token(token))
    with session.as_system("open an invitation"):
        found = session.scalars(query.with_for_update() if to_use else query).first()
    return found if found and found.is_open(clock.now()) else None


@dataclass(frozen=True)
class Welcome:
    """What an invited person is told before they decide."""

    collectif_name: str
    collectif_slug: str
    about: str
    invited_by: str
    college: str
    service: str
    title: str
    role: Role

    @property
    def journal(self) -> str:
        return f"journal {of_name(self.collectif_name)}"

    @property
    def place(self) -> str:
        """« Direction et services, Voirie, agente »."""
        return ", ".join(word for word in (self.college, self.service, self.title) if word)


def welcome(session: RexSession, invitation: Invitation) -> Welcome:
    """The words of an invitation, for somebody who cannot read the collectif yet."""
    with session.as_system("tell an invited person where they are invited"):
        collectif = collectif_by_id(session, invitation.collectif_id)
        inviter = session.scalar(select(User.name).where(User.id == invitation.invited_by_id))
        service = session.scalar(select(Service.name).where(Service.id == invitation.service_id))
    return Welcome(
        collectif_name=collectif.name,
        collectif_slug=collectif.slug,
        about=collectif.about,
        invited_by=inviter or "",
        college=invitation.college.label,
        service=service or "",
        title=invitation.title,
        role=invitation.role,
    )


def member_addresses(session: RexSession, collectif_id: int) -> set[str]:
    """Addresses of the current members: to say that somebody is already there, and shown to nobody."""
    with session.as_system("know who is already a member"):
        current = Membership.collectif_id == collectif_id, Membership.ended_at.is_(None), User.closed_at.is_(None)
        query = select(Credential.address).join(User, User.id == Credential.user_id)
        return set(session.scalars(query.join(Membership, Membership.user_id == User.id).where(*current)))


def account_at(session: RexSession, address: str) -> int | None:
    """The id of the open account at an address."""
    with session.as_system("find an account by its address"):
        query = select(User.id).join(Credential, Credential.user_id == User.id)
        return session.scalar(query.where(Credential.address == normal_address(address), User.closed_at.is_(None)))
