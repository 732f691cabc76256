"""A letter is composed some days before it leaves: what it says of questions is true on the day when it leaves."""

from datetime import UTC, datetime, timedelta

from rex.digests.models import Digest, Rubric
from rex.digests.publishing import publish
from rex.exchanges.models import Posture
from tests.digests.composed import asked_at, composed, items, letters, only, plain, read_by
from tests.making import make_exchange, make_group, make_recit

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = timedelta(days=1)


def leave(database) -> None:
    with database.system("a letter leaves", write=True) as session:
        publish(session, session.get(Digest, letters(database)[0].id), None)


def test_a_question_that_was_answered_meanwhile_is_out_and_the_other_waited_longer(database, cast, time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    made = make_recit(database, cast.camille)
    answered, waiting = (make_exchange(database, cast.jeanne, made.public_id, words) for words in ("Et alors ?", "Qui savait ?"))
    for asked in (answered, waiting):
        asked_at(database, asked, SUNDAY - 21 * DAY)
    letter = composed(database, cast.valombre_id) or ""
    assert len(items(read_by(database, cast.ana, letter), Rubric.UNANSWERED)) == 2
    make_exchange(database, cast.camille, made.public_id, "Nous avons prévenu l’école.", Posture.APPORT, parent=answered)
    time_machine.move_to(SUNDAY + 5 * DAY, tick=True)
    leave(database)
    one = only(read_by(database, cast.bruno, letter), Rubric.UNANSWERED)
    assert one.path.endswith(waiting)
    assert plain(one.why) == "sans réponse depuis 26 jours"


def test_in_a_group_too(database, cast, time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    group = make_group(database, cast.camille, cast.bruno)
    made = make_recit(database, cast.camille, group=group.id)
    asked = make_exchange(database, cast.bruno, made.public_id, "Et toi, qu’as-tu ressenti ?")
    asked_at(database, asked, SUNDAY + DAY)
    time_machine.move_to(SUNDAY + 20 * DAY, tick=True)
    letter = composed(database, group.id) or ""
    leave(database)
    page = read_by(database, cast.bruno, letter)
    assert plain(only(page, Rubric.UNANSWERED).why) == "sans réponse depuis 19 jours"
    assert page is not None and page.rubrics[0].label == "Ce qui s’est écrit"
