"""`rex backup`: the whole base as it stood at one instant, and the files given to it, in one file, while REX serves and in
constant memory. What is sealed stays sealed."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select

from rex import __version__, clock, migrate
from rex.archive import new_zip, to_line, write_manifest
from rex.db import Database
from rex.refusals import Refused

FORMAT = "rex-sauvegarde-1"
VERSION_TABLE = "alembic_version"
# Signed-in devices, one-time addresses and counters of attempts: what was revoked since must not come back to life.
# The search is made again from what is told.
LEFT_OUT = frozenset({VERSION_TABLE, "device", "one_time_link", "attempt", "idempotency_key", "search_row"})
WITH_FILES = "attachment"  # the table whose rows have a file each, under their public identifier
AT_ONCE = 500
WITHOUT_KEYS = (
    "Les clés sont à part : « rex keys backup ». Sans elles ne s’ouvre aucun texte scellé : rien des groupes de pairs, rien de ce "
    "qui n’est pas publié."
)


def back_up(database: Database, path: Path) -> int:
    """Write the base to a new file, unpublished texts sealed as they are; returns the number of rows. Raises Refused."""
    revision = migrate.current(database)
    if revision is None:
        raise Refused("La base est vide\u00a0: il n’y a rien à sauvegarder.")
    with new_zip(path) as archive, _one_instant(database) as connection:
        tables = tables_of(connection)
        counts: dict[str, int] = {}
        given: list[str] = []
        for table in tables:
            with archive.open(member_of(table), "w", force_zip64=True) as member:
                counts[table.name] = 0
                for row in _rows(connection, table):
                    member.write(to_line(row))
                    counts[table.name] += 1
                    if table.name == WITH_FILES:
                        given.append(row["public_id"])
        files = sum(_add_file(archive, database.files.path(name)) for name in given)
        write_manifest(
            archive,
            {
                "format": FORMAT,
                "version": __version__,
                "revision": revision,
                "base": database.engine.dialect.name,
                "date": clock.now().isoformat(),
                "cles": WITHOUT_KEYS,
                "tables": counts,
                "fichiers": files,
            },
        )
    return sum(counts.values())


def tables_of(connection: Connection) -> list[Table]:
    """The tables of the base as they are, whatever the version that made them, those pointed at first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(migrate.OF_THE_ENGINE))
    return [table for table in found.sorted_tables if table.name not in LEFT_OUT]


def member_of(table: Table) -> str:
    """Where the rows of a table are in the zip."""
    return f"tables/{table.name}.jsonl"


def member_of_file(name: str) -> str:
    """Where a file that somebody gave is in the zip."""
    return f"fichiers/{name}"


def _add_file(archive: zipfile.ZipFile, path: Path) -> bool:
    """Add a file, sealed as it is; False when its row was deleted while the tables were read, and the file with it."""
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        return False
    archive.writestr(zipfile.ZipInfo(member_of_file(path.name), clock.now().timetuple()[:6]), sealed)  # stored: it does not shrink
    return True


def _one_instant(database: Database) -> Connection:
    """A connection that reads one state of the base until it closes; writers go on."""
    if database.is_sqlite:
        return database.engine.connect().execution_options(rex_mode="read")
    return database.engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(query).mappings():
        yield {column: value for column, value in row.items() if value is not None}
