"""Coming back to the form and sending it again, under a new key: the same words in the same place are said once."""

import pytest
from sqlalchemy import update

from rex import clock
from rex.exchanges.models import Exchange
from rex.exchanges.said_already import WITHIN
from rex.journal.models import Audience
from tests.exchanges.acting import answer, open_to, page_of, rows, said
from tests.making import make_exchange, make_group, make_recit

AGAIN = "Vous l’avez déjà dit."
PASSAGE = {"posture": "autre-regard", "paragraphe": "faits.0"}


@pytest.fixture
def made(database, cast):
    return make_recit(database, cast.camille, sections={"faits": "Le marché a ouvert.\n\nIl a plu."})


def say(client, made, key: str, texte: str = "Et la pluie,\r\nalors ?  ", **fields) -> str:
    return said(answer(client, made, texte, idempotency_key=key, **fields))


def test_the_same_words_are_said_once_and_the_page_shows_the_first(visit, database, made):
    client = visit.as_("paul")
    first = say(client, made, "one")
    assert AGAIN not in page_of(client, made.url)
    assert say(client, made, "two") == first and len(rows(database)) == 1
    page = page_of(client, made.url)
    assert AGAIN in page and "Votre message est dans le fil" not in page


def test_in_answer_to_a_message_too(visit, database, cast, made):
    asked = make_exchange(database, cast.bruno, made.public_id, "Qui décide ?")
    client = visit.as_("paul")
    first = say(client, made, "one", a=asked)
    assert say(client, made, "two", a=asked) == first and len(rows(database)) == 2
    assert say(client, made, "three") != first, "elsewhere in the thread it is another message"


def test_what_differs_is_another_message(visit, database, made):
    client = visit.as_("paul")
    say(client, made, "one")
    say(client, made, "two", "Et la pluie ?")
    say(client, made, "three", posture="resonance")
    say(client, made, "four", **PASSAGE)
    say(client, made, "five", **PASSAGE | {"paragraphe": "faits.1"})
    say(visit.as_("dora"), made, "six")
    assert len(rows(database)) == 6


def test_what_was_withdrawn_or_said_long_ago_may_be_said_again(visit, database, made):
    client = visit.as_("paul")
    first = say(client, made, "one")
    client.send(f"/echanges/{first}/retirer")
    second = say(client, made, "two")
    assert second != first
    with database.system("time passes", write=True) as session:
        session.execute(update(Exchange).values(created_at=clock.now() - WITHIN * 1.1))
    assert say(client, made, "three") != second


def test_in_a_group_words_are_compared_once_opened(visit, database, cast):
    group = make_group(database, cast.dora, cast.camille)
    made = make_recit(database, cast.dora, "La nuit blanche", {"faits": "La grille est restée fermée."}, group=group.id)
    client = visit.as_("camille")
    first = say(client, made, "one", devant="groupe")
    assert say(client, made, "two", devant="groupe") == first and len(rows(database)) == 1


def test_once_it_is_widened_the_new_thread_is_told_too(visit, database, cast, made):
    client = visit.as_("paul")
    first = say(client, made, "one")
    open_to(database, cast.camille, made, Audience.RESEAU)
    assert say(client, made, "two", devant="reseau") != first


def test_once_somebody_else_spoke_it_is_another_answer(visit, database, cast, made):
    make_exchange(database, cast.bruno, made.public_id, "Tu étais là ?")
    client = visit.as_("paul")
    first = say(client, made, "one", "Oui.")
    make_exchange(database, cast.bruno, made.public_id, "Et la pluie, tu l’as vue ?")
    assert say(client, made, "two", "Oui.") != first
