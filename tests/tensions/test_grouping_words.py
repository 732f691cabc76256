"""Words, lexicon, and the reasons given for a group: what is said stands in the texts."""

import re

import pytest

from rex.tensions.grouping import group
from rex.tensions.grouping_explain import Reasons
from rex.tensions.grouping_hollow import is_hollow
from rex.tensions.grouping_lexicon import PLACE, Lexicon, shipped
from rex.tensions.grouping_words import content, folded, sentences, stem
from tests.tensions.notes import development, note


@pytest.mark.parametrize(
    "forms", [("fermée", "fermees", "fermés", "FERMÉ"), ("école", "Écoles"), ("local", "locaux"), ("œuvre", "oeuvres")]
)
def test_forms_of_a_word_are_one(forms: tuple[str, ...]):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Il n’y a plus de place", ["plus"]),
        ("Plus de place au foyer", ["Plus"]),
        ("Nous sommes plus nombreux", []),
        ("Aucune réponse, sans suite", ["Aucune", "sans"]),
        ("Les moyens manquent", ["manquent"]),
        ("Personne ne répond", ["Personne"]),
        ("Une personne âgée attend", []),
        ("Faute de bus", ["Faute"]),
        ("C’est la faute du maire", []),
    ],
)
def test_what_is_said_to_lack(text: str, lacking: list[str]):
    assert [word.written for sentence in sentences(text) for word in sentence if word.is_lack] == lacking


def test_small_words_and_elisions_are_no_content():
    assert [word.folded for word in content("L’agent qu’on n’a jamais vu dans l'école")] == ["agent", "vu", "ecole"]


def test_other_scripts_are_kept():
    assert content("لا أحد يجيب")
    assert folded("Ёлка") != ""


LEXICON = """
# a comment
[Eau]
fuite : fuite, fuir, goutte à goutte   # another
pas d’eau : pas eau, robinet sec|vide
[=Tous les jours]
épuisé : =à bout, exténu*
"""


def read(text: str) -> set[str]:
    return {found.idea for found in Lexicon(LEXICON).read(text)}


def test_the_lexicon_reads_words_expressions_choices_and_beginnings():
    assert read("Les fuites du robinet") == {"fuite"}
    assert read("Il n’y a plus d’eau chaude") == {"pas d’eau"}
    assert read("L’eau manque") == {"pas d’eau"}
    assert read("Notre robinet est encore vide") == {"pas d’eau"}
    assert read("De l’eau partout") == set()
    assert read("Nous sommes à bout") == {"épuisé"}
    assert read("Au bout de la rue") == set()
    assert read("une équipe exténuée") == {"épuisé"}
    assert read("Plus rien. L’eau coule") == set()


def test_what_would_say_too_much_alone_is_found_word_for_word():
    lexicon = Lexicon("[Eau]\nencore : deux fois\nfuir : s’en all*")
    assert {found.idea for found in lexicon.read("On l’a dit deux fois")} == {"encore"}
    assert lexicon.read("Deux agents") == ()


def test_a_line_that_is_no_idea_is_told_with_its_number():
    with pytest.raises(ValueError, match="line 2"):
        Lexicon("[Eau]\nfuite fuir")
    with pytest.raises(ValueError, match="line 1"):
        Lexicon("fuite : fuir")


def test_the_shipped_lexicon_is_wide_and_each_idea_is_said_once():
    lexicon = shipped()
    assert len(lexicon.areas) >= 400
    source = re.findall(r"(?m)^([^#\[\n:]+) :", PLACE.read_text(encoding="utf-8"))
    assert sorted(name.strip() for name in source) == sorted(lexicon.areas)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Les agents sont épuisés", "L’équipe est à bout"),
        ("Chaque service travaille en silo", "Chacun dans son couloir"),
        ("On ressaisit tout deux fois", "Il y a une double saisie"),
        ("Personne ne répond au téléphone", "Le standard est injoignable"),
        ("La concertation était un simulacre", "Tout était déjà décidé avant la réunion publique"),
    ],
)
def test_ways_of_saying_the_same_share_an_idea(one: str, other: str):
    first, second = ({found.idea for found in shipped().read(text)} for text in (one, other))
    assert first & second


