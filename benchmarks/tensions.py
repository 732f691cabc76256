"""What comes back in journals of growing sizes: `python -m benchmarks.tensions 1000 12500` (récits; the seed notes four
difficulties for ten of them).

Seconds to read, compute and store, the memory of the process that computes, then milliseconds of a suggestion while one types, once
the journal is read."""

import resource
import statistics
import sys
import tempfile
import time

from sqlalchemy import func, select
from werkzeug.test import Client

from benchmarks.measure import sign_in
from rex import create_app, opening
from rex.collectifs.models import Collectif
from rex.config import config_from
from rex.db import Database
from rex.seed.load import load
from rex.tensions import near_index
from rex.tensions.computing import compute
from rex.tensions.models import TensionGrouping, TensionProposal

TYPED = (
    "Les priorités changent chaque semaine, nous recommençons tout.",
    "Personne ne répond aux habitants, le guichet est épuisé.",
    "Le calendrier du budget décide à la place des services.",
)
ROUNDS = 5


def grow(sizes: list[int]) -> None:
    """Measure a journal of each size, in a folder of its own."""
    heads = ("difficultés", "calcul, s", "mémoire, Mo", "propositions", "lecture, s", "suggestion, ms")
    print("".join(f"{head:>16}" for head in heads))
    for recits in sizes:
        with tempfile.TemporaryDirectory(prefix="rex-tensions-") as folder:
            settings = {"REX_DATA_DIR": folder, "REX_LOG_LEVEL": "ERROR"}
            database = opening.open_database(config_from(settings))
            opening.prepare(database)
            told = load(database, recits, 1, quick=True)
            with database.system("the seeded collectif") as session:
                collectif_id = session.scalars(select(Collectif.id).where(Collectif.slug == told.slug)).one()
            begun = time.perf_counter()
            compute(database, collectif_id, at_once=True)
            spent = time.perf_counter() - begun
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            read, suggested = _suggest(settings, told.slug)
            number, proposed = _stored(database, collectif_id)
            database.dispose()
        line = f"{number:16}{spent:16.1f}{memory:16}{proposed:16}{read:16.1f}{suggested * 1000:16.0f}"
        print(line.replace(".", ","), flush=True)


def _stored(database: Database, collectif_id: int) -> tuple[int, int]:
    with database.system("what was computed") as session:
        grouping = session.get(TensionGrouping, collectif_id)
        number = session.scalar(select(func.count(TensionProposal.id)).where(TensionProposal.collectif_id == collectif_id))
    return grouping.difficulties if grouping else 0, number or 0


def _suggest(settings: dict[str, str], slug: str) -> tuple[float, float]:
    """Seconds until a journal is read, then seconds of a suggestion, as a person who types asks for it."""
    app = create_app(settings)
    cookie, csrf = sign_in(app)
    client = Client(app, use_cookies=False)

    def ask(words: str) -> float:
        begun = time.perf_counter()
        form = {"collectif": slug, "mots": words, "csrf_token": csrf}
        answer = client.post("/tensions/ressemblances", data=form, headers={"Cookie": cookie})
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status}: {answer.text[:200]}")
        return time.perf_counter() - begun

    begun = time.perf_counter()
    ask(TYPED[0])
    while any(place.is_being_made for place in near_index._places.values()):
        time.sleep(0.1)
    read = time.perf_counter() - begun
    taken = statistics.median(ask(words) for words in TYPED * ROUNDS)
    app.extensions["rex"].database.dispose()
    return read, taken


if __name__ == "__main__":
    grow([int(size) for size in sys.argv[1:]] or [1_000, 12_500])
