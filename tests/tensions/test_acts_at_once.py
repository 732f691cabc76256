"""Two people who act at once on the same tensions: one after the other, and the second is told; nothing lost, nothing double."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from rex.tensions import acts
from rex.tensions.acts import Refused
from rex.tensions.models import ActKind, TensionAct, TensionLink, TensionProposal
from tests.making import reader_of
from tests.tensions.making import acting, acts_of, apart, found, members, name, proposals, propose, take_back, tell


@pytest.fixture
def told(database, cast):
    return tell(database, cast.camille, cast.valombre_id, *(f"Le planning change, fois {rank}." for rank in range(6)))


@pytest.fixture
def at_once(database, cast):
    """Run acts of several people at once; what each raised, or None."""

    def run(*steps: Callable) -> list[Exception | None]:
        ready, raised = threading.Barrier(len(steps)), [None] * len(steps)

        def act(rank: int, step: Callable) -> None:
            with database.session(write=False) as looking:  # what the page showed, before anybody acts
                looking.reader = who[rank]
                seen = step(looking, who[rank], None)
            ready.wait(10)
            try:
                with database.session(write=True) as session:
                    session.reader = who[rank]
                    step(session, who[rank], seen)
                    session.commit()
            except Exception as error:
                raised[rank] = error

        with database.session(write=True) as session:
            people = (cast.ana, cast.ana)
            who = [reader_of(session, person) for person in people]
            session.commit()
        threads = [threading.Thread(target=act, args=(rank, step)) for rank, step in enumerate(steps)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads), "they wait for each other"
        return raised

    return run


def only_refused(raised):
    assert all(error is None or isinstance(error, Refused) for error in raised), raised


def linked_once(database):
    with database.system("every link") as session:
        return [tuple(row) for row in session.execute(select(TensionLink.difficulty_id, TensionLink.tension_id))]


def test_a_proposal_confirmed_by_two_is_named_once(database, cast, told, at_once):
    proposal_id = propose(database, cast.valombre_id, *told[:3])

    def confirm(session, reader, seen):
        if seen is None:
            return session.scalars(select(TensionProposal).where(TensionProposal.id == proposal_id)).one()
        return acts.name(session, reader, reader.seat(cast.valombre_id), "Le planning", "", [one.id for one in told[:3]], seen)

    raised = at_once(confirm, confirm)
    only_refused(raised)
    assert sorted(error is None for error in raised) == [False, True]
    assert [act.kind for act in acts_of(database)] == [ActKind.NAMED]
    assert len(linked_once(database)) == 3 and proposals(database) == {}


def test_merging_while_somebody_links_loses_no_difficulty(database, cast, told, at_once):
    into = name(database, cast.ana, cast.valombre_id, "Un", told[0])
    other = name(database, cast.ana, cast.valombre_id, "Deux", told[1])

    def merge(session, reader, seen):
        if seen is None:
            return found(session, reader, into), found(session, reader, other)
        return acts.merge(session, reader, *seen)

    def link(session, reader, seen):
        if seen is None:
            return found(session, reader, other)
        return acts.link(session, reader, seen, told[2].id)

    raised = at_once(merge, link)
    only_refused(raised)
    assert raised[0] is None
    there = {told[0].id, told[1].id} | ({told[2].id} if raised[1] is None else set())
    assert set(members(database, into)) == there and members(database, other) == []


def test_undoing_while_somebody_splits_ends_in_one_of_the_two(database, cast, told, at_once):
    tension = name(database, cast.ana, cast.valombre_id, "Un", *told[:4])
    with database.system("its naming") as session:
        named = session.scalars(select(TensionAct.id)).one()

    def undo(session, reader, seen):
        if seen is None:
            return session.scalars(select(TensionAct).where(TensionAct.id == named)).one()
        return acts.undo(session, reader, seen)

    def split(session, reader, seen):
        if seen is None:
            return found(session, reader, tension)
        return acts.split(session, reader, seen, [told[2].id, told[3].id], "Deux")

    raised = at_once(undo, split)
    only_refused(raised)
    assert sorted(error is None for error in raised) == [False, True]
    assert len(linked_once(database)) == (0 if raised[0] is None else 4)


def test_a_difficulty_put_in_two_tensions_at_once_is_in_one(database, cast, told, at_once):
    tensions = [name(database, cast.ana, cast.valombre_id, f"Nom {rank}", told[rank]) for rank in (0, 1)]

    def linking(tension):
        def link(session, reader, seen):
            return found(session, reader, tension) if seen is None else acts.link(session, reader, seen, told[5].id)

        return link

    raised = at_once(*(linking(tension) for tension in tensions))
    only_refused(raised)
    assert sorted(error is None for error in raised) == [False, True]
    assert sum(told[5].id in members(database, tension) for tension in tensions) == 1


def test_two_merges_the_other_way_round_leave_one_tension(database, cast, told, at_once):
    one = name(database, cast.ana, cast.valombre_id, "Un", told[0])
    two = name(database, cast.ana, cast.valombre_id, "Deux", told[1])

    def merging(into, other):
        def merge(session, reader, seen):
            if seen is None:
                return found(session, reader, into), found(session, reader, other)
            return acts.merge(session, reader, *seen)

        return merge

    raised = at_once(merging(one, two), merging(two, one))
    only_refused(raised)
    assert sorted(error is None for error in raised) == [False, True]
    assert {len(members(database, one)), len(members(database, two))} == {0, 2}


def test_setting_aside_while_somebody_names_ends_in_one_of_the_two(database, cast, told, at_once):
    proposal_id = propose(database, cast.valombre_id, *told[:3])

    def look(session):
        return session.scalars(select(TensionProposal).where(TensionProposal.id == proposal_id)).one()

    def confirm(session, reader, seen):
        seat = reader.seat(cast.valombre_id)
        return look(session) if seen is None else acts.name(session, reader, seat, "Un", "", [one.id for one in told[:3]], seen)

    def set_aside(session, reader, seen):
        return look(session) if seen is None else acts.set_aside(session, reader, seen)

    raised = at_once(confirm, set_aside)
    only_refused(raised)
    assert sorted(error is None for error in raised) == [False, True]
    assert bool(linked_once(database)) is not bool(apart(database))


def test_taking_back_while_somebody_names_waits_for_nobody_for_ever(database, cast, told, at_once):
    propose(database, cast.valombre_id, *told[:3])
    raised = []

    def withdraw():
        try:
            take_back(database, cast.camille, cast.valombre_id, told[0])
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=withdraw)
    thread.start()
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        try:
            acts.name(session, reader, seat, "Un", "", [one.id for one in told[:3]])
        except Refused:
            session.rollback()
    thread.join(60)
    assert not thread.is_alive() and raised == []
    assert proposals(database) == {}
