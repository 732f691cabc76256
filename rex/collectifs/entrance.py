"""Coming in: recognising a device, signing in and out, one-time links, the brake on attempts.

Tokens are random, given once, and kept as SHA-256 (they carry 192 bits of chance: no slow hash is needed). Passwords are
hashed with Argon2id. A known and an unknown address get the same answer after the same work."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select, update

from rex import clock
from rex.access import MembershipView, Reader, is_current
from rex.collectifs.entrance_models import Attempt, Device, OneTimeLink, Purpose
from rex.collectifs.models import Collectif, Credential, Membership, Service, User
from rex.db import Database, RexSession

STAYS_FOR = timedelta(days=60)  # « Rester connecté sur cet appareil »
LEAVES_AFTER = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
BRAKE_WINDOW = timedelta(minutes=15)
TRIES_PER_ADDRESS = 8  # in a window; a person mistypes three or four times
TRIES_PER_ORIGIN = 60  # a whole town hall may share one public address
LINK_LIVES = {
    Purpose.FIRST_ACCOUNT: timedelta(days=7),
    Purpose.PASSWORD: timedelta(hours=2),
    Purpose.ADDRESS_OLD: timedelta(days=2),
    Purpose.ADDRESS_NEW: timedelta(days=2),
}


class TooManyTries(Exception):
    """The brake holds; `wait` is how long."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


def new_token() -> str:
    return secrets.token_urlsafe(24)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def normal_address(address: str) -> str:
    return address.strip().lower()


# --- devices ------------------------------------------------------------------------------------------------------------


