"""« Mes données »: everything that one person wrote and that is kept of them, for them alone; nothing of others."""

import io
import json
import zipfile

import pytest

from rex.clock import now
from rex.departures.said import TOLD
from rex.departures.zipping import AT_ONCE, zipped
from rex.journal.moment_models import What
from tests.cast import PASSWORD
from tests.departures.lives import ADDRESS, NAME, OF_OTHERS, TITLE, corrects, lived
from tests.journal.acting_together import take_back
from tests.making import contents, make_recit

PAGE = "/compte/mes-donnees"


def taken(client, password=PASSWORD) -> dict[str, str]:
    answer = client.send(PAGE, {"current_password": password})
    assert answer.status_code == 200, answer.get_data(as_text=True)[-800:]
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.zip"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.fixture
def life(database, cast):
    return lived(database, cast)


def test_it_asks_the_password_again(visit, cast, count_statements):
    client = visit.as_("camille")
    assert client.get(PAGE).status_code == 200
    for wrong, said in (("", "Donnez votre mot de passe actuel."), ("pas le bon", "Ce n’est pas votre mot de passe actuel.")):
        answer = client.send(PAGE, {"current_password": wrong})
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
    assert visit.as_(None).get(PAGE).status_code == 302
    assert taken(client)["compte/compte.json"]


def test_everything_that_she_wrote_is_there(database, app, cast, life):
    corrects(database, life.her, life.alone, "Je corrige sigmabrouille.")
    files = taken(entered(app, life.her))
    whole = "\n".join(files.values())
    for what, words in {**life.told, **life.in_group, "correction": "sigmabrouille"}.items():
        assert words in whole, f"{what} is not in the archive"
    account = json.loads(files["compte/compte.json"])[0]
    assert (account["nom"], account["adresse"]) == (NAME, ADDRESS)
    assert TITLE in files["compte/places.json"]
    recits = [json.loads(text) for name, text in files.items() if name.endswith("recit.json")]
    signed = next(one for one in recits if one["titre"] == "Ensemble")
    assert [line.partition(",")[0] for line in signed["signatures"]] == [NAME, "Bruno Maréchal"], "with those who sign it too"
    assert sum(name.endswith(".jpg") for name in files) == 2, "a file of a journal, a file of a group"
    assert "Trombinelle" in files["journal-valombre/mercis-recus.json"], "what she was thanked for is hers to take"
    assert "LISEZ-MOI.txt" in files
    assert all(name.split("/")[0].isascii() and NAME.split()[0] not in name for name in files), "names say nothing"


def test_nothing_of_others_is_there(app, cast, life):
    files = taken(entered(app, life.her))
    for name, text in files.items():
        if name.startswith("journal-valombre/mercis-recus"):
            continue
        for word in (*OF_OTHERS, "Dora Lenoir aussi", cast.dora.address):
            assert word not in text, f"{word} in {name}"
    in_groups = {name: text for name, text in files.items() if name.startswith("groupes/")}
    assert in_groups
    for name, text in in_groups.items():
        for word in ("Dora", "Camille", "Bruno", "Lenoir", "De Dora"):
            assert word not in text, f"{word} in {name}"


def test_a_thank_you_says_neither_to_whom_in_a_group_nor_what_became_of_it(app, database, cast, visit, life):
    with_thanks = "".join(taken(entered(app, life.her)).values())
    assert "pas encore publié" in with_thanks
    visit.as_("dora").send(f"/reconnaissances/{life.thanks}/refus")
    again = taken(entered(app, life.her))["journal-valombre/mercis-dits.json"]
    assert "pas encore publié" in again
    assert "declin" not in again


def test_what_one_wrote_says_under_what_as_long_as_it_is_read(app, database, cast, visit, life):
    files = taken(entered(app, life.her))
    (message,) = json.loads(files["journal-valombre/messages.json"])
    assert message["sous"] == "le récit « De Bruno »"
    assert json.loads(files["journal-valombre/relectures.json"])[0]["sous"] == "le récit « Seule »"
    assert "sous" not in json.loads(files["journal-valombre/difficultes.json"])[0]
    in_group = {one["quoi"] for one in json.loads(files["groupes/groupe-1/mes-textes.json"])}
    assert "Question, dans un groupe de pairs" in in_group
    take_back(visit.as_("bruno"), life.of_bruno)
    assert "De Bruno" not in "".join(taken(entered(app, life.her)).values()), "its title is read no more"


def test_what_a_person_reads_is_in_french(app, life, database, cast):
    files = taken(entered(app, life.her))
    read = "\n".join(text for name, text in files.items() if name.endswith((".md", ".txt")))
    for code in ("systeme", "quotidien", "merci-recu", "co-signer", "lu par\u00a0: collectif", "acceptee", "attente"):
        assert f"{code}\n" not in read, code
    assert "- lu par\u00a0: les membres du collectif\n" in read
    assert "- apparence\u00a0: comme votre appareil\n" in read
    assert {*What} == {*TOLD}, "each thing that a notice says is said here"


def test_the_files_are_of_the_day_of_the_archive(app, life, time_machine):
    time_machine.move_to("2026-11-20T22:30:00+00:00", tick=False)
    data = entered(app, life.her).send(PAGE, {"current_password": PASSWORD}).get_data()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2026, 11, 20, 23, 30, 0)}, "in local time, as zips say it"


def test_it_changes_nothing_and_leaves_nothing_behind(app, database, cast, life):
    config = app.extensions["rex"].config
    client = entered(app, life.her)
    before, files = contents(database), sorted(path for path in config.data_dir.rglob("*") if path.is_file())
    taken(client)
    after = contents(database)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"attempt"}, "the try of a password is counted"
    assert sorted(path for path in config.data_dir.rglob("*") if path.is_file()) == files


def test_who_left_a_journal_takes_what_they_signed_there(app, database, cast, visit):
    make_recit(database, cast.jeanne, "De Jeanne", {"faits": "Une phrase de Jeanne."})
    client = visit.as_("jeanne")
    client.send("/c/valombre/quitter", {"current_password": PASSWORD})
    assert "Une phrase de Jeanne." in "".join(taken(client).values())


def test_somebody_who_wrote_nothing_takes_their_account(visit, cast):
    files = taken(visit.as_("admin"))
    assert set(files) == {"LISEZ-MOI.txt", "compte/compte.json", "compte/compte.md", "compte/appareils.json", "compte/appareils.md"}


def test_a_key_that_the_host_lost_breaks_no_archive(app, database, life):
    client = entered(app, life.her)
    for name in ("groupe-" + life.group, *(path.stem for path in database.keyring.folder.glob("collectif-*.key"))):
        (database.keyring.folder / f"{name}.key").unlink()
    database.keyring._keys.clear()
    files = taken(client)
    assert "Un texte dont la clé manque" in files["groupes/groupe-1/mes-textes.json"]
    assert life.told["message"] in files["journal-valombre/messages.json"], "what lies in clear is there"


def test_the_zip_leaves_as_it_is_made():
    """A hundred megabytes go through a few hundred kilobytes."""
    block, waiting = bytes(range(256)) * 4096, []

    def pieces(number: int):
        for _ in range(number):
            yield block

    largest = 0
    for piece in zipped(((f"{n}.bin", pieces(10)) for n in range(10)), now()):
        largest = max(largest, len(piece))
        waiting.append(len(piece))
    assert largest <= 4 * AT_ONCE + len(block)
    assert len(waiting) >= 5


def entered(app, person):
    client = app.test_client()
    client.enter(person.id)
    return client
