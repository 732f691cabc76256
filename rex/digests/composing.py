"""A letter composes itself: what could be told is read, some of it is chosen, its words are quoted, and it waits for its hour.

Reading takes its time and holds nothing; writing takes a moment. Of two machines that compose the same letter at once, one writes
it: the hours that were done are kept in the settings of the space, held while it is written. An hour that had nothing to tell is
kept as done too: no empty letter, and nothing looked at twice."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from rex import clock
from rex.collectifs.models import Space
from rex.config import Config
from rex.db import Database, RexSession
from rex.digests.following import follow
from rex.digests.models import Digest, DigestItem, DigestQuote, DigestSettings, DigestState, Rhythm
from rex.digests.planning import Plan, plan_of
from rex.digests.rhythm import SPANS, TOO_LATE, at_hour, lead_of, next_due
from rex.journal.models import Entry
from rex.journal.moments import Change
from rex.sealed_words import SpaceKind

WITHOUT_RHYTHM, AT = timedelta(days=2), 8  # before a letter leaves, and at which hour, where none is set
READING = timedelta(minutes=15)  # more than it takes to put a letter together
log = logging.getLogger("rex.digests")


def compose_once(session: RexSession, space_id: int) -> Digest | None:
    """The letter that waits, else the one that there is to compose now: of two people who ask at once, one composes it."""
    with session.as_system("one person at a time composes the letter of a space"):
        _hold(session, space_id)
        waiting = select(Digest).where(Digest.collectif_id == space_id, Digest.state == DigestState.TO_EDIT)
        made = session.scalars(waiting.order_by(Digest.due_at.desc(), Digest.id.desc()).limit(1)).first()
    return made or compose(session, space_id)


def _hold(session: RexSession, space_id: int) -> None:
    """The space before the settings of its letter, as when one leaves: two who hold both never wait for each other."""
    session.execute(select(Space.id).where(Space.id == space_id).with_for_update(key_share=True))


def compose(session: RexSession, space_id: int, until: datetime | None = None) -> Digest | None:
    """The letter of this space about what was told since the last one, until now or `until`; None when there is nothing to tell.

    Composed early, it is that of the next hour: none other is composed for it. Once more for the same instant, the same letter."""
    now = clock.now()
    until = min(until or now, now)
    with session.as_system("whether a letter of this hour was composed already, and when the next one leaves"):
        same = session.scalars(select(Digest).where(Digest.collectif_id == space_id, Digest.until == until)).first()
        settings = session.scalars(select(DigestSettings).where(DigestSettings.collectif_id == space_id)).first()
        zone = session.scalars(select(Space.timezone).where(Space.id == space_id)).one()
        following = next_due(settings, zone, max(now, settings.done_until or now)) if settings is not None else None
    if same is not None:
        return same if same.state is not DigestState.DROPPED else None
    due = following or at_hour(clock.local(now, zone).date() + WITHOUT_RHYTHM, AT, zone)
    plan = plan_of(session, space_id, settings, until=until, due=due)
    if plan is None:
        return None
    if settings is not None and following is not None:
        with session.as_system("no other letter is composed for this hour"):
            _hold(session, space_id)
            settings.done_until = following
            session.flush()
    return write(session, plan)


def compose_due(database: Database, config: Config) -> int:
    """Compose the letters whose time has come; returns how many. Safe on several machines at once, or killed half-way."""
    now, done = clock.now(), 0
    with database.system("which letters are to be composed") as session:
        query = select(DigestSettings, Space).join(Space, Space.id == DigestSettings.collectif_id)
        rows = session.execute(query.where(DigestSettings.rhythm != Rhythm.NEVER).order_by(Space.id)).all()
        due = [(settings, when) for settings, space in rows if (when := _latest_due(settings, space, now)) is not None]
    for settings, (until, leaves_at) in due:
        try:
            done += _compose_one(database, settings, until, leaves_at)
        except Exception:  # the letters of other collectifs do not wait for this one, which is tried again at the next tick
            log.exception("a letter could not be composed")
    return done


def _latest_due(settings: DigestSettings, space: Space, now: datetime) -> tuple[datetime, datetime] | None:
    """(until, when it leaves) of the last letter whose time to be composed has come; of those missed, one tells all. One that is
    too late to leave is not composed: the next one tells what it would have told."""
    lead = lead_of(settings, is_group=space.kind is SpaceKind.GROUPE)
    after = settings.done_until or settings.set_at + lead
    found = None
    while (due := next_due(settings, space.timezone, after)) is not None and due - lead <= now:
        found, after = ((due - lead, due) if now - due < SPANS[settings.rhythm] * TOO_LATE else None), due
    return found


def _compose_one(database: Database, settings: DigestSettings, until: datetime, due: datetime) -> int:
    space_id = settings.collectif_id
    with database.system("what a letter could tell") as session:
        plan = plan_of(session, space_id, settings, until=until, due=due)
    with database.system("a letter is composed", write=True) as session:
        _hold(session, space_id)
        held = select(DigestSettings).where(DigestSettings.collectif_id == space_id).with_for_update()
        current = session.scalars(held).first()
        if current is None or (current.done_until is not None and current.done_until >= due):
            return 0
        current.done_until = due
        taken = select(Digest.id).where(Digest.collectif_id == space_id, Digest.until == until)
        if plan is None or session.scalar(taken) is not None:
            return 0
        write(session, plan)
        return 1


def write(session: RexSession, plan: Plan) -> Digest:
    """Put the letter in the base, to be read again."""
    with session.as_system("a letter is composed"):
        if plan.replaces is not None:
            stale = session.get(Digest, plan.replaces)
            if stale is not None and stale.state is DigestState.TO_EDIT and stale.edited_at is None and not stale.is_ready:
                stale.state = DigestState.DROPPED
        digest = Digest(collectif_id=plan.space_id, since=plan.since, until=plan.until, due_at=plan.due)
        session.add(digest)
        session.flush()
        for planned in plan.items:
            one = planned.proposed
            item = DigestItem(
                digest_id=digest.id, rubric=one.candidate.rubric, position=planned.position, entry_id=one.entry_id,
                action_id=one.action_id, exchange_id=one.exchange_id, seance_id=one.seance_id, balise=one.balise,
                title=one.title, words=one.words, link=one.link, why=one.why, mark=one.candidate.mark,
            )  # fmt: skip
            session.add(item)
            session.flush()
            for rank, quote in enumerate(planned.quotes):
                session.add(
                    DigestQuote(
                        item_id=item.id, entry_id=quote.entry_id, position=rank, words=quote.words, signature=quote.signature
                    )
                )
        session.flush()
        _follow_what_changed(session, {quote.entry_id for planned in plan.items for quote in planned.quotes})
    return digest


def _follow_what_changed(session: RexSession, entry_ids: Collection[int]) -> None:
    """What was taken back or corrected while the letter was put together: its quotes were not there yet to follow it."""
    changed = or_(Entry.published_at.is_(None), Entry.corrected_at >= clock.now() - READING)
    for entry in session.scalars(select(Entry).where(Entry.id.in_(entry_ids), changed).order_by(Entry.id)):
        follow(session, entry, Change.WITHDRAWN if entry.published_at is None else Change.CORRECTED)
