"""The letter of a group: of the room alone, and for each member what they read of it themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from rex import clock
from rex.collectifs.group_models import PeerGroup
from rex.digests.composing import compose_due
from rex.digests.models import Rhythm, Rubric
from rex.journal.models import Stance
from rex.peer_groups.creating import seat as seat_in_group
from tests.cast import Cast
from tests.digests.composed import composed, items, letters, only, published, quotes, read_by, set_rhythm
from tests.exchanges.acting import take_back
from tests.making import make_group, make_recit
from tests.tensions.making import tell_one

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_sunday(time_machine):
    time_machine.move_to(SUNDAY, tick=True)
    return time_machine


@pytest.fixture
def config(app: Flask):
    return app.extensions["rex"].config


def test_a_group_has_its_own_letter_of_the_room_alone(database, cast: Cast, config, on_sunday):
    group = make_group(database, cast.camille, cast.bruno)
    make_recit(database, cast.camille, "Dit entre nous", {"faits": "Nous avions peur de le dire."}, group=group.id)
    make_recit(database, cast.dora, "Dit devant tous")
    tell_one(database, cast.bruno, group.id, "Je ne sais plus comment répondre au conseil. Je me tais, et je rentre tard.")
    set_rhythm(database, group.id, Rhythm.WEEKLY, set_at=SUNDAY - DAY)
    on_sunday.move_to(datetime(2026, 11, 27, 6, 59, tzinfo=UTC))
    assert compose_due(database, config) == 0
    on_sunday.move_to(datetime(2026, 11, 27, 7, 0, 10, tzinfo=UTC))
    assert compose_due(database, config) == 1
    letter = letters(database)[0]
    published(database, letter.public_id, clock.now())
    page = read_by(database, cast.bruno, letter.public_id)
    titles = {item.title for item in items(page, Rubric.RECITS)}
    assert titles == {"Dit entre nous", "Je ne sais plus comment répondre au conseil."}
    said = next(item for item in items(page, Rubric.RECITS) if item.title.startswith("Je ne sais"))
    assert [quote.words for quote in said.quotes] == ["Je me tais, et je rentre tard."], "its first words are its title"
    assert read_by(database, cast.dora, letter.public_id) is None
    assert read_by(database, cast.ana, letter.public_id) is None


def test_who_came_since_reads_nothing_of_before_in_the_letter(database, cast: Cast, config, on_sunday):
    group = make_group(database, cast.camille, cast.bruno)
    said, of = {"faits": "Nous étions deux à le savoir."}, {"C1": Stance.NUANCE}
    old = make_recit(database, cast.camille, "Avant son arrivée", said, group=group.id, balises=of)
    on_sunday.move_to(SUNDAY + 2 * DAY)
    with database.system("somebody comes", write=True) as session:
        seat_in_group(session, session.get(PeerGroup, group.id), cast.dora.id)
    make_recit(database, cast.bruno, "Depuis", {"faits": "Nous sommes trois."}, group=group.id)
    on_sunday.move_to(SUNDAY + 3 * DAY)
    letter = composed(database, group.id) or ""
    published(database, letter, clock.now())
    assert {item.title for item in items(read_by(database, cast.bruno, letter), Rubric.RECITS)} == {"Avant son arrivée", "Depuis"}
    assert only(read_by(database, cast.bruno, letter), Rubric.THEORY).why == "le groupe en parle"
    page = read_by(database, cast.dora, letter)
    assert items(page, Rubric.THEORY) == [], "nor that something spoke of a balise"
    assert [item.title for item in items(page, Rubric.RECITS)] == ["Depuis"]
    take_back(database, cast.camille, old)
    assert [item.title for item in items(read_by(database, cast.dora, letter), Rubric.RECITS)] == ["Depuis"]
    assert sorted(quote.sealed is not None for quote in quotes(database)) == [False, True, True]


def test_two_recits_of_an_action_do_not_say_to_who_came_since_that_there_was_another(database, cast: Cast, on_sunday):
    group = make_group(database, cast.camille, cast.bruno)
    old = make_recit(database, cast.camille, "Avant", {"faits": "Nous étions deux à le savoir."}, group=group.id)
    on_sunday.move_to(SUNDAY + 2 * DAY)
    with database.system("somebody comes", write=True) as session:
        seat_in_group(session, session.get(PeerGroup, group.id), cast.dora.id)
    said = {"faits": "Nous sommes trois à le savoir."}
    make_recit(database, cast.bruno, "Depuis", said, group=group.id, action=old.action_public_id)
    on_sunday.move_to(SUNDAY + 3 * DAY)
    letter = composed(database, group.id) or ""
    published(database, letter, clock.now())
    one = only(read_by(database, cast.dora, letter), Rubric.RECITS)
    assert "récits" not in one.why and "action" not in one.why and [quote.words for quote in one.quotes] == [said["faits"]]
