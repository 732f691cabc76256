"""Recovering an account whose mailbox is lost: the one change of address that the former address does not confirm.

Who administers asks for it, and sets nothing: the new address confirms, three days later at the earliest, and the former one,
told at once, may stop it until then. Since nobody but the holder of the new mailbox has said anything, what a mailbox alone must
not open stays shut: the rooms further down say what (`after_recovery`)."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update

from rex import clock
from rex.collectifs.entrance import close_devices_of
from rex.collectifs.entrance_models import OneTimeLink, Purpose
from rex.collectifs.links import make_link
from rex.collectifs.models import Credential
from rex.db import RexSession

WAITS = timedelta(hours=72)
ENDS = (Purpose.LOST_OLD, Purpose.LOST_NEW)

_after: dict[str, Callable[[RexSession, int], None]] = {}


def after_recovery(room: str, act: Callable[[RexSession, int], None]) -> None:
    """Call `act(session, user_id)` in the transaction in which an address is recovered."""
    _after[room] = act


def ask_recovery(session: RexSession, user_id: int, address: str) -> tuple[str, str]:
    """The tokens of the two links: the former address stops it with the first, the new one confirms with the second. Asking
    again closes the links of before."""
    old, new = (make_link(session, end, user_id, address) for end in ENDS)
    return old, new


def is_ripe(link: OneTimeLink) -> bool:
    """Whether the former address had its three days."""
    return link.created_at + WAITS <= clock.now()


def stop_recovery(session: RexSession, link: OneTimeLink) -> None:
    """The former address answers: nothing changes, and both links close."""
    with session.as_system("stop the recovery of an address"):
        both = update(OneTimeLink).where(OneTimeLink.user_id == link.user_id, OneTimeLink.purpose.in_(ENDS))
        session.execute(both.where(OneTimeLink.used_at.is_(None)).values(used_at=clock.now()))


def recover(session: RexSession, link: OneTimeLink) -> bool:
    """The new address confirms: it opens the account from now on, every device is signed out, both links close. False when
    another account has this address."""
    if link.user_id is None or link.new_address is None:
        return False
    with session.as_system("recover an account whose address is lost"):
        if session.scalar(select(Credential.user_id).where(Credential.address == link.new_address)):
            return False
        mine = update(Credential).where(Credential.user_id == link.user_id)
        session.execute(mine.values(address=link.new_address, changed_at=clock.now()))
    stop_recovery(session, link)
    close_devices_of(session, link.user_id)
    for act in _after.values():
        act(session, link.user_id)
    return True
