"""The same command started twice at once on one installation: one does it, the other waits or says a sentence."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from rex import migrate, opening
from rex.alone import alone_in_base, alone_in_folder
from rex.backup import back_up
from rex.cli import main
from rex.collectifs.cli import create_collectif
from rex.collectifs.models import Collectif
from rex.config import ROOT, config_from
from rex.db import Database
from rex.demo import loader
from rex.demo.shapes import MARK
from rex.keys import Keyring
from rex.keys_backup import back_up_keys
from rex.keys_rotation import rotate
from rex.refusals import Refused
from rex.restore import put_back
from rex.ticker import Lease
from tests.bases import address_of, connected
from tests.house.test_concurrency import at_once

BUSY = "Une autre commande remet une sauvegarde dans cette base"


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of an installation that holds nothing yet, not even a table."""
    place = {"REX_DATA_DIR": str(tmp_path / "place"), "REX_QUICK_HASHES": "1"}
    if request.param == "sqlite":
        yield place
        return
    server = request.getfixturevalue("postgres_url")
    with connected(server) as connection:
        connection.execute("CREATE DATABASE rex_empty")
    yield place | {"REX_DATABASE_URL": address_of(server, "rex_empty")}
    with connected(server) as connection:
        connection.execute("DROP DATABASE rex_empty WITH (FORCE)")


@pytest.fixture
def two(empty: dict[str, str]) -> Iterator[tuple[Database, Database]]:
    """The base of two commands."""
    bases = opening.open_database(config_from(empty)), opening.open_database(config_from(empty))
    yield bases
    for base in bases:
        base.dispose()


@pytest.fixture
def rex(empty: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    for name, value in empty.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: main(list(arguments))


def test_two_upgrades_leave_one_schema(empty, two) -> None:
    """In processes of their own, as they are: Alembic keeps what it does in one place for a whole process."""
    environ = {**os.environ, **empty, "REX_USE_THIS_PYTHON": "1"}
    command = [sys.executable, "-m", "rex", "db", "upgrade"]
    begun = [subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=120)[1] for process in begun]
    assert ([process.returncode for process in begun], told) == ([0, 0], ["", ""])
    assert migrate.current(two[0]) == migrate.head()


@pytest.fixture
def meeting(two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch) -> Callable[[type], None]:
    """Have two commands meet when each makes its row: both have looked, and found none. SQLite lets one write at a time."""

    def meet(kind: type) -> None:
        barrier, made, coming = threading.Barrier(2, timeout=20), kind.__init__, iter((1, 2))

        def make(row: object, **values: object) -> None:
            made(row, **values)
            if next(coming, None):
                barrier.wait()

        if not two[0].is_sqlite:
            monkeypatch.setattr(kind, "__init__", make)

    return meet


def test_two_starts_without_the_demonstration(two, meeting) -> None:
    opening.prepare(two[0])
    meeting(Lease)
    assert at_once([lambda base=base: loader.begin_without(base) for base in two]) == [None, None]
    with two[0].system("look") as session:
        assert session.scalars(select(Lease.holder).where(Lease.name == MARK)).all() == ["sans"]


def test_two_collectifs_of_one_name_have_an_address_each(two, meeting) -> None:
    opening.prepare(two[0])
    meeting(Collectif)
    told = at_once([lambda base=base: create_collectif(base, "Zed") for base in two])
    assert {str(one).rsplit(" ", 1)[-1] for one in told} == {"/c/zed/.", "/c/zed-2/."}


def test_a_base_that_is_being_restored_is_not_restored_by_another(two, database, tmp_path) -> None:
    back_up(database, tmp_path / "base.zip")
    with alone_in_base(two[0]), pytest.raises(Refused, match=BUSY):
        put_back(two[1], tmp_path / "base.zip")
    assert migrate.is_empty(two[1])
    assert put_back(two[1], tmp_path / "base.zip")


def test_of_two_clearings_one_gives_the_address(rex, two, capsys) -> None:
    opening.prepare(two[0])
    with two[0].system("a demonstration", write=True) as session:
        session.add(Collectif(slug="essai", name="Essai", is_demo=True))
    with alone_in_base(two[0]):
        assert rex("demo", "clear", "--oui") == 1
    assert BUSY in capsys.readouterr().err
    assert rex("demo", "clear", "--oui") == 0 and "/premier-compte/" in capsys.readouterr().out
    assert rex("demo", "clear", "--oui") == 1, "it was begun beside the other one, and finds nothing left"
    told = capsys.readouterr()
    assert "/premier-compte/" not in told.out and "servez-vous de celle-là" in told.err


def test_an_address_that_was_lost_is_given_again_later(rex, two, capsys, monkeypatch) -> None:
    assert rex("demo", "clear") == 0 and "/premier-compte/" in capsys.readouterr().out
    monkeypatch.setattr("rex.collectifs.cli.JUST_NOW", timedelta(minutes=-1))
    assert rex("demo", "clear") == 0 and "/premier-compte/" in capsys.readouterr().out


def test_two_rotations_of_the_keys(tmp_path) -> None:
    place = {"REX_DATA_DIR": str(tmp_path / "place")}
    base = opening.open_database(config_from(place))
    opening.prepare(base)
    base.dispose()
    config = config_from(place)
    with alone_in_folder(config.keys_dir, "prise"):
        for act in (lambda: rotate(place), lambda: back_up_keys(config, tmp_path / "cles.zip")):
            with pytest.raises(Refused, match="change ou copie les clés"):
                act()
    told = at_once([lambda: rotate(place)] * 4)
    assert set(map(type, told)) <= {int, Refused} and int in map(type, told)
    Keyring(config.keys_dir, config_from(place).master_key).check("installation")
    assert [path.name for path in config.keys_dir.iterdir()] == ["installation.key"]


def test_a_file_that_is_no_backup_is_said_before_the_base_is_looked_at(database, tmp_path) -> None:
    (tmp_path / "texte.zip").write_text("bonjour")
    with pytest.raises(Refused, match="n’est pas une sauvegarde"):
        put_back(database, tmp_path / "texte.zip")


def test_a_base_that_is_not_empty_says_where_to_go(database, tmp_path) -> None:
    back_up(database, tmp_path / "base.zip")
    with pytest.raises(Refused, match=r"\(autre REX_DATA_DIR" if database.is_sqlite else r"\(autre REX_DATABASE_URL\)"):
        put_back(database, tmp_path / "base.zip")
