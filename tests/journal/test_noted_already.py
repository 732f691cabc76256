"""Coming back to « Une difficulté » and sharing it again, under a new key: the same words to the same readers are told once."""

from sqlalchemy import update

from rex import clock
from rex.journal.models import Entry
from rex.journal.noted_already import WITHIN
from tests.journal.test_difficulties import count, page_of, share
from tests.making import make_group

AGAIN = "Vous l’avez déjà dit."


def test_the_same_words_are_told_once_and_the_page_shows_the_first(visit, database):
    camille = visit.as_("camille")
    first = share(camille, effet="On attend.").location
    assert AGAIN not in page_of(camille.get(first))
    assert share(camille, effet="On attend.").location == first and count(database) == 1
    page = page_of(camille.get(first))
    assert AGAIN in page and "est partagée" not in page


def test_in_a_group_words_are_compared_once_opened(visit, cast, database):
    group = make_group(database, cast.dora, cast.camille)
    camille, there = visit.as_("camille"), {"collectif": "", "groupe": group.public_id}
    first = share(camille, **there).location
    assert share(camille, **there).location == first and count(database) == 1
    assert share(camille).location != first, "in the journal it is another one"


def test_what_differs_was_taken_back_or_is_old_is_another_one(visit, cast, database):
    camille = visit.as_("camille")
    first = share(camille).location
    share(camille, "D’autres mots.")
    share(camille, effet="On attend.")
    share(camille, audience="reseau")
    share(visit.as_("bruno"))
    assert count(database) == 5
    camille.send(f"{first}/retrait")
    share(camille)
    assert count(database) == 6
    with database.system("time passes", write=True) as session:
        session.execute(update(Entry).values(created_at=clock.now() - WITHIN * 1.1))
    share(camille)
    assert count(database) == 7


def test_the_balises_that_one_came_back_for_are_added_to_it(visit, database):
    camille = visit.as_("camille")
    first = share(camille).location
    assert share(camille, balises="E1").location == first and count(database) == 1
    page = page_of(camille.get(first))
    assert f"{AGAIN} Ses balises sont maintenant celles-ci." in page and "/boussole/E1" in page
