"""A demonstration, and the archive of its largest collectif: of every kind that people make, made once for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from rex import opening
from rex.archives.shape import KINDS
from rex.collectifs.models import Collectif
from rex.config import config_from
from rex.db import Database
from rex.demo import loader
from rex.journal.models import Entry
from tests.archives.travelling import lines_of, take_out


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An installation of its own, on SQLite, that holds the demonstration."""
    place = {"REX_DATA_DIR": str(tmp_path_factory.mktemp("demo") / "instance"), "REX_QUICK_HASHES": "1"}
    database = opening.open_database(config_from(place))
    opening.prepare(database)
    loader.load(database, quick=True)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def slug(demo: Database) -> str:
    """The collectif of which most is told."""
    with demo.system("the largest collectif") as session:
        told = select(Collectif.slug).join(Entry, Entry.collectif_id == Collectif.id).group_by(Collectif.id, Collectif.slug)
        return session.scalars(told.order_by(func.count(Entry.id).desc())).first() or ""


@pytest.fixture(scope="session")
def archive(demo: Database, slug: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive, with the addresses of its members."""
    path = take_out(demo, slug, tmp_path_factory.mktemp("archives") / "demo.zip", addresses=True)
    found = lines_of(path)
    assert {kind for kind in KINDS if not found[kind]} <= {"balises", "fichiers"}, "the demonstration has something of every kind"
    return path
