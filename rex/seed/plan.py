"""Decides, récit by récit, who tells what and when."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from rex import clock
from rex.journal.models import Audience
from rex.seed.compose import Told, draw_recit, draw_scene
from rex.seed.people import Writer

MONTHS = 24
TIMEZONE = "Europe/Paris"


@dataclass(frozen=True)
class Planned:
    """One récit before it has rows; `scene` numbers its action."""

    scene: int
    action_public_id: str
    public_id: str
    is_first: bool
    told: Told
    authors: list[Writer]
    audience: Audience
    published_at: datetime


def plan(count: int, writers: list[Writer], chance: Random) -> Iterator[Planned]:
    """The récits in the order of their actions; about one action in seven is told several times."""
    made, scene_number = 0, 0
    instants = _instants(count, chance)
    while made < count:
        scene, several = draw_scene(chance), chance.randint(2, 3) if chance.random() < 0.15 else 1
        for rank in range(min(several, count - made)):
            authors = chance.sample(writers, chance.choice((1, 1, 1, 1, 1, 1, 2, 2, 2, 3)))
            audience = Audience.RESEAU if chance.random() < 0.1 else Audience.COLLECTIF
            told = draw_recit(scene, chance, is_first=rank == 0)
            ids = public_id(chance), public_id(chance)
            yield Planned(scene_number, *ids, rank == 0, told, authors, audience, instants[made])
            made += 1
        scene_number += 1


def _instants(count: int, chance: Random) -> list[datetime]:
    """When each récit was published: over two years, in working hours, the oldest first."""
    today = clock.today(TIMEZONE)
    days = sorted((chance.randint(1, MONTHS * 30) for _ in range(count)), reverse=True)
    moments = []
    for back in days:
        day = today - timedelta(days=back)
        day -= timedelta(days=max(0, day.weekday() - 4))
        at = time(chance.randint(8, 18), chance.randint(0, 59), chance.randint(0, 59))
        moments.append(datetime.combine(day, at, ZoneInfo(TIMEZONE)).astimezone(UTC))
    return sorted(moments)


def public_id(chance: Random) -> str:
    """A public id that the same seed gives again, so that measures of two days read the same pages."""
    return base64.urlsafe_b64encode(chance.randbytes(12)).decode()
