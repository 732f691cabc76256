"""What a search inside a peer group costs: `python -m benchmarks.room_search`, on a group of 3,000 messages made in a folder apart.

Beside the least that it could cost here: reading as many rows of one table, and looking for the word in as many texts in clear.
CPU time of the process, median of many turns; only the ratio holds from one machine to the next."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from rex import opening
from rex.access import Reader
from rex.collectifs.entrance import open_device, recognise
from rex.collectifs.models import Credential
from rex.config import config_from
from rex.db import Database
from rex.exchanges.models import Exchange
from rex.exchanges.room_search import search
from rex.exchanges.search_terms import terms_of
from rex.journal.models import Audience
from rex.seed.load import load
from rex.seed.people import SIGN_IN

RECITS, MESSAGES = 12, 3_000
LOOKED_FOR = ("réunions", "équipes")


def reader_of(database: Database) -> Reader:
    with database.system("sign in", write=True) as session:
        user_id = session.scalars(select(Credential.user_id).where(Credential.address == SIGN_IN)).one()
        found = recognise(session, open_device(session, user_id, "", stays=True))
    assert found is not None
    return found


def median(act: Callable[[], object], turns: int = 15) -> float:
    """CPU milliseconds."""
    spent = []
    for _ in range(turns):
        began = time.process_time()
        act()
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rex-bench-") as folder:
        config = config_from({"REX_DATA_DIR": folder, "REX_QUICK_HASHES": "1"})
        database = opening.open_database(config)
        opening.prepare(database)
        load(database, RECITS, 1, messages=MESSAGES, quick=True)
        reader = reader_of(database)
        (seat,) = reader.groups

        def ours() -> int:
            with database.session(reader) as session:
                return len(search(session, reader, seat, terms_of(" ".join(LOOKED_FOR))))

        began = time.process_time()
        found = ours()
        cold = (time.process_time() - began) * 1000
        warm = median(ours)
        said = select(Exchange.source).where(Exchange.audience == Audience.GROUPE)
        with database.session(reader) as session:
            texts = [text.casefold() for text in session.scalars(said)]
        bare = sqlite3.connect(Path(folder) / "rex.db")

        def least() -> int:
            bare.execute("SELECT id, entry_id, substr(source, 1, 96) FROM exchange WHERE audience = 'groupe'").fetchall()
            return sum(all(word.rstrip("s") in text for word in LOOKED_FOR) for text in texts)

        floor = median(least)
        database.dispose()
    print(f"{len(texts)} messages, {found} textes trouvés")
    print(f"à froid {cold:.0f} ms, à chaud {warm:.1f} ms, le moins possible {floor:.1f} ms, rapport {warm / floor:.1f}")


if __name__ == "__main__":
    main()
