"""What the computation proposes, as people read and answer it; what a difficulty resembles, while one writes it and after."""

import json

from sqlalchemy import select

from rex.tensions.computing_reasons import Carried, Why
from rex.tensions.models import TensionProposal
from tests.making import make_group
from tests.tensions.making import apart, members, proposals, tell_one
from tests.tensions.telling import SAID, TITLE, make_idea, make_proposal, make_tension, tell_others
from tests.tensions.test_pages import LIST, main_of, text_of

READ = f"{LIST}/a-relire"
NEAR = "La date du vote était déjà fixée par le calendrier avant la réunion publique."


def three(database, cast):
    return [
        tell_one(database, who, cast.valombre_id, words)
        for who, words in zip((cast.camille, cast.bruno, cast.dora), SAID, strict=True)
    ]


def give_reasons(database, public_id: str) -> None:
    why = Why((Carried("calendrier", 3, 3),), (("fixée", "faits"),), (Carried("C6", 2, 3),))
    with database.system("as the computation writes them", write=True) as session:
        row = session.scalars(select(TensionProposal).where(TensionProposal.public_id == public_id)).one()
        row.reasons = why.written


def test_a_proposal_says_what_brings_its_difficulties_together(visit, database, cast):
    made = three(database, cast)
    path = f"/tensions/propositions/{make_proposal(database, cast, *made)}"
    give_reasons(database, path.rpartition("/")[2])
    for page in (main_of(visit.as_("ana").get(READ)), main_of(visit.as_("ana").get(path))):
        assert "calendrier, chez 3 sur 3" in page and "fixée ~ faits" in page and "Jouer le temps, chez 2 sur 3" in page
        plain = page.replace("<mark>", "").replace("</mark>", "")
        assert "Ressemblance forte" in page and SAID[0] in plain and SAID[2] in plain
        assert [one.name for one in cast.people.values() if one.name in page] == []
    listed = main_of(visit.as_("ana").get(READ))
    assert "<mark>calendrier</mark>" in listed
    assert "Au centre" in listed and "La moins sûre" in listed and "%" not in listed


def test_all_members_read_what_is_proposed_and_who_curates_answers(visit, database, cast):
    path = f"/tensions/propositions/{make_proposal(database, cast, *three(database, cast))}"
    page = main_of(visit.as_("camille").get(path))
    assert SAID[0] in page and "<form" not in page
    assert visit.as_("camille").send(f"{path}/nom", {"nom": TITLE}).status_code == 403
    assert visit.as_("camille").send(f"{path}/mise-de-cote").status_code == 403
    assert visit.as_("ines").get(path).status_code == 404
    assert visit.as_("ines").get(READ).status_code == 404


def test_confirming_with_a_name_leaves_out_what_was_unticked(visit, database, cast):
    made, ana = three(database, cast), visit.as_("ana")
    path = f"/tensions/propositions/{make_proposal(database, cast, *made)}"
    kept = [one.public_id for one in made[:2]]
    nameless = ana.send(f"{path}/nom", {"nom": "", "difficultes": kept})
    assert nameless.status_code == 422 and text_of(nameless).count("checked") == 2
    assert ana.send(f"{path}/nom", {"nom": TITLE}).status_code == 422
    assert main_of(ana.get(path)).count('name="collectif" value="valombre"') == 2, "so that who answers late is told where"
    sent = ana.send(f"{path}/nom", {"nom": TITLE, "difficultes": kept})
    assert sent.status_code == 303
    page = main_of(ana.get(sent.location))
    assert SAID[0] in page and SAID[2] not in page
    assert apart(database) and proposals(database) == {}
    assert ana.get(path).status_code == 404


def test_setting_aside_is_told_and_undone(visit, database, cast):
    made, ana = three(database, cast), visit.as_("ana")
    path = f"/tensions/propositions/{make_proposal(database, cast, *made)}"
    assert ana.send(f"{path}/mise-de-cote").status_code == 303
    page = main_of(ana.get(READ))
    assert "Mises de côté" in page and "Rien à relire pour l’instant." in page and apart(database)
    act = page.partition('action="/tensions/actes/')[2].partition("/")[0]
    assert ana.send(f"/tensions/actes/{act}/annulation").status_code == 303
    assert apart(database) == set() and "Annulé le" in main_of(ana.get(READ))


