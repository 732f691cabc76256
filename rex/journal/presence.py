"""Who wrote each field of a draft last, and who is writing there now: read from what was saved, nothing more is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from rex import french
from rex.access import Reader
from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal.drafts import DraftView

HERE = timedelta(seconds=90)  # a save of another author within that time: they are writing here


@dataclass(frozen=True)
class Hand:
    """Who saved a field last."""

    name: str
    is_reader: bool
    at: datetime
    is_here: bool  # somebody else, just now

    @property
    def initials(self) -> str:
        return french.initials(self.name)

    def told(self, now: datetime, timezone: str | None) -> str:
        """« Écrit par Marc Oudin, il y a 2 h »."""
        return f"Écrit par {'vous' if self.is_reader else self.name}, {french.ago(self.at, now, timezone)}"


def hands_of(session: RexSession, reader: Reader, draft: DraftView, now: datetime) -> dict[str, Hand]:
    """The last hand of each field that somebody wrote since the working copy began (one statement)."""
    written = {slug: f for slug, f in draft.fields.items() if f.written_by_id is not None and f.written_at is not None}
    if not written:
        return {}
    ids = {f.written_by_id for f in written.values()}
    names = dict(session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
    hands = {}
    for slug, kept in written.items():
        if kept.written_at is not None and kept.written_by_id in names:
            mine = kept.written_by_id == reader.user_id
            recent = timedelta(0) <= now - kept.written_at <= HERE
            hands[slug] = Hand(names[kept.written_by_id], mine, kept.written_at, recent and not mine)
    return hands
