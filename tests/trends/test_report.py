"""The « rapport pour le CODIR »: what a meeting needs of the page, with the readings of those who see it otherwise."""

import html
from datetime import UTC, datetime

import pytest

from rex.documents.to_page import has_pdf
from rex.trends.tables import Cell, Row, Table
from tests.trends.made_up import NAMES, REPORTS, ROOT, MadeUp, file_of, made_of
from tests.trends.opened import (
    plain_spaces,
    words_in,
)
from tests.trends.telling import looked, of_service, tell, three_each


@pytest.mark.parametrize("ending", (*REPORTS, "imprimer"))
def test_a_report_says_readings_beside_their_figures(visit, sections, read_otherwise, ending):
    sections(("Voirie", "Culture"))
    bruno = visit.as_("bruno")
    said = words_in(file_of(bruno, f"rapport/{ending}" if ending != "imprimer" else ending).data, ending)
    parts = ("Ce que dit tensions", "Ce que dit services", "Lu autrement, Voirie", "Ce que dit inconnu")
    at = [said.index(words) for words in parts]
    assert at == sorted(at), "a section that somebody reads otherwise is told too, before what is not known"
    assert "l’équipe était seule" in said and "Nous lisons cela autrement." in said and "D’un autre temps" not in said


# --- the report -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", REPORTS)
def test_a_report_opens_and_says_what_it_is(visit, told, sections, ending):
    sections()
    answer = file_of(visit.as_("bruno"), f"rapport/{ending}?periode=2026")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert f"Rapport pour le CODIR, Ville de Valombre, 2026.{ending}" in answer.headers["Content-Disposition"]
    said = words_in(answer.data, ending)
    for words in ("Période comparée :", "Lisible par tous les membres du journal", "Exporté de REX par Bruno Maréchal"):
        assert words in said
    said = html.unescape(said)
    for name in NAMES:
        assert plain_spaces(name) in said, name
    assert "Ce que dit services" not in said, "no reading: the page has it, a meeting does not need it"


@pytest.mark.parametrize("path", ["imprimer", "rapport/md"])
def test_paper_opens_no_list(visit, told, path):
    """On a screen each number does, and the page says so there."""
    said = "Chaque nombre de récits, de difficultés ou de mercis en ouvre la liste."
    bruno = visit.as_("bruno")
    assert f'<span class="screen-only">{said}</span>' in bruno.get(ROOT).get_data(as_text=True)
    assert said not in bruno.get(f"{ROOT}/{path}").get_data(as_text=True)


def test_addresses_of_a_report_are_in_full(visit, told, sections):
    sections(("Voirie",))
    said = file_of(visit.as_("bruno"), "rapport/html").data.decode()
    assert 'href="/' not in said and f'href="http://localhost{ROOT}/entrees?' in said
    assert "<caption>Récits de chaque service" in said and '<th scope="row"><a href=' in said


def test_what_is_too_large_for_paper_is_cut_and_says_so(visit, told, monkeypatch):
    def many(look) -> MadeUp:
        rows = tuple(Row(f"Balise {rank}", (Cell(rank),)) for rank in range(40))
        wide = Table("Large", ("Service", *(f"M{rank}" for rank in range(12))), (Row("Voirie", tuple(Cell(n) for n in range(12))),))
        return MadeUp("couverture", "Beaucoup", (Table("Longue", ("Balise", "Récits"), rows), wide))

    made_of(monkeypatch, many)
    said = words_in(file_of(visit.as_("bruno"), "rapport/md").data, "md")
    assert "Balise 7" in said and "Balise 8" not in said and "32 autres lignes sur la page" in said
    assert "Large" not in said, "one that paper does not take is on the page alone"


def test_missing_links_are_told_as_readily_as_strong_ones(visit, told, monkeypatch):
    rows = tuple(Row(f"A et {rank}", (Cell(rank % 2),)) for rank in range(30))
    table = Table("Récits communs", ("Deux services", "Récits"), rows)
    made_of(monkeypatch, lambda look: MadeUp("ensemble", "Qui avec qui", (table,)))
    said = words_in(file_of(visit.as_("bruno"), "rapport/html").data, "html")
    assert said.count(" 1 A et") >= 7 and "7 autres lignes sur la page" in said
    assert "15 paires de deux services sur 30 n’ont aucun récit commun. La page les montre toutes" in said
    assert "A et 0 ;" not in said, "a dozen of them would be those that begin the alphabet"


def test_of_one_service_or_college_nothing_is_said_to_lack(visit, database, cast):
    """On the page, and in all that is taken out of it; of an enjeu, what is silent is silent for all."""
    journal = three_each(database, cast, 3, 3, 3)
    for codes in (["V3"], ["V4"], ["C1"]):
        tell(database, journal, [of_service(journal, 0), of_service(journal, 1)], codes)
    tell(database, journal, [of_service(journal, 0), of_service(journal, 2)], ["V6"], datetime(2022, 1, 9, tzinfo=UTC))
    tell(database, journal, [of_service(journal, 2)], ["E1"])
    with looked(database, cast.noor) as look:
        unit = look.units.unit_of(journal.services[0])
        assert unit
    noor = visit.as_("noor")
    lacks = ("silencieuse", "ancienne", "Sans un récit depuis", "Sans récit depuis", "Sans aucun récit commun", "premier récit")
    for asked in (f"service={unit.key}", f"college={of_service(journal, 0)[2].value}"):
        page = noor.get(f"{ROOT}?periode=2024-05&{asked}").get_data(as_text=True)
        section = page.partition('id="couverture"')[2].partition("</section>")[0]
        assert "pas dans cette sélection" in section and "ce que personne ne raconte" not in page
        report = words_in(file_of(noor, f"rapport/md?periode=2024-05&{asked}").data, "md")
        figures = words_in(file_of(noor, f"exporter/csv?periode=2024-05&{asked}").data, "html")
        for words in lacks:
            assert words not in section and words not in report and words not in figures, (asked, words)
    report = words_in(file_of(noor, "rapport/md?periode=2024-05&enjeu=V").data, "md")
    assert "Sans un récit depuis le début" in report and "Sans récit depuis plus de douze mois" in report


@pytest.mark.skipif(has_pdf(), reason="this machine makes PDF")
def test_without_pdf_one_prints_the_page(visit, told):
    bruno = visit.as_("bruno")
    answer = bruno.get(f"{ROOT}/rapport/pdf?periode=2026")
    assert (answer.status_code, answer.location) == (302, f"{ROOT}/imprimer?periode=2026")
    page = bruno.get(answer.location).get_data(as_text=True)
    assert "ne fait pas de PDF" in page and 'data-audience="collectif"' in page


@pytest.mark.skipif(not has_pdf(), reason="the extra [pdf] is not installed")
def test_a_report_as_pdf(visit, told, sections):
    sections()
    assert file_of(visit.as_("bruno"), "rapport/pdf").data.startswith(b"%PDF")


def test_a_page_to_print_is_well_made(visit, told, sections):
    sections()
    page = visit.as_("bruno").get(f"{ROOT}/imprimer").get_data(as_text=True)
    assert page.count("<caption>") == 2 and "&lt;b&gt;Culture" in page and f'href="{ROOT}?du=' in page
