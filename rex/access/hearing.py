"""Who among several people reads something now: the conditions of the second lock, asked of all at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from rex.access import inner
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Audience
from rex.journal.recognition_models import Answer


def who_reads(session: RexSession, entry_id: int, user_ids: Sequence[int], exchange_id: int | None = None) -> set[int]:
    """Those among these people who read an entry now, and this message under it: what `is_readable` and `said_before` let each
    of them read, asked of all at once (one statement)."""
    entry, place, group, by = inner.entry.c, inner.member.c, inner.group.c, inner.authorship.c
    seats = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None)).correlate(User)
    here = seats.where(Membership.collectif_id == entry.collectif_id).correlate(User, inner.entry).exists()
    somewhere = seats.exists()
    among = (
        select(place.id)
        .select_from(inner.member.join(inner.group, group.id == place.group_id))
        .where(place.group_id == entry.collectif_id, place.user_id == User.id, place.left_at.is_(None), somewhere)
        .where(place.shut_at.is_(None))
        .correlate(User, inner.entry, inner.exchange)
    )
    since = or_(place.arrived_at <= entry.published_at, group.shows_history)
    in_space = or_(here, among.exists())
    thanked = seats.where(Membership.service_id == inner.recognition.c.to_service_id).correlate(User, inner.recognition).exists()
    signs = select(by.id).where(by.entry_id == entry.id, by.user_id == User.id)
    told = and_(
        or_(
            and_(entry.audience == Audience.COLLECTIF, here),
            and_(entry.audience == Audience.RESEAU, somewhere),
            and_(entry.audience == Audience.GROUPE, among.where(since).exists()),
        ),
        entry.suspended_at.is_(None),
    )
    received = and_(
        or_(inner.recognition.c.to_user_id == User.id, thanked),
        inner.recognition.c.answer != Answer.DECLINED,
        or_(in_space, and_(inner.recognition.c.intended == Audience.RESEAU, somewhere)),
        entry.suspended_at.is_(None),
    )
    query = (
        select(User.id)
        .join(inner.entry, entry.id == entry_id)
        .outerjoin(inner.recognition, inner.recognition.c.id == entry.id)
        .where(User.id.in_(user_ids), User.closed_at.is_(None))
    )
    if exchange_id is None:
        signed = and_(in_space, signs.correlate(User, inner.entry).exists())
        query = query.where(or_(told, signed, received))
    else:
        said = inner.exchange.c
        query = query.join(inner.exchange, and_(said.id == exchange_id, said.entry_id == entry.id))
        then = or_(place.arrived_at <= said.created_at, group.shows_history)
        query = query.where(told, or_(said.audience == Audience.RESEAU, here, among.where(then).exists()))
    with session.as_system("know who among those concerned may read"):
        return set(session.scalars(query))


def still_hears(user_id: Any) -> ColumnElement[bool]:
    """Whether this person (a column) still reads the `Exchange` of the statement: a current member of the collectif of its
    entry, or of any one when both are told to the réseau; in a group, a member who was there when both were told."""
    entry, place, group = inner.entry.c, inner.member.c, inner.group.c
    seat, said = inner.membership.c, Exchange.audience == Audience.RESEAU
    everywhere = and_(said, entry.audience == Audience.RESEAU)
    there = (
        select(seat.id)
        .select_from(inner.membership.join(inner.user, inner.user.c.id == seat.user_id))
        .join(inner.entry, or_(seat.collectif_id == entry.collectif_id, everywhere))
        .where(
            entry.id == Exchange.entry_id,
            seat.user_id == user_id,
            seat.ended_at.is_(None),
            inner.user.c.closed_at.is_(None),
        )
    )
    among = (
        select(place.id)
        .select_from(inner.member.join(inner.group, group.id == place.group_id))
        .join(inner.entry, and_(entry.collectif_id == place.group_id, entry.audience == Audience.GROUPE))
        .join(inner.user, inner.user.c.id == place.user_id)
        .join(inner.membership, seat.user_id == place.user_id)
        .where(
            entry.id == Exchange.entry_id,
            place.user_id == user_id,
            place.left_at.is_(None),
            place.shut_at.is_(None),
            or_(and_(place.arrived_at <= entry.published_at, place.arrived_at <= Exchange.created_at), group.shows_history),
            inner.user.c.closed_at.is_(None),
            seat.ended_at.is_(None),
        )
    )
    looked_up = inner.membership, inner.user, inner.entry, inner.member, inner.group
    return or_(there.correlate_except(*looked_up).exists(), among.correlate_except(*looked_up).exists())