def recognise(session: RexSession, token: str) -> Reader | None:
    """The reader that a device's token stands for, with their current memberships; None when it is unknown, revoked,
    expired, or when the account is closed. One statement, on every page."""
    with session.as_system("recognise a device"):
        rows = session.execute(
            select(
                Device.id.label("device_id"),
                Device.seen_at,
                User.id.label("user_id"),
                User.public_id.label("user_public_id"),
                User.name,
                User.is_admin,
                User.theme,
                User.last_collectif_id,
                Membership.id.label("membership_id"),
                Membership.collectif_id,
                Membership.college,
                Membership.role,
                Membership.title,
                Membership.service_id,
                Service.name.label("service_name"),
                Collectif.public_id.label("collectif_public_id"),
                Collectif.slug,
                Collectif.name.label("collectif_name"),
                Collectif.is_demo,
                Collectif.timezone,
            )
            .join(User, User.id == Device.user_id)
            .outerjoin(Membership, (Membership.user_id == User.id) & is_current())
            .outerjoin(Collectif, Collectif.id == Membership.collectif_id)
            .outerjoin(Service, Service.id == Membership.service_id)
            .where(Device.token_hash == hash_token(token), Device.expires_at > clock.now(), User.closed_at.is_(None))
            .order_by(Collectif.name, Membership.id)
        ).all()
    if not rows:
        return None
    first = rows[0]
    session.info["device_seen_at"] = first.seen_at
    return Reader(
        user_id=first.user_id,
        user_public_id=first.user_public_id,
        name=first.name,
        is_admin=first.is_admin,
        theme=first.theme,
        last_collectif_id=first.last_collectif_id,
        device_id=first.device_id,
        memberships=tuple(
            MembershipView(
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
            for row in rows
            if row.membership_id is not None
        ),
    )


def visit_is_due(session: RexSession) -> bool:
    """Whether the device that was just recognised has not been noted for a while."""
    seen_at = session.info.get("device_seen_at")
    return seen_at is not None and clock.now() - seen_at >= SEEN_EVERY


def note_visit(database: Database, device_id: int | None, now: datetime) -> None:
    """Write when a device was last used: after the answer, at most every five minutes."""
    with database.system("a device was used", write=True) as session:
        session.execute(update(Device).where(Device.id == device_id).values(seen_at=now))


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


# --- passwords ----------------------------------------------------------------------------------------------------------


@lru_cache
def hasher(quick: bool) -> PasswordHasher:
    """Argon2id with the library's own defaults (RFC 9106, low-memory profile); `quick` is for tests alone."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if quick else PasswordHasher()


@lru_cache
def _nobody(quick: bool) -> str:
    """A hash that no password opens: an unknown address costs the same time as a known one."""
    return hasher(quick).hash(secrets.token_urlsafe(32))


def hash_password(password: str, *, quick: bool) -> str:
    return hasher(quick).hash(password)


def password_fits(password: str, password_hash: str | None, *, quick: bool) -> bool:
    """Compare in the same time whether the account exists, has a password, or not."""
    try:
        return hasher(quick).verify(password_hash or _nobody(quick), password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


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
        if hasher(quick).check_needs_rehash(row.password_hash):
            fresh = hash_password(password, quick=quick)
            session.execute(update(Credential).where(Credential.user_id == row.user_id).values(password_hash=fresh))
    return row.user_id


# --- the brake ----------------------------------------------------------------------------------------------------------


def brake(session: RexSession, secret: str, what: str, tried: str, origin: str) -> None:
    """Count one try at `what` (« connexion »), by what was tried (an address) and by where from. Raises TooManyTries.

    The try is kept even if the page then refuses: the caller says `web.keep_changes()`."""
    now = clock.now()
    with session.as_system("count attempts"):
        for value, most in ((f"{what}|{tried}", TRIES_PER_ADDRESS), (f"{what}|from|{origin}", TRIES_PER_ORIGIN)):
            key = hmac.new(secret.encode(), value.encode(), "sha256").hexdigest()
            since = select(func.count(), func.min(Attempt.at)).where(Attempt.key == key, Attempt.at > now - BRAKE_WINDOW)
            count, first = session.execute(since).one()
            if count >= most:
                raise TooManyTries(first + BRAKE_WINDOW - now)
            session.add(Attempt(key=key, at=now))
        session.flush()


def forget_tries(session: RexSession, secret: str, what: str, tried: str) -> None:
    """The right password was given: what was mistyped before no longer counts against this address."""
    key = hmac.new(secret.encode(), f"{what}|{tried}".encode(), "sha256").hexdigest()
    with session.as_system("forget attempts that ended well"):
        session.execute(delete(Attempt).where(Attempt.key == key))


def clean(session: RexSession) -> None:
    """Forget what expired: attempts, devices, links."""
    now = clock.now()
    session.execute(delete(Attempt).where(Attempt.at < now - BRAKE_WINDOW))
    session.execute(delete(Device).where(Device.expires_at < now))
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < now - timedelta(days=7)))


# --- one-time links -----------------------------------------------------------------------------------------------------


def make_link(session: RexSession, purpose: Purpose, user_id: int | None, new_address: str | None = None) -> str:
    """A token for a one-time address; the former links of the same purpose and person close."""
    token, now = new_token(), clock.now()
    with session.as_system("make a one-time link"):
        former = OneTimeLink.user_id == user_id if user_id else OneTimeLink.user_id.is_(None)
        if user_id or purpose is Purpose.FIRST_ACCOUNT:
            session.execute(
                update(OneTimeLink).where(OneTimeLink.purpose == purpose, former, OneTimeLink.used_at.is_(None)).values(used_at=now)
            )
        expires_at = now + LINK_LIVES[purpose]
        session.add(
            OneTimeLink(
                token_hash=hash_token(token), purpose=purpose, user_id=user_id, new_address=new_address, expires_at=expires_at
            )
        )
        session.flush()
    return token


def open_link(
    session: RexSession, purposes: tuple[Purpose, ...], token: str, *, to_use: bool = False
) -> OneTimeLink | None:
    """The link behind a token, if it is open; locked when it is about to be used up (`link.used_at`), on POST only."""
    query = select(OneTimeLink).where(OneTimeLink.token_hash == hash_token(token), OneTimeLink.purpose.in_(purposes))
    with session.as_system("open a one-time link"):
        link = session.scalars(query.with_for_update() if to_use else query).first()
    return link if link and link.is_open(clock.now()) else None
