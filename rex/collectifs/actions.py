"""What changes who is who: accounts, collectifs, invitations, seats."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from rex import clock
from rex.collectifs.entrance import close_devices_of
from rex.collectifs.links import close_first_account
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
from rex.collectifs.tokens import hash_token, new_token
from rex.db import RexSession
from rex.french import fold

INVITATION_LIVES = timedelta(days=14)
PARTNER_BODIES = frozenset({College.OPERATEUR, College.HABITANT, College.TIERS})  # who works in no unit of the administration


class AddressTaken(Exception):
    """Another account has this address."""


@dataclass(frozen=True)
class Seat:
    """The place that an invitation prepares."""

    college: College
    service_id: int | None = None
    title: str = ""
    role: Role = Role.MEMBRE


@dataclass(frozen=True)
class Guest:
    """Whom one invites, to which place. Without address, the link is handed over."""

    seat: Seat
    name: str = ""
    address: str = ""


# --- accounts -----------------------------------------------------------------------------------------------------------


def create_account(
    session: RexSession, name: str, address: str, password_hash: str | None, *, is_admin: bool = False
) -> User:
    """A person and how they enter. Raises AddressTaken; of two at once, the database lets one through. Whoever administers closes
    the address of the first account, for good."""
    with session.as_system("create an account"):
        try:
            with session.begin_nested():
                user = User(name=name, is_admin=is_admin)
                session.add(user)
                session.flush()
                session.add(Credential(user_id=user.id, address=normal_address(address), password_hash=password_hash))
        except IntegrityError as error:
            raise AddressTaken from error
        if is_admin:
            close_first_account(session)
    return user


def set_password(session: RexSession, user_id: int, password_hash: str, *, keep_device: int | None = None) -> None:
    """A new password signs the other devices out: whoever held the old one is out too."""
    with session.as_system("set a password"):
        values = {"password_hash": password_hash, "changed_at": clock.now()}
        session.execute(update(Credential).where(Credential.user_id == user_id).values(**values))
    close_devices_of(session, user_id, but=keep_device)


def close_account(session: RexSession, user: User) -> None:
    """Nothing is erased; the person reads nothing any more, at once."""
    user.closed_at = clock.now()
    close_devices_of(session, user.id)


# --- collectifs ---------------------------------------------------------------------------------------------------------


def create_collectif(session: RexSession, name: str) -> Collectif:
    """A space with its address and the key of its unpublished texts."""
    with session.as_system("create a collectif"):
        stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50].strip("-") or "collectif"
        try:
            collectif = _at_its_address(session, name, stem)
        except IntegrityError:  # another one took this address at the same moment: it is seen now
            collectif = _at_its_address(session, name, stem)
    session.keyring.create(collectif.key_name)
    return collectif


def _at_its_address(session: RexSession, name: str, stem: str) -> Collectif:
    taken = set(session.scalars(select(Collectif.slug).where(Collectif.slug.startswith(stem))))
    slug = next(s for s in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    with session.begin_nested():
        collectif = Collectif(name=name, slug=slug)
        session.add(collectif)
        session.flush()
    return collectif


def service_named(session: RexSession, collectif_id: int, name: str, kind: ServiceKind) -> Service:
    """The service of that name (accents and case aside), opened again or created when there is none."""
    with session.as_system("find a service by its name"):
        same = Service.collectif_id == collectif_id, Service.folded_name == fold(name)[:120]
        service = session.scalars(select(Service).where(*same)).first()
        if service is None:
            service = Service(collectif_id=collectif_id, kind=kind)
            service.rename(name)
            session.add(service)
        service.closed_at = None
        session.flush()
    return service


def kind_for(college: College) -> ServiceKind:
    """What a service named for the first time is, from the collège of the person who is said to work there."""
    return ServiceKind.STRUCTURE if college in PARTNER_BODIES else ServiceKind.SERVICE


# --- invitations and seats ------------------------------------------------------------------------------------------------


def invite(session: RexSession, collectif_id: int, by_id: int | None, guests: Iterable[Guest]) -> list[tuple[Invitation, str]]:
    """For each guest an invitation and its token, which is kept nowhere. Former open ones to the same addresses close.

    All are written at once: two thousand lines of a file must not hold the base for long."""
    now, made = clock.now(), [(guest, new_token()) for guest in guests]
    with session.as_system("invite people"):
        addresses = sorted({normal_address(guest.address) for guest, _token in made} - {""})
        former = Invitation.collectif_id == collectif_id, Invitation.address.in_(addresses)
        open_ones = Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
        session.execute(update(Invitation).where(*former, *open_ones).values(revoked_at=now))
        invitations = [_invitation(collectif_id, by_id, guest, token, now) for guest, token in made]
        session.add_all(invitations)
        session.flush()
    return [(invitation, token) for invitation, (_guest, token) in zip(invitations, made, strict=True)]


def _invitation(collectif_id: int, by_id: int | None, guest: Guest, token: str, now: datetime) -> Invitation:
    return Invitation(
        token_hash=hash_token(token),
        collectif_id=collectif_id,
        service_id=guest.seat.service_id,
        college=guest.seat.college,
        role=guest.seat.role,
        title=guest.seat.title,
        name=guest.name,
        address=normal_address(guest.address),
        invited_by_id=by_id,
        expires_at=now + INVITATION_LIVES,
    )


def use_invitation(session: RexSession, invitation: Invitation, user_id: int, now: datetime) -> None:
    """Make one person a member; the invitation was locked when it was read, so it makes one and no more."""
    with session.as_system("an invitation makes a member"):
        invitation.used_at, invitation.used_by_id = now, user_id
        place = Membership.user_id == user_id, Membership.collectif_id == invitation.collectif_id
        membership = session.scalars(select(Membership).where(*place)).first()
        if membership is None:
            membership = Membership(user_id=user_id, collectif_id=invitation.collectif_id)
            session.add(membership)
        membership.ended_at = None
        membership.college, membership.role = invitation.college, invitation.role
        membership.service_id, membership.title = invitation.service_id, invitation.title
        session.execute(update(User).where(User.id == user_id).values(last_collectif_id=invitation.collectif_id))
        session.flush()


def add_member(session: RexSession, collectif_id: int, user_id: int, seat: Seat) -> None:
    """Seat a person without invitation: the first animateur of the first collectif."""
    with session.as_system("seat the first member"):
        values = {"college": seat.college, "service_id": seat.service_id, "title": seat.title, "role": seat.role}
        session.add(Membership(user_id=user_id, collectif_id=collectif_id, **values))
        session.execute(update(User).where(User.id == user_id).values(last_collectif_id=collectif_id))
        session.flush()
