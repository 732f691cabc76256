"""The search is no side door: what a group says, and what nobody reads any more, is in no table of the index, and found by nobody.

The words are planted by `tests.house.filled_room` in everything that people may write in a group: séances, kept dépôts, versements
under way and refused, drafts, texts taken back or suspended."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select, text

from rex.access import visible_recits
from rex.collectifs.models import Space
from rex.db import Database
from rex.journal.models import Audience, Entry, Recit
from rex.journal.publishing import withdraw
from rex.sealed_words import SpaceKind
from rex.search.models import SearchRow
from rex.search.words import folded
from tests.cast import Cast
from tests.house.filled_room import fill
from tests.house.planting import Room
from tests.house.test_side_doors import MEMBERS, STRANGERS, entering, quiet
from tests.making import make_exchange, make_recit, reader_of

NOTHING = "Aucun texte que vous lisez ne dit ces mots."
TERMS = {
    "sqlite": "SELECT term FROM search_terms",
    "postgresql": "SELECT word FROM ts_stat('SELECT vector FROM search_fts')",
}


@pytest.fixture
def room(database: Database, cast: Cast) -> Room:
    return fill(database, cast)


def terms(database: Database) -> str:
    """All that the tables of the index say: the rows, and the words that the engine knows."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.execute(text("CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab(main, search_fts, row)"))
        known = " ".join(connection.scalars(text(TERMS[connection.dialect.name])))
        if database.is_sqlite:
            connection.execute(text("DROP TABLE temp.search_terms"))
        rows = connection.execute(text("SELECT title, accents, stems, exact FROM search_row")).all()
    return f"{known} {rows}"


def said_of(room: Room, kept: str) -> set[str]:
    """The names of the planted words that the index says, whole or as stems."""
    return {name for name, word in room.planted.items() if folded(word)[:-2] in kept or word in kept}


def ask(client: Any, typed: str) -> str:
    answer = client.get("/recherche", query_string={"q": typed})
    return quiet(answer.get_data(as_text=True)) if answer.status_code == 200 else ""


def test_no_word_of_a_group_is_in_the_tables_of_the_index(database: Database, cast: Cast, room: Room):
    assert len(room.planted) > 80 and said_of(room, terms(database)) == set()
    with database.system("what the index stands for") as session:
        inside = select(func.count()).select_from(SearchRow).join(Space, Space.id == SearchRow.collectif_id)
        assert session.scalar(inside.where(Space.kind == SpaceKind.GROUPE)) == 0
        of_group = select(SearchRow.id).join(Entry, Entry.id == SearchRow.entry_id).where(Entry.audience == Audience.GROUPE)
        assert session.scalars(of_group).all() == []
    word = room.word_of("ouvert")
    make_recit(database, cast.camille, f"Mot {word}", {"faits": "Rien."})
    room.planted["ouvert"] = word
    assert said_of(room, terms(database)) == {"ouvert"}, "the same words in the open are seen by the same look"


def test_nobody_finds_a_word_of_a_group(visit, database: Database, cast: Cast, room: Room):
    for who in (*STRANGERS, *MEMBERS):
        client = entering(visit, cast, who)
        client.proof_reads = False
        found = {name for name, word in room.planted.items() if (html := ask(client, word)) and NOTHING not in html}
        assert found == set(), who
        opened = ask(client, " ".join(list(room.planted.values())[:4]))
        assert 'class="found"' not in opened, who


def test_a_word_of_a_group_is_answered_as_one_that_nobody_ever_said(visit, room: Room, count_statements):
    client = visit.as_("ana")
    client.proof_reads = False
    secret, unknown = room.planted["message"], room.word_of("never said")
    pages, counts = [], []
    for word in (secret, unknown):
        with count_statements() as seen:
            html = ask(client, word)
        pages.append(re.sub(re.escape(word), "MOT", html.replace(word.replace("é", "%C3%A9"), "MOT")))
        counts.append(len(seen))
    assert pages[0] == pages[1] and NOTHING in pages[0] and counts[0] == counts[1]


def test_a_collectif_one_is_not_in_changes_no_byte_of_what_one_finds(visit, database: Database, cast: Cast):
    """Neither what is found, nor how much, nor the order, nor the balises proposed."""
    for rank in range(3):
        make_recit(database, cast.camille, f"Le marché {rank}", {"faits": "Un marché."})
    client = visit.as_("camille")
    client.proof_reads = False
    asked = ("marché", '"un marché"', "marché orbe", "introuvable")
    before = {typed: ask(client, typed) for typed in asked}
    for rank in range(70):
        made = make_recit(database, cast.ines, f"Un marché de l’Orbe {rank}", {"faits": "Un marché, introuvable."})
        if rank < 3:
            make_exchange(database, cast.ines, made.public_id, "Quel marché ?")
    assert {typed: ask(client, typed) for typed in asked} == before


def test_drafts_and_what_was_taken_back_are_in_no_table(database: Database, cast: Cast):
    make_recit(database, cast.camille, "Un brouillon zoubiflard", {"faits": "Le zoubiflard."}, audience=None)
    made = make_recit(database, cast.camille, "Un récit zoubiflard", {"faits": "Le zoubiflard."})
    make_exchange(database, cast.bruno, made.public_id, "Quel zoubiflard ?")
    assert "zoubiflard" in terms(database)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        withdraw(session, who, session.scalars(visible_recits(who).where(Recit.id == made.id)).one())
        session.commit()
    assert "zoubiflard" not in terms(database)
