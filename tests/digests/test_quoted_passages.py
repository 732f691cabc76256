"""Which words of a text a letter quotes, and whether the text still says them."""

import pytest

from rex.digests.passages import CUT, LONGEST, still_said, telling
from rex.text.passages import says


def test_what_one_lived_comes_before_what_was_counted():
    said = {
        "faits": "La Voirie a posé douze barrières le 3 mars. Le premier matin, personne ne le savait.",
        "contexte": "La rue de l’École mène à trois classes.",
    }
    assert telling(said) == "Le premier matin, personne ne le savait."


def test_a_sentence_that_leans_on_the_one_before_is_not_quoted_alone():
    said = {"faits": "Nous avons perdu la clé du gymnase un samedi. Cela nous a fait rire, et personne ne nous a rien dit d’autre."}
    assert telling(said) == "Nous avons perdu la clé du gymnase un samedi."


def test_a_letter_quotes_nobody_on_a_person():
    said = {"faits": "Inès dit qu’elle avait honte et que personne ne l’a su. Nous avons déplacé la barrière."}
    assert telling(said, names=frozenset({"Inès"})) == "Nous avons déplacé la barrière."
    assert telling({"faits": said["faits"].replace("Inès", "Marie")}) == "Nous avons déplacé la barrière."


def test_a_few_sentences_are_quoted_whole():
    said = "Personne ne m’a demandé. Je l’ai su par le journal."
    assert telling({"": said}) == said


def test_a_few_sentences_that_name_somebody_are_taken_apart():
    said = "Jeanne a téléphoné trois fois en mairie. Être informés d’une chose déjà faite, nous connaissons."
    assert telling({"": said}, names=frozenset({"Jeanne"})) == "Être informés d’une chose déjà faite, nous connaissons."
    alone = "Jeanne a téléphoné trois fois en mairie."
    assert telling({"": alone}, names=frozenset({"Jeanne"})) == alone, "when there is nothing else"


def test_one_section_alone():
    said = {"faits": "Personne ne le savait, et nous non plus.", "transferable": "Prévoir trois personnes le premier matin."}
    assert telling(said, ("transferable",)) == "Prévoir trois personnes le premier matin."
    assert telling({"faits": "Personne ne le savait."}, ("transferable",)) == ""


def test_the_same_words_are_not_said_twice_when_there_are_others():
    said = {"faits": "Personne ne le savait ce matin-là. Nous avons déplacé la barrière à la main."}
    first = telling(said)
    assert telling(said, (), {first}) == "Nous avons déplacé la barrière à la main."
    assert telling({"faits": first}, (), {first}) == first


def test_a_long_paragraph_without_a_sentence_is_cut_between_two_words():
    source = "mot " * 400
    quote = telling({"faits": source})
    assert quote.endswith(f" {CUT}") and len(quote) <= LONGEST + len(CUT) + 1
    assert still_said([source], {quote}) == {quote}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "   ",
        "🎉🎉🎉",
        "***",
        "x" * 5000,
        "ok",
        "# Titre\n\n- un\n- deux",
        "مرحبا بكم في الجريدة. كنا ننتظر.",
        "> « Oui. » et non",
        "a\u0000b",
    ],
)
def test_whatever_it_says_a_text_says_its_quote(source: str):
    quote = telling({"faits": source})
    assert len(quote) <= LONGEST + len(CUT) + 1
    assert not quote or still_said([source], {quote}) == {quote}


def test_marks_of_a_text_are_not_its_words():
    source = "Le **premier** matin, [personne](https://exemple.org) ne le savait ici."
    quote = telling({"faits": source})
    assert quote == "Le premier matin, personne ne le savait ici."
    assert says(source, quote)


def test_pieces_are_looked_for_one_by_one():
    said = ["Le premier matin, personne ne le savait.", "On attendait."]
    assert still_said(said, {"Le premier matin […] savait.", "On attendait.", "On […] partait.", "Rien"}) == {
        "Le premier matin […] savait.", "On attendait.",
    }  # fmt: skip
