"""A yes that the words outran is asked for again, and silence is counted from there; who withdraws lifts what waited."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from rex import clock
from rex.db import Database
from rex.journal.models import PublicationRequest
from rex.journal.moments import What
from rex.notices.composing import compose_due
from tests.cast import Cast
from tests.conftest import Visit
from tests.journal.test_consents import asks, put, together  # noqa: F401 (a fixture)
from tests.making import make_recit
from tests.notices.letters import tick
from tests.notices.telling import kept

A_WEEK = timedelta(days=7, minutes=1)


def test_who_answered_is_not_silent_because_the_words_changed(visit: Visit, together: str) -> None:  # noqa: F811
    asks(visit, together)
    put(visit.as_("camille"), together, "faits", "La place était vide, ce matin-là.")
    visit.as_("bruno").send(f"/recits/{together}/accord/retrait")
    asks(visit, together)
    with time_machine.travel(clock.now() + A_WEEK, tick=True):
        put(visit.as_("camille"), together, "contexte", "Un samedi.")
        assert visit.as_("camille").send(f"/recits/{together}/accord/sans-reponse").status_code == 303, "Bruno said nothing"


def test_a_yes_lost_to_new_words_gives_seven_days_again(visit: Visit, database: Database, cast: Cast) -> None:
    made = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno, cast.dora))
    path = made.url
    visit.as_("camille").send(f"{path}/publication", {"publier": "collectif"})
    visit.as_("bruno").send(f"{path}/accord")
    with time_machine.travel(clock.now() + A_WEEK, tick=True):
        put(visit.as_("camille"), made.public_id, "faits", "Tout autre chose.")
        assert visit.as_("camille").send(f"{path}/accord/sans-reponse").status_code == 403
        assert visit.as_("jeanne").get(path).status_code == 404
        with time_machine.travel(clock.now() + A_WEEK, tick=True):
            assert visit.as_("camille").send(f"{path}/accord/sans-reponse").status_code == 303


def test_who_said_yes_is_told_that_it_is_asked_again(visit: Visit, database: Database, cast: Cast, together: str) -> None:  # noqa: F811
    asks(visit, together)
    compose_due(database, visit.app.extensions["rex"].config)
    put(visit.as_("bruno"), together, "appris", "Prévenir avant, et demander.")  # Camille's yes was for other words
    (notice,) = kept(database, cast.camille)
    assert notice.what is What.CONSENT_ASKED
    page = visit.as_("camille").get("/ce-qui-vous-attend").get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Votre accord est attendu de nouveau : le récit que vous proposez de publier a changé" in page
    letter = next(letter for letter in tick(visit.app) if letter.to == "camille@exemple.fr")
    assert "Camille Roy propose" not in letter.text and "de nouveau" in letter.text


def test_withdrawing_lifts_the_request_to_widen(visit: Visit, database: Database, together: str) -> None:  # noqa: F811
    asks(visit, together)
    visit.as_("bruno").send(f"/recits/{together}/accord")
    asks(visit, together, "reseau")
    visit.as_("bruno").send(f"/recits/{together}/retrait")
    with database.system("does a request wait") as session:
        assert session.scalars(select(PublicationRequest.entry_id)).all() == []
    with time_machine.travel(clock.now() + A_WEEK, tick=True):
        assert visit.as_("camille").send(f"/recits/{together}/accord/sans-reponse").status_code == 403
        assert visit.as_("ines").get(f"/recits/{together}").status_code == 404
