"""« Archive du journal »: asked for by an animateur, prepared by the ticker, downloaded by them alone, erased."""

import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from rex.archives import asking, slices
from rex.archives.models import ArchiveRequest
from rex.collectifs.models import Membership, Role
from rex.exchanges.actions import withdraw as take_back
from rex.exchanges.queries import find_exchange
from rex.journal.publishing import withdraw
from rex.journal.queries import find_recit
from tests.archives.travelling import lines_of
from tests.journal.difficulties import make_difficulty, withdraw_difficulty
from tests.making import make_exchange, make_recit, reader_of
from tests.peer_groups.groups import tick

PAGE = "/c/valombre/archive"


@pytest.fixture
def ana(visit, database, cast):
    """The animatrice, in a journal where two récits are told."""
    make_recit(database, cast.camille, "Le marché déplacé")
    make_recit(database, cast.bruno, "La haie des Tilleuls")
    return visit.as_("ana")


def words_of(client) -> str:
    return client.get(PAGE).get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def folder_of(database) -> Path:
    return database.files.folder.with_name(asking.FOLDER)


def kept_in(database) -> list[str]:
    folder = folder_of(database)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def downloaded(client, tmp_path) -> Path:
    client.proof_reads = False
    answer = client.get(f"{PAGE}/fichier")
    client.proof_reads = True
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="archive-valombre-')
    (tmp_path / "down.zip").write_bytes(answer.data)
    return tmp_path / "down.zip"


def test_it_is_prepared_then_downloaded(ana, app, database, tmp_path):
    assert "Préparer l’archive" in words_of(ana) and 'http-equiv="refresh"' not in words_of(ana)
    for _ in range(2):  # a second click finds it asked for
        assert ana.send(PAGE, {"idempotency_key": str(_)}).location == PAGE
    page = words_of(ana)
    assert "L’archive se prépare" in page and '<meta http-equiv="refresh"' in page and f"{PAGE}/fichier" not in page
    assert ana.get(f"{PAGE}/fichier").status_code == 404
    tick(app)
    page = words_of(ana)
    assert re.search(r"2 textes dans un fichier de \d+\sko", page) and f"{PAGE}/fichier" in page
    assert 'http-equiv="refresh"' not in page
    recits = lines_of(downloaded(ana, tmp_path))["recits"]
    assert [line["titre"] for line in recits] == ["Le marché déplacé", "La haie des Tilleuls"]
    [name] = kept_in(database)
    assert (folder_of(database) / name).stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (folder_of(database) / name).iterdir() if path.is_file()} == {0o600}


def test_no_address_is_in_it(ana, app, cast, tmp_path):
    ana.send(PAGE)
    tick(app)
    people = lines_of(downloaded(ana, tmp_path))["personnes"]
    assert {line["nom"] for line in people} >= {"Camille Roy", "Ana Belmonte"}
    assert [line for line in people if "adresse" in line] == []


def test_it_says_what_it_leaves_out_and_of_when_it_is(ana, app, tmp_path):
    assert "Les séances ouvertes n’y sont pas non plus." in words_of(ana)
    ana.send(PAGE)
    tick(app)
    with zipfile.ZipFile(downloaded(ana, tmp_path)) as archive:
        assert "ni séance, ni groupe de pairs" in archive.read("LISEZMOI.md").decode()
        assert all(one.date_time[0] > 1980 for one in archive.infolist()), "of the day when it was made"


def test_progress_is_shown_and_a_killed_process_goes_on(ana, app, database, monkeypatch, tmp_path):
    monkeypatch.setattr(slices, "AT_ONCE", 1)
    ana.send(PAGE)
    monkeypatch.setattr(asking, "SECONDS", 0)
    asking.prepare_due(database, "", seconds=0)
    assert "La lecture commence dans un instant" in words_of(ana)
    with database.system("which") as session:
        request_id = session.scalars(select(ArchiveRequest.id)).one()
    seen = set()
    while asking._go_on(database, request_id, ""):  # each time as a new process would
        page = words_of(ana)
        seen |= {done for done in ("0 texte lu, 2", "1 texte lu, 2", "2 textes lus, 2") if done in page}
    assert seen == {"0 texte lu, 2", "1 texte lu, 2", "2 textes lus, 2"}
    assert len(lines_of(downloaded(ana, tmp_path))["recits"]) == 2


