"""When the members of a collectif are reminded of an open séance: before it, in the last mail that their rhythm gives them.

A day: on the working day before; a week: on the Monday of its week. Kept once for each of them and each hour that was set."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from rex import clock
from rex.access import is_current
from rex.collectifs.models import Collectif, Membership, User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.moments import What
from rex.notices.models import Notice, NoticeSettings, Rhythm
from rex.seances.models import Seance, Step

LONGEST = timedelta(days=8)  # from the Monday of a week to the end of the Sunday
SATURDAY, ONE_DAY = 5, timedelta(days=1)


def reminded_from(starts_at: datetime, timezone: str, rhythm: Rhythm) -> datetime:
    """The midnight from which a member with this rhythm is reminded."""
    day = clock.local(starts_at, timezone).date()
    if rhythm is Rhythm.WEEKLY:
        day -= timedelta(days=day.weekday())
    else:
        day -= ONE_DAY
        while day.weekday() >= SATURDAY:
            day -= ONE_DAY
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


def open_ones_soon(session: RexSession) -> list[int]:
    """The séances of collectifs that may be near enough."""
    now = clock.now()
    soon = (
        select(Seance.id)
        .join(Collectif, Collectif.id == Seance.collectif_id)
        .where(Seance.cancelled_at.is_(None), Seance.step == Step.DEPOSER)
        .where(Seance.starts_at > now, Seance.starts_at <= now + LONGEST)
    )
    return list(session.scalars(soon.order_by(Seance.id)))


def remind_of(session: RexSession, seance: Seance, timezone: str) -> None:
    """Keep what reminds the members for whom the time has come, once; who was told of it since then needs nothing more."""
    for rhythm in Rhythm:
        since = reminded_from(seance.starts_at, timezone, rhythm)
        if since <= clock.now() and seance.created_at < since:
            moments.tell_of_seance(
                session, None, What.SEANCE_SOON, seance.id, seance.starts_at, _not_reminded(session, seance, rhythm, since)
            )


def _not_reminded(session: RexSession, seance: Seance, rhythm: Rhythm, since: datetime) -> list[int]:
    kept = select(Notice.id).where(
        Notice.user_id == Membership.user_id,
        Notice.seance_id == seance.id,
        Notice.what.in_((What.SEANCE_SOON, What.SEANCE_MOVED)),
        Notice.created_at >= since,
    )
    query = (
        select(Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .outerjoin(NoticeSettings, NoticeSettings.user_id == Membership.user_id)
        .where(Membership.collectif_id == seance.collectif_id, is_current(), ~kept.exists())
        .where(func.coalesce(NoticeSettings.rhythm, Rhythm.DAILY.value) == rhythm.value)
    )
    return list(session.scalars(query))
