"""The schema: Alembic run from Python, upward and downward, and the check that the base is what the code expects."""

import logging
from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from rex.config import ROOT
from rex.db import Base, Database

MIGRATIONS = ROOT / "migrations"


class SchemaError(Exception):
    """The base does not fit this version; `str()` is a French sentence."""


# What is derived from the other tables is made by the application, once the schema is there; by the name of the room.
AFTER: dict[str, Callable[[Database], object]] = {}
# The index of the search is each engine's own, in tables that the models do not know.
OF_THE_ENGINE = "search_fts"
TURN = 7_381_001  # the number of this lock among those of a PostgreSQL base


def upgrade(database: Database, target: str = "head") -> None:
    """Bring the base to `target`. Raises SchemaError when it was written by a newer version."""
    refuse_newer(database)
    _run(database, lambda config: command.upgrade(config, target))
    if target == "head":
        for fill in AFTER.values():
            fill(database)


def downgrade(database: Database, target: str) -> None:
    """Take the base back to `target` (a revision, or « base »)."""
    _run(database, lambda config: command.downgrade(config, target))


def refuse_newer(database: Database) -> None:
    """Raise SchemaError when the base carries a revision that this version does not know."""
    revision = current(database)
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if revision is not None and revision not in known:
        raise SchemaError(
            f"La base vient d’une version plus récente de REX (révision {revision}) : mettez le programme à jour."
        )


def current(database: Database) -> str | None:
    with _looking(database) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def differences(database: Database) -> list[str]:
    """How the schema of the base differs from the models; empty when they agree."""
    import_models()
    with _looking(database) as connection:
        known = {"compare_type": True, "render_as_batch": True, "include_object": _is_of_the_models}
        context = MigrationContext.configure(connection, opts=known)
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def _is_of_the_models(_thing: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return kind != "table" or not (name or "").startswith(OF_THE_ENGINE)


def is_empty(database: Database) -> bool:
    with _looking(database) as connection:
        return not inspect(connection).has_table("alembic_version")


def _looking(database: Database) -> Connection:
    """A connection that does not write: it waits for nobody, and nobody waits for it."""
    return database.engine.connect().execution_options(rex_mode="read")


def import_models() -> None:
    """Know every table: the door imports each room's models."""
    import rex.access
    import rex.idempotency
    import rex.mail
    import rex.ticker  # noqa: F401


def _run(database: Database, act: Callable[[AlembicConfig], None]) -> None:
    import_models()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _foreign_keys(connection, "OFF")
        try:
            connection.execution_options(rex_mode="write")
            with connection.begin():
                if not database.is_sqlite:  # SQLite lets one write at a time; here, who comes second waits, then finds it done
                    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
                config.attributes["connection"] = connection
                act(config)
                if database.is_sqlite:
                    _refuse_broken_references(connection)
        finally:  # the connection goes back to the pool, whatever happened
            if database.is_sqlite:
                _foreign_keys(connection, "ON")


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise SchemaError(f"La migration laisserait une référence cassée dans « {broken[0]} » : rien n’a changé.")


def _foreign_keys(connection: Connection, state: str) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={state}").close()  # outside any transaction, or SQLite ignores it
