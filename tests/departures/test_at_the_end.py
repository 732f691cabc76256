"""A departure that is not committed takes no file away; of two who look after a journal and go at once, one stays."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership, Role
from rex.departures import ending, leaving
from rex.departures.chosen import Chosen
from rex.departures.erasing import erase_account
from rex.departures.models import AccountEnding
from rex.documents import waiting
from tests.departures.test_deleting import STAYS, asks, is_gone
from tests.documents.making import make_import
from tests.making import reader_of


class Wrong(Exception):
    """What happens before the end."""


def imports_of(database, person) -> int:
    with database.system("what waits") as session:
        folder = waiting.folder_of(session)
        return sum(path.name.startswith(person.public_id) for path in folder.iterdir())


def leaves(database, person):
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        seat = reader.in_collectif("valombre")
        assert seat is not None
        assert leaving.leave(session, reader, seat)
        yield
        session.commit()


def goes(database, person):
    with database.system("an account ends", write=True) as session:
        erase_account(session, person.id, Chosen())
        yield


@pytest.mark.parametrize("act", [leaves, goes])
def test_what_waits_goes_once_it_is_done(database, cast, act):
    make_import(database, cast.camille)
    with pytest.raises(Wrong):
        act_on = act(database, cast.camille)
        next(act_on)
        act_on.throw(Wrong())
    assert imports_of(database, cast.camille) == 1, "it was rolled back"
    for _ in act(database, cast.camille):
        assert imports_of(database, cast.camille) == 1, "it is not done yet"
    assert imports_of(database, cast.camille) == 0


def test_of_two_who_animate_and_go_at_once_one_stays(database, cast, visit):
    with database.system("Dora animates too", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.dora.id).values(role=Role.ANIMATEUR))
    for who in ("ana", "dora"):
        asks(visit.as_(who), STAYS)
    ended: list[bool] = []

    def second() -> None:
        with database.system("an account ends", write=True) as session:
            done = ending.end_one(session, cast.dora.id)
            ended.append(done is not None and done[1])

    with database.system("seven days pass", write=True) as session:
        session.execute(update(AccountEnding).values(due_at=clock.now() - timedelta(minutes=1)))
    other = threading.Thread(target=second)
    with database.system("an account ends", write=True) as session:
        assert ending.end_one(session, cast.ana.id) == (cast.ana.address, True)
        other.start()
        other.join(timeout=1)
        assert ended == [], "it waits for the first"
    other.join(timeout=30)
    assert ended == [False]
    assert is_gone(database, cast.ana)
    assert not is_gone(database, cast.dora)
