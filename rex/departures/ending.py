"""An account that its owner asks to delete: seven days in which one button takes it back, then the ticker does it.

Nothing changes meanwhile: the person reads and writes as before, and what they wrote is read."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupMember
from rex.collectifs.models import Credential, Membership, Space
from rex.db import RexSession
from rex.departures.chosen import Chosen, chosen_in
from rex.departures.erasing import erase_account
from rex.departures.models import AccountEnding
from rex.departures.obstacles import obstacles_of
from rex.sealed_words import saying_what_is_lost

log = logging.getLogger("rex.departures")

WAIT = timedelta(days=7)


def ending_of(session: RexSession, reader: Reader) -> AccountEnding | None:
    """The deletion that this person asked for."""
    return session.scalars(select(AccountEnding).where(AccountEnding.user_id == reader.user_id)).first()


def ends_on(session: RexSession, reader: Reader) -> datetime | None:
    """When this person's account will be deleted."""
    ending = ending_of(session, reader)
    return ending.due_at if ending else None


def ask(session: RexSession, reader: Reader, chosen: Chosen) -> AccountEnding:
    """Seven days from now; asked again, what was asked first stands with its date, and the last choice holds."""
    kept = ending_of(session, reader)
    if kept is None:
        now = clock.now()
        kept = AccountEnding(user_id=reader.user_id, asked_at=now, due_at=now + WAIT)
        session.add(kept)
    kept.keeps_recits, kept.keeps_words = chosen.keeps_recits, chosen.keeps_words
    kept.keeps_in_groups = chosen.keeps_in_groups
    session.flush()
    return kept


def take_back(session: RexSession, reader: Reader) -> bool:
    """They stay; False when nothing was asked."""
    gone = delete(AccountEnding).where(AccountEnding.user_id == reader.user_id).returning(AccountEnding.user_id)
    return session.execute(gone).first() is not None


def due(session: RexSession) -> list[int]:
    """Whose seven days are over (user ids), first asked first; for the ticker."""
    over = select(AccountEnding.user_id).where(AccountEnding.due_at <= clock.now())
    return list(session.scalars(over.order_by(AccountEnding.due_at, AccountEnding.user_id)))


def end_one(session: RexSession, user_id: int) -> tuple[str, bool] | None:
    """Delete this account, in a session of the system. Returns the address that it had, and whether it is done: what keeps the
    person from going since they asked ends the request, and they are told. None when they took it back meanwhile."""
    held = select(AccountEnding).where(AccountEnding.user_id == user_id, AccountEnding.due_at <= clock.now()).with_for_update()
    ending = session.scalars(held).first()
    if ending is None:
        return None
    _hold_places(session, user_id)
    address = session.scalar(select(Credential.address).where(Credential.user_id == user_id)) or ""
    if obstacles_of(session, user_id):
        session.delete(ending)
        session.flush()
        return address, False
    with saying_what_is_lost():  # a group whose key the host lost keeps nobody here
        erase_account(session, user_id, chosen_in(ending))
    log.info("an account was deleted, as its owner had asked")
    return address, True


def _hold_places(session: RexSession, user_id: int) -> None:
    """The journals and the groups where they are: of two who look after one and go at once, the second is told."""
    journals = select(Membership.collectif_id).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    groups = select(GroupMember.group_id).where(GroupMember.user_id == user_id, GroupMember.left_at.is_(None))
    places = select(Space.id).where(Space.id.in_(journals.union(groups)))
    session.scalars(places.order_by(Space.id).with_for_update()).all()
