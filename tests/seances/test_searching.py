"""The search of a group looks through its séances too, for those who read them."""

from datetime import timedelta

import pytest

from rex import clock
from rex.db import Database
from rex.seances.models import Step
from tests.cast import Cast
from tests.conftest import Visit
from tests.making import MadeGroup, make_group
from tests.reading import ReadingClient
from tests.seances.meeting import at_step, deposit, make_said, make_seance, set_back

WORD, SAID, BROUGHT = "bergamote", "Une bergamote sur la table.", "La bergamote de Bruno."


@pytest.fixture
def group(database: Database, cast: Cast) -> MadeGroup:
    return make_group(database, cast.camille, cast.bruno, cast.dora)


def found(client: ReadingClient, group: MadeGroup) -> str:
    return client.get(f"{group.url}/recherche?q={WORD}").get_data(as_text=True)


def test_a_depot_is_found_once_it_is_open(visit: Visit, cast: Cast, database: Database, group: MadeGroup) -> None:
    made = make_seance(database, cast.camille, group.public_id, opens_in=timedelta(hours=5))
    bruno = visit.as_("bruno")
    deposit(bruno, made, BROUGHT)
    dora = visit.as_("dora")
    assert "Dépôt" not in found(dora, group)
    at_step(database, made, Step.CHOISIR)
    page = found(dora, group)
    assert "Dépôt, Bruno" in page and f'href="{made.url}/choisir"' in page
    assert dora.get(f"{made.url}/choisir", follow_redirects=True).status_code == 200


def test_what_was_said_leads_to_its_place(visit: Visit, cast: Cast, database: Database, group: MadeGroup) -> None:
    made = make_seance(database, cast.camille, group.public_id)
    said = make_said(database, cast.bruno, made, SAID)
    at_step(database, made, Step.GARDER)
    client = visit.as_("dora")
    page = found(client, group)
    assert f'href="{made.url}/explorer#s-{said}"' in page and "<mark>bergamote</mark>" in page
    assert f'id="s-{said}"' in client.get(f"{made.url}/explorer").get_data(as_text=True)
    set_back(database, made, cancelled_at=clock.now())
    assert "Dit en séance" not in found(client, group)


def test_nothing_of_another_group(visit: Visit, cast: Cast, database: Database, group: MadeGroup) -> None:
    other = make_group(database, cast.camille, cast.jeanne, called="Un autre")
    theirs = make_seance(database, cast.camille, other.public_id)
    make_said(database, cast.camille, theirs, SAID)
    at_step(database, theirs, Step.GARDER)
    assert "Dit en séance" not in found(visit.as_("camille"), group)
    assert visit.as_("bruno").get(f"{other.url}/recherche?q={WORD}").status_code == 404
