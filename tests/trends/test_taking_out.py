"""What leaves the page of trends is what stands on it, for those who read it; no cell is a formula, no word of a group is there."""

import html
from dataclasses import dataclass
from datetime import date

import pytest

from rex import clock
from rex.documents.to_page import has_pdf
from rex.trends.asked import Asked
from rex.trends.figures import Figure
from rex.trends.lead import Lead
from rex.trends.tables import Cell, Row, Table
from tests.making import make_group, make_recit
from tests.trends.beside import make_reading
from tests.trends.opened import (
    links_of_ods,
    links_of_xlsx,
    plain_spaces,
    rows_of_csv,
    sheets_of_ods,
    sheets_of_xlsx,
    words_in,
)

ROOT = "/c/valombre/tendances"
REPORTS = ("docx", "odt", "html", "md")
SHEETS = ("xlsx", "ods", "csv")
LONG = "Direction " * 11 + "générale"
NAMES = (
    "=1+1",
    "+33",
    "-2",
    "@SUM(A1)",
    "\tVoirie",
    LONG[:120],
    "שירות המים",
    "Voirie 🚧",
    "Qui a les clés ? « Moi | toi »",
    "<b>Culture</b> & [sport](x)",
)
CANARY = "Quetzalmane"


@dataclass(frozen=True)
class MadeUp:
    key: str
    title: str
    tables: tuple[Table, ...]


def rows_of(names: tuple[str, ...], asked: Asked) -> tuple[Row, ...]:
    cells = (Cell(3, asked.url_of(Figure())), Cell(0), Cell("à surveiller"))
    return tuple(Row(name, cells, key=f"k{rank}", url=f"{ROOT}?service=autres") for rank, name in enumerate(names))


def tables_of(asked: Asked, names: tuple[str, ...] = NAMES) -> tuple[Table, ...]:
    total = Row("En tout", (Cell(7, asked.url_of(Figure())), Cell(0), Cell("")))
    columns = ("Service", "Coopération", "Valeur", "État")
    note = "Un récit compte deux fois."
    return (Table("Récits de chaque service, de septembre à novembre", columns, rows_of(names, asked), total, note),)


def made_of(monkeypatch, *readers) -> None:
    """The page is made of these; the paragraph above it is not about what they lack."""
    monkeypatch.setattr("rex.trends.page.READERS", readers)
    monkeypatch.setattr("rex.trends.page.lead_of", lambda page: Lead("Ce qui résiste"))


@pytest.fixture
def sections(monkeypatch):
    """`sections(names=…, keys=…)`: the page is made of these sections."""

    def put(names: tuple[str, ...] = NAMES, keys: tuple[str, ...] = ("tensions", "services", "inconnu")) -> None:
        readers = tuple(
            lambda look, key=key: MadeUp(key, f"Ce que dit {key} : « oui »", tables_of(look.asked, names)) for key in keys
        )
        made_of(monkeypatch, *readers)
        monkeypatch.setattr("rex.trends.report.MOST_ROWS", len(NAMES))

    return put


@pytest.fixture
def told(database, cast):
    return [make_recit(database, cast.camille, f"Récit {rank}") for rank in range(5)]


def file_of(client, path: str, status: int = 200):
    client.proof_reads = False
    answer = client.get(f"{ROOT}/{path}")
    client.proof_reads = True
    assert answer.status_code == status, path
    return answer


def read_sheets(client, ending: str, args: str = "") -> dict[str, list[list]]:
    data = file_of(client, f"exporter/{ending}{args}").data
    if ending == "csv":
        return {"": rows_of_csv(data)}
    return (sheets_of_xlsx if ending == "xlsx" else sheets_of_ods)(data)


