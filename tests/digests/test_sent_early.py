"""A letter that somebody sends before its hour: what becomes of the hour, and that the page says what would be composed."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from rex.digests.composing import compose_due
from rex.digests.models import DigestState, Rhythm
from tests.cast import Cast
from tests.digests.composed import composed, letters, set_rhythm
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
