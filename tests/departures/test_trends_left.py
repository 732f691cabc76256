"""What becomes of readings of figures and of named dates when somebody leaves: the voice that signs stays, no person does."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Membership
from rex.trends import reading_acts
from rex.trends.models import CounterReading, Jalon
from tests.departures.lives import lived
from tests.departures.test_deleting import GOES, STAYS, asks, seven_days_later
from tests.departures.test_own_data import entered, taken
from tests.tensions.making import acting
from tests.trends.beside import make_jalon, make_reading
from tests.trends.opened import plain_spaces

TOLD = {"reading": "lectubrouille", "suspended": "suspendubrouille", "jalon": "jalonbrouille"}
WHY = "raisonbrouille"


@pytest.fixture
def life(database, cast):
    """She wrote two readings, of which one is suspended; as an animatrice, she set a jalon."""
    life = lived(database, cast)
    make_reading(database, life.her, cast.valombre_id, f"Nous {TOLD['reading']}.", of_college=True)
    hidden = make_reading(database, life.her, cast.valombre_id, f"On {TOLD['suspended']}.")
    with database.system("she looks after the journal", write=True) as session:
        seats = session.scalars(select(Membership).where(Membership.collectif_id == cast.valombre_id)).all()
        {seat.user_id: seat for seat in seats}[life.her.id].role = "animateur"
    make_jalon(database, life.her, cast.valombre_id, TOLD["jalon"])
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        row = session.scalars(select(CounterReading).where(CounterReading.public_id == hidden)).one()
        reading_acts.suspend(session, reader, seat, row, WHY)
    return life


def test_all_of_it_is_in_her_archive(app, cast, life):
    files = taken(entered(app, life.her))
    for what, file in {"reading": "lectures", "suspended": "lectures", "jalon": "jalons"}.items():
        assert TOLD[what] in files[f"journal-valombre/{file}.json"], what
        assert TOLD[what] in files[f"journal-valombre/{file}.md"], what
    assert WHY in files["journal-valombre/lectures.json"]
    theirs = "".join(taken(entered(app, cast.bruno)).values())
    assert [words for words in (*TOLD.values(), WHY) if words in theirs] == []


@pytest.mark.parametrize("choice", [STAYS, GOES], ids=["stays", "goes"])
def test_an_account_that_goes_leaves_the_voice_and_no_person(app, database, life, choice):
    asks(entered(app, life.her), choice)
    seven_days_later(app)
    with database.system("what stays") as session:
        rows = session.scalars(select(CounterReading).order_by(CounterReading.id)).all()
        assert [row.author_id for row in rows] == [None, None]
        assert TOLD["reading"] in rows[0].words and rows[0].college is not None and rows[1].sealed is not None
        assert session.scalars(select(Jalon.created_by_id)).all() == [None]


def test_who_left_takes_their_words_and_not_those_that_came_after(app, database, cast, visit):
    kept = make_reading(database, cast.camille, cast.valombre_id, f"Nous {TOLD['reading']}.")
    changed = make_reading(database, cast.camille, cast.valombre_id, "Avant alphabrouille.")
    with database.system("she is taken out", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.camille.id)).one().end()
    with database.system("a colleague corrected it, when that was theirs to do", write=True) as session:
        row = session.scalars(select(CounterReading).where(CounterReading.public_id == changed)).one()
        row.words, row.corrected_at, row.corrected_by_id = "Ensuite betabrouille.", clock.now(), cast.bruno.id
    whole = "".join(taken(visit.as_("camille")).values())
    assert TOLD["reading"] in whole and "betabrouille" not in whole
    path = f"/c/valombre/tendances/lectures/{kept}/retrait"
    assert visit.as_("camille").send(path).status_code == 404, "no right stays without a place"


def test_the_page_that_they_wrote_on_is_named_as_they_read_it(database, cast, visit):
    jalon = make_jalon(database, cast.ana, cast.valombre_id, "Rangement", date(2026, 8, 1))
    make_reading(database, cast.camille, cast.valombre_id, filters=f"avec={jalon}&enjeu=C&service=AAAAAAAAAAAAAAAA")
    make_reading(database, cast.camille, cast.valombre_id, "D’une page que rien ne filtre.")

    def pages() -> list[str | None]:
        found = json.loads(taken(visit.as_("camille"))["journal-valombre/lectures.json"])
        return [plain_spaces(one["écrite sur"]) if "écrite sur" in one else None for one in found]

    assert pages() == ["page « Coopération », comparée aux jours d’avant « Rangement »", None]
    with database.system("she is taken out", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.camille.id)).one().end()
    assert pages() == [None, None], "its names of today are not hers to know"
