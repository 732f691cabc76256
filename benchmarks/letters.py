"""What it costs to compose a letter: `python -m benchmarks.letters [RÉCITS] [DIFFICULTÉS]` (10 000 and 50 000 unless said so).

The journal is made in a folder apart; the letter is composed in a process of its own, whose memory is that of composing alone. The
difficulties are gathered already, as `rex tick` leaves them. Two letters: of the last month, and of all that was ever told."""

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from random import Random

from sqlalchemy import event, func, select

from rex import clock, opening
from rex.collectifs.models import Collectif, College, Membership, Service
from rex.config import config_from
from rex.db import Database
from rex.digests.models import DigestSettings, Rhythm
from rex.digests.planning import plan_of
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Authorship, Entry, EntryKind, Stance, Tagging
from rex.referentiel.content import BALISES
from rex.seed.load import load
from rex.seed.plan import public_id
from rex.seed.rows import insert_for_ids, insert_rows
from rex.tensions.models import Tension, TensionLink

RECITS, DIFFICULTIES = 10_000, 50_000
AT_ONCE = 1_000
WORDS = "Nous avons appris le changement de calendrier numéro {} au moment où il s’appliquait, et personne ne nous l’avait dit."


def main(recits: int, difficulties: int) -> None:
    with tempfile.TemporaryDirectory(prefix="rex-letters-") as folder:
        database = _opened(folder)
        opening.prepare(database)
        told = load(database, recits, 1, quick=True)
        more_difficulties(database, told.slug, difficulties)
        database.dispose()
        subprocess.run([sys.executable, "-m", "benchmarks.letters", "--compose", folder, told.slug], check=True)


def _opened(folder: str) -> Database:
    return opening.open_database(config_from({"REX_DATA_DIR": folder, "REX_LOG_LEVEL": "ERROR"}))


def more_difficulties(database: Database, slug: str, wanted: int) -> None:
    """Lone difficulties up to this number, over two years, each in a tension: those that there are gather them in turn."""
    chance = Random(slug)
    with database.system("what is there") as session:
        collectif = session.scalars(select(Collectif).where(Collectif.slug == slug)).one()
        there = session.scalar(select(func.count(Entry.id)).where(Entry.kind == EntryKind.DIFFICULTY)) or 0
        tensions = cycle(session.scalars(select(Tension.id).order_by(Tension.id)).all())
        seats = session.execute(
            select(Membership.user_id, Membership.college, Membership.service_id, Service.name)
            .outerjoin(Service, Service.id == Membership.service_id)
            .where(Membership.collectif_id == collectif.id)
        ).all()
    writers, now = cycle(seats), clock.now()
    for first in range(there, wanted, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, wanted))
        with database.system("more difficulties", write=True) as session:
            entries = [_entry(collectif.id, number, chance, now) for number in numbers]
            ids = insert_for_ids(session, collectif, Entry, entries)
            insert_rows(session, collectif, Difficulty, [{"id": key, "section_slug": "", "is_detached": False} for key in ids])
            insert_rows(session, collectif, Authorship, [_signed(key, next(writers)) for key in ids])
            tags = [{"entry_id": key, "code": chance.choice(BALISES).code, "position": 0, "stance": Stance.ILLUSTRE} for key in ids]
            insert_rows(session, collectif, Tagging, tags)
            links = [{"difficulty_id": key, "tension_id": next(tensions), "linked_at": now} for key in ids]
            insert_rows(session, collectif, TensionLink, links)


def _entry(collectif_id: int, number: int, chance: Random, now) -> dict[str, object]:
    words = WORDS.format(number)
    at = now - timedelta(minutes=chance.randint(1, 2 * 365 * 1440))
    return {
        "public_id": public_id(chance), "kind": EntryKind.DIFFICULTY, "collectif_id": collectif_id, "audience": Audience.COLLECTIF,
        "title": words[:110], "excerpt": words, "words": words, "created_at": at, "published_at": at,
    }  # fmt: skip


def _signed(entry_id: int, seat) -> dict[str, object]:
    return {
        "entry_id": entry_id, "user_id": seat.user_id, "position": 0, "service_id": seat.service_id,
        "service_name": seat.name or "", "title": "", "college": seat.college or College.SERVICE,
    }  # fmt: skip


def _compose(folder: str, slug: str) -> None:
    """In a process of its own: time by the clock, memory at its highest."""
    database, now = _opened(folder), clock.now()
    statements: Counter[str] = Counter()
    event.listen(database.engine, "before_cursor_execute", lambda *_: statements.update(["all"]))
    for label, days in (("le dernier mois", 31), ("depuis toujours", 5 * 365)):
        statements.clear()
        with database.system("compose a letter") as session:
            collectif_id = session.scalars(select(Collectif.id).where(Collectif.slug == slug)).one()
            hours = DigestSettings(collectif_id=collectif_id, rhythm=Rhythm.MONTHLY, weekday=4, hour=8)
            hours.set_at = now - timedelta(days=days)
            begun, computed = time.perf_counter(), time.process_time()
            plan = plan_of(session, collectif_id, hours, until=now, due=now)
            took, computed = time.perf_counter() - begun, time.process_time() - computed
        told = _said(plan.items if plan else ())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cost = f"{took:.1f} s ({computed:.1f} s de calcul), {memory:.0f} Mo, {statements['all']} requêtes"
        print(f"{label} : {cost} ; {told}", flush=True)


def _said(items: Sequence) -> str:
    counts = Counter(item.proposed.candidate.rubric.value for item in items)
    return ", ".join(f"{rubric} {n}" for rubric, n in counts.items()) or "rien"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--compose"]:
        _compose(sys.argv[2], sys.argv[3])
    else:
        sizes = [int(size) for size in sys.argv[1:]]
        main(*(sizes + [RECITS, DIFFICULTIES][len(sizes) :]))
