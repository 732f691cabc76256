"""The stored computation: what it proposes, once; what people did and take back; what happens meanwhile, or when it is killed."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from rex import chores, clock
from rex.journal import difficulties
from rex.journal.deleting import ask_deletion
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience, Entry
from rex.reports.actions import suspend
from rex.reports.models import Report
from rex.reports.queries import find_text
from rex.tensions import acts, computing, computing_apart, own_ideas
from rex.tensions.computing import compute, compute_due
from rex.tensions.computing_groups import found_among
from rex.tensions.computing_reading import read
from rex.tensions.computing_reasons import Why
from rex.tensions.models import State, TensionGrouping, TensionProposal
from rex.ticker import Lease
from tests.house.source import ROOT
from tests.making import make_group, make_report
from tests.tensions.making import (
    Made,
    acting,
    apart,
    found,
    members,
    name,
    proposals,
    propose,
    take_back,
    tell,
    tell_again,
    tell_one,
)
from tests.tensions.notes import development

SAME = (
    "Les agents du guichet sont épuisés, on tourne en sous-effectif depuis des mois.",
    "Au guichet nous sommes épuisés : le sous-effectif dure depuis des mois.",
    "Guichet en sous-effectif depuis des mois, les agents sont épuisés.",
)


def notes(number, *, without=()):
    """Difficulties that look like none of `SAME`."""
    told = [note["text"] for note in development()[0] if "guichet" not in note["text"].lower()]
    return [text for text in told if text not in without][:number]


@pytest.fixture
def journal(database, cast):
    """Twenty difficulties, three of which say the same, by several people."""
    same = [
        tell_one(database, person, cast.valombre_id, words, balises=["E5"])
        for person, words in zip((cast.camille, cast.dora, cast.paul), SAME, strict=True)
    ]
    tell(database, cast.bruno, cast.valombre_id, *notes(17))
    return same


def of_same(database, same):
    """The proposal that holds them, with its items."""
    ids = {one.id for one in same}
    return next(((key, items) for key, (_, items) in proposals(database).items() if ids <= set(items)), None)


def stored(database, collectif_id):
    with database.system("what was computed") as session:
        return session.scalars(select(TensionGrouping).where(TensionGrouping.collectif_id == collectif_id)).first()


# How many it takes


@pytest.mark.parametrize("number", [19, 20, 21])
def test_nothing_is_grouped_under_twenty(database, cast, number):
    told = [
        tell_one(database, person, cast.valombre_id, text)
        for person, text in zip((cast.camille, cast.dora, cast.paul), SAME, strict=True)
    ]
    tell(database, cast.bruno, cast.valombre_id, *notes(number - 3))
    assert compute(database, cast.valombre_id)
    row = stored(database, cast.valombre_id)
    assert row is not None and row.difficulties == number
    found_here = [items for _, items in proposals(database).values()]
    assert found_here != []
    if number < 20:
        assert {len(items) for items in found_here} == {2}, "pairs, as questions"
    else:
        assert {one.id for one in told} <= set(found_here[0]), "what comes back first"


def test_an_empty_journal_computes_nothing(database, cast):
    assert compute(database, cast.valombre_id) is False
    assert stored(database, cast.valombre_id) is None


def test_one_difficulty_is_no_pair(database, cast):
    tell_one(database, cast.camille, cast.valombre_id, SAME[0])
    assert compute(database, cast.valombre_id) is True
    assert proposals(database) == {}


def test_what_recurs_comes_first_with_its_reasons(database, cast, journal):
    compute(database, cast.valombre_id)
    with database.system("the first proposal") as session:
        first = session.scalars(select(TensionProposal).order_by(TensionProposal.position)).first()
    assert first is not None and first.is_recurring and first.strength in ("fort", "moyen")
    why = Why.kept(first.reasons)
    assert {one.what for one in why.words} & {"guichet", "épuisés", "sous-effectif"}
    assert [(one.what, one.count, one.among) for one in why.balises] == [("E5", 3, 3)]
    assert sorted(proposals(database)[first.id][1]) == sorted(one.id for one in journal)


def test_one_person_in_one_month_does_not_recur(database, cast):
    tell(database, cast.camille, cast.valombre_id, *SAME, *notes(17))
    compute(database, cast.valombre_id)
    with database.system("proposals") as session:
        assert not any(session.scalars(select(TensionProposal.is_recurring)).all())
        assert session.scalar(select(func.count(TensionProposal.id)))


# Once


def test_nothing_is_computed_twice(database, cast, journal, monkeypatch):
    assert compute(database, cast.valombre_id) is True
    monkeypatch.setattr(computing, "found_among", lambda *_: pytest.fail("computed again"))
    assert compute(database, cast.valombre_id) is False
    compute_due(database)


@pytest.mark.parametrize("what", ["tell", "correct", "take back", "tell again", "link", "state", "idea", "suspend", "nothing"])
def test_what_changes_is_computed_again(database, cast, journal, what):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet", journal[0])
    if what == "tell again":
        take_back(database, cast.dora, cast.valombre_id, journal[1])
    compute(database, cast.valombre_id)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        if what == "correct":
            difficulties.correct(session, session.get(Difficulty, journal[1].id), Written("Tout autre chose."))
        elif what == "link":
            acts.link(session, reader, found(session, reader, tension), journal[2].id)
        elif what == "state":
            acts.set_state(session, reader, found(session, reader, tension), State.CALMED)
        elif what == "idea":
            own_ideas.add(session, reader, seat, "à bout, vidé, lessivé")
        elif what == "suspend":
            session.get(Entry, journal[1].id).suspended_at = clock.now()
    if what == "tell":
        tell_one(database, cast.bruno, cast.valombre_id)
    elif what == "take back":
        take_back(database, cast.dora, cast.valombre_id, journal[1])
    elif what == "tell again":
        tell_again(database, cast.dora, cast.valombre_id, journal[1], SAME[1])
    assert compute(database, cast.valombre_id) is (what != "nothing")


def test_a_proposal_that_stays_keeps_its_address(database, cast, journal):
    compute(database, cast.valombre_id)
    before = of_same(database, journal)
    tell_one(database, cast.bruno, cast.valombre_id, "La mascotte du club a été volée pendant la fête.")
    assert compute(database, cast.valombre_id)
    assert of_same(database, journal) == before is not None


def test_a_large_journal_is_not_computed_at_each_change(database, cast, journal, monkeypatch):
    monkeypatch.setattr(computing, "AT_ONCE", 5)
    monkeypatch.setattr(computing, "found_apart", found_among)
    compute(database, cast.valombre_id)
    tell_one(database, cast.bruno, cast.valombre_id)
    monkeypatch.setattr(computing, "PAUSE", 1000.0)
    assert compute(database, cast.valombre_id) is False
    assert compute(database, cast.valombre_id, at_once=True) is True
    tell_one(database, cast.bruno, cast.valombre_id)
    with database.system("an hour ago", write=True) as session:
        session.execute(update(TensionGrouping).values(computed_at=clock.now() - timedelta(hours=9)))
    assert compute(database, cast.valombre_id) is True


def test_the_chore_is_one_of_the_ticker(app, database, cast, journal):
    done = chores.do_all(database, app.extensions["rex"].config)
    assert "tensions" in done
    assert of_same(database, journal) is not None


# What people decided


def test_named_ones_are_proposed_no_more_and_what_looks_like_them_is_offered(database, cast, journal):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet", journal[0], journal[1])
    compute(database, cast.valombre_id)
    offered = [(tension_id, items) for tension_id, items in proposals(database).values() if journal[2].id in items]
    assert offered == [(tension.id, [journal[2].id])]
    assert not any({journal[0].id, journal[1].id} & set(items) for _, items in proposals(database).values())


def test_what_was_set_aside_is_not_proposed_again(database, cast, journal):
    compute(database, cast.valombre_id)
    found_same = of_same(database, journal)
    assert found_same is not None
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.set_aside(session, reader, session.get(TensionProposal, found_same[0]))
    compute(database, cast.valombre_id)
    ids = {one.id for one in journal}
    assert all(len(ids & set(items)) < 2 for _, items in proposals(database).values())
    assert len(apart(database)) >= 3


def test_what_was_unlinked_is_not_offered_to_the_same_tension(database, cast, journal):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet", *journal)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), journal[2].id)
    compute(database, cast.valombre_id)
    assert (tension.id, [journal[2].id]) not in list(proposals(database).values())


def test_the_computation_never_writes_where_people_decide(database, cast, journal):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet", journal[0], journal[1])
    compute(database, cast.valombre_id)
    assert members(database, tension) == sorted([journal[0].id, journal[1].id])
    assert apart(database) == set()


def test_what_the_grouper_is_told(database, cast, journal):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet", *journal)
    other = tell(database, cast.camille, cast.valombre_id, "Un", "Deux")
    name(database, cast.ana, cast.valombre_id, "Autre", *other)
    take_back(database, cast.dora, cast.valombre_id, journal[1])
    with database.system("what is read") as session:
        known = read(session, cast.valombre_id)
    assert known.must == [(journal[0].id, journal[2].id), (other[0].id, other[1].id)], "a star of what is told"
    assert known.cannot == [(journal[0].id, other[0].id)]
    assert known.gathered[tension.id] == [journal[0].id, journal[2].id]


# Of whom


def test_nothing_of_a_group_of_a_draft_or_of_another_collectif_is_read(database, cast, journal):
    group = make_group(database, cast.camille, cast.dora)
    hidden = [tell_one(database, cast.camille, group.id, words) for words in SAME]
    hidden += [tell_one(database, cast.ines, cast.orbe_id, SAME[0], audience=Audience.RESEAU)]
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, seat):
        kept = difficulties.keep_for_oneself(session, reader, seat, Written(SAME[1]))
        hidden.append(Made(kept.id, kept.public_id))
    with database.system("what is read") as session:
        known = read(session, cast.valombre_id)
        in_group = read(session, group.id)
    assert not {one.id for one in hidden} & known.notes.keys()
    assert in_group.notes == {}
    compute_due(database)
    with database.system("what was computed") as session:
        assert set(session.scalars(select(TensionGrouping.collectif_id))) == {cast.valombre_id, cast.orbe_id}
    assert not {one.id for one in hidden} & {key for _, items in proposals(database).values() for key in items}


def test_numbers_go_to_the_computation_and_no_name(database, cast, journal):
    with database.system("what is read") as session:
        items = read(session, cast.valombre_id).items
    assert all(isinstance(one, int) for item in items for one in (*item["people"], *item["services"]))
    assert not any(person.name in str(items) for person in cast.people.values())


# Proposals go with what they were made of


@pytest.mark.parametrize("what", ["correct", "take back", "narrow", "suspend", "delete"])
def test_a_proposal_goes_at_once(database, cast, what):
    told = [tell_one(database, cast.camille, cast.valombre_id, words, audience=Audience.RESEAU) for words in SAME]
    others = tell(database, cast.dora, cast.valombre_id, "Un", "Deux")
    propose(database, cast.valombre_id, *told)
    kept = propose(database, cast.valombre_id, *others)
    with acting(database, cast.camille, cast.valombre_id) as (session, _, seat):
        difficulty = session.get(Difficulty, told[1].id)
        if what == "correct":
            difficulties.correct(session, difficulty, Written("Tout autre chose."))
        elif what == "take back":
            difficulties.withdraw(session, seat, difficulty)
        elif what == "narrow":
            difficulty.audience = Audience.COLLECTIF
        elif what == "suspend":
            difficulty.suspended_at = clock.now()
        else:
            session.delete(difficulty)
    assert list(proposals(database)) == [kept]


def test_what_an_animateur_suspends_leaves_its_proposals(database, cast, journal):
    compute(database, cast.valombre_id)
    assert of_same(database, journal) is not None
    make_report(database, cast.bruno, journal[0].public_id)
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        text = find_text(session, reader, journal[0].public_id)
        assert text is not None
        suspend(session, reader, session.scalars(select(Report)).one(), text, "Elle désigne quelqu’un.")
    assert not any(journal[0].id in items for _, items in proposals(database).values())


def test_deleting_what_was_taken_back_leaves_no_trace(database, cast, journal):
    tension = name(database, cast.ana, cast.valombre_id, "Guichet", *journal)
    take_back(database, cast.camille, cast.valombre_id, journal[0])
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _):
        assert ask_deletion(session, reader, session.get(Difficulty, journal[0].id), {cast.camille.id})
    assert members(database, tension) == sorted([journal[1].id, journal[2].id])


def test_a_rolled_back_change_leaves_proposals(database, cast):
    told = tell(database, cast.camille, cast.valombre_id, *SAME)
    kept = propose(database, cast.valombre_id, *told)
    with acting(database, cast.camille, cast.valombre_id) as (session, _, seat):
        difficulties.withdraw(session, seat, session.get(Difficulty, told[0].id))
        session.rollback()
    assert list(proposals(database)) == [kept]


# Meanwhile


def while_computing(monkeypatch, act):
    """Something happens between what is read and what is stored."""

    def found_and(*given):
        result = found_among(*given)
        act()
        return result

    monkeypatch.setattr(computing, "found_among", found_and)


def test_what_is_taken_back_meanwhile_is_not_stored(database, cast, journal, monkeypatch):
    while_computing(monkeypatch, lambda: take_back(database, cast.dora, cast.valombre_id, journal[1]))
    compute(database, cast.valombre_id)
    assert not any(journal[1].id in items for _, items in proposals(database).values())
    monkeypatch.undo()
    assert compute(database, cast.valombre_id) is True, "the next one sees the rest"


def test_what_is_named_meanwhile_is_not_proposed(database, cast, journal, monkeypatch):
    while_computing(monkeypatch, lambda: name(database, cast.ana, cast.valombre_id, "Guichet", *journal))
    compute(database, cast.valombre_id)
    assert not {one.id for one in journal} & {key for _, items in proposals(database).values() for key in items}


def test_what_is_set_aside_meanwhile_is_not_proposed(database, cast, journal, monkeypatch):
    proposal_id = propose(database, cast.valombre_id, journal[0], journal[1])

    def set_aside():
        with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
            acts.set_aside(session, reader, session.get(TensionProposal, proposal_id))

    while_computing(monkeypatch, set_aside)
    compute(database, cast.valombre_id)
    assert of_same(database, journal) is None


def test_a_computation_that_is_killed_leaves_what_was_there(database, cast, journal, monkeypatch):
    compute(database, cast.valombre_id)
    before = proposals(database)
    tell_one(database, cast.bruno, cast.valombre_id)

    def killed():
        raise KeyboardInterrupt

    while_computing(monkeypatch, killed)
    with pytest.raises(KeyboardInterrupt):
        compute(database, cast.valombre_id)
    assert proposals(database) == before
    monkeypatch.undo()
    assert compute(database, cast.valombre_id) is True


TICK = """
import os, sys
from rex.tensions import computing
from rex.config import config_from
from rex.chores import do_all
from tests.conftest import open_database

