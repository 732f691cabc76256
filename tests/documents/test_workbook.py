"""Workbooks: no cell is a formula, whatever people wrote; each stands in its place, in both formats."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.documents.tables import DANGEROUS
from rex.documents.to_ods import to_ods
from rex.documents.to_xlsx import to_xlsx
from rex.documents.workbook import (
    MOST_NAME,
    MOST_SIGNS,
    TEXT_WIDTH,
    Line,
    Sheet,
    SheetCell,
    line,
    names_of_tabs,
    rows_of_words,
    widths_of,
)
from rex.text.marks import tidy
from tests.documents.test_pieces import part_of
from tests.documents.test_tables import BEGINNINGS, BEHIND_A_SPACE
from tests.trends.opened import links_of_ods, links_of_xlsx, sheets_of_ods, sheets_of_xlsx

READ = {to_xlsx: sheets_of_xlsx, to_ods: sheets_of_ods}
BOTH = pytest.mark.parametrize("write", READ)


def told(write, *lines: Line):
    return READ[write](write([Sheet("Chiffres", lines)]))["Chiffres"]


@BOTH
@pytest.mark.parametrize("words", (*BEGINNINGS, *BEHIND_A_SPACE, "_x003D_1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")'))
def test_what_a_program_would_compute_is_words(write, words):
    cell = told(write, line(words))[0][0]
    assert isinstance(cell, str) and cell[:1] not in set(DANGEROUS)
    assert cell.startswith("'") or cell == words


@BOTH
def test_numbers_are_numbers_and_lead_where_they_are_told(write):
    address = "https://rex.example/c/v/tendances/entrees?quoi=recits&de=a"
    rows = Line((SheetCell("Voirie"), SheetCell(12, address), SheetCell(""), SheetCell(0)))
    data = write([Sheet("A", (line("Titre", is_head=True),)), Sheet("B", (line("Service", "Récits", "", "x"), rows))])
    assert READ[write](data)["B"] == [["Service", "Récits", "", "x"], ["Voirie", 12, "", 0]]
    links = links_of_xlsx(data, 2) if write is to_xlsx else links_of_ods(data)
    assert links == ({"B2": address} if write is to_xlsx else [address])


@BOTH
@given(cells=st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=30), min_size=1, max_size=4))
def test_whatever_is_written_each_cell_stays_in_its_place(write, cells):
    for row, given_row in zip(told(write, *(line(*row) for row in cells)), cells, strict=True):
        row += [""] * (len(given_row) - len(row))
        assert len(row) == len(given_row)
        for cell, words in zip(row, given_row, strict=True):
            assert str(cell)[:1] not in set(DANGEROUS)
            assert "".join(str(cell).removeprefix("'").split()) == "".join(tidy(words).removeprefix("'").split())


def test_tabs_have_names_that_programs_take():
    sheets = [Sheet(name, ()) for name in ("Ce qui résiste", "ce qui résiste", "a/b:c[d]*?\\", "", "'", "é" * 80, "é" * 90)]
    names = names_of_tabs(sheets)
    assert names[0] == "Ce qui résiste" and names[2] == "a b c d" and len({name.casefold() for name in names}) == len(sheets)
    assert all(0 < len(name) <= MOST_NAME and not set(name) & set("[]:*?/\\") and name.strip("'") == name for name in names)


@BOTH
def test_a_cell_is_no_longer_than_programs_take(write):
    (cell,) = told(write, line("é" * 40_000))[0]
    assert len(str(cell)) == MOST_SIGNS + 1


@BOTH
def test_days_are_days_for_the_program(write):
    data = write([Sheet("A", (line("Quand", "Quoi", is_head=True), line(date(2026, 11, 18), "Un essai")))])
    if write is to_xlsx:
        assert READ[write](data)["A"][1] == [46344, "Un essai"]
        assert "[$-40C]d\\ mmmm\\ yyyy" in part_of(data, "xl/styles.xml")
    else:
        content = part_of(data, "content.xml")
        assert 'office:value-type="date" office:date-value="2026-11-18"><text:p>18' in content and "number:date-style" in content


@BOTH
def test_long_words_have_a_line_high_enough_and_sentences_the_whole_width(write):
    heads = line("Nom", "Intégration systémique", is_head=True)
    rows = (line("Une phrase. " * 40), heads, line("a" * 27, "b " * 300), line("c", 1))
    sheet = Sheet("A", rows)
    assert widths_of(sheet) == [32, TEXT_WIDTH]
    data = write([sheet])
    assert READ[write](data)["A"][2][0] == "a" * 27
    high = rows_of_words(rows[0], widths_of(sheet))
    assert high >= 5 and rows_of_words(rows[3], widths_of(sheet)) == 1
    if write is to_xlsx:
        part = part_of(data, "xl/worksheets/sheet1.xml")
        assert f'<row r="1" ht="{15 * high}" customHeight="1">' in part and '<row r="4">' in part
        assert '<mergeCell ref="A1:B1"/>' in part
    else:
        content = part_of(data, "content.xml")
        assert f'table:style-name="RexAlone{high}"' in content and 'table:number-columns-spanned="2"' in content
        assert 'table:style-name="RexRow1"' in content


def test_the_longest_word_of_a_head_stands_whole():
    heads = ("Service", "Engagement", "Intégration systémique", "Coopération")
    sheet = Sheet("A", (line(*heads, is_head=True), line("Voirie", 1, 2, 3)))
    for head, wide in zip(heads, widths_of(sheet), strict=True):
        assert wide >= max(map(len, head.split())) + 1
