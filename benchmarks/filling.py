"""More of what hangs from the récits of a seeded journal, in bulk: messages up to a number, under any of them, from anybody."""

from datetime import timedelta
from itertools import islice
from random import Random

from sqlalchemy import func, select

from rex import clock
from rex.collectifs.models import Collectif, Membership
from rex.db import Database
from rex.exchanges.models import Exchange, Posture
from rex.journal.models import Entry, EntryKind
from rex.seed.plan import public_id
from rex.seed.rows import insert_rows

AT_ONCE = 2_000
WORDS = "Nous avons vécu la même chose au printemps, et nous en avons gardé la même habitude."


def more_exchanges(database: Database, slug: str, wanted: int) -> None:
    chance, now = Random(f"{slug}/exchanges"), clock.now()
    with database.system("what is there") as session:
        collectif = session.scalars(select(Collectif).where(Collectif.slug == slug)).one()
        recits = session.execute(
            select(Entry.id, Entry.audience, Entry.published_at).where(
                Entry.collectif_id == collectif.id, Entry.kind == EntryKind.RECIT, Entry.published_at.is_not(None)
            )
        ).all()
        seats = session.execute(
            select(Membership.user_id, Membership.service_id).where(Membership.collectif_id == collectif.id)
        ).all()
        there = session.scalar(select(func.count(Exchange.id))) or 0
    left = iter(range(there, wanted))
    while numbers := list(islice(left, AT_ONCE)):
        rows = []
        for _ in numbers:
            under, seat = chance.choice(recits), chance.choice(seats)
            at = min(under.published_at + timedelta(minutes=chance.randint(40, 86_400)), now)
            rows.append(
                {
                    "public_id": public_id(chance), "entry_id": under.id, "audience": under.audience, "posture": Posture.RESONANCE,
                    "author_id": seat.user_id, "service_id": seat.service_id, "source": WORDS, "html": f"<p>{WORDS}</p>",
                    "pipeline": 1, "created_at": at,
                }
            )  # fmt: skip
        with database.system("more messages", write=True) as session:
            insert_rows(session, collectif, Exchange, rows)
