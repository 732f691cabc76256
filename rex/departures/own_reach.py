"""How far the archive of a person’s own data reaches.

Where they have a place, an entry that they sign with others is theirs as it stands. In a journal that they left, or that took them
out, the others go on writing: of what several hands signed or wrote, only what readers read while the person was there. What they
alone ever signed stays theirs whole."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import exists, func, or_, select

from rex.access import Reader
from rex.collectifs.models import Collectif, Membership
from rex.db import RexSession
from rex.journal.models import Authorship, Draft, Entry, Revision
from rex.journal.together_models import FormerAuthor

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Journal:
    """A collectif in which the person wrote, once or now. `left_at`: since when they have no place there; None: they have one."""

    id: int
    folder: str
    name: str
    key_name: str
    left_at: datetime | None

    def saw(self, at: datetime | None) -> bool:
        """Whether they had a place there at this instant, or nothing happened."""
        return at is None or self.left_at is None or at <= self.left_at


def journals_of(session: RexSession, reader: Reader) -> list[Journal]:
    """All of them: what the person did not write in is left out by what asks."""
    with session.as_system("a person takes along what they wrote"):
        rows = session.scalars(select(Collectif).order_by(Collectif.id)).all()
        places = select(Membership.collectif_id, Membership.ended_at).where(Membership.user_id == reader.user_id)
        ended = {collectif_id: ended_at for collectif_id, ended_at in session.execute(places)}
    return [
        Journal(one.id, f"journal-{one.slug}", one.name, one.key_name,
                None if reader.seat(one.id) else ended.get(one.id) or NEVER)
        for one in rows
    ]


def signed_with_others(session: RexSession, user_id: int, space_id: int) -> set[int]:
    """The entries of a space that this person signs and that somebody else signs too, or signed once (ids); as the system."""
    others = or_(
        exists().where(Authorship.entry_id == Entry.id, Authorship.user_id.is_distinct_from(user_id)),
        exists().where(FormerAuthor.entry_id == Entry.id, FormerAuthor.user_id != user_id),
    )
    mine = exists().where(Authorship.entry_id == Entry.id, Authorship.user_id == user_id)
    return set(session.scalars(select(Entry.id).where(Entry.collectif_id == space_id, mine, others)))


def is_of_others_too(session: RexSession, user_id: int, journal: Journal, entry: Entry) -> bool:
    """Whether some of its words may be somebody else’s, written after this person left: several sign it, or it changed since."""
    if journal.left_at is None:
        return False
    if not all(journal.saw(at) for at in (entry.published_at, entry.corrected_at, entry.withdrawn_at)):
        return True
    changed = session.scalar(select(Draft.changed_at).where(Draft.entry_id == entry.id))
    told = session.scalar(select(func.max(Revision.created_at)).where(Revision.entry_id == entry.id))
    if not (journal.saw(changed) and journal.saw(told)):
        return True
    return entry.id in signed_with_others(session, user_id, journal.id)


def stood_when_they_left(journal: Journal, entry: Entry) -> bool:
    """Whether readers read today, word for word, what they read then."""
    if entry.published_at is None or entry.suspended_at is not None:
        return False
    return journal.saw(entry.published_at) and journal.saw(entry.corrected_at)
