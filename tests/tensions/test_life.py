"""What the life of a tension says, and what it keeps silent about: names taken back, words taken back, names out of sight."""

from tests.making import make_report
from tests.tensions.making import acts_of
from tests.tensions.telling import last_act, make_tension
from tests.tensions.test_pages import main_of, text_of


def test_a_name_that_was_tried_and_taken_back_is_the_one_that_its_life_says(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    ana.send(f"{told.url}/nom", {"nom": "Les dates nous gouvernent", "mots": "Deux phrases."})
    assert ana.send(f"/tensions/actes/{last_act(database)}/annulation").status_code == 303
    page = main_of(ana.get(told.url))
    assert "Elle change de nom ou de texte : « Les dates nous gouvernent »." in page


def test_a_name_that_pointed_at_somebody_is_kept_nowhere(visit, database, cast):
    first, ana = make_tension(database, cast), visit.as_("ana")
    form = {"nom": "Le refus de Bruno", "difficultes": [first.difficulties[0].public_id]}
    url = ana.send(f"{first.url}/scission", form).location
    ana.send(f"{url}/nom", {"nom": "Ce que refuse Bruno", "mots": "Bruno, encore."})
    better = {"nom": "Les dates nous gouvernent", "mots": ""}
    ana.send(f"{url}/nom", better)
    assert "Bruno" in main_of(ana.get(url)) and "Bruno" in main_of(ana.get(first.url))
    sent = ana.send(f"{url}/nom", {**better, "oubli": "1"}, follow_redirects=True)
    assert "Aucun nom d’avant n’est gardé." in text_of(sent)
    for path in (url, first.url):
        assert "Bruno" not in main_of(ana.get(path))
    page = main_of(ana.get(url))
    assert "Elle reçoit un nom.<" in page and "Elle change de nom ou de texte.<" in page
    assert "Une partie de ses difficultés forme une autre tension.<" in main_of(ana.get(first.url))
    act = last_act(database)
    assert act not in page  # there is no name to go back to
    refused = ana.send(f"/tensions/actes/{act}/annulation")
    assert refused.status_code == 409 and "Le nom d’avant n’a pas été gardé" in text_of(refused)
    assert all("Bruno" not in one.words for one in acts_of(database))


def test_words_that_were_added_go_when_the_act_is_undone(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    ana.send(f"{told.url}/etat", {"vers": "mise-au-travail", "mots": "C’est la faute de Bruno."})
    act = last_act(database)
    assert "C’est la faute de Bruno." in main_of(ana.get(told.url))
    assert ana.send(f"/tensions/actes/{act}/annulation").status_code == 303
    page = main_of(ana.get(told.url))
    assert "Elle est mise au travail." in page and "Annulé le" in page and "la faute de" not in page


def test_a_suspended_name_stands_in_the_life_of_no_other_tension(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    form = {"nom": "Le refus de la Voirie", "difficultes": [told.difficulties[0].public_id]}
    other = ana.send(f"{told.url}/scission", form).location.rpartition("/")[2]
    assert "« Le refus de la Voirie »" in main_of(visit.as_("paul").get(told.url))
    report = make_report(database, cast.paul, other)
    assert ana.send(f"/c/valombre/signalements/{report}/suspension", {"raison": "Ce nom vise un service."}).status_code == 303
    page = main_of(visit.as_("paul").get(told.url))
    assert "forme une autre tension" in page and "le refus de" not in page.lower()
