"""The référentiel is complete, names what the source names, and speaks plain French."""

import re
from dataclasses import FrozenInstanceError

import pytest

from rex.referentiel.content import BALISES, ENJEUX, SOURCE, balise, balises_of, enjeu, enjeu_of_slug
from rex.referentiel.shapes import Balise, Enjeu

# Title and page of each balise, read in the public document (table of contents and body), with the accents
# that its table of contents leaves off the capitals.
TITLES = {
    "E1": ("S’inscrire dans une proximité au territoire vécu, au quotidien", 18),
    "E2": ("Construire le récit", 19),
    "E3": ("Créer les conditions de la confiance", 19),
    "E4": ("Changer le travail des services et des élus", 20),
    "E5": (
        "Veiller à ce que l’engagement fasse ressource pour la personne, pour qu’il puisse se maintenir dans la durée",
        21,
    ),
    "E6": ("S’engager, c’est voyager", 22),
    "S1": ("Élargir le regard", 25),
    "S2": ("Créer un effet d’entraînement", 26),
    "S3": ("Progresser par sauts systémiques", 26),
    "S4": ("Saisir les opportunités, les événements, comme une ressource", 26),
    "S5": ("Piloter par le sens, les délais, l’attention aux ressources", 27),
    "C1": ("Coopérer ne signifie pas être alignés", 31),
    "C2": ("Construire et animer des dispositifs de réflexivité", 31),
    "C3": ("Pas seulement participer, coopérer", 32),
    "C4": ("Manager (par) la coopération", 33),
    "C5": ("Développer une culture du risque partagé", 33),
    "C6": ("Jouer le temps et le territoire", 34),
    "V1": ("Appréhender la multiplicité des dimensions de valeurs", 37),
    "V2": ("Créer de la valeur à visées à la fois sociale, environnementale, économique", 37),
    "V3": ("Renforcer la capacité collective à entreprendre", 38),
    "V4": ("Évaluer une diversité de plans / de résultats", 39),
    "V5": ("Articuler les plans monétaire et symbolique de la valorisation", 39),
    "V6": ("Favoriser / valoriser une circulation monétaire endogène/exogène aux territoires", 40),
}
ENJEU_FACTS = {  # slug, label, glyph, token, page, balises, pages of the modes de faire, of the dispositifs
    "E": ("engagement", "Engagement", "star", "eng", 17, 6, (22, 23), (23, 24)),
    "S": ("integration", "Intégration systémique", "nodes", "sys", 25, 5, (27, 28), (29,)),
    "C": ("cooperation", "Coopération", "rings", "coop", 30, 6, (34,), (34, 35)),
    "V": ("valeur", "Valeur", "diamond", "val", 36, 6, (40, 41), (41, 42)),
}

balises = pytest.mark.parametrize("one", BALISES, ids=lambda one: one.code)
both = pytest.mark.parametrize("one", (*ENJEUX, *BALISES), ids=lambda one: one.code)


def words_of(one: Enjeu | Balise) -> list[str]:
    """Every piece of French that a reader sees of an enjeu or a balise."""
    words = [one.label, one.text, one.question]
    if isinstance(one, Balise):
        return [*words, one.title, *(related.reason for related in one.related)]
    return [*words, one.name, one.full_title, *(way.text for way in (*one.modes_de_faire, *one.dispositifs))]


def test_titles_and_pages_are_those_of_the_source():
    assert {one.code: (one.title, one.page) for one in BALISES} == TITLES
    assert [one.code for one in BALISES] == list(TITLES), "the order of the source"


@pytest.mark.parametrize("code", ENJEU_FACTS)
def test_enjeux_have_their_address_sign_and_pages(code):
    one = enjeu(code)
    assert (
        one.slug,
        one.label,
        one.glyph,
        one.token,
        one.page,
        len(balises_of(one)),
        tuple(sorted({way.page for way in one.modes_de_faire})),
        tuple(sorted({way.page for way in one.dispositifs})),
    ) == ENJEU_FACTS[code]
    assert enjeu_of_slug(one.slug) is one


def test_lookups():
    assert [one.code for one in ENJEUX] == ["E", "S", "C", "V"]
    assert (balise("C3").enjeu, balise("C3").number) == ("C", 3)
    assert balises_of("S") == tuple(one for one in BALISES if one.code.startswith("S"))
    for unknown in ("", "E7", "e1", "X1"):
        with pytest.raises(KeyError):
            balise(unknown)
    with pytest.raises(FrozenInstanceError):
        balise("E1").title = "Autre chose"  # ty: ignore[invalid-assignment]


@balises
def test_a_label_fits_a_chip_and_is_its_own(one):
    assert 0 < len(one.label) <= 32
    assert [other.code for other in BALISES if other.label == one.label] == [one.code]


@balises
def test_a_balise_is_explained_in_two_short_paragraphs_and_one_question(one):
    assert len(one.paragraphs) == 2
    assert all(80 <= len(paragraph) <= 400 for paragraph in one.paragraphs)
    assert one.question.endswith(" ?")
    assert one.source.endswith(f"p. {one.page}")


@balises
def test_related_balises_exist_and_say_why(one):
    codes = [related.code for related in one.related]
    assert 2 <= len(codes) <= 4
    assert len(set(codes)) == len(codes)
    assert one.code not in codes
    assert all(balise(code) for code in codes)
    assert any(balise(code).enjeu != one.enjeu for code in codes), "at least one leads to another enjeu"
    assert all(2 <= len(related.reason.split()) <= 10 for related in one.related)


def test_every_balise_can_be_reached_from_another():
    reached = {related.code for one in BALISES for related in one.related}
    assert [one.code for one in BALISES if one.code not in reached] == []


@both
def test_french_is_plain_and_well_set(one):
    for words in words_of(one):
        assert "'" not in words, "use ’"
        assert "!" not in words, "no exclamation mark"
        assert "·" not in words, "no midpoint"
        assert "  " not in words
        assert not re.search(r"\S[:;?»]|«\S", words), f"a space before : ; ? » and after « : {words}"
        assert not re.search(r"\b(soumettre|valider|workflow|tu|ton|toi)\b", words, re.I)


def test_the_source_is_cited_whole():
    assert SOURCE.authors == ("Patrice Vuidel", "Julian Perdrigeat")
    for piece in ("Villes pairs, territoires pilotes de la transition", "IE-EFC", "mars 2019", "CC BY-NC-ND"):
        assert piece in SOURCE.citation
