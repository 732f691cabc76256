"""Undoing: back as it was, unless what it changed was changed since, which the refusal says; the history keeps both."""

import pytest
from sqlalchemy import func, select

from rex import clock
from rex.access import told_tensions
from rex.exchanges.models import Exchange
from rex.journal.deleting import ask_deletion
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Entry
from rex.tensions import acts
from rex.tensions.acts import Refused
from rex.tensions.acts_undoing import may_undo
from rex.tensions.models import ActKind, Arbitrage, State, TensionAct, TensionProposal
from tests.making import make_exchange, make_group
from tests.tensions.making import (
    acting,
    acts_of,
    apart,
    found,
    members,
    name,
    propose,
    take_back,
    tell,
    tell_one,
)


@pytest.fixture
def told(database, cast):
    words = ("Le planning change sans prévenir.", "Encore un planning refait.", "Personne ne décide.", "Qui décide, à la fin ?")
    return tell(database, cast.camille, cast.valombre_id, *words)


@pytest.fixture
def ana_at_work(database, cast):
    return lambda: acting(database, cast.ana, cast.valombre_id)


@pytest.fixture
def tension(database, cast, told):
    """« Le planning », of the first two."""
    return name(database, cast.ana, cast.valombre_id, "Le planning", told[0], told[1])


@pytest.fixture
def undo_last(database, ana_at_work):
    def undo(kind=None):
        with ana_at_work() as (session, reader, _):
            query = select(TensionAct).where(TensionAct.undone_at.is_(None)).order_by(TensionAct.id.desc())
            acts.undo(session, reader, session.scalars(query if kind is None else query.where(TensionAct.kind == kind)).first())

    return undo


def ids(*told):
    return [one.id for one in told]


def test_a_name_undone_leaves_difficulties_where_they_were(database, cast, tension, told, undo_last):
    undo_last()
    assert members(database, tension) == []
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
        assert session.scalars(told_tensions(reader)).all() == []
    act = acts_of(database)[0]
    assert (act.kind, act.words, act.undone_by_id) == (ActKind.NAMED, "Le planning", cast.ana.id)
    again = name(database, cast.ana, cast.valombre_id, "Le planning encore", told[0])
    assert members(database, again) == ids(told[0])


def test_what_is_undone_is_not_undone_twice(database, tension, undo_last, ana_at_work):
    undo_last()
    with ana_at_work() as (session, reader, _), pytest.raises(Refused, match="déjà annulé"):
        acts.undo(session, reader, session.scalars(select(TensionAct)).one())


def test_a_tension_under_which_people_wrote_keeps_its_name(database, cast, tension, undo_last):
    make_exchange(database, cast.jeanne, tension.public_id, "Nous le vivons aussi.")
    with pytest.raises(Refused, match="on a écrit sous cette tension"):
        undo_last()


def test_a_name_is_not_undone_after_something_else(database, cast, tension, told, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), told[2].id)
    with pytest.raises(Refused, match="Depuis, une difficulté a été reliée"):
        undo_last(ActKind.NAMED)
    undo_last(ActKind.LINKED)
    undo_last(ActKind.NAMED)
    assert members(database, tension) == []


def test_a_former_name_comes_back(database, tension, ana_at_work, undo_last):
    for title, words in (("Qui décide", "Une phrase."), ("Le planning encore", "Deux.")):
        with ana_at_work() as (session, reader, _):
            acts.rename(session, reader, found(session, reader, tension), title, words)
    for title, words in (("Qui décide", "Une phrase."), ("Le planning", "")):
        undo_last(ActKind.RENAMED)
        with ana_at_work() as (session, reader, _):
            read = found(session, reader, tension)
            assert (read.title, read.words) == (title, words)
    tried = [act.words for act in acts_of(database) if act.kind is ActKind.RENAMED]
    assert tried == ["Qui décide\nUne phrase.", "Le planning encore\nDeux."]


def test_a_name_changed_since_is_not_undone_first(database, tension, ana_at_work):
    with ana_at_work() as (session, reader, _):
        acts.rename(session, reader, found(session, reader, tension), "Un", "")
        acts.rename(session, reader, found(session, reader, tension), "Deux", "")
    with ana_at_work() as (session, reader, _), pytest.raises(Refused, match="changé de nom"):
        query = select(TensionAct).where(TensionAct.kind == ActKind.RENAMED).order_by(TensionAct.id)
        acts.undo(session, reader, session.scalars(query).first())


