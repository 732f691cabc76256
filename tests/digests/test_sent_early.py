"""A letter that somebody sends before its hour: what becomes of the hour, and that the page says what would be composed."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask

from rex import clock
from rex.digests import composing, proof_views
from rex.digests.composing import compose_due
from rex.digests.models import DigestState, Rhythm
from rex.digests.planning import Plan
from tests.cast import Cast
from tests.digests.composed import composed, letters, set_rhythm
from tests.digests.letters import make_letter
from tests.digests.test_letter_pages import ARCHIVE, words
from tests.making import make_recit

SET = datetime(2026, 11, 1, tzinfo=UTC)
DECEMBER, JANUARY = datetime(2026, 12, 4, 7, tzinfo=UTC), datetime(2027, 1, 1, 7, tzinfo=UTC)
SAID = {DECEMBER: "partira vendredi 4 décembre à 8 h", JANUARY: "partira vendredi 1er janvier 2027 à 8 h"}


def sent(visit, database) -> None:
    """The last letter, by Ana."""
    last = letters(database)[-1]
    url = f"/lettres/{last.public_id}/envoi"
    assert visit.as_("ana").send(url, {"version": str(last.version), "idempotency_key": last.public_id}).status_code == 303
    assert letters(database)[-1].state is DigestState.PUBLISHED


@pytest.mark.parametrize(("day", "coming"), [(23, DECEMBER), (26, DECEMBER), (28, JANUARY), (30, JANUARY)])
def test_well_ahead_its_hour_stays_and_the_page_says_what_is_composed(visit, database, cast: Cast, time_machine, day, coming):
    time_machine.move_to(datetime(2026, 11, day, 9, tzinfo=UTC))
    set_rhythm(database, cast.valombre_id, Rhythm.MONTHLY, set_at=SET)
    make_recit(database, cast.camille)
    composed(database, cast.valombre_id)
    assert letters(database)[0].due_at == DECEMBER
    sent(visit, database)
    for who in ("ana", "bruno"):
        assert SAID[coming] in words(visit.as_(who).get(ARCHIVE))
    make_recit(database, cast.jeanne, "Depuis")
    visit.as_("ana").send(f"{ARCHIVE}composer")
    assert [one.due_at for one in letters(database)] == [DECEMBER, coming]


def test_the_hour_that_stays_has_its_letter(app: Flask, visit, database, cast: Cast, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    set_rhythm(database, cast.valombre_id, Rhythm.MONTHLY, set_at=SET)
    make_recit(database, cast.camille)
    composed(database, cast.valombre_id)
    sent(visit, database)
    make_recit(database, cast.jeanne, "Depuis")
    config = app.extensions["rex"].config
    assert compose_due(database, config) == 0
    time_machine.move_to(datetime(2026, 11, 29, 9, tzinfo=UTC))
    assert compose_due(database, config) == 1
    assert letters(database)[-1].due_at == DECEMBER


def test_an_hour_whose_letter_is_not_to_leave_has_none(visit, database, cast: Cast, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    set_rhythm(database, cast.valombre_id, Rhythm.MONTHLY, set_at=SET)
    make_recit(database, cast.camille)
    composed(database, cast.valombre_id)
    assert SAID[DECEMBER] in words(visit.as_("bruno").get(ARCHIVE))
    visit.as_("ana").send(f"/lettres/{letters(database)[0].public_id}/abandon")
    assert SAID[JANUARY] in words(visit.as_("ana").get(ARCHIVE))
    visit.as_("ana").send(f"{ARCHIVE}composer")
    assert letters(database)[-1].due_at == JANUARY


def test_who_sends_and_who_composes_hold_things_in_the_same_order(visit, database, cast: Cast, monkeypatch):
    letter, waiting = make_letter(database, cast), []

    def compose() -> None:
        with database.system("the next letter", write=True) as session:
            composing._hold(session, cast.valombre_id)
            now = clock.now()
            composing.write(session, Plan(cast.valombre_id, now, now, now, [], replaces=letter.id))

    def compose_meanwhile(_digest: object) -> bool:
        waiting.append(pool.submit(compose))
        time.sleep(0.3)
        return False

    monkeypatch.setattr(proof_views, "_is_stale", compose_meanwhile)
    with ThreadPoolExecutor(1) as pool:
        answer = visit.as_("ana").send(f"{letter.url}/envoi", {"idempotency_key": "one"})
        assert (answer.status_code, waiting[0].result(timeout=60)) == (303, None)
    assert [one.state for one in letters(database)] == [DigestState.PUBLISHED, DigestState.TO_EDIT]
