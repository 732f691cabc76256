"""The room of a group: one sentence in two clicks, kept for oneself or shared, the thread, one's own texts to take away."""

import pytest

from rex.db import Database
from rex.exchanges.models import Posture
from tests.cast import Cast
from tests.journal.groups import CANARY, leave, link, shared, written
from tests.journal.making import begin, save, text_of
from tests.making import MadeGroup, make_exchange, make_group, make_recit
from tests.peer_groups.test_sealing import as_kept, join
from tests.reading import ReadingClient


@pytest.fixture
def client(visit) -> ReadingClient:
    return visit.as_(None)


@pytest.fixture
def group(database: Database, cast: Cast) -> MadeGroup:
    """Dora founded it; Inès (of another collectif) and Noor are in it."""
    return make_group(database, cast.dora, cast.ines, cast.noor)


def test_one_sentence_is_shared_with_the_group(client, database, cast, group):
    client.enter(cast.dora.id)
    assert "Partager avec les 3" in text_of(client.get(group.url))
    assert shared(client, group).location == group.url
    assert CANARY not in as_kept(database)
    client.enter(cast.ines.id)
    page = text_of(client.get(group.url))
    assert f"Une phrase {CANARY}." in page and "Dora Lenoir" in page
    opened = text_of(client.get(f"/difficultes/{link(page, 'difficultes')}"))
    assert "Confidentiel, 3 personnes" in opened and "<title>Groupe de pairs</title>" in opened
    assert "Je vis ça aussi, le dire devant les 3" in opened


def test_a_sentence_without_words_comes_back(client, cast, group):
    client.enter(cast.dora.id)
    response = shared(client, group, "  …  ")
    assert response.status_code == 422 and "Écrivez au moins une phrase" in text_of(response)
    long = "mot " * 400
    response = shared(client, group, long)
    assert response.status_code == 422 and long.strip() in text_of(response)


def test_kept_for_oneself_it_is_nobody_else_s_until_shared(client, database, cast, group):
    client.enter(cast.dora.id)
    assert shared(client, group, garder="oui").location == group.url
    assert CANARY not in as_kept(database)
    page = text_of(client.get(group.url))
    kept = link(page, "difficultes")
    assert "que personne d’autre ne lit" in page
    for who in (cast.ines, cast.camille, cast.admin):
        client.enter(who.id)
        assert client.get(f"/difficultes/{kept}").status_code == 404
        assert client.get(f"/difficultes/{kept}/publication").status_code == 404
    assert CANARY not in text_of(client.get("/c/valombre/difficultes", follow_redirects=True))
    client.enter(cast.ines.id)
    assert CANARY not in text_of(client.get(group.url))
    client.enter(cast.dora.id)
    assert "gardée pour vous" in text_of(client.get(f"/difficultes/{kept}/publication"))
    response = client.send(f"/difficultes/{kept}/publication", {"mots": f"Dit {CANARY}", "audience": "collectif"})
    assert response.location == f"/difficultes/{kept}", "the audience asked for is not the group's: it is told in the group"
    client.enter(cast.ines.id)
    assert CANARY in text_of(client.get(f"/difficultes/{kept}"))
    client.enter(cast.camille.id)
    assert client.get(f"/difficultes/{kept}").status_code == 404
    assert CANARY not in as_kept(database)


def test_who_is_not_a_member_shares_and_reads_nothing(client, database, cast, group):
    client.enter(cast.dora.id)
    shared(client, group)
    unknown = client.get("/groupes-de-pairs/AAAAAAAAAAAAAAAA").data
    for who in (cast.camille, cast.ana, cast.paul, cast.admin):
        client.enter(who.id)
        assert shared(client, group).status_code == 404
        for path in ("", "/fil", "/partager", "/mes-textes"):
            response = client.get(group.url + path)
            assert response.status_code == 404 and response.data == unknown, path
    client.enter(cast.ines.id)
    assert client.get(f"{group.url}/fil").status_code == 200
    leave(database, group, cast.ines)
    for path in ("", "/fil", "/partager", "/mes-textes"):
        assert client.get(group.url + path).data == unknown, path
    assert shared(client, group).status_code == 404
    assert client.send("/difficultes/nouvelle", {"groupe": group.public_id, "mots": "Une phrase."}).status_code == 404


