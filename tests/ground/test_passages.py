"""Passages: what may be quoted from a text, and whether the text still says it."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.text.passages import MOST, MOST_PARAGRAPHS, paragraphs_of, said_among, says, tidy_quote
from tests.ground.hostile import SCRIPTS
from tests.pace import quickest

TOLD = """Le courrier du 15 a-t-il « prévenu » ? Pour la *Voirie*, oui.

- parcourir le **trajet** à pied
- nommer [un interlocuteur](https://exemple.fr/x)

> Personne n'a posé la question.

| avant | après |
|---|---|
| 340 enfants | 120 voitures |

Une ligne[^1]
puis une autre.

[^1]: Comptée le lundi.
"""


def test_each_block_is_a_paragraph_in_plain_words():
    assert paragraphs_of(TOLD) == [
        "Le courrier du 15 a-t-il « prévenu » ? Pour la Voirie, oui.",
        "parcourir le trajet à pied",
        "nommer un interlocuteur",
        "Personne n’a posé la question.",
        "avant",
        "après",
        "340 enfants",
        "120 voitures",
        "Une ligne puis une autre.",
        "Comptée le lundi.",
    ]


@pytest.mark.parametrize("source", ["", "  \n\n ", "---", "***", "* * *"])
def test_nothing_to_quote(source):
    assert paragraphs_of(source) == []


@pytest.mark.parametrize(
    "quote",
    [
        "Pour la Voirie, oui.",
        "Pour la *Voirie*, oui",
        "a-t-il « prévenu » ?",  # no-break spaces, as a page has them
        'a-t-il "prévenu" ?',
        "a‑t‑il «prévenu»?",
        "Personne n'a posé",
        "Personne n’a posé",
        "Personne\n  n'a   posé",
        "nommer [un interlocuteur](https://exemple.fr/x)",
        "trajet à pied nommer un inter",  # a selection across two items
        "340 enfants\t120 voitures",
        "Une ligne1 puis",  # a selection takes the call of a footnote
        "Une ligne puis",
        "pre\u0301venu",  # an accent of its own, as some keyboards write it
    ],
)
def test_it_says_so_whatever_the_spaces_and_marks(quote):
    assert says(TOLD, quote)


@pytest.mark.parametrize("quote", ["", "   ", "*_*", "pour la voirie", "Pour la Voirie, non.", "https://exemple.fr/x", "↩"])
def test_it_does_not_say_so(quote):
    assert not says(TOLD, quote)


def test_several_quotes_are_looked_for_at_once():
    assert said_among(TOLD, ["Personne n'a posé", "jamais dit", ""]) == {"Personne n'a posé"}


@pytest.mark.parametrize("source", SCRIPTS)
def test_what_means_harm_is_only_words(source):
    for words in paragraphs_of(source):
        assert says(source, words), "every paragraph offered can be quoted"


def test_a_quote_is_tidied():
    assert tidy_quote("  Un\u00a0mot \t de plus \r\n\r\n\r\n et\u202e un autre ") == "Un mot de plus\net un autre"
    assert tidy_quote("mot " * 400) == "mot " * (MOST // 4 - 1) + "mot"
    assert tidy_quote("m" * 2_000) == "m" * MOST
    assert tidy_quote("un deux trois", most=9) == "un deux"
    assert tidy_quote(" \n ") == ""


def test_a_quote_cut_is_still_said():
    source = "Nous avons rouvert deux jours, puis refermé avec deux agents. " * 40
    assert says(source, tidy_quote(source))


@given(st.text(alphabet="ab *_[](){}<>|`#>-\n1.’«» ", max_size=200))
def test_whatever_is_offered_can_be_quoted_and_kept(source):
    for words in paragraphs_of(source):
        assert says(source, words)
        assert says(source, tidy_quote(words))


@pytest.mark.parametrize(
    "source",
    [
        "[" * 200_000,
        "*a" * 100_000,
        "> " * 100_000,
        "| a " * 50_000 + "\n" + "|---" * 50_000,
        "- a\n" * 50_000,
        "a\n\n" * 60_000,
        "<![CDATA[" * 20_000,
        "&" * 200_000,
        "a" * 300_000,
        "[^1]" * 50_000 + "\n\n[^1]: x",
    ],
)
def test_hostile_texts_take_a_bounded_time(source):
    def work() -> None:
        assert len(paragraphs_of(source)) <= MOST_PARAGRAPHS
        says(source, source[:600])
        says("court", source)
        tidy_quote(source)

    assert quickest(work, enough=6) < 6, "the work grows faster than the text"
