"""Sheets: no cell is a formula, whatever people wrote; they open well in the spreadsheet programs of French offices."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.documents.tables import DANGEROUS, harmless, to_csv

HEAD = ("Titre", "Auteurs")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


BEGINNINGS = ("=1+1", "+33 4 50", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=", "-")
BEHIND_A_SPACE = (" =1", "\u00a0=1", "\u202f@a", "\ufeff=1", "\u200b+1")


@pytest.mark.parametrize("cell", BEGINNINGS + BEHIND_A_SPACE)
def test_what_a_program_would_compute_is_words(cell):
    assert harmless(cell) == f"'{cell}"
    assert read(to_csv(HEAD, [(cell, "Camille")]))[1][0].startswith("'")


@pytest.mark.parametrize("cell", ["", "Le marché", "1 = 1", "L’eau - et le sel", "«=»", "2026-11-22", "'=1"])
def test_other_words_stay(cell):
    assert harmless(cell) == cell


def test_a_sheet_opens_well_in_french_programs():
    data = to_csv(HEAD, [("L’été ; « déjà »\nà deux lignes", 'dit "oui"')])
    assert data.startswith(b"\xef\xbb\xbf") and b'"Titre";"Auteurs"\r\n' in data
    assert read(data) == [list(HEAD), ["L’été ; « déjà »\nà deux lignes", 'dit "oui"']]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_whatever_is_written_each_cell_stays_in_its_place(rows):
    told = read(to_csv(HEAD, rows))
    assert [len(row) for row in told] == [2] * (1 + len(rows))
    for row, given_row in zip(told[1:], rows, strict=True):
        for cell, words in zip(row, given_row, strict=True):
            assert cell.removeprefix("'") == words.replace("\0", "").removeprefix("'")
            assert cell[:1] not in set(DANGEROUS)
