"""Periodic work: done once when two machines tick at once, by somebody else when its holder died, whatever one chore does."""

import threading
from datetime import timedelta

from sqlalchemy import select

from rex import chores, clock, ticker
from rex.config import config_from
from rex.journal.models import Entry
from rex.ticker import Chore, Lease, tick
from tests.house.test_concurrency import at_once
from tests.making import make_recit


def leases(database) -> dict[str, Lease]:
    with database.system("look") as session:
        return {lease.name: lease for lease in session.scalars(select(Lease))}


def test_two_ticks_at_once_do_a_chore_once(database):
    """The chore lasts as long as the other tick needs to be refused."""
    done, refused = [], threading.Event()

    def chore() -> None:
        done.append(threading.get_ident())
        refused.wait(20)

    def one() -> list[str]:
        found = tick(database, [Chore("courrier", chore)])
        refused.set()
        return found

    for _ in range(2):  # the first time the lease's row does not exist yet
        done.clear()
        refused.clear()
        answers = at_once([one, one])
        assert len(done) == 1, "the chore was done twice"
        assert sorted(map(str, answers)) == ["['courrier']", "[]"], answers


def test_a_chore_is_done_again_at_the_next_tick(database):
    done: list[int] = []
    for number in range(3):
        assert tick(database, [Chore("courrier", lambda n=number: done.append(n))]) == ["courrier"]
    assert done == [0, 1, 2] and leases(database)["courrier"].until is None


def test_the_lease_of_a_dead_holder_ends(database, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    assert ticker._take(database, "courrier", "mort")
    done: list[int] = []
    chore = [Chore("courrier", lambda: done.append(1))]
    time_machine.shift(ticker.LEASE - timedelta(seconds=1))
    assert tick(database, chore) == [] and done == []
    time_machine.shift(timedelta(seconds=2))
    assert tick(database, chore) == ["courrier"] and done == [1]


def test_a_holder_whose_lease_was_taken_over_does_not_give_back_another_s(database, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    assert ticker._take(database, "courrier", "lent")
    time_machine.shift(ticker.LEASE + timedelta(seconds=1))
    assert ticker._take(database, "courrier", "vif")
    ticker._give_back(database, "courrier", "lent")
    assert leases(database)["courrier"].holder == "vif" and leases(database)["courrier"].until is not None


def test_a_chore_that_fails_stops_neither_the_others_nor_its_next_time(database, caplog):
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("pas aujourd’hui")

    assert tick(database, [Chore("casse", fail), Chore("suite", lambda: done.append("suite"))]) == ["suite"]
    assert done == ["suite"] and leases(database)["casse"].until is None
    assert "chore casse failed" in caplog.text


def test_the_thread_goes_on_after_a_missed_beat(caplog):
    beats = threading.Semaphore(0)

    def beat() -> None:
        beats.release()
        raise RuntimeError("manqué")

    stop = ticker.start(beat, every=0.01)
    assert beats.acquire(timeout=10) and beats.acquire(timeout=10), "one failure stopped the thread"
    stop.set()
    assert "the ticker missed a beat" in caplog.text


def test_all_the_chores_run_on_this_engine(database, settings, cast, caplog):
    """Nothing to do, then something: no chore fails."""
    make_recit(database, cast.camille)
    config = config_from(settings)
    names = [chore.name for chore in chores.chores_of(database, config)]
    assert chores.do_all(database, config) == names, caplog.text
    assert chores.do_all_and_say(database, config) == [], caplog.text
    assert len(set(names)) == len(names), "two chores with one name would share a lease"


def test_an_untouched_draft_goes_after_a_week(visit, database, settings, cast, time_machine):
    """And only that: what was written in stays."""
    time_machine.move_to(clock.now(), tick=False)
    kept = make_recit(database, cast.camille, audience=None)
    visit.as_("bruno").send("/recits/nouveau", page="/compte")
    config = config_from(settings)
    time_machine.shift(timedelta(days=6))
    chores.do_all(database, config)
    assert len(ids(database)) == 2
    time_machine.shift(timedelta(days=2))
    chores.do_all(database, config)
    assert ids(database) == [kept.id]


def ids(database) -> list[int]:
    with database.system("look") as session:
        return list(session.scalars(select(Entry.id).order_by(Entry.id)))
