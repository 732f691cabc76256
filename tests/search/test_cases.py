"""One list of cases, the same results in the same order on both engines."""

from datetime import date

import pytest

from rex.clock import Period
from rex.search import queries
from rex.search.filters import Filters
from rex.search.models import FoundKind
from tests.making import make_exchange, make_recit
from tests.search.corpus import tell
from tests.search.finding import found

ECOLE, MARCHE, NUITS = "La rue de l’École fermée le matin", "Un marché de producteurs", "Onze nuits rue Basse"
FRESQUE, REUNION, ECLAIRAGE = "L’œuvre de la fresque", "Réunion publique", "Éclairage"
VANNE, MERCI = "Personne ne savait qui ferme la vanne d’eau la nuit.", "Vous avez tenu la barrière de l’école."
PLACES, COMPTEURS = "Qui garde les places du marché ?", "Nos compteurs tournent aussi la nuit."
COMPTEUR = "Le compteur d’eau partagé"

CASES = {
    "ecole": [ECOLE, MERCI, MARCHE],
    "ÉCOLES": [ECOLE, MERCI, MARCHE],
    "l'école": [ECOLE, MERCI, MARCHE],
    "oeuvre": [FRESQUE],
    "Œuvres": [FRESQUE],
    "coeur": [FRESQUE],
    "travail": [FRESQUE, NUITS],
    "travaux": [FRESQUE, NUITS],
    "réunions": [REUNION, ECLAIRAGE],
    "marche": [MARCHE, PLACES],
    "marchés du samedi": [MARCHE],
    "1500 euros": [NUITS],
    "1\u202f500": [NUITS],
    "nuit": [NUITS, COMPTEURS, VANNE, ECLAIRAGE],
    "compteur": [COMPTEUR, COMPTEURS],
    "découragements": [VANNE],
    "rue": [ECOLE, NUITS, REUNION],
    '"rue Basse"': [NUITS],
    '"basse rue"': [],
    '"la rue"': [ECOLE, REUNION],
    "« une réunion »": [REUNION, ECLAIRAGE],
    '"école fermée" matin': [ECOLE],
    "rendez-vous": [ECLAIRAGE],
    "voirie": [MARCHE, ECOLE, MERCI, VANNE],
    "vannes nuits": [VANNE],
    "source": [],
    "introuvable": [],
    "école introuvable": [],
    "😀": [],
    "מים": [],
}


@pytest.fixture
def told(database, cast):
    return tell(database, cast)


def test_the_cases(database, cast, told):
    wrong = {}
    for typed, expected in CASES.items():
        titles = found(database, cast.camille, typed)
        if titles != expected:
            wrong[typed] = titles
    assert wrong == {}


def test_the_very_accents_that_are_typed_come_first(database, cast):
    """Typed without accents, a word is any of them: the newest first. Typed with some, who writes it so comes first."""
    for title in ("La pêche à pied", "Un péché mignon", "Le pécheur et sa peche"):
        make_recit(database, cast.camille, title, {"faits": "Rien d’autre."})
    make_recit(database, cast.camille, "Au bord de l’eau", {"faits": "Des pêches, au filet."})
    assert found(database, cast.camille, "pêche")[:2] == ["La pêche à pied", "Au bord de l’eau"]
    assert found(database, cast.camille, "PÊCHES")[:2] == ["La pêche à pied", "Au bord de l’eau"]
    assert found(database, cast.camille, "péché")[0] == "Un péché mignon"
    assert len(found(database, cast.camille, "péché")) == 4, "the others follow"
    assert found(database, cast.camille, '"la pêche"') == ["La pêche à pied"]


def test_filters(database, cast, told):
    today = date.today()
    for filters, typed, expected in (
        (Filters(kind=FoundKind.EXCHANGE), "marché", [PLACES]),
        (Filters(kind=FoundKind.RECOGNITION), "école", [MERCI]),
        (Filters(kind=FoundKind.DIFFICULTY), "nuit", [VANNE]),
        (Filters(enjeu="C"), "rue", [ECOLE, NUITS]),
        (Filters(balise="E3"), "rue", [REUNION]),
        (Filters(enjeu="E", balise="C1"), "rue", []),
        (Filters(reseau=True), "compteur", [COMPTEUR, COMPTEURS]),
        (Filters(collectif_id=cast.valombre_id), "compteur", []),
        (Filters(period=Period(today.replace(year=today.year - 1), None)), "oeuvre", [FRESQUE]),
        (Filters(period=Period(None, today.replace(year=today.year - 1))), "oeuvre", []),
        (Filters(service="AAAAAAAAAAAAAAAA"), "école", []),
    ):
        assert found(database, cast.camille, typed, filters) == expected, (filters, typed)


def test_each_reads_what_is_told_to_them(database, cast, told):
    assert found(database, cast.ines, "école") == []
    assert found(database, cast.ines, "marché") == ["La source de l’Orbe"]
    assert found(database, cast.noor, "eau") == found(database, cast.noor, "EAUX")
    assert set(found(database, cast.noor, "marché")) == {MARCHE, PLACES, "La source de l’Orbe"}
    assert found(database, cast.camille, "source") == []


def test_among_too_many_texts_the_old_one_whose_title_says_the_word_is_first(database, cast, told, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    queries._found.cache_clear()
    for number in range(6):
        make_exchange(database, cast.bruno, told[FRESQUE].public_id, f"Un marché, le {number + 2}.")
    titles = found(database, cast.camille, "marché")
    queries._found.cache_clear()
    assert titles[0] == MARCHE and titles[1:] == ["Un marché, le 7.", "Un marché, le 6.", "Un marché, le 5."]
