"""A récit written by several: nothing is published, nor opened more widely, without each author's yes."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Membership
from rex.db import Database
from rex.journal.models import Authorship, Entry, Recit
from rex.mail import Outbox
from rex.notices.composing import compose_due
from rex.words import mark
from tests.cast import Cast
from tests.conftest import Visit


@pytest.fixture
def together(visit: Visit, database: Database, cast: Cast) -> str:
    """A draft that Camille and Bruno write: she told the facts, he what was learnt. Its public id."""
    camille = visit.as_("camille")
    started = camille.send("/recits/nouveau", {"collectif": "valombre", "faits": "La place était vide."})
    recit_id = started.location.split("/")[2]
    with database.system("sign with two", write=True) as session:
        recit = session.scalars(select(Recit).where(Entry.public_id == recit_id)).one()
        session.add(Authorship(entry_id=recit.id, user_id=cast.bruno.id, position=1))
    put(camille, recit_id, "titre", "Le marché du samedi")
    put(visit.as_("bruno"), recit_id, "appris", "Prévenir avant.")
    return recit_id


def put(client, recit_id: str, slug: str, words: str) -> None:
    """Save a field as the editor does, from the version that its page shows."""
    page = client.get(f"/recits/{recit_id}/edition").get_data(as_text=True)
    base = re.search(rf'name="base-{slug}" value="(\d+)"', page)
    assert base
    answer = client.put(
        f"/recits/{recit_id}/sections/{slug}",
        json={"text": words, "base": int(base[1])},
        headers={"X-CSRFToken": client.csrf()},
    )
    assert answer.status_code == 200, answer.json


def asks(visit: Visit, recit_id: str, audience: str = "collectif"):
    return visit.as_("camille").send(f"/recits/{recit_id}/publication", {"publier": audience})


def test_the_button_asks_instead_of_publishing(visit: Visit, together: str) -> None:
    page = visit.as_("camille").get(f"/recits/{together}/publication").get_data(as_text=True)
    assert "Demander l’accord de Bruno Maréchal" in page
    assert "Publier pour" not in page


def test_the_awaited_person_reads_that_their_own_answer_is_awaited(visit: Visit, together: str) -> None:
    asks(visit, together)
    pages = [visit.as_(who).get(f"/recits/{together}/accord").get_data(as_text=True) for who in ("bruno", "camille")]
    mine, theirs = (page.replace("\u00a0", " ") for page in pages)
    assert "Réponse attendue : la vôtre." in mine
    assert "Réponse attendue : Bruno Maréchal." in theirs


def test_two_versions_left_by_a_merge_are_said_before_publishing(visit: Visit, together: str) -> None:
    camille, page, said = visit.as_("camille"), f"/recits/{together}/publication", "porte deux versions"
    assert said not in camille.get(page).get_data(as_text=True)
    put(camille, together, "appris", f"Prévenir avant.\n\n{mark('Marc Oudin')}\n\nPrévenir tôt.")
    asked = camille.get(page).get_data(as_text=True)
    assert said in asked and f'href="/recits/{together}/edition#appris"' in asked
    assert asks(visit, together).location.endswith("/accord"), "it forbids nothing"
    assert said in visit.as_("bruno").get(f"/recits/{together}/accord").get_data(as_text=True)


def test_nothing_is_read_before_the_last_yes(visit: Visit, together: str) -> None:
    assert asks(visit, together).location.endswith("/accord")
    assert visit.as_("jeanne").get(f"/recits/{together}").status_code == 404
    bruno = visit.as_("bruno")
    assert "Votre accord est attendu pour le publier." in bruno.get("/c/valombre/").get_data(as_text=True)
    assert "Oui, publier pour les" in bruno.get(f"/recits/{together}/accord").get_data(as_text=True)
    bruno.send(f"/recits/{together}/accord")
    assert visit.as_("jeanne").get(f"/recits/{together}").status_code == 200


def test_the_one_who_asks_cannot_say_yes_for_the_other(visit: Visit, together: str) -> None:
    asks(visit, together)
    visit.as_("camille").send(f"/recits/{together}/accord")
    assert visit.as_("jeanne").get(f"/recits/{together}").status_code == 404


def test_a_refusal_keeps_the_draft(visit: Visit, together: str) -> None:
    asks(visit, together)
    visit.as_("bruno").send(f"/recits/{together}/accord/retrait")
    assert visit.as_("camille").get(f"/recits/{together}/accord").status_code == 303
    assert "Prévenir avant." in visit.as_("camille").get(f"/recits/{together}/edition").get_data(as_text=True)


def test_a_yes_covers_the_words_that_stood_there(visit: Visit, together: str) -> None:
    asks(visit, together)
    put(visit.as_("bruno"), together, "appris", "Prévenir avant, et demander.")
    visit.as_("bruno").send(f"/recits/{together}/accord")
    assert visit.as_("jeanne").get(f"/recits/{together}").status_code == 404  # Camille’s yes was for other words
    visit.as_("camille").send(f"/recits/{together}/accord")
    assert visit.as_("jeanne").get(f"/recits/{together}").status_code == 200


def test_widening_asks_again_and_correcting_does_not(visit: Visit, together: str) -> None:
    asks(visit, together)
    visit.as_("bruno").send(f"/recits/{together}/accord")
    asks(visit, together, "reseau")
    assert visit.as_("ines").get(f"/recits/{together}").status_code == 404
    visit.as_("bruno").send(f"/recits/{together}/accord")
    assert visit.as_("ines").get(f"/recits/{together}").status_code == 200
    put(visit.as_("camille"), together, "faits", "La place était presque vide.")
    visit.as_("camille").send(f"/recits/{together}/publication", {"publier": "reseau"})
    assert "presque vide" in visit.as_("ines").get(f"/recits/{together}").get_data(as_text=True)


def test_after_seven_days_of_silence_without_their_name_and_sections(visit: Visit, together: str) -> None:
    asks(visit, together)
    camille = visit.as_("camille")
    assert camille.send(f"/recits/{together}/accord/sans-reponse").status_code == 403
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1), tick=True):
        camille = visit.as_("camille")
        assert "Publier sans Bruno Maréchal" in camille.get(f"/recits/{together}/accord").get_data(as_text=True)
        camille.send(f"/recits/{together}/accord/sans-reponse")
        page = visit.as_("jeanne").get(f"/recits/{together}").get_data(as_text=True)
    assert "La place était vide." in page
    assert "Bruno" not in page
    assert "Prévenir avant" not in page


def test_an_author_who_left_is_not_waited_for(visit: Visit, together: str, database: Database, cast: Cast) -> None:
    with database.system("Bruno leaves", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.bruno.id)).one().end()
    assert not asks(visit, together).location.endswith("/accord")
    assert visit.as_("jeanne").get(f"/recits/{together}").status_code == 200


@pytest.mark.parametrize("who, status", [("jeanne", 404), ("ines", 404), ("ana", 404)])
def test_the_page_is_for_the_authors(visit: Visit, together: str, who: str, status: int) -> None:
    asks(visit, together)
    assert visit.as_(who).get(f"/recits/{together}/accord").status_code == status
    assert visit.as_(who).send(f"/recits/{together}/accord").status_code == status


def test_the_mail_has_no_title_and_no_word(visit: Visit, together: str, database: Database) -> None:
    asks(visit, together)
    compose_due(database, visit.app.extensions["rex"].config)
    with database.system("read the outbox") as session:
        row = session.scalars(select(Outbox)).one()
        assert row.sealed
        payload = database.keyring.open("installation", f"outbox|{row.key_hash}", row.sealed)
    assert re.search(r"/recits/[\w-]{16}/accord", payload)
    assert "bruno@exemple.fr" in payload
    assert "march" not in payload.lower()
    assert "place" not in payload.lower()
