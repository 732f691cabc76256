"""The lines of a collectif: expressions that say the same there, for groups, suggestions and reasons."""

import random

import pytest

from rex.tensions.grouping import group, suggest
from rex.tensions.grouping_explain import Reasons
from rex.tensions.grouping_lexicon import MOST_OWN, MOST_SAID, ideas_in, lexicon_of, lines_of
from rex.tensions.grouping_suggest import known
from tests.tensions.notes import development, note

OWN = [["la Rotonde", "bâtiment Delta"], ["Zébulon", "progiciel des fluides"]]
ROTONDE = note("r1", "Un ruban mauve à la Rotonde.")
DELTA = note("r2", "Bâtiment Delta, deux crayons.")


def told(text: str, own: list[list[str]]) -> set[str]:
    return {found.idea for found in ideas_in(text, lexicon_of(lines_of(own))) if found.area == "=own"}


def test_expressions_of_a_line_are_one_idea():
    assert told("À la Rotonde il pleut", OWN) == told("Dans notre bâtiment Delta", OWN) == {"bâtiment Delta"}
    assert told("Un bâtiment", OWN) == set()
    assert told("zébulons", OWN) == {"Zébulon"}


def test_two_notes_of_one_idea_come_nearer():
    rest = development(tags=False)[0]
    items = [ROTONDE, DELTA, *rest]
    alone, taught = (Reasons(items, own) for own in ((), OWN))
    assert [str(pair) for pair in taught.pair(ROTONDE, DELTA).near_words] == ["la Rotonde ~ Bâtiment Delta"]
    assert alone.pair(ROTONDE, DELTA).near_words == []
    assert not any({"r1", "r2"} <= set(members) for members in group(items))
    assert any({"r1", "r2"} <= set(members) for members in group(items, own=OWN))


def test_a_suggestion_knows_them_and_keeps_them_apart_from_none():
    notes, gold = development(tags=False)
    items = [item | {"group": gold[item["id"]]} for item in notes]
    items += [ROTONDE | {"group": "place"}, note("r3", "La Rotonde, un matin : rien ne va.") | {"group": "place"}]
    assert suggest(DELTA, items, OWN)[:1] == ["place"]
    assert known(items) is not known(items, OWN)
    assert known(items, OWN) is known(items, [*reversed(OWN)])
    assert suggest(DELTA, items) == suggest(DELTA, items, [])


def test_no_line_changes_nothing_and_their_order_neither():
    notes, _ = development()
    assert group(notes) == group(notes, own=[]) == group(notes, own=[["seul"], []])
    lines = [["médiathèque", "bibliothèque", "la bulle"], *OWN]
    mixed = [random.Random(2).sample(line, len(line)) for line in reversed(lines)]
    assert group(notes, own=lines) == group(notes, own=mixed)


@pytest.mark.parametrize(
    "line",
    [
        ["a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d a|b|c|d", "x|y"],
        ["*", "**", "=", "|", "[", ":", "#"],
        ["\u200b", "🚧", "de la", "à", "pas"],
        ["mot " * 500, "autre"],
        ["[zone] : idée", "# rien"],
    ],
)
def test_no_line_does_harm(line: list[str]):
    notes = [ROTONDE, DELTA, *development()[0][:30]]
    assert group(notes, own=[line])


def test_so_many_lines_are_read_and_no_more():
    lines = lines_of([[f"mot{place}x{at}" for at in range(MOST_SAID + 20)] for place in range(MOST_OWN + 20)])
    assert len(lines) == MOST_OWN
    assert {len(line) for line in lines} == {MOST_SAID}


def test_an_idea_of_the_collectif_may_bear_the_name_of_one_that_is_shipped():
    own = [["épuisement", "couleur mauve"]]
    one, other = note("n1", "Journée couleur mauve au dépôt."), note("n2", "Épuisement des agents.")
    assert [pair.idea for pair in Reasons([one, other], own).pair(one, other).near_words] == ["couleur mauve"]
