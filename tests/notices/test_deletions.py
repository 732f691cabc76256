"""A co-author learns at once that another one wants their text deleted: thirty days are left to object."""

from tests.journal.difficulties import make_passage
from tests.making import FACTS, make_recit
from tests.notices.letters import tick

SAID = "Camille Roy demande la suppression d’un texte que vous signez"


def words_of(client) -> str:
    answer = client.get("/ce-qui-vous-attend")
    return answer.get_data(as_text=True).replace("\u202f", " ").replace("\u00a0", " ")


def test_the_co_authors_are_told_at_once(visit, app, database, cast):
    made = make_recit(database, cast.camille, "La rue Zéphyrine", audience=None, co_authors=(cast.bruno,))
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    for _ in range(2):  # asking twice is asking once
        assert camille.send(f"{made.url}/suppression").status_code == 303
    waiting = words_of(bruno)
    assert SAID in waiting and "trente jours" in waiting and f'href="{made.url}/edition"' in waiting
    for who in ("camille", "dora", "ana"):
        assert "demande la suppression" not in words_of(visit.as_(who)), who
    (letter,) = tick(app)
    assert letter.to == cast.bruno.address and letter.subject == "La suppression d’un texte que vous signez est demandée"
    assert SAID in letter.text and "Zéphyrine" not in letter.text and f"{made.url}/edition" in letter.text
    assert bruno.send(f"{made.url}/suppression/objection").status_code == 303
    assert SAID not in words_of(bruno) and tick(app) == []


def test_once_deleted_nothing_is_awaited(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    visit.as_("camille").send(f"{made.url}/suppression")
    assert visit.as_("bruno").send(f"{made.url}/suppression").status_code == 303
    assert SAID not in words_of(visit.as_("bruno"))


def test_who_no_longer_signs_is_not_asked(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno, cast.dora))
    visit.as_("camille").send(f"{made.url}/suppression")
    assert visit.as_("bruno").send(f"{made.url}/co-auteurs/depart").status_code == 303
    assert SAID not in words_of(visit.as_("bruno")) and SAID in words_of(visit.as_("dora"))


def test_a_passage_of_several_is_kept_or_not_the_same_way(visit, database, cast):
    made = make_recit(database, cast.camille, co_authors=(cast.bruno,))
    noted = make_passage(database, cast.camille, made, FACTS)
    camille, bruno = visit.as_("camille"), visit.as_("bruno")
    assert camille.send(f"/difficultes/{noted.public_id}/retrait").status_code == 303
    assert camille.send(f"/difficultes/{noted.public_id}/suppression").status_code == 303
    assert SAID in words_of(bruno) and f'href="/difficultes/{noted.public_id}"' in words_of(bruno)
    assert "Sans objection" in bruno.get(f"/difficultes/{noted.public_id}", follow_redirects=True).get_data(as_text=True)
