"""Answering: postures, passages, what is refused with its text kept, who is told."""

import re

import pytest
from sqlalchemy import update

from rex.collectifs.models import User
from rex.exchanges.models import Posture
from rex.exchanges.words import MOST
from rex.journal.models import Audience
from tests.exchanges.acting import answer, open_to, page_of, place_of, row_of, rows, said, text_of, told
from tests.ground.hostile import CORPUS
from tests.making import make_exchange, make_recit
from tests.reading import Page

SECTIONS = {"faits": "Le marché a ouvert. *Il a plu* tout le jour.\n\nNous avons tenu.", "resistance": "Personne n’avait de bâche."}


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, sections=SECTIONS)


def test_a_question_is_said_and_read(visit, database, cast, made):
    answered = answer(visit.as_("paul"), made)
    place = place_of(page_of(visit.as_("camille"), made.url), said(answered))
    assert "Question" in place and "Paul Weiss, élu aux mobilités" in place and "Et la pluie, alors\u202f?" in place
    row = row_of(database, said(answered))
    assert (row.audience, row.posture, row.author_id) == (Audience.COLLECTIF, Posture.QUESTION, cast.paul.id)


def test_the_form_names_its_readers_and_begins_with_a_question(visit, made):
    for path in (made.url, f"{made.url}/repondre"):
        page = page_of(visit.as_("paul"), path)
        assert "Répondre devant les 7 membres" in page
        assert 'value="question" checked' in page
        assert all(word in page for word in ("Question", "Résonance", "Apport", "Autre regard"))


def test_without_script_the_label_is_that_of_the_posture_in_the_address(visit, made):
    labels = {"apport": "Ce que vous apportez", "autre-regard": "Ce que vous voyez autrement", "rien": "Votre question"}
    for posture, label in labels.items():
        page = page_of(visit.as_("paul"), f"{made.url}/repondre?posture={posture}")
        assert f'<span class="follows-plain">{label}</span>' in page


def test_who_answers_a_question_brings_something_unless_the_address_says_otherwise(visit, database, cast, made):
    asked = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    client, address = visit.as_("bruno"), f"{made.url}/repondre?a={asked}"
    assert 'value="apport" checked' in page_of(client, address)
    assert 'value="question" checked' in page_of(client, f"{address}&posture=question")
    brought = said(answer(client, made, "Nous tous.", posture="apport", a=asked))
    assert 'value="question" checked' in page_of(client, f"{made.url}/repondre?a={brought}")


def test_an_answer_stands_under_its_message_and_a_deeper_one_says_to_whom(visit, database, cast, made):
    first = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    second = said(answer(visit.as_("bruno"), made, "Nous tous.", posture="apport", a=first))
    third = said(answer(visit.as_("dora"), made, "Pas seulement.", posture="resonance", a=second))
    page = page_of(visit.as_("paul"), made.url)
    assert page.index("thread-within") < page.index(f'id="e-{second}"') < page.index(f'id="e-{third}"')
    assert page.count("thread-within") == 1, "one level is indented"
    assert "en réponse à" not in place_of(page, second)
    assert f'en réponse à <a href="#e-{second}">Bruno Maréchal</a>' in place_of(page, third)
    assert row_of(database, third).root_id == row_of(database, first).id


def test_another_look_quotes_the_passage_chosen_in_the_list(visit, database, made):
    client = visit.as_("jeanne")
    refused = answer(client, made, "Il faisait beau.", posture="autre-regard")
    page = text_of(refused)
    assert refused.status_code == 422
    assert "Choisissez le passage que vous voyez autrement" in page and "Il faisait beau." in page
    assert '<option value="faits.0">Le marché a ouvert. Il a plu tout le jour.</option>' in page
    done = answer(client, made, "Il faisait beau.", posture="autre-regard", paragraphe="resistance.0")
    row = row_of(database, said(done))
    assert (row.quote, row.quote_slug) == ("Personne n’avait de bâche.", "resistance")
    place = place_of(page_of(client, made.url), row.public_id)
    assert '<a href="#s-resistance">Ce qui a résisté</a>' in place and "Personne n’avait de bâche." in place


