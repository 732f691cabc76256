"""Coming in: who an address and a password open, signing a device in and out, recognising it on every page.

A known and an unknown address get the same answer after the same work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update

from rex import clock
from rex.access import MembershipView, Reader, is_current
from rex.collectifs import brake
from rex.collectifs.entrance_models import Attempt, Device, OneTimeLink
from rex.collectifs.group_models import GroupMember
from rex.collectifs.group_seats import GROUPS, VISITS, group_seats
from rex.collectifs.models import Collectif, Credential, Membership, Service, User, normal_address
from rex.collectifs.passwords import hash_password, needs_rehash, password_fits
from rex.collectifs.tokens import hash_token, new_token
from rex.db import Database, RexSession
from rex.kept import Kept
from rex.shapes import Shape

STAYS_FOR = timedelta(days=60)  # « Rester connecté sur cet appareil »
LEAVES_AFTER = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
SEEN_IN_GROUP_EVERY = timedelta(days=1)

# What makes a reader: one row for each current membership, one row without any when there is none.
_READER = (
    User.id.label("user_id"),
    User.public_id.label("user_public_id"),
    User.name,
    User.is_admin,
    User.theme,
    User.news_at,
    User.last_collectif_id,
    Membership.id.label("membership_id"),
    Membership.collectif_id,
    Membership.college,
    Membership.role,
    Membership.title,
    Membership.service_id,
    GROUPS.label("groups"),
    Service.name.label("service_name"),
    Collectif.public_id.label("collectif_public_id"),
    Collectif.slug,
    Collectif.name.label("collectif_name"),
    Collectif.is_demo,
    Collectif.timezone,
)


def _seated(people: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same people with their places."""
    return (
        people.outerjoin(Membership, (Membership.user_id == User.id) & is_current())
        .outerjoin(Collectif, Collectif.id == Membership.collectif_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(User.closed_at.is_(None))
        .order_by(Collectif.name, Membership.id)
    )


@Kept
def _seats(_: Shape) -> Select[*tuple[Any, ...]]:
    """Of the person who signed this device in."""
    also = Device.id.label("device_id"), Device.seen_at, VISITS.label("visits")
    device = select(*also, *_READER).join(User, User.id == Device.user_id)
    return _seated(device.where(Device.token_hash == bindparam("token"), Device.expires_at > bindparam("now")))


_PEOPLE = _seated(select(*_READER).select_from(User).where(User.id.in_(bindparam("user_ids", expanding=True))))


def recognise(session: RexSession, token: str) -> Reader | None:
    """The reader that a device's token stands for, with their current memberships; None when it is unknown, revoked,
    expired, or when the account is closed. One statement, on every page."""
    with session.as_system("recognise a device"):
        now = clock.now()
        rows = _seats.rows(session, token=hash_token(token), now=now, not_seen_since=now - SEEN_IN_GROUP_EVERY)
    if not rows:
        return None
    first = rows[0]
    session.info["device_seen_at"] = first.seen_at
    return _reader(rows, first.device_id, first.visits or "")


def as_readers(session: RexSession, user_ids: Sequence[int]) -> dict[int, Reader]:
    """These people as `recognise` would make them now, by user id, to read what a mail tells them; closed accounts are left
    out. One statement. Groups that are open to them to read are left out too: nobody is written to about what they visit."""
    with session.as_system("know what persons may read now"):
        rows = session.execute(_PEOPLE, {"user_ids": list(user_ids), "not_seen_since": clock.now()}).all()
    per_person: dict[int, list[Any]] = {}
    for row in rows:
        per_person.setdefault(row.user_id, []).append(row)
    return {user_id: _reader(those) for user_id, those in per_person.items()}


def _reader(rows: Sequence[Any], device_id: int | None = None, visits: str = "") -> Reader:
    first = rows[0]
    memberships = tuple(_seat(row) for row in rows if row.membership_id is not None)
    groups, visited = group_seats(first.groups or "", visits, memberships)
    return Reader(
        user_id=first.user_id,
        user_public_id=first.user_public_id,
        name=first.name,
        is_admin=first.is_admin,
        theme=first.theme,
        has_news=first.news_at is not None,
        last_collectif_id=first.last_collectif_id,
        device_id=device_id,
        memberships=memberships,
        groups=groups,
        visits=visited,
    )


def _seat(row: Any) -> MembershipView:
    return MembershipView(
        id=row.membership_id,
        collectif_id=row.collectif_id,
        collectif_public_id=row.collectif_public_id,
        collectif_slug=row.slug,
        collectif_name=row.collectif_name,
        is_demo=row.is_demo,
        timezone=row.timezone,
        college=row.college,
        service_id=row.service_id,
        service_name=row.service_name or "",
        title=row.title,
        role=row.role,
    )


def visit_is_due(session: RexSession) -> bool:
    """Whether the device that was just recognised has not been noted for a while."""
    seen_at = session.info.get("device_seen_at")
    return seen_at is not None and clock.now() - seen_at >= SEEN_EVERY


def note_visit(database: Database, device_id: int | None, now: datetime) -> None:
    """Write when a device was last used: after the answer, at most every five minutes."""
    with database.system("a device was used", write=True) as session:
        session.execute(update(Device).where(Device.id == device_id).values(seen_at=now))


def note_visit_to_group(database: Database, user_id: int, group_id: int, now: datetime) -> None:
    """Write the day of somebody's last visit to a group: after the answer, at most once a day."""
    mine = GroupMember.user_id == user_id, GroupMember.group_id == group_id, GroupMember.left_at.is_(None)
    with database.system("a member came to their group", write=True) as session:
        session.execute(update(GroupMember).where(*mine).values(seen_at=now))


def open_device(session: RexSession, user_id: int, user_agent: str, *, stays: bool) -> str:
    """Sign a browser in; returns the token for its cookie."""
    token, now = new_token(), clock.now()
    with session.as_system("sign a device in"):
        session.add(
            Device(
                token_hash=hash_token(token),
                user_id=user_id,
                label=device_label(user_agent),
                seen_at=now,
                expires_at=now + (STAYS_FOR if stays else LEAVES_AFTER),
            )
        )
        session.flush()
    return token


def close_device(session: RexSession, token: str) -> None:
    """Sign one device out, for good."""
    with session.as_system("sign a device out"):
        session.execute(delete(Device).where(Device.token_hash == hash_token(token)))


def close_devices_of(session: RexSession, user_id: int, *, but: int | None = None) -> None:
    """Sign a person's devices out, all or all but one (after a change of password)."""
    with session.as_system("sign devices out"):
        session.execute(delete(Device).where(Device.user_id == user_id, Device.id != (but or 0)))


def device_label(user_agent: str) -> str:
    """« Firefox, Windows » from the browser's own description: enough to recognise a device, no more."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
               ("Mac OS", "Mac"), ("Linux", "Linux"))
    names = [next((name for mark, name in marks if mark in user_agent), "") for marks in (browsers, systems)]
    return ", ".join(name for name in names if name) or "Navigateur inconnu"


def person_at(session: RexSession, address: str, password: str, *, quick: bool) -> int | None:
    """The id of the account that this address and password open, else None."""
    with session.as_system("check a password"):
        row = session.execute(
            select(Credential.user_id, Credential.password_hash)
            .join(User, User.id == Credential.user_id)
            .where(Credential.address == normal_address(address), User.closed_at.is_(None))
        ).first()
        fits = password_fits(password, row.password_hash if row else None, quick=quick)
        if row is None or not fits:
            return None
        if needs_rehash(row.password_hash, quick=quick):
            fresh = hash_password(password, quick=quick)
            session.execute(update(Credential).where(Credential.user_id == row.user_id).values(password_hash=fresh))
    return row.user_id


def clean(session: RexSession) -> None:
    """Forget what expired: attempts, devices, links."""
    now = clock.now()
    session.execute(delete(Attempt).where(Attempt.at < now - brake.WINDOW))
    session.execute(delete(Device).where(Device.expires_at < now))
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < now - timedelta(days=7)))
