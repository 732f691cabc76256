"""What stands around an entry of a group: difficulties, echoes, mercis, several récits of one action, notes, rereadings."""

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.journal.models import Audience
from rex.journal.recognition_models import Recognition
from tests.cast import Cast
from tests.journal.groups import CANARY, WORDS, leave, link, shared, written
from tests.journal.making import begin, publish, reads, save, text_of
from tests.making import MadeGroup, make_group, make_recit
from tests.peer_groups.test_sealing import as_kept, join
from tests.reading import ReadingClient


@pytest.fixture
def client(visit) -> ReadingClient:
    return visit.as_("dora")


@pytest.fixture
def group(database: Database, cast: Cast) -> MadeGroup:
    return make_group(database, cast.dora, cast.ines, cast.noor)


def difficulty(client: ReadingClient, group: MadeGroup, words: str = f"Une phrase {CANARY}.") -> str:
    shared(client, group, words)
    return link(text_of(client.get(f"{group.url}/fil")), "difficultes")


def test_a_difficulty_of_the_group_lives_its_life_there(client, database, cast, group):
    one = difficulty(client, group)
    page = f"/difficultes/{one}"
    changed = {"mots": f"Autrement dit {CANARY}.", "effet": f"Cela pèse {CANARY}."}
    assert client.send(f"{page}/modification", changed).location == page
    for path in ("/modification", "/retrait"):
        assert 'class="in-room"' in text_of(client.get(page + path)), path
    client.enter(cast.ines.id)
    assert "Cela pèse" in text_of(client.get(page))
    assert client.send(f"{page}/echo", {"mots": f"Moi aussi {CANARY}", "devant": "groupe"}).status_code == 303
    assert "Moi aussi" in text_of(client.get(page))
    assert CANARY not in as_kept(database)
    client.enter(cast.ana.id)
    assert client.get(page).status_code == 404 and client.send(f"{page}/echo").status_code == 404
    client.enter(cast.dora.id)
    client.send(f"{page}/retrait")
    client.enter(cast.ines.id)
    assert client.get(page).status_code == 404
    assert CANARY not in as_kept(database)
    client.enter(cast.dora.id)
    assert client.send(f"{page}/publication", {"mots": "Dit de nouveau.", "audience": "reseau"}).location == page
    with database.system("who reads it") as session:
        from rex.journal.difficulty_models import Difficulty

        assert session.scalars(select(Difficulty.audience)).all() == [Audience.GROUPE]
    client.send(f"{page}/retrait")
    assert client.send(f"{page}/suppression").location == group.url


def test_a_passage_of_a_recit_of_the_group(client, database, cast, group):
    recit = written(client, group, cast.dora)
    noted = {"section": "faits", "mots": WORDS["faits"], "devant": "groupe"}
    response = client.send(f"/recits/{recit}/difficulte", noted)
    assert response.status_code == 303, text_of(response)[-900:]
    client.enter(cast.ines.id)
    assert CANARY in text_of(client.get(response.location)) and response.location in reads(client, recit)
    client.enter(cast.camille.id)
    assert client.get(response.location).status_code == 404
    assert CANARY not in as_kept(database)


def test_a_merci_between_members_is_told_in_the_group_once_accepted(client, database, cast, group):
    recit = written(client, group, cast.ines)
    client.enter(cast.dora.id)
    form = text_of(client.get(f"/merci?recit={recit}"))
    assert "Camille Roy" not in form and "Voirie" not in form and "Noor Haddad" in form
    assert client.send("/merci", {"recit": recit, "nom": cast.camille.name, "fait": "Un fait."}).status_code == 422
    assert client.send("/merci", {"recit": recit, "nom": "Voirie", "fait": "Un fait."}).status_code == 422
    response = client.send("/merci", {"recit": recit, "nom": cast.ines.name, "fait": f"Un fait {CANARY}."})
    assert response.status_code == 303, text_of(response)[-900:]
    merci = response.location
    assert "pas encore publié" in text_of(client.get(group.url))
    for path in ("/merci/donnes", "/merci/recus"):
        assert CANARY not in text_of(client.get(path))
    client.enter(cast.noor.id)
    assert client.get(merci).status_code == 404
    client.enter(cast.ines.id)
    assert CANARY in text_of(client.get(merci)) and merci in text_of(client.get(group.url))
    assert CANARY not in text_of(client.get("/merci/recus"))
    for elsewhere in ("collectif", "reseau"):
        assert client.send(f"{merci}/publication", {"audience": elsewhere}).status_code == 422
    assert client.send(f"{merci}/publication", {"audience": "groupe"}).location == merci
    client.enter(cast.noor.id)
    assert "Confidentiel, 3 personnes" in text_of(client.get(merci)) and "Merci à Inès Carle" in text_of(client.get(group.url))
    assert CANARY in reads(client, recit)
    for who in (cast.camille, cast.ana, cast.admin):
        client.enter(who.id)
        assert client.get(merci).status_code == 404
    client.enter(cast.dora.id)
    assert CANARY not in text_of(client.get("/c/valombre/reconnaissances"))
    assert CANARY not in as_kept(database)
    client.send(f"{merci}/retrait")
    assert CANARY not in as_kept(database)
    with database.system("who reads it") as session:
        assert session.scalars(select(Recognition.intended)).all() == [Audience.GROUPE]


