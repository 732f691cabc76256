"""`rex restore`: a backup put back in an empty base, of the same engine or of the other. All of it, or nothing."""

import re
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from rex import migrate
from rex.alone import alone_in_base
from rex.archive import damaged, from_lines, old_zip, read_manifest
from rex.backup import FORMAT, LEFT_OUT, VERSION_TABLE, member_of, member_of_file, tables_of
from rex.db import Database
from rex.files import write_private_once
from rex.refusals import Refused, sentence_of

AT_ONCE = 500
FILE = re.compile(r"fichiers/([A-Za-z0-9_-]{16})")
LARGEST_FILE = 16 * 1024 * 1024


def put_back(database: Database, path: Path) -> int:
    """Fill an empty base from a backup; returns the number of rows. Raises Refused, and then nothing has changed."""
    with old_zip(path) as archive:
        manifest = read_manifest(archive, path, FORMAT)
        revision, counts = manifest.get("revision"), manifest.get("tables")
        if not isinstance(revision, str) or not isinstance(counts, dict):
            raise damaged(path)
        known = {script.revision for script in ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()}
        if revision not in known:
            raise Refused(
                f"{path} vient d’une version plus récente de REX (révision {revision})\u00a0: mettez le programme à jour."
            )
        with alone_in_base(database):
            _refuse_used(database)  # before the whole file is read: that is long
            files = _read_through(archive, path, counts, manifest.get("fichiers", 0))
            if migrate.current(database) is not None:
                migrate.downgrade(database, "base")
            migrate.upgrade(database, revision)
            with _written(database, archive, files), _rewriting(database) as connection:
                _fill(connection, archive, path, counts)
            migrate.upgrade(database)
    return sum(counts.values())


def _refuse_used(database: Database) -> None:
    with database.engine.connect().execution_options(rex_mode="read") as connection:
        names = inspect(connection).get_table_names()
        if set(names) <= {VERSION_TABLE}:
            return
        tables = {table.name: table for table in tables_of(connection)}
        used = not {"user", "collectif"} <= tables.keys() or any(
            connection.scalar(select(func.count()).select_from(tables[name])) for name in ("user", "collectif")
        )
    if used:
        another = "autre REX_DATABASE_URL"
        if database.is_sqlite:
            another = f"autre REX_DATA_DIR, et {another} si vous en donnez une"
        raise Refused(f"La base n’est pas vide\u00a0: une sauvegarde se remet dans une base neuve ({another}).")


def _read_through(archive: zipfile.ZipFile, path: Path, counts: dict[str, Any], number_of_files: Any) -> list[str]:
    """Read everything once before anything is written: the sums of the zip, each line, the number of rows; returns the names
    of the files that came along."""
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    files = [found[1] for member in sizes if (found := FILE.fullmatch(member))]
    expected = {"manifest.json"} | {f"tables/{name}.jsonl" for name in counts} | {member_of_file(name) for name in files}
    if sizes.keys() != expected or counts.keys() & LEFT_OUT or len(files) != number_of_files:
        raise damaged(path)
    for member in map(member_of_file, files):
        if sizes[member] > LARGEST_FILE or len(archive.read(member)) != sizes[member]:
            raise damaged(path)
    for name, count in counts.items():
        if sum(1 for _ in from_lines(archive, f"tables/{name}.jsonl", path)) != count:
            raise damaged(path)
    return files


@contextmanager
def _written(database: Database, archive: zipfile.ZipFile, names: list[str]) -> Generator[None, None, None]:
    """The files of the backup, put in their folder; taken out again when the rows cannot follow."""
    done: list[Path] = []
    try:
        for name in names:
            place = database.files.path(name)
            if not place.exists():
                write_private_once(place, archive.read(member_of_file(name)))
                done.append(place)
        yield
    except BaseException:
        for place in done:
            place.unlink(missing_ok=True)
        raise


@contextmanager
def _rewriting(database: Database) -> Generator[Connection, None, None]:
    """One transaction that fills the base; SQLite checks references at its end rather than row by row."""
    connection = database.engine.connect()
    try:
        if database.is_sqlite:
            _foreign_keys(connection, "OFF")
        connection.execution_options(rex_mode="write")
        with connection.begin():
            yield connection
    finally:
        if database.is_sqlite:
            _foreign_keys(connection, "ON")
        connection.close()


def _foreign_keys(connection: Connection, state: str) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("no driver connection")
    driver.execute(f"PRAGMA foreign_keys={state}").close()


def _fill(connection: Connection, archive: zipfile.ZipFile, path: Path, counts: dict[str, Any]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    tables = tables_of(connection)
    if {table.name for table in tables} != counts.keys():
        raise damaged(path)
    try:
        for table in tables:
            columns = set(table.columns.keys())
            batch: list[dict[str, Any]] = []
            for row in from_lines(archive, member_of(table), path):
                if not row.keys() <= columns:
                    raise damaged(path)
                batch.append({column: _fitting(row.get(column), is_sqlite) for column in columns})
                if len(batch) == AT_ONCE:
                    connection.execute(insert(table), batch)
                    batch.clear()
            if batch:
                connection.execute(insert(table), batch)
            if table.name == "lease":  # whoever held one is not here
                connection.execute(update(table).values(until=None))
            if not is_sqlite:
                _count_on(connection, table)
        if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise damaged(path)
    except (StatementError, DBAPIError, TypeError, ValueError, OverflowError) as error:
        if isinstance(error, DBAPIError) and sentence_of(error):
            raise  # the place is at fault, not the file: a full disk, a lost connection
        raise damaged(path) from error


def _fitting(value: Any, is_sqlite: bool) -> Any:
    return value.astimezone(UTC).replace(tzinfo=None) if is_sqlite and isinstance(value, datetime) else value


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a counter of its own: take it past the rows that came with their numbers."""
    if "id" not in table.columns:
        return
    quoted = connection.dialect.identifier_preparer.quote(table.name)
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:t, 'id')"), {"t": quoted})
    last = connection.scalar(select(func.max(table.c.id)))
    if sequence and last is not None:
        connection.execute(text("SELECT setval(:s, :v)"), {"s": sequence, "v": last})
