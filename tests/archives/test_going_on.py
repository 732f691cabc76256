"""Stopped at any moment, an archive goes on from where it was, out and in; nothing of what comes in shows before its end."""

import json
import zipfile

import pytest
from sqlalchemy import select

from rex import check
from rex.access import visible_entries, visible_finds
from rex.archives import arriving, slices
from rex.archives.cli import BESIDE, put_out
from rex.archives.shape import KINDS, MANIFEST, SUMS
from rex.collectifs.models import Collectif
from rex.journal.models import Entry
from rex.refusals import Refused
from tests.archives.test_harm import Killed, stopped_after
from tests.archives.travelling import lines_of, silent, take_in, take_out
from tests.making import reader_of

COMPARED = [kind for kind in KINDS if kind not in ("fichiers", "collectif")]


@pytest.fixture(autouse=True)
def small_slices(monkeypatch):
    """Slices of a few lines, so that there are many moments to be stopped at."""
    monkeypatch.setattr(slices, "AT_ONCE", 7)
    monkeypatch.setattr(arriving, "SLICE", 40)


def members_of(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in (MANIFEST, SUMS)}


def test_a_command_that_was_killed_goes_on(demo, slug, archive, tmp_path):
    """Between two slices, and within one: what was half written is cut off."""
    path = tmp_path / "out.zip"
    folder = path.with_name(path.name + BESIDE)
    for after in (0, 1, 9):
        with pytest.raises(Killed):
            put_out(demo, slug, path, "", stopped_after(after), addresses=True)
        assert not path.exists()
        with open(folder / "recits.jsonl", "ab") as file:
            file.write(b'{"id": "une ligne que personne ne')
        (folder / f".archive.zip.{after}").write_bytes(b"half a zip")
    said = json.loads((folder / "etat.json").read_bytes())
    assert said["texts"] > 7
    put_out(demo, slug, path, "", silent, addresses=True)
    assert members_of(path) == members_of(archive)
    assert not folder.exists()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_work_of_another_archive_is_left_alone(demo, slug, tmp_path):
    path = tmp_path / "out.zip"
    with pytest.raises(Killed):
        put_out(demo, slug, path, "", stopped_after(1), addresses=True)
    with pytest.raises(Refused, match="travail d’une autre archive"):
        put_out(demo, slug, path, "", silent)
    (path.with_name(path.name + BESIDE) / "etat.json").write_text("{")
    with pytest.raises(Refused, match="travail d’une autre archive"):
        put_out(demo, slug, path, "", silent, addresses=True)


def test_two_commands_do_not_write_the_same_archive(demo, slug, tmp_path):
    path = tmp_path / "out.zip"

    def meanwhile(_done: int, _total: int) -> None:
        with pytest.raises(Refused, match="Une autre commande"):
            put_out(demo, slug, path, "", silent)
        raise Killed

    with pytest.raises(Killed):
        put_out(demo, slug, path, "", meanwhile)


def test_what_the_disk_lost_is_read_again(demo, slug, archive, tmp_path):
    path = tmp_path / "out.zip"
    with pytest.raises(Killed):
        put_out(demo, slug, path, "", stopped_after(9), addresses=True)
    (path.with_name(path.name + BESIDE) / "recits.jsonl").write_bytes(b"")
    put_out(demo, slug, path, "", silent, addresses=True)
    assert members_of(path) == members_of(archive)


def seen_by(database, person, ids) -> tuple[int, int]:
    """How many of these texts this person reads, and finds."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        session.commit()
        read = session.scalars(visible_entries(reader).with_only_columns(Entry.id).where(Entry.public_id.in_(ids))).all()
        mine = set(read)
        return len(read), len({row.entry_id for row in session.scalars(visible_finds(reader))} & mine)


def test_an_import_that_was_killed_goes_on_and_shows_nothing_before(database, cast, archive, visit, tmp_path):
    sent = lines_of(archive)
    wide = [line["id"] for line in sent["recits"] if line["audience"] == "reseau"]
    every = [line["id"] for kind in ("recits", "difficultes", "reconnaissances") for line in sent[kind]]
    admin, ines = visit.as_("admin"), visit.as_("ines")
    for after in (0, 2, 6, 9, 3):
        with pytest.raises(Killed):
            arriving.bring_in(database, archive, arriving.Wanted("ailleurs"), stopped_after(after))
        assert seen_by(database, cast.ines, every) == (0, 0)
        with database.system("whoever asks for collectifs") as session:
            assert sorted(session.scalars(select(Collectif.slug))) == ["orbe", "valombre"]
        assert "Ville de Valombre" not in ines.get("/c/orbe/recits").get_data(as_text=True)
        assert admin.get("/administration/collectifs").get_data(as_text=True).count("ailleurs") == 0
        assert check.faults(database) == []
    take_in(database, archive, "ailleurs")
    assert seen_by(database, cast.ines, every)[0] >= len(wide) > 0
    back = lines_of(take_out(database, "ailleurs", tmp_path / "back.zip", addresses=True))
    people = {"personnes": [line | {"adresse": None} for line in sent["personnes"]]}
    for kind in COMPARED:
        assert back[kind] == people.get(kind, sent[kind]), kind
    assert check.faults(database) == []


def test_two_commands_do_not_bring_the_same_lines_in(database, archive, tmp_path):
    done = []

    def meanwhile(came: int, _total: int) -> None:
        if came > 100 and not done:
            done.append(take_in(database, archive, "ailleurs"))

    with pytest.raises(Refused, match="Une autre commande"):
        arriving.bring_in(database, archive, arriving.Wanted("ailleurs"), meanwhile)
    back = lines_of(take_out(database, "ailleurs", tmp_path / "back.zip"))
    assert back["recits"] == lines_of(archive)["recits"], "the one that went on is whole"


def test_progress_is_said(demo, slug, tmp_path, database, archive):
    told: list[tuple[int, int]] = []
    put_out(demo, slug, tmp_path / "out.zip", "", lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1][0] == told[-1][1] > 80 and len({done for done, _ in told}) > 10
    told.clear()
    arriving.bring_in(database, archive, arriving.Wanted("ailleurs"), lambda done, total: told.append((done, total)))
    assert told == sorted(told) and told[-1][0] == told[-1][1] > 500
