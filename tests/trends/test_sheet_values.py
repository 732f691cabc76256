"""Sheets say days as dates, and months as they went by, whatever the page shows first."""

from datetime import date

import pytest

from rex.trends.sheet_values import day_of, value_of
from rex.trends.tables import Cell

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("18\u00a0novembre", date(2026, 11, 18)),
        ("1er\u00a0mars 2025", date(2025, 3, 1)),
        ("29 août 2024", date(2024, 8, 29)),
        ("31 février", None),
        ("30 glaces", None),
        ("le 3 mai", None),
        ("", None),
    ],
)
def test_a_day_in_words_is_a_day(words, day):
    assert day_of(words, TODAY) == day


def test_only_a_column_of_days_has_days():
    assert value_of(Cell("14 juillet"), "Quand", TODAY) == date(2026, 7, 14)
    assert value_of(Cell("14 juillet"), "Sur quelle tension", TODAY) == "14 juillet"
    assert value_of(Cell("vers midi"), "Quand", TODAY) == "vers midi" and value_of(Cell(3), "Quand", TODAY) == 3
