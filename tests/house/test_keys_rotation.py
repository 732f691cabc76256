"""`rex keys rotate`: every space opens with the new master key and none with the former one, wherever it is stopped."""

import base64
import os
from pathlib import Path

import pytest

from rex import keys_rotation
from rex.cli import main
from rex.config import config_from
from rex.keys import ASIDE, KeyLost, Keyring
from rex.keys_backup import back_up_keys, put_keys_back
from rex.keys_rotation import rotate
from rex.refusals import Refused
from tests.making import make_group, make_recit


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    place = {"REX_DATA_DIR": str(tmp_path / "data")}
    ring = ring_of(place)
    for space in ("installation", "collectif-valombre", "groupe-abc"):
        ring.create(space)
    return place


def ring_of(environ: dict[str, str]) -> Keyring:
    """The keys as a process that begins now reads them."""
    config = config_from(environ)
    return Keyring(config.keys_dir, config.master_key)


def test_every_key_opens_anew_and_says_the_same(environ):
    before = ring_of(environ)
    sealed = before.seal("groupe-abc", "row|1", "Un mot.")
    old, files = config_from(environ).master_key, {path.name: path.read_bytes() for path in before.folder.iterdir()}
    assert rotate(environ) == 3
    after = ring_of(environ)
    assert after.open("groupe-abc", "row|1", sealed) == "Un mot."
    assert config_from(environ).master_key != old
    assert {path.name for path in after.folder.iterdir()} == set(files)
    assert not any(path.read_bytes() == files[path.name] for path in after.folder.iterdir())
    assert {path.stat().st_mode & 0o777 for path in after.folder.iterdir()} == {0o600}
    with pytest.raises(KeyLost, match="cette clé maîtresse"):
        Keyring(after.folder, old).check("groupe-abc")
    assert rotate(environ) == 3, "and again"


@pytest.mark.parametrize("stopped_at", range(1, 9))
def test_stopped_anywhere_everything_opens(environ, monkeypatch, stopped_at):
    """The process dies before its nth rename; then it opens, goes on and is rotated."""
    sealed = ring_of(environ).seal("groupe-abc", "row|1", "Un mot.")
    renames, real = [], Path.replace

    def dying(path: Path, target: Path) -> Path:
        renames.append(path)
        if len(renames) == stopped_at:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", dying)
    try:
        rotate(environ)
    except KeyboardInterrupt:
        assert len(renames) == stopped_at
    else:
        assert stopped_at > len(renames)
    monkeypatch.setattr(Path, "replace", real)
    ring = ring_of(environ)
    assert ring.open("groupe-abc", "row|1", sealed) == "Un mot."
    for name in ("installation", "collectif-valombre", "groupe-abc"):
        ring_of(environ).check(name)
    backup = Path(environ["REX_DATA_DIR"]).parent / "cles.zip"
    assert back_up_keys(config_from(environ), backup) == 3
    elsewhere = {"REX_DATA_DIR": str(backup.parent / "elsewhere")}
    assert put_keys_back(elsewhere, backup) == 3
    assert ring_of(elsewhere).open("groupe-abc", "row|1", sealed) == "Un mot.", "what a backup holds opens"
    assert rotate(environ) == 3
    assert list(ring.folder.glob(f"*{ASIDE}")) == []


def test_a_lost_key_changes_nothing(environ):
    ring = ring_of(environ)
    path = ring.folder / "groupe-abc.key"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    master = config_from(environ).master_key
    with pytest.raises(KeyLost, match="groupe-abc"):
        rotate(environ)
    assert config_from(environ).master_key == master
    assert list(ring.folder.glob(f"*{ASIDE}")) == []


def test_without_a_key_it_says_so(tmp_path):
    with pytest.raises(Refused, match="pas de clé"):
        rotate({"REX_DATA_DIR": str(tmp_path / "empty")})


def test_a_process_of_before_makes_no_key_that_nobody_opens(environ):
    serving = ring_of(environ)
    sealed = serving.seal("groupe-abc", "row|1", "Un mot.")
    rotate(environ)
    assert serving.open("groupe-abc", "row|1", sealed) == "Un mot.", "what it had opened goes on"
    with pytest.raises(KeyLost, match="clé maîtresse"):
        serving.create("groupe-neuf")
    assert not (serving.folder / "groupe-neuf.key").exists()
    ring_of(environ).create("groupe-neuf")


def test_a_key_made_meanwhile_is_wrapped_too(environ, monkeypatch):
    real = keys_rotation.write_private
    serving = ring_of(environ)

    def meanwhile(path: Path, content: bytes) -> None:
        if path.name.startswith("master.key"):
            serving.create("groupe-neuf")
        real(path, content)

    monkeypatch.setattr(keys_rotation, "write_private", meanwhile)
    assert rotate(environ) == 4
    ring_of(environ).check("groupe-neuf")


def test_a_destroyed_key_leaves_nothing_beside(environ):
    ring = ring_of(environ)
    (ring.folder / f"groupe-abc{ASIDE}").write_bytes(ring.wrapped("groupe-abc", ring.bare("groupe-abc")))
    ring.destroy("groupe-abc")
    with pytest.raises(KeyLost, match="manque"):
        ring_of(environ).bare("groupe-abc")


def test_the_command_says_what_comes_next(environ, monkeypatch, capsys):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REX_MASTER_KEY_FILE", raising=False)
    assert main(["keys", "rotate"]) == 0
    told = capsys.readouterr().out
    assert "3\u00a0clés" in told and "Relancez REX" in told and "effacez-les" in told
    os.remove(Path(environ["REX_DATA_DIR"]) / "keys" / "groupe-abc.key")
    assert main(["keys", "rotate"]) == 0, "a group that ended has no key, and this is no fault"
    Path(environ["REX_DATA_DIR"], "master.key").write_bytes(base64.b64encode(b"x" * 32))
    capsys.readouterr()
    assert main(["keys", "rotate"]) == 1
    assert "cette clé maîtresse" in capsys.readouterr().err


def test_a_group_whose_key_is_lost_is_named_to_who_looks_after_the_base(app, database, cast, visit):
    from rex import opening

    group = make_group(database, cast.dora, cast.camille)
    recit = make_recit(database, cast.dora, "Un titre", group=group.id)
    assert opening.lost_keys(database) == []
    database.keyring.destroy(f"groupe-{group.public_id}")
    (lost,) = opening.lost_keys(database)
    assert f"« groupe-{group.public_id} » manque" in lost
    page = visit.as_("camille").get(recit.url)
    assert page.status_code == 503 and "Un texte scellé ne peut pas être ouvert" in page.get_data(as_text=True)
    assert visit.as_("ana").get(recit.url).status_code == 404
    assert visit.as_("camille").get("/c/valombre/").status_code == 200, "the rest goes on"
