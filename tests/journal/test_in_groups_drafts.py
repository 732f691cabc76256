"""A draft of a collectif moved into a group before anybody read it; drafts of who leaves a group."""

from io import BytesIO

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.journal.models import Draft, DraftText, DraftTextBefore, Entry, Recit
from rex.peer_groups.places import end_place
from tests.cast import Cast
from tests.given import photograph
from tests.journal.groups import CANARY, WORDS, leave, shared
from tests.journal.making import begin, publish, published, reads, save, text_of
from tests.making import MadeGroup, make_group
from tests.peer_groups.test_sealing import as_kept
from tests.reading import ReadingClient


@pytest.fixture
def client(visit) -> ReadingClient:
    return visit.as_("dora")


@pytest.fixture
def group(database: Database, cast: Cast) -> MadeGroup:
    return make_group(database, cast.dora, cast.ines, cast.noor)


def sealed_of(database: Database, recit: str) -> set[bytes]:
    """Every sealed value that is kept of a draft."""
    with database.system("look at what is kept") as session:
        here = select(Recit.id).where(Recit.public_id == recit).scalar_subquery()
        found = [session.scalars(select(cls.sealed).where(cls.entry_id == here)).all() for cls in (DraftText, DraftTextBefore)]
        return {*found[0], *found[1], *session.scalars(select(Draft.tags).where(Draft.entry_id == here))}


def test_a_draft_is_moved_and_sealed_again(client, database, cast, group, settings):
    recit = begin(client)
    save(client, recit, WORDS)
    save(client, recit, {"faits": f"D’autres faits {CANARY}."})
    file = {"fichier": (BytesIO(photograph()), "place.jpg"), "description": "La place", "dans": "faits"}
    assert client.send(f"/recits/{recit}/fichiers", file).status_code == 303
    before = sealed_of(database, recit)
    assert "Le déplacer dans un groupe de pairs" in text_of(client.get(f"/recits/{recit}/edition"))
    page = f"{group.url}/deplacer/{recit}"
    assert client.get(f"/recits/{recit}/deplacer").location == page
    asked = text_of(client.get(page))
    assert 'class="in-room"' in asked and "sera lu par Dora Lenoir, Inès Carle et Noor Haddad" in asked
    assert client.send(page).location == f"/recits/{recit}/edition"
    after = sealed_of(database, recit)
    assert after and not before & after
    with database.system("look at what is kept") as session:
        place, told = session.execute(select(Entry.collectif_id, Entry.audience).where(
            Entry.public_id == recit)).one()
        assert (place, told) == (group.id, None)
    opened = text_of(client.get(f"/recits/{recit}/edition"))
    assert f"D’autres faits {CANARY}." in opened and "Brouillon" in opened and 'class="in-room"' in opened
    assert "/fichiers/" in opened
    image = opened.split('src="/fichiers/')[1].split('"')[0]
    served = client.get(f"/fichiers/{image}")
    assert served.status_code == 200 and "fichier.jpg" in served.headers["Content-Disposition"]
    assert "place" not in served.headers["Content-Disposition"]
    assert recit not in text_of(client.get("/c/valombre/"))
    assert publish(client, recit, "groupe").status_code == 303
    client.enter(cast.ines.id)
    assert CANARY in reads(client, recit) and client.get(f"/fichiers/{image}").status_code == 200
    client.enter(cast.camille.id)
    assert client.get(f"/fichiers/{image}").status_code == 404
    assert CANARY not in as_kept(database)


def test_what_was_published_stays_where_it_is(client, database, cast, group):
    recit = published(client)
    for path in (f"/recits/{recit}/deplacer", f"{group.url}/deplacer/{recit}"):
        assert client.get(path).status_code == 403
    assert client.send(f"{group.url}/deplacer/{recit}").status_code == 403
    client.send(f"/recits/{recit}/retrait")
    assert client.send(f"{group.url}/deplacer/{recit}").status_code == 403, "it was read once"


def test_a_draft_moves_into_a_group_of_its_author_alone(client, database, cast, group):
    other = make_group(database, cast.ines, cast.paul)
    recit = begin(client)
    save(client, recit, WORDS)
    assert client.get(f"{other.url}/deplacer/{recit}").status_code == 404
    assert client.send(f"{other.url}/deplacer/{recit}").status_code == 404
    client.enter(cast.camille.id)
    assert client.get(f"/recits/{recit}/deplacer").status_code == 404
    client.enter(cast.ines.id)
    assert client.send(f"{group.url}/deplacer/{recit}").status_code == 404, "a member who does not write it"


def test_with_a_co_author_outside_of_the_group_it_stays(client, database, cast, group):
    recit = begin(client)
    save(client, recit, WORDS)
    client.send(f"/recits/{recit}/co-auteurs", {"nom": cast.camille.name})
    client.enter(cast.camille.id)
    client.send(f"/recits/{recit}/invitation")
    client.enter(cast.dora.id)
    assert "Camille Roy écrit ce récit avec vous" in text_of(client.get(f"{group.url}/deplacer/{recit}"))
    assert client.send(f"{group.url}/deplacer/{recit}").status_code == 403


def test_who_leaves_leaves_no_draft_behind(client, database, cast, group):
    client.enter(cast.ines.id)
    draft = begin(client, groupe=group.public_id)
    save(client, draft, WORDS)
    shared(client, group, "Gardée.", garder="oui")
    shared(client, group, "Dite à toutes et tous.")
    with database.system("they go", write=True) as session:
        end_place(session, group.id, cast.ines.id)
    with database.system("look at what is left") as session:
        left = session.scalars(select(Entry.published_at).where(Entry.collectif_id == group.id)).all()
        assert len(left) == 1 and left[0] is not None
    client.enter(cast.dora.id)
    assert "Dite à toutes et tous." in text_of(client.get(group.url))


def test_a_removed_member_cannot_move_a_draft_in(client, database, cast, group):
    recit = begin(client)
    save(client, recit, WORDS)
    leave(database, group, cast.dora)
    assert client.get(f"/recits/{recit}/deplacer").status_code == 404
    assert client.send(f"{group.url}/deplacer/{recit}").status_code == 404