def stopped(*_):
    print("computing", flush=True)
    sys.stdin.read()

computing.found_among = stopped
config = config_from(dict(os.environ))
do_all(open_database(config), config)
"""


def test_a_process_killed_in_the_middle_leaves_what_was_there_and_the_next_begins_again(app, database, cast, journal, settings):
    compute(database, cast.valombre_id)
    before = proposals(database)
    tell_one(database, cast.bruno, cast.valombre_id)
    with subprocess.Popen(
        [sys.executable, "-c", TICK], env=os.environ | settings, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"computing\n"
        name(database, cast.ana, cast.valombre_id, "Guichet", *journal)
        process.kill()
    assert stored(database, cast.valombre_id).difficulties == 20
    assert set(proposals(database)) < set(before), "people were not kept from acting"
    assert "tensions" not in chores.do_all(database, app.extensions["rex"].config), "its lease holds a while"
    with database.system("the lease of the dead ends", write=True) as session:
        session.execute(update(Lease).where(Lease.name == "tensions").values(until=clock.now() - timedelta(minutes=1)))
    assert "tensions" in chores.do_all(database, app.extensions["rex"].config)
    assert stored(database, cast.valombre_id).difficulties == 21


# Apart


def test_a_process_of_its_own_finds_the_same(database, cast, journal):
    with database.system("what is read") as session:
        known = read(session, cast.valombre_id)
    asked = (known.items, known.must, known.cannot, known.own)
    assert [tuple(one) for one in computing_apart.found_apart(*asked)] == [tuple(one) for one in found_among(*asked)]


def test_one_that_dies_stops_that_collectif_alone_and_is_not_tried_at_once(database, cast, journal, monkeypatch):
    tell(database, cast.ines, cast.orbe_id, "Un", "Deux")
    monkeypatch.setattr(computing, "AT_ONCE", 5)
    monkeypatch.setattr(computing_apart.sys, "executable", "/bin/false")
    compute_due(database)
    assert stored(database, cast.valombre_id) is None and stored(database, cast.orbe_id) is not None
    monkeypatch.undo()
    compute_due(database)
    assert stored(database, cast.valombre_id) is None, "a little later"
    computing._stopped.clear()
    compute_due(database)
    assert stored(database, cast.valombre_id) is not None