def test_what_resembles_a_tension_joins_it_in_part(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    more = [tell_one(database, cast.jeanne, cast.valombre_id, words) for words in ("Le vote tombe trop tôt.", "Le vote tombe mal.")]
    path = f"/tensions/propositions/{make_proposal(database, cast, *more, tension=told)}"
    assert f"Rejoindre « {TITLE} » ?" in main_of(ana.get(path))
    assert ana.send(f"{path}/reunion", {}).status_code == 422
    assert ana.send(f"{path}/reunion", {"difficultes": more[0].public_id}).status_code == 303
    assert more[0].id in members(database, told) and more[1].id not in members(database, told)


def test_a_proposal_joins_a_tension_that_exists(visit, database, cast):
    told, ana = make_tension(database, cast), visit.as_("ana")
    more = [tell_one(database, cast.jeanne, cast.valombre_id, words) for words in ("Le vote tombe trop tôt.", "Le vote tombe mal.")]
    path = f"/tensions/propositions/{make_proposal(database, cast, *more)}"
    ticked = [one.public_id for one in more]
    assert ana.send(f"{path}/reunion", {"difficultes": ticked, "tension": ""}).status_code == 422
    assert ana.send(f"{path}/reunion", {"difficultes": ticked, "tension": told.public_id}).status_code == 303
    assert set(members(database, told)) >= {one.id for one in more}


def test_under_twenty_pairs_are_questions(visit, database, cast):
    made = three(database, cast)
    make_proposal(database, cast, *made[:2])
    page = main_of(visit.as_("ana").get(READ))
    assert "Ces difficultés disent-elles la même chose ?" in page and "Deux difficultés qui se ressemblent" in page
    assert "(3 sur 20)" in page
    assert "Ces difficultés disent-elles la même chose ?" in main_of(visit.as_("paul").get(LIST))


def test_the_words_of_here_are_added_and_removed(visit, database, cast):
    ana, settings = visit.as_("ana"), f"{LIST}/reglages"
    refused = ana.send(f"{LIST}/mots", {"expressions": "épuisé"})
    assert refused.status_code == 422 and "au moins deux expressions" in text_of(refused) and 'value="épuisé"' in text_of(refused)
    assert ana.send(f"{LIST}/mots", {"expressions": "épuisé, à bout"}).status_code == 303
    assert "épuisé, à bout" in main_of(ana.get(settings))
    idea = make_idea(database, cast, "silo, cloisonné")
    assert visit.as_("camille").send(f"{LIST}/mots/{idea}/retrait").status_code == 403
    assert ana.send(f"{LIST}/mots/{idea}/retrait").status_code == 303
    assert "silo" not in main_of(ana.get(settings))
    assert ana.send(f"{LIST}/mots/{idea}/retrait").status_code == 404


def near(client, words: str, **more):
    return client.send("/tensions/ressemblances", {"collectif": "valombre", "mots": words, **more})


def test_while_one_writes_a_tension_that_resembles_is_shown_with_the_words(visit, database, cast):
    told = make_tension(database, cast)
    answer = near(visit.as_("jeanne"), NEAR)
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    item = json.loads(answer.data)["items"][0]
    assert (item["title"], item["url"]) == (TITLE, told.url)
    assert "date" in item["why"] and "3" in item["what"] and item["strength"].startswith("Ressemblance")
    assert json.loads(near(visit.as_("jeanne"), "Oui.").data)["items"] == []


def test_nothing_resembles_for_who_does_not_read(visit, database, cast):
    make_tension(database, cast)
    assert near(visit.as_("ines"), NEAR).status_code == 404
    assert json.loads(visit.as_("ines").send("/tensions/ressemblances", {"collectif": "orbe", "mots": NEAR}).data)["items"] == []


def test_what_is_said_in_a_group_resembles_nothing_outside(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora)
    tell_one(database, cast.camille, group.id, NEAR)
    assert json.loads(near(visit.as_("camille"), NEAR).data)["items"] == []


def test_once_told_its_author_links_it_in_one_click(visit, database, cast):
    told = make_tension(database, cast)
    tell_others(database, cast)
    camille = visit.as_("camille")
    sent = camille.send("/difficultes/nouvelle", {"mots": NEAR, "audience": "collectif", "collectif": "valombre"})
    page = main_of(camille.get(sent.location))
    assert "Cela ressemble à" in page and f'name="tension" value="{told.public_id}"' in page
    other = main_of(visit.as_("paul").get(sent.location))
    assert "Cela ressemble à" not in other and "Relier à une tension" in other
    assert camille.send(f"{sent.location}/tensions", {"tension": told.public_id}).status_code == 303
    assert len(members(database, told)) == 4
    assert "Reliée à la tension" in main_of(visit.as_("paul").get(sent.location))


def test_when_nothing_resembles_the_nearest_are_to_be_checked(visit, database, cast):
    make_tension(database, cast)
    alone = tell_one(database, cast.paul, cast.valombre_id, "Le photocopieur du deuxième étage reste en panne depuis le printemps.")
    page = main_of(visit.as_("paul").get(f"/difficultes/{alone.public_id}/tensions"))
    assert "Les trois plus proches, à vérifier" in page and "Ressemblance à vérifier" in page
    assert visit.as_("ines").get(f"/difficultes/{alone.public_id}/tensions").status_code == 404


def test_who_curates_names_a_tension_from_a_difficulty(visit, database, cast):
    one, other = (tell_one(database, who, cast.valombre_id, NEAR) for who in (cast.camille, cast.bruno))
    path = f"/difficultes/{one.public_id}/tensions"
    ana = visit.as_("ana")
    assert "Une tension nouvelle" in main_of(ana.get(path)) and "Une tension nouvelle" not in main_of(visit.as_("paul").get(path))
    assert visit.as_("paul").send(path, {"nom": TITLE}).status_code == 403
    assert ana.send(path, {"nom": ""}).status_code == 422
    sent = ana.send(path, {"nom": TITLE, "difficultes": other.public_id})
    assert sent.status_code == 303 and "2 difficultés" in main_of(ana.get(sent.location))
    assert ana.send(path, {"tension": ""}).status_code == 422
