"""Whom one may thank: the members of one's collectif, its services and structures, the authors of a récit of the réseau."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import func, select

from rex.access import MembershipView, Reader, group_readers, is_current, visible_members
from rex.collectifs import queries as collectifs
from rex.collectifs.models import Membership, Service, ServiceKind, User
from rex.db import RexSession
from rex.french import fold
from rex.journal.models import Authorship
from rex.journal.recognitions import TEAM, About, Recipient

NEAR = 6  # names proposed when none is the one typed


@dataclass(frozen=True)
class Candidate:
    """Somebody to thank, as a choice: `key` is what the form sends."""

    key: str
    name: str
    detail: str
    to: Recipient

    @property
    def label(self) -> str:
        """What tells two people of the same name apart."""
        return f"{self.name} ({self.detail})" if self.detail else self.name


def candidates(session: RexSession, reader: Reader, seat: MembershipView) -> list[Candidate]:
    """Services first, then people, by name; the reader left out, and the services that nobody else is in. Two statements. Of a
    group: its members, who have no service there."""
    if seat.is_group:
        return _fellows(session, reader, seat)
    rows = session.execute(
        visible_members(reader, seat.collectif_id)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(Membership.user_id != reader.user_id)
        .with_only_columns(
            User.id, User.public_id, User.name, Membership.title, Membership.service_id, Service.name.label("service")
        )
    ).all()
    inhabited = {row.service_id for row in rows}
    services = [s for s in collectifs.services(session, seat.collectif_id) if s.id in inhabited]
    people = sorted(rows, key=lambda row: fold(row.name))
    return [_service(s) for s in services] + [
        _person(row.id, row.public_id, row.name, ", ".join(filter(None, (row.service, row.title)))) for row in people
    ]


def _fellows(session: RexSession, reader: Reader, seat: MembershipView) -> list[Candidate]:
    others = [user_id for user_id, _ in group_readers(session, seat.collectif_id) if user_id != reader.user_id]
    rows = session.execute(select(User.id, User.public_id, User.name).where(User.id.in_(others))).all()
    return [_person(row.id, row.public_id, row.name, "") for row in sorted(rows, key=lambda row: fold(row.name))]


def _service(service: Service) -> Candidate:
    """« l’équipe Voirie » for a unit of the administration, « Parents du Faubourg » for a structure."""
    said = service.name if service.kind is ServiceKind.STRUCTURE else f"{TEAM}{service.name}"
    return Candidate(f"s-{service.public_id}", service.name, service.kind.label.lower(), Recipient(said, service_id=service.id))


def _person(user_id: int, public_id: str, name: str, detail: str) -> Candidate:
    return Candidate(f"p-{public_id}", name, detail, Recipient(name, user_id=user_id))


def first_proposed(session: RexSession, reader: Reader, about: About, among: Sequence[Candidate]) -> list[Candidate]:
    """The authors of the récit and their services, who are proposed before everybody. Of a récit of another collectif: the
    authors alone, who can be thanked because they sign it."""
    if reader.seat(about.collectif_id) is None:
        return _authors_elsewhere(session, reader, about)
    signed = session.execute(
        select(Authorship.user_id, Authorship.service_id).where(Authorship.entry_id == about.id).order_by(Authorship.position)
    ).all()
    people = {c.to.user_id: c for c in among if c.to.user_id}
    services = {c.to.service_id: c for c in among if c.to.service_id}
    found = [people[row.user_id] for row in signed if row.user_id in people]
    found += [services[row.service_id] for row in signed if row.service_id in services]
    return list(dict.fromkeys(found))


def _authors_elsewhere(session: RexSession, reader: Reader, about: About) -> list[Candidate]:
    with session.as_system("the authors of a récit of the réseau who can still be thanked"):
        rows = session.execute(
            select(User.id, User.public_id, User.name, func.max(Authorship.service_name).label("service"))
            .join(Authorship, Authorship.user_id == User.id)
            .join(Membership, (Membership.user_id == User.id) & (Membership.collectif_id == about.collectif_id))
            .where(Authorship.entry_id == about.id, is_current(), User.id != reader.user_id)
            .group_by(User.id, User.public_id, User.name)
            .order_by(func.min(Authorship.position))
        ).all()
    return [
        _person(row.id, row.public_id, row.name, ", ".join(filter(None, (row.service, about.collectif_name)))) for row in rows
    ]


def named(people: Sequence[Candidate], typed: str) -> list[Candidate]:
    """Those who bear the name typed: one, or several to choose from."""
    words = fold(typed)
    return [c for c in people if words in (fold(c.name), fold(c.label), fold(c.to.name))]


class HasName(Protocol):
    """Somebody among whom a name is looked for; `label` tells two people of the same name apart."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...


Somebody = TypeVar("Somebody", bound=HasName)


def near(people: Sequence[Somebody], typed: str) -> list[Somebody]:
    """Names that look like the one typed: those that hold its words, else those that are spelt nearly so."""
    words = fold(typed).split()
    holding = [c for c in people if all(word in fold(c.label) for word in words)]
    if holding:
        return holding[:NEAR]
    by_name = {fold(c.name): c for c in people}
    return [by_name[name] for name in difflib.get_close_matches(" ".join(words), by_name, n=NEAR, cutoff=0.6)]
