"""What a search inside a peer group costs: `python -m benchmarks.room_search`, on a group of 3,000 messages made in a folder apart.

Beside the least that it could cost here: reading as many rows of one table, and looking for the word in as many texts in clear.
CPU time of the process, median of many turns; only the ratio holds from one machine to the next."""

import secrets
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
from rex.collectifs.models import Collectif, College, Membership, User
from rex.config import config_from
from rex.db import Database
from rex.exchanges.actions import Words, say
from rex.exchanges.entries import find_entry
from rex.exchanges.models import Exchange, Posture
from rex.exchanges.room_search import search
from rex.exchanges.search_terms import terms_of
from rex.journal import difficulties
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience
from rex.peer_groups.creating import Charter, create_group

MESSAGES, THREADS = 3_000, 60
VOCABULARY = (
    "service école marché réunion voirie agent élue calendrier chantier silence confiance budget semaine équipe projet"
)


def words(number: int) -> str:
    return " ".join(secrets.choice(VOCABULARY.split()) for _ in range(60)) + f" message {number}"


def fill(database: Database) -> tuple[int, int]:
    """A person and their group: (user id, group id)."""
    with database.system("a base to measure", write=True) as session:
        place, person = Collectif(slug="mesure", name="Mesure"), User(name="Claude Mesure")
        session.add_all([place, person])
        session.flush()
        database.keyring.create(place.key_name)
        session.add(Membership(user_id=person.id, collectif_id=place.id, college=College.SERVICE))
        user_id = person.id
    with database.session(write=True) as session:
        session.reader = who = reader_of(database, user_id)
        group = create_group(session, who, Charter("Mesure", "", ""))
        group_id = group.id
        session.commit()
    for thread in range(THREADS):
        with database.session(write=True) as session:
            session.reader = who = reader_of(database, user_id)
            seat = who.seat(group_id)
            assert seat is not None
            noted = difficulties.share(session, who, seat, Audience.GROUPE, Written(words(thread)))
            entry = find_entry(session, who, noted.public_id)
            assert entry is not None
            for number in range(MESSAGES // THREADS):
                say(session, who, entry, Words(Posture.APPORT, words(number)))
            session.commit()
    return user_id, group_id


def reader_of(database: Database, user_id: int) -> Reader:
    with database.system("sign in", write=True) as session:
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
        user_id, group_id = fill(database)
        reader = reader_of(database, user_id)
        seat = reader.seat(group_id)
        assert seat is not None

        def ours() -> int:
            with database.session(reader) as session:
                return len(search(session, reader, seat, terms_of("écoles silence")))

        began = time.process_time()
        found = ours()
        cold = (time.process_time() - began) * 1000
        warm = median(ours)
        with database.session(reader) as session:
            texts = [text.casefold() for text in session.scalars(select(Exchange.source))]
        bare = sqlite3.connect(Path(folder) / "rex.db")

        def least() -> int:
            bare.execute("SELECT id, entry_id, substr(source, 1, 96) FROM exchange").fetchall()
            return sum("école" in text and "silence" in text for text in texts)

        floor = median(least)
        database.dispose()
    print(f"{len(texts)} messages, {found} textes trouvés")
    print(f"à froid {cold:.0f} ms, à chaud {warm:.1f} ms, le moins possible {floor:.1f} ms, rapport {warm / floor:.1f}")


if __name__ == "__main__":
    main()
