"""Récits face to face, without a base: which are shown, how their sections meet, how they are named."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.journal.action_layout import choices_of, facing, in_both_orders, pairs_of, reading_of, rows_of
from rex.journal.queries import SectionView
from rex.journal.tellers import add_label, label_of, says_nothing, short_of, told_apart, with_article


def told(number: int) -> list[Any]:
    """As many récits as the page of an action knows them."""
    return [
        SimpleNamespace(card=SimpleNamespace(public_id=f"{rank:016}"), choice=f"Le récit {rank}", short=f"R{rank}")
        for rank in range(number)
    ]


@pytest.mark.parametrize("number", [2, 3, 5])
def test_every_pair_can_be_reached_by_links_alone(number):
    recits = told(number)
    seen, waiting = set(), [""]
    while waiting:
        vue = waiting.pop()
        reading = reading_of(vue, recits)
        shown = tuple(r.card.public_id for r in reading.shown)
        if shown in seen:
            continue
        seen.add(shown)
        links = choices_of(reading, recits) + [choice for _, choices in pairs_of(reading, recits) for choice in choices]
        waiting += [link.vue for link in links]
        assert sum(link.is_current for link in choices_of(reading, recits)) == 1
    pairs = {frozenset(shown) for shown in seen if len(shown) == 2}
    assert len(pairs) == number * (number - 1) // 2 and all(len(pair) == 2 for pair in pairs), "a récit never faces itself"
    assert {shown[0] for shown in seen if len(shown) == 1} == {r.card.public_id for r in recits}


def test_one_recit_has_nothing_to_choose():
    recits = told(1)
    reading = reading_of("", recits)
    assert reading.right is None and choices_of(reading, recits) == [] and pairs_of(reading, recits) == []


@pytest.mark.parametrize("number", [2, 3])
def test_a_recit_stands_first_facing_the_first_of_the_others(number):
    recits = told(number)
    for one in recits:
        reading = reading_of(facing(one), recits)
        other = recits[1] if one is recits[0] else recits[0]
        assert (reading.left, reading.right) == (one, other)
        alone = reading_of(one.card.public_id, recits)
        together = choices_of(alone, recits)[0]
        assert reading_of(together.vue, recits).left is one, "« Côte à côte » keeps first the one that was read alone"
    assert reading_of(facing(recits[0]), recits[:1]).right is None


@pytest.mark.parametrize("vue", ["n-importe-quoi", ".", "0000000000000000.0000000000000000", "é" * 5000, "0000000000000000.x"])
def test_a_choice_that_does_not_exist_shows_the_first_two(vue):
    recits = told(3)
    assert reading_of(vue, recits).vue == reading_of("", recits).vue == f"{0:016}.{1:016}"


def test_sections_keep_the_order_of_both():
    assert in_both_orders(["intention", "faits", "resistance"], ["contexte", "faits", "appris"]) == [
        "contexte", "intention", "faits", "resistance", "appris",
    ]
    assert in_both_orders(["faits", "own", "appris"], ["faits", "appris"]) == ["faits", "own", "appris"]
    assert in_both_orders(["a", "b"], ["b", "a"]) == ["a", "b"], "two canvases that contradict each other: the left one"
    assert in_both_orders([], []) == []


SLUGS = st.lists(st.sampled_from(["contexte", "intention", "faits", "resistance", "own", "other"]), unique=True)


@given(left=SLUGS, right=SLUGS)
def test_no_section_is_lost_nor_shown_twice(left, right):
    order = in_both_orders(left, right)
    assert len(order) == len(set(order)) and set(order) == {*left, *right}
    assert [slug for slug in order if slug in left] == left, "the left one keeps its order, whatever the other says"


def test_a_section_that_one_alone_tells_stands_with_the_silence_of_the_other():
    rows = rows_of([SectionView("faits", "Les faits", "<p>A</p>")], [SectionView("appris", "Appris", "<p>B</p>")])
    assert [(row.slug, row.left, row.right) for row in rows] == [("faits", "<p>A</p>", None), ("appris", None, "<p>B</p>")]


def test_footnotes_of_two_recits_are_told_apart():
    html = '<p>x<sup id="faits-fnref:1"><a class="footnote-ref" href="#faits-fn:1">1</a></sup> id="faits-fn:1"</p>'
    row = rows_of([SectionView("faits", "Faits", html)], [SectionView("faits", "Faits", html)])[0]
    assert 'id="a-faits-fnref:1"' in (row.left or "") and 'href="#b-faits-fn:1"' in (row.right or "")
    assert '</sup> id="faits-fn:1"' in (row.left or ""), "words that look like an attribute stay words"


@pytest.mark.parametrize(
    ("teller", "choice", "short", "silence"),
    [
        ("Récit de la Voirie", "Le récit de la Voirie", "Voirie", "Le récit de la Voirie n’en dit rien."),
        ("Récit de l’équipe Voirie", "Le récit de l’équipe Voirie", "Voirie", "Le récit de l’équipe Voirie n’en dit rien."),
        ("Récit des parents d’élèves", "Le récit des parents d’élèves", "Parents d’élèves", None),
        ("Récit d’Inès Carle", "Le récit d’Inès Carle", "Inès Carle", None),
        ("Récit, Parents du Faubourg", "Récit, Parents du Faubourg", "Parents du Faubourg", "Ce récit n’en dit rien."),
        ("Récit signé Parents du Faubourg", "Le récit signé Parents du Faubourg", "Parents du Faubourg", None),
        ("Vu d’en bas", "Vu d’en bas", "Vu d’en bas", "Ce récit n’en dit rien."),
        ("ر", "ر", "ر", "Ce récit n’en dit rien."),
    ],
)
def test_how_a_recit_is_named(teller, choice, short, silence):
    label = label_of(teller, "")
    assert (with_article(label), short_of(label)) == (choice, short)
    assert silence is None or says_nothing(label) == silence


def test_a_recit_without_a_name_is_named_by_who_signs_it():
    assert label_of("", "Voirie") == "Récit signé Voirie" and label_of("", "") == "Récit"
    assert short_of("Récit") and with_article("Récit") == "Récit"


def test_two_recits_of_one_name_are_told_apart():
    assert told_apart(["Récit A", "récit a", "Récit B"], ["Camille", "Bruno", "Dora"]) == [
        "Récit A (Camille)", "récit a (Bruno)", "Récit B",
    ]
    assert told_apart(["R", "R"], ["Camille", "Camille"]) == ["R (Camille)", "R (Camille), 2"]


def test_the_next_recit_has_its_rank():
    assert [add_label(n) for n in (1, 2, 4, 12)] == [
        "Ajouter un récit", "Ajouter un troisième récit", "Ajouter un cinquième récit", "Ajouter un récit",
    ]
