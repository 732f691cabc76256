"""Answering inside a peer group: before those who were there when the entry was told, and before nobody else."""

import pytest
from sqlalchemy import select

from rex.access import may_close_thread
from rex.collectifs.group_models import GroupMember
from rex.db import Database
from rex.exchanges.actions import Words, edit, say, take, version_of
from rex.exchanges.closing import Sentence, close_thread, syntheses_of
from rex.exchanges.entries import find_entry, readers_of_thread
from rex.exchanges.mentions import proposed
from rex.exchanges.models import Exchange, Posture, Synthese
from rex.exchanges.queries import find_exchange, former_words, thread_rows, waiting_questions
from rex.exchanges.suspending import lift_suspension, own_suspended_words, suspend_exchange
from rex.journal import moments
from rex.journal.models import Audience, Entry
from rex.journal.moments import Change
from rex.keys import KeyLost
from tests.cast import Cast, Person
from tests.exchanges.acting import row_of, told
from tests.making import make_exchange, make_group, make_recit, reader_of
from tests.peer_groups.test_sealing import as_kept, join


@pytest.fixture
def room(database: Database, cast: Cast):
    """Dora (responsable), Camille and Inès; Noor came after the récit was told."""
    group = make_group(database, cast.dora, cast.camille, cast.ines)
    recit = make_recit(database, cast.dora, "La nuit blanche", {"faits": "La grille est restée fermée."}, group=group.id)
    join(database, group.id, cast.noor)
    return group, recit


def as_reader(database: Database, person: Person):
    session = database.session(write=True)
    session.reader = reader_of(session, person)
    return session


def test_what_is_said_is_told_to_those_who_were_there(database: Database, cast: Cast, room):
    _, recit = room
    make_exchange(database, cast.camille, recit.public_id, "Qui avait la clé, @Inès Carle et @Noor Haddad ?")
    assert told(database, "mention") == {cast.ines.id}, "Noor came later: nobody says her that she is named"
    with as_reader(database, cast.noor) as session:
        assert find_entry(session, session.reader, recit.public_id) is None
    with as_reader(database, cast.ines) as session:
        entry = find_entry(session, session.reader, recit.public_id)
        assert entry is not None
        view = readers_of_thread(session, entry, entry.audience)
        assert view.before == "devant les 3"
        assert [name for _, name in view.people] == ["Camille Roy", "Dora Lenoir", "Inès Carle"]
        assert proposed(session, "no", entry.audience, entry) == []
        assert proposed(session, "do", entry.audience, entry) == ["Dora Lenoir"]


def test_one_speaks_there_from_a_seat_there(database: Database, cast: Cast, room):
    """Bruno has a home in a collectif, and no place in the room: nothing that he holds lets him speak."""
    _, recit = room
    with as_reader(database, cast.camille) as session:
        entry = find_entry(session, session.reader, recit.public_id)
    assert entry is not None
    with as_reader(database, cast.bruno) as session, pytest.raises(PermissionError):
        say(session, session.reader, entry, Words(Posture.APPORT, "Par la porte de derrière"))


def test_a_thread_is_closed_by_a_responsable(database: Database, cast: Cast, room):
    group, recit = room
    make_exchange(database, cast.camille, recit.public_id, "Le gardien était absent.", Posture.APPORT)
    with as_reader(database, cast.dora) as session:
        entry = find_entry(session, session.reader, recit.public_id, hold=True)
        assert entry is not None
        close_thread(session, session.reader, entry, entry.audience, [Sentence("Le gardien manquait.", "1")])
        session.commit()
    assert told(database, "synthese") == {cast.camille.id}
    with as_reader(database, cast.ines) as session:
        (view,) = syntheses_of(session, recit.id)
        assert view.sentences[0][0] == "Le gardien manquait." and view.audience is Audience.GROUPE
        assert not may_close_thread(session.reader, group.id)
    with as_reader(database, cast.ana) as session:
        assert syntheses_of(session, recit.id) == []
        assert session.scalars(select(Synthese)).all() == [], "an animatrice reads nothing there"
    assert "Le gardien" not in as_kept(database)


def test_what_a_message_said_before_lies_sealed(database: Database, cast: Cast, room):
    _, recit = room
    first = make_exchange(database, cast.camille, recit.public_id, "Une grille rouillée.", Posture.APPORT)
    make_exchange(database, cast.ines, recit.public_id, "Depuis quand ?", parent=first)
    with as_reader(database, cast.camille) as session:
        exchange = find_exchange(session, session.reader, first)
        assert exchange is not None
        edit(session, session.reader, exchange, Words(Posture.APPORT, "Une grille neuve."), version_of(exchange))
        session.commit()
    with as_reader(database, cast.ines) as session:
        exchange = find_exchange(session, session.reader, first)
        assert exchange is not None
        assert [html for html, _ in former_words(session, exchange)] == ["<p>Une grille rouillée.</p>"]
    assert "grille" not in as_kept(database)