def test_a_newcomer_sees_in_the_thread_what_began_after_they_came(client, database, cast, group):
    client.enter(cast.dora.id)
    shared(client, group, "Avant leur arrivée.")
    join(database, group.id, cast.paul)
    shared(client, group, "Après leur arrivée.")
    client.enter(cast.paul.id)
    for path in ("", "/fil"):
        page = text_of(client.get(group.url + path))
        assert "Après leur arrivée." in page and "Avant leur arrivée." not in page, path


def test_the_thread_shows_the_first_messages_and_how_many_follow(client, database, cast, group):
    recit = written(client, group, cast.dora)
    for number in range(5):
        make_exchange(database, cast.ines, recit, f"Message {number} {CANARY}", Posture.RESONANCE)
    page = text_of(client.get(group.url))
    assert "Message 0" in page and "Message 2" in page and "Message 3" not in page
    assert "2\N{NO-BREAK SPACE}autres échanges" in page and "Résonance" in page


def test_the_whole_thread_goes_by_pages_and_by_kind(client, cast, group):
    recit = written(client, group, cast.dora)
    for number in range(24):
        shared(client, group, f"Phrase numéro {number} du fil.")
    first = text_of(client.get(f"{group.url}/fil"))
    assert "numéro 23 " in first and "numéro 4 " in first and "numéro 3 " not in first
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = text_of(client.get(older))
    assert "numéro 3 " in second and recit in second and "numéro 4 " not in second
    only = text_of(client.get(f"{group.url}/fil?genre=recit"))
    assert recit in only and "numéro" not in only
    assert client.get(f"{group.url}/fil?genre=autre&apres=%00").status_code == 200


@pytest.mark.parametrize("path", ["", "/fil"])
def test_the_pages_of_the_room_ask_a_constant_number_of_statements(client, database, cast, group, count_statements, path):
    recit = written(client, group, cast.dora)
    make_exchange(database, cast.ines, recit)
    shared(client, group)
    shared(client, group, garder="oui")
    save(client, begin(client, groupe=group.public_id), {"titre": "Un brouillon"})
    assert client.get(group.url + path).status_code == 200
    with count_statements() as few:
        client.get(group.url + path)
    for number in range(8):
        other = make_recit(database, cast.ines, f"Récit {number}", group=group.id)
        make_exchange(database, cast.noor, other.public_id)
        shared(client, group, garder="oui")
        draft = begin(client, groupe=group.public_id)
        save(client, draft, {"titre": f"Brouillon {number}"})
    with count_statements() as many:
        client.get(group.url + path)
    assert len(many) == len(few), many
    assert len(many) <= 24


def test_one_takes_one_s_own_texts_away_and_nobody_else_s(client, database, cast, group):
    recit = written(client, group, cast.ines)
    client.enter(cast.dora.id)
    shared(client, group, "Ma difficulté dite.")
    shared(client, group, "Ma difficulté gardée.", garder="oui")
    draft = begin(client, groupe=group.public_id)
    save(client, draft, {"titre": "Mon brouillon", "faits": "Mes *faits*."})
    make_exchange(database, cast.dora, recit, "Ma réponse.")
    response = client.get(f"{group.url}/mes-textes")
    assert response.headers["Content-Disposition"] == 'attachment; filename="mes-textes.md"'
    assert "no-store" in response.headers["Cache-Control"] and response.mimetype == "text/markdown"
    text = text_of(response)
    for words in ("Ma difficulté dite.", "Ma difficulté gardée.", "Mon brouillon", "Mes *faits*.", "Ma réponse."):
        assert words in text, words
    assert CANARY not in text and "DGS de la vallée" not in text
    client.enter(cast.noor.id)
    assert "Vous n’avez encore rien écrit ici." in text_of(client.get(f"{group.url}/mes-textes"))
