"""When the letter of a space leaves: chosen by who looks after it."""

from dataclasses import dataclass

from sqlalchemy import select

from rex import clock
from rex.access import MembershipView
from rex.db import RexSession
from rex.digests.models import DigestSettings, Rhythm
from rex.digests.rhythm import lead_of

DEFAULT_WEEKDAY, DEFAULT_HOUR = 4, 8  # Friday, 8 h: read before the week ends


@dataclass(frozen=True)
class Chosen:
    """What the form of a space holds."""

    rhythm: Rhythm = Rhythm.MONTHLY
    weekday: int = DEFAULT_WEEKDAY
    hour: int = DEFAULT_HOUR
    waits_for_edition: bool = True


def choose(session: RexSession, seat: MembershipView, chosen: Chosen) -> DigestSettings:
    """Keep when the letter leaves. Raises PermissionError, ValueError.

    Once the rhythm or the hour is another, the first letter is the next one that there is time to compose: none leaves at once for
    an hour that is over."""
    if not seat.is_animateur:
        raise PermissionError("who looks after a space says when its letter leaves")
    if chosen.weekday not in range(7) or chosen.hour not in range(24):
        raise ValueError("a day of the week and an hour of the day")
    now = clock.now()
    with session.as_system("when the letter of a space leaves"):
        query = select(DigestSettings).where(DigestSettings.collectif_id == seat.collectif_id).with_for_update()
        settings = session.scalars(query).first()
        if settings is None:
            settings = DigestSettings(
                collectif_id=seat.collectif_id, rhythm=chosen.rhythm, weekday=chosen.weekday, hour=chosen.hour
            )
            settings.waits_for_edition, settings.set_at = chosen.waits_for_edition, now
            session.add(settings)
        else:
            before = settings.rhythm, settings.weekday, settings.hour
            settings.rhythm, settings.weekday, settings.hour = chosen.rhythm, chosen.weekday, chosen.hour
            settings.waits_for_edition = chosen.waits_for_edition
            if before != (chosen.rhythm, chosen.weekday, chosen.hour):
                settings.done_until = max(settings.done_until or now, now + lead_of(settings, is_group=seat.is_group))
        session.flush()
    return settings
