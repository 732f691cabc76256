"""Who lives in a seeded collectif: its services, its members by collège, the person who signs in."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from rex.collectifs.actions import service_named
from rex.collectifs.models import Collectif, College, Credential, Membership, Role, ServiceKind, User
from rex.collectifs.passwords import hash_password
from rex.db import RexSession
from rex.demo.loader import PASSWORD
from rex.french import of_name
from rex.seed.words import BODIES, FIRST_NAMES, LAST_NAMES, STRUCTURES

SIGN_IN = "agent@demo.rex"
# collège, share of the members, whether they sit in a service, in a structure, or in neither, what they do
SHARES = (
    (College.SERVICE, 0.60, BODIES, ("agent", "responsable d’équipe", "technicien", "chargée de mission", "apprentie")),
    (College.ELU, 0.10, (), ("conseillère municipale", "adjoint", "conseiller délégué")),
    (College.HABITANT, 0.14, STRUCTURES, ("riverain", "bénévole", "parent d’élève", "habitante")),
    (College.OPERATEUR, 0.11, STRUCTURES, ("gérante", "salarié", "coordinatrice")),
    (College.TIERS, 0.05, (), ("chercheur", "partenaire de l’État")),
)


@dataclass(frozen=True)
class Writer:
    """A member, as signing a récit needs them."""

    user_id: int
    name: str
    college: College
    service_id: int | None
    service_name: str
    title: str

    @property
    def teller(self) -> str:
        if not self.service_name:
            return f"Récit {of_name(self.name)}"
        return f"Récit{' de l’équipe' if self.college is College.SERVICE else ','} {self.service_name}"


def settle(session: RexSession, collectif: Collectif, count: int, chance: Random, began: datetime, *, quick: bool) -> list[Writer]:
    """Seat `count` members, the one who signs in first."""
    bodies = {c: chance.sample(names, max(2, min(len(names), count // 8))) for c, _, names, _ in SHARES if names}
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    chance.shuffle(names)
    writers = []
    for number in range(count):
        college, _, _, titles = _share(number, count)
        user = _agent(session, quick=quick) if number == 0 else _invented(session, collectif, names[number % len(names)], number)
        service_id, service_name = None, ""
        if college in bodies:
            kind = ServiceKind.SERVICE if college is College.SERVICE else ServiceKind.STRUCTURE
            service = service_named(session, collectif.id, chance.choice(bodies[college]), kind)
            session.flush()
            service_id, service_name = service.id, service.name
        title = chance.choice(titles)
        seat = {"college": college, "service_id": service_id, "title": title, "created_at": began}
        role = Role.ANIMATEUR if number == len(SHARES) else Role.MEMBRE
        session.add(Membership(user_id=user.id, collectif_id=collectif.id, role=role, **seat))
        writers.append(Writer(user.id, user.name, college, service_id, service_name, title))
    session.flush()
    return writers


def _share(number: int, count: int) -> tuple:
    """The collège of the nth member: one of each first, then the shares in order."""
    if number < len(SHARES):
        return SHARES[number]
    reached = 0.0
    for share in SHARES:
        reached += share[1]
        if number < reached * count - 1e-9:
            return share
    return SHARES[-1]


def _agent(session: RexSession, *, quick: bool) -> User:
    """The person of the demonstration who signs in as an agent; made when there is no demonstration."""
    user = session.scalars(
        select(User).join(Credential, Credential.user_id == User.id).where(Credential.address == SIGN_IN)
    ).first()
    if user is None:
        user = User(name="Camille Aubertin")
        session.add(user)
        session.flush()
        hashed = hash_password(PASSWORD, quick=quick)
        session.add(Credential(user_id=user.id, address=SIGN_IN, password_hash=hashed))
    return user


def _invented(session: RexSession, collectif: Collectif, name: str, number: int) -> User:
    user = User(name=name, last_collectif_id=collectif.id)
    session.add(user)
    session.flush()
    session.add(Credential(user_id=user.id, address=f"membre-{number}@{collectif.slug}.example"))
    return user
