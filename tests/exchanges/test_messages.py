"""One's own message: corrected, withdrawn; suspended by an animateur; a question that somebody takes."""

import pytest
from sqlalchemy import select

from rex.exchanges.actions import Refused, lift_suspension, suspend_exchange
from rex.exchanges.models import FormerWords, Mention, Posture
from rex.exchanges.queries import find_exchange
from rex.journal.models import Audience
from tests.exchanges.acting import open_to, page_of, place_of, row_of, text_of, told
from tests.making import make_exchange, make_recit, reader_of


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, sections={"faits": "Le marché a ouvert. Il a plu."})


def base_of(client, message: str) -> str:
    return page_of(client, f"/echanges/{message}/modifier").split('name="base" value="')[1].split('"')[0]


def edit(client, message: str, texte: str, base: str | None = None, **fields: str):
    return client.send(f"/echanges/{message}/modifier", {"texte": texte, "base": base or base_of(client, message), **fields})


def count(database, cls, message: str) -> int:
    with database.system("count what hangs from a message") as session:
        return len(session.scalars(select(cls.id).where(cls.exchange_id == row_of(database, message).id)).all())


def test_before_any_answer_a_correction_says_only_that_it_is_one(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    client = visit.as_("paul")
    assert edit(client, message, "Qui décide, au fond ?").location == f"{made.url}#e-{message}"
    place = place_of(page_of(visit.as_("dora"), made.url), message)
    assert "au fond" in place and ", modifié</p>" in place.replace("\n", "") and "mots-d-avant" not in place
    assert visit.as_("dora").get(f"/echanges/{message}/mots-d-avant").status_code == 404


def test_after_an_answer_the_former_words_stay_readable(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui a décidé sans nous ?")
    make_exchange(database, cast.bruno, made.public_id, "Moi.", Posture.APPORT, message)
    client = visit.as_("paul")
    edit(client, message, "Qui a décidé ?")
    edit(client, message, "Qui décide ?")
    reader = visit.as_("dora")
    assert "modifié après réponse" in place_of(page_of(reader, made.url), message)
    page = page_of(reader, f"/echanges/{message}/mots-d-avant")
    assert page.index("Qui décide") < page.index("Qui a décidé\u202f?") < page.index("Qui a décidé sans nous")
    assert count(database, FormerWords, message) == 2


def test_the_posture_of_a_message_that_nobody_answered_may_change(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    client = visit.as_("paul")
    page = page_of(client, f"/echanges/{message}/modifier")
    assert 'value="question" checked' in page and 'name="paragraphe"' in page
    assert edit(client, message, "Qui décide ?", posture="apport").status_code == 303
    row = row_of(database, message)
    assert row.posture is Posture.APPORT and row.edited_at is not None
    assert edit(client, message, "Qui décide, alors ?").status_code == 303, "a form without a posture leaves it"
    assert row_of(database, message).posture is Posture.APPORT


def test_another_look_quotes_when_a_message_becomes_one_too(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Il n’a pas plu chez nous.")
    client = visit.as_("paul")
    refused = edit(client, message, "Il n’a pas plu du tout.", posture="autre-regard")
    page = text_of(refused)
    assert refused.status_code == 422 and "Choisissez le passage que vous voyez autrement" in page
    assert "Il n’a pas plu du tout." in page and 'value="autre-regard" checked' in page
    assert row_of(database, message).posture is Posture.QUESTION
    assert edit(client, message, "Il n’a pas plu.", posture="autre-regard", paragraphe="faits.0").status_code == 303
    row = row_of(database, message)
    assert (row.posture, row.quote, row.quote_slug) == (Posture.AUTRE_REGARD, "Le marché a ouvert. Il a plu.", "faits")
    assert 'name="paragraphe"' not in page_of(client, f"/echanges/{message}/modifier"), "what it quotes stays"
    assert edit(client, message, "Il a peu plu.", posture="resonance").status_code == 303
    assert row_of(database, message).quote == "Le marché a ouvert. Il a plu."


def test_once_answered_a_message_keeps_its_posture(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    client = visit.as_("paul")
    base = base_of(client, message)
    make_exchange(database, cast.bruno, made.public_id, "Moi.", Posture.APPORT, message)
    page = page_of(client, f"/echanges/{message}/modifier")
    assert "Quelqu’un a répondu à ce message\u00a0: sa posture ne change plus." in page and 'name="posture"' not in page
    refused = edit(client, message, "Je le sais, en fait.", base, posture="apport")
    assert refused.status_code == 422 and "sa posture ne change plus" in text_of(refused) and "Je le sais" in text_of(refused)
    assert (row_of(database, message).posture, row_of(database, message).source) == (Posture.QUESTION, "Qui décide ?")
    assert edit(client, message, "Qui décide, au fond ?").status_code == 303


def test_a_question_that_somebody_took_stays_one(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    visit.as_("dora").send(f"/echanges/{message}/en-charge", {})
    client = visit.as_("paul")
    assert "elle reste une question" in page_of(client, f"/echanges/{message}/modifier")
    assert edit(client, message, "Qui décide ?", posture="apport").status_code == 422


def test_of_two_windows_the_second_does_not_undo_a_posture(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    client = visit.as_("paul")
    base = base_of(client, message)
    edit(client, message, "Qui décide ?", base, posture="resonance")
    refused = edit(client, message, "Qui décide donc ?", base, posture="question")
    assert refused.status_code == 409 and ">Résonance</p>" in text_of(refused)
    assert row_of(database, message).posture is Posture.RESONANCE


def test_a_message_put_back_shows_its_names_again(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "@Dora Lenoir le sait.")
    before = row_of(database, message).html
    for change, *why in ((suspend_exchange, "Un mot de trop."), (lift_suspension,)):
        with database.session(write=True) as session:
            session.reader = who = reader_of(session, cast.ana)
            found = find_exchange(session, who, message)
            assert found is not None
            change(session, who, found, *why)
            session.commit()
    assert 'class="mention"' in before and row_of(database, message).html == before


def test_adding_to_one_s_own_message_is_no_answer(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    make_exchange(database, cast.paul, made.public_id, "Je précise.", Posture.QUESTION, message)
    edit(visit.as_("paul"), message, "Qui décide donc ?")
    assert not row_of(database, message).has_former_words


def test_of_two_windows_the_second_overwrites_nothing(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Version une.")
    client = visit.as_("paul")
    base = base_of(client, message)
    edit(client, message, "Version de la première fenêtre.", base)
    refused = edit(client, message, "Version de la seconde fenêtre.", base)
    page = text_of(refused)
    assert refused.status_code == 409
    assert "Version de la première fenêtre." in page and "Version de la seconde fenêtre." in page
    assert row_of(database, message).source == "Version de la première fenêtre."
    again = page.split('name="base" value="')[1].split('"')[0]
    assert edit(client, message, "Les deux ensemble.", again).status_code == 303
    assert row_of(database, message).source == "Les deux ensemble."


def test_a_correction_that_says_nothing_is_refused_with_its_text(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Version une.")
    refused = edit(visit.as_("paul"), message, "x" * 6001)
    assert refused.status_code == 422 and "x" * 6001 in text_of(refused) and "Raccourcissez" in text_of(refused)
    assert edit(visit.as_("paul"), message, " ").status_code == 422


def test_a_correction_tells_only_those_it_names_anew(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Voyez, @Dora Lenoir.")
    edit(visit.as_("paul"), message, "Voyez, @Bruno Maréchal.")
    assert told(database, "mention") == {cast.dora.id, cast.bruno.id}
    with database.system("who is named") as session:
        assert session.scalars(select(Mention.user_id)).all() == [cast.bruno.id]


def test_a_withdrawn_message_leaves_its_place_and_nothing_else(visit, database, cast, made):
    message = make_exchange(
        database, cast.paul, made.public_id, "Secret, @Dora Lenoir.", Posture.AUTRE_REGARD, quote="Il a plu", slug="faits"
    )
    reply = make_exchange(database, cast.bruno, made.public_id, "Je vous réponds.", Posture.APPORT, message)
    client = visit.as_("paul")
    edit(client, message, "Secret encore.")
    assert client.send(f"/echanges/{message}/retirer").status_code == 303
    page = page_of(visit.as_("dora"), made.url)
    place = place_of(page, message)
    assert "Message retiré par son auteur" in place and "Je vous réponds." in page and f'id="e-{reply}"' in page
    assert not any(word in page for word in ("Secret", "Paul Weiss"))
    assert "exchange-quote" not in place and "passage=faits" not in page.split('id="echanges"')[1]
    row = row_of(database, message)
    assert (row.source, row.html, row.quote, row.quote_slug) == ("", "", "", "")
    assert count(database, FormerWords, message) == count(database, Mention, message) == 0
    for who in ("paul", "dora"):
        assert visit.as_(who).get(f"/echanges/{message}/mots-d-avant").status_code == 404
        assert visit.as_(who).get(f"/echanges/{message}/modifier").status_code == 403


def suspend(database, judge, message: str, why: str = "Une personne y est mise en cause.", lift: bool = False) -> None:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, judge)
        exchange = find_exchange(session, who, message)
        assert exchange is not None
        if lift:
            lift_suspension(session, who, exchange)
        else:
            suspend_exchange(session, who, exchange, why)
        session.commit()


def test_a_suspended_message_is_read_by_its_author_alone_with_the_reason(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "C’est la faute de Bruno.")
    make_exchange(database, cast.dora, made.public_id, "Pas si vite.", Posture.APPORT, message)
    edit(visit.as_("paul"), message, "C’est bien la faute de Bruno.")
    suspend(database, cast.ana, message)
    row = row_of(database, message)
    assert (row.source, row.html) == ("", "") and b"faute" not in (row.sealed or b"")
    for who in ("dora", "camille", "ana"):
        place = place_of(page_of(visit.as_(who), made.url), message)
        assert "Message suspendu par l’animation" in place and "faute" not in place and "mise en cause" not in place
        assert visit.as_(who).get(f"/echanges/{message}/mots-d-avant").status_code == 404
    mine = place_of(page_of(visit.as_("paul"), made.url), message)
    assert "C’est bien la faute de Bruno." in mine and "Motif\u00a0: Une personne y est mise en cause." in mine
    assert visit.as_("paul").get(f"/echanges/{message}/modifier").status_code == 403
    suspend(database, cast.ana, message, lift=True)
    assert "C’est bien la faute de Bruno." in place_of(page_of(visit.as_("dora"), made.url), message)
    assert row_of(database, message).suspended_why == ""


def test_only_the_animateurs_of_the_entry_s_collectif_suspend_and_with_a_reason(database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id)
    for person in (cast.camille, cast.bruno):
        with pytest.raises(PermissionError):
            suspend(database, person, message)
    with pytest.raises(Refused):
        suspend(database, cast.ana, message, why="  ")
    assert row_of(database, message).suspended_at is None


def test_a_question_is_taken_once_and_given_back(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Où sont les bâches ?")
    assert "Je m’en occupe" in place_of(page_of(visit.as_("bruno"), made.url), message)
    visit.as_("bruno").send(f"/echanges/{message}/en-charge")
    visit.as_("dora").send(f"/echanges/{message}/en-charge")
    assert row_of(database, message).taken_by_id == cast.bruno.id
    assert "Bruno Maréchal s’en occupe" in place_of(page_of(visit.as_("dora"), made.url), message)
    visit.as_("dora").send(f"/echanges/{message}/en-charge/fin")
    assert row_of(database, message).taken_by_id == cast.bruno.id, "another person does not give it back"
    visit.as_("bruno").send(f"/echanges/{message}/en-charge/fin")
    assert row_of(database, message).taken_by_id is None
    other = make_exchange(database, cast.paul, made.public_id, "Voici.", Posture.APPORT)
    assert visit.as_("bruno").send(f"/echanges/{other}/en-charge").status_code == 403


def test_words_changed_before_fewer_people_stay_before_them(visit, database, cast):
    """Said before the réseau, changed once the récit is the journal's: opened again, the réseau does not read the new words."""
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    open_to(database, cast.camille, made, Audience.COLLECTIF)
    assert edit(visit.as_("paul"), message, "Entre nous, @Inès Carle : c’est Bruno.").status_code == 303
    assert told(database, "mention") == set() and row_of(database, message).audience is Audience.COLLECTIF
    open_to(database, cast.camille, made, Audience.RESEAU)
    assert message not in page_of(visit.as_("ines"), made.url)
    assert "Entre nous" in page_of(visit.as_("dora"), made.url)


def test_a_correction_is_not_read_by_more_than_its_button_said(visit, database, cast):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    message = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    client, base = visit.as_("paul"), base_of(visit.as_("paul"), message)
    sent = {"texte": "Entre nous : c’est Bruno.", "base": base, "devant": "collectif"}
    refused = client.send(f"/echanges/{message}/modifier", sent)
    assert refused.status_code == 409 and "Entre nous" in text_of(refused) and "devant le réseau" in text_of(refused)
    assert row_of(database, message).source == "Qui décide ?"
    assert client.send(f"/echanges/{message}/modifier", sent | {"devant": "reseau"}).status_code == 303


def test_a_correction_that_comes_too_late_gives_its_text_back(visit, database, cast, made):
    """The thread was closed, the message suspended or withdrawn in another window: the words typed are shown."""
    messages = [make_exchange(database, cast.paul, made.public_id, "Qui décide ?") for _ in range(3)]
    client = visit.as_("paul")
    bases = [base_of(client, message) for message in messages]
    suspend(database, cast.ana, messages[0])
    client.send(f"/echanges/{messages[1]}/retirer")
    visit.as_("ana").send(f"{made.url}/synthese", {"phrase": ["Tout est dit."], "messages": ["3"], "fil": "collectif"})
    for message, base in zip(messages, bases, strict=True):
        refused = edit(client, message, "Des mots longs à écrire.", base)
        assert refused.status_code == 403 and "Des mots longs à écrire." in text_of(refused)
        assert row_of(database, message).source != "Des mots longs à écrire."


def test_nobody_is_named_beside_a_suspended_message(visit, database, cast, made):
    first = make_exchange(database, cast.dora, made.public_id, "Qui décide ?")
    second = make_exchange(database, cast.paul, made.public_id, "C’est la faute de Bruno.", Posture.APPORT, first)
    third = make_exchange(database, cast.jeanne, made.public_id, "Pas si vite.", Posture.APPORT, second)
    suspend(database, cast.ana, second)
    place = place_of(page_of(visit.as_("dora"), made.url), third)
    assert "un message suspendu" in place and "Paul Weiss" not in place


def test_giving_back_what_one_did_not_take_says_nothing(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Où sont les bâches ?")
    visit.as_("bruno").send(f"/echanges/{message}/en-charge")
    client = visit.as_("dora")
    client.send(f"/echanges/{message}/en-charge/fin")
    assert "attend de nouveau" not in page_of(client, made.url)


def test_one_may_take_a_question_to_which_only_its_author_added(visit, database, cast, made):
    message = make_exchange(database, cast.paul, made.public_id, "Où sont les bâches ?")
    make_exchange(database, cast.paul, made.public_id, "Je précise.", Posture.APPORT, message)
    assert "Je m’en occupe" in place_of(page_of(visit.as_("bruno"), made.url), message)


def test_several_suspended_messages_cost_one_statement(visit, database, cast, made, count_statements):
    client, costs = visit.as_("paul"), []
    for _ in range(2):
        suspend(database, cast.ana, make_exchange(database, cast.paul, made.public_id, "C’est la faute de Bruno."))
        client.get(made.url)
        with count_statements() as seen:
            assert page_of(client, made.url).count("vous seul le lisez") == len(costs) + 1
        costs.append(len(seen))
    assert costs[0] == costs[1]
