"""What the page of trends costs: `python -m benchmarks.trends [RÉCITS DIFFICULTÉS MESSAGES]` (1 000, 5 000 and 20 000, then 10 000,
50 000 and 200 000 unless said so). On PostgreSQL with REX_DATABASE_URL, an empty base: one size then.

Each page is measured in the same turns as the journal's list of récits, whose cost does not follow its size: the ratio is what
compares. Wall time on PostgreSQL, whose work is done in another process; time of the process otherwise."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from flask import Flask
from sqlalchemy import select

from benchmarks import asking
from benchmarks.asking import Request, measure, statements_of
from benchmarks.filling import more_exchanges
from benchmarks.letters import more_difficulties
from benchmarks.measure import sign_in
from rex import clock, create_app, opening
from rex.collectifs.models import Collectif
from rex.config import config_from
from rex.seed.load import load
from rex.serve import settle
from rex.trends.asked import Place
from rex.trends.units import units_of

SIZES = ((1_000, 5_000, 20_000), (10_000, 50_000, 200_000))
ROUNDS, EACH = 7, 2
Pages = Callable[[Flask, str], Iterator[tuple[str, str]]]  # what is measured: names and addresses, in an application and a journal


def main(sizes: list[tuple[int, int, int]], pages: Pages) -> None:
    for recits, difficulties, messages in sizes:
        with tempfile.TemporaryDirectory(prefix="rex-trends-") as folder:
            settings = {"REX_DATA_DIR": folder, "REX_LOG_LEVEL": "ERROR"}
            if address := os.environ.get("REX_DATABASE_URL"):
                settings["REX_DATABASE_URL"] = address
                asking.time.process_time = time.perf_counter  # ty: ignore[invalid-assignment]
            database = opening.open_database(config_from(settings))
            opening.prepare(database)
            slug = load(database, recits, 1, quick=True).slug
            more_difficulties(database, slug, difficulties)
            more_exchanges(database, slug, messages)
            if not database.is_sqlite:
                with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("VACUUM ANALYZE")  # as the base does by itself, some time later
            print(f"{recits} récits, {difficulties} difficultés, {messages} messages")
            database.dispose()
            _measure(settings, slug, pages)


def sizes_asked() -> list[tuple[int, int, int]]:
    """Those of the command line; else the usual ones."""
    given = tuple(int(size) for size in sys.argv[1:4])
    return [given] if len(given) == 3 else list(SIZES[-1:] if os.environ.get("REX_DATABASE_URL") else SIZES)


def _measure(settings: dict[str, str], slug: str, pages: Pages) -> None:
    app = create_app(settings)
    cookie, _ = sign_in(app)
    settle()  # as a server does
    beside = Request(f"/c/{slug}/recits", cookie)
    print(f"{'page':34}{'ms':>10}{'liste, ms':>12}{'rapport':>10}{'requêtes SQL':>15}{'Ko':>8}")
    for name, path in pages(app, slug):
        request = Request(path, cookie)
        ours, other = measure([(app, request), (app, beside)], ROUNDS, EACH)
        ours.statements = statements_of(app, request)
        line = f"{name:34}{ours.ms:10.1f}{other.ms:12.1f}{ours.ms / other.ms:10.1f}{ours.statements:15}{ours.size / 1024:8.0f}"
        print(line.replace(".", ","), flush=True)


def _pages(app: Flask, slug: str) -> Iterator[tuple[str, str]]:
    here, year = f"/c/{slug}/tendances", clock.today("Europe/Paris").year
    with app.extensions["rex"].database.system("a unit to filter by") as session:
        collectif = session.scalars(select(Collectif).where(Collectif.slug == slug)).one()
        unit = units_of(session, Place(collectif.id, slug, collectif.name, collectif.timezone)).shown[0].key
    yield "trois mois", here
    yield "trois mois, un enjeu", f"{here}?enjeu=C"
    yield "trois mois, une balise", f"{here}?balise=C1"
    yield "trois mois, un service", f"{here}?service={unit}"
    yield "trois mois, un collège", f"{here}?college=service"
    yield "une année", f"{here}?periode={year}"
    yield "une année, un enjeu", f"{here}?periode={year}&enjeu=C"
    yield "une liste de récits", f"{here}/entrees?quoi=recits&quand=annee&de={unit}"
    yield "une liste de difficultés", f"{here}/entrees?quoi=difficultes&quand=annee"
    yield "le réseau", "/tendances"


if __name__ == "__main__":
    main(sizes_asked(), _pages)