# --- the same as on the page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", SHEETS)
def test_nothing_is_in_a_sheet_that_is_not_on_the_page(visit, told, sections, ending):
    sections()
    sheets = read_sheets(visit.as_("bruno"), ending)
    cells = [cell for rows in sheets.values() for row in rows for cell in row]
    names = [str(cell).removeprefix("'").strip() for cell in cells if isinstance(cell, str)]
    for name in NAMES:
        assert name.strip() in names, name
    if ending == "csv":
        figures = {int(row[4]) for row in sheets[""][1:] if row[4].isdecimal()}
    else:
        assert list(sheets) == ["À propos", "Ce qui résiste", "Services", "Ce que l’on ne sait pas"]
        figures = {cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, int)}
        known = {"Service", "Coopération", "Valeur", "État", "En tout", "à surveiller", "Un récit compte deux fois.", ""}
        known |= {name.strip() for name in NAMES} | {"Récits de chaque service, de septembre à novembre"}
        said = {plain_spaces(str(cell).removeprefix("'")) for row in sheets["Services"] for cell in row if isinstance(cell, str)}
        assert said - {plain_spaces(one) for one in known} == {"Ce que dit services : « oui »"}
    assert figures == {3, 0, 7, 5}, "those of the tables, and five récits"


@pytest.mark.parametrize("ending", SHEETS)
def test_no_cell_is_a_formula(visit, told, sections, ending):
    sections()
    data = file_of(visit.as_("bruno"), f"exporter/{ending}").data
    sheets = {"": rows_of_csv(data)} if ending == "csv" else (sheets_of_xlsx if ending == "xlsx" else sheets_of_ods)(data)
    cells = [cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, str)]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")] == []
    assert "'=1+1" in cells and "'@SUM(A1)" in cells


def test_the_first_sheet_says_what_it_is(visit, told, sections):
    sections()
    for ending in ("xlsx", "ods"):
        about = {row[0]: row[1] for row in read_sheets(visit.as_("bruno"), ending, "?periode=2026&enjeu=C")["À propos"] if row[1:]}
        about = {name: plain_spaces(str(said)) for name, said in about.items()}
        assert about["Journal"] == "Ville de Valombre" and about["Période"] == "2026"
        assert about["Comparée avec"].startswith("2025") and "oopération" in about["Filtres"]
        assert about["Lecteurs"].startswith("Lisible par tous les membres du journal") and "Ville de Valombre" in about["Lecteurs"]
        assert about["Export"].startswith("Exporté de REX par Bruno Maréchal, le")
        assert about["Adresse"].endswith(f"{ROOT}?periode=2026&enjeu=C") and about["Adresse"].startswith("http")


def test_each_number_leads_to_what_it_counts_and_goes_on_leading_there(visit, told, sections):
    sections(("Voirie",))
    bruno = visit.as_("bruno")
    data = file_of(bruno, "exporter/xlsx").data
    links = set(links_of_xlsx(data, 1).values()) | set(links_of_xlsx(data, 2).values())
    assert {link for link in links if "/entrees?" in link}
    assert set(links_of_ods(file_of(bruno, "exporter/ods").data)) == links
    for link in links:
        assert link.startswith("http://localhost/c/valombre/tendances")
        path = link.removeprefix("http://localhost")
        if "/entrees" in path:
            assert "du=" in path and "au=" in path, "the last three months are others in a month"
            assert "5 récits" in plain_spaces(bruno.get(path).get_data(as_text=True))


def test_a_sheet_as_csv_says_its_section_on_each_line(visit, told, sections):
    sections(("Voirie",))
    rows = rows_of_csv(file_of(visit.as_("bruno"), "exporter/csv").data)
    assert rows[0] == ["Rubrique", "Tableau", "Ligne", "Colonne", "Valeur", "Adresse"]
    assert {row[0] for row in rows[1:]} == {"À propos", "Ce qui résiste", "Services", "Ce que l’on ne sait pas"}
    (line,) = [row for row in rows if row[0] == "Services" and row[2:4] == ["Voirie", "Coopération"]]
    assert line[4] == "3" and line[5].startswith("http://localhost/c/valombre/tendances/entrees?")


# --- readings ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def read_otherwise(database, cast, told):
    today = clock.today("Europe/Paris")
    days = (today.replace(day=1), today)
    words = "=En **octobre**, l’équipe était seule."
    make_reading(database, cast.camille, cast.valombre_id, words, subject="k0", name="Voirie", days=days)
    make_reading(database, cast.paul, cast.valombre_id, "Nous lisons cela autrement.", section="services", days=days)
    make_reading(database, cast.jeanne, cast.valombre_id, "D’un autre temps.", days=(date(2019, 1, 1), date(2019, 2, 1)))


