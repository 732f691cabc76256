"""What every test may lean on: two engines, a cast with names and roles, a client that reads pages like a proof-reader.

A test that takes `app` runs twice, on SQLite and on PostgreSQL. What a machine lacks is skipped with its reason, and fails
instead when REX_TEST_REQUIRE names it (« browser,postgres »)."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from rex import create_app, migrate
from rex.config import Config, config_from
from rex.db import Database
from rex.keys import Keyring
from tests.bases import TEMPLATE, OneBase, address_of, connected, room_in_memory, started_server
from tests.cast import Cast, settle
from tests.reading import ReadingClient

# Compiling every template anew for each test's application took most of the time of a test.
COMPILED_TEMPLATES = FileSystemBytecodeCache(tempfile.mkdtemp(prefix="rex-templates-"))
# The same examples at each run, so that a red run is about the change; « explore » looks for new ones.
# No example is refused for the time it takes: two workers of a loaded machine wait for each other.
patient = hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("same", patient, derandomize=True, database=None)
hypothesis_settings.register_profile("explore", patient, max_examples=500)
hypothesis_settings.load_profile(os.environ.get("REX_HYPOTHESIS", "same"))

TEMPLATES: dict[str, "Template"] = {}  # made once per process, in whatever order the engines come
# An application for each engine, over an instance that each test finds as new: making one, its addresses, its templates and
# its statements took half of the time of the whole run. A test that changes its application asks for its own (`own_app`).
APPLICATIONS: dict[str, Flask] = {}
REQUIRED = {name.strip() for name in os.environ.get("REX_TEST_REQUIRE", "").split(",") if name.strip()}


def missing(what: str, reason: str) -> None:
    """Skip for want of `what`, or fail when this run requires it."""
    if what in REQUIRED:
        pytest.fail(f"REX_TEST_REQUIRE asks for {what}: {reason}")
    pytest.skip(f"{what}: {reason}")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let the folders of the tests lie in memory, unless somebody says where."""
    room = room_in_memory()
    if room and config.option.basetemp is None and not hasattr(config, "workerinput"):
        config.option.basetemp = tempfile.mkdtemp(prefix="rex-tests-", dir=room)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_finish() -> None:
    """What was imported and collected lives until the end: looking through it again and again for what is lost took a tenth of the
    time of a test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 10)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL."""
    with ExitStack() as until_the_end:
        try:
            url = until_the_end.enter_context(started_server())
        except Exception as error:
            missing("postgres", f"{type(error).__name__}: {error}")
            raise
        yield url


@pytest.fixture(scope="session")
def one_base(postgres_url: str) -> OneBase:
    return OneBase(postgres_url)


@dataclass
class Template:
    """A base with its schema and its cast, to be copied for each test."""

    engine: str
    url: str
    folder: Path
    cast: Cast


def _settings(folder: Path, url: str | None = None) -> dict[str, str]:
    return {"REX_DATA_DIR": str(folder), "REX_QUICK_HASHES": "1"} | ({"REX_DATABASE_URL": url} if url else {})


def open_database(config: Config) -> Database:
    return Database(config.database_url, Keyring(config.keys_dir, config.master_key))


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Template:
    if request.param in TEMPLATES:
        return TEMPLATES[request.param]
    folder = tmp_path_factory.mktemp(f"template-{request.param}")
    url = None
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_url")
        with connected(server) as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        url = address_of(server, TEMPLATE)
    database = open_database(config_from(_settings(folder, url)))
    migrate.upgrade(database)
    with database.system("settle the cast", write=True) as session:
        cast = settle(session)
    database.dispose()
    TEMPLATES[request.param] = Template(request.param, url or "", folder, cast)
    return TEMPLATES[request.param]


@pytest.fixture(scope="session")
def home(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the installation of each test lies, always at the same place."""
    return tmp_path_factory.mktemp(f"home-{template.engine}") / "instance"


@pytest.fixture
def settings(template: Template, home: Path, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """REX_* variables of a fresh installation that holds the cast and nothing else."""
    shutil.copytree(template.folder, home)
    if template.engine == "sqlite":
        yield _settings(home)
    else:
        one_base: OneBase = request.getfixturevalue("one_base")
        yield _settings(home, one_base.as_new())
    shutil.rmtree(home)


@pytest.fixture
def app(settings: dict[str, str], template: Template, request: pytest.FixtureRequest) -> Iterator[Flask]:
    own = request.node.get_closest_marker("own_app") is not None
    app = _application(settings) if own or template.engine not in APPLICATIONS else APPLICATIONS[template.engine]
    if not own:
        APPLICATIONS[template.engine] = app
    database, config = app.extensions["rex"].database, dict(app.config)
    yield app
    database.dispose()
    database.keyring._keys.clear()
    app.config.clear()
    app.config.update(config)


def _application(settings: dict[str, str]) -> Flask:
    app = create_app(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = ReadingClient
    app.jinja_env.bytecode_cache = COMPILED_TEMPLATES
    return app


@pytest.fixture
def database(app: Flask) -> Database:
    return app.extensions["rex"].database


@pytest.fixture
def cast(template: Template) -> Cast:
    return template.cast


class Visit:
    """`visit.as_("camille")`: a browser in which Camille is signed in; `visit.as_(None)`: nobody."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast

    def as_(self, who: str | None) -> ReadingClient:
        client = self.app.test_client()
        assert isinstance(client, ReadingClient)
        if who is not None:
            client.enter(self.cast.people[who].id)
        return client


@pytest.fixture
def visit(app: Flask, cast: Cast) -> Visit:
    return Visit(app, cast)


@pytest.fixture
def count_statements(database: Database) -> Callable:
    """`with count_statements() as seen: …; len(seen)`: the SQL statements that ran, in order."""

    @contextmanager
    def counting() -> Generator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        yield seen
        event.remove(database.engine, "before_cursor_execute", note)

    return counting
