"""What the journal tells, kept for whom it concerns: one row per person, never the actor, never who may not read it now."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from rex import clock
from rex.access import Reader, group_readers, is_current, who_reads
from rex.collectifs.models import Membership, User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.models import Audience, Authorship, Entry
from rex.journal.moment_models import Change, What
from rex.notices import of_readings
from rex.notices.models import Notice
from rex.notices.news import HIDING, HIDING_WORDS, forget_news, has_news
from rex.notices.of_seances import BEFORE_IT, speaking
from rex.notices.queries import AT_ONCE, TO_JUDGES
from rex.peer_groups import parts, telling
from rex.reports.models import Report, on_entry

# Told to persons who do not read the text: the invitation itself, or the report to judge, is their right, looked at again when
# it is shown.
ASKED_BEFORE_READING = frozenset({What.CO_AUTHOR_ASKED, What.RECIT_ASKED}) | TO_JUDGES
ONE_DAY = timedelta(days=1)
AT_A_TIME = 500  # people, so that a statement stays one that both engines take


def listen() -> None:
    """Hear what the journal tells (once; again changes nothing)."""
    moments.on_telling("notices", keep)
    moments.on_telling_of_seance("notices", keep_of_seance)
    moments.on_telling_of_reading("notices", keep_of_reading)
    moments.on_change("notices", follow)
    parts.before_going("notices", forget_group)
    telling.heard_by("notices", has_news)


def keep(
    session: RexSession,
    actor: Reader | None,
    what: What,
    entry_id: int | None,
    to: Iterable[int | None],
    exchange_id: int | None = None,
) -> None:
    """Keep a notice for each of these people, within the transaction of the act."""
    actor_id = actor.user_id if actor else None
    concerned = sorted({user_id for user_id in to if user_id is not None and user_id != actor_id})
    for start in range(0, len(concerned), AT_A_TIME):
        _keep_for(session, actor_id, what, entry_id, concerned[start : start + AT_A_TIME], exchange_id)
    if what in HIDING and entry_id is not None:
        refresh_news(session, entry_id)


def keep_of_seance(
    session: RexSession, actor: Reader | None, what: What, seance_id: int, told_at: datetime, to: Iterable[int]
) -> None:
    """The same, of a séance: for those of its space, in a group those who were there when it was told."""
    actor_id = actor.user_id if actor else None
    concerned = {user_id for user_id in to if user_id != actor_id}
    space_id, is_group = speaking().space_of(session, seance_id)
    if is_group:
        there = concerned.intersection(user_id for user_id, _ in group_readers(session, space_id, told_at))
    else:
        there = _in_collectif(session, space_id, concerned)
    before = [Notice.what.in_(BEFORE_IT)] if what is What.SEANCE_MOVED else []  # the last hour is said alone, and told again
    _keep_about(session, actor_id, what, {"seance_id": seance_id}, there, before)


def keep_of_reading(session: RexSession, actor: Reader | None, what: What, reading_id: int, to: Iterable[int]) -> None:
    """The same, of a lecture contradictoire: what became of it last is said alone."""
    actor_id = actor.user_id if actor else None
    concerned = {user_id for user_id in to if user_id != actor_id}
    there = _in_collectif(session, of_readings.speaking().space_of(session, reading_id), concerned)
    before = [Notice.what.in_(HIDING_WORDS)] if what in HIDING_WORDS else []
    _keep_about(session, actor_id, what, {"reading_id": reading_id}, there, before)


def _keep_about(
    session: RexSession,
    actor_id: int | None,
    what: What,
    thing: dict[str, int],
    to: Collection[int],
    before: Sequence[ColumnElement[bool]],
) -> None:
    """Of what is no entry (`thing`: the column that names it); `before`: what was told of it and is not worth saying any more."""
    of_it = [Notice.seen_at.is_(None), *(getattr(Notice, name) == value for name, value in thing.items())]
    same = (Notice.what == what, *of_it)
    row = {"what": what, **thing, "actor_id": actor_id, "created_at": clock.now()}
    some = sorted(to)
    for start in range(0, len(some), AT_A_TIME):
        batch = some[start : start + AT_A_TIME]
        with session.as_system("keep what persons should know"):
            if before:
                former = delete(Notice).where(Notice.user_id.in_(batch), *of_it, *before)
                session.execute(former.execution_options(synchronize_session=False))
            told_already = set(session.scalars(select(Notice.user_id).where(Notice.user_id.in_(batch), *same)))
            rows = [row | {"user_id": user_id} for user_id in batch if user_id not in told_already]
            if rows:
                session.execute(insert(Notice), rows)
        has_news(session, batch)


def _in_collectif(session: RexSession, collectif_id: int, user_ids: Collection[int]) -> set[int]:
    with session.as_system("know who among those concerned is still a member"):
        query = select(Membership.user_id).join(User, User.id == Membership.user_id)
        found = session.scalars(query.where(Membership.collectif_id == collectif_id, is_current()))
        return set(found).intersection(user_ids)


def _keep_for(
    session: RexSession, actor_id: int | None, what: What, entry_id: int | None, to: Sequence[int], exchange_id: int | None
) -> None:
    if entry_id is None or what in ASKED_BEFORE_READING:
        may_know = _members(session, to)
    else:
        may_know = who_reads(session, entry_id, to, exchange_id)
    if not may_know:
        return
    same = (
        Notice.user_id.in_(may_know),
        Notice.what == what,
        Notice.seen_at.is_(None),
        Notice.entry_id.is_not_distinct_from(entry_id),
        Notice.exchange_id.is_not_distinct_from(exchange_id),
        Notice.actor_id.is_not_distinct_from(actor_id),
    )
    row = {"what": what, "entry_id": entry_id, "exchange_id": exchange_id, "actor_id": actor_id, "created_at": clock.now()}
    with session.as_system("keep what persons should know"):
        told_already = set(session.scalars(select(Notice.user_id).where(*same)))
        if what in AT_ONCE:  # asked once more: a mail says so, at most once a day
            again = update(Notice).where(*same, Notice.mailed_at <= clock.now() - ONE_DAY).values(mailed_at=None)
            session.execute(again.execution_options(synchronize_session=False))
        rows = [row | {"user_id": user_id} for user_id in sorted(may_know - told_already)]
        if rows:
            session.execute(insert(Notice), rows)
    has_news(session, may_know)


def follow(session: RexSession, entry: Entry, change: Change) -> None:
    """An entry withdrawn takes its notices out of sight; told again, it gives them back. Of one told in a group, its members are
    told that something is new there."""
    if change is not Change.CORRECTED:
        refresh_news(session, entry.id)
    if change is Change.PUBLISHED and entry.audience is Audience.GROUPE:
        authors = set(session.scalars(select(Authorship.user_id).where(Authorship.entry_id == entry.id)))
        readers = group_readers(session, entry.collectif_id, entry.published_at)
        keep(session, None, What.IN_GROUP, entry.id, [user_id for user_id, _ in readers if user_id not in authors])


def forget_group(session: RexSession, group_id: int, user_ids: Sequence[int] | None) -> None:
    """Nothing of a group waits any more for people who leave it (None: its rows go, and what speaks of them)."""
    if not user_ids:
        return
    entries = select(Entry.id).where(Entry.collectif_id == group_id)
    with session.as_system("nothing of a group waits for who leaves it"):
        theirs = delete(Notice).where(Notice.user_id.in_(user_ids), Notice.entry_id.in_(entries))
        session.execute(theirs.execution_options(synchronize_session=False))
    forget_news(session, user_ids)


def refresh_news(session: RexSession, entry_id: int) -> None:
    """After an entry was hidden or shown again: who has something unseen about it is told so only while they read it, or while a
    report on it waits for them."""
    waits = select(Report.id).where(*on_entry(entry_id), Report.handled_at.is_(None)).exists()
    judges = and_(Notice.what.in_(TO_JUDGES), waits)
    with session.as_system("who has something unseen about an entry"):
        query = select(Notice.user_id, judges.label("judges")).where(Notice.entry_id == entry_id, Notice.seen_at.is_(None))
        rows = session.execute(query).all()
    unseen, judging = sorted({row.user_id for row in rows}), {row.user_id for row in rows if row.judges}
    for start in range(0, len(unseen), AT_A_TIME):
        some = unseen[start : start + AT_A_TIME]
        reading = who_reads(session, entry_id, some) | judging.intersection(some)
        has_news(session, reading)
        forget_news(session, set(some) - reading, but_entry_id=entry_id)


def _members(session: RexSession, user_ids: Sequence[int]) -> set[int]:
    with session.as_system("know who among those concerned is still a member"):
        query = select(Membership.user_id).join(User, User.id == Membership.user_id)
        return set(session.scalars(query.where(Membership.user_id.in_(user_ids), is_current())))
