"""The same journal inside a peer group: written, published, read and taken back by its members alone, sealed where it lies."""

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.journal.ceilings import WrongPlace
from rex.journal.models import Audience, Entry
from tests.cast import Cast
from tests.journal.groups import CANARY, WORDS, leave, written
from tests.journal.making import begin, publish, reads, save, text_of
from tests.making import MadeGroup, make_group, make_recit
from tests.peer_groups.test_sealing import as_kept, join
from tests.reading import ReadingClient


@pytest.fixture
def client(visit) -> ReadingClient:
    return visit.as_(None)


@pytest.fixture
def group(database: Database, cast: Cast) -> MadeGroup:
    """Dora founded it; Inès (of another collectif) and Noor are in it."""
    return make_group(database, cast.dora, cast.ines, cast.noor, called=f"Le nom {CANARY}")


def test_a_recit_is_written_and_published_in_the_group(client, database, cast, group):
    client.enter(cast.dora.id)
    recit = begin(client, groupe=group.public_id)
    assert begin(client, groupe=group.public_id) == recit, "its empty draft opens again"
    assert begin(client) != recit, "and not from outside the room"
    save(client, recit, WORDS)
    assert CANARY not in as_kept(database)
    choice = text_of(client.get(f"/recits/{recit}/publication"))
    assert "Partager avec les 3" in choice and 'value="collectif"' not in choice and 'value="reseau"' not in choice
    for elsewhere in ("collectif", "reseau"):
        assert publish(client, recit, elsewhere).status_code == 422
    response = publish(client, recit, "groupe")
    assert response.location == f"/recits/{recit}"
    assert CANARY not in as_kept(database)
    page = reads(client, recit)
    assert "Confidentiel, 3 personnes" in page and "Inès Carle" in page and "<title>Groupe de pairs</title>" in page
    assert 'class="in-room"' in page and f'name="groupe" value="{group.public_id}"' in page
    assert "imprimé par Dora Lenoir" in page


@pytest.mark.parametrize("name", ["camille", "ana", "paul", "jeanne", "admin", "gael"])
def test_nobody_else_opens_it(client, database, cast, group, name):
    recit = written(client, group, cast.dora)
    client.enter(cast.people[name].id)
    unknown = client.get("/recits/AAAAAAAAAAAAAAAA")
    for path in ("", "/edition", "/publication", "/versions", "/co-auteurs", "/retrait"):
        response = client.get(f"/recits/{recit}{path}")
        assert response.status_code == 404 and response.data == unknown.data, path


def test_a_newcomer_reads_what_begins_after_they_came(client, database, cast, group):
    before = written(client, group, cast.dora)
    join(database, group.id, cast.paul)
    after = written(client, group, cast.dora)
    client.enter(cast.paul.id)
    assert client.get(f"/recits/{before}").status_code == 404
    assert "Confidentiel, 4 personnes" in reads(client, after)
    client.enter(cast.ines.id)
    assert "Confidentiel, 3 personnes" in reads(client, before)
    assert "Paul" not in reads(client, before).split("room-line")[0]


def test_a_newcomer_is_neither_named_nor_asked_for_what_was_told_before(client, database, cast, group):
    recit = written(client, group, cast.dora)
    join(database, group.id, cast.paul)
    for path in ("lecteurs/groupe", "publication", "co-auteurs"):
        main = text_of(client.get(f"/recits/{recit}/{path}")).split("</ul></details>")[1]
        assert "Paul Weiss" not in main, path
    assert client.send(f"/recits/{recit}/co-auteurs", {"nom": cast.paul.name}).status_code == 422
    draft = begin(client, groupe=group.public_id)
    assert client.send(f"/recits/{draft}/co-auteurs", {"nom": cast.paul.name}).status_code == 303


def test_a_recit_of_the_group_costs_what_any_recit_costs(client, database, cast, group, count_statements):
    recit = written(client, group, cast.dora)
    client.enter(cast.ines.id)
    client.get(f"/recits/{recit}")
    with count_statements() as seen:
        assert client.get(f"/recits/{recit}").status_code == 200
    assert len(seen) <= 7, seen


