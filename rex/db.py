"""The database: typed columns, two engines behind the same code, sessions that know for whom they read.

SQLite: WAL, full synchronisation, foreign keys, transactions taken out of the driver's hands: `BEGIN IMMEDIATE` for units
that write (with the driver's defaults concurrent updates are lost in silence), `query_only` for those that read.
PostgreSQL: the same units, read-only ones refused by the server.
"""

import secrets
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, LargeBinary, MetaData, String, create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from rex import clock
from rex.keys import Keyring
from rex.sealed_files import FOLDER, SealedFiles

PUBLIC_ID_LENGTH = 16


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: use rex.clock")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_public_id() -> str:
    """An identifier to show outside: random, not countable, 96 bits."""
    return secrets.token_urlsafe(12)


def enum_by_value(kind: type[StrEnum]) -> Enum:
    """A column type that stores the value of an enumeration, never its Python name."""
    return Enum(kind, values_callable=lambda k: [m.value for m in k], native_enum=False, length=24, create_constraint=False)


BigId = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True)]
PublicId = Annotated[str, mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)]
CreatedAt = Annotated[datetime, mapped_column(UtcDateTime, default=clock.now)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
TokenHash = Annotated[str, mapped_column(String(64), unique=True)]


class Base(DeclarativeBase):
    """Every table; constraints have predictable names, so that migrations and errors can point at them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


@dataclass(frozen=True)
class System:
    """The reader of a unit of work done by the application itself; `why` is said where it is opened."""

    why: str


class RexSession(Session):
    """A unit of work with a reader: a person, or the system for a stated reason. Without one no query runs (`rex.access`)."""

    reader: Any = None
    keyring: Keyring
    files: SealedFiles

    def get(self, entity: Any, ident: Any, **how: Any) -> Any:
        """Asked of the base each time: what this session holds may have been looked at by the system, and the second lock hears
        statements alone."""
        how["populate_existing"] = True
        return super().get(entity, ident, **how)

    @contextmanager
    def as_system(self, why: str) -> Generator["RexSession"]:
        """Look beyond the reader's own rights for one stated reason, in the same transaction."""
        before, self.reader = self.reader, System(why)
        try:
            yield self
        finally:
            self.reader = before


class Database:
    """One database and the keys that open its sealed columns."""

    def __init__(self, url: str, keyring: Keyring, pool_size: int = 12) -> None:
        self.url = make_url(url)
        self.keyring = keyring
        self.files = SealedFiles(keyring.folder.with_name(FOLDER), keyring)  # both in the data folder
        self.engine = _engine(url, pool_size)
        self.engine.dialect.rex_keyring = keyring  # ty: ignore[missing-attribute]  # where columns of words find it
        self._reading = self.engine.execution_options(rex_mode="read", postgresql_readonly=True)
        self._writing = self.engine.execution_options(rex_mode="write")

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def session(self, reader: Any = None, *, write: bool = False) -> RexSession:
        """A session for this reader; the engine itself refuses writes when `write` is False."""
        session = RexSession(self._writing if write else self._reading, expire_on_commit=False)
        session.reader, session.keyring, session.files = reader, self.keyring, self.files
        return session

    @contextmanager
    def system(self, why: str, *, write: bool = False) -> Generator[RexSession]:
        """A unit of work of the application itself, committed at the end."""
        with self.session(System(why), write=write) as session:
            yield session
            session.commit()

    def dispose(self) -> None:
        self.engine.dispose()


def _engine(url: str, pool_size: int) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_size=pool_size, max_overflow=4, pool_pre_ping=True, hide_parameters=True)
    # The connection used last is used first: most requests read, and find it ready to.
    pool = {"pool_size": pool_size, "max_overflow": 4, "pool_use_lifo": True}
    engine = create_engine(url, connect_args={"timeout": 15, "cached_statements": 512}, hide_parameters=True, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is withdrawn or erased is overwritten, not only forgotten
        "temp_store=MEMORY",  # no text in temporary files
        "cache_size=-16384",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # Straight to the driver: these are not statements of the page, and event listeners need not see them.
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("no driver connection")
    writes = connection.get_execution_options().get("rex_mode") != "read"
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    try:
        if connection.info.get("rex_writes") is not writes:
            # Only when it changes: after this pragma SQLite prepares all its statements anew (a fifth of the time of a page).
            connection.info.pop("rex_writes", None)
            driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}").close()
            connection.info["rex_writes"] = writes
        driver.execute(begin).close()
    except sqlite3.Error as error:  # a locked base, told as any other error of the database is
        raise OperationalError(begin, None, error) from error
