"""The search in journals of growing sizes: `python -m benchmarks.growth 1000 10000 100000`.

CPU milliseconds of a request, beside those of the limit over the same texts. What is ranked is capped, so that the last column
stays what it is while journals grow."""

import sys
import tempfile
from pathlib import Path

from benchmarks import limit
from benchmarks.asking import Request, measure, statements_of
from benchmarks.measure import COMMON, FOUND, sign_in, sign_in_to_the_limit
from rex import create_app, opening
from rex.config import config_from
from rex.seed.load import load

ASKED = {
    "un mot sur quarante": FOUND, "un mot courant": COMMON, "deux mots": f"{FOUND}+{COMMON}", "une phrase": "%22une+semaine%22",
    "un mot, une balise": f"{COMMON}&balise=V6", "une balise rare": f"{COMMON}&balise=E6",
    "un mot, les mercis": f"{COMMON}&genre=reconnaissance",
}  # fmt: skip


def grow(sizes: list[int]) -> None:
    """Measure each question in a journal of each size, in a folder of its own."""
    first: dict[str, float] = {}
    print(f"{'récits':>8}  {'question':22}{'REX, ms':>10}{'limite, ms':>12}{'requêtes SQL':>15}{'croissance':>13}")
    for recits in sizes:
        with tempfile.TemporaryDirectory(prefix="rex-growth-") as folder:
            settings = {"REX_DATA_DIR": folder, "REX_LOG_LEVEL": "ERROR"}
            database = opening.open_database(config_from(settings))
            opening.prepare(database)
            told = load(database, recits, 1, quick=True)
            limit.build(database, told.slug, Path(folder) / "limit.db")
            database.dispose()
            ours, theirs = create_app(settings), limit.make_app(str(Path(folder) / "limit.db"))
            cookie, other = sign_in(ours)[0], sign_in_to_the_limit(theirs)[0]
            for name, words in ASKED.items():
                mine = Request(f"/recherche?q={words}", cookie)
                made, least = measure([(ours, mine), (theirs, Request(f"/search?q={words}", other))], 15, 10)
                growth = made.ms / first.setdefault(name, made.ms)
                line = f"{recits:8}  {name:22}{made.ms:10.2f}{least.ms:12.2f}{statements_of(ours, mine):15}{growth:13.2f}"
                print(line.replace(".", ","), flush=True)


if __name__ == "__main__":
    grow([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