def test_who_is_removed_loses_everything_on_the_next_request(client, database, cast, group):
    recit = written(client, group, cast.ines)
    draft = begin(client, groupe=group.public_id)
    save(client, draft, WORDS)
    leave(database, group, cast.ines)
    for path in (f"/recits/{recit}", f"/recits/{recit}/edition", f"/recits/{draft}/edition", f"/recits/{draft}/apercu"):
        assert client.get(path).status_code == 404, path
    assert client.send("/recits/nouveau", {"groupe": group.public_id}).status_code == 404
    put = client.put(f"/recits/{draft}/sections/faits", json={"text": "encore", "base": 0}, headers={"X-CSRFToken": client.csrf()})
    assert put.status_code == 404


def test_pages_of_an_author_stay_in_the_room(client, database, cast, group):
    recit = written(client, group, cast.dora)
    pages = ("edition", "publication", "apercu", "versions", "co-auteurs", "retrait", "relire", "difficulte", "lecteurs/groupe")
    for path in pages:
        page = text_of(client.get(f"/recits/{recit}/{path}"))
        assert 'class="in-room"' in page and "Confidentiel, 3 personnes" in page, path
        assert "<title>Groupe de pairs</title>" in page, path
    assert client.get(f"/recits/{recit}/lecteurs/collectif").status_code == 404
    assert client.get(f"/recits/{recit}/lecteurs/reseau").status_code == 404


def test_what_is_published_in_a_group_goes_nowhere_else(client, database, cast, group):
    recit = written(client, group, cast.dora)
    for elsewhere in ("collectif", "reseau"):
        assert publish(client, recit, elsewhere).status_code == 422
    with database.system("move it", write=True) as session:
        kept = session.scalars(select(Entry).where(Entry.public_id == recit)).one()
        kept.audience = Audience.COLLECTIF
        with pytest.raises(WrongPlace):
            session.flush()
        session.rollback()


def test_what_was_told_in_a_collectif_never_enters_a_group(database, cast, group):
    told = make_recit(database, cast.dora, "Dit à tous")
    with database.system("move it", write=True) as session:
        kept = session.scalars(select(Entry).where(Entry.public_id == told.public_id)).one()
        kept.collectif_id = group.id
        with pytest.raises(WrongPlace):
            session.flush()
        session.rollback()


def test_taken_back_it_is_sealed_again_and_comes_back_in_the_group(client, database, cast, group):
    recit = written(client, group, cast.dora)
    assert client.send(f"/recits/{recit}/retrait").location == f"/recits/{recit}/edition"
    assert CANARY not in as_kept(database)
    client.enter(cast.ines.id)
    assert client.get(f"/recits/{recit}").status_code == 404
    client.enter(cast.dora.id)
    assert publish(client, recit, "collectif").status_code == 422
    assert publish(client, recit, "groupe").status_code == 303
    client.enter(cast.ines.id)
    assert CANARY in reads(client, recit)


def test_co_authors_are_members_of_the_group(client, database, cast, group):
    client.enter(cast.dora.id)
    recit = begin(client, groupe=group.public_id)
    save(client, recit, WORDS)
    assert client.send(f"/recits/{recit}/co-auteurs", {"nom": cast.camille.name}).status_code == 422
    assert client.send(f"/recits/{recit}/co-auteurs", {"nom": cast.ines.name}).status_code == 303
    client.enter(cast.ines.id)
    assert client.get(f"/recits/{recit}/edition").status_code == 404
    assert "Dora Lenoir vous invite" in text_of(client.get(f"/recits/{recit}/invitation"))
    assert client.send(f"/recits/{recit}/invitation").location == f"/recits/{recit}/edition"
    assert CANARY in text_of(client.get(f"/recits/{recit}/edition"))
    client.enter(cast.dora.id)
    assert publish(client, recit, "groupe").location == f"/recits/{recit}/accord"
    client.enter(cast.ines.id)
    assert client.send(f"/recits/{recit}/accord").location == f"/recits/{recit}"
    page = reads(client, recit)
    assert "Dora Lenoir" in page and "directrice générale" in page and "Direction générale" not in page
    assert CANARY not in as_kept(database)


def test_outside_of_the_room_nothing_of_it_is_listed(client, database, cast, group):
    written(client, group, cast.dora)
    draft = begin(client, groupe=group.public_id)
    save(client, draft, WORDS)
    for path in ("/c/valombre/", "/c/valombre/recits", "/boussole", "/merci/recus", "/merci/donnes", "/ce-qui-vous-attend"):
        page = text_of(client.get(path))
        assert CANARY not in page and draft not in page and 'class="in-room"' not in page, path