def test_selected_words_are_quoted_only_if_they_stand_there(visit, database, made):
    client = visit.as_("jeanne")
    shown = page_of(client, f"{made.url}/repondre?passage=faits&mots=Il+a+plu&posture=autre-regard")
    assert 'name="mots" value="Il a plu"' in shown and "Vos mots sélectionnés" in shown
    quoting = {"posture": "autre-regard", "passage": "faits", "paragraphe": "citation"}
    row = row_of(database, said(answer(client, made, mots="Il a plu", **quoting)))
    assert (row.quote, row.quote_slug) == ("Il a plu", "faits")
    invented = answer(client, made, "Voyez.", mots="Il a neigé", **quoting)
    assert invented.status_code == 422 and "Ce passage ne se lit plus ici" in text_of(invented) and "Voyez." in text_of(invented)
    elsewhere = answer(client, made, posture="question", passage="resistance", mots="Il a plu", paragraphe="citation")
    assert elsewhere.status_code == 422
    assert len(rows(database)) == 1


def test_choosing_the_passage_keeps_what_is_typed_and_says_nothing(visit, database, made):
    page = answer(visit.as_("jeanne"), made, "Je commence", posture="autre-regard", choisir="1")
    assert page.status_code == 200 and "Je commence" in text_of(page) and "Erreur" not in text_of(page)
    assert rows(database) == []


@pytest.mark.parametrize("texte", ["", "  \n ", "\u200b", "x" * (MOST + 1)], ids=["nothing", "spaces", "unseen", "long"])
def test_what_is_no_message_is_refused_with_a_sentence_and_its_text(visit, database, made, texte):
    refused = answer(visit.as_("paul"), made, texte, posture="resonance")
    page = text_of(refused)
    assert refused.status_code == 422 and "<title>Erreur" in page
    assert ("Raccourcissez votre message" if len(texte) > MOST else "Écrivez quelques mots avant d’envoyer") in page
    assert texte.strip() in page and 'value="resonance" checked' in page
    assert rows(database) == []


def test_hostile_words_stay_words(visit, database, cast, made):
    for texte in CORPUS:
        make_exchange(database, cast.paul, made.public_id, f"Voyez : {texte}")
    client = visit.as_("dora")
    client.proof_reads = False  # these words are nobody's French
    html = client.get(made.url).get_data(as_text=True)
    assert len(rows(database)) == len(CORPUS) and html.count('class="exchange"') == len(CORPUS)
    for row in rows(database):
        assert Page(row.html).faults == [] and "<script" not in row.html.lower(), row.source


def test_sent_twice_is_said_once(visit, database, made):
    client = visit.as_("paul")
    first = answer(client, made, idempotency_key="une-seule-fois")
    again = answer(client, made, idempotency_key="une-seule-fois")
    assert first.location == again.location and len(rows(database)) == 1