@pytest.mark.parametrize("ending", ("xlsx", "ods"))
def test_readings_have_their_sheet_and_stand_beside_their_figure(visit, sections, read_otherwise, ending):
    sections(("Voirie", "Culture"))
    sheets = read_sheets(visit.as_("bruno"), ending)
    rows = sheets["Lectures contradictoires"]
    assert [row[2] for row in rows] == ["Lu autrement par", "Voirie", "Élus"]
    assert "'=En octobre, l’équipe était seule." in rows[1] and "D’un autre temps." not in str(rows)
    (head,) = [row for row in sheets["Services"] if row[:1] == ["Service"]]
    assert head[-1] == "Lu autrement par"
    assert [row[-1] for row in sheets["Services"] if row[:1] == ["Voirie"]] == ["Voirie"]
    assert [row[4:] for row in sheets["Services"] if row[:1] == ["Culture"]] in ([[]], [[""]])
    assert any("Lu autrement" in str(row[0]) and "Élus" in str(row[0]) for row in sheets["Services"] if row)


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
    for words in ("Comparé avec 2025", "Lisible par tous les membres du journal", "Exporté de REX par Bruno Maréchal"):
        assert words in said
    said = html.unescape(said)
    for name in NAMES:
        assert plain_spaces(name) in said, name
    assert "Ce que dit services" not in said, "no reading: the page has it, a meeting does not need it"


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
    assert "Sans aucun récit commun : A et 0 ; A et 2 ;" in said and "3 autres sur la page." in said


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


# --- who, and when there is nothing -----------------------------------------------------------------------------------------

ADDRESSES = [*(f"exporter/{one}" for one in SHEETS), *(f"rapport/{one}" for one in REPORTS), "imprimer"]


def test_under_five_recits_files_say_so(visit, database, cast, sections):
    sections()
    for _ in range(4):
        make_recit(database, cast.camille, "Un récit")
    for path in ADDRESSES:
        answer = file_of(visit.as_("bruno"), path)
        ending = path.rpartition("/")[2]
        if ending in ("xlsx", "ods"):
            sheets = (sheets_of_xlsx if ending == "xlsx" else sheets_of_ods)(answer.data)
            said = plain_spaces(str(sheets["À propos"]).replace("\\u202f", " ").replace("\\xa0", " "))
            assert list(sheets) == ["À propos"]
        else:
            said = words_in(answer.data, ending if ending in REPORTS else "html")
        assert "Pas encore assez de récits pour parler de tendances." in said and "Il y en a 4." in said, path
        assert "Ce que dit" not in said


@pytest.mark.parametrize("who", ["ines", "gael", "admin"])
def test_a_stranger_finds_nothing(visit, told, who):
    for path in ADDRESSES:
        assert visit.as_(who).get(f"{ROOT}/{path}").status_code == 404, path


def test_other_endings_do_not_exist(visit, told):
    for path in ("exporter/md", "exporter/exe", "rapport/csv", "rapport/zip"):
        assert visit.as_("bruno").get(f"{ROOT}/{path}").status_code == 404


def test_nothing_of_a_group_leaves(visit, database, cast, told):
    """With the true sections, for who is in the group."""
    group = make_group(database, cast.camille, cast.dora, called=CANARY)
    for _ in range(3):
        make_recit(database, cast.camille, f"{CANARY} au bureau", {"faits": CANARY}, group=group.id)
    for path in ADDRESSES:
        answer = file_of(visit.as_("camille"), path)
        ending = path.rpartition("/")[2]
        if ending in ("xlsx", "ods"):
            said = str((sheets_of_xlsx if ending == "xlsx" else sheets_of_ods)(answer.data))
        else:
            said = words_in(answer.data, ending if ending in REPORTS else "html")
        assert CANARY not in said, path
        assert group.public_id not in answer.data.decode(errors="ignore").replace(f"/groupes-de-pairs/{group.public_id}", ""), path


def test_every_file_costs_the_same_statements(visit, told, sections, count_statements):
    sections()
    bruno = visit.as_("bruno")
    bruno.get(f"{ROOT}/imprimer")
    numbers = []
    for path in ("exporter/xlsx", "exporter/csv", "rapport/docx"):
        with count_statements() as seen:
            file_of(bruno, path)
        numbers.append(len(seen))
    assert len(set(numbers)) == 1
