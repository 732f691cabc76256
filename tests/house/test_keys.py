"""Sealed text opens with its key, in its place, and in no other way."""

import secrets
import stat
import threading
from pathlib import Path

import pytest

from rex.keys import KeyLost, Keyring
from tests.making import make_recit

MASTER = secrets.token_bytes(32)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    ring = Keyring(tmp_path / "keys", MASTER)
    ring.create("orbe")
    ring.create("valombre")
    return ring


def again(keyring: Keyring, master: bytes = MASTER) -> Keyring:
    """The same folder, read by another process."""
    return Keyring(keyring.folder, master)


def test_what_was_sealed_opens_again(keyring):
    for words in ("", "Un mot.", "é" * 100_000, "🌱\u0000\n"):
        sealed = keyring.seal("orbe", "row|1", words)
        assert again(keyring).open("orbe", "row|1", sealed) == words
        assert words.encode() not in sealed or not words


def test_the_same_words_are_never_sealed_alike(keyring):
    assert keyring.seal("orbe", "row|1", "Un mot.") != keyring.seal("orbe", "row|1", "Un mot.")


def test_a_value_moved_elsewhere_does_not_open(keyring):
    sealed = keyring.seal("orbe", "draft_text|a|faits", "Un mot.")
    for space, row in (("orbe", "draft_text|a|contexte"), ("orbe", "draft_text|b|faits"), ("valombre", "draft_text|a|faits")):
        with pytest.raises(KeyLost, match="ne s’ouvre pas"):
            keyring.open(space, row, sealed)


def test_a_value_that_was_touched_does_not_open(keyring):
    sealed = keyring.seal("orbe", "row|1", "Un mot.")
    for touched in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:5] + bytes([sealed[5] ^ 1]) + sealed[6:]):
        with pytest.raises(KeyLost):
            keyring.open("orbe", "row|1", touched)


def test_a_lost_key_says_which(keyring):
    sealed = keyring.seal("orbe", "row|1", "Un mot.")
    (keyring.folder / "orbe.key").unlink()
    with pytest.raises(KeyLost) as lost:
        again(keyring).open("orbe", "row|1", sealed)
    assert str(lost.value) == f"La clé « orbe » manque dans {keyring.folder} : remettez la sauvegarde des clés."


def test_another_master_key_opens_nothing(keyring):
    sealed = keyring.seal("orbe", "row|1", "Un mot.")
    with pytest.raises(KeyLost, match="ne s’ouvre pas avec cette clé maîtresse"):
        again(keyring, secrets.token_bytes(32)).open("orbe", "row|1", sealed)


def test_the_key_of_one_space_given_to_another_does_not_open(keyring):
    (keyring.folder / "orbe.key").replace(keyring.folder / "valombre.key")
    with pytest.raises(KeyLost):
        again(keyring).seal("valombre", "row|1", "Un mot.")


def test_a_destroyed_space_is_mute_at_once(keyring):
    sealed = keyring.seal("orbe", "row|1", "Un mot.")
    keyring.destroy("orbe")
    assert not keyring.has("orbe")
    with pytest.raises(KeyLost):
        keyring.open("orbe", "row|1", sealed)


def test_a_key_is_never_written_over(keyring):
    sealed = keyring.seal("orbe", "row|1", "Un mot.")
    rings = [again(keyring) for _ in range(6)]
    threads = [threading.Thread(target=ring.create, args=(space,)) for ring in rings for space in ("orbe", "neuf")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert again(keyring).open("orbe", "row|1", sealed) == "Un mot."
    fresh = rings[0].seal("neuf", "row|1", "Un autre.")
    assert all(ring.open("neuf", "row|1", fresh) == "Un autre." for ring in rings), "two creations at once made two keys"
    assert sorted(path.name for path in keyring.folder.iterdir()) == ["neuf.key", "orbe.key", "valombre.key"]


def test_key_files_are_for_their_owner_alone(keyring):
    assert stat.S_IMODE(keyring.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in keyring.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["../ailleurs", "", "a/b", "a" * 65, "espace vide", "a\x00b"])
def test_a_space_is_no_path(keyring, name):
    with pytest.raises(ValueError, match="not the name of a space"):
        keyring.create(name)


def test_a_page_whose_key_is_lost_says_so(visit, database, cast):
    """The journal goes on; the draft waits for the backup of the keys."""
    draft = make_recit(database, cast.camille, "Scellé", audience=None)
    told = make_recit(database, cast.camille, "En clair")
    client = visit.as_("camille")
    database.keyring._keys.clear()
    with database.system("which key") as session:
        from sqlalchemy import select

        from rex.collectifs.models import Collectif

        name = session.scalars(select(Collectif).where(Collectif.id == cast.valombre_id)).one().key_name
    path = database.keyring.folder / f"{name}.key"
    kept = path.read_bytes()
    path.unlink()
    answer = client.get(f"{draft.url}/edition")
    assert answer.status_code == 503 and "La clé de cet espace manque" in answer.get_data(as_text=True)
    assert client.get(told.url).status_code == 200
    path.write_bytes(kept)
    assert client.get(f"{draft.url}/edition").status_code == 200
