"""A raw copy of every file that the application wrote holds no word of an unpublished text, in any shape.

What is searched is the data folder (base, -wal, -shm, keys, mails) and the folder of temporary files, as bytes, in every shape
that `raw_bytes` knows, and inside whatever inflates. The words of a published récit are found by the very
same search: it can see."""

import base64
import gzip
import io
import re
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from rex import chores, mail
from rex.backup import back_up
from rex.db import Database
from rex.journal.models import Audience, Recit
from rex.journal.publishing import publish, withdraw
from tests.cast import Cast
from tests.given import document, photograph
from tests.house.raw_bytes import Sightings, rows_as_they_lie, seen_in, shapes, sightings
from tests.journal.difficulties import make_passage
from tests.making import contents, make_recit, reader_of

# Words that nothing else holds; accents, so that their UTF-8 is more than ASCII. The balise is told apart by its place.
TITLE = "Zéphyrine ouvre Kwamboula"
FACTS = "Quetzalmane a refusé la Brixolette"
OLD_FACTS = "Vroumastic était parti avant"
TOLD = "Trombinelle a publié Escargasse"
CANARIES = [word for text in (TITLE, FACTS, OLD_FACTS) for word in text.split() if word[0].isupper() and len(word) > 7]
PUBLISHED = ["Trombinelle", "Escargasse"]
Search = Callable[[list[str]], Sightings]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where anything temporary goes: Python's and SQLite's."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def search(temporary: Path, app: Flask, database: Database) -> Search:
    """`search(words)`: every sighting, by file. The files of PostgreSQL are its server's: there, the rows stand for them."""
    config = app.extensions["rex"].config

    def look(words: list[str]) -> Sightings:
        found = seen_in([config.data_dir, temporary], words)
        for name, data in () if database.is_sqlite else rows_as_they_lie(database):
            if seen := sightings(data, words):
                found[name] = seen
        return found

    return look


@pytest.fixture
def tick(app: Flask, database: Database) -> Callable[[], None]:
    def do() -> None:
        with database.system("a mail leaves meanwhile", write=True) as session:
            letter = mail.Letter("raw-copy", "camille@exemple.fr", "Une nouvelle", "Il y a du nouveau.")
            mail.post(session, letter)
        done = chores.do_all(database, app.extensions["rex"].config)
        assert ("checkpoint" in done) is database.is_sqlite and "mails" in done

    return do


def write(visit, cast: Cast) -> str:
    """Camille writes as the editor does: one PUT a field, one for the balises, then types over; the address of her draft."""
    client = visit.as_("camille")
    begun = client.send("/recits/nouveau", {"collectif": "valombre"})
    assert begun.status_code == 303, begun.get_data(as_text=True)
    address = "/".join(begun.location.split("/")[:3])
    assert re.fullmatch(r"/recits/[A-Za-z0-9_-]{16}", address)
    headers = {"X-CSRFToken": client.csrf(f"{address}/edition")}
    for slug, text, base in (("titre", TITLE, 0), ("faits", OLD_FACTS, 0), ("faits", FACTS, 1)):
        saved = client.put(f"{address}/sections/{slug}", json={"text": text, "base": base}, headers=headers)
        assert saved.status_code == 200, saved.get_data(as_text=True)
    saved = client.put(f"{address}/balises", json={"balises": [["V6", "contredit"]]}, headers=headers)
    assert saved.status_code == 200
    for page in ("edition", "apercu", "publication", "balises-proposees"):
        assert client.get(f"{address}/{page}").status_code == 200
    return address


def test_the_search_sees(tmp_path: Path) -> None:
    """Every shape that it claims to see."""
    word, noise = "Quetzalmane", bytes(range(256)) * 3
    for shape, needle in shapes(word).items():
        assert (word, shape) in sightings(noise + needle + noise, [word]), shape
    for offset in range(3):
        assert sightings(base64.b64encode(b"x" * offset + f"avant {word} après".encode()), [word])
    for packed in (zlib.compress(word.encode() * 3), gzip.compress(word.encode() * 3)):
        assert sightings(noise + packed, [word])
    assert sightings(noise, [word]) == set()


def test_a_draft_leaves_no_word(app, database, visit, cast, search, tick) -> None:
    write(visit, cast)
    assert search(CANARIES) == {}, "before the journal of the base is emptied"
    tick()
    assert search(CANARIES) == {}
    back_up(database, app.extensions["rex"].config.data_dir / "base.zip")
    assert search(CANARIES) == {}, "in a backup"
    assert contents(database)["tagging"] == [], "the choice of a balise is not in clear either"


