"""A machine that falls while a file is given or taken away: nothing is half there, and what is sent again is taken once."""

import os
import signal
import subprocess
import sys

import pytest

from rex.chores import chores_of
from rex.config import ROOT
from rex.sealed_files import MAY_BE_ARRIVING
from tests.given import photograph
from tests.house.test_concurrency import at_once
from tests.journal.test_attachments import files_of, send_file, text_of
from tests.making import Made, make_recit
from tests.reading import proof_read

TYPED = {"appris": "Écrit à l’instant.", "idempotency_key": "une-clef"}
# Moments: the function of REX that is called then, in whose place the process is killed.
GIVING = {
    "while the image is made anew": "rex.intake.rewritten",
    "while its bytes are written": "rex.files.os.link",
    "before its row is committed": "rex.journal.attachment_views.save_text",
    "before the answer leaves": "rex.idempotency.answer",
}
PROGRAM = """
import os, signal, sys
from unittest.mock import patch
from rex import create_app
from tests.given import photograph
from tests.house.test_concurrency import at_once
from tests.journal.test_attachments import send_file
from tests.journal.test_attachments_killed import TYPED
from tests.making import Made
from tests.reading import ReadingClient

who, recit, moment, given = sys.argv[1:]
app = create_app(dict(os.environ))
app.test_client_class = ReadingClient
client = app.test_client()
client.enter(int(who))
with patch(moment, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)):
    send_file(client, Made(0, recit, ""), photograph(), **TYPED, **({"supprimer": given} if given else {}))
print("nothing killed it")
"""


@pytest.fixture
def draft(database, cast) -> Made:
    return make_recit(database, cast.camille, "La place", {"faits": "La place était vide."}, audience=None)


def killed(settings, cast, made, moment: str, given: str = "") -> None:
    """Camille sends the form to a process of its own, which is killed at that moment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REX_")} | settings
    command = [sys.executable, "-c", PROGRAM, str(cast.camille.id), made.public_id, moment, given]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


def sweep_an_hour_later(app) -> None:
    database = app.extensions["rex"].database
    for name, written in database.files.names():
        os.utime(database.files.folder / name, (written - MAY_BE_ARRIVING - 1,) * 2)
    next(chore for chore in chores_of(database, app.extensions["rex"].config) if chore.name == "files").do()


@pytest.mark.parametrize("moment", GIVING)
def test_a_file_that_was_being_given_is_not_there_and_may_be_sent_again(
    visit, draft, database, app, settings, cast, moment
) -> None:
    killed(settings, cast, draft, GIVING[moment])
    assert files_of(database) == []
    left = {name for name, _ in database.files.names()}
    assert len(left) == (moment != "while the image is made anew")
    camille = visit.as_("camille")
    assert text_of(camille, draft, "appris") == "Écrit à l’instant.", "what was typed does not wait for the image"
    assert "/fichiers/" not in text_of(camille, draft)
    for _ in range(2):
        assert send_file(camille, draft, photograph(), **TYPED).status_code == 303
    [row] = files_of(database)
    assert text_of(camille, draft).count("/fichiers/") == 1
    sweep_an_hour_later(app)
    assert [name for name, _ in database.files.names()] == [row.public_id] and row.public_id not in left
    assert camille.get(f"/fichiers/{row.public_id}").status_code == 200


def test_of_two_clicks_at_the_same_moment_one_gives_the_file(visit, draft, database) -> None:
    windows = [visit.as_("camille") for _ in range(2)]
    acts = [lambda one=one: send_file(one, draft, photograph(), **TYPED) for one in windows]
    answers = [getattr(answer, "location", answer) for answer in at_once(acts)]
    assert answers == [f"{draft.url}/edition#section-faits"] * 2
    assert len(files_of(database)) == 1 == len(list(database.files.names()))
    assert text_of(visit.as_("camille"), draft).count("/fichiers/") == 1


def test_bytes_whose_row_was_just_deleted_are_swept(visit, draft, database, app, settings, cast) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    [row] = files_of(database)
    killed(settings, cast, draft, "rex.sealed_files.Path.unlink", row.public_id)
    assert files_of(database) == [] and [name for name, _ in database.files.names()] == [row.public_id]
    assert camille.get(f"/fichiers/{row.public_id}").status_code == 404
    sweep_an_hour_later(app)
    assert list(database.files.names()) == []


def test_a_row_whose_bytes_are_lost_is_said_to_who_may_read_it_and_to_nobody_else(visit, draft, database) -> None:
    camille = visit.as_("camille")
    send_file(camille, draft, photograph())
    [row] = files_of(database)
    (database.files.folder / row.public_id).unlink()
    answer = camille.get(f"/fichiers/{row.public_id}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404 and "<h1>Ce fichier manque</h1>" in page and proof_read(page) == []
    assert camille.get(f"{draft.url}/edition").status_code == camille.get(f"{draft.url}/apercu").status_code == 200
    hidden = visit.as_("bruno").get(f"/fichiers/{row.public_id}")
    assert hidden.data == visit.as_("bruno").get("/fichiers/AAAAAAAAAAAAAAAA").data != answer.data
    assert camille.send(f"{draft.url}/fichiers", {"supprimer": row.public_id, "faits": "Sans image."}).status_code == 303
    assert files_of(database) == []
