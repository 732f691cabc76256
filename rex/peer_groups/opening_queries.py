"""The openings of a group, as its members read them: those to come, those that go on, those that are over and stay written."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from rex.access import Reader
from rex.collectifs.group_models import GroupOpening
from rex.collectifs.models import User
from rex.db import RexSession


@dataclass(frozen=True)
class Opened:
    """An opening. Who has not answered, who said no and who has no account are said alike."""

    public_id: str
    name: str
    asked_by: str
    shows_past: bool
    starts_at: datetime
    last_day: datetime  # the last one on which they could read
    has_begun: bool
    is_over: bool
    is_read: bool  # the person accepted the pacte
    was_cut: bool  # it ended before its date


def openings(session: RexSession, reader: Reader, group_id: int) -> list[Opened]:
    """All that the members ever opened, the last one first. Two statements."""
    newest = GroupOpening.starts_at.desc(), GroupOpening.id.desc()
    rows = session.scalars(select(GroupOpening).where(GroupOpening.group_id == group_id).order_by(*newest)).all()
    ids = {user_id for row in rows for user_id in (row.user_id, row.asked_by_id) if user_id is not None}
    names = {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(ids)))}
    return [_opened(row, names, reader.now) for row in rows]


def _opened(row: GroupOpening, names: dict[int, str], now: datetime) -> Opened:
    end = min(row.ended_at or row.ends_at, row.ends_at)
    is_read = row.accepted_at is not None
    return Opened(
        public_id=row.public_id,
        name=names.get(row.user_id or 0, row.called) if is_read else row.called,
        asked_by=names.get(row.asked_by_id or 0, "une personne"),
        shows_past=row.shows_past,
        starts_at=row.starts_at,
        last_day=end if row.ended_at else end - timedelta(seconds=1),
        has_begun=row.starts_at <= (row.ended_at or now),
        is_over=end <= now,
        is_read=is_read,
        was_cut=row.ended_at is not None,
    )
