"""A tension where other rooms meet it: found, followed, reported, on the page of a balise; and where it is not one's own text."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rex import clock
from rex.departures.counts import own_texts_in
from rex.digests.models import Digest, DigestState
from rex.journal.models import Entry
from rex.notices.models import Notice
from rex.reports.models import Report
from rex.search import whole
from rex.search.filters import Filters
from rex.search.models import FoundKind
from rex.tensions import acts
from tests.feeds.following import make_feed, titles
from tests.making import make_exchange, make_recit, reader_of
from tests.search.finding import found as finds
from tests.search.finding import titles as titles_found
from tests.tensions.making import acting, name, take_back, tell, tell_one
from tests.tensions.making import found as held

TITLE = "Informer n’est pas associer"


@pytest.fixture
def tension(database, cast):
    told = [
        tell_one(database, who, cast.valombre_id, f"Le plan arrive fini, et la {number}e réunion le montre.", balises=("C3",))
        for number, who in enumerate((cast.camille, cast.bruno), 2)
    ]
    return name(database, cast.ana, cast.valombre_id, TITLE, *told)


def said_on(visit, who, path: str) -> str:
    return visit.as_(who).get(path).get_data(as_text=True).replace("\u202f", " ").replace("\u00a0", " ")


# --- search ---------------------------------------------------------------------------------------------------------------


def test_it_is_found_by_the_members_of_its_collectif_alone(database, cast, visit, tension):
    assert finds(database, cast.dora, "associer") == [TITLE]
    assert finds(database, cast.dora, "associer", Filters(kind=FoundKind.TENSION)) == [TITLE]
    assert finds(database, cast.dora, "associer", Filters(kind=FoundKind.RECIT)) == []
    assert finds(database, cast.ines, "associer") == []
    page = visit.as_("dora").get("/recherche?q=associer").get_data(as_text=True)
    assert titles_found(page) == [TITLE] and f"/tensions/{tension.public_id}" in page and "Tensions" in page
    assert whole.faults(database) == []


def test_another_name_is_found_and_the_former_one_is_not(database, cast, tension):
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.rename(session, reader, held(session, reader, tension), "Montrer le crayon", "")
    assert (finds(database, cast.dora, "associer"), finds(database, cast.dora, "crayon")) == ([], ["Montrer le crayon"])
    assert whole.faults(database) == []


def test_what_is_said_under_it_is_found_under_its_name(database, cast, visit, tension):
    make_exchange(database, cast.dora, tension.public_id, "Chez nous, on montre la maquette.")
    page = said_on(visit, "dora", "/recherche?q=maquette")
    assert f"Sous « {TITLE} »" in page and f"/tensions/{tension.public_id}#e-" in page


# --- feeds ----------------------------------------------------------------------------------------------------------------


def test_a_feed_names_it_and_nobody_with_it(database, cast, visit, tension):
    answer = visit.as_(None).get(make_feed(database, cast.paul))
    assert TITLE in titles(answer) and f"/tensions/{tension.public_id}" in answer.get_data(as_text=True)
    assert cast.ana.name not in answer.get_data(as_text=True), "who named it is not an author"
    assert TITLE not in titles(visit.as_(None).get(make_feed(database, cast.ines)))


def test_a_feed_has_the_letters_that_left(database, cast, visit):
    with database.system("letters", write=True) as session:
        at, made = clock.now(), {}
        for number, state in ((1, DigestState.PUBLISHED), (None, DigestState.TO_EDIT), (None, DigestState.DROPPED)):
            made[number] = Digest(
                collectif_id=cast.valombre_id, state=state, number=number, title="Avant le crayon", since=at, due_at=at,
                until=at - timedelta(days=len(state)), published_at=at if number else None,
            )  # fmt: skip
            session.add(made[number])
        session.flush()
        public_id = made[1].public_id
    said = visit.as_(None).get(make_feed(database, cast.paul))
    assert [title for title in titles(said) if "crayon" in title] == ["La lettre n° 1 : Avant le crayon"]
    assert f"/lettres/{public_id}" in said.get_data(as_text=True)
    assert titles(visit.as_(None).get(make_feed(database, cast.ines))) == []


# --- reports --------------------------------------------------------------------------------------------------------------


def test_it_is_reported_suspended_and_given_back(database, cast, visit, tension):
    assert visit.as_("dora").send(f"/signaler/{tension.public_id}", {"motif": "Ce nom vise un service."}).status_code == 303
    board = said_on(visit, "ana", "/c/valombre/signalements")
    assert "Une tension" in board and TITLE in board
    with database.system("the report") as session:
        report = session.scalars(select(Report.public_id)).one()
    answer = visit.as_("ana").send(f"/c/valombre/signalements/{report}/suspension", {"raison": "On en reparle."})
    assert answer.status_code == 303
    assert visit.as_("bruno").get(f"/tensions/{tension.public_id}").status_code == 404
    assert finds(database, cast.dora, "associer") == []
    board = said_on(visit, "ana", "/c/valombre/signalements")
    assert "Une tension" in board and TITLE not in board, "its kind, and none of its words"
    assert visit.as_("ana").send(f"/c/valombre/suspendus/{tension.public_id}/retablissement").status_code == 303
    assert visit.as_("bruno").get(f"/tensions/{tension.public_id}").status_code == 200 and finds(database, cast.dora, "associer")


def test_an_answer_under_it_is_told_with_its_name(database, cast, visit, tension):
    asked = make_exchange(database, cast.dora, tension.public_id, "Qui a essayé ?")
    answer = visit.as_("paul").send(
        f"/tensions/{tension.public_id}/repondre?a={asked}", {"posture": "apport", "texte": "Nous, au printemps.", "a": asked}
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)[-600:]
    with database.system("what is told") as session:
        assert session.scalars(select(Notice.user_id)).all() == [cast.dora.id], "who named it is told of no answer"
    assert TITLE in said_on(visit, "dora", "/ce-qui-vous-attend")


# --- balise -----------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_balise_shows_the_tensions_that_carry_it(database, cast, visit, tension):
    page = said_on(visit, "dora", "/boussole/C3")
    assert TITLE in page and f"/tensions/{tension.public_id}" in page and "2 difficultés" in page
    assert TITLE not in said_on(visit, "dora", "/boussole/C1")
    assert TITLE not in said_on(visit, "ines", "/boussole/C3")


def test_a_difficulty_taken_back_is_not_counted_there(database, cast, visit, tension):
    made = tell(database, cast.camille, cast.valombre_id, "On nous montre le plan quand il est fini.", balises=("C3",))
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _):
        acts.link(session, reader, held(session, reader, tension), made[0].id)
    assert "3 difficultés" in said_on(visit, "dora", "/boussole/C3")
    take_back(database, cast.camille, cast.valombre_id, made[0])
    assert "2 difficultés" in said_on(visit, "dora", "/boussole/C3")


# --- where it is not ----------------------------------------------------------------------------------------------------------


def test_it_is_nobodys_own_text_and_no_recit(database, cast, visit, tension):
    make_recit(database, cast.ana, "De la main d’Ana")
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.ana)
        mine = own_texts_in(session, who, cast.valombre_id)
    assert (mine.recits, mine.all) == (1, 1)
    for path in ("/c/valombre/recits", "/c/valombre/difficultes"):
        assert TITLE not in said_on(visit, "ana", path)
    with database.system("no author") as session:
        assert session.scalars(select(Entry.byline).where(Entry.id == tension.id)).one() == ""
