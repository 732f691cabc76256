"""What is done to a whole base, or to all of its keys, is done by one command at a time; a second one is told so at once."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from rex.db import Database
from rex.refusals import Refused

WHOLE_BASE = 7_381_002  # the number of this lock among those of a PostgreSQL base; `rex.migrate` has its own
BASE_IS_TAKEN = (
    "Une autre commande remet une sauvegarde dans cette base, ou en vide la démonstration\u00a0: "
    "attendez qu’elle ait fini, puis recommencez s’il le faut."
)


@contextmanager
def alone_in_base(database: Database) -> Generator[None]:
    """Nobody else restores this base or clears its demonstration meanwhile. Raises Refused. A killed command leaves nothing."""
    if database.is_sqlite:
        with alone_in_folder(Path(database.url.database or "").parent, BASE_IS_TAKEN):
            yield
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        number = {"number": WHOLE_BASE}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), number):
            raise Refused(BASE_IS_TAKEN)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)


@contextmanager
def alone_in_folder(folder: Path, sentence: str) -> Generator[None]:
    """Nobody else is at work in this folder meanwhile; Refused with this sentence otherwise. The folder itself is the lock: a file
    beside a SQLite base would be left there, and closing the base's own would undo the locks of SQLite."""
    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(sentence) from error
        yield
    finally:
        os.close(place)
