"""Puts in the base what stands around the récits: notes between two of them, rereadings, invitations; then all the notices."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from rex import clock, text
from rex.collectifs.models import NAME_LENGTH, User
from rex.db import RexSession, new_public_id
from rex.demo.placing import Event, Places
from rex.demo.shapes_together import AskedData, NoteData, ReportData, RereadingData
from rex.journal.models import Recit
from rex.journal.moment_models import What
from rex.journal.together_models import ActionNote, CoAuthorInvitation, Meeting, RecitInvitation, Rereading, RereadingProposal
from rex.notices.models import Notice
from rex.reports.models import Report
from rex.reports.sealing import sealed_reason

A_YEAR = timedelta(days=365)
TOLD_SINCE = timedelta(days=30)  # older notices were seen and forgotten
UNSEEN_SINCE = timedelta(days=14)


def load_notes(session: RexSession, places: Places, data: tuple[NoteData, ...]) -> None:
    """Read by those who read both récits, no more than when it was written: the narrower of the two audiences."""
    for note in sorted(data, key=lambda note: -note.when.days_ago):
        one, other = places.recits[note.one], places.recits[note.other]
        seat = places.seat(note.by, one.collectif_id)
        told = [recit.published_at for recit in (one, other) if recit.published_at]
        moment = places.at(note.when, note.by, max(told))
        session.add(
            ActionNote(
                action_id=one.action_id,
                one_id=one.id,
                other_id=other.id,
                section_slug=note.section,
                meeting=Meeting(note.meeting),
                audience=min((one.audience, other.audience), key=lambda audience: audience.width if audience else 0),
                words=note.words,
                author_id=places.readers[note.by].user_id,
                service_name=(seat.service_name or seat.title)[:NAME_LENGTH],
                created_at=moment,
            )
        )
        first, second = set(places.authors[one.id]), set(places.authors[other.id])
        places.tell(What.NOTE, moment, one.id, first, note.by)
        places.tell(What.NOTE, moment, other.id, second - first, note.by)
    session.flush()


def load_rereadings(session: RexSession, places: Places, data: tuple[RereadingData, ...]) -> None:
    """What authors read otherwise; whoever published a year ago and has not read again is asked to."""
    for reread in data:
        recit, public_id = places.recits[reread.recit], new_public_id()
        session.add(
            Rereading(
                public_id=public_id,
                entry_id=recit.id,
                author_id=places.readers[reread.by].user_id,
                audience=recit.audience,
                source=reread.text,
                html=text.to_html(reread.text, prefix=f"r-{public_id}-"),
                pipeline=text.PIPELINE,
                created_at=places.at(reread.when, reread.by, recit.published_at),
            )
        )
    done = {(reread.recit, places.readers[reread.by].user_id) for reread in data}
    for key, recit in places.recits.items():
        if recit.published_at and recit.published_at + A_YEAR < clock.now():
            waiting = [user_id for user_id in places.authors[recit.id] if (key, user_id) not in done]
            year = recit.published_at.year
            session.add_all(RereadingProposal(entry_id=recit.id, user_id=user_id, year=year) for user_id in waiting)
            places.tell(What.REREAD, recit.published_at + A_YEAR, recit.id, waiting)
    session.flush()


def load_asked(session: RexSession, places: Places, data: tuple[AskedData, ...]) -> None:
    """Who was asked to sign a draft, or to tell an action from their place, and has not answered."""
    for asked in data:
        who, by = places.readers[asked.to].user_id, places.readers[asked.by].user_id
        moment = places.at(asked.when, asked.by)
        if asked.draft:
            recit, what = places.recits[asked.draft], What.CO_AUTHOR_ASKED
            session.add(CoAuthorInvitation(entry_id=recit.id, user_id=who, invited_by_id=by, created_at=moment))
        else:
            recit, what = _told_of(places, asked.action), What.RECIT_ASKED
            session.add(RecitInvitation(action_id=recit.action_id, user_id=who, invited_by_id=by, created_at=moment))
        places.tell(what, moment, recit.id, [who], asked.by)
    session.flush()


def load_reports(session: RexSession, places: Places, data: tuple[ReportData, ...]) -> None:
    """What members showed to the animateurs, who have not read it yet."""
    for report in data:
        recit, public_id = places.recits[report.recit], new_public_id()
        moment = places.at(report.when, report.by, recit.published_at)
        session.add(
            Report(
                public_id=public_id,
                collectif_id=recit.collectif_id,
                entry_id=recit.id,
                reporter_id=places.readers[report.by].user_id,
                reason=sealed_reason(session, places.seat(report.by, recit.collectif_id).key_name, public_id, report.reason),
                created_at=moment,
            )
        )
        judges = [reader.user_id for reader in places.readers.values() if recit.collectif_id in reader.animated_ids]
        places.tell(What.REPORTED, moment, recit.id, judges, report.by)
    session.flush()


def _told_of(places: Places, action: str) -> Recit:
    return next(recit for recit in places.recits.values() if recit.is_published and places.actions[action] == recit.action_id)


def tell_other_recits(places: Places) -> None:
    """Each récit of an action is told to the authors of those before it."""
    told = sorted((recit.published_at, recit.id, recit) for recit in places.recits.values() if recit.published_at)
    tellers: dict[int | None, set[int]] = {}  # action id → who told it before
    for moment, _, recit in told:
        authors, before = places.authors[recit.id], tellers.setdefault(recit.action_id, set())
        places.tell(What.OTHER_RECIT, moment, recit.id, before - set(authors), places.keys[authors[0]])
        before.update(authors)


def load_notices(session: RexSession, places: Places) -> None:
    """What happened lately, oldest first, in the place of what the acts of the loading told by themselves just now.

    None of it waits for a mail: invented people have no letter box."""
    session.execute(delete(Notice))
    session.execute(update(User).values(news_at=None).execution_options(synchronize_session=False))
    now, unseen = clock.now(), set()
    for event in sorted(places.events, key=lambda event: event.at):
        if event.at < now - TOLD_SINCE:
            continue
        seen_at = None if event.at > now - UNSEEN_SINCE else event.at + timedelta(hours=20)
        session.add_all(_notices(event, seen_at))
        unseen |= set(event.to) if seen_at is None else set()
    session.flush()
    session.execute(update(User).where(User.id.in_(unseen)).values(news_at=now).execution_options(synchronize_session=False))


def _notices(event: Event, seen_at: datetime | None) -> list[Notice]:
    return [
        Notice(
            user_id=user_id,
            what=event.what,
            entry_id=event.entry_id,
            exchange_id=event.exchange.id if event.exchange else None,
            actor_id=event.by,
            created_at=event.at,
            seen_at=seen_at,
            mailed_at=event.at,
        )
        for user_id in event.to
    ]
