"""The keys of groups on both engines: a rotation that is killed goes on, a lost key says which, in a page and on the console, and
closes nothing else; a copy of the data says that the keys are not in it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine

from rex.backup import back_up
from rex.cli import main
from rex.config import config_from
from rex.db import Database
from rex.keys import ASIDE, Keyring
from rex.keys_backup import put_keys_back
from rex.keys_rotation import WAITING, rotate
from tests.hours import MONDAY, next_morning
from tests.making import make_exchange, make_group, make_recit

ROOT = Path(__file__).parents[2]
# Killed by the kernel, before its nth rename: nothing of it is told to Python.
KILLED = """
import os, signal, sys
from pathlib import Path
from rex.keys_rotation import WAITING, rotate
left, real = int(sys.argv[1]), Path.replace
def replace(path, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(path, target)
Path.replace = replace
rotate(os.environ)
"""


@pytest.fixture
def environ(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The installation of this test, for the commands of the console too."""
    for name in [name for name in os.environ if name.startswith("REX_")]:
        monkeypatch.delenv(name)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return dict(os.environ)


@pytest.fixture
def begin_again(database: Database, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The application reads its keys as a process that begins now, with the master key that lies there."""

    def do() -> None:
        config = config_from(environ)
        database.keyring._keys.clear()
        monkeypatch.setattr(database.keyring, "_master", Keyring(config.keys_dir, config.master_key)._master)

    return do


def test_pages_open_after_a_rotation_and_after_the_backup_of_the_keys(database, cast, visit, environ, begin_again, tmp_path):
    group = make_group(database, cast.dora, cast.camille, called="Le nom gardé")
    told = make_recit(database, cast.dora, "Un titre gardé", group=group.id)
    make_exchange(database, cast.camille, told.public_id, "Une réponse gardée")
    draft = make_recit(database, cast.camille, "Un brouillon gardé", audience=None)
    assert main(["keys", "rotate"]) == 0
    begin_again()
    camille = visit.as_("camille")

    def all_open() -> bool:
        pages = [camille.get(path) for path in (told.url, group.url, f"{draft.url}/edition")]
        said = "".join(page.get_data(as_text=True) for page in pages)
        words = ("Un titre gardé", "Une réponse gardée", "Le nom gardé", "Un brouillon gardé")
        return {page.status_code for page in pages} == {200} and all(one in said for one in words)

    assert all_open()
    assert main(["keys", "backup", str(tmp_path / "cles.zip")]) == 0
    for path in [*database.keyring.folder.iterdir()]:
        path.unlink()
    begin_again()
    assert camille.get(told.url).status_code == 503
    assert put_keys_back(environ, tmp_path / "cles.zip") >= 4
    begin_again()
    assert all_open()


@pytest.mark.parametrize("killed_at", [0, 2, 4, 5, 6, 8])
def test_a_rotation_that_is_killed_goes_on(database, cast, visit, environ, begin_again, killed_at):
    group = make_group(database, cast.dora, cast.camille)
    told = make_recit(database, cast.dora, "Un titre gardé", group=group.id)
    ran = subprocess.run([sys.executable, "-c", KILLED, str(killed_at)], env=environ, cwd=ROOT, capture_output=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    begin_again()
    assert visit.as_("camille").get(told.url).status_code == 200, "it opens as it was left"
    assert main(["keys", "rotate"]) == 0
    begin_again()
    assert visit.as_("camille").get(told.url).status_code == 200
    folder = database.keyring.folder
    left = {path.name for path in (*folder.iterdir(), *folder.parent.glob("master.key*"))}
    assert f"groupe-{group.public_id}.key" in left
    assert all(name.endswith(".key") for name in left), "what the killed one was writing is put away"


def test_a_group_that_ends_after_a_killed_rotation_leaves_no_key(database, cast, environ, begin_again):
    group = make_group(database, cast.dora, cast.camille)
    name = f"groupe-{group.public_id}"
    for killed_at in (*range(5), 5):
        subprocess.run([sys.executable, "-c", KILLED, str(killed_at)], env=environ, cwd=ROOT, capture_output=True)
    begin_again()
    (database.keyring.folder / f"{name}{ASIDE}{WAITING}").write_bytes(b"what it was writing")
    database.keyring.destroy(name)
    assert not [path for path in database.keyring.folder.iterdir() if path.name.startswith(name)]


def test_a_lost_key_closes_one_group_and_says_so(database, cast, visit, environ, begin_again, capsys, caplog):
    lost = make_group(database, cast.dora, cast.camille, called="Perdu")
    other = make_group(database, cast.dora, cast.camille, called="Resté")
    told = make_recit(database, cast.dora, "Un titre perdu", group=lost.id)
    kept = make_recit(database, cast.dora, "Un titre resté", group=other.id)
    (database.keyring.folder / f"groupe-{lost.public_id}.key").unlink()
    begin_again()
    for who, status in (("camille", 503), ("ana", 404), ("ines", 404), ("admin", 404)):
        for path in (told.url, lost.url, f"{lost.url}/pacte"):
            answer = visit.as_(who).get(path)
            assert answer.status_code == status, (who, path)
            said = answer.get_data(as_text=True)
            assert ("La clé de cet espace manque. Prévenez l’administration." in said) is (status == 503)
            assert "Traceback" not in said and lost.public_id not in said
    camille = visit.as_("camille")
    assert camille.get(kept.url).status_code == 200 and camille.get(other.url).status_code == 200
    assert camille.get("/c/valombre/").status_code == 200 and camille.get("/ce-qui-vous-attend").status_code == 200
    listed = camille.get("/groupes-de-pairs")
    assert listed.status_code == 200 and "Resté" in listed.get_data(as_text=True)
    assert "Un titre perdu" not in caplog.text
    assert main(["db", "check"]) == 1
    said = capsys.readouterr()
    assert f"« groupe-{lost.public_id} » manque" in (said.out + said.err).replace("\u00a0", " ")
    assert "Traceback" not in said.err and other.public_id not in said.err
    with time_machine.travel(next_morning(MONDAY), tick=True):
        assert main(["tick"]) == 0, "mails, and the other groups, go on"
    assert "failed" not in caplog.text
    assert rotate(environ) >= 4, "a rotation is not held back by a key that is gone"


def test_a_copy_of_the_data_says_that_the_keys_are_apart(database, cast, environ, tmp_path, capsys):
    make_group(database, cast.dora, cast.camille)
    path = tmp_path / "base.zip"
    assert main(["backup", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Les clés n’y sont pas" in told and "aucun groupe de pairs" in told and "rex keys backup" in told
    held = path.read_bytes()
    for key in database.keyring.folder.iterdir():
        assert key.read_bytes() not in held and key.name.encode() not in held
    assert config_from(environ).master_key not in held
    back_up(database, tmp_path / "encore.zip")
