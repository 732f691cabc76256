"""Searching inside a group: what its member reads, and nothing of it kept where it could be read."""

import re

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.exchanges import room_search
from rex.exchanges.actions import withdraw
from rex.exchanges.models import Posture
from rex.exchanges.queries import find_exchange
from rex.exchanges.room_search import search
from rex.exchanges.room_search_views import marked
from rex.exchanges.search_terms import terms_of
from rex.journal.models import Recit
from rex.journal.publishing import withdraw as take_back
from tests.cast import Cast, Person
from tests.making import make_exchange, make_group, make_recit, reader_of
from tests.peer_groups.test_sealing import as_kept, join


@pytest.fixture
def room(database: Database, cast: Cast):
    group = make_group(database, cast.dora, cast.camille, cast.ines)
    recit = make_recit(database, cast.dora, "La nuit blanche", {"faits": "Les **chevaux** étaient dans l’école."}, group=group.id)
    make_exchange(database, cast.camille, recit.public_id, "Un cheval, des cœurs inquiets.", Posture.APPORT)
    join(database, group.id, cast.noor)
    return group, recit


def found_by(database: Database, person: Person, group_id: str, typed: str) -> list[str]:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        seat = who.in_group(group_id)
        assert seat is not None
        return sorted(one.sort for one in search(session, who, seat, terms_of(typed)))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cheval", ["exchange", "section"]),
        ("CHEVAUX", ["exchange", "section"]),
        ("ecole", ["section"]),
        ("écoles", ["section"]),
        ("Coeur", ["exchange"]),
        ("nuit", ["entry"]),
        ("cheval inquiet", ["exchange"]),
        ("cheval nuit", []),
        ("ecol%", ["section"]),
        ("« ! »", []),
        ("", []),
        ("tracteur", []),
    ],
)
def test_words_are_found_whatever_their_accents_case_and_number(database: Database, cast: Cast, room, typed, found):
    group, _ = room
    assert found_by(database, cast.ines, group.public_id, typed) == found


def test_each_finds_what_they_read(database: Database, cast: Cast, room, visit):
    group, _ = room
    assert found_by(database, cast.noor, group.public_id, "cheval") == [], "she came later"
    found_by(database, cast.dora, group.public_id, "cheval")
    assert found_by(database, cast.noor, group.public_id, "cheval") == [], "what another opened is not hers"
    for who, status in (("dora", 200), ("noor", 200), ("ana", 404), ("admin", 404), ("bruno", 404), ("gael", 404)):
        page = visit.as_(who).get(f"{group.url}/recherche?q=cheval")
        assert page.status_code == status, who
        assert ("chevaux" in page.get_data(as_text=True)) is (who == "dora"), who


def test_the_page_marks_the_words_and_is_kept_nowhere(database: Database, cast: Cast, room, visit):
    group, recit = room
    page = visit.as_("ines").get(f"{group.url}/recherche?q=chevaux")
    text = page.get_data(as_text=True)
    assert set(re.findall(r"<mark>(.*?)</mark>", text)) == {"chevaux", "cheval"}
    assert f'href="{recit.url}"' in text and f'href="{recit.url}#e-' in text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "<script>" not in visit.as_("ines").get(f"{group.url}/recherche?q=<script>alert(1)</script>").get_data(as_text=True)


def test_what_changed_is_found_as_it_is_now(database: Database, cast: Cast, room):
    group, recit = room
    said = make_exchange(database, cast.ines, recit.public_id, "Un tracteur rouge.", Posture.APPORT)
    assert found_by(database, cast.dora, group.public_id, "tracteur") == ["exchange"]
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.ines)
        exchange = find_exchange(session, who, said)
        assert exchange is not None
        withdraw(session, who, exchange)
        session.commit()
    assert found_by(database, cast.dora, group.public_id, "tracteur") == []
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.dora)
        take_back(session, who, session.scalars(select(Recit).where(Recit.id == recit.id)).one())
        session.commit()
    assert found_by(database, cast.dora, group.public_id, "cheval") == []


def test_once_warm_nothing_is_opened_again(database: Database, cast: Cast, room, monkeypatch):
    group, _ = room
    found_by(database, cast.dora, group.public_id, "cheval")
    opened = []
    monkeypatch.setattr(room_search, "_open", lambda *given: opened.append(given))
    assert found_by(database, cast.dora, group.public_id, "cheval") == ["exchange", "section"]
    assert opened == []


def test_a_group_without_its_key_is_kept_nowhere(database: Database, cast: Cast, room):
    group, _ = room
    other = make_group(database, cast.dora, called="Un autre")
    found_by(database, cast.dora, group.public_id, "cheval")
    key_name = f"groupe-{group.public_id}"
    assert key_name in room_search._memory[database.keyring]
    assert "chev" not in as_kept(database)
    database.keyring.destroy(key_name)
    found_by(database, cast.dora, other.public_id, "cheval")
    assert key_name not in room_search._memory[database.keyring]
    with database.system("a group ends") as session:
        room_search.forget(session, group.id, None)
    assert database.keyring not in room_search._memory


def test_the_words_around(database: Database):
    long = "Avant tout " + "une phrase " * 40 + "le cheval noir " + "puis encore " * 60
    pieces = marked(long, terms_of("chevaux"))
    assert ("cheval", True) in pieces and pieces[0] == ("…", False) and pieces[-1][0].endswith("…")
    assert len("".join(text for text, _ in pieces)) < 400
