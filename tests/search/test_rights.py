"""Nobody finds what they do not read, and the index holds nothing that is not told: whatever act made or unmade it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from rex.access import Reader, visible_entries, visible_exchanges, visible_recits
from rex.db import Database
from rex.exchanges.actions import Words, edit, version_of, withdraw
from rex.exchanges.models import Exchange, Posture
from rex.journal.models import Audience, Entry, Recit
from rex.journal.publishing import change_audience, publish
from rex.search import queries, whole
from rex.search.asked import asked_in
from rex.search.filters import Filters
from rex.search.found import texts
from rex.search.models import SearchRow
from rex.search.queries import find
from tests.journal.difficulties import make_difficulty, make_passage
from tests.journal.test_passages_of_recits import correct
from tests.making import make_exchange, make_group, make_recit, make_recognition, make_report, reader_of
from tests.search.corpus import accept, tell
from tests.search.finding import found

WORD = "quetzalmane"
SAID = f"Le mot {WORD} est dit ici."


def rows(database: Database, word: str = WORD) -> int:
    """How many rows of the index say this word, whoever reads them."""
    with database.system("what the index says") as session:
        return sum(word in f"{row.stems} {row.exact}" for row in session.scalars(select(SearchRow)))


def agrees(database: Database) -> bool:
    return whole.faults(database) == []


@pytest.fixture
def told(database, cast):
    return make_recit(database, cast.camille, "Un titre", {"faits": SAID})


def test_a_draft_a_pending_thank_you_and_a_group_are_not_in_it(database, cast):
    make_recit(database, cast.camille, SAID, audience=None)
    make_recognition(database, cast.camille, cast.dora, SAID)
    group = make_group(database, cast.camille, cast.dora)
    inside = make_recit(database, cast.camille, SAID, {"faits": SAID}, group=group.id)
    make_exchange(database, cast.dora, inside.public_id, SAID)
    make_difficulty(database, cast.dora, SAID, audience=Audience.GROUPE, group=group.id)
    assert rows(database) == 0 and found(database, cast.camille, WORD) == [] and agrees(database)


def test_a_withdrawn_recit_leaves_with_its_thread_and_comes_back_with_it(visit, database, cast, told):
    make_exchange(database, cast.bruno, told.public_id, f"Et encore {WORD}.")
    make_passage(database, cast.camille, told, f"Le mot {WORD}")
    assert rows(database) == 3 and len(found(database, cast.dora, WORD)) == 3
    assert visit.as_("camille").send(f"{told.url}/retrait").status_code == 303
    assert rows(database) == 0 and found(database, cast.camille, WORD) == [] and agrees(database)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        publish(session, who, session.scalars(visible_recits(who).where(Recit.id == told.id)).one(), Audience.COLLECTIF)
        session.commit()
    assert rows(database) == 3 and agrees(database)


def test_a_correction_is_found_and_what_it_replaced_is_not(database, cast, told):
    correct(database, cast.camille, told, faits="Le mot brixolette.")
    assert found(database, cast.dora, "brixolette") == ["Un titre"] and rows(database) == 0 and agrees(database)


def test_a_suspended_recit_leaves_with_its_thread(visit, database, cast, told):
    make_exchange(database, cast.bruno, told.public_id, f"Et encore {WORD}.")
    report = make_report(database, cast.bruno, told.public_id)
    sent = visit.as_("ana").send(f"/c/valombre/signalements/{report}/suspension", {"raison": "Ce passage désigne quelqu’un."})
    assert sent.status_code == 303
    assert rows(database) == 0 and found(database, cast.camille, WORD) == [] and agrees(database)


def test_a_narrowed_recit_is_found_by_those_who_read_it_still(database, cast):
    made = make_recit(database, cast.camille, "Un titre", {"faits": SAID}, Audience.RESEAU)
    make_exchange(database, cast.ines, made.public_id, f"Ici aussi, {WORD}.")
    assert len(found(database, cast.ines, WORD)) == 2
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        change_audience(session, session.scalars(visible_recits(who).where(Recit.id == made.id)).one(), Audience.COLLECTIF)
        session.commit()
    assert found(database, cast.ines, WORD) == [] and len(found(database, cast.bruno, WORD)) == 2 and agrees(database)


def test_a_message_is_found_under_the_audience_that_heard_it(database, cast, told):
    make_exchange(database, cast.bruno, told.public_id, f"Entre nous, {WORD}.")
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        change_audience(session, session.scalars(visible_recits(who).where(Recit.id == told.id)).one(), Audience.RESEAU)
        session.commit()
    assert found(database, cast.ines, WORD) == ["Un titre"], "widened, the récit is found; what was said before is not"
    assert len(found(database, cast.dora, WORD)) == 2 and agrees(database)


def test_a_message_corrected_then_taken_back(database, cast, told):
    said = make_exchange(database, cast.bruno, told.public_id, "Un vroumastic.")
    for act in ("edit", "withdraw"):
        with database.session(write=True) as session:
            session.reader = who = reader_of(session, cast.bruno)
            message = session.scalars(visible_exchanges(who).where(Exchange.public_id == said)).one()
            if act == "edit":
                edit(session, who, message, Words(Posture.QUESTION, "Une escargasse."), version_of(message))
            else:
                withdraw(session, who, message)
            session.commit()
        expected = 1 if act == "edit" else 0
        assert (rows(database, "vroumast"), len(found(database, cast.dora, "escargasse"))) == (0, expected), act
    assert agrees(database)


def test_an_accepted_thank_you_is_found(database, cast):
    accept(database, cast.dora, make_recognition(database, cast.camille, cast.dora, SAID))
    assert found(database, cast.bruno, WORD) == [SAID] and agrees(database)


def test_an_act_that_fails_leaves_the_index_as_it_was(database, cast, told):
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        recit = session.scalars(visible_recits(who).where(Recit.id == told.id)).one()
        recit.title = "Un autre titre"
        session.flush()
        session.rollback()
        session.commit()
    assert rows(database) == 1 and agrees(database)


READERS = ("camille", "paul", "jeanne", "noor", "ines", "ana", "gael", "admin")
ASKED = ["eau", "marché", "école", "nuit", "rue", "la rue", '"la rue"', "réunion", "compteur", WORD]


def test_random_readers_find_a_part_of_what_they_read(database, cast):
    """Whoever asks, from whatever places, what they find is among what the door gives them."""
    tell(database, cast)
    make_recit(database, cast.ines, "Une rue de l’Orbe, la nuit", {"faits": "L’école et le marché, une réunion, de l’eau."})
    with database.session(write=True) as session:
        known = {name: reader_of(session, cast.people[name]) for name in READERS}
        session.commit()
    places = known["noor"].memberships
    seen = 0

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(READERS), st.sampled_from(ASKED), st.sets(st.sampled_from(range(len(places)))))
    def look(name: str, typed: str, seats: set[int]) -> None:
        nonlocal seen
        base = known[name]
        seated = tuple(places[n] for n in sorted(seats))
        who = Reader(base.user_id, base.user_public_id, base.name, base.is_admin, memberships=seated)
        with database.session(who) as session:
            entries = set(session.scalars(visible_entries(who).with_only_columns(Entry.public_id)))
            messages = set(session.scalars(visible_exchanges(who).with_only_columns(Exchange.public_id)))
            for text in texts(session, find(session, asked_in(typed), Filters(), "Europe/Paris").row_ids[:20]):
                assert text.row.public_id in entries
                assert text.row.said is None or text.row.said in messages
                seen += 1

    look()
    assert seen > 50, "nothing was found: it proves nothing"


def test_a_former_member_finds_nothing(database, cast, told):
    with database.session(write=True) as session:
        who = reader_of(session, cast.gael)
        session.commit()
    assert who.memberships == ()
    with database.session(who) as session:
        assert find(session, asked_in(WORD), Filters(), "Europe/Paris").row_ids == []
        assert session.scalars(select(SearchRow.id)).all() == [], "the second lock"


def test_words_of_others_do_not_enter_the_ranking_that_is_capped(database, cast, told, monkeypatch):
    monkeypatch.setattr("rex.search.queries.MOST", 2)
    queries._found.cache_clear()
    for number in range(4):
        make_recit(database, cast.ines, f"Orbe {number}", {"faits": SAID})
    assert found(database, cast.camille, WORD) == ["Un titre"], "the cap comes after the rights"
    queries._found.cache_clear()