def test_a_merci_goes_with_the_place_of_who_receives_it(client, database, cast, group):
    merci = client.send("/merci", {"groupe": group.public_id, "nom": cast.ines.name, "fait": f"Un fait {CANARY}."}).location
    client.enter(cast.ines.id)
    assert client.get(merci).status_code == 200
    leave(database, group, cast.ines)
    assert client.get(merci).status_code == 404
    assert client.send(f"{merci}/publication", {"audience": "groupe"}).status_code == 404
    client.enter(cast.camille.id)
    assert client.send("/merci", {"groupe": group.public_id, "nom": "Dora Lenoir", "fait": "Un fait."}).status_code == 404


def test_two_recits_of_one_action_are_read_by_those_who_were_there(client, database, cast, group):
    one = make_recit(database, cast.dora, f"Premier {CANARY}", group=group.id)
    join(database, group.id, cast.paul)
    other = make_recit(database, cast.ines, f"Second {CANARY}", group=group.id, action=one.action_public_id)
    action = f"/actions/{one.action_public_id}"
    page = text_of(client.get(action))
    assert "Confidentiel, 3 personnes" in page and "Second" in page and 'class="in-room"' in page
    assert "Lu par Dora Lenoir, Inès Carle, Noor Haddad et Paul Weiss" in page, "the second one has one more reader"
    notes = {"un": one.public_id, "autre": other.public_id, "section": "faits", "rencontre": "divergent", "devant": "groupe"}
    written_there = client.send(f"{action}/notes", {**notes, "mots": f"Ici {CANARY}"})
    assert written_there.status_code == 303, text_of(written_there)[-600:]
    client.enter(cast.paul.id)
    page = text_of(client.get(action))
    assert "Premier" not in page and "Second" in page and "Confidentiel, 4 personnes" in page and "Ici canari" not in page
    assert "Une action, deux récits" not in reads(client, other.public_id)
    client.enter(cast.camille.id)
    assert client.get(action).status_code == 404 and client.get(f"{action}/inviter").status_code == 404
    client.enter(cast.dora.id)
    assert "Noor Haddad" in text_of(client.get(f"{action}/inviter"))
    assert "Camille Roy" not in text_of(client.get(f"{action}/inviter"))
    assert client.send(f"{action}/inviter", {"nom": cast.camille.name}).status_code == 422
    assert client.send(f"{action}/inviter", {"nom": cast.noor.name}).status_code == 303
    assert CANARY not in as_kept(database)


def test_a_recit_told_in_turn_joins_the_action_in_the_group(client, database, cast, group):
    one = make_recit(database, cast.dora, "Premier", group=group.id)
    client.enter(cast.ines.id)
    second = begin(client, groupe=group.public_id, action=one.action_public_id)
    assert "Vous racontez à votre tour" in text_of(client.get(f"/recits/{second}/edition"))
    save(client, second, WORDS)
    assert publish(client, second, "groupe").status_code == 303
    assert "Premier" in reads(client, second) and second in reads(client, one.public_id)
    elsewhere = begin(client, action=one.action_public_id)
    assert "à votre tour" not in text_of(client.get(f"/recits/{elsewhere}/edition")), "an action of a group is told there"


def test_an_author_reads_again_in_the_room(client, database, cast, group):
    recit = written(client, group, cast.dora)
    assert client.send(f"/recits/{recit}/relire", {"autrement": f"Autrement {CANARY}", "devant": "groupe"}).status_code == 303
    client.enter(cast.noor.id)
    assert "Autrement" in reads(client, recit)
    assert CANARY not in as_kept(database)


def test_a_correction_and_its_versions_stay_sealed(client, database, cast, group):
    recit = written(client, group, cast.dora)
    save(client, recit, {"faits": f"Corrigé {CANARY}"}, suite="modification")
    assert "Corrigé" in reads(client, recit)
    assert "Corrigé" in text_of(client.get(f"/recits/{recit}/versions"))
    assert CANARY not in as_kept(database)
    client.enter(cast.ines.id)
    assert client.get(f"/recits/{recit}/versions").status_code == 403
