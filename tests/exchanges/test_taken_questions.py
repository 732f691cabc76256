"""« Je m’en occupe »: a question is taken as long as who took it still reads it, else it waits for somebody again."""

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership, User
from rex.journal.models import Audience
from tests.exchanges.acting import open_to, page_of, row_of
from tests.making import make_exchange, make_recit

TAKEN, WAITS = "s’en occupe", "Je m’en occupe"


def leave(database, person, collectif_id: int) -> None:
    with database.system("somebody leaves", write=True) as session:
        here = (Membership.user_id == person.id, Membership.collectif_id == collectif_id)
        session.execute(update(Membership).where(*here).values(ended_at=clock.now()))


@pytest.mark.parametrize("goes", ["leaves", "closes"])
def test_a_question_comes_back_when_who_took_it_has_gone(visit, database, cast, goes):
    made = make_recit(database, cast.camille)
    question = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    visit.as_("bruno").send(f"/echanges/{question}/en-charge")
    pages = (made.url, "/c/valombre/sans-reponse")
    assert all("Bruno Maréchal s’en occupe" in page_of(visit.as_("dora"), page) for page in pages)
    if goes == "leaves":
        leave(database, cast.bruno, cast.valombre_id)
    else:
        with database.system("an account closes", write=True) as session:
            session.execute(update(User).where(User.id == cast.bruno.id).values(closed_at=clock.now()))
    for page in pages:
        shown = page_of(visit.as_("dora"), page)
        assert TAKEN not in shown and WAITS in shown, page
    assert visit.as_("dora").send(f"/echanges/{question}/en-charge").status_code == 303
    assert row_of(database, question).taken_by_id == cast.dora.id
    assert "Dora Lenoir s’en occupe" in page_of(visit.as_("paul"), made.url)


def test_whoever_reads_it_from_another_collectif_keeps_it(visit, database, cast):
    """Under an entry of the réseau any member may take a question; narrowed, its collectif takes it again."""
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    question = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    visit.as_("ines").send(f"/echanges/{question}/en-charge")
    shown = page_of(visit.as_("dora"), made.url)
    assert "Inès Carle s’en occupe" in shown and WAITS not in shown
    visit.as_("dora").send(f"/echanges/{question}/en-charge")
    assert row_of(database, question).taken_by_id == cast.ines.id
    open_to(database, cast.camille, made, Audience.COLLECTIF)
    assert TAKEN not in page_of(visit.as_("dora"), made.url)
    assert "Inès" not in page_of(visit.as_("dora"), "/c/valombre/sans-reponse")
    visit.as_("dora").send(f"/echanges/{question}/en-charge")
    assert row_of(database, question).taken_by_id == cast.dora.id


def test_what_was_said_before_the_collectif_is_not_taken_by_who_is_no_longer_in_it(visit, database, cast):
    """The récit was opened later: Noor, who left Valombre, reads it from the Orbe, not the message."""
    made = make_recit(database, cast.camille)
    question = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    visit.as_("noor").send(f"/echanges/{question}/en-charge")
    open_to(database, cast.camille, made, Audience.RESEAU)
    assert "Noor Haddad s’en occupe" in page_of(visit.as_("dora"), made.url)
    leave(database, cast.noor, cast.valombre_id)
    assert TAKEN not in page_of(visit.as_("dora"), made.url)
