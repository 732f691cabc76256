"""How the axis of the tensions is said: in words that one would say, never « en 121 mois »."""

from datetime import date

import pytest

from rex.trends.lanes import Axis
from rex.trends.periods import between
from tests.trends.opened import plain_spaces

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 1), TODAY, "en un an"),
        (date(2025, 6, 1), TODAY, "en 18 mois"),
        (date(2024, 12, 1), TODAY, "en deux ans"),
        (date(2020, 1, 1), TODAY, "depuis janvier 2020"),
        (date(2014, 1, 1), date(2023, 12, 31), "en dix ans"),
        (date(2019, 1, 1), date(2024, 3, 31), "de janvier 2019 à mars 2024"),
    ],
)
def test_how_long_it_is(first: date, last: date, words: str) -> None:
    span = between(first, last)
    assert plain_spaces(Axis(span.year(), span, TODAY).said) == words
