"""The two commands, as somebody at the console of the host sees them."""

import os

import pytest
from sqlalchemy import select

from rex.archives import slices
from rex.cli import main
from rex.collectifs.models import Collectif
from tests.archives.travelling import lines_of
from tests.making import make_recit


@pytest.fixture
def console(settings, database, monkeypatch):
    """`rex …` on the installation of the test."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return main


def test_out_and_in_again(console, database, cast, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(slices, "AT_ONCE", 2)
    for number in range(5):
        make_recit(database, cast.camille, f"Récit {number}")
    path = tmp_path / "valombre.zip"
    assert console(["export", "collectif", "valombre", "-o", str(path), "--with-addresses"]) == 0
    said = capsys.readouterr()
    assert "est écrit\u00a0: 5\u00a0textes, 0\u00a0fichier." in said.out
    assert "2\u00a0textes sur 5\u00a0textes" in said.err and "5\u00a0textes sur 5\u00a0textes" in said.err
    assert len(lines_of(path)["recits"]) == 5
    assert console(["export", "collectif", "valombre", "-o", str(path)]) == 1
    assert "existe déjà" in capsys.readouterr().err
    assert console(["import-collectif", str(path)]) == 1
    assert "--slug" in capsys.readouterr().err
    assert console(["import-collectif", str(path), "--slug", "valombre-2", "--match-accounts"]) == 0
    said = capsys.readouterr()
    assert "est là\u00a0: 5\u00a0textes, à l’adresse /c/valombre-2/" in said.out
    assert "7\u00a0personnes y entrent avec leur compte." in said.out and " sur " in said.err
    assert console(["import-collectif", str(path), "--abandon"]) == 0
    assert "Rien n’était arrivé" in capsys.readouterr().out
    with database.system("which collectifs") as session:
        assert sorted(session.scalars(select(Collectif.slug))) == ["orbe", "valombre", "valombre-2"]


def test_in_an_empty_installation_the_command_says_how_to_enter(archive, tmp_path, capsys, monkeypatch):
    for name in [name for name in os.environ if name.startswith("REX_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REX_DATA_DIR", str(tmp_path / "instance"))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("REX_BASE_URL", "https://rex.ville.fr")
    assert main(["import-collectif", str(archive)]) == 0
    said = capsys.readouterr().out
    assert "https://rex.ville.fr/premier-compte/" in said
    assert said.endswith("Pour ensuite y inviter quelqu’un\u00a0: Administration, Collectifs.\n")
    assert main(["user", "create", "--email", "zoe@ville.fr", "--name", "Zoé", "--admin"]) == 0
    capsys.readouterr()
    assert main(["import-collectif", str(archive), "--slug", "encore"]) == 0
    said = capsys.readouterr().out
    assert "premier-compte" not in said and said.endswith("Pour y inviter quelqu’un\u00a0: Administration, Collectifs.\n")


def test_a_folder_that_is_not_there(console, tmp_path, capsys):
    assert console(["export", "collectif", "valombre", "-o", str(tmp_path / "absent" / "x.zip")]) == 1
    assert "n’existe pas" in capsys.readouterr().err
