"""What is done with lectures contradictoires: written, corrected and withdrawn by who wrote them, suspended by an animateur."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from sqlalchemy import func, select

from rex import clock, text
from rex.access import MembershipView, Reader
from rex.db import RexSession, new_public_id
from rex.french import number, typo
from rex.journal.suspending import put_away, put_back
from rex.journal.suspension_models import WHY_LENGTH
from rex.refusals import Refused
from rex.text.marks import tidy
from rex.trends.models import CounterReading
from rex.trends.readings import html_of, may_judge
from rex.trends.subjects import kept_name, uncrossed
from rex.trends.voices import Voice, answers_for

MOST = 2_000  # characters
MOST_YEARS = 2  # that a reading is about: it stands on every page that touches its days
MOST_STANDING = 30  # of a person in a journal
FULL = f"Vous avez déjà {MOST_STANDING} lectures contradictoires dans ce journal\u00a0: retirez-en une d’abord."
GONE = "Cette lecture n’est plus là\u00a0: elle a été retirée ou suspendue entre-temps."


class ChangedMeanwhile(Exception):
    """It was corrected first, in another window or by another who answers for it: the reading, as it says now. Nothing of either
    text is lost."""

    def __init__(self, reading: CounterReading) -> None:
        self.reading = reading


@dataclass(frozen=True)
class About:
    """What a reading is about: a section, or a subject in it, over local days. `filters`: of the page that it is written on."""

    section: str
    subject: str
    subject_name: str
    starts_on: date
    ends_on: date
    filters: Mapping[str, str] = field(default_factory=dict)


def fault_in(words: str) -> str:
    """The French sentence for what is wrong with these words; empty when nothing is."""
    if len(words) > MOST:
        return typo(f"Raccourcissez cette lecture : {number(MOST)} caractères au plus, elle en a {number(len(words))}")
    if not any(char.isalnum() for char in words) or not html_of("", words).strip():
        return "Écrivez comment vous lisez ce chiffre, en une phrase au moins"
    return ""


def fault_in_days(starts_on: date, ends_on: date, today: date) -> str:
    """The French sentence for what is wrong with these days; empty when nothing is."""
    if starts_on > today:
        return typo("Ces jours sont à venir : choisissez-en dont une partie au moins est passée")
    end = starts_on.replace(day=min(starts_on.day, 28), year=starts_on.year + MOST_YEARS)
    if ends_on >= end + timedelta(days=starts_on.day - end.day):
        most = f"Choisissez {12 * MOST_YEARS} mois au plus"
        return typo(f"{most} : une lecture reste à côté du chiffre sur toute page qui touche ses jours")
    return ""


def write(session: RexSession, reader: Reader, seat: MembershipView, about: About, voice: Voice, words: str) -> CounterReading:
    """Say it beside the figure, in the name of a voice of this seat. Raises PermissionError, or Refused with what is wrong."""
    if seat.is_group or seat.collectif_id not in reader.collectif_ids or not _is_of(seat, voice):
        raise PermissionError("one speaks from one's own place")
    if fault := fault_in_days(about.starts_on, about.ends_on, clock.today(seat.timezone)):
        raise Refused(fault)
    if _standing(session, reader, seat) >= MOST_STANDING:
        raise Refused(FULL)
    public_id, said = new_public_id(), _looked_at(words)
    made = CounterReading(
        public_id=public_id,
        collectif_id=seat.collectif_id,
        section=about.section,
        subject=about.subject,
        subject_name=kept_name(about.section, about.subject_name),
        starts_on=about.starts_on,
        ends_on=about.ends_on,
        filters=urlencode(uncrossed(about.filters, about.section, about.subject, of_college=voice.college is not None)),
        words=said,
        html=html_of(public_id, said),
        pipeline=text.PIPELINE,
        service_id=voice.service_id,
        service_name="" if voice.college else voice.name,
        college=voice.college,
        author_id=reader.user_id,
    )
    session.add(made)
    session.flush()
    return made


def correct(session: RexSession, reader: Reader, reading: CounterReading, words: str, version: int) -> None:
    """`reading` is held; `version`: of the text that was corrected. Raises PermissionError, Refused, ChangedMeanwhile."""
    if not answers_for(reader, reading):
        raise PermissionError("who wrote it")
    if reading.withdrawn_at is not None or reading.suspended_at is not None:
        raise Refused(GONE)
    said = _looked_at(words)
    if reading.version != version:
        raise ChangedMeanwhile(reading)
    if said == reading.words:
        return
    reading.words, reading.html, reading.pipeline = said, html_of(reading.public_id, said), text.PIPELINE
    reading.version, reading.corrected_at, reading.corrected_by_id = version + 1, clock.now(), reader.user_id
    session.flush()


def withdraw(session: RexSession, reader: Reader, reading: CounterReading) -> None:
    """Its words go for good. Raises PermissionError."""
    if not answers_for(reader, reading):
        raise PermissionError("who wrote it")
    reading.withdrawn_at = clock.now()
    reading.words = reading.html = reading.subject_name = reading.filters = reading.suspended_why = ""
    reading.sealed = reading.suspended_at = reading.suspended_by_id = None
    session.flush()


def suspend(session: RexSession, reader: Reader, seat: MembershipView, reading: CounterReading, why: str) -> None:
    """Hide it from all but who wrote it, who is told why. Raises PermissionError, or Refused."""
    if not may_judge(reader, reading):
        raise PermissionError("an animateur who did not write it")
    reason = tidy(why).strip()
    if not reason:
        raise Refused("Dites pourquoi, en une phrase au moins\u00a0: la personne qui a écrit cette lecture le lira.")
    if len(reason) > WHY_LENGTH:
        raise Refused(f"Raccourcissez cette raison\u00a0: {WHY_LENGTH} caractères au plus.")
    if reading.suspended_at is not None:
        return
    put_away(session, reader, seat.key_name, reading, reading.words, reason)
    reading.words = reading.html = ""
    session.flush()


def restore(session: RexSession, reader: Reader, seat: MembershipView, reading: CounterReading) -> None:
    """As it was. Raises PermissionError."""
    if not may_judge(reader, reading):
        raise PermissionError("an animateur who did not write it")
    if reading.suspended_at is None:
        return
    reading.words = put_back(session, seat.key_name, reading)
    reading.html, reading.pipeline = html_of(reading.public_id, reading.words), text.PIPELINE
    session.flush()


def _looked_at(words: str) -> str:
    said = tidy(words).strip()
    if fault := fault_in(said):
        raise Refused(fault)
    return said


def _standing(session: RexSession, reader: Reader, seat: MembershipView) -> int:
    here = CounterReading.collectif_id == seat.collectif_id, CounterReading.author_id == reader.user_id
    return session.scalar(select(func.count(CounterReading.id)).where(*here, CounterReading.withdrawn_at.is_(None))) or 0


def _is_of(seat: MembershipView, voice: Voice) -> bool:
    if voice.college is not None:
        return voice.college is seat.college and voice.service_id is None
    return voice.service_id is not None and voice.service_id == seat.service_id
