"""« Publier la modification » publishes, from the editor itself; and says who reads meanwhile."""

import re

from tests.journal.making import text_of
from tests.making import make_recit


def fields(client, url: str, **changed: str) -> dict[str, str]:
    page = client.get(f"{url}/edition").get_data(as_text=True)
    bases = dict(re.findall(r'name="(base-[a-z]+)" value="([^"]*)"', page))
    return bases | {"titre": "La rue", "faits": "Vide.", **changed}


def test_one_button_publishes_the_change(visit, database, cast):
    made = make_recit(database, cast.camille, title="La rue", sections={"faits": "Vide."})
    camille = visit.as_("camille")
    answer = camille.send(f"{made.url}/edition", fields(camille, made.url, faits="Presque vide.", suite="modification"))
    assert answer.location == made.url
    page = text_of(camille.get(made.url))
    assert "La modification est publiée." in page and "peuvent la lire" in page
    assert "Presque vide." in text_of(visit.as_("jeanne").get(made.url))


def test_a_change_that_lacks_something_is_not_published(visit, database, cast):
    made = make_recit(database, cast.camille, title="La rue", sections={"faits": "Vide."})
    camille = visit.as_("camille")
    answer = camille.send(f"{made.url}/edition", fields(camille, made.url, titre="", suite="modification"))
    assert answer.status_code == 422 and "Donnez un titre" in text_of(answer)
    assert "La rue" in text_of(visit.as_("jeanne").get(made.url))


def test_a_draft_is_never_published_by_that_name(visit, database, cast):
    made = make_recit(database, cast.camille, title="La rue", sections={"faits": "Vide."}, audience=None)
    camille = visit.as_("camille")
    camille.send(f"{made.url}/edition", fields(camille, made.url, suite="modification"))
    assert visit.as_("jeanne").get(made.url).status_code == 404


def test_words_of_another_hand_are_read_before_they_are_published(visit, database, cast):
    made = make_recit(database, cast.camille, title="La rue", sections={"faits": "Vide."})
    camille = visit.as_("camille")
    drawn = fields(camille, made.url, faits="Vide le matin.", suite="modification")
    camille.send(f"{made.url}/edition", fields(camille, made.url, faits="Vide le soir."))
    answer = camille.send(f"{made.url}/edition", drawn)
    assert "/edition" in answer.location
    assert "Vide." in text_of(visit.as_("jeanne").get(made.url))


def test_the_bar_says_that_the_change_is_not_read_yet(visit, database, cast):
    made = make_recit(database, cast.camille, title="La rue", sections={"faits": "Vide."})
    page = text_of(visit.as_("camille").get(f"{made.url}/edition"))
    assert "que personne d’autre que vous ne lit encore" in page
    assert "Vos lecteurs lisent toujours la version publiée" in page
