"""French words made comparable: each pair is one word, or is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.search.asked import Finder, asked_in
from rex.search.extracts import extract, marked
from rex.search.near_balises import near
from rex.search.words import indexed, stems, tokens

SAME = [
    ("école", "ECOLE"), ("école", "ècoles"), ("fermée", "fermee"), ("fermées", "fermer"), ("élus", "elu"), ("élues", "élu"),
    ("œuvre", "oeuvres"), ("Œuvres", "œuvre"), ("travaux", "travail"), ("municipaux", "municipale"), ("eaux", "eau"),
    ("enjeux", "enjeu"), ("chevaux", "cheval"), ("locaux", "local"), ("yeux", "œil"), ("heureux", "heureuses"),
    ("coopération", "coopérer"), ("réunions", "reunion"), ("1er", "1"), ("2e", "2ème"), ("1 500", "1\u202f500"), ("1500", "1 500"),
    ("associations", "association"), ("habitantes", "habitant"), ("e\u0301cole", "école"), ("co\u00adopérer", "coopérer"),
    ("ﬁnances", "finances"), ("ŒUVRE", "oeuvre"),
]  # fmt: skip
OTHER = [("marché", "mairie"), ("eau", "au"), ("cour", "coeur"), ("12", "120"), ("plan", "planter"), ("rue", "ruse")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_are_one_word(one, other):
    assert known(one) & known(other), (known(one), known(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_these_are_two(one, other):
    assert not known(one) & known(other)


def known(text: str) -> set[str]:
    return {stem for token in tokens(text) for stem in stems(token.word)}


def test_elisions_apostrophes_hyphens_and_numbers():
    typed = "L’école d'Inès, jusqu’à aujourd’hui : qu'il y ait 1 500 élèves (12\u202f300 €), rendez-vous rue-Basse n° 3 😀"
    expected = "ecole ines a aujourd hui il y ait 1500 eleves 12300 rendez vous rue basse n 3"
    assert [token.folded for token in tokens(typed)] == expected.split()


def test_small_words_are_left_out_unless_there_is_nothing_else():
    assert asked_in("la fermeture de la rue") == asked_in("fermeture rue")
    assert [term.words for term in asked_in("de la").terms] == [("de",), ("la",)]
    assert not asked_in("") and not asked_in("« » \" ' - * ( ) ^ : 😀")


def test_more_than_is_read_is_said():
    assert not asked_in("rue fermée le matin").is_cut and asked_in("mot " + "x" * 200).is_cut
    assert asked_in("un deux trois quatre cinq six sept huit neuf dix onze").is_cut
    assert asked_in(f'"{" ".join("abcdefghijklmno")}"').is_cut


def test_operators_of_other_tools_are_no_words():
    assert asked_in("rue AND école NOT (marché*)") == asked_in("rue école marché") and asked_in("NEAR(rue école, 5)").terms[:2]
    assert asked_in("AND").terms and len(asked_in("RUE OR ÉCOLE").terms) == 3, "nothing else, or all is in capitals"


def test_small_words_alone_are_told_from_others():
    assert asked_in("de la").is_small and asked_in('"de la"').is_small and asked_in("a").is_small
    assert not asked_in("de la rue").is_small and not asked_in('"de la rue"').is_small and not asked_in("x").is_small


def test_accents_are_kept_of_words_that_have_some():
    said = indexed("L’école", "Des pêches, un péché, une rue, un œuf ; ÉTÉ.").accents
    assert said == " école pêche péché été "
    assert asked_in('pêches rue "été chaud"').accented == ("été", "pêche")


def test_words_between_quotes_are_looked_for_in_their_order():
    for typed in ('"rue fermée"', "« rue fermée »", "“rue fermée”"):
        (term,) = asked_in(typed).terms
        assert term.is_exact and term.words == ("rue", "fermee")
    assert [term.is_exact for term in asked_in('place "rue fermée').terms] == [False, False, False], "a quote that nothing closes"


def test_no_phrase_goes_on_from_the_title_into_the_text():
    kept = indexed("La rue", "Fermée le matin")
    assert "erue efermee" not in kept.exact and " tru " in kept.title and " smatin " in kept.stems


def test_a_long_text_keeps_all_its_words():
    words = " ".join(f"mot{number}" for number in range(14_000))
    assert " smot13999 " in indexed("", words).stems


def test_found_words_are_marked_in_the_text_as_it_is_written():
    finder = Finder(asked_in('oeuvre ecoles "rue fermee"'))
    pieces = marked(finder, "L’Œuvre de l’École, une rue fermée ; et une rue ouverte.")
    assert [words for words, is_found in pieces if is_found] == ["Œuvre", "École", "rue fermée"]
    assert "".join(words for words, _ in pieces) == "L’Œuvre de l’École, une rue fermée ; et une rue ouverte."


def test_an_extract_is_taken_around_the_first_found_word():
    long = "Un début qui ne dit rien de cela. " * 40 + "Le **marché** a fermé. " + "Une fin qui n’en dit pas plus. " * 40
    pieces = extract(Finder(asked_in("marches")), ["Une première section.", long])
    said = "".join(words for words, _ in pieces)
    assert ("marché", True) in pieces and said.startswith("… ") and said.endswith(" …") and len(said) < 330 and "**" not in said
    assert extract(Finder(asked_in("absent")), ["Une première section.", long]) == [("Une première section.", False)]


def test_balises_whose_name_says_the_words_are_proposed():
    assert near(asked_in("créer de la confiance"), [])[0].code == "E3"
    assert near(asked_in("zzz"), []) == [] and len(near(asked_in("coopération valeur engagement"), [])) <= 4


@given(st.text(max_size=300))
def test_whatever_is_typed_what_is_looked_for_has_only_letters_and_digits(typed):
    for term in asked_in(typed).terms:
        assert term.words and all(word.isascii() and word.isalnum() for word in term.words)
    Finder(asked_in(typed)).all(typed)


@given(st.text(max_size=300))
def test_what_a_text_says_is_found_in_it(text):
    kept = indexed("", text)
    for token in list(tokens(text))[:5]:
        assert f" e{token.folded} " in kept.exact