def test_who_linked_undoes_it_and_nobody_else_who_does_not_curate(database, cast, tension, told):
    with acting(database, cast.jeanne, cast.valombre_id) as (session, reader, _):
        act = acts.link(session, reader, found(session, reader, tension), told[2].id)
    assert act is not None
    for person, may in ((cast.jeanne, True), (cast.ana, True), (cast.camille, False), (cast.ines, False)):
        place = cast.orbe_id if person is cast.ines else cast.valombre_id
        with acting(database, person, place) as (session, reader, _):
            assert may_undo(session, reader, act) is may
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _), pytest.raises(PermissionError):
        acts.undo(session, reader, session.get(TensionAct, act.id))
    with acting(database, cast.jeanne, cast.valombre_id) as (session, reader, _):
        acts.undo(session, reader, session.get(TensionAct, act.id))
    assert members(database, tension) == ids(told[0], told[1])


def test_a_link_undone_takes_back_what_it_reopened(database, cast, tension, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, tension), State.ARBITRATED)
        at = found(session, reader, tension).state_at
    new = tell_one(database, cast.dora, cast.valombre_id)
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), new.id)
    undo_last(ActKind.LINKED)
    with ana_at_work() as (session, reader, _):
        read = found(session, reader, tension)
        assert (read.state, read.state_at) == (State.ARBITRATED, at)
    assert [act.kind for act in acts_of(database) if act.undone_at] == [ActKind.LINKED, ActKind.REAPPEARED]


def test_a_link_that_reopened_is_not_undone_once_the_state_was_said_again(database, cast, tension, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, tension), State.CALMED)
    new = tell_one(database, cast.dora, cast.valombre_id)
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), new.id)
        acts.set_state(session, reader, found(session, reader, tension), State.AT_WORK)
    with pytest.raises(Refused, match="l’état de cette tension a changé"):
        undo_last(ActKind.LINKED)


def test_unlinking_undone(database, tension, told, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), told[1].id)
    undo_last()
    assert members(database, tension) == ids(told[0], told[1])
    assert apart(database) == set()


def test_unlinking_is_not_undone_once_it_went_elsewhere(database, cast, tension, told, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), told[1].id)
    name(database, cast.ana, cast.valombre_id, "Un autre", told[1])
    with pytest.raises(Refused, match="entrée dans une autre tension"):
        undo_last(ActKind.UNLINKED)


def test_unlinking_a_difficulty_deleted_since_is_undone_without_it(database, cast, tension, told, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), told[1].id)
    take_back(database, cast.camille, cast.valombre_id, told[1])
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _):
        ask_deletion(session, reader, session.get(Difficulty, told[1].id), {cast.camille.id})
    undo_last()
    assert members(database, tension) == ids(told[0])


def test_what_a_group_says_at_the_number_of_one_deleted_is_not_brought_back(database, cast, told, ana_at_work, undo_last):
    """SQLite gives the number of what was deleted last to what is written next, wherever that is."""
    tension, gone = name(database, cast.ana, cast.valombre_id, "Le planning", told[0], told[3]), told[3]
    group = make_group(database, cast.camille, cast.dora)
    with database.system("the entries of tensions come after", write=True) as session:
        assert session.scalar(select(func.max(Entry.id))) == tension.id
    last = tell_one(database, cast.camille, cast.valombre_id, "Le planning, une fois encore.")
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), last.id)
        acts.unlink(session, reader, found(session, reader, tension), last.id)
    take_back(database, cast.camille, cast.valombre_id, last)
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, _):
        ask_deletion(session, reader, session.get(Difficulty, last.id), {cast.camille.id})
    secret = tell_one(database, cast.camille, group.id, "Entre nous.")
    assert secret.id == last.id or database.engine.dialect.name != "sqlite"
    undo_last(ActKind.UNLINKED)
    assert members(database, tension) == ids(told[0], gone)


def test_what_was_linked_again_is_said_apart_again_when_undone(database, tension, told, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.unlink(session, reader, found(session, reader, tension), told[1].id)
    before = apart(database)
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, found(session, reader, tension), told[1].id)
    undo_last()
    assert apart(database) == before == {(told[0].id, told[1].id)}
    undo_last()
    assert (apart(database), members(database, tension)) == (set(), ids(told[0], told[1]))


@pytest.mark.parametrize("from_page_of", [ActKind.SPLIT, ActKind.NAMED])
def test_a_split_undone(database, cast, told, ana_at_work, undo_last, from_page_of):
    tension = name(database, cast.ana, cast.valombre_id, "Le planning", *told)
    with ana_at_work() as (session, reader, _):
        acts.split(session, reader, found(session, reader, tension), ids(told[2], told[3]), "Qui décide")
    take_back(database, cast.camille, cast.valombre_id, told[3])
    undo_last(from_page_of)
    assert members(database, tension) == ids(*told)
    assert [act.kind for act in acts_of(database) if act.undone_at] == [ActKind.SPLIT, ActKind.NAMED]
    with ana_at_work() as (session, reader, _):
        assert [one.id for one in session.scalars(told_tensions(reader))] == [tension.id]


