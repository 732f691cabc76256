"""The days of a page: read from its address, said in French, held against those before or against a jalon."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.trends.periods import Span, between, choices, month_of, span_from

TODAY = date(2026, 11, 21)


def said(span: Span) -> tuple[str, str]:
    return span.starts_on.isoformat(), span.ends_on.isoformat()


@pytest.mark.parametrize(
    ("given", "days", "label"),
    [
        ({}, ("2026-08-23", "2026-11-21"), "du 23 août au 21 novembre 2026"),
        ({"au": "0001-01-01"}, ("2000-01-01", "2000-01-01"), "le 1er janvier 2000"),
        ({"du": "1900-01-01", "au": "2026-03-03"}, ("2000-01-01", "2026-03-03"), "du 1er janvier 2000 au 3 mars 2026"),
        ({"periode": "3-mois", "du": "2026-03-03"}, ("2026-08-23", "2026-11-21"), "du 23 août au 21 novembre 2026"),
        ({"periode": "2025", "choisi": "dates", "du": "2026-03-03"}, ("2025-01-01", "2025-12-31"), "2025"),
        (
            {"periode": "2026", "choisi": "2026", "au": "2026-11-20"},
            ("2025-12-01", "2026-11-20"),
            "du 1er décembre 2025 au 20 novembre 2026",
        ),
        ({"periode": "2026-02"}, ("2026-02-01", "2026-02-28"), "février 2026"),
        ({"periode": "2026-T1"}, ("2026-01-01", "2026-03-31"), "janvier à mars 2026"),
        ({"periode": "2024"}, ("2024-01-01", "2024-12-31"), "2024"),
        ({"du": "2026-03-03", "au": "2026-04-12"}, ("2026-03-03", "2026-04-12"), "du 3 mars au 12 avril 2026"),
        ({"du": "2026-04-12", "au": "2026-03-03"}, ("2026-03-03", "2026-04-12"), "du 3 mars au 12 avril 2026"),
        ({"du": "2026-11-20"}, ("2026-11-20", "2026-11-21"), "du 20 au 21 novembre 2026"),
        ({"au": "2026-11-20"}, ("2025-12-01", "2026-11-20"), "du 1er décembre 2025 au 20 novembre 2026"),
        ({"periode": "dates", "du": "2026-03-03", "au": "2026-03-03"}, ("2026-03-03", "2026-03-03"), "le 3 mars 2026"),
    ],
)
def test_an_address_asks_for_days(given, days, label):
    span = span_from(given, TODAY)
    assert said(span) == days and span.label.replace("\u00a0", " ") == label


@pytest.mark.parametrize(
    "given",
    [{"periode": "2026-13"}, {"periode": "2026-T5"}, {"periode": "9999"}, {"du": "hier"}, {"periode": "x"}],
)
def test_a_wrong_address_asks_for_the_last_three_months(given):
    assert span_from(given, TODAY) == span_from({}, TODAY)


def before(given: dict[str, str], jalon: date | None = None) -> tuple[str, str]:
    return said(span_from(given, TODAY).before(TODAY, jalon))


def test_the_days_before_are_as_many():
    assert before({}) == ("2026-05-24", "2026-08-22")
    assert before({"periode": "2025"}) == ("2024-01-01", "2024-12-31")
    assert before({"periode": "2026-10"}) == ("2026-09-01", "2026-09-30")
    assert before({"du": "2026-03-11", "au": "2026-03-20"}) == ("2026-03-01", "2026-03-10")


def test_a_period_that_is_not_over_is_held_against_as_many_days():
    assert before({"periode": "2026-11"}) == ("2026-10-01", "2026-10-21")
    assert before({"periode": "2026-T4"}) == ("2026-07-01", "2026-08-21")
    assert before({"periode": "2026"}) == ("2025-01-01", "2025-11-21")
    assert before({"du": "2026-11-11", "au": "2026-11-30"}) == ("2026-10-31", "2026-11-10")
    assert before({"periode": "2026-11"}, date(2026, 9, 1)) == ("2026-08-11", "2026-08-31")
    assert said(span_from({"periode": "2026-03"}, date(2026, 3, 31)).before(date(2026, 3, 31))) == ("2026-02-01", "2026-02-28")
    on_the_30th = date(2026, 3, 30)
    assert said(span_from({"periode": "2026-03"}, on_the_30th).before(on_the_30th)) == ("2026-02-01", "2026-02-28"), "no longer"


def test_the_days_before_a_jalon_end_the_day_before_it():
    assert before({"periode": "2026-T3"}, date(2026, 3, 1)) == ("2025-12-01", "2026-02-28")
    assert before({}, date(2026, 3, 10)) == ("2025-12-09", "2026-03-09")


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(0, 800))
def test_days_and_their_address_say_the_same(starts, length):
    span = between(starts, min(starts + timedelta(days=length), date(2100, 12, 31)))
    assert span_from(span.address, TODAY) == span
    assert span.before(TODAY).ends_on < span.starts_on
    assert len(span.year().month_starts()) >= 12 and span.year().holds(span.starts_on) and span.year().holds(span.ends_on)


def test_every_choice_is_found_again_by_its_address():
    offered = choices(TODAY)
    assert [span_from(one.address, TODAY) for one in offered] == offered
    assert len({one.name for one in offered}) == len(offered)


def test_the_last_three_months_have_an_address_that_lasts():
    span = span_from({}, TODAY)
    lasting = span.lasting()
    assert lasting.address == {"du": "2026-08-23", "au": "2026-11-21"} and span.address == {}
    assert span_from(lasting.address, TODAY) == lasting
    assert (lasting.label, lasting.before(TODAY).label) == (span.label, span.before(TODAY).label)
    assert span_from({"periode": "2026"}, TODAY).lasting() == span_from({"periode": "2026"}, TODAY)


@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2027, 6, 30), date(2028, 2, 29), date(2028, 3, 31)])
def test_the_last_three_months_that_are_whole_are_compared_as_months(today):
    """Otherwise a number of a file, taken out on such a day, would open a list of other days."""
    span = span_from({}, today)
    found_again = span_from(span.lasting().address, today)
    assert found_again == span.lasting() and found_again.before(today) == span.before(today)
    assert found_again.a_year_before(today) == span.a_year_before(today)


def test_a_month_is_whole():
    assert said(month_of(date(2024, 2, 17))) == ("2024-02-01", "2024-02-29")
