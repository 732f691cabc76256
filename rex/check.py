"""`rex db check`: is the base whole, what the code expects, and can what it sealed be opened?"""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import select, text

from rex import migrate, opening
from rex.access import Reader
from rex.collectifs.models import Collectif
from rex.db import Database, RexSession
from rex.digests.plain import reader_for
from rex.journal.attachment_models import Attachment
from rex.search import whole
from rex.trends import recount
from rex.trends.asked import Place


def faults(database: Database) -> list[str]:
    """What is wrong, one French sentence each; empty when nothing is."""
    revision, head = migrate.current(database), migrate.head()
    if revision is None:
        return ["La base est vide\u00a0: lancez «\u00a0rex db upgrade\u00a0»."]
    migrate.refuse_newer(database)
    if revision != head:
        return [f"La base est à la révision {revision}, le programme à {head}\u00a0: lancez «\u00a0rex db upgrade\u00a0»."]
    found = _integrity(database)
    found += [f"Le schéma n’est pas celui du programme\u00a0: {difference}" for difference in migrate.differences(database)]
    return found + whole.faults(database) + _trends(database) + _lost_files(database) + opening.lost_keys(database)


def _trends(database: Database) -> list[str]:
    """Figures of trends that are not those of the texts, counted one by one."""
    with database.system("which journals have trends") as session:
        ids = session.scalars(select(Collectif.id).order_by(Collectif.id)).all()
        readers = [found for one in ids if (found := reader_for(session, one)) is not None]
    faults: list[str] = []
    for reader, seat in readers:
        place = Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)
        with _still(database, reader) as session:
            faults += recount.faults(session, reader, place)
    for reader, seat in readers[:1]:  # the réseau is the same for all who read it
        with _still(database, reader) as session:
            faults += recount.faults(session, reader, Place(None, "", "Le réseau", seat.timezone))
    return faults


@contextmanager
def _still(database: Database, reader: Reader) -> Generator[RexSession]:
    """A session that reads everything as it was at its first statement: people write meanwhile. SQLite does so by itself."""
    with database.session(reader) as session:
        if not database.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _lost_files(database: Database) -> list[str]:
    """Files given to a récit whose bytes are not in the folder."""
    with database.system("which files should be there") as session:
        names = session.scalars(select(Attachment.public_id).order_by(Attachment.id)).all()
    lost = [name for name in names if not database.files.path(name).exists()]
    return [f"Le fichier «\u00a0{name}\u00a0» manque dans {database.files.folder}." for name in lost[:20]]


def broken_references(database: Database) -> list[str]:
    """Rows that point at a row that does not exist (SQLite; PostgreSQL refuses them by itself)."""
    if not database.is_sqlite:
        return []
    with database.engine.connect() as connection:
        rows = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [f"Une ligne de «\u00a0{row[0]}\u00a0» renvoie à une ligne absente de «\u00a0{row[2]}\u00a0»." for row in rows[:20]]


def _integrity(database: Database) -> list[str]:
    if not database.is_sqlite:
        return _invalid_on_postgresql(database)
    with database.engine.connect() as connection:
        said = [row[0] for row in connection.execute(text("PRAGMA integrity_check(20)"))]
    return [f"La base est abîmée\u00a0: {line}" for line in said if line != "ok"] + broken_references(database)


def _invalid_on_postgresql(database: Database) -> list[str]:
    """Constraints not enforced and indexes left half-made: the server lets both exist."""
    query = (
        "SELECT 'contrainte ' || conname FROM pg_constraint WHERE NOT convalidated "
        "UNION ALL SELECT 'index ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid"
    )
    with database.engine.connect() as connection:
        return [f"À réparer dans la base\u00a0: {row[0]}." for row in connection.execute(text(query))]
