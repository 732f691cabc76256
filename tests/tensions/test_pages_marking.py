"""Shared words, marked where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from rex.french import typo
from rex.tensions.marking import marked


def said(text: str, *shared: str) -> list[str]:
    return [piece for piece, is_shared in marked(text, shared) if is_shared]


def test_words_are_marked_whatever_their_case_and_accents():
    assert said("Réunion après réunion, rien ne se décide.", "reunion", "décide") == ["Réunion", "réunion", "décide"]


def test_a_word_within_another_is_not_marked():
    assert said("La date est datée.", "date") == ["date"]


def test_a_word_after_an_elision_is_marked_alone():
    assert said("L'agenda de l’élue.", "agenda", "élue") == ["agenda", "élue"]


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=4))
def test_nothing_of_the_text_is_lost(text, shared):
    assert "".join(piece for piece, _ in marked(text, shared)) == typo(text)
