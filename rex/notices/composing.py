"""Writing the mails that are due. Each person is a transaction of their own: what is told is marked and its mail put in the
outbox together, so that it may be killed half-way, or run twice at once, and nobody is told twice.

At once: what somebody waits for. Otherwise once a day on weekdays between 8 and 19 h where the person lives, or once a week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Row, and_, case, func, or_, select, update

from rex import clock, mail
from rex.access import Reader
from rex.collectifs.entrance import as_readers
from rex.collectifs.models import Collectif, Credential
from rex.config import DEFAULT_ROOT, Config
from rex.db import Database, RexSession
from rex.notices.ask import Ask
from rex.notices.asks import asks_of
from rex.notices.bundles import bundles_of
from rex.notices.mails import To, ask_letter, grouped_letter
from rex.notices.models import Notice, NoticeSettings, Rhythm
from rex.notices.queries import ASKING, AT_ONCE, told_to
from rex.notices.rhythms import keep, silences_groups
from rex.notices.sending import check_of
from rex.notices.unsubscribing import new_link, path_of_groups
from rex.sealed_words import saying_what_is_lost
from rex.ticker import one_by_one

OPENS, CLOSES, SATURDAY = 8, 19, 5
AT_LEAST = timedelta(hours=12)  # between two mails that group: from 19 h to 8 h there are thirteen
A_BATCH = 200
MOST = 300  # people in one tick: the next one goes on
MOST_NOTICES = 500  # read for one mail


@dataclass(frozen=True)
class Waiting:
    """Somebody for whom something was not told yet."""

    reader: Reader
    address: str
    rhythm: Rhythm
    told_at: datetime | None
    oldest: datetime | None  # of what is grouped
    is_asked: bool  # something leaves at once

    def is_settled_at(self, now: datetime) -> bool:
        """Whether there is something to do for them: to write, or to mark as told because they want no mail."""
        return self.is_asked or self.rhythm is Rhythm.NEVER or is_due(self, now)


def compose_due(database: Database, config: Config, most: int = MOST) -> int:
    """Write the mails that are due now; returns for how many people something was settled."""
    now = clock.now()
    with database.system("whether it is an hour to write to people anywhere") as session:
        zones = session.scalars(select(Collectif.timezone).distinct())
        is_open = any(is_hour(clock.local(now, zone)) for zone in zones)
    waiting = (one for one in _waiting(database, now, is_open=is_open) if one.is_settled_at(now))
    return one_by_one(islice(waiting, most), lambda one: _compose_for(database, config, one, now))


def is_hour(local: datetime) -> bool:
    """Whether people are written to at this hour of theirs."""
    return local.weekday() < SATURDAY and OPENS <= local.hour < CLOSES


def is_due(somebody: Waiting, now: datetime) -> bool:
    """Whether what is grouped leaves now: in hours, and once a day; once a week, on Monday, or on a later day of a week whose
    Monday found nobody to send what waited already."""
    home = somebody.reader.home
    if home is None or somebody.oldest is None or somebody.rhythm is Rhythm.NEVER:
        return False
    local = clock.local(now, home.timezone)
    if not is_hour(local):
        return False
    today = local.date()
    last = clock.local(somebody.told_at, home.timezone).date() if somebody.told_at else None
    if somebody.rhythm is Rhythm.DAILY:
        return last is None or last < today
    monday = today - timedelta(days=today.weekday())
    waited = clock.local(somebody.oldest, home.timezone).date() < monday
    return (last is None or last < monday) and (today == monday or waited)


def _waiting(database: Database, now: datetime, *, is_open: bool) -> Iterator[Waiting]:
    """Everybody for whom something was not told by mail, some at a time."""
    last = 0
    while True:
        with database.system("who has something to be told by mail") as session:
            rows = session.execute(_untold(now, is_open=is_open).where(Notice.user_id > last).limit(A_BATCH)).all()
            ids = [row.user_id for row in rows]
            readers = as_readers(session, ids)
            query = select(Credential.user_id, Credential.address).where(Credential.user_id.in_(ids))
            addresses = dict(session.execute(query).all())
        gone = [user_id for user_id in ids if user_id not in readers or user_id not in addresses]
        if gone:
            _tell_nothing_to(database, gone, now)
        for row in rows:
            if row.user_id not in gone:
                yield _waiting_of(row, readers[row.user_id], addresses[row.user_id])
        if len(rows) < A_BATCH:
            return
        last = ids[-1]


def _untold(now: datetime, *, is_open: bool):
    at_once = Notice.what.in_(AT_ONCE)
    grouped = or_(NoticeSettings.told_at.is_(None), NoticeSettings.told_at <= now - AT_LEAST) if is_open else at_once
    return (
        select(
            Notice.user_id,
            func.min(case((~at_once, Notice.created_at))).label("oldest"),
            func.max(case((at_once, 1), else_=0)).label("is_asked"),
            func.max(NoticeSettings.rhythm).label("rhythm"),
            func.max(NoticeSettings.told_at).label("told_at"),
        )
        .outerjoin(NoticeSettings, NoticeSettings.user_id == Notice.user_id)
        .where(Notice.mailed_at.is_(None), Notice.seen_at.is_(None), or_(at_once, grouped))
        .group_by(Notice.user_id)
        .order_by(Notice.user_id)
    )


def _waiting_of(row: Row, reader: Reader, address: str) -> Waiting:
    rhythm = Rhythm(row.rhythm) if row.rhythm else Rhythm.DAILY
    return Waiting(reader, address, rhythm, row.told_at, row.oldest, bool(row.is_asked))


def _tell_nothing_to(database: Database, user_ids: Sequence[int], now: datetime) -> None:
    """Closed accounts are not written to, nor looked at again."""
    with database.system("nobody is left to be told", write=True) as session:
        session.execute(
            update(Notice)
            .where(Notice.user_id.in_(user_ids), Notice.mailed_at.is_(None))
            .values(mailed_at=now)
            .execution_options(synchronize_session=False)
        )


def _compose_for(database: Database, config: Config, somebody: Waiting, now: datetime) -> None:
    reader, groups = somebody.reader, is_due(somebody, now)
    # A group whose key the host lost is told of as any other: outside of it, its words are not said.
    with saying_what_is_lost(), database.session(reader, write=True) as session:
        which = [Notice.user_id == reader.user_id, Notice.mailed_at.is_(None), Notice.seen_at.is_(None)]
        if not groups and somebody.rhythm is not Rhythm.NEVER:
            which.append(Notice.what.in_(AT_ONCE))
        session.execute(
            update(Notice).where(and_(*which)).values(mailed_at=now).execution_options(synchronize_session=False)
        )
        letters = [] if somebody.rhythm is Rhythm.NEVER else _letters(session, config, somebody, now, groups=groups)
        mail.post(session, *letters)
        session.commit()


def _letters(session: RexSession, config: Config, somebody: Waiting, now: datetime, *, groups: bool) -> list[mail.Letter]:
    """One for each thing asked at once, one for all the rest; nothing for what may not be read now."""
    reader = somebody.reader
    asked = _asked(session, reader, now)
    told = told_to(session, reader, mailed_at=now, most=MOST_NOTICES) if groups else []
    if silences_groups(session, reader.user_id):
        asked = [(notice_id, ask) for notice_id, ask in asked if not ask.is_in_group]
        told = [one for one in told if not one.group_public_id]
    if not asked and not told:
        return []
    of_groups = any(ask.is_in_group for _, ask in asked) or any(one.group_public_id for one in told)
    groups_path = path_of_groups(session, reader.user_id) if of_groups else ""
    to = To(reader, somebody.address, config.base_url or DEFAULT_ROOT, new_link(session, reader.user_id), groups_path)
    letters = [
        ask_letter(to, f"asked|{notice_id}|{now.isoformat()}", check_of(reader.user_id, [notice_id]), ask)
        for notice_id, ask in asked
        if ask.what in AT_ONCE
    ]
    thanks = [(notice_id, ask) for notice_id, ask in asked if ask.what not in AT_ONCE] if groups else []
    if told or thanks:
        ids = sorted([one.id for one in told] + [notice_id for notice_id, _ in thanks])
        check = check_of(reader.user_id, ids, {one.id for one in told if one.is_told})
        key = f"told|{check}|{now.isoformat()}"
        letters.append(grouped_letter(to, key, check, [ask for _, ask in thanks], bundles_of(told)))
        keep(session, reader.user_id, told_at=now)
    return letters


def _asked(session: RexSession, reader: Reader, now: datetime) -> list[tuple[int, Ask]]:
    """What was just marked as told and still waits for an answer, with the notice that spoke of it."""
    mine = Notice.user_id == reader.user_id, Notice.mailed_at == now, Notice.what.in_(ASKING)
    rows = session.execute(select(Notice.id, Notice.what, Notice.entry_id).where(*mine).order_by(Notice.id)).all()
    asks = asks_of(session, reader) if rows else []
    found: dict[Ask, int] = {}
    for row in rows:
        for ask in asks:
            if ask.what is row.what and row.entry_id in ask.entry_ids:
                found[ask] = row.id  # the last one that spoke of it
    return [(notice_id, ask) for ask, notice_id in found.items()]
