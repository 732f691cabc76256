"""Coming back to « Dire merci » and sending it again, under a new key: the same thanks to the same people are said once."""

import pytest
from sqlalchemy import update

from rex import clock
from rex.journal.models import Entry
from rex.journal.thanked_already import WITHIN
from tests.journal.test_recognitions import FACT, accept, key_of, text_of, thank
from tests.making import contents, make_group, make_recit

AGAIN = "Vous l’avez déjà dit."


def number(database) -> int:
    return len(contents(database)["recognition"])


@pytest.mark.parametrize("whom", ["camille", "voirie"])
def test_the_same_thanks_are_said_once_and_the_page_shows_the_first(visit, cast, database, whom):
    jeanne, to = visit.as_("jeanne"), {"nom": "voirie"} if whom == "voirie" else {"a": key_of(cast.camille)}
    first = thank(jeanne, **to)
    assert AGAIN not in text_of(jeanne.get(first))
    assert thank(jeanne, **to, fait=f" {FACT}\r\n") == first and number(database) == 1
    page = text_of(jeanne.get(first))
    assert AGAIN in page and "Votre merci est envoyé" not in page


@pytest.mark.parametrize("answer", ["publication", "garde", "refus"])
def test_whatever_was_answered_meanwhile(visit, cast, database, answer):
    jeanne, camille, to = visit.as_("jeanne"), visit.as_("camille"), {"a": key_of(cast.camille)}
    first = thank(jeanne, **to)
    assert camille.send(f"{first}/{answer}", {"audience": "collectif"}).status_code == 303
    assert thank(jeanne, **to) == first and number(database) == 1


def test_about_the_same_recit(visit, cast, database):
    jeanne, to = visit.as_("jeanne"), {"a": key_of(cast.camille), "nom": ""}
    one, other = make_recit(database, cast.camille), make_recit(database, cast.camille)
    first = thank(jeanne, **to, recit=one.public_id)
    assert thank(jeanne, **to, recit=one.public_id) == first and number(database) == 1
    assert len({first, thank(jeanne, **to, recit=other.public_id), thank(jeanne, **to)}) == 3


def test_what_differs_is_another_one(visit, cast, database):
    jeanne = visit.as_("jeanne")
    thank(jeanne, a=key_of(cast.camille))
    thank(jeanne, a=key_of(cast.camille), fait="Vous avez tenu le carrefour.")
    thank(jeanne, a=key_of(cast.bruno))
    thank(visit.as_("dora"), a=key_of(cast.camille))
    assert number(database) == 4


def test_what_was_taken_back_or_said_long_ago_may_be_said_again(visit, cast, database):
    jeanne, to = visit.as_("jeanne"), {"a": key_of(cast.camille)}
    first = thank(jeanne, **to)
    jeanne.send(f"{first}/reprise")
    second = thank(jeanne, **to)
    assert second != first and number(database) == 1
    accept(visit.as_("camille"), second)
    with database.system("time passes", write=True) as session:
        session.execute(update(Entry).values(created_at=clock.now() - WITHIN * 1.1))
    assert thank(jeanne, **to) != second


def test_in_a_group_words_are_compared_once_opened(visit, cast, database):
    group = make_group(database, cast.dora, cast.camille)
    camille, to = visit.as_("camille"), {"collectif": "", "groupe": group.public_id, "a": key_of(cast.dora)}
    first = thank(camille, **to)
    assert thank(camille, **to) == first and number(database) == 1


def test_balises_added_meanwhile_are_not_dropped_without_a_word(visit, cast, database):
    jeanne, to = visit.as_("jeanne"), {"a": key_of(cast.camille)}
    first = thank(jeanne, **to)
    assert thank(jeanne, **to, balises="E1") == first and number(database) == 1
    page = text_of(jeanne.get(first))
    assert f"{AGAIN} Ses balises restent celles du premier envoi." in page and "/boussole/E1" not in page