def test_a_file_leaves_no_word_of_its_own(app, database, visit, cast, search, tick) -> None:
    """Neither the words about it, nor those that a telephone hid in it, nor its pixels: given, refused, or in a backup."""
    address = write(visit, cast)
    client = visit.as_("camille")
    for data, status in ((photograph(), 303), (document(), 303), (photograph()[:400], 422)):
        form = {"csrf_token": client.csrf(), "fichier": (io.BytesIO(data), "Quetzalmane.jpg"), "dans": "faits"}
        form["description"] = "Zéphyrine devant Kwamboula"
        sent = client.post(f"{address}/fichiers", data=form, content_type="multipart/form-data")
        assert sent.status_code == status
    tick()
    back_up(database, app.extensions["rex"].config.data_dir / "base.zip")
    assert search(CANARIES) == {}
    for path in app.extensions["rex"].config.data_dir.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        assert not any(mark in held for mark in (b"JFIF", b"Exif\0", b"%PDF-")), path


def test_a_large_file_goes_through_no_temporary_file(visit, cast, temporary, monkeypatch) -> None:
    address = write(visit, cast)
    client = visit.as_("camille")
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", None)  # what would hold it in clear: calling it fails
    fields = {"csrf_token": client.csrf(), "description": "Une photographie", "dans": "faits"}
    parts = [f'--fin\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    file = '--fin\r\nContent-Disposition: form-data; name="fichier"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = "".join([*parts, file]).encode() + photograph() + b"\0" * 1_000_000 + b"\r\n--fin--\r\n"
    sent = client.post(f"{address}/fichiers", data=body, content_type="multipart/form-data; boundary=fin")
    assert sent.status_code == 303


def test_a_refused_form_and_a_long_text_leave_no_word(app, visit, cast, search, tick) -> None:
    """A text of several megabytes, refused: it comes back to its author, and stays nowhere."""
    address = write(visit, cast)
    client = visit.as_("camille")
    long = " ".join(CANARIES) * 60_000
    refused = client.send(f"{address}/edition", {"titre": TITLE, "faits": long, "base-faits": "2", "base-titre": "1"})
    assert refused.status_code == 422 and CANARIES[0] in refused.get_data(as_text=True)
    tick()
    assert search(CANARIES) == {}


def test_published_words_are_found_and_withdrawn_words_are_not(app, database, visit, cast, search, tick) -> None:
    """The positive control, then the way back: withdrawn, a text is a draft again, overwritten where it stood in clear."""
    address = write(visit, cast)
    public_id = address.rsplit("/", 1)[1]
    client = visit.as_("camille")
    headers = {"X-CSRFToken": client.csrf(f"{address}/edition")}
    assert client.put(f"{address}/sections/appris", json={"text": TOLD, "base": 0}, headers=headers).status_code == 200
    assert search(PUBLISHED) == {}
    with database.session(write=True) as session:
        session.reader = camille = reader_of(session, cast.camille)
        recit = session.scalars(recit_at(public_id)).one()
        publish(session, camille, recit, Audience.COLLECTIF)
        session.commit()
    tick()
    found = search([*PUBLISHED, *CANARIES])
    assert {word for seen in found.values() for word, _ in seen} >= {*PUBLISHED, "Quetzalmane", "Zéphyrine"}
    assert "Vroumastic" not in {word for seen in found.values() for word, _ in seen}, "what was typed over was never read"
    with database.session(write=True) as session:
        session.reader = camille = reader_of(session, cast.camille)
        withdraw(session, camille, session.scalars(recit_at(public_id)).one())
        session.commit()
    tick()
    assert search([*PUBLISHED, *CANARIES]) == {}


def recit_at(public_id: str):
    return select(Recit).where(Recit.public_id == public_id)


def test_a_difficulty_taken_back_leaves_no_word(visit, database, cast, search, tick) -> None:
    """Noted alone, or a passage that goes with its récit: read while it is told, sealed and overwritten after."""
    client = visit.as_("camille")
    alone = client.send("/difficultes/nouvelle", {"collectif": "valombre", "mots": f"{FACTS}.", "effet": f"{OLD_FACTS}."}).location
    recit = make_recit(database, cast.camille, sections={"faits": f"{TOLD}. {TITLE}."})
    passage = make_passage(database, cast.camille, recit, TITLE)
    tick()
    found = {word for seen in search([*CANARIES, *PUBLISHED]).values() for word, _ in seen}
    assert found == {*CANARIES, *PUBLISHED}, "the search sees what is told"
    assert client.send(f"{alone}/retrait").status_code == 303
    assert client.send(f"{recit.url}/retrait").status_code == 303
    for page in (f"{alone}/publication", f"{passage.url}/publication", "/c/valombre/difficultes"):
        assert client.get(page).status_code == 200
    tick()
    assert search([*CANARIES, *PUBLISHED]) == {}
