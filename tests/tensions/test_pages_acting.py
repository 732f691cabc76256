"""What people do from the page of a tension, and who may."""

import pytest

from rex import clock
from rex.seances.models import Seance
from rex.tensions.models import State, Tension, TensionSeance
from tests.tensions.making import members, tell_one
from tests.tensions.telling import SAID, TITLE, last_act, make_arbitrage, make_tension, make_trial
from tests.tensions.test_pages import LIST, main_of, text_of

CURATED = ("nom", "etat?vers=mise-au-travail", "scission", "fusion", "arbitrage")


@pytest.mark.parametrize("tail", CURATED)
def test_who_may_open_the_forms_of_who_curates(visit, database, cast, tail):
    told = make_tension(database, cast)
    answers = {who: visit.as_(who).get(f"{told.url}/{tail}").status_code for who in ("ana", "camille", "ines")}
    assert answers == {"ana": 200, "camille": 403, "ines": 404}


def test_any_member_curates_once_the_animateurs_said_so(visit, database, cast):
    told = make_tension(database, cast)
    camille, ana = visit.as_("camille"), visit.as_("ana")
    settings = f"{LIST}/reglages"
    assert camille.get(settings).status_code == 403
    assert camille.send(settings, {"qui": "membres"}).status_code == 403
    assert ana.send(settings, {"qui": "membres"}).status_code == 303
    assert camille.get(f"{told.url}/nom").status_code == 200
    assert ana.send(settings, {}).status_code == 400, "a form that says nothing changes nothing"
    assert camille.get(f"{told.url}/nom").status_code == 200
    assert camille.send(settings, {"qui": "animation"}).status_code == 403
    assert "Renommer" in main_of(camille.get(told.url))
    ana.send(settings, {"qui": "animation"})
    assert "Renommer" not in main_of(camille.get(told.url))


