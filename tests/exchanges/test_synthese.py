"""Closing a thread with a synthèse: each sentence rests on messages, every other look is in one of them."""

import pytest
from sqlalchemy import select, update

from rex.collectifs.models import Membership, Role
from rex.exchanges.models import Posture, Synthese
from rex.journal.models import Audience
from rex.reports.models import Report
from tests.exchanges.acting import answer, open_to, page_of, place_of, row_of, rows, text_of, told
from tests.making import make_exchange, make_recit


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, sections={"faits": "Le marché a ouvert. Il a plu."})


@pytest.fixture
def thread(database, cast, made):
    """1 question, 2 apport in answer, 3 another look."""
    one = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    two = make_exchange(database, cast.bruno, made.public_id, "Nous tous.", Posture.APPORT, one)
    three = make_exchange(
        database, cast.jeanne, made.public_id, "Il faisait beau.", Posture.AUTRE_REGARD, quote="Il a plu", slug="faits"
    )
    return [one, two, three]


def close(client, made, *sentences: tuple[str, str], **fields):
    sent = {"phrase": [words for words, _ in sentences], "messages": [on for _, on in sentences], "fil": "collectif"}
    return client.send(f"{made.url}/synthese", sent | fields)


GOOD = [("On décide ensemble.", "1, 2"), ("Tous n’ont pas vu la pluie.", "n° 3")]


def test_only_an_animateur_of_the_entry_s_collectif_closes(visit, made, thread):
    for who, status in (("camille", 403), ("bruno", 403), ("ines", 404), ("gael", 404)):
        client = visit.as_(who)
        assert client.get(f"{made.url}/synthese").status_code == status
        assert close(client, made, *GOOD).status_code == status
        assert client.send(f"{made.url}/synthese/reouverture").status_code == status
    assert "Clore par une synthèse" not in page_of(visit.as_("camille"), made.url)
    assert "Clore par une synthèse" in page_of(visit.as_("ana"), made.url)


def test_a_synthese_stands_above_its_thread_and_leads_to_its_messages(visit, database, cast, made, thread):
    assert close(visit.as_("ana"), made, *GOOD, ("", "")).location == f"{made.url}#echanges"
    page = page_of(visit.as_("dora"), made.url)
    assert page.index("Synthèse du") < page.index(f'id="e-{thread[0]}"')
    line = page[page.index("On décide ensemble.") : page.index("Tous n’ont pas vu")]
    assert f'<a href="#e-{thread[0]}">Paul Weiss, question</a>' in line
    assert f'<a href="#e-{thread[1]}">Bruno Maréchal, apport</a>' in line
    assert "Par Ana Belmonte, animatrice." in page
    assert told(database, "synthese") == {cast.camille.id, cast.paul.id, cast.bruno.id, cast.jeanne.id}


def test_nobody_answers_a_closed_thread(visit, database, cast, made, thread):
    close(visit.as_("ana"), made, *GOOD)
    client = visit.as_("paul")
    page = page_of(client, made.url)
    assert "Ce fil est clos par sa synthèse" in page and 'name="texte"' not in page and "/repondre?a=" not in page
    assert "Répondre sur ce passage" not in page
    refused = answer(client, made, "Trop tard ?", a=thread[0])
    assert refused.status_code == 403 and "Trop tard" in text_of(refused) and "on n’y répond plus" in text_of(refused)
    assert client.get(f"/echanges/{thread[0]}/modifier").status_code == 403
    assert client.send(f"/echanges/{thread[0]}/modifier", {"texte": "autre", "base": "x"}).status_code in (403, 409)
    assert row_of(database, thread[0]).source == "Qui décide ?" and len(rows(database)) == 3
    assert client.send(f"/echanges/{thread[0]}/retirer").status_code == 303, "one may always take one's words back"
    assert "message retiré" in page_of(client, made.url)


def test_an_open_thread_is_answered_from_each_section(visit, made, thread):
    assert "Répondre sur ce passage" in page_of(visit.as_("paul"), made.url)


def test_opened_again_the_thread_keeps_its_synthese(visit, database, made, thread):
    animatrice = visit.as_("ana")
    close(animatrice, made, *GOOD)
    assert animatrice.send(f"{made.url}/synthese/reouverture", {"fil": "collectif"}).status_code == 303
    page = page_of(visit.as_("paul"), made.url)
    assert "On décide ensemble." in page and "ouvert de nouveau depuis" in page and 'name="texte"' in page
    assert answer(visit.as_("paul"), made).status_code == 303
    assert close(animatrice, made, *GOOD).status_code == 303
    assert page_of(visit.as_("paul"), made.url).count("Synthèse du") == 2


@pytest.mark.parametrize(
    "sentences, sentence",
    [
        ([("On décide ensemble.", "1, 2")], "L’autre regard de Jeanne Lartigue (message 3) n’est dans aucune phrase"),
        ([("On décide ensemble.", "")], "Dites sur quels messages repose la phrase 1"),
        ([("On décide ensemble.", "3"), ("", "1")], "Écrivez la phrase 2"),
        ([("On décide ensemble.", "3, 9")], "aucun message ne porte le numéro 9"),
        ([("On décide ensemble.", "3, ²")], "aucun message ne porte le numéro ²"),
        ([("", "")], "Écrivez au moins une phrase"),
        ([("x" * 601, "3")], "Raccourcissez la phrase 1"),
    ],
)
def test_what_misses_is_said_and_what_was_typed_is_kept(visit, database, made, thread, sentences, sentence):
    refused = close(visit.as_("ana"), made, *sentences)
    page = text_of(refused)
    assert refused.status_code == 422 and sentence in page and "<title>Erreur" in page
    assert all(words in page for words, _ in sentences)
    assert "Synthèse du" not in page_of(visit.as_("dora"), made.url)


