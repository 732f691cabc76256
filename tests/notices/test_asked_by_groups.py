"""What groups ask awaits on « Ce qui vous attend », without a name nor a text, until it is answered or out of date."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from rex import clock
from rex.collectifs.group_models import Rule
from rex.db import Database
from rex.peer_groups.deciding import ask
from rex.peer_groups.models import Ballot, Decision, DecisionKind, JoinRequest
from tests.cast import Cast
from tests.making import make_group, reader_of
from tests.notices.telling import has_news
from tests.peer_groups.groups import days_pass, make_decision, tick

CALLED = "Zéphyrine"
AWAITED = "On attend votre réponse dans un de vos groupes"
INVITED = "Une invitation à un groupe de pairs"


@pytest.fixture
def group(database: Database, cast: Cast):
    return make_group(database, cast.dora, cast.camille, cast.noor, called=CALLED)


def page_of(visit, who: str) -> str:
    answer = visit.as_(who).get("/ce-qui-vous-attend")
    page = answer.get_data(as_text=True)
    answer.close()  # what was shown is seen after the answer
    return page.split("<main")[1].split("</main>")[0]


def test_a_question_awaits_each_who_is_asked(visit, database: Database, cast: Cast, group) -> None:
    first = make_decision(database, cast.dora, group.id)
    path = f"/groupes-de-pairs/{group.public_id}/decisions/{first}"
    for who in ("camille", "noor"):
        page = page_of(visit, who)
        assert page.count(f'href="{path}"') == 1 and AWAITED in page, who
        assert not any(word in page for word in (CALLED, "Inès", "ines@exemple.fr", "Dora")), who
    for who in ("ana", "paul", "ines"):
        assert AWAITED not in page_of(visit, who) and group.public_id not in page_of(visit, who), who
    assert visit.as_("camille").send(path, {"reponse": "oui"}).status_code == 303
    assert AWAITED not in page_of(visit, "camille") and AWAITED in page_of(visit, "noor")


def test_one_line_for_each_question(visit, database: Database, cast: Cast, group) -> None:
    make_decision(database, cast.dora, group.id)
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.dora)
        leaving = Decision(group_id=group.id, kind=DecisionKind.VERSEMENT, rule=Rule.TOUS)
        ask(session, leaving, [cast.dora.id, cast.camille.id, cast.noor.id], who.user_id)
        session.commit()
    page = page_of(visit, "camille")
    assert page.count("/decisions/") == 2 and page.count("waiting-ask") == 2


def test_gone_when_its_date_has_come(app: Flask, visit, database: Database, cast: Cast, group) -> None:
    make_decision(database, cast.dora, group.id)
    days_pass(database, 15)
    assert AWAITED not in page_of(visit, "noor"), "before the clock says how it ended, too"
    tick(app)
    assert AWAITED not in page_of(visit, "noor")


def test_an_invitation_awaits_who_is_invited(visit, database: Database, cast: Cast, group) -> None:
    until = clock.now() + timedelta(days=14)
    with database.system("the members said yes", write=True) as session:
        session.add(JoinRequest(group_id=group.id, user_id=cast.ines.id, expires_at=until))
    page = page_of(visit, "ines")
    assert INVITED in page and f'href="/groupes-de-pairs/{group.public_id}/invitation"' in page
    assert not any(word in page for word in (CALLED, "Dora", "Camille"))
    assert INVITED not in page_of(visit, "paul")
    assert visit.as_("ines").send(f"/groupes-de-pairs/{group.public_id}/invitation", {"reponse": "non"}).status_code == 303
    assert INVITED not in page_of(visit, "ines")


def test_an_invitation_out_of_date_is_gone(visit, database: Database, cast: Cast, group) -> None:
    with database.system("some time ago", write=True) as session:
        session.add(JoinRequest(group_id=group.id, user_id=cast.ines.id, expires_at=clock.now() + timedelta(days=14)))
    assert INVITED in page_of(visit, "ines")
    days_pass(database, 15)
    assert INVITED not in page_of(visit, "ines")


def test_the_dot_says_that_somebody_waits(visit, database: Database, cast: Cast, group) -> None:
    """Until the page is opened: the question itself stays there."""
    client = visit.as_("dora")
    sent = client.send(f"{group.url}/inviter", {"name": "Paul Ferry", "email": "paul@exemple.fr"})
    assert sent.status_code == 303
    assert has_news(database, cast.camille) and not has_news(database, cast.dora) and not has_news(database, cast.ana)
    assert AWAITED in page_of(visit, "camille")
    assert not has_news(database, cast.camille)
    assert AWAITED in page_of(visit, "camille")


def test_the_one_group_opens_by_itself(visit, database: Database, cast: Cast, group) -> None:
    """As long as nothing else waits there; from inside, the list, a new group, invitations are one click away."""
    camille = visit.as_("camille")
    opened = camille.get("/groupes-de-pairs")
    assert (opened.status_code, opened.location) == (302, group.url)
    assert f'href="{group.url}"' in camille.get("/c/valombre/").get_data(as_text=True).split("<nav")[1]
    room = camille.get(group.url).get_data(as_text=True)
    assert 'href="/groupes-de-pairs/tous"' in room and 'href="/groupes-de-pairs/nouveau"' in room
    assert CALLED in camille.get("/groupes-de-pairs/tous").get_data(as_text=True)
    other = make_group(database, cast.paul, called="Un autre")
    with database.system("Camille is invited", write=True) as session:
        session.add(JoinRequest(group_id=other.id, user_id=cast.camille.id, expires_at=clock.now() + timedelta(days=14)))
    page = camille.get("/groupes-de-pairs")
    assert page.status_code == 200 and f"{other.url}/invitation" in page.get_data(as_text=True)
    assert visit.as_("bruno").get("/groupes-de-pairs").status_code == 200, "in no group: what they are, and how one begins"


def test_nobody_answers_for_another(database: Database, cast: Cast, group) -> None:
    """The ballots that a page looks at are those of its reader."""
    make_decision(database, cast.dora, group.id)
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.camille)
        assert {one.user_id for one in session.scalars(select(Ballot))} == {cast.camille.id}
