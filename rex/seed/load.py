"""Puts a collectif of any size in the base: rows in bulk, by slices, equal to those that publishing makes.

The same seed on the same day gives the same words, people and dates. The collectif counts as a demonstration: it is served
on this machine only, and goes with `rex demo clear`."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from random import Random

from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Collectif
from rex.db import Database
from rex.search.indexing import refresh
from rex.seed.around import around
from rex.seed.people import SIGN_IN, settle
from rex.seed.plan import MONTHS, TIMEZONE, plan
from rex.seed.room import SeededRoom, load_room
from rex.seed.tensions import load_tensions
from rex.seed.writing import surround, write

SLICE = 250


class AlreadyThere(Exception):
    """This collectif was seeded before; `str()` is its name."""


@dataclass(frozen=True)
class Seeded:
    """What was put in the base."""

    name: str
    slug: str
    recits: int
    members: int
    sign_in: str
    room: SeededRoom | None


def load(database: Database, recits: int, seed: int, *, messages: int = 0, quick: bool = False) -> Seeded:
    """Add a collectif with this number of published récits; with `messages`, a peer group of so many too (`rex.seed.room`).

    Raises AlreadyThere."""
    chance, members = Random(f"{seed}/{recits}"), max(12, recits // 50)
    slug, name = f"semis-{recits}-{seed}", f"Commune du Semis ({recits} récits, graine {seed})"
    began = clock.now() - timedelta(days=MONTHS * 31)
    with database.system("seed a collectif", write=True) as session:
        if session.scalar(select(Collectif.id).where(Collectif.slug == slug)):
            raise AlreadyThere(name)
        collectif = Collectif(slug=slug, name=name, is_demo=True, timezone=TIMEZONE, created_at=began)
        session.add(collectif)
        session.flush()
        session.keyring.create(collectif.key_name)
        writers = settle(session, collectif, members, chance, began, quick=quick)
    actions: dict[int, int] = {}
    planned_all, others = plan(recits, writers, chance), Random(f"{seed}/{recits}/around")
    left = recits
    while planned := list(islice(planned_all, SLICE)):
        left -= len(planned)
        with database.system("seed récits", write=True) as session:
            told = list(zip(write(session, collectif, planned, actions), planned, strict=True))
            last = told[-1][0] if left == 0 else None
            entry_ids = surround(session, collectif, around(collectif.id, told, writers, others, last))
            refresh(session, [*entry_ids, *(recit_id for recit_id, _ in told)])
    load_tensions(database, collectif, writers, Random(f"{seed}/{recits}/tensions"))
    room = load_room(database, collectif, writers, messages, Random(f"{seed}/{messages}/room")) if messages else None
    return Seeded(name, slug, recits, members, SIGN_IN, room)
