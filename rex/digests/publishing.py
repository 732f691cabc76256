"""A letter is published: it takes its number, once, and never changes afterwards. By a person, or by itself at its hour.

If nobody reread it, the choice of its collectif applies: it leaves as it is, or waits. The letter of a group has no editor."""

import logging
from collections.abc import Callable

from sqlalchemy import and_, func, or_, select

from rex import clock
from rex.access import Reader, group_readers
from rex.collectifs.models import Space
from rex.config import Config
from rex.db import Database, RexSession
from rex.digests.models import Digest, DigestItem, DigestSettings, DigestState
from rex.digests.recipients import count_recipients
from rex.digests.refreshing import refresh_questions
from rex.digests.rhythm import keep_hour
from rex.journal.models import Entry, Recit
from rex.peer_groups import telling
from rex.sealed_words import SpaceKind

log = logging.getLogger("rex.digests")


class AlreadyGone(Exception):
    """It was published or dropped meanwhile."""


class NothingToTell(Exception):
    """All that it told was withdrawn or removed: an empty letter does not leave."""


# What ends the transaction of a letter that leaves by itself, by the name of who does it: mails are drawn on a higher floor.
_after: dict[str, Callable[[RexSession, Config], None]] = {}


def on_publishing(name: str, act: Callable[[RexSession, Config], None]) -> None:
    """Call `act` at the end of the transaction in which a letter was published by itself (once; again changes nothing)."""
    _after[name] = act


def hold_to_publish(session: RexSession, digest: Digest) -> SpaceKind:
    """Keep the space of a letter, then the letter, for this transaction: in the order in which one is composed, so that neither
    waits for the other. Raises AlreadyGone."""
    with session.as_system("a letter is about to leave: its space and itself are held"):
        kind = session.scalars(select(Space.kind).where(Space.id == digest.collectif_id).with_for_update()).one()
        session.refresh(digest, with_for_update=True)
    if digest.state is not DigestState.TO_EDIT:
        raise AlreadyGone
    return kind


def publish(session: RexSession, digest: Digest, by: Reader | None) -> None:
    """Give the letter its number and let its members read it; its mails follow (`rex.digests.sending`). `by`: none when it leaves
    by itself. Raises AlreadyGone, NothingToTell."""
    kind = hold_to_publish(session, digest)
    with session.as_system("a letter is published: it takes the next number of its space"):
        refresh_questions(session, digest, clock.now())
        if not _tells_something(session, digest):
            raise NothingToTell
        last = session.scalar(select(func.max(Digest.number)).where(Digest.collectif_id == digest.collectif_id))
        digest.number = (last or 0) + 1
        digest.state, digest.published_at = DigestState.PUBLISHED, clock.now()
        digest.published_by_id = by.user_id if by else None
        if by is not None:
            _keep_hour(session, digest)
        if kind is SpaceKind.GROUPE:
            digest.is_posted = True  # its mails say that something is new, and no more
        else:
            digest.sent_to = count_recipients(session, digest.collectif_id)
        session.flush()
    if kind is SpaceKind.GROUPE:
        members = (user_id for user_id, _ in group_readers(session, digest.collectif_id))
        telling.tell(session, digest.collectif_id, members, f"letter|{digest.public_id}")


def _keep_hour(session: RexSession, digest: Digest) -> None:
    query = select(DigestSettings).where(DigestSettings.collectif_id == digest.collectif_id).with_for_update()
    if settings := session.scalars(query.execution_options(populate_existing=True)).first():
        keep_hour(settings, digest.due_at)


def publish_due(database: Database, config: Config) -> int:
    """Publish the letters whose hour has come and that wait for nobody; returns how many left. One that has nothing to tell any
    more is dropped. Safe to run twice at once: a letter is held while it takes its number."""
    by_itself = and_(DigestSettings.waits_for_edition.is_(False), Digest.until < Digest.due_at)  # not one that somebody asked for
    waits_for_nobody = or_(Digest.is_ready, Space.kind == SpaceKind.GROUPE, by_itself)
    with database.system("which letters leave by themselves now") as session:
        due = session.scalars(
            select(Digest.id)
            .join(Space, Space.id == Digest.collectif_id)
            .outerjoin(DigestSettings, DigestSettings.collectif_id == Digest.collectif_id)
            .where(Digest.state == DigestState.TO_EDIT, Digest.due_at <= clock.now(), waits_for_nobody)
            .order_by(Digest.due_at, Digest.id)
        ).all()
    left = 0
    for digest_id in due:
        try:
            left += _publish_one(database, config, digest_id)
        except Exception:  # the letters of other spaces do not wait for this one, which is tried again at the next tick
            log.exception("a letter could not leave")
    return left


def _publish_one(database: Database, config: Config, digest_id: int) -> bool:
    with database.system("a letter leaves at its hour", write=True) as session:
        digest = session.get(Digest, digest_id)
        if digest is None:
            return False
        try:
            publish(session, digest, None)
        except AlreadyGone:
            return False
        except NothingToTell:
            digest.state = DigestState.DROPPED
            return False
        for act in _after.values():
            act(session, config)
    return True


def _tells_something(session: RexSession, digest: Digest) -> bool:
    """Whether somebody would read something in it now; asked as the system, of ids and states alone. A balise without what
    illustrates it, or that something waits for a name, is no reason to write, as when it was chosen."""
    if digest.edito.strip():
        return True
    is_told = and_(Entry.published_at.is_not(None), Entry.suspended_at.is_(None))
    told = select(Entry.id).where(Entry.id == DigestItem.entry_id, is_told).correlate(DigestItem).exists()
    acted = select(Recit.id).where(Recit.action_id == DigestItem.action_id, is_told).correlate(DigestItem).exists()
    item = select(DigestItem.id).where(
        DigestItem.digest_id == digest.id,
        DigestItem.is_removed.is_(False),
        or_(told, acted, DigestItem.seance_id.is_not(None), DigestItem.is_by_hand),
    )
    return session.scalar(item.limit(1)) is not None
