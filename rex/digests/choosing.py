"""When the letter of a space leaves, and what happens if nobody rereads it: chosen by whoever looks after the space."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from rex import clock
from rex.access import MembershipView, Reader
from rex.access.acts import may_animate
from rex.db import RexSession
from rex.digests.models import Digest, DigestSettings, DigestState, Rhythm
from rex.digests.rhythm import lead_of, next_due, start_over

WAITS, LEAVES = "attend", "part"
FIRST_WEEKDAY, FIRST_HOUR = 4, 8  # proposed: a Friday at 8 h


@dataclass(frozen=True)
class Chosen:
    rhythm: Rhythm
    weekday: int
    hour: int
    waits: bool


def chosen_of(settings: DigestSettings | None) -> Chosen:
    """What stands, or what is proposed to a space that chose nothing."""
    if settings is None:
        return Chosen(Rhythm.MONTHLY, FIRST_WEEKDAY, FIRST_HOUR, waits=True)
    return Chosen(settings.rhythm, settings.weekday, settings.hour, settings.waits_for_edition)


def chosen_in(form: Mapping[str, str]) -> Chosen | None:
    """What a form says; None when it says what no form of ours does."""
    day, hour = form.get("jour", ""), form.get("heure", "")
    known = form.get("rythme") in set(Rhythm) and day in map(str, range(7)) and hour in map(str, range(24))
    return Chosen(Rhythm(form["rythme"]), int(day), int(hour), form.get("sans-relecture") != LEAVES) if known else None


def choose_rhythm(session: RexSession, reader: Reader, seat: MembershipView, chosen: Chosen) -> None:
    """Keep it. The letter that waits already keeps its hour."""
    if not may_animate(reader, seat.collectif_id):
        raise PermissionError("the rhythm of a letter is chosen by who looks after its space")
    settings = session.scalars(select(DigestSettings).where(DigestSettings.collectif_id == seat.collectif_id)).first()
    if settings is None:
        settings = DigestSettings(collectif_id=seat.collectif_id)
        session.add(settings)
    hour_before = settings.rhythm, settings.weekday, settings.hour
    settings.rhythm, settings.weekday, settings.hour = chosen.rhythm, chosen.weekday, chosen.hour
    settings.waits_for_edition = chosen.waits
    if hour_before != (chosen.rhythm, chosen.weekday, chosen.hour):
        start_over(settings, is_group=seat.is_group)
    session.flush()


def next_to_leave(session: RexSession, settings: DigestSettings | None, seat: MembershipView) -> datetime | None:
    """When the next letter leaves by its rhythm: the one that is composed already, or the first that there is time to compose.
    An hour that was done, and whose letter left already or is not to leave, has none."""
    if settings is None or settings.rhythm is Rhythm.NEVER:
        return None
    now = clock.now()
    here = Digest.collectif_id == seat.collectif_id, Digest.state == DigestState.TO_EDIT, Digest.due_at > now
    with session.as_system("when the letter that waits leaves"):
        waiting = session.scalar(select(func.min(Digest.due_at)).where(*here))
    done = settings.done_until or settings.set_at + lead_of(settings, is_group=seat.is_group)
    return waiting or next_due(settings, seat.timezone, max(now, done))
