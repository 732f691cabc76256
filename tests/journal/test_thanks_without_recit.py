"""A thank-you that waits, and the récit by which it came is withdrawn or deleted: what its recipient reads and may still do."""

import pytest

from rex.db import Database
from rex.journal.models import Audience
from tests.cast import Cast
from tests.conftest import Visit
from tests.journal.test_recognitions import FACT, accept, key_of, text_of, thank
from tests.making import Made, make_recit

GONE = "Il ne peut plus paraître"


def lose(visit: Visit, made: Made, how: str) -> None:
    """Its author withdraws the récit, or deletes it then."""
    camille = visit.as_("camille")
    assert camille.send(f"{made.url}/retrait").status_code == 303
    if how == "deleted":
        assert camille.send(f"{made.url}/suppression").status_code == 303


@pytest.mark.parametrize("how", ["withdrawn", "deleted"])
@pytest.mark.parametrize("audience", [Audience.COLLECTIF, Audience.RESEAU])
def test_in_one_s_own_journal_it_may_appear_without_its_recit(
    visit: Visit, cast: Cast, database: Database, how: str, audience: Audience
):
    made = make_recit(database, cast.camille, audience=audience)
    page = thank(visit.as_("jeanne"), a=key_of(cast.camille), recit=made.public_id)
    lose(visit, made, how)
    camille = visit.as_("camille")
    received = text_of(camille.get(page))
    assert FACT in received and "À propos de" not in received and "Il sera montré avec le récit" not in received
    wide = audience is Audience.RESEAU and how == "withdrawn"  # nobody may know how it will be told again; it is the giver's text
    assert accept(camille, page, "reseau" if wide else "collectif").status_code == 303
    assert visit.as_("dora").get(page).status_code == 200
    assert visit.as_("ines").get(page).status_code == (200 if wide else 404)


@pytest.mark.parametrize("how", ["withdrawn", "deleted"])
def test_from_another_collectif_it_cannot_appear_without_its_recit(visit: Visit, cast: Cast, database: Database, how: str):
    """Inès, of the Orbe, thanked Camille by a récit of the réseau: it does not appear in the Orbe, where Camille reads nothing."""
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    page = thank(visit.as_("ines"), collectif="orbe", a=key_of(cast.camille), recit=made.public_id)
    lose(visit, made, how)
    camille, ines = visit.as_("camille"), visit.as_("ines")
    received = text_of(camille.get(page))
    assert FACT in received and GONE in received and "Le publier" not in received
    for asked in ("reseau", "collectif"):
        assert accept(camille, page, asked).status_code == 422
    for who in ("noor", "dora", "bruno"):
        assert visit.as_(who).get(page).status_code == 404, "between the two, still"
    given = text_of(ines.get(page))
    assert GONE in given and "Publié, il serait lu" not in given
    assert camille.send(f"{page}/garde").status_code == 303 and "Gardé entre vous" in text_of(camille.get(page))
    assert ines.send(f"{page}/reprise").status_code == 303


def test_its_giver_reads_who_would_read_it_now(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    page = thank(visit.as_("jeanne"), a=key_of(cast.camille), recit=made.public_id)
    assert "tous les collectifs du réseau" in text_of(visit.as_("jeanne").get(page))
    lose(visit, made, "deleted")
    given = text_of(visit.as_("jeanne").get(page))
    assert "tous les collectifs" not in given and "tous les membres du journal" in given


def test_whoever_is_in_both_publishes_it_where_it_was_given(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.noor, audience=Audience.RESEAU, collectif="valombre")
    page = thank(visit.as_("ines"), collectif="orbe", a=key_of(cast.noor), recit=made.public_id)
    noor = visit.as_("noor")
    noor.send(f"{made.url}/retrait")
    noor.send(f"{made.url}/suppression")
    assert accept(noor, page).status_code == 303
    assert visit.as_("ines").get(page).status_code == 200 and visit.as_("dora").get(page).status_code == 404
