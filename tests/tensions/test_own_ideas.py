"""The collectif's own lines of the lexicon."""

import pytest

from rex.refusals import Refused
from rex.tensions import own_ideas
from tests.making import make_group
from tests.tensions.making import acting


def lines(database, cast, person=None):
    with acting(database, person or cast.camille, cast.valombre_id) as (session, _, seat):
        return own_ideas.ideas_of(session, seat.collectif_id)


def add(database, cast, words):
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        return own_ideas.add(session, reader, seat, words).public_id


def test_a_line_is_expressions_between_commas(database, cast):
    add(database, cast, " épuisé ,  à   bout; en surchauffe\nÉpuisé,, ")
    assert [one.expressions for one in lines(database, cast)] == [("épuisé", "à bout", "en surchauffe")]


@pytest.mark.parametrize(
    "words", ["", "seul", "seul, SEUL", ", ,", "12, 34", "a" * 61 + ", b", ",".join(f"mot{rank}" for rank in range(13))]
)
def test_what_is_no_line_is_refused(database, cast, words):
    with pytest.raises(Refused):
        add(database, cast, words)
    assert lines(database, cast) == []


def test_an_expression_is_on_one_line(database, cast):
    one = add(database, cast, "épuisé, à bout")
    with pytest.raises(Refused, match="À BOUT"):
        add(database, cast, "lessivé, À BOUT")
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        assert own_ideas.remove(session, reader, seat, one)
        assert not own_ideas.remove(session, reader, seat, one)
    assert lines(database, cast) == []


def test_who_does_not_curate_adds_none_and_nobody_in_a_group(database, cast):
    with acting(database, cast.camille, cast.valombre_id) as (session, reader, seat), pytest.raises(PermissionError):
        own_ideas.add(session, reader, seat, "épuisé, à bout")
    group = make_group(database, cast.ana, cast.camille)
    with acting(database, cast.ana, group.id) as (session, reader, seat), pytest.raises(PermissionError):
        own_ideas.add(session, reader, seat, "épuisé, à bout")


def test_another_collectif_has_its_own(database, cast):
    one = add(database, cast, "épuisé, à bout")
    with acting(database, cast.ines, cast.orbe_id) as (session, reader, seat):
        assert own_ideas.own_of(session, seat.collectif_id) == ()
        assert not own_ideas.remove(session, reader, seat, one)


def test_there_is_a_most(database, cast, monkeypatch):
    monkeypatch.setattr(own_ideas, "MOST", 1)
    add(database, cast, "épuisé, à bout")
    with pytest.raises(Refused, match="lignes"):
        add(database, cast, "lent, long")
