"""The rule of recurrence, its numbers, its sentence."""

import pytest

from rex.tensions.recurrence import LEAST_TO_GROUP, RULE, is_recurring, too_few


@pytest.mark.parametrize(
    ("difficulties", "people", "services", "months", "comes_back"),
    [
        (3, 2, 2, 1, True),
        (3, 2, 1, 2, True),
        (3, 2, 1, 1, False),
        (2, 2, 2, 2, False),
        (30, 1, 4, 12, False),
        (3, 2, 0, 2, True),
        (3, 2, 0, 1, False),
        (0, 0, 0, 0, False),
    ],
)
def test_the_rule(difficulties, people, services, months, comes_back):
    assert is_recurring(difficulties, people, services, months) is comes_back


def test_the_sentence_says_the_numbers():
    assert "3 difficultés" in RULE and "2 personnes" in RULE and "2 services" in RULE and "2 mois" in RULE


def test_too_few_says_how_many():
    assert too_few(12) == "Pas encore assez de difficultés pour parler de récurrence (12 sur 20)"
    assert too_few(0).endswith("(0 sur 20)")
    assert [too_few(LEAST_TO_GROUP), too_few(21)] == ["", ""]