def test_renaming_keeps_what_was_typed_and_may_be_undone(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    refused = ana.send(f"{told.url}/nom", {"nom": " ", "mots": "Ce que l’on garde."})
    assert refused.status_code == 422
    assert "Donnez un nom à cette tension" in text_of(refused) and "Ce que l’on garde." in text_of(refused)
    assert ana.send(f"{told.url}/nom", {"nom": "Les dates nous gouvernent", "mots": ""}).status_code == 303
    page = main_of(ana.get(told.url))
    assert "Les dates nous gouvernent" in page and f"c’était « {TITLE} »" in page
    assert ana.send(f"/tensions/actes/{last_act(database)}/annulation").status_code == 303
    page = main_of(ana.get(told.url))
    assert f"<h1>{TITLE}</h1>" in page and "Annulé le" in page


def test_an_act_that_was_built_upon_is_not_undone_and_the_page_says_what_changed(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    ana.send(f"{told.url}/nom", {"nom": "Un autre nom"})
    first = last_act(database)
    ana.send(f"{told.url}/nom", {"nom": "Encore un autre"})
    refused = ana.send(f"/tensions/actes/{first}/annulation")
    assert refused.status_code == 409
    assert "Depuis, cette tension a changé de nom : annulez d’abord cela." in text_of(refused)
    assert visit.as_("camille").send(f"/tensions/actes/{first}/annulation").status_code == 403
    assert visit.as_("ines").send(f"/tensions/actes/{first}/annulation").status_code == 404


def test_any_member_links_what_they_read_and_takes_their_link_back(visit, database, cast):
    told = make_tension(database, cast)
    alone = tell_one(database, cast.jeanne, cast.valombre_id, "Le calendrier scolaire oublie les familles du Faubourg.")
    paul = visit.as_("paul")
    page = main_of(paul.get(f"{told.url}/relier?q=familles"))
    assert "Faubourg" in page and SAID[0] not in page  # those that are in a tension are not shown
    assert paul.send(f"{told.url}/difficultes", {"difficulte": alone.public_id}).status_code == 303
    assert alone.id in members(database, told)
    assert "Toutes les difficultés du journal sont dans une tension." in main_of(paul.get(f"{told.url}/relier"))
    assert paul.send(f"/tensions/actes/{last_act(database)}/annulation").status_code == 303
    assert alone.id not in members(database, told)


def test_what_one_may_not_read_is_not_linked(visit, database, cast):
    told = make_tension(database, cast)
    elsewhere = tell_one(database, cast.ines, cast.orbe_id)
    for difficulty in (elsewhere.public_id, "AAAAAAAAAAAAAAAA"):
        assert visit.as_("paul").send(f"{told.url}/difficultes", {"difficulte": difficulty}).status_code == 404
    there = visit.as_("noor").send(f"{told.url}/difficultes", {"difficulte": elsewhere.public_id})  # reads both
    assert there.status_code == 404


def test_taking_one_out_is_for_who_curates(visit, database, cast):
    told = make_tension(database, cast)
    path = f"{told.url}/difficultes/{told.difficulties[2].public_id}/retrait"
    assert visit.as_("camille").send(path).status_code == 403
    assert visit.as_("ana").send(path).status_code == 303
    assert members(database, told) == [one.id for one in told.difficulties[:2]]


def test_two_from_one_and_one_from_two(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    nothing = ana.send(f"{told.url}/scission", {"nom": "Une part"})
    assert nothing.status_code == 422 and "Choisissez les difficultés qui disent autre chose" in text_of(nothing)
    all_of_them = [one.public_id for one in told.difficulties]
    assert ana.send(f"{told.url}/scission", {"nom": "Tout", "difficultes": all_of_them}).status_code == 409
    sent = ana.send(f"{told.url}/scission", {"nom": "Une part", "difficultes": all_of_them[:1]})
    assert sent.status_code == 303 and sent.location != told.url
    assert members(database, told) == [one.id for one in told.difficulties[1:]]
    other = sent.location.rpartition("/")[2]
    assert ana.send(f"{told.url}/fusion", {"autre": ""}).status_code == 422
    assert ana.send(f"{told.url}/fusion", {"autre": other}).status_code == 303
    assert members(database, told) == [one.id for one in told.difficulties]
    gone = ana.get(sent.location)  # what letters and mails said of it leads where it went
    assert gone.status_code == 302 and gone.location == told.url
    assert "« Une part »" in main_of(ana.get(told.url))


def test_where_it_stands_is_said_with_words(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    sent = ana.send(f"{told.url}/etat", {"vers": "mise-au-travail", "mots": "Un atelier avec les Finances."})
    assert sent.status_code == 303
    page = main_of(visit.as_("paul").get(told.url))
    assert "Tension mise au travail" in page and "Un atelier avec les Finances." in page
    assert "Mises au travail" in main_of(ana.get(LIST))
    assert ana.send(f"{told.url}/etat", {"vers": "n’importe"}).status_code == 404
    assert ana.send(f"{told.url}/etat", {"vers": "apaisee", "mots": "x" * 601}).status_code == 422
    ana.send(f"{told.url}/etat", {"vers": "revient"})
    assert "Tension récurrente" in main_of(ana.get(told.url))


def test_a_new_occurrence_brings_back_what_was_arbitrated(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    make_arbitrage(database, cast, told)
    assert "Tension arbitrée" in main_of(ana.get(told.url))
    new = tell_one(database, cast.jeanne, cast.valombre_id, "Le calendrier est revenu tout décider.")
    ana.send(f"{told.url}/difficultes", {"difficulte": new.public_id})
    page = main_of(ana.get(told.url))
    assert "Tension récurrente, réapparue le" in page and "Elle réapparaît" in page
    assert "Réapparue le" in main_of(ana.get(LIST))


def test_what_was_tried_is_said_then_what_it_gave(visit, database, cast):
    told, camille = make_tension(database, cast), visit.as_("camille")
    assert camille.send(f"{told.url}/essais", {"essai": "", "suite": "Rien."}).status_code == 422
    assert camille.send(f"{told.url}/essais", {"essai": "Un calendrier commun."}).status_code == 303
    trial = make_trial(database, cast.bruno, cast, told, "Un appel avant chaque vote.")
    path = f"{told.url}/essais/{trial}"
    assert visit.as_("paul").get(path).status_code == 403
    later = {"essai": "Un appel avant chaque vote.", "suite": "Deux votes déplacés."}
    assert visit.as_("bruno").send(path, later).status_code == 303
    page = main_of(visit.as_("paul").get(told.url))
    assert "Deux votes déplacés." in page and "Un calendrier commun." in page
    ana = visit.as_("ana")  # who curates says what it gave, and changes nobody's words
    silent = f"{told.url}/essais/{make_trial(database, cast.bruno, cast, told, 'Un courrier aux familles.')}"
    ana.send(silent, {"essai": "Autre chose.", "suite": "Trois votes déplacés."})
    page = main_of(ana.get(told.url))
    assert "Autre chose." not in page and "Trois votes déplacés." in page
    assert ana.send(f"{path}/retrait").status_code == 403
    assert visit.as_("bruno").send(f"{path}/retrait").status_code == 303
    assert "Un appel avant chaque vote." not in main_of(ana.get(told.url))


def test_an_arbitrage_has_the_enjeu_and_the_effort_of_each_party(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    path, today = f"{told.url}/arbitrage", clock.today("Europe/Paris").isoformat()
    one = {"decide": "La date suit la concertation.", "jour": today, "partie": ["Finances", "Voirie"]}
    more = ana.send(path, {**one, "enjeu": ["Tenir le vote", ""], "effort": ["Deux semaines", ""], "plus": "1"})
    assert more.status_code == 200 and text_of(more).count('name="partie"') == 3 and "Tenir le vote" in text_of(more)
    refused = ana.send(path, {**one, "enjeu": ["Tenir le vote", ""], "effort": ["Deux semaines", ""]})
    assert refused.status_code == 422 and "Dites ce qui compte pour cette partie" in text_of(refused)
    late = ana.send(path, {**one, "jour": "2999-01-01", "enjeu": ["Tenir", "Écouter"], "effort": ["", ""]})
    assert late.status_code == 422 and "Donnez un jour passé" in text_of(late)
    sent = ana.send(path, {**one, "enjeu": ["Tenir le vote", "Écouter avant"], "effort": ["Deux semaines", ""]})
    assert sent.status_code == 303
    page = main_of(visit.as_("paul").get(told.url))
    assert "Tension arbitrée" in page and "La date suit la concertation." in page
    assert "Écouter avant" in page and "Deux semaines" in page and "Rien n’est dit" in page


def test_an_arbitrage_is_corrected_and_taken_back(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    path = f"{told.url}/arbitrages/{make_arbitrage(database, cast, told)}"
    assert "Deux semaines" in text_of(ana.get(path))
    fields = {"decide": "La date suit le rapport.", "jour": "2026-03-03", "partie": "Finances", "enjeu": "Voter", "effort": ""}
    assert visit.as_("camille").send(path, fields).status_code == 403
    assert ana.send(path, fields).status_code == 303
    page = main_of(ana.get(told.url))
    assert "La date suit le rapport." in page and "Deux semaines" not in page and "Modifié le" in page
    assert ana.send(f"{path}/retrait").status_code == 303
    assert "Rien n’est encore arbitré." in main_of(ana.get(told.url))


def test_a_seance_is_opened_on_a_tension_with_the_form_of_seances(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    door = f'href="/c/valombre/seances/nouvelle?sur={told.public_id}"'
    assert door in main_of(ana.get(told.url)) and door not in main_of(visit.as_("camille").get(told.url))
    form = main_of(ana.get(f"/c/valombre/seances/nouvelle?sur={told.public_id}"))
    assert f'name="theme" value="{TITLE}"' in form and f'name="sur" value="{told.public_id}"' in form
    fields = {
        "nature": "atelier", "theme": TITLE, "jour": "2027-01-12", "heure": "09:00", "duree": "120",
        "animation": cast.ana.public_id,
    }  # fmt: skip
    wrong = ana.send("/c/valombre/seances/nouvelle", {**fields, "jour": "", "sur": told.public_id})
    assert wrong.status_code == 422 and f'name="sur" value="{told.public_id}"' in text_of(wrong)
    assert ana.send("/c/valombre/seances/nouvelle", {**fields, "sur": told.public_id}).status_code == 303
    with database.system("what was set") as session:
        assert session.get(Tension, told.id).state is State.AT_WORK
        assert session.query(TensionSeance).count() == session.query(Seance).count() == 1
    page = main_of(visit.as_("paul").get(told.url))
    assert "Tension mise au travail" in page and 'href="/c/valombre/seances/' in page
    ana.send("/c/valombre/seances/nouvelle", {**fields, "sur": "AAAAAAAAAAAAAAAA"})  # of nothing: a séance as another
    with database.system("what was set") as session:
        assert (session.query(TensionSeance).count(), session.query(Seance).count()) == (1, 2)
