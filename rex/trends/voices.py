"""In whose name a reading is written: a service, a structure, or a collège; never a person. Its people of today answer for it."""

from dataclasses import dataclass

from sqlalchemy import func, select

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
    is_alone: bool = False  # who writes is the only one today: everybody will know who it is


def voices_of(seat: MembershipView) -> list[Voice]:
    """The voices of a member: their service or structure when they have one, and their collège."""
    theirs = [Voice(SERVICE, seat.service_name, service_id=seat.service_id)] if seat.service_id and seat.service_name else []
    return [*theirs, Voice(COLLEGE, seat.college.label, college=seat.college)]


def voices_with_their_people(session: RexSession, seat: MembershipView) -> list[Voice]:
    """The same, saying which ones are of one person alone today. One statement."""
    voices = voices_of(seat)
    counts = (func.count(Membership.id).filter(_of(voice)) for voice in voices)
    here = select(*counts).join(User, User.id == Membership.user_id)
    row = session.execute(here.where(Membership.collectif_id == seat.collectif_id, is_current())).one()
    return [Voice(one.kind, one.name, one.service_id, one.college, number <= 1) for one, number in zip(voices, row, strict=True)]


def _of(voice: Voice):
    return Membership.college == voice.college if voice.college else Membership.service_id == voice.service_id


def is_theirs(seat: MembershipView | None, reading: CounterReading) -> bool:
    """Whether somebody of this seat speaks today with the voice of a reading."""
    if seat is None or seat.is_group or seat.collectif_id != reading.collectif_id:
        return False
    if reading.college is not None:
        return seat.college is reading.college
    return reading.service_id is not None and seat.service_id == reading.service_id


def may_withdraw(reader: Reader, reading: CounterReading) -> bool:
    """Its voice of today; and who wrote it, wherever they work now, as long as they are of the collectif."""
    seat = reader.seat(reading.collectif_id)
    return is_theirs(seat, reading) or (seat is not None and reading.author_id == reader.user_id)


def name_of_voice(service_name: str, college: College | None) -> str:
    return service_name or (college.label if college else "")