def test_quotes_are_sealed_and_opened_with_the_key_of_the_group(database: Database, cast: Cast, room):
    _, recit = room
    said = make_exchange(database, cast.ines, recit.public_id, "Et le gardien ?", quote="La grille est restée", slug="faits")
    for change, quote in ((Change.WITHDRAWN, ""), (Change.PUBLISHED, "La grille est restée")):
        with database.system("the text goes, and comes back", write=True) as session:
            moments.changed(session, session.scalars(select(Entry).where(Entry.id == recit.id)).one(), change)
        assert row_of(database, said).quote == quote
        assert "grille" not in as_kept(database)
    assert not row_of(database, said).is_detached


def test_a_suspended_message_is_read_by_its_author(database: Database, cast: Cast, room):
    _, recit = room
    said = make_exchange(database, cast.camille, recit.public_id, "Le gardien dormait.", Posture.APPORT)
    with as_reader(database, cast.dora) as session:
        exchange = find_exchange(session, session.reader, said)
        assert exchange is not None
        suspend_exchange(session, session.reader, exchange, "Il est reconnaissable.")
        session.commit()
    for person, words in ((cast.camille, ["<p>Le gardien dormait.</p>"]), (cast.ines, [])):
        with as_reader(database, person) as session:
            rows = thread_rows(session, recit.id)
            assert list(own_suspended_words(session, session.reader, rows).values()) == words, person.name
    assert "gardien" not in as_kept(database) and "reconnaissable" not in as_kept(database)
    with as_reader(database, cast.dora) as session:
        exchange = find_exchange(session, session.reader, said)
        assert exchange is not None
        lift_suspension(session, session.reader, exchange)
        session.commit()
    assert row_of(database, said).source == "Le gardien dormait."


def test_a_question_of_a_group_waits_in_the_group_alone(database: Database, cast: Cast, room, visit):
    group, recit = room
    said = make_exchange(database, cast.camille, recit.public_id, "Qui avait la clé ?")
    with as_reader(database, cast.ines) as session:
        seat = session.reader.in_group(group.public_id)
        assert seat is not None
        assert [one.public_id for one in waiting_questions(session, session.reader, seat).questions] == [said]
        for place in session.reader.memberships:
            assert waiting_questions(session, session.reader, place).questions == []
    for who, status in (("ines", 200), ("noor", 200), ("ana", 404), ("admin", 404), ("bruno", 404)):
        page = visit.as_(who).get(f"{group.url}/sans-reponse")
        assert page.status_code == status, who
        assert ("Qui avait la clé" in page.get_data(as_text=True)) is (who == "ines")
    for who in ("ines", "camille"):
        for slug in ("valombre", "orbe"):
            assert "Qui avait" not in visit.as_(who).get(f"/c/{slug}/sans-reponse").get_data(as_text=True)


def test_who_took_a_question_is_named_while_they_are_there(database: Database, cast: Cast, room):
    _, recit = room
    said = make_exchange(database, cast.camille, recit.public_id, "Qui avait la clé ?")
    with as_reader(database, cast.ines) as session:
        exchange = find_exchange(session, session.reader, said)
        assert exchange is not None and take(session, session.reader, exchange)
        session.commit()
    assert takers(database, cast.camille, recit.id) == ["Inès Carle"]
    with database.system("Inès leaves the group", write=True) as session:
        place = session.scalars(select(GroupMember).where(GroupMember.user_id == cast.ines.id)).one()
        place.left_at = place.arrived_at
    assert takers(database, cast.camille, recit.id) == [None]


def takers(database: Database, person: Person, entry_id: int) -> list[str | None]:
    with as_reader(database, person) as session:
        return [row.taker for row in thread_rows(session, entry_id)]


def test_answering_through_the_pages(database: Database, cast: Cast, room, visit):
    _, recit = room
    client = visit.as_("ines")
    page = client.get(f"{recit.url}/repondre").get_data(as_text=True)
    assert "Répondre devant les 3" in page and "Noor" not in page
    assert "Confidentiel, 3 personnes" in page.replace("\u00a0", " ").replace("&nbsp;", " ")
    sent = client.send(f"{recit.url}/repondre", {"posture": "apport", "texte": "La clé pend au clou.", "devant": "groupe"})
    assert sent.status_code == 303
    public_id = sent.location.rpartition("#e-")[2]
    assert row_of(database, public_id).audience is Audience.GROUPE
    for path in ("modifier", "retirer"):
        assert client.get(f"/echanges/{public_id}/{path}").status_code == 200
        for who in ("noor", "ana", "admin", "bruno"):
            assert visit.as_(who).get(f"/echanges/{public_id}/{path}").status_code == 404, who
    names = client.get(f"{recit.url}/personnes?q=n").get_json()
    assert names == {"names": []}


def test_without_its_key_a_thread_says_so(database: Database, cast: Cast, room):
    group, recit = room
    make_exchange(database, cast.camille, recit.public_id, "Qui avait la clé ?")
    database.keyring.destroy(f"groupe-{group.public_id}")
    with as_reader(database, cast.ines) as session, pytest.raises(KeyLost, match="manque"):
        session.scalars(select(Exchange)).all()
