"""Balises proposed from the text: right rather than many, silent rather than poor, and fast on any text."""

import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from rex.referentiel.content import BALISES
from rex.referentiel.phrases import LEXICONS, compile_phrase
from rex.referentiel.proposals import MOST, Proposal, propose
from tests.pace import quickest

PASSAGES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))["passage"]

PRECISION = 0.75  # of what is proposed, at least three in four are what a careful reader would propose
HELPED = 0.75  # of the passages that speak of a balise, at least three in four get a right proposal
SILENCE = 0.9  # of the neutral texts, at least nine in ten get none

TRUST = (
    "Pendant deux ans les promesses de la mairie n’avaient pas été tenues. "
    "Nous avons laissé les clés aux jeunes et ils ont repris confiance."
)


@dataclass
class Measure:
    """What happened on one half of the passages."""

    right: int = 0
    wrong: int = 0
    tagged: int = 0
    helped: int = 0
    neutral: int = 0
    silent: int = 0


def measure(half: str) -> Measure:
    result = Measure()
    for passage in (one for one in PASSAGES if one["half"] == half):
        expected, proposed = set(passage["expected"]), {one.code for one in propose(passage["text"])}
        result.right += len(proposed & expected)
        result.wrong += len(proposed - expected)
        if expected:
            result.tagged += 1
            result.helped += bool(proposed & expected)
        else:
            result.neutral += 1
            result.silent += not proposed
    return result


@pytest.mark.parametrize("half", ["dev", "kept"])
def test_proposals_agree_with_a_careful_reader(half):
    found = measure(half)
    assert (found.tagged, found.neutral) >= (20, 10), "too few passages for a measure to mean something"
    assert found.right / (found.right + found.wrong) >= PRECISION, found
    assert found.helped / found.tagged >= HELPED, found
    assert found.silent / found.neutral >= SILENCE, found


def test_both_halves_cover_every_balise():
    for half in ("dev", "kept"):
        covered = {code for one in PASSAGES if one["half"] == half for code in one["expected"]}
        assert covered == {one.code for one in BALISES}


def test_a_proposal_shows_the_words_of_the_text_as_written():
    (found,) = propose(TRUST)
    assert found == Proposal("E3", ("promesses … tenues", "laissé les clés", "repris confiance"), found.strength)
    assert 0 < found.strength <= 1
    assert all(piece in TRUST for words in found.words for piece in words.split(" … "))


def test_what_is_already_chosen_is_not_proposed_again():
    assert propose(TRUST, already=["E3"]) == []
    assert [one.code for one in propose(TRUST, already={"E1", "une-balise-du-collectif"})] == ["E3"]


@pytest.mark.parametrize(
    "same",
    [
        TRUST.upper(),
        TRUST.replace("’", "'"),
        unicodedata.normalize("NFD", TRUST),
        unicodedata.normalize("NFD", TRUST).encode("ascii", "ignore").decode(),
        TRUST.replace(" ", "\n"),
        TRUST.replace(" ", "\u00a0"),
    ],
    ids=["capitals", "straight-apostrophe", "decomposed", "without-accents", "one-word-a-line", "no-break"],
)
def test_the_way_of_typing_changes_nothing(same):
    assert [one.code for one in propose(same)] == ["E3"]


def test_plurals_and_conjugations_are_one():
    told = "Le matin, dans la cour, {} avec les parents du village et nous avons bu du café"
    for form in ("nous prenons du recul", "prendre du recul", "ils ont pris du recul"):
        assert [one.code for one in propose(told.format(form))] == ["C2"], form


def test_an_expression_does_not_cross_a_sentence_or_a_comma():
    assert propose("Nous avons pris la route. Du recul des terres, il y en a partout le long de la rivière.") == []
    assert [one.code for one in propose("Ce sera une bonne boule de neige pour tous les habitants.")] == ["S2"]
    assert propose("Les enfants ont lancé une boule, de neige ou de papier, dans la cour.") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "Nous avons repris confiance.",  # fewer than eight words: a title says too little
        "12 45 78 -- 3,50 € ; 18 h 30 / 19 h ***",
        "Réunion du service, calendrier des congés, budget des fournitures, remplacement du copieur et clés du local.",
        "El compromiso de los vecinos y la confianza en el proyecto han permitido una cooperación muy buena.",
        "Das Engagement der Bürger und die Evaluation des Projekts wurden im Rat gelobt und gut besprochen.",
    ],
)
def test_silence_rather_than_a_poor_proposal(text):
    assert propose(text) == []


def test_one_common_word_is_not_enough():
    assert propose("La confiance est un mot que nous avons écrit en grand sur le mur de la salle des fêtes.") == []


def test_hints_scattered_over_a_long_text_do_not_add_up():
    (recipe,) = (one["text"] for one in PASSAGES if one["voice"] == "recette")
    hints = "Le trottoir est sec. {0} Un voisin passe. {0} C’est le quotidien."
    assert [one.code for one in propose(hints.format(""))] == ["E1"]
    assert propose(hints.format(recipe * 4)) == []


def test_never_more_than_three_best_first_and_always_the_same():
    everything = " ".join(one["text"] for one in PASSAGES)
    found = propose(everything)
    assert len(found) == MOST
    assert [one.strength for one in found] == sorted((one.strength for one in found), reverse=True)
    assert all(1 <= len(one.words) <= 4 for one in found)
    assert propose(everything) == found


def seconds(text: str, enough: float) -> float:
    return quickest(lambda: propose(text), enough)


def test_a_long_recit_is_read_while_one_types():
    """Some thirty milliseconds on an ordinary machine; the margin is for a slow one, the fault looked for is a freeze."""
    everything = " ".join(one["text"] for one in PASSAGES)
    assert seconds((everything * 2)[:20_000], 0.5) < 0.5


@pytest.mark.parametrize(
    "pattern",
    ["a", "e\u0301\u0316", "l’", ".,; ", "\n \t", "les élus voulaient ", "nous les faire confiance ", "|… "],
)
def test_a_hostile_ten_megabytes_does_not_hold_the_page(pattern):
    assert seconds(pattern * (10_000_000 // len(pattern)), 5) < 5, "a freeze, not a slow machine: some tenths of a second are usual"


def test_the_lexicon_speaks_of_every_balise_and_keeps_its_own_rules():
    ideas = {code: one for lexicon in LEXICONS for code, one in lexicon.IDEAS.items()}
    assert set(ideas) == {one.code for one in BALISES}
    for code, lines in ideas.items():
        assert len(lines) >= 4, f"{code}: too few ideas to ask for two of them"
        for weight, *sources in lines:
            assert weight in (1, 2, 3)
            for source in sources:
                phrase = compile_phrase(code, 0, weight, source)
                many = len([piece for piece in source.split() if set(piece) != {"…"}]) > 1
                assert phrase.stems, f"{code}: « {source} » is made of small words only"
                assert len(phrase.stems) > 1 or not many, f"{code}: « {source} » is down to one word"
                assert len(phrase.stems) > 1 or weight < 3, f"{code}: « {source} » alone is not enough"
