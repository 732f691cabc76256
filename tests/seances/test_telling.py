"""Who hears of a séance of a group, once, without a word of it; and where their list of groups says the next one."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import TimeMachineFixture

from rex import clock
from rex.db import Database
from rex.mail import Outbox
from tests.cast import Cast
from tests.conftest import Visit
from tests.hours import SUNDAY, next_morning
from tests.making import MadeGroup, make_group
from tests.peer_groups.groups import mails, tick, to_whom
from tests.seances.meeting import THEME, make_seance, set_back

CALLED = "Le mardi soir"


@pytest.fixture
def group(database: Database, cast: Cast) -> MadeGroup:
    return make_group(database, cast.camille, cast.bruno, cast.dora, called=CALLED)


def typed(starts_at: str, **more: str) -> dict[str, str]:
    return {"theme": THEME, "jour": starts_at, "heure": "9:30", "duree": "120", "lieu": "Au Lavoir", **more}


def day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def test_the_others_hear_that_it_is_set_moved_and_called_off(
    visit: Visit, cast: Cast, database: Database, group: MadeGroup
) -> None:
    client = visit.as_("camille")
    leader = cast.camille.public_id
    answer = client.send(f"{group.url}/seances/nouvelle", typed(day(8), animation=leader))
    assert answer.status_code == 303, answer.get_data(as_text=True)[-900:]
    assert to_whom(database, cast) == ["bruno", "dora"]
    for letter in mails(database):
        said = "".join(str(value) for value in letter.values())
        assert letter["subject"] == "Du nouveau dans un de vos groupes"
        assert CALLED not in said and THEME not in said and "Camille" not in said
    url = answer.location
    assert client.send(f"{url}/modifier", typed(day(8), animation=leader, ordre="Un café.")).status_code == 303
    assert len(mails(database)) == 2, "neither its hour nor its place changed"
    assert client.send(f"{url}/modifier", typed(day(9), animation=leader)).status_code == 303
    assert len(mails(database)) == 4
    assert client.send(f"{url}/annuler").status_code == 303
    assert to_whom(database, cast) == ["bruno"] * 3 + ["dora"] * 3


def test_all_are_reminded_once_the_day_before(app: Flask, cast: Cast, database: Database, group: MadeGroup) -> None:
    made = make_seance(database, cast.camille, group.public_id, starts_in=timedelta(hours=23))
    tick(app)
    assert mails(database) == [], "set today, it was told today"
    set_back(database, made, created_at=clock.now() - timedelta(days=3))
    tick(app)
    tick(app)
    kept = outbox_keys(database)
    assert len(kept) == 3


def test_a_seance_called_off_or_of_a_collectif_reminds_nobody(
    app: Flask, cast: Cast, database: Database, group: MadeGroup, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(next_morning(SUNDAY), tick=True)  # on a weekday, the day's grouped mail would tell the open one
    ago = clock.now() - timedelta(days=3)
    called_off = make_seance(database, cast.camille, group.public_id, starts_in=timedelta(hours=20))
    set_back(database, called_off, created_at=ago, cancelled_at=ago)
    far = make_seance(database, cast.camille, group.public_id, starts_in=timedelta(hours=40))
    set_back(database, far, created_at=ago)
    open_one = make_seance(database, cast.ana, starts_in=timedelta(hours=20))
    set_back(database, open_one, created_at=ago)
    tick(app)
    assert outbox_keys(database) == []


def test_the_list_of_groups_says_the_next_one(visit: Visit, cast: Cast, database: Database, group: MadeGroup) -> None:
    later = make_seance(database, cast.camille, group.public_id, starts_in=timedelta(days=30))
    sooner = make_seance(database, cast.camille, group.public_id, starts_in=timedelta(days=3))
    page = visit.as_("bruno").get("/groupes-de-pairs/tous").get_data(as_text=True)
    assert f'href="{sooner.url}"' in page and "Prochaine séance" in page
    assert later.public_id not in page and THEME not in page
    assert "Prochaine séance" not in visit.as_("paul").get("/groupes-de-pairs").get_data(as_text=True)


def outbox_keys(database: Database) -> list[str]:
    """One for each mail ever written, sent since or not."""
    with database.system("every mail that was written") as session:
        return list(session.scalars(select(Outbox.key_hash)))
