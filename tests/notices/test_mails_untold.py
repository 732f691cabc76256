"""A mail that waits in the outbox names no entry that was taken back meanwhile, even to its authors."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from rex import clock, mail
from rex.journal.models import Entry
from rex.journal.moment_models import What
from rex.notices.composing import compose_due
from tests.making import make_recit
from tests.notices.letters import tick
from tests.notices.telling import tell

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.mark.parametrize(
    "gone", [{"published_at": None, "audience": None, "title": ""}, {"suspended_at": clock.now()}], ids=["withdrawn", "suspended"]
)
def test_its_author_is_written_to_without_the_title(app, database, cast, gone):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    tell(database, cast.bruno, What.ECHO, made.id, [cast.camille])
    assert compose_due(database, app.extensions["rex"].config) == 1
    with database.system("it is taken back", write=True) as session:
        session.execute(update(Entry).values(**gone).execution_options(synchronize_session=False))
    letters = tick(app) + tick(app)  # the first is let go, and written anew
    assert len(letters) == 1
    assert "marché" not in letters[0].message.as_string() and "Un récit en préparation" in letters[0].text


def test_what_is_told_still_leaves_at_once(app, database, cast):
    made = make_recit(database, cast.camille, "Le marché déplacé")
    tell(database, cast.bruno, What.ECHO, made.id, [cast.camille])
    compose_due(database, app.extensions["rex"].config)
    assert mail.send_waiting(database, app.extensions["rex"].config) == 1