def test_more_fields_without_script_keep_what_is_typed(visit, made, thread):
    page = close(visit.as_("ana"), made, *GOOD, ("", ""), plus="1", idempotency_key="plus")
    assert page.status_code == 200 and "Phrase 5" in text_of(page) and "On décide ensemble." in text_of(page)
    assert close(visit.as_("ana"), made, *GOOD, plus="1", idempotency_key="plus").status_code == 200, "a reload asks no more"


def test_a_withdrawn_look_needs_no_sentence_and_cannot_be_cited(visit, made, thread):
    visit.as_("jeanne").send(f"/echanges/{thread[2]}/retirer")
    refused = close(visit.as_("ana"), made, ("Tous ensemble.", "3"))
    assert refused.status_code == 422 and "le message 3 ne se lit plus" in text_of(refused)
    assert close(visit.as_("ana"), made, ("Tous ensemble.", "1 et 2")).status_code == 303


def test_a_thread_before_the_members_is_closed_apart_from_that_of_the_reseau(visit, database, cast, made, thread):
    open_to(database, cast.camille, made, Audience.RESEAU)
    wide = make_exchange(database, cast.ines, made.public_id, "Et chez vous ?")
    assert close(visit.as_("ana"), made, *GOOD).status_code == 303
    stranger = page_of(visit.as_("ines"), made.url)
    assert "Synthèse du" not in stranger and "On décide" not in stranger and 'name="texte"' in stranger
    member = page_of(visit.as_("paul"), made.url)
    assert "On décide ensemble." in member and 'name="texte"' in member
    assert answer(visit.as_("paul"), made, "Encore.", a=thread[0], devant="reseau").status_code == 403
    assert answer(visit.as_("paul"), made, "Ici, non.", a=wide, devant="reseau").status_code == 303


def test_two_animateurs_at_once_close_once(visit, made, thread):
    close(visit.as_("ana"), made, *GOOD)
    again = close(visit.as_("ana"), made, *GOOD)
    assert again.status_code == 409
    assert page_of(visit.as_("ana"), made.url).count("Synthèse du") == 1
    assert "déjà clos" in page_of(visit.as_("ana"), f"{made.url}/synthese")


def test_hostile_sentences_stay_words(visit, made, thread):
    close(visit.as_("ana"), made, ("<script>alerte</script> **gras**", "1, 2, 3"))
    client = visit.as_("dora")
    assert "&lt;script&gt;alerte" in client.get(made.url).get_data(as_text=True)
    assert place_of(page_of(client, made.url), thread[0])


def test_syntheses_of_several_recits_cost_one_statement_on_their_action(visit, database, cast, made, count_statements):
    client, costs = visit.as_("dora"), []
    others = [make_recit(database, cast.jeanne, f"Le {rank}", action=made.action_public_id) for rank in range(2)]
    for recit in (made, *others):
        make_exchange(database, cast.paul, recit.public_id, "Qui décide ?")
    for recit in (made, *others):
        assert close(visit.as_("ana"), recit, ("On décide ensemble.", "1")).status_code == 303
        client.get(f"/actions/{made.action_public_id}")
        with count_statements() as seen:
            page_of(client, f"/actions/{made.action_public_id}")
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2] <= 12


def test_of_two_animateurs_at_once_the_second_loses_nothing(visit, database, cast, made, thread):
    """Both had the form open: the second reads what closed the thread, and finds their own words again."""
    with database.system("a second animateur", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    close(visit.as_("ana"), made, *GOOD)
    late = close(visit.as_("dora"), made, ("Ce que Dora en garde.", "1, 3"), ("Et la pluie <b>.", "2"))
    page = text_of(late)
    assert late.status_code == 409
    assert "On décide ensemble." in page and "Ana Belmonte" in page, "what closes the thread now"
    assert "Ce que Dora en garde." in page and "1, 3" in page and "Et la pluie <b>." in page
    assert "&lt;b&gt;" in late.get_data(as_text=True)
    assert page_of(visit.as_("paul"), made.url).count("Synthèse du") == 1
    more = close(visit.as_("dora"), made, ("Ce que Dora en garde.", "1, 3"), plus="1")
    assert more.status_code == 409 and "Ce que Dora en garde." in text_of(more) and "On décide ensemble." in text_of(more)


def test_a_suspended_synthese_is_not_read_by_who_comes_second(visit, database, cast, made, thread):
    with database.system("a second animateur", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    close(visit.as_("ana"), made, *GOOD)
    with database.system("its id") as session:
        public_id = session.scalars(select(Synthese.public_id)).one()
    visit.as_("paul").send(f"/signaler/synthese/{public_id}", {"motif": "Elle vise quelqu’un."})
    with database.system("the report") as session:
        report = session.scalars(select(Report.public_id)).one()
    suspended = visit.as_("dora").send(f"/c/valombre/signalements/{report}/suspension", {"raison": "Elle vise quelqu’un."})
    assert suspended.status_code == 303
    late = close(visit.as_("dora"), made, ("Ce que Dora en garde.", "1, 3"))
    page = text_of(late)
    assert late.status_code == 409 and "On décide ensemble." not in page and "suspendue" in page
    assert "Ce que Dora en garde." in page
