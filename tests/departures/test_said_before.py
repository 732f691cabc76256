"""Before somebody leaves, the pages say how many messages of others would go with their texts, and say nothing of what is not."""

import re

from rex import clock
from rex.journal.models import Audience, Recit
from tests.journal.acting_together import take_back
from tests.journal.difficulties import make_difficulty, make_passage
from tests.making import make_exchange, make_group, make_recit

LEAVE, DELETE = "/c/valombre/quitter", "/compte/suppression"


def text_of(client, path: str) -> str:
    return client.get(path).get_data(as_text=True).replace("\u202f", " ").replace("\u00a0", " ").replace("&nbsp;", " ")


def test_of_what_was_taken_back(database, cast, visit):
    made = make_recit(database, cast.jeanne)
    for words in ("Un mot.", "Un autre."):
        make_exchange(database, cast.bruno, made.public_id, words)
    make_exchange(database, cast.jeanne, made.public_id, "Le mien.")
    jeanne = visit.as_("jeanne")
    assert "d’autres ont écrits" not in text_of(jeanne, LEAVE), "it is told: it stays"
    assert "et, dessous, 2 messages d’autres personnes" in text_of(jeanne, DELETE)
    take_back(jeanne, made)
    assert "2 messages que d’autres ont écrits sous ce que vous aviez retiré" in text_of(jeanne, LEAVE)
    page = text_of(jeanne, DELETE)
    assert "ce qui a été répondu : 2 messages d’autres personnes." in page
    assert "1 texte que personne d’autre ne lit" in page


def test_of_what_is_suspended_or_hangs(database, cast, visit):
    made = make_recit(database, cast.jeanne, "Suspendu", {"faits": "Le marché a ouvert tard."})
    passage = make_passage(database, cast.jeanne, made, "Le marché a ouvert tard.")
    alone = make_difficulty(database, cast.jeanne, "On attend.")
    for one in (passage, alone):
        make_exchange(database, cast.bruno, one.public_id, "Un mot.")
    page = text_of(visit.as_("jeanne"), DELETE)
    assert "et, dessous, 1 message de quelqu’un d’autre." in page
    assert "Sous vos difficultés et vos mercis, partent aussi 1 message" in page
    make_exchange(database, cast.bruno, made.public_id, "Un mot.")
    with database.system("it is suspended", write=True) as session:
        recit = session.get_one(Recit, made.id)
        recit.suspended_at = clock.now()
    assert "ou qui est suspendu, est effacé aussi ce qui a été répondu : 1 message" in text_of(visit.as_("jeanne"), DELETE)
    assert "ont écrits" not in text_of(visit.as_("jeanne"), LEAVE), "leaving leaves it there"


def test_of_groups(database, cast, visit):
    group = make_group(database, cast.dora, cast.camille)
    made = make_recit(database, cast.camille, audience=Audience.COLLECTIF, group=group.id)
    make_exchange(database, cast.dora, made.public_id, "Un mot.")
    assert "Avec, dessous, 1 message de quelqu’un d’autre" in text_of(visit.as_("camille"), DELETE)


def test_nothing_is_said_of_nothing(visit, cast):
    page = text_of(visit.as_("jeanne"), DELETE)
    assert not re.search(r"\b0 (texte|récit|message)", page)
    assert "Sont effacés : ce que vous avez écrit dans des séances" in page
    assert "messages d’autres personnes" not in page


def test_what_several_sign_is_not_counted(database, cast, visit):
    made = make_recit(database, cast.camille, co_authors=(cast.jeanne,))
    make_exchange(database, cast.bruno, made.public_id, "Un mot.")
    assert "dessous" not in text_of(visit.as_("jeanne"), DELETE)
