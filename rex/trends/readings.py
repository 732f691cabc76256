"""Lectures contradictoires: beside a figure, how a service or a collège reads it otherwise. All members read them."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy import Select, or_, select

from rex.access import MembershipView, Reader, may_judge_reports
from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal.suspending import opened
from rex.keys import KeyLost
from rex.trends.asked import Asked
from rex.trends.models import CounterReading
from rex.trends.periods import days_between, months_between
from rex.trends.subjects import TENSIONS, name_today
from rex.trends.voices import is_theirs, may_withdraw, name_of_voice

MOST_LISTED = 200


@dataclass(frozen=True)
class ShownReading:
    """One, as a member reads it. `words`: its Markdown; `is_ours`: its reader speaks today with this voice; `why`: of a suspended
    one, which only its own people and the animateurs are shown."""

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
    corrected_at: datetime | None
    url: str
    correct_url: str  # empty: not theirs to correct
    withdraw_url: str  # empty: not theirs to withdraw
    suspend_url: str  # empty: not theirs to judge
    is_ours: bool
    is_suspended: bool = False
    why: str = ""

    @property
    def days(self) -> str:
        """« septembre à novembre 2026 », « du 3 mars au 12 avril 2026 »."""
        return days_said(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Beside:
    """Beside the figures of one section: its readings, and the address at which one writes another."""

    readings: list[ShownReading]
    write_url: str


def readings_of(session: RexSession, reader: Reader, collectif_id: int, starts_on: date, ends_on: date) -> list[ShownReading]:
    """Those that are about days of these, the oldest first; of a tension, while this person reads it. One statement."""
    seat = reader.seat(collectif_id)
    if seat is None or seat.is_group:
        return []
    query = _standing(reader, collectif_id).where(CounterReading.starts_on <= ends_on, CounterReading.ends_on >= starts_on)
    rows = session.execute(query.order_by(CounterReading.created_at, CounterReading.id)).all()
    found = [_shown(reader, seat, reading, named) for reading, named in rows]
    return [one for one in found if one.section != TENSIONS or not one.subject or one.subject_name]


def beside(session: RexSession, reader: Reader, asked: Asked, sections: Iterable[str]) -> dict[str, Beside]:
    """What each of these sections of the page shows, and where one writes there; nothing in the réseau. One statement."""
    place = asked.place
    if place.collectif_id is None:
        return {}
    found = readings_of(session, reader, place.collectif_id, asked.span.starts_on, asked.span.ends_on)
    write_at = f"{place.root}/lectures/nouvelle?"
    return {
        key: Beside([one for one in found if one.section == key], write_at + urlencode({"section": key, **asked.span.address}))
        for key in sections
    }


def all_readings(session: RexSession, reader: Reader, seat: MembershipView) -> list[ShownReading]:
    """Those of a collectif, the latest first. One statement."""
    query = _standing(reader, seat.collectif_id).order_by(CounterReading.created_at.desc(), CounterReading.id.desc())
    rows = session.execute(query.limit(MOST_LISTED)).all()
    return [_shown(reader, seat, reading, named) for reading, named in rows]


def suspended_readings(session: RexSession, reader: Reader, seat: MembershipView) -> list[ShownReading]:
    """Those that were suspended: for their own people with their words, for the animateurs without. One statement."""
    query = select(CounterReading, name_today(reader)).where(
        CounterReading.collectif_id == seat.collectif_id, CounterReading.suspended_at.is_not(None)
    )
    if not may_judge_reports(reader, seat.collectif_id):
        of_college = CounterReading.college == seat.college
        of_service = CounterReading.service_id == seat.service_id if seat.service_id else of_college
        query = query.where(or_(of_college, of_service, CounterReading.author_id == reader.user_id))
    rows = session.execute(query.order_by(CounterReading.suspended_at.desc(), CounterReading.id).limit(MOST_LISTED)).all()
    return [
        _shown(reader, seat, reading, named, own_words(session, reader, seat, reading), is_suspended=True)
        for reading, named in rows
    ]


def days_said(first: date, last: date) -> str:
    """Whole months as months, other days as days."""
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    return months_between(first, last) if whole else days_between(first, last)


def who_corrected(session: RexSession, reading: CounterReading) -> str:
    """The name of who corrected it last, for a colleague who corrects it too; empty for a deleted account."""
    return session.scalar(select(User.name).where(User.id == reading.corrected_by_id)) or ""


def subjects_with(readings: Sequence[ShownReading]) -> dict[tuple[str, str], list[ShownReading]]:
    """By section and subject, as the page lays them."""
    found: dict[tuple[str, str], list[ShownReading]] = {}
    for one in readings:
        found.setdefault((one.section, one.subject), []).append(one)
    return found


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


def _standing(reader: Reader, collectif_id: int) -> Select:
    query = select(CounterReading, name_today(reader)).where(
        CounterReading.collectif_id == collectif_id, CounterReading.collectif_id.in_(reader.collectif_ids)
    )
    return query.where(CounterReading.withdrawn_at.is_(None), CounterReading.suspended_at.is_(None))


def _shown(
    reader: Reader, seat: MembershipView, reading: CounterReading, named: str | None, words: str = "", *, is_suspended: bool = False
) -> ShownReading:
    root = f"/c/{seat.collectif_slug}/tendances/lectures"
    at, ours = f"{root}/{reading.public_id}", is_theirs(seat, reading)
    judged = may_judge(reader, reading)
    return ShownReading(
        public_id=reading.public_id,
        section=reading.section,
        subject=reading.subject,
        subject_name=reading.subject_name or named or "",
        voice=name_of_voice(reading.service_name, reading.college),
        words=words if is_suspended else reading.words,
        html="" if is_suspended else reading.html,
        starts_on=reading.starts_on,
        ends_on=reading.ends_on,
        said_at=reading.created_at,
        corrected_at=reading.corrected_at,
        url=f"{root}#l-{reading.public_id}",
        correct_url=f"{at}/correction" if ours and not is_suspended else "",
        withdraw_url=f"{at}/retrait" if may_withdraw(reader, reading) else "",
        suspend_url=f"{at}/{'retablissement' if is_suspended else 'suspension'}" if judged else "",
        is_ours=ours,
        is_suspended=is_suspended,
        why=reading.suspended_why if is_suspended else "",
    )


def may_judge(reader: Reader, reading: CounterReading) -> bool:
    """An animateur, whose own voice it is not."""
    return may_judge_reports(reader, reading.collectif_id) and not may_withdraw(reader, reading)


def own_words(session: RexSession, reader: Reader, seat: MembershipView, reading: CounterReading) -> str:
    """What a suspended reading says, for its own people; empty for others."""
    if reading.sealed is None or not may_withdraw(reader, reading):
        return ""
    try:
        return opened(session, seat.key_name, CounterReading, reading.public_id, reading.sealed)
    except KeyLost:
        return ""
