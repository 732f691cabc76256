"""What was opened has been seen. Reading writes nothing: this is done after the answer, only when something waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from rex import clock
from rex.access import Reader
from rex.collectifs.models import Space
from rex.db import Database, RexSession
from rex.journal.models import Action, Entry, Recit
from rex.journal.moment_models import What
from rex.notices import of_readings, of_seances
from rex.notices.asks import asks_of
from rex.notices.models import Notice
from rex.notices.news import forget_news
from rex.notices.queries import ASKING, AWAITS_JUDGES, told_to


@dataclass(frozen=True)
class Opened:
    """A page that somebody opened: of these entries, actions or groups (public ids), or of the reports of a space (its public id,
    or its slug). `is_thread`: the messages are on it."""

    public_ids: tuple[str, ...]
    is_thread: bool = True
    is_reports: bool = False


def note_opened(database: Database, reader: Reader, opened: Opened) -> None:
    """Mark what a page showed as seen."""
    with database.system("a person opened what they were told about") as session:
        query = select(Notice.id).where(Notice.user_id == reader.user_id, Notice.seen_at.is_(None))
        shown = _shown_by(opened), _beside_entries(session, opened)
        waiting = [notice_id for which in shown for notice_id in session.scalars(query.where(*which))]
    if waiting:
        with database.system("what a person opened is seen", write=True) as session:
            _mark(session, Notice.id.in_(waiting))
        note_nothing_left(database, reader)


def note_nothing_left(database: Database, reader: Reader) -> None:
    """Take the dot away when nothing unseen may be read any more. What may not be read stays unseen, in case it comes back."""
    with database.session(reader) as session:
        if is_told_something(session, reader):
            return
    with database.system("nothing that may be read waits for a person", write=True) as session:
        forget_news(session, [reader.user_id], whatever_is_unseen=True)


def see_all(session: RexSession, reader: Reader, until: datetime) -> None:
    """« Tout marquer comme lu »: what was kept until the page was drawn. What waits for an answer goes on waiting."""
    _mark(session, Notice.user_id == reader.user_id, Notice.seen_at.is_(None), Notice.created_at <= until)
    if not is_told_something(session, reader):
        forget_news(session, [reader.user_id], whatever_is_unseen=True)


def is_told_something(session: RexSession, reader: Reader) -> bool:
    """Whether something unseen may be read: something that happened, or something asked that still waits for its answer."""
    if told_to(session, reader, most=1):
        return True
    mine = Notice.user_id == reader.user_id, Notice.seen_at.is_(None), Notice.what.in_(ASKING)
    unseen = set(session.scalars(select(Notice.entry_id).where(*mine)))
    return bool(unseen) and any(unseen & ask.entry_ids for ask in asks_of(session, reader))


def _shown_by(opened: Opened) -> Sequence[ColumnElement[bool]]:
    names = or_(Space.public_id.in_(opened.public_ids), Space.slug.in_(opened.public_ids))
    of_the_space = Notice.entry_id.in_(select(Entry.id).join(Space, Space.id == Entry.collectif_id).where(names))
    if opened.is_reports:
        return [Notice.what.in_(AWAITS_JUDGES), of_the_space]
    entries = select(Entry.id).where(Entry.public_id.in_(opened.public_ids))
    told_there = select(Recit.id).join(Action, Action.id == Recit.action_id).where(Action.public_id.in_(opened.public_ids))
    in_the_room = and_(Notice.what == What.IN_GROUP, of_the_space)  # the page of a group shows what was told there
    found = [or_(Notice.entry_id.in_(entries), Notice.entry_id.in_(told_there), in_the_room)]
    return found if opened.is_thread else [*found, Notice.exchange_id.is_(None)]


def _beside_entries(session: RexSession, opened: Opened) -> Sequence[ColumnElement[bool]]:
    """The page of a séance, or of the group that it is of, and that of a lecture contradictoire show what was told of it; that a
    text is reported, the reports."""
    seances, readings, names = of_seances.speaking(), of_readings.speaking(), opened.public_ids
    if opened.is_reports:
        those = Notice.seance_id.in_(seances.of_spaces(session, names)), Notice.reading_id.in_(readings.of_spaces(session, names))
        return [Notice.what.in_(AWAITS_JUDGES), or_(*those)]
    those = Notice.seance_id.in_(seances.named(session, names)), Notice.reading_id.in_(readings.named(session, names))
    return [Notice.what.not_in(AWAITS_JUDGES), or_(*those)]


def _mark(session: RexSession, *which: ColumnElement[bool]) -> None:
    session.execute(
        update(Notice).where(*which).values(seen_at=clock.now()).execution_options(synchronize_session=False)
    )