@pytest.mark.parametrize(("who", "status"), [("camille", 403), ("ines", 404), ("admin", 404), ("gael", 404), (None, 302)])
def test_it_is_for_those_who_look_after_the_journal(visit, ana, app, who, status):
    ana.send(PAGE)
    tick(app)
    client = visit.as_(who)
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}/fichier").status_code == status
    if who:
        assert client.send(PAGE).status_code == status


def test_its_asker_alone_downloads_it(visit, ana, app, database, cast):
    with database.system("two animateurs", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    ana.send(PAGE)
    tick(app)
    dora = visit.as_("dora")
    assert "Préparer l’archive" in words_of(dora)
    assert dora.get(f"{PAGE}/fichier").status_code == 404
    dora.send(f"{PAGE}/effacement")
    assert len(kept_in(database)) == 1, "nor erases it"


def later(database, days: int) -> None:
    with database.system("days pass", write=True) as session:
        for request in session.scalars(select(ArchiveRequest)):
            request.asked_at -= timedelta(days=days)
            request.ready_at = request.ready_at and request.ready_at - timedelta(days=days)


def test_it_is_erased_after_seven_days_or_at_once(ana, app, database):
    ana.send(PAGE)
    tick(app)
    later(database, 6)
    tick(app)
    assert len(kept_in(database)) == 1
    later(database, 1)
    tick(app)
    assert kept_in(database) == [] and "Préparer l’archive" in words_of(ana)
    ana.send(PAGE, {"idempotency_key": "again"})
    tick(app)
    assert len(kept_in(database)) == 1
    ana.send(f"{PAGE}/effacement")
    assert kept_in(database) == [] and ana.get(f"{PAGE}/fichier").status_code == 404


def withdraw_recit(database, cast, made):
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        recit = find_recit(session, who, made.public_id)
        assert recit is not None
        withdraw(session, who, recit)
        session.commit()


def test_as_soon_as_a_text_is_taken_back_it_goes(ana, app, database, cast):
    """Nothing of what was taken back stays in clear, nor leaves."""
    made = make_recit(database, cast.camille, "Un récit de trop")
    said = make_exchange(database, cast.bruno, made.public_id)
    noted = make_difficulty(database, cast.camille)

    def take_message_back():
        with database.session(write=True) as session:
            session.reader = who = reader_of(session, cast.bruno)
            exchange = find_exchange(session, who, said)
            assert exchange is not None
            take_back(session, who, exchange)
            session.commit()

    for number, act in enumerate((
        take_message_back,
        lambda: withdraw_difficulty(database, cast.camille, noted),
        lambda: withdraw_recit(database, cast, made),
    )):
        ana.send(PAGE, {"idempotency_key": f"ask-{number}"})
        tick(app)
        assert f"{PAGE}/fichier" in words_of(ana)
        act()
        assert ana.get(f"{PAGE}/fichier").status_code == 404, "before the next tick too"
        tick(app)
        assert kept_in(database) == []
        assert "Un texte a changé ou a été retiré" in words_of(ana) and "Préparer l’archive" in words_of(ana)


def test_who_looks_after_the_journal_no_more_has_none(ana, app, database, cast):
    ana.send(PAGE)
    tick(app)
    with database.system("another animates", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.ana.id).values(role=Role.MEMBRE))
    assert ana.get(f"{PAGE}/fichier").status_code == 403
    tick(app)
    assert kept_in(database) == []


def test_a_folder_without_a_row_and_a_row_without_a_folder(ana, app, database):
    ana.send(PAGE)
    (folder_of(database) / "restes").mkdir(parents=True)
    tick(app)
    [name] = kept_in(database)
    asking.work.forget(folder_of(database) / name)
    assert ana.get(f"{PAGE}/fichier").status_code == 404
    ana.send(PAGE, {"idempotency_key": "again"})
    tick(app)
    assert f"{PAGE}/fichier" in words_of(ana)


def test_one_that_cannot_go_on_holds_no_other_back(ana, visit, app, database, cast, caplog, monkeypatch):
    with database.system("two animateurs", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    ana.send(PAGE)
    visit.as_("dora").send(PAGE)
    pack, broken = asking.pack, []

    def fails_first(one, root):
        if not broken:
            broken.append(one)
            raise OSError("the disk is full")
        return pack(one, root)

    monkeypatch.setattr(asking, "pack", fails_first)
    tick(app)
    assert "an archive could not go on" in caplog.text
    assert f"{PAGE}/fichier" in words_of(visit.as_("dora")) and "se prépare" in words_of(ana)
    tick(app)
    assert f"{PAGE}/fichier" in words_of(ana)
