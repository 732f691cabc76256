"""The versions of a récit, for its authors."""

import pytest
from sqlalchemy import select

from rex.journal.models import Revision
from tests.journal.making import edition, publish, published, reads, save, text_of
from tests.making import make_recit


@pytest.fixture
def twice(visit):
    """A récit published, then corrected."""
    camille = visit.as_("camille")
    recit = published(camille, faits="La rue était <u>bruyante</u> hier.")
    save(camille, recit, {"faits": "La rue était calme hier.", "affects": "Soulagés."})
    publish(camille, recit)
    return recit


def test_words_are_compared(visit, twice):
    page = visit.as_("camille").get(f"/recits/{twice}/versions").get_data(as_text=True)
    assert "calme" in page and "<u>bruyante" not in page and "&lt;" in page
    inserted, deleted = page[page.index("<ins>") : page.rindex("</ins>")], page[page.index("<del>") : page.rindex("</del>")]
    assert "calme" in inserted and "Soulagés." in inserted and "bruyante" in deleted
    assert "La rue" not in page[page.index("<del>") : page.index("</del>")]
    assert "Camille Roy" in page


def test_any_two_are_compared_in_either_order(visit, twice):
    camille = visit.as_("camille")
    straight, back = (camille.get(f"/recits/{twice}/versions?de={a}&a={b}").data for a, b in ((1, 2), (2, 1)))
    assert b"<ins>" in straight
    assert straight.count(b"<ins>") == back.count(b"<ins>")
    assert "Ces deux versions disent la même chose." in text_of(camille.get(f"/recits/{twice}/versions?de=2&a=2"))
    assert camille.get(f"/recits/{twice}/versions?de=9&a=x").status_code == 200


def test_one_version_says_so(visit):
    camille = visit.as_("camille")
    recit = published(camille)
    assert "Une seule version pour l’instant." in text_of(camille.get(f"/recits/{recit}/versions"))


def test_a_version_comes_back_in_the_draft_first(visit, twice):
    camille, dora = visit.as_("camille"), visit.as_("dora")
    response = camille.send(f"/recits/{twice}/versions/1/restauration")
    assert "Cette version est dans votre brouillon." in text_of(camille.get(response.location))
    kept = edition(camille, twice)
    assert kept["faits"].startswith("La rue était <u>bruyante") and kept["affects"] == ""
    assert "calme" in reads(dora, twice)
    publish(camille, twice)
    assert "bruyante" in reads(dora, twice) and "Soulagés." not in reads(dora, twice)


def test_a_version_does_not_take_the_place_of_a_draft_without_asking(visit, twice):
    camille = visit.as_("camille")
    save(camille, twice, {"faits": "Un essai qui n’est nulle part ailleurs."})
    response = camille.send(f"/recits/{twice}/versions/1/restauration")
    assert response.location == f"/recits/{twice}/versions/1/restauration"
    assert "ce que vous aviez changé sera perdu" in text_of(camille.get(response.location))
    assert "nulle part ailleurs" in edition(camille, twice)["faits"]
    camille.send(f"/recits/{twice}/versions/1/restauration", {"remplacer": "1"})
    assert "bruyante" in edition(camille, twice)["faits"]


def test_the_words_of_a_version_can_be_destroyed(visit, twice, database):
    camille = visit.as_("camille")
    assert "Effacer la version 1" in text_of(camille.get(f"/recits/{twice}/versions/1/effacement"))
    assert "le récit publié ne change pas" in text_of(camille.get(f"/recits/{twice}/versions/2/effacement"))
    camille.send(f"/recits/{twice}/versions/1/effacement")
    page = text_of(camille.get(f"/recits/{twice}/versions"))
    assert "Ses mots ont été effacés." in page and "bruyante" not in page
    with database.system("look for the words") as session:
        rows = session.scalars(select(Revision).order_by(Revision.number)).all()
    assert [row.content is None for row in rows] == [True, False] and rows[0].erased_at
    assert camille.send(f"/recits/{twice}/versions/1/restauration").status_code == 404
    assert camille.get(f"/recits/{twice}/versions/1/restauration").status_code == 404
    assert "calme" in reads(camille, twice)


def test_a_version_that_does_not_exist(visit, twice):
    camille = visit.as_("camille")
    for number in (0, 3, 99999999999999999999999):
        assert camille.get(f"/recits/{twice}/versions/{number}/effacement").status_code == 404
        assert camille.send(f"/recits/{twice}/versions/{number}/restauration").status_code == 404
        assert camille.send(f"/recits/{twice}/versions/{number}/effacement").status_code == 404


def test_versions_are_for_the_authors(visit, twice, database, cast):
    for who, status in (("dora", 403), ("ana", 403), ("ines", 404)):
        assert visit.as_(who).get(f"/recits/{twice}/versions").status_code == status
        assert visit.as_(who).send(f"/recits/{twice}/versions/1/effacement").status_code == status
    both = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    assert "Aucune version publiée" in text_of(visit.as_("bruno").get(f"{both.url}/versions"))
