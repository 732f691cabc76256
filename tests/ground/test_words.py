"""Word comparison and three-way merge: nothing lost, nothing twice, never slow."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rex.words import Change, diff, has_two_versions, line_has_two_versions, mark, merge
from tests.pace import quickest

texts = st.text(alphabet=st.sampled_from("ab c\n*é’.😀"), max_size=60)
# Each paragraph once in a version: of « a, a » with one « a » deleted, nobody can tell which one stays.
paragraphs = st.lists(st.sampled_from("abcdefgh"), max_size=7, unique=True)


def kept(changes: list[Change], *kinds: str) -> str:
    return "".join(change.text for change in changes if change.kind in kinds)


@given(texts, texts)
def test_pieces_joined_give_both_versions_back(old: str, new: str) -> None:
    changes = diff(old, new)
    assert kept(changes, "equal", "delete") == old
    assert kept(changes, "equal", "insert") == new
    assert all(change.text for change in changes)
    if old == new:
        assert {change.kind for change in changes} <= {"equal"}


def test_only_the_word_that_changed_is_shown() -> None:
    assert diff("Le marché du lundi.\n\nFin.", "Le marché du samedi.\n\nFin.") == [
        Change("equal", "Le marché du "),
        Change("delete", "lundi"),
        Change("insert", "samedi"),
        Change("equal", ".\n\nFin."),
    ]


def test_neighbouring_changes_read_as_one() -> None:
    changes = diff("un deux trois", "six sept huit")
    assert changes == [Change("delete", "un deux trois"), Change("insert", "six sept huit")]


def word_soup(seed: int, words: int, vocabulary: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"m{chance.randrange(vocabulary)}" for _ in range(words))


def huge_pairs() -> dict[str, tuple[str, str]]:
    size = 200_000
    soup = word_soup(1, 40_000, 2_000)
    lines = [word_soup(seed, 12, 500) for seed in range(4_000)]
    shuffled = random.Random(3).sample(lines, len(lines))
    return {
        "nothing in common": (soup[:size], word_soup(2, 40_000, 5)[:size]),
        "the same letters": ("a " * (size // 2), "a b " * (size // 4)),
        "newlines": ("\n" * size, "\n \n" * (size // 3)),
        "signs": ("*" * size, "*_" * (size // 2)),
        "few words, one line": (word_soup(4, 60_000, 3)[:size], word_soup(5, 60_000, 3)[:size]),
        "paragraphs in another order": ("\n".join(lines)[:size], "\n".join(shuffled)[:size]),
        "short lines": ("a\nb\n" * (size // 4), "b\nb\na\n" * (size // 6)),
    }


@pytest.mark.parametrize("name", huge_pairs())
def test_huge_texts_take_less_than_a_second(name: str) -> None:
    old, new = huge_pairs()[name]
    assert quickest(lambda: diff(old, new), enough=1) < 1
    changes = diff(old, new)
    assert kept(changes, "equal", "delete") == old and kept(changes, "equal", "insert") == new
    assert quickest(lambda: merge(old[::-1], old, new, their_name="Marc"), enough=1) < 1
    merged = merge(old[::-1], old, new, their_name="Marc").text
    assert set(new.split()) <= set(merged.split())


def test_a_text_says_whether_two_versions_stand_in_it() -> None:
    both = merge("Un samedi.", "Un samedi de pluie.", "Un dimanche.", their_name="Marc  Oudin").text
    assert has_two_versions(both) and has_two_versions(both.replace("\n", "\r\n"))
    assert not has_two_versions(both.replace(mark("Marc Oudin"), ""))
    assert not has_two_versions("On parle d’une — Autre version, écrite par Marc : ici.")


def together(items: list[str]) -> str:
    return "\n\n".join(items)


@given(texts, texts)
def test_one_side_only_is_that_side(base: str, other: str) -> None:
    assert merge(base, base, other, their_name="Marc") == (other, False)
    assert merge(base, other, base, their_name="Marc") == (other, False)
    assert merge(base, other, other, their_name="Marc") == (other, False)


@settings(max_examples=1500)
@given(paragraphs, paragraphs, paragraphs)
def test_what_was_added_is_there_and_a_retry_adds_nothing(base: list[str], mine: list[str], theirs: list[str]) -> None:
    first = merge(together(base), together(mine), together(theirs), their_name="Marc").text
    for added in {*mine, *theirs} - {*base}:
        assert added in first.split("\n\n")
    for common in {*base} & {*mine} & {*theirs}:
        assert first.split("\n\n").count(common) == 1
    again = merge(together(base), together(mine), first, their_name="Marc")
    assert sorted(again.text.split()) == sorted(first.split()) and not again.overlapped


@settings(max_examples=1500)
@given(*[paragraphs.map(sorted)] * 3)
def test_a_retry_changes_nothing_when_nobody_moved_a_paragraph(base: list[str], mine: list[str], theirs: list[str]) -> None:
    first = merge(together(base), together(mine), together(theirs), their_name="Marc").text
    assert merge(together(base), together(mine), first, their_name="Marc") == (first, False)


@settings(max_examples=500)
@given(texts, texts, texts)
def test_any_text_keeps_its_words_through_a_merge(base: str, mine: str, theirs: str) -> None:
    first = merge(base, mine, theirs, their_name="Marc").text
    assert {*mine.split(), *theirs.split()} - {*base.split()} <= {*first.split()}


def test_changes_to_different_paragraphs_are_both_kept() -> None:
    base = "Un.\n\nDeux.\n\nTrois."
    merged = merge(base, "Un, revu.\n\nDeux.\n\nTrois.", "Un.\n\nDeux.\n\nTrois, revu.", their_name="Marc")
    assert merged == ("Un, revu.\n\nDeux.\n\nTrois, revu.", False)


def test_the_same_paragraph_changed_twice_keeps_both_texts_once_marked() -> None:
    merged = merge("Un.\n\nDeux.", "Un A.\n\nDeux.", "Un B.\n\nDeux.", their_name="Marc\nOudin")
    assert merged == ("Un A.\n\n— Autre version, écrite par Marc Oudin :\n\nUn B.\n\nDeux.", True)
    assert merged.text.count(mark("Marc Oudin")) == 1


def test_a_first_paragraph_written_by_both_keeps_both() -> None:
    merged = merge("", "Le mien.", "Le sien.", their_name="Marc")
    assert merged == ("Le mien.\n\n— Autre version, écrite par Marc :\n\nLe sien.", True)


def test_a_marked_text_is_merged_again_without_a_second_mark() -> None:
    marked = merge("Un.", "Un A.", "Un B.", their_name="Marc").text
    mine, theirs = marked.replace("Un A.", "Un A, repris."), marked.replace("Un B.", "Un B, repris.")
    merged = merge(marked, mine, theirs, their_name="Marc")
    assert merged == (mine.replace("Un B.", "Un B, repris."), False)


def test_a_paragraph_deleted_here_and_rewritten_there_stays() -> None:
    assert merge("Un.\n\nDeux.", "Deux.", "Un, revu.\n\nDeux.", their_name="Marc").text == "Un, revu.\n\nDeux."


def test_windows_newlines_are_not_changes() -> None:
    merged = merge("Un.\r\n\r\nDeux.", "Un.\n\nDeux, revu.", "Un, revu.\r\n\r\nDeux.", their_name="Marc")
    assert merged == ("Un, revu.\n\nDeux, revu.", False)


def test_a_paragraph_added_next_to_one_that_is_rewritten_is_no_overlap() -> None:
    merged = merge("Un.\n\nDeux.", "Un.\n\nNeuf.\n\nDeux.", "Un.\n\nDeux, revu.", their_name="Marc")
    assert merged == ("Un.\n\nNeuf.\n\nDeux, revu.", False)
    merged = merge("Un.\n\nDeux.", "Un, revu.\n\nDeux.", "Un.\n\nNeuf.\n\nDeux.", their_name="Marc")
    assert merged == ("Un, revu.\n\nNeuf.\n\nDeux.", False)


def test_two_versions_met_once_more_are_told_apart_again() -> None:
    """Both replace what an earlier merge had left, its line included."""
    both = merge("Un.", "Le fossé.", "Le mur.", their_name="Marc").text
    again = merge(both, "Un fossé, le mardi.", "Un mur, le jeudi.", their_name="Marc")
    assert again.overlapped and again.text.splitlines() == ["Un fossé, le mardi.", "", mark("Marc"), "", "Un mur, le jeudi."]


def test_a_title_says_whether_two_versions_stand_in_it() -> None:
    both = " ".join(merge("Titre", "La benne", "Le camion", their_name="Marc").text.split())
    assert line_has_two_versions(both) and not line_has_two_versions("La benne")
