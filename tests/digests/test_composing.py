"""A letter composes itself once, at its hour, on one machine of several."""

from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask

from rex import clock
from rex.digests import composing
from rex.digests.composing import compose_due, compose_once
from rex.digests.models import Digest, DigestState, Rhythm, Rubric
from tests.cast import Cast
from tests.digests.composed import composed, items, letters, published, read_by, set_rhythm
from tests.house.test_concurrency import at_once
from tests.making import make_recit

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_sunday(time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    return time_machine


@pytest.fixture
def config(app: Flask):
    return app.extensions["rex"].config


def test_it_is_composed_some_days_before_it_leaves_and_once(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille)
    assert compose_due(database, config) == 0
    on_sunday.move_to(datetime(2026, 11, 25, 7, 0, 30, tzinfo=UTC))
    assert compose_due(database, config) == 1
    assert compose_due(database, config) == 0
    made = letters(database)[0]
    assert (made.since, made.until) == (SUNDAY - DAY, datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert (made.due_at, made.state) == (datetime(2026, 11, 27, 7, tzinfo=UTC), DigestState.TO_EDIT)


def test_what_is_told_after_it_was_composed_is_for_the_next_one(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille, "Avant")
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    compose_due(database, config)
    make_recit(database, cast.bruno, "Après")
    published(database, letters(database)[0].public_id, datetime(2026, 11, 27, 7, tzinfo=UTC))
    on_sunday.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    assert compose_due(database, config) == 1
    first, second = letters(database)
    assert second.since == first.until
    assert [item.title for item in items(read_by(database, cast.ana, second.public_id), Rubric.RECITS)] == ["Après"]


def test_an_hour_that_had_nothing_to_tell_is_looked_at_once(database, cast: Cast, config, on_sunday, count_statements):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert compose_due(database, config) == 0
    with count_statements() as seen:
        assert compose_due(database, config) == 0
    assert len(seen) == 1
    assert letters(database) == []


def test_two_machines_at_once_make_one_letter(database, cast: Cast, config, on_sunday, monkeypatch):
    """The other one composes while this one reads: it writes nothing then."""
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille)
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    plan_of, made = composing.plan_of, []

    def slow(*args, **values):
        plan = plan_of(*args, **values)
        if not made:
            made.append(True)
            assert compose_due(database, config) == 1
        return plan

    monkeypatch.setattr(composing, "plan_of", slow)
    assert compose_due(database, config) == 0
    assert len(letters(database)) == 1


def test_a_letter_that_cannot_be_composed_holds_no_other_back(database, cast: Cast, config, on_sunday, monkeypatch, caplog):
    for space_id in (cast.valombre_id, cast.orbe_id):
        set_rhythm(database, space_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.ines, collectif="orbe")
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    plan_of = composing.plan_of

    def broken(session, space_id, *args, **values):
        if space_id == cast.valombre_id:
            raise RuntimeError("a fault of the program")
        return plan_of(session, space_id, *args, **values)

    monkeypatch.setattr(composing, "plan_of", broken)
    assert compose_due(database, config) == 1
    assert [one.collectif_id for one in letters(database)] == [cast.orbe_id]
    assert "could not be composed" in caplog.text


def test_after_a_long_silence_of_the_machine_one_letter_tells_it_all(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille)
    on_sunday.move_to(SUNDAY + 45 * DAY)  # a Wednesday evening: the letter of Friday is to be composed
    assert compose_due(database, config) == 1
    made = letters(database)[0]
    assert made.since == SUNDAY - DAY and made.due_at == datetime(2027, 1, 8, 7, tzinfo=UTC)


def test_one_that_is_too_late_to_leave_is_told_by_the_next(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille)
    on_sunday.move_to(datetime(2026, 11, 30, 12, tzinfo=UTC))  # three days after Friday
    assert compose_due(database, config) == 0
    on_sunday.move_to(datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert compose_due(database, config) == 1
    assert letters(database)[0].since == SUNDAY - DAY


def test_a_letter_that_nobody_read_again_gives_way_to_the_next(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille, "Première semaine")
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    compose_due(database, config)
    on_sunday.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    make_recit(database, cast.jeanne, "Deuxième semaine")
    on_sunday.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    compose_due(database, config)
    first, second = letters(database)
    assert (first.state, second.state) == (DigestState.DROPPED, DigestState.TO_EDIT)
    assert second.since == SUNDAY - DAY
    titles = {item.title for item in items(read_by(database, cast.ana, second.public_id), Rubric.RECITS)}
    assert titles == {"Première semaine", "Deuxième semaine"}


def test_one_that_somebody_touched_stays(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille, "Première semaine")
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    compose_due(database, config)
    with database.system("an animateur writes", write=True) as session:
        session.get(Digest, letters(database)[0].id).edited_at = clock.now()
    on_sunday.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    make_recit(database, cast.jeanne, "Deuxième semaine")
    on_sunday.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    compose_due(database, config)
    assert [one.state for one in letters(database)] == [DigestState.TO_EDIT, DigestState.TO_EDIT]


def test_composed_early_by_somebody_it_is_the_letter_of_the_next_hour(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille)
    assert composed(database, cast.valombre_id)
    assert letters(database)[0].due_at == datetime(2026, 11, 27, 7, tzinfo=UTC)
    make_recit(database, cast.bruno, "Encore")
    on_sunday.move_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert compose_due(database, config) == 0
    assert len(letters(database)) == 1


def test_no_rhythm_no_letter(database, cast: Cast, config, on_sunday):
    set_rhythm(database, cast.valombre_id, Rhythm.NEVER, set_at=SUNDAY - DAY)
    make_recit(database, cast.camille)
    on_sunday.move_to(SUNDAY + 400 * DAY)
    assert compose_due(database, config) == 0


def test_without_a_rhythm_it_is_to_leave_at_a_round_hour(database, cast: Cast):
    make_recit(database, cast.camille)
    composed(database, cast.valombre_id)
    assert letters(database)[0].due_at == datetime(2026, 11, 24, 7, tzinfo=UTC)  # 8 h in Paris


def test_two_people_who_ask_at_once_make_one_letter(database, cast: Cast):
    make_recit(database, cast.camille)
    ready = Barrier(3)

    def ask() -> int | None:
        with database.system("somebody presses the button", write=True) as session:
            if not database.is_sqlite:  # there, who writes waits for who writes already
                ready.wait()
            made = compose_once(session, cast.valombre_id)
            return made.id if made else None

    assert len(set(at_once([ask] * 3))) == 1 and len(letters(database)) == 1