def test_an_expired_sign_in_carries_the_text(visit, made):
    client = visit.as_(None)
    response = client.post(
        f"{made.url}/repondre",
        data={"posture": "apport", "texte": "Un texte long de dix lignes."},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    page = text_of(response)
    assert response.status_code == 401 and "Un texte long de dix lignes." in page and f'value="{made.url}/repondre"' in page


def test_a_message_is_never_said_before_more_people_than_its_button_named(visit, database, cast, made):
    client = visit.as_("paul")
    open_to(database, cast.camille, made, Audience.RESEAU)
    refused = answer(client, made, "Entre nous seulement.")
    page = text_of(refused)
    assert refused.status_code == 409 and "maintenant ouvert au réseau" in page and "Entre nous seulement." in page
    assert "Répondre devant le réseau (8)" in page and rows(database) == []
    assert row_of(database, said(answer(client, made, "Devant tous.", devant="reseau"))).audience is Audience.RESEAU


def test_who_is_told_of_an_answer(visit, database, cast, made):
    """The authors of the récit, who speaks in the branch; never oneself."""
    first = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    assert told(database, "reponse") == {cast.camille.id}
    make_exchange(database, cast.bruno, made.public_id, "Nous.", Posture.APPORT, first)
    answer(visit.as_("jeanne"), made, "Et nous ?", a=first)
    assert told(database, "reponse") == {cast.camille.id, cast.paul.id, cast.bruno.id}


def test_a_name_is_told_and_only_once(visit, database, cast, made):
    client = visit.as_("paul")
    answer(client, made, "@Camille Roy, et @dora lenoir : qu’en dites-vous ?")
    assert told(database, "mention") == {cast.camille.id, cast.dora.id}
    assert told(database, "reponse") == set(), "whoever is named is not told a second time"


def test_a_name_that_no_reader_bears_is_said_to_who_wrote_it(visit, database, cast, made):
    client = visit.as_("paul")
    for name in ("Inès Carle", "Gaël Parti", "Clara Close"):
        response = answer(client, made, f"Demandons à @{name} demain. Voir a@exemple.fr")
        page = page_of(client, response.location.partition("#")[0])
        assert f"«\u202f@{name}\u202f»\u00a0: personne de ce nom ne peut lire ce message." in page
    assert told(database, "mention") == set()


def test_names_are_proposed_among_readers_only(visit, database, cast, made):
    def names(who: str, q: str, path: str = made.url) -> list[str]:
        return visit.as_(who).get(f"{path}/personnes", query_string={"q": q}).get_json()["names"]

    assert names("paul", "cam") == ["Camille Roy"] and names("paul", "roy") == ["Camille Roy"]
    assert names("paul", "mare") == ["Bruno Maréchal"]
    assert [names("paul", q) for q in ("ines", "gael", "clara", "alix", "", "amille")] == [[]] * 6
    wide = make_recit(database, cast.camille, "Ouvert", audience=Audience.RESEAU)
    assert names("ines", "cam", wide.url) == ["Camille Roy"] and names("paul", "ines", wide.url) == ["Inès Carle"]
    assert visit.as_("ines").get(f"{made.url}/personnes?q=cam").status_code == 404


def test_a_name_is_proposed_from_the_beginning_of_its_words_only(visit, database, cast, made):
    with database.system("a name that holds the beginning of another", write=True) as session:
        session.execute(update(User).where(User.id == cast.dora.id).values(name="Éléa Bouhmama"))
    client, asked = visit.as_("paul"), {}
    for typed in ("ma", "bou", "ele"):
        asked[typed] = client.get(f"{made.url}/personnes", query_string={"q": typed}).get_json()["names"]
    assert asked == {"ma": ["Bruno Maréchal"], "bou": ["Éléa Bouhmama"], "ele": ["Éléa Bouhmama"]}


def test_a_name_that_is_known_is_set_apart_in_the_message(visit, database, cast, made):
    """For those who read it, as it was typed; a name of nobody among its readers is words like others, and nothing is a link."""
    client = visit.as_("paul")
    texte = "@Camille Roy, @dora lenoir et @Inès Carle : *@Bruno Maréchal* lit <b>@Camille Roy</b> "
    texte += "[ici](https://exemple.fr/@Camille 'à @Camille Roy')"
    row = row_of(database, said(answer(client, made, texte)))
    assert re.findall(r'<strong class="mention">(.*?)</strong>', row.html) == [
        "@Camille Roy", "@dora lenoir", "@Bruno Maréchal", "@Camille Roy",
    ]
    assert Page(row.html).faults == [] and row.html.count("<a ") == 1 and "@Inès Carle" in row.html
    assert '<strong class="mention">@Camille Roy</strong>' in place_of(client.get(made.url).get_data(as_text=True), row.public_id)


def test_answering_a_message_that_went_away_keeps_the_text(visit, database, cast, made):
    first = make_exchange(database, cast.paul, made.public_id)
    visit.as_("paul").send(f"/echanges/{first}/retirer")
    refused = answer(visit.as_("bruno"), made, "Voici pourquoi.", a=first)
    assert refused.status_code == 422 and "n’est plus là" in text_of(refused) and "Voici pourquoi." in text_of(refused)


def test_who_speaks_from_another_collectif_says_from_where(visit, database, cast):
    wide = make_recit(database, cast.camille, "Ouvert", audience=Audience.RESEAU)
    message = said(answer(visit.as_("ines"), wide, "Et chez vous ?", devant="reseau"))
    assert "Inès Carle, Eau, Pays de l’Orbe." in place_of(page_of(visit.as_("camille"), wide.url), message)


def test_who_comes_back_from_the_choice_of_a_passage_sends_the_short_form(visit, database, made):
    """The browser shows the short form again as it was, its key included: it is not taken for the one sent before."""
    client, key = visit.as_("paul"), {"idempotency_key": "one-key"}
    assert answer(client, made, "Longuement écrit.", choisir="1", **key).status_code == 200
    assert said(answer(client, made, "Longuement écrit.", **key)) == rows(database)[0].public_id
