"""What leaves the page of trends is what stands on it, for those who read it; no cell is a formula, no word of a group is there."""

from urllib.parse import unquote

import pytest

from tests.making import make_group, make_recit
from tests.trends.made_up import CANARY, LONG, NAMES, REPORTS, ROOT, SHEETS, file_of, read_sheets
from tests.trends.opened import (
    links_of_ods,
    links_of_xlsx,
    plain_spaces,
    rows_of_csv,
    sheets_of_ods,
    sheets_of_xlsx,
    words_in,
)

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
        known = {"Texte", "Ouvrir", "Service", "Coopération", "Valeur", "État"}
        known |= {"En tout", "à surveiller", "Un récit compte deux fois.", ""}
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
        assert "2025" in about["Comparée avec"] and "oopération" in about["Filtres"]
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


@pytest.mark.parametrize("ending", ("xlsx", "ods"))
def test_readings_have_their_sheet_and_stand_beside_their_figure(visit, sections, read_otherwise, ending):
    sections(("Voirie", "Culture"))
    sheets = read_sheets(visit.as_("bruno"), ending)
    rows = sheets["Lectures contradictoires"]
    assert [row[2] for row in rows] == ["Lu autrement par", "Élus", "Voirie"], "the newest first"
    assert "'=En octobre, l’équipe était seule." in rows[2] and "D’un autre temps." not in str(rows)
    (head,) = [row for row in sheets["Services"] if row[:1] == ["Service"]]
    assert head[-1] == "Lu autrement par"
    assert [row[-1] for row in sheets["Services"] if row[:1] == ["Voirie"]] == ["Voirie"]
    assert [row[4:] for row in sheets["Services"] if row[:1] == ["Culture"]] in ([[]], [[""]])
    assert any("Lu autrement" in str(row[0]) and "Élus" in str(row[0]) for row in sheets["Services"] if row)


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


# --- names ------------------------------------------------------------------------------------------------------------------


def test_the_name_of_a_file_says_what_it_is_narrowed_to(visit, told, sections):
    sections()
    bruno, names = visit.as_("bruno"), []
    for path in ("exporter/csv", "rapport/md"):
        for asked in ("", "&enjeu=C", "&balise=C3", "&enjeu=V"):
            found = file_of(bruno, f"{path}?periode=2026{asked}").headers["Content-Disposition"]
            assert found.isascii() and found.startswith('attachment; filename="')
            names.append(unquote(found.partition("UTF-8''")[2]))
    assert len(set(names)) == len(names), names
    assert "Tendances, Ville de Valombre, 2026.csv" in names and "Tendances, Ville de Valombre, 2026, Coopération.csv" in names
    assert all(len(name.encode()) <= 240 and not set(name) & set('/\\:*?"<>|\n') for name in names)


def test_the_longest_names_stay_names_of_files(visit, told, sections, monkeypatch):
    sections()
    said = ("Направление" * 12, '../../etc/passwd; "x"\r\nSet-Cookie: a=b', LONG)
    monkeypatch.setattr("rex.trends.taken_out.filters_in_words", lambda look: said)
    found = file_of(visit.as_("bruno"), "exporter/csv?periode=2026").headers["Content-Disposition"]
    name = unquote(found.partition("UTF-8''")[2])
    assert len(name.encode()) <= 255 and name.endswith(".csv") and not set(name.removesuffix(".csv")) & set('./\\:;"\r\n')
