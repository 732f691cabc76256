"""Lectures contradictoires: beside a figure, how a service or a collège reads it otherwise. All members read them."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from rex import clock, text
from rex.access import MembershipView, Reader, may_judge_reports
from rex.db import RexSession
from rex.journal.suspending import opened
from rex.keys import KeyLost
from rex.trends.models import CounterReading
from rex.trends.periods import days_between, months_between
from rex.trends.reading_pages import UNNARROWED, Pages, WrittenOn
from rex.trends.subjects import name_today
from rex.trends.voices import answers_for, name_of_voice


@dataclass(frozen=True)
class ShownReading:
    """One, as a member reads it. `words`: its Markdown; `why`: of a suspended one, which only who wrote it and the animateurs are
    shown; `written_on`: the page that it was written on, when filters narrowed it."""

    public_id: str
    section: str
    subject: str
    subject_name: str
    voice: str
    words: str
    html: str
    starts_on: date
    ends_on: date
    said_at: datetime
    said_on: date  # in its journal: the hour of what is not signed by a person is nobody's to know
    corrected_at: datetime | None
    url: str
    correct_url: str  # empty: not theirs to correct
    withdraw_url: str  # empty: not theirs to withdraw
    report_url: str  # empty: they wrote it, or it is suspended already
    suspend_url: str  # empty: not theirs to judge
    is_suspended: bool = False
    why: str = ""
    written_on: WrittenOn = UNNARROWED

    @property
    def days(self) -> str:
        """« septembre à novembre 2026 », « du 3 mars au 12 avril 2026 »."""
        return days_said(self.starts_on, self.ends_on)


def list_of(seat: MembershipView) -> str:
    """The address of those of a collectif."""
    return f"/c/{seat.collectif_slug}/tendances/lectures"


def days_said(first: date, last: date) -> str:
    """Whole months as months, other days as days."""
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    return months_between(first, last) if whole else days_between(first, last)


def html_of(public_id: str, words: str) -> str:
    """The HTML of a reading, its notes told apart from those of the others on its page."""
    return text.to_html(words, prefix=f"lecture-{public_id}-", heading_base=4)


def find_reading(
    session: RexSession, reader: Reader, collectif_id: int, public_id: str, *, hold: bool = False
) -> CounterReading | None:
    """The reading of this address, standing or suspended, if this person is of its collectif."""
    query = select(CounterReading).where(
        CounterReading.public_id == public_id,
        CounterReading.collectif_id == collectif_id,
        CounterReading.collectif_id.in_(reader.collectif_ids),
        CounterReading.withdrawn_at.is_(None),
    )
    return session.scalars(query.with_for_update().execution_options(populate_existing=True) if hold else query).first()


def shown(
    session: RexSession, reader: Reader, seat: MembershipView, reading: CounterReading, named: str | None, pages: Pages
) -> ShownReading:
    """`named`: what it is about, as it is named today; `pages`: of this seat. The caller asked whether this person may open it."""
    at, own, judged = f"{list_of(seat)}/{reading.public_id}", answers_for(reader, reading), may_judge(reader, reading)
    is_suspended, is_author = reading.suspended_at is not None, reading.author_id == reader.user_id
    words = own_words(session, reader, seat, reading) if is_suspended else reading.words
    return ShownReading(
        public_id=reading.public_id,
        section=reading.section,
        subject=reading.subject,
        subject_name=reading.subject_name or named or "",
        voice=name_of_voice(reading.service_name, reading.college),
        words=words,
        html=html_of(reading.public_id, words) if is_suspended and words else reading.html,
        starts_on=reading.starts_on,
        ends_on=reading.ends_on,
        said_at=reading.created_at,
        said_on=clock.local(reading.created_at, seat.timezone).date(),
        corrected_at=reading.corrected_at,
        url=at,
        correct_url=f"{at}/correction" if own and not is_suspended else "",
        withdraw_url=f"{at}/retrait" if own else "",
        report_url="" if is_author or is_suspended else f"/signaler/lecture/{reading.public_id}",
        suspend_url=f"{at}/{'retablissement' if is_suspended else 'suspension'}" if judged else "",
        is_suspended=is_suspended,
        why=reading.suspended_why if own or judged else "",
        written_on=pages.of(reading),
    )


def name_of_its_subject(session: RexSession, reader: Reader, reading: CounterReading) -> str | None:
    """How the tension that one is about is named today, as this person reads it."""
    return session.scalar(select(name_today(reader)).select_from(CounterReading).where(CounterReading.id == reading.id))


def may_judge(reader: Reader, reading: CounterReading) -> bool:
    """An animateur who did not write it, be it signed with their own voice."""
    return may_judge_reports(reader, reading.collectif_id) and reading.author_id != reader.user_id


def may_open(reader: Reader, reading: CounterReading) -> bool:
    """While it stands, every member of its collectif; suspended, who answers for it and the animateurs; withdrawn, nobody."""
    if reading.withdrawn_at is not None or reader.seat(reading.collectif_id) is None:
        return False
    return reading.suspended_at is None or answers_for(reader, reading) or may_judge(reader, reading)


def own_words(session: RexSession, reader: Reader, seat: MembershipView, reading: CounterReading) -> str:
    """What a suspended reading says, for who answers for it; empty for others."""
    if reading.sealed is None or not answers_for(reader, reading):
        return ""
    try:
        return opened(session, seat.key_name, CounterReading, reading.public_id, reading.sealed)
    except KeyLost:
        return ""
