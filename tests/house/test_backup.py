"""Backups: the base comes back whole, on the same engine and on the other; the keys are apart; a bad file changes nothing."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import String, func, select, type_coerce

from rex import check, clock, migrate, opening
from rex.backup import FORMAT, back_up
from rex.cli import main
from rex.collectifs.models import Collectif, User
from rex.config import Config, config_from
from rex.db import Database
from rex.demo import loader
from rex.intake import rewritten
from rex.journal import attachments, drafts, publishing
from rex.journal.attachment_models import Attachment
from rex.journal.models import Audience, Entry, Recit
from rex.keys_backup import back_up_keys, put_keys_back
from rex.refusals import Refused
from rex.restore import put_back
from tests.cast import Cast
from tests.given import photograph
from tests.making import reader_of

PRIVATE = "Personne d’autre ne lit cela"


@pytest.fixture
def config(settings: dict[str, str]) -> Config:
    return config_from(settings)


@pytest.fixture
def written(database: Database, cast: Cast) -> Recit:
    """Camille has published a récit, and has begun to correct it."""
    with database.system("camille writes", write=True) as session:
        camille = reader_of(session, cast.camille)
        recit = drafts.start_recit(session, camille, camille.memberships[0])
        drafts.save_text(session, camille, recit, "titre", "La haie des Tilleuls", 0)
        drafts.save_text(session, camille, recit, "faits", "Nous avons attendu les merles.", 0)
        publishing.publish(session, camille, recit, Audience.COLLECTIF)
        base = drafts.published_copy(session, recit).version_of("faits")
        drafts.save_text(session, camille, recit, "faits", PRIVATE, base)
    return recit


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[[], dict[str, str]]:
    """A place where nothing was ever installed, on SQLite."""
    made: list[Path] = []

    def make() -> dict[str, str]:
        made.append(tmp_path / f"place-{len(made)}")
        return {"REX_DATA_DIR": str(made[-1]), "REX_QUICK_HASHES": "1"}

    return make


def opened_draft(database: Database, cast: Cast, recit: Recit) -> str:
    with database.system("camille reads her draft", write=True) as session:
        camille = reader_of(session, cast.camille)
        draft = drafts.read_draft(session, camille, session.get_one(Recit, recit.id))
        assert draft is not None
        return draft.text_of("faits")


def test_comes_back_with_its_keys(database, config, cast, written, elsewhere, tmp_path) -> None:
    rows = back_up(database, tmp_path / "base.zip")
    assert back_up_keys(config, tmp_path / "cles.zip") == 3
    place = elsewhere()
    assert put_keys_back(place, tmp_path / "cles.zip") == 3
    other = opening.open_database(config_from(place))
    assert put_back(other, tmp_path / "base.zip") == rows
    assert check.faults(other) == []
    assert opened_draft(other, cast, written) == PRIVATE
    with other.system("compare") as session:
        assert session.scalar(select(func.count()).select_from(User)) == len(cast.people)
        assert session.scalars(select(Entry.title)).all() == ["La haie des Tilleuls"]
        assert session.scalars(select(Entry.published_at)).one() == written.published_at
    with other.system("new rows come after the old ones", write=True) as session:
        session.add(Collectif(slug="tout-neuf", name="Tout neuf"))
    other.dispose()


def test_comes_back_on_the_engine_it_left(database, config, cast, written, elsewhere, tmp_path, settings) -> None:
    """SQLite → file → this engine again: on PostgreSQL this is the way across, with counters that go on."""
    back_up(database, tmp_path / "base.zip")
    migrate.downgrade(database, "base")
    put_back(database, tmp_path / "base.zip")
    assert check.faults(database) == []
    assert opened_draft(database, cast, written) == PRIVATE
    with database.system("numbers go on", write=True) as session:
        session.add(User(name="Une personne de plus"))
        session.add(Recit(collectif_id=cast.valombre_id))


def test_the_words_of_a_draft_are_not_in_the_file(database, written, tmp_path) -> None:
    back_up(database, tmp_path / "base.zip")
    with zipfile.ZipFile(tmp_path / "base.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert PRIVATE.encode() not in everything
    assert b"La haie des Tilleuls" in everything


def test_without_the_keys_it_says_so(database, written, elsewhere, tmp_path, monkeypatch, capsys) -> None:
    back_up(database, tmp_path / "base.zip")
    for name, value in elsewhere().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REX_DATABASE_URL", raising=False)
    assert main(["restore", str(tmp_path / "base.zip")]) == 0
    assert "clés manquent" in capsys.readouterr().err
    assert main(["db", "check"]) == 1
    assert "remettez la sauvegarde des clés" in capsys.readouterr().err
    assert main(["db", "upgrade"]) == 0  # and does not make a key in the place of the one to restore
    assert "Attention" in capsys.readouterr().err
    assert main(["db", "check"]) == 1


def test_files_are_for_their_owner_and_never_overwrite(database, config, written, tmp_path) -> None:
    for number, act in enumerate((lambda p: back_up(database, p), lambda p: back_up_keys(config, p))):
        path = tmp_path / f"{number}.zip"
        act(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        before = path.read_bytes()
        with pytest.raises(Refused, match="existe déjà"):
            act(path)
        assert path.read_bytes() == before
    with pytest.raises(Refused, match="n’existe pas"):
        back_up(database, tmp_path / "absent" / "base.zip")
    assert sorted(p.name for p in tmp_path.glob("*.zip*")) == ["0.zip", "1.zip"]
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_is_put_back_in_an_empty_base_only(database, written, tmp_path) -> None:
    back_up(database, tmp_path / "base.zip")
    with pytest.raises(Refused, match="n’est pas vide"):
        put_back(database, tmp_path / "base.zip")


def change(path: Path, name: str, act: Callable[[bytes], bytes | None]) -> Path:
    """A copy of a zip where one member was changed, or left out when `act` gives None."""
    made = path.with_name(f"change-{name.replace('/', '-')}.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = act(source.read(info)) if info.filename == name else source.read(info)
            if content is not None:
                target.writestr(info.filename, content)
    return made


def given(database: Database, cast: Cast, recit: Recit) -> str:
    """Camille gives a photograph to her correction; its public id."""
    with database.system("camille gives a photograph", write=True) as session:
        camille = reader_of(session, cast.camille)
        seat, entry = camille.memberships[0], session.get_one(Recit, recit.id)
        return attachments.give(session, camille, seat, entry, rewritten(photograph()), "Le clocher").public_id


def test_the_files_come_back_sealed_as_they_were(database, config, cast, written, elsewhere, tmp_path) -> None:
    name = given(database, cast, written)
    kept = database.files.path(name).read_bytes()
    back_up(database, tmp_path / "base.zip")
    with zipfile.ZipFile(tmp_path / "base.zip") as archive:
        assert archive.read(f"fichiers/{name}") == kept
        assert b"JFIF" not in kept and b"Exif" not in kept
        assert json.loads(archive.read("manifest.json"))["fichiers"] == 1
    place = elsewhere()
    back_up_keys(config, tmp_path / "keys.zip")
    put_keys_back(place, tmp_path / "keys.zip")
    other = opening.open_database(config_from(place))
    put_back(other, tmp_path / "base.zip")
    assert check.faults(other) == []
    assert other.files.path(name).stat().st_mode & 0o077 == 0
    with other.system("read the photograph again") as session:
        row = session.scalars(select(Attachment)).one()
        assert attachments.bytes_of(session, row)[:3] == b"\xff\xd8\xff"
    other.dispose()


def test_a_file_deleted_during_the_backup_is_left_out(database, cast, written, elsewhere, tmp_path) -> None:
    name = given(database, cast, written)
    database.files.path(name).unlink()
    back_up(database, tmp_path / "base.zip")
    other = opening.open_database(config_from(elsewhere()))
    assert put_back(other, tmp_path / "base.zip")
    assert any(name in fault for fault in check.faults(other))
    other.dispose()


@pytest.mark.parametrize("damage", ["file", "name", "rows"])
def test_a_backup_with_a_wrong_file_changes_nothing(database, cast, written, elsewhere, tmp_path, damage) -> None:
    name = given(database, cast, written)
    back_up(database, tmp_path / "base.zip")
    path = tmp_path / "base.zip"
    if damage == "file":
        path = change(path, f"fichiers/{name}", lambda _: None)
    elif damage == "name":
        path = change(path, f"fichiers/{name}", lambda _: None)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("fichiers/../../hors-du-dossier", b"x")
    else:
        path = change(path, "tables/collectif.jsonl", lambda c: c.replace(b'"id":1,', b'"id":41,'))
    other = opening.open_database(config_from(elsewhere()))
    with pytest.raises(Refused, match="abîmé"):
        put_back(other, path)
    assert list(other.files.names()) == []
    assert not (tmp_path / "hors-du-dossier").exists()
    other.dispose()


def newer(manifest: bytes) -> bytes:
    return json.dumps(json.loads(manifest) | {"revision": "9999"}).encode()


@pytest.mark.parametrize(
    ("name", "act", "sentence"),
    [
        ("manifest.json", newer, "version plus récente"),
        ("manifest.json", lambda _: b"{}", "abîmé"),
        ("manifest.json", lambda _: None, "abîmé"),
        ("tables/entry.jsonl", lambda _: None, "abîmé"),
        ("tables/entry.jsonl", lambda _: b"", "abîmé"),
        ("tables/entry.jsonl", lambda c: c[:-10], "abîmé"),
        ("tables/entry.jsonl", lambda c: c.replace(b'"slug"', b'"x"').replace(b'"title"', b'"titre"'), "abîmé"),
        ("tables/collectif.jsonl", lambda c: c.replace(b'"id":1,', b'"id":41,'), "abîmé"),  # rows that point at nothing
        ("tables/user.jsonl", lambda c: c.replace(b'"created_at":{"d"', b'"created_at":{"z"'), "abîmé"),
    ],
)
def test_a_wrong_file_changes_nothing(database, written, elsewhere, tmp_path, name, act, sentence) -> None:
    back_up(database, tmp_path / "base.zip")
    other = opening.open_database(config_from(elsewhere()))
    with pytest.raises(Refused, match=sentence):
        put_back(other, change(tmp_path / "base.zip", name, act))
    assert migrate.current(other) is None or put_back(other, tmp_path / "base.zip")
    other.dispose()


def test_what_is_not_a_backup_is_refused(elsewhere, tmp_path) -> None:
    other = opening.open_database(config_from(elsewhere()))
    (tmp_path / "texte.zip").write_text("bonjour")
    bomb = tmp_path / "bombe.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps({"format": FORMAT, "revision": migrate.head(), "tables": {"user": 1}}))
        archive.writestr("tables/user.jsonl", io.BytesIO(bytes(100 * 1024 * 1024)).read())
    for path in (tmp_path / "texte.zip", bomb):
        with pytest.raises(Refused, match="abîmé"):
            put_back(other, path)
    with pytest.raises(Refused, match="n’existe pas"):
        put_back(other, tmp_path / "absent.zip")
    assert migrate.is_empty(other)
    other.dispose()


def test_keys_never_replace_other_keys(config, elsewhere, tmp_path) -> None:
    back_up_keys(config, tmp_path / "cles.zip")
    place = elsewhere()
    other = opening.open_database(config_from(place))
    opening.prepare(other)
    before = (Path(place["REX_DATA_DIR"]) / "master.key").read_bytes()
    with pytest.raises(Refused, match="D’autres clés"):
        put_keys_back(place, tmp_path / "cles.zip")
    assert (Path(place["REX_DATA_DIR"]) / "master.key").read_bytes() == before
    other.dispose()
    wrong = change(tmp_path / "cles.zip", "master.key", lambda _: b"A" * 43 + b"=")
    with pytest.raises(Refused, match="abîmé"):
        put_keys_back(elsewhere(), wrong)


def test_a_write_during_a_backup_is_not_half_in_it(database, written, tmp_path, monkeypatch) -> None:
    """People go on writing while the file is made: it holds the base as it stood when it began."""
    from rex import backup

    seen = []
    rows = backup._rows

    def rows_while_somebody_writes(connection, table):
        yield from rows(connection, table)
        if not seen:  # after the first table was read
            seen.append(table.name)
            with database.system("somebody arrives", write=True) as session:
                session.add(User(name="Arrivée pendant la copie", created_at=clock.now()))

    monkeypatch.setattr(backup, "_rows", rows_while_somebody_writes)
    back_up(database, tmp_path / "base.zip")
    with zipfile.ZipFile(tmp_path / "base.zip") as archive:
        assert seen and "Arrivée pendant la copie".encode() not in archive.read("tables/user.jsonl")
    with database.system("they did arrive") as session:
        assert session.scalar(select(User.id).where(User.name == "Arrivée pendant la copie"))


def test_crosses_from_sqlite_to_this_engine(database, elsewhere, tmp_path) -> None:
    """The demonstration, with all that it has of dates, enumerations and sealed texts."""
    place = elsewhere()
    there = opening.open_database(config_from(place))
    opening.prepare(there)
    loader.load(there, quick=True)
    rows = back_up(there, tmp_path / "base.zip")
    as_stored = select(Entry.public_id, type_coerce(Entry.title, String), Entry.published_at).order_by(Entry.id)
    with there.system("compare") as session:
        told = session.execute(as_stored).all()
    there.dispose()
    migrate.downgrade(database, "base")
    assert put_back(database, tmp_path / "base.zip") == rows
    assert not [fault for fault in check.faults(database) if "clé" not in fault]
    with database.system("compare", write=True) as session:
        assert session.execute(as_stored).all() == told
        session.add(User(name="Une personne de plus"))
