"""In whose name a reading is written: a service, a structure, or a collège; never a person, whose name is not shown. Who wrote it
answers for it; when their account is deleted, the people of today of its service or structure."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from rex.access import MembershipView, Reader, is_current
from rex.collectifs.models import College, Membership, User
from rex.db import RexSession
from rex.trends.models import CounterReading

SERVICE, COLLEGE = "service", "college"  # as a form says them


@dataclass(frozen=True)
class Voice:
    """`name`: « Voirie », « Élus »."""

    kind: str
    name: str
    service_id: int | None = None
    college: College | None = None
    people: int = 0  # who speak with it today

    @property
    def is_alone(self) -> bool:
        """Who writes is the only one today: everybody will know who it is."""
        return self.people <= 1


def voices_of(seat: MembershipView) -> list[Voice]:
    """The voices of a member: their service or structure when they have one, and their collège."""
    theirs = [Voice(SERVICE, seat.service_name, service_id=seat.service_id)] if seat.service_id and seat.service_name else []
    return [*theirs, Voice(COLLEGE, seat.college.label, college=seat.college)]


def voices_with_their_people(session: RexSession, seat: MembershipView) -> list[Voice]:
    """The same, saying how many people speak with each today. One statement."""
    voices = voices_of(seat)
    counts = (func.count(Membership.id).filter(_of(voice)) for voice in voices)
    here = select(*counts).join(User, User.id == Membership.user_id)
    row = session.execute(here.where(Membership.collectif_id == seat.collectif_id, is_current())).one()
    return [Voice(one.kind, one.name, one.service_id, one.college, number) for one, number in zip(voices, row, strict=True)]


def _of(voice: Voice):
    return Membership.college == voice.college if voice.college else Membership.service_id == voice.service_id


def least_exposing(voices: list[Voice]) -> Voice:
    """Of these, counted, the one with which the most people speak."""
    return max(voices, key=lambda one: one.people)


def answers_for(reader: Reader, reading: CounterReading) -> bool:
    """Whether this person corrects and withdraws a reading: who wrote it, wherever they work now, as long as they are of the
    collectif; once their account is deleted, those who speak today for its service or structure. Of a collège, nobody: it may be
    sixty people, and none of them wrote it."""
    seat = reader.seat(reading.collectif_id)
    if seat is None or seat.is_group:
        return False
    if reading.author_id is not None:
        return reading.author_id == reader.user_id
    return reading.service_id is not None and seat.service_id == reading.service_id


def those_they_answer_for(reader: Reader, seat: MembershipView) -> ColumnElement[bool]:
    """The same, for a statement of the readings of the collectif of this seat."""
    orphans = CounterReading.author_id.is_(None), CounterReading.service_id == seat.service_id
    of_theirs = and_(*orphans) if seat.service_id is not None else false()
    return or_(CounterReading.author_id == reader.user_id, of_theirs)


def name_of_voice(service_name: str, college: College | None) -> str:
    return service_name or (college.label if college else "")