def test_reasons_say_words_that_are_in_the_texts():
    notes, _ = development()
    by_id = {item["id"]: item for item in notes}
    reasons = Reasons(notes)
    for members in group(notes):
        items = [by_id[member] for member in members]
        texts = " ".join(item["text"] for item in items)
        portrait = reasons.group(items)
        assert portrait.central in members
        assert portrait.least_sure in members
        assert portrait.central != portrait.least_sure
        assert portrait.strength in {"fort", "moyen", "à vérifier"}
        for carried in portrait.words:
            assert carried.what in texts.lower()
            assert 2 <= carried.count <= carried.among == len(members)
        likeness = reasons.pair(items[0], items[1])
        for mine, theirs in likeness.words:
            assert mine in items[0]["text"]
            assert theirs in items[1]["text"]
        for near in likeness.near_words:
            assert all(part in items[0]["text"] for part in near.one.split(" … "))
            assert all(part in items[1]["text"] for part in near.other.split(" … "))


def test_reasons_of_a_pair():
    notes, _ = development()
    one = note("n1", "Les agents du guichet sont épuisés.", balises=["E5", "C1"])
    other = note("n2", "Au guichet, on est à bout.", balises=["E5"])
    likeness = Reasons([*notes, one, other]).pair(one, other)
    assert likeness.words == [("guichet", "guichet")]
    assert "épuisés ~ à bout" in [str(near) for near in likeness.near_words]
    assert likeness.balises == ["E5"]
    assert Reasons(notes).pair(one, other).words == likeness.words, "a note being written is among no others yet"


def test_numbers_and_empty_verbs_count_and_are_not_shown():
    one = note("n1", "Il reste trois chaises au guichet depuis 2024.")
    other = note("n2", "Au guichet, trois agents restent debout en 2024.")
    likeness = Reasons([one, other]).pair(one, other)
    assert (likeness.words, likeness.near_words, likeness.signs) == ([("guichet", "guichet")], [], 4)
    portrait = Reasons([one, other]).group([one, other])
    assert [carried.what for carried in portrait.words] == ["guichet"]
    bare = [note("n1", "Trois mois."), note("n2", "Trois jours, il en reste trois.")]
    assert Reasons(bare).pair(*bare).words == []


@pytest.mark.parametrize("word", ["reste", "Restée", "trois", "prenaient", "18", "2026", "000", "Deuxième", "vingt"])
def test_hollow_words(word: str):
    assert is_hollow(word)


@pytest.mark.parametrize("word", ["guichet", "données", "arrivée", "115", "mise", "prise", "pouvoir", "revenu", "neuf", "reprise"])
def test_words_that_say_something(word: str):
    assert not is_hollow(word)


def test_a_portrait_counts_balises_people_services_and_dates():
    items = [
        note("a", "Le bus du soir est supprimé.", balises=["C5"], date="2026-03-01", service="DST"),
        note("b", "Plus de bus le soir.", balises=["C5", "E1"], date="2025-11-20"),
        note("c", "Le dernier bus passe à 18 h.", balises=["E1"], date="2026-01-02", author="author-b"),
    ]
    portrait = Reasons(items).group(items)
    assert [str(one) for one in portrait.balises] == ["C5 chez 2 sur 3", "E1 chez 2 sur 3"]
    assert portrait.words[0].what == "bus"
    assert (portrait.people, portrait.services, portrait.first, portrait.last) == (2, 2, "2025-11-20", "2026-03-01")


def test_reasons_of_strange_texts():
    items = [note("a", ""), note("b", "🚧"), note("c", "لا أحد")]
    portrait = Reasons(items).group(items)
    assert portrait.words == []
    assert portrait.strength in {"à vérifier", "moyen", "fort"}


def test_notes_alike_come_nearest_first_with_their_reasons():
    notes, gold = development()
    reasons = Reasons(notes)
    new = note("new", "Le 115 est saturé, encore une famille qui dort dehors faute d’hébergement d’urgence.")
    found = reasons.alike(new)
    assert 1 <= len(found) <= 3
    assert gold[found[0][0]] == gold["Q068"]
    assert ("saturé", "saturé") in found[0][1].words
    assert reasons.alike(note("new", "Un ornithorynque joue du xylophone.")) == []
    assert "Q068" not in [key for key, _ in reasons.alike(next(item for item in notes if item["id"] == "Q068"))]