def test_a_split_is_not_undone_once_the_new_one_grew(database, cast, told, ana_at_work, undo_last):
    tension = name(database, cast.ana, cast.valombre_id, "Le planning", *told[:3])
    with ana_at_work() as (session, reader, _):
        new = acts.split(session, reader, found(session, reader, tension), ids(told[2]), "Qui décide")
    with ana_at_work() as (session, reader, _):
        acts.link(session, reader, new, told[3].id)
    with pytest.raises(Refused, match="reliée"):
        undo_last(ActKind.SPLIT)


def test_a_merge_undone_gives_each_its_own(database, cast, tension, told, ana_at_work, undo_last):
    other = name(database, cast.ana, cast.valombre_id, "Qui décide", told[2])
    with ana_at_work() as (session, reader, _):
        acts.rename(session, reader, found(session, reader, other), "Qui décide", "Personne ne sait.")
        named_at = found(session, reader, other).published_at
    first = make_exchange(database, cast.jeanne, other.public_id, "Nous le vivons aussi.")
    make_exchange(database, cast.camille, tension.public_id, "Le planning, toujours.")
    with ana_at_work() as (session, reader, _):
        acts.merge(session, reader, found(session, reader, tension), found(session, reader, other))
        acts.link(session, reader, found(session, reader, tension), told[3].id)
    make_exchange(database, cast.dora, tension.public_id, "Chez nous aussi.", parent=first)
    undo_last(ActKind.MERGED)
    assert (members(database, tension), members(database, other)) == (ids(told[0], told[1], told[3]), ids(told[2]))
    with ana_at_work() as (session, reader, _):
        back = found(session, reader, other)
        assert (back.title, back.words, back.published_at, back.sealed) == ("Qui décide", "Personne ne sait.", named_at, None)
        under = session.execute(select(Exchange.entry_id, Exchange.source).order_by(Exchange.id)).all()
    assert [tuple(row) for row in under] == [
        (other.id, "Nous le vivons aussi."), (tension.id, "Le planning, toujours."), (other.id, "Chez nous aussi."),
    ]  # fmt: skip


def test_a_merge_is_not_undone_once_what_came_went_on(database, cast, tension, told, ana_at_work, undo_last):
    other = name(database, cast.ana, cast.valombre_id, "Qui décide", told[2], told[3])
    with ana_at_work() as (session, reader, _):
        acts.merge(session, reader, found(session, reader, tension), found(session, reader, other))
        acts.unlink(session, reader, found(session, reader, tension), told[3].id)
    with pytest.raises(Refused, match="déliée"):
        undo_last(ActKind.MERGED)


def test_a_merge_undone_gives_its_arbitrage_back(database, cast, tension, told, ana_at_work, undo_last):
    other = name(database, cast.ana, cast.valombre_id, "Qui décide", told[2])
    with ana_at_work() as (session, _, _seat):
        session.add(Arbitrage(tension_id=other.id, decided="La Voirie décide.", decided_on=clock.today("Europe/Paris")))
    with ana_at_work() as (session, reader, _):
        acts.merge(session, reader, found(session, reader, tension), found(session, reader, other))
        assert session.scalars(select(Arbitrage.tension_id)).all() == [tension.id]
    undo_last()
    with ana_at_work() as (session, _, _seat):
        assert session.scalars(select(Arbitrage.tension_id)).all() == [other.id]


def test_setting_aside_undone(database, cast, told, ana_at_work, undo_last):
    proposal_id = propose(database, cast.valombre_id, *told)
    with ana_at_work() as (session, reader, _):
        acts.set_aside(session, reader, session.get(TensionProposal, proposal_id))
    assert len(apart(database)) == 6
    undo_last()
    assert apart(database) == set()


def test_a_state_undone(database, tension, ana_at_work, undo_last):
    with ana_at_work() as (session, reader, _):
        acts.set_state(session, reader, found(session, reader, tension), State.AT_WORK)
        acts.set_state(session, reader, found(session, reader, tension), State.ARBITRATED)
    with pytest.raises(Refused, match="l’état"):
        undo_last(ActKind.AT_WORK)
    undo_last(ActKind.ARBITRATED)
    with ana_at_work() as (session, reader, _):
        assert found(session, reader, tension).state is State.AT_WORK
    undo_last(ActKind.AT_WORK)
    with ana_at_work() as (session, reader, _):
        assert (found(session, reader, tension).state, found(session, reader, tension).state_at) == (None, None)


def test_nothing_of_an_undone_tension_stays_in_clear(database, tension, undo_last):
    undo_last()
    with database.system("what is left of it") as session:
        row = session.execute(select(Entry.title, Entry.words, Entry.excerpt, Entry.audience).where(Entry.id == tension.id)).one()
    assert tuple(row) == ("", "", "", None)
