"""A thread on its page: filters, counts by section, its cost; the questions that wait; quotes that follow their récit."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from rex import clock
from rex.exchanges.models import Exchange, Posture
from rex.journal.models import Audience
from tests.exchanges.acting import answer, open_to, page_of, place_of, row_of, rows, said, take_back, tell_again
from tests.journal.difficulties import make_difficulty, make_passage
from tests.journal.making import words_in_clear
from tests.making import make_exchange, make_recit

SECTIONS = {"faits": "Le marché a ouvert. Il a plu.", "resistance": "Personne n’avait de bâche.", "appris": "Prévoir."}


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, sections=SECTIONS)


def test_filters_are_links_and_show_whole_branches(visit, database, cast, made):
    one = make_exchange(database, cast.paul, made.public_id, "Qui décide ?", quote="Il a plu", slug="faits")
    two = make_exchange(database, cast.bruno, made.public_id, "Nous.", Posture.APPORT, one)
    three = make_exchange(database, cast.jeanne, made.public_id, "Chez nous aussi.", Posture.RESONANCE)
    client = visit.as_("dora")
    page = page_of(client, made.url)
    for words in ("Tous (3)", "Question (1)", "Apport (1)", "Résonance (1)", "Ce qui s’est passé (2)"):
        assert words in page, words
    assert "Autre regard (" not in page and "Ce qui a résisté (" not in page

    def shown(query: str) -> set[str]:
        return set(re.findall(r'id="e-([\w-]{16})"', page_of(client, f"{made.url}?{query}")))

    assert shown("posture=apport") == {one, two} and shown("posture=resonance") == {three}
    assert shown("passage=faits") == {one, two}
    assert shown("posture=autre-regard") == set()
    assert shown("posture=n-importe&passage=rien") == {one, two, three}
    assert "Voir tous les échanges" in page_of(client, f"{made.url}?posture=autre-regard")


def test_an_empty_thread_invites_to_ask(visit, made):
    assert "Personne n’a encore répondu. Une question aide plus qu’un avis." in page_of(visit.as_("paul"), made.url)


def test_after_widening_the_filters_stand_above_what_they_count(visit, database, cast, made):
    for words in ("Un.", "Deux.", "Trois."):
        make_exchange(database, cast.paul, made.public_id, words)
    assert page_of(visit.as_("dora"), made.url).count("Tous (3)") == 1
    open_to(database, cast.camille, made, Audience.RESEAU)
    page = page_of(visit.as_("dora"), made.url)
    assert page.index("Personne n’a encore répondu") < page.index("Tous (3)") < page.index("Dit entre les membres")


def test_fifty_messages_cost_the_statements_of_five(visit, database, cast, made, count_statements):
    def costs() -> int:
        client = visit.as_("dora")
        client.get(made.url)
        with count_statements() as seen:
            assert client.get(made.url).status_code == 200
        return len(seen)

    def add(number: int) -> None:
        last = ""
        for rank in range(number):
            author = (cast.paul, cast.bruno, cast.jeanne)[rank % 3]
            quote = ("Il a plu", "faits") if rank % 4 == 0 else ("", "")
            made_now = make_exchange(database, author, made.public_id, f"Message {rank}", Posture.APPORT, last, *quote)
            last = made_now if rank % 5 == 0 else last
        make_exchange(database, cast.noor, made.public_id, "Qui, encore ?")

    add(4)
    few = costs()
    add(44)
    assert costs() == few <= 7


def test_the_questions_that_wait(visit, database, cast, made):
    waiting = make_exchange(database, cast.paul, made.public_id, "Où sont les bâches ?")
    answered = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    make_exchange(database, cast.paul, made.public_id, "Je précise.", Posture.APPORT, waiting)
    reply = make_exchange(database, cast.bruno, made.public_id, "Nous.", Posture.APPORT, answered)
    nested = make_exchange(database, cast.dora, made.public_id, "Nous, c’est qui ?", Posture.QUESTION, reply)
    with database.system("some days ago", write=True) as session:
        session.execute(update(Exchange).where(Exchange.public_id == nested).values(created_at=clock.now() - timedelta(days=12)))
    client = visit.as_("jeanne")
    page = page_of(client, "/c/valombre/sans-reponse")
    assert page.index("c’est qui") < page.index("Où sont les bâches") and "Qui décide" not in page
    assert "Depuis 12\u00a0jours" in page and f'href="{made.url}#e-{nested}"' in page
    assert "2\u00a0questions sans réponse" in page_of(client, "/c/valombre/")
    visit.as_("bruno").send(f"/echanges/{reply}/retirer")
    visit.as_("bruno").send(f"/echanges/{waiting}/en-charge")
    assert "Bruno Maréchal s’en occupe" in page_of(client, "/c/valombre/sans-reponse")
    answer(client, made, "Dans l’atelier.", posture="apport", a=waiting)
    assert "Où sont les bâches" not in page_of(client, "/c/valombre/sans-reponse")
    last = rows(database)[-1]
    client.send(f"/echanges/{last.public_id}/retirer")
    assert "Où sont les bâches" in page_of(client, "/c/valombre/sans-reponse"), "an answer taken back is none"


def test_the_questions_that_wait_go_by_pages_without_loss(visit, database, cast, made, count_statements):
    asked = [make_exchange(database, cast.paul, made.public_id, f"Question {rank} ?") for rank in range(45)]
    with database.system("several at the same instant", write=True) as session:
        session.execute(update(Exchange).values(created_at=clock.now()))
    client, path, seen, costs = visit.as_("dora"), "/c/valombre/sans-reponse", [], set()
    while path:
        with count_statements() as statements:
            page = page_of(client, path)
        costs.add(len(statements))
        seen += re.findall(r'#e-([\w-]{16})"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1] if found else None
    assert seen == asked and len(costs) == 1
    for cursor in ("x", "\x00", "A" * 400):
        assert client.get("/c/valombre/sans-reponse", query_string={"apres": cursor}).status_code == 200


def test_quotes_are_sealed_while_their_recit_is_withdrawn(visit, database, cast, made):
    message = make_exchange(
        database, cast.jeanne, made.public_id, "Vu autrement.", Posture.AUTRE_REGARD, quote="Il a plu", slug="faits"
    )
    take_back(database, cast.camille, made)
    row = row_of(database, message)
    assert row.quote == "" and row.quote_sealed and b"plu" not in row.quote_sealed
    assert "Il a plu" not in words_in_clear(database, made.public_id)
    tell_again(visit.as_("camille"), made)
    row = row_of(database, message)
    assert (row.quote, row.quote_sealed, row.is_detached) == ("Il a plu", None, False)


def test_a_quote_is_detached_once_the_section_says_something_else(visit, database, cast, made):
    message = make_exchange(
        database, cast.jeanne, made.public_id, "Vu autrement.", Posture.AUTRE_REGARD, quote="Il a plu", slug="faits"
    )
    kept = make_exchange(database, cast.paul, made.public_id, "Ah ?", quote="Personne n’avait de bâche", slug="resistance")
    author = visit.as_("camille")
    tell_again(author, made, faits="Le marché a ouvert. Il a fait beau.")
    page = page_of(visit.as_("dora"), made.url)
    assert "Passage détaché" in place_of(page, message) and "Il a plu" in place_of(page, message)
    assert "Passage détaché" not in place_of(page, kept)
    tell_again(author, made, faits="Finalement, *il a* plu. Il a **plu** beaucoup.")
    assert "Passage détaché" not in place_of(page_of(visit.as_("dora"), made.url), message)
    take_back(database, cast.camille, made)
    tell_again(author, made, faits="Rien du tout.")
    assert row_of(database, message).is_detached and not row_of(database, kept).is_detached


def test_a_message_withdrawn_while_the_recit_is_away_does_not_come_back(visit, database, cast, made):
    message = make_exchange(database, cast.jeanne, made.public_id, "Vu.", Posture.AUTRE_REGARD, quote="Il a plu", slug="faits")
    visit.as_("jeanne").send(f"/echanges/{message}/retirer")
    take_back(database, cast.camille, made)
    tell_again(visit.as_("camille"), made)
    assert row_of(database, message).quote == "" and "Message retiré" in place_of(page_of(visit.as_("dora"), made.url), message)


def test_quotes_of_a_difficulty_follow_it_too(visit, database, cast, made):
    """Noted alone and taken back by its author, or a passage that goes with its récit: no quoted word stays in clear."""
    noted = make_difficulty(database, cast.camille, "Personne ne répond au téléphone. Nous attendons.")
    passage = make_passage(database, cast.camille, made, "Personne n’avait de bâche.", "resistance")
    client = visit.as_("jeanne")
    sent = {"posture": "autre-regard", "texte": "Vu autrement.", "devant": "collectif"}
    for one, key, quote in ((noted, ".0", "Personne ne répond"), (passage, ".0", "Personne n’avait de bâche.")):
        path = f"/difficultes/{one.public_id}"
        assert client.send(f"{path}/repondre", sent).status_code == 422
        message = said(client.send(f"{path}/repondre", {**sent, "paragraphe": key}))
        assert quote in place_of(page_of(client, path), message)
    take_back(database, cast.camille, made)
    assert visit.as_("camille").send(f"/difficultes/{noted.public_id}/retrait").status_code == 303
    assert [(row.quote, row.quote_sealed is not None) for row in rows(database)] == [("", True)] * 2
    tell_again(visit.as_("camille"), made)
    assert rows(database)[1].quote == "Personne n’avait de bâche." and not rows(database)[1].is_detached
