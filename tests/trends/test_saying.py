"""The days of a page in French: its heading, what it is compared with, small numbers in words."""

from datetime import date

import pytest

from rex.trends.asked import Place, asked_from
from rex.trends.jalons import ShownJalon
from rex.trends.periods import Span
from rex.trends.saying import against, heading_of, in_words, ordinal, when

TODAY = date(2026, 11, 22)
PLACE = Place(1, "valombre", "Ville de Valombre", "Europe/Paris")
JALON = ShownJalon("a" * 16, date(2026, 3, 1), "Réorganisation")
LATE_IN_A_MONTH = ShownJalon("b" * 16, date(2026, 3, 9), "L’arrivée du maire")


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


HEADINGS = [
    ({}, "Ce qui résiste depuis trois mois"),
    ({"enjeu": "C"}, "Ce qui résiste en coopération depuis trois mois"),
    ({"balise": "V2"}, "Ce qui résiste du côté de la valeur depuis trois mois"),
    ({"periode": "2026-T4"}, "Ce qui résiste ce trimestre"),
    ({"periode": "2026-T1", "enjeu": "S"}, "Ce qui a résisté en intégration systémique au premier trimestre 2026"),
    ({"periode": "2025-T3"}, "Ce qui a résisté au troisième trimestre 2025"),
    ({"periode": "2026-11"}, "Ce qui résiste en novembre 2026"),
    ({"periode": "2026-10", "enjeu": "E"}, "Ce qui a résisté dans l’engagement en octobre 2026"),
    ({"periode": "2026"}, "Ce qui résiste en 2026"),
    ({"periode": "2025"}, "Ce qui a résisté en 2025"),
    ({"du": "2026-03-03", "au": "2026-04-12"}, "Ce qui a résisté du 3 mars au 12 avril 2026"),
    ({"du": "2026-11-22", "au": "2026-11-22"}, "Ce qui résiste le 22 novembre 2026"),
]


@pytest.mark.parametrize(("given", "heading"), HEADINGS)
def test_the_heading_says_the_days_and_the_enjeu(given: dict[str, str], heading: str) -> None:
    assert plain(heading_of(asked_from(given, PLACE, TODAY))) == heading


def test_the_heading_of_the_reseau_says_so() -> None:
    reseau = Place(None, "", "Réseau", "Europe/Paris")
    assert heading_of(asked_from({}, reseau, TODAY)) == "Ce qui se raconte dans le réseau depuis trois mois"
    assert plain(heading_of(asked_from({"periode": "2025", "enjeu": "C"}, reseau, TODAY))) == (
        "Ce qui se raconte en coopération dans le réseau en 2025"
    )


COMPARED = [
    ({}, "les trois mois d’avant"),
    ({"periode": "2026-10"}, "le mois d’avant"),
    ({"periode": "2025"}, "l’année d’avant"),
    ({"periode": "2026"}, "du 1er janvier au 22 novembre 2025"),
    ({"periode": "2026-11"}, "du 1er au 22 octobre 2026"),
    ({"du": "2026-03-03", "au": "2026-04-12"}, "les 41 jours d’avant"),
    ({"du": "2026-03-03", "au": "2026-03-03"}, "le jour d’avant"),
    ({"avec": JALON.public_id}, "les trois mois avant « Réorganisation »"),
    ({"avec": JALON.public_id, "periode": "2026-10"}, "le mois avant « Réorganisation »"),
    ({"avec": JALON.public_id, "periode": "2026"}, "du 1er janvier au 22 novembre 2025"),
    ({"avec": LATE_IN_A_MONTH.public_id}, "les trois mois avant « L’arrivée du maire »"),
]


@pytest.mark.parametrize(("given", "words"), COMPARED)
def test_what_the_figures_are_held_against(given: dict[str, str], words: str) -> None:
    assert plain(against(asked_from(given, PLACE, TODAY, [JALON, LATE_IN_A_MONTH]))) == words


def test_whole_months_are_elided_as_they_are_said() -> None:
    def said(first: date, last: date, months: int) -> str:
        return plain(when(Span(first, last, months=months), TODAY))

    assert said(date(2026, 8, 1), date(2026, 10, 31), 3) == "d’août à octobre 2026"
    assert said(date(2026, 9, 1), date(2026, 11, 30), 3) == "de septembre à novembre 2026"
    assert said(date(2025, 12, 1), date(2026, 11, 30), 12) == "de décembre 2025 à novembre 2026"
    assert said(date(2026, 10, 1), date(2026, 10, 31), 1) == "en octobre 2026"


def test_numbers_in_words() -> None:
    assert [in_words(n) for n in (0, 1, 2, 12, 13, 1234)] == ["zéro", "un", "deux", "douze", "13", "1\u202f234"]
    assert in_words(1, feminine=True) == "une" and in_words(2, feminine=True) == "deux"
    assert [ordinal(n) for n in (1, 2, 10, 17, 20, 21)] == ["premier", "deuxième", "dixième", "dix-septième", "vingtième", "21e"]
    assert ordinal(1, feminine=True) == "première"
