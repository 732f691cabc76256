"""« Un an plus tôt »: the same days a year before, for a town lives by seasons; said so wherever the page says « avant »."""

import re
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rex.db import Database
from rex.trends import colleges, mois, tensions
from rex.trends.asked import YEAR_BEFORE, Asked, Place, asked_from
from rex.trends.asked_words import compared_in_words
from rex.trends.filtering import filters_of
from rex.trends.lead import Lead
from rex.trends.page import page_of
from rex.trends.periods import between, span_from
from rex.trends.saying import against, earlier, legend_of, not_begun
from rex.trends.sentences import said
from tests.cast import Cast
from tests.trends.journals import Journal
from tests.trends.looking import FILES, look_of, words_of
from tests.trends.made_up import ROOT, file_of
from tests.trends.opened import plain_spaces, rows_of_csv
from tests.trends.telling import gather, looked, of_service, opens_its_lists, tell, three_each

TODAY = date(2026, 11, 22)
PLACE = Place(1, "valombre", "Ville de Valombre", "Europe/Paris")
AVEC = {"avec": YEAR_BEFORE}
MAY = {"periode": "2024-05"} | AVEC


def asked(given: dict[str, str], today: date = TODAY) -> Asked:
    return asked_from(given | AVEC, PLACE, today)


DAYS = [
    ({}, "", ("2025-08-24", "2025-11-22")),
    ({"periode": "2026-10"}, "", ("2025-10-01", "2025-10-31")),
    ({"periode": "2026-T3"}, "", ("2025-07-01", "2025-09-30")),
    ({"periode": "2025"}, "", ("2024-01-01", "2024-12-31")),
    ({"periode": "2024-02"}, "", ("2023-02-01", "2023-02-28")),
    ({"periode": "2025-02"}, "", ("2024-02-01", "2024-02-29")),  # a whole month, whatever its length
    ({"periode": "2024-T1"}, "", ("2023-01-01", "2023-03-31")),
    ({"du": "2024-02-29", "au": "2024-02-29"}, "", ("2023-02-28", "2023-02-28")),
    ({"du": "2024-02-10", "au": "2024-02-29"}, "", ("2023-02-10", "2023-02-28")),
    ({"du": "2024-03-01", "au": "2024-03-12"}, "", ("2023-03-01", "2023-03-12")),
    ({"du": "2025-02-20", "au": "2025-02-28"}, "", ("2024-02-20", "2024-02-28")),
    ({"du": "2024-02-29", "au": "2025-02-28"}, "", ("2023-02-28", "2024-02-28")),
    ({"du": "2000-01-01", "au": "2000-01-31"}, "", ("1999-01-01", "1999-01-31")),
    # Not over: as many days as have gone by.
    ({"periode": "2026-11"}, "", ("2025-11-01", "2025-11-22")),
    ({"periode": "2026-T4"}, "", ("2025-10-01", "2025-11-22")),
    ({"du": "2026-11-01", "au": "2026-11-30"}, "", ("2025-11-01", "2025-11-22")),
    ({"periode": "2024-03"}, "2024-03-01", ("2023-03-01", "2023-03-01")),
    ({"periode": "2024-02"}, "2024-02-28", ("2023-02-01", "2023-02-28")),
    ({"periode": "2024-02"}, "2024-02-29", ("2023-02-01", "2023-02-28")),
    ({"periode": "2024"}, "2024-03-01", ("2023-01-01", "2023-03-01")),
    ({"periode": "2024"}, "2024-12-30", ("2023-01-01", "2023-12-30")),
    ({}, "2024-02-29", ("2022-12-01", "2023-02-28")),
]


@pytest.mark.parametrize(("given", "today", "days"), DAYS)
def test_the_same_days(given: dict[str, str], today: str, days: tuple[str, str]) -> None:
    found = asked(given, date.fromisoformat(today) if today else TODAY)
    assert (found.compared.starts_on.isoformat(), found.compared.ends_on.isoformat()) == days
    assert found.is_year_before and found.address["avec"] == YEAR_BEFORE and not found.set_aside


@given(st.dates(date(2001, 1, 1), date(2026, 11, 1)), st.integers(0, 330))
def test_they_are_those_of_the_calendar(starts: date, length: int) -> None:
    span = between(starts, date.fromordinal(starts.toordinal() + length))
    found = span.a_year_before(TODAY)
    assert found.starts_on.year == starts.year - 1 and found.starts_on.month == starts.month
    assert abs(found.starts_on.day - starts.day) <= (1 if (starts.month, starts.day) == (2, 29) else 0)
    assert found.ends_on < span.starts_on
    if span.is_open(TODAY):
        assert found.ends_on - found.starts_on == TODAY - starts
    elif not (2, 28) <= (span.ends_on.month, span.ends_on.day) <= (2, 29):
        assert found.ends_on == span.ends_on.replace(year=span.ends_on.year - 1)
    assert bool(found.months) is bool(span.months and not span.is_open(TODAY))


@pytest.mark.parametrize("year", ["2023", "2024", "2025", "2026"])
def test_of_a_year_it_is_the_year_before(year: str) -> None:
    span = span_from({"periode": year}, TODAY)
    assert span.a_year_before(TODAY) == span.before(TODAY)


def test_more_than_a_year_is_not_compared_with_itself() -> None:
    found = asked({"du": "2025-11-01", "au": "2026-11-20"})
    assert found.set_aside[0].startswith("La période dure plus d’un an") and not found.is_year_before
    assert "avec" not in found.address and found.compared == found.span.before(TODAY)
    whole_year = asked({"du": "2025-11-21", "au": "2026-11-20"})
    assert whole_year.is_year_before and whole_year.compared.ends_on == date(2025, 11, 20)


WORDS = [
    ({}, "un an plus tôt", "Un an plus tôt : du 24 août au 22 novembre 2025"),
    ({"periode": "2026-10"}, "un an plus tôt", "Un an plus tôt : octobre 2025"),
    ({"periode": "2025"}, "un an plus tôt", "Un an plus tôt : 2024"),
    ({"periode": "2026-11"}, "du 1er au 22 novembre 2025", "Un an plus tôt : du 1er au 22 novembre 2025"),
]


@pytest.mark.parametrize(("given", "words", "legend"), WORDS)
def test_in_words(given: dict[str, str], words: str, legend: str) -> None:
    found = asked(given)
    assert plain_spaces(against(found)) == words and plain_spaces(legend_of(found)) == legend
    assert plain_spaces(earlier(found)) == "un an plus tôt"
    just_before = asked_from(given, PLACE, TODAY)
    assert earlier(just_before) == "avant" and legend_of(just_before) == f"Avant : {against(just_before)}"


# --- on the page -------------------------------------------------------------------------------------------------------------


def at(*day: int) -> datetime:
    return datetime(*day, 9, tzinfo=UTC) if len(day) == 3 else datetime(*day, tzinfo=UTC)


def told(database: Database, cast: Cast, *moments: datetime) -> Journal:
    """Six récits and a difficulty in May 2024, récits and a difficulty in May 2023, others in between and at these moments."""
    journal = three_each(database, cast, 3, 3)
    first = [of_service(journal, 0)]
    for when, times in ((at(2024, 5, 15), 6), (at(2023, 5, 15), 2), (at(2024, 4, 15), 4)):
        for _ in range(times):
            tell(database, journal, first, ["C1"], when)
        tell(database, journal, first, ["C1"], when, is_difficulty=True)
    for when in moments:
        tell(database, journal, first, ["C1"], when)
    gather(database, journal)
    return journal


BEGAN = at(2022, 1, 3)


def test_each_number_of_then_opens_its_list(database: Database, cast: Cast) -> None:
    told(database, cast, BEGAN)
    with looked(database, cast.noor, MAY) as look:
        page = page_of(look)
        assert (page.numbers.recits, page.numbers.recits_before, page.numbers.is_comparable) == (6, 2, True)
        by_month, back, by_college = mois.read(look), tensions.read(look), colleges.read(look)
        assert back and next(one.before.value for one in by_month.lanes if one.column.code == "C") == 2
        assert [row.before.value for row in back.rows] == [1]
        assert sum(one.cells[1].number for one in by_college.heard) == 2
        for section in (by_month, back, by_college):
            assert opens_its_lists(look, section) >= 2
            assert any("avec=un-an-plus-tot" in str(one) and "quand=avant" in str(one) for one in section.tables)


@pytest.mark.parametrize(
    ("zone", "moment", "number"),
    [
        ("Europe/Paris", at(2023, 4, 30, 21, 59), 2),
        ("Europe/Paris", at(2023, 4, 30, 22, 0), 3),
        ("Europe/Paris", at(2023, 5, 31, 21, 59), 3),
        ("Europe/Paris", at(2023, 5, 31, 22, 0), 2),
        ("Pacific/Noumea", at(2023, 4, 30, 13, 0), 3),
        ("America/Guadeloupe", at(2023, 6, 1, 3, 59), 3),
    ],
)
def test_days_begin_at_the_midnight_of_the_place(database: Database, cast: Cast, zone: str, moment: datetime, number: int) -> None:
    told(database, cast, BEGAN, moment)
    with looked(database, cast.noor, MAY, zone) as look:
        assert page_of(look).numbers.recits_before == number


def test_the_page_says_a_year_before_wherever_it_says_before(database: Database, cast: Cast, visit) -> None:
    told(database, cast, BEGAN)
    noor = visit.as_("noor")
    page = plain_spaces(noor.get(f"{ROOT}?periode=2024-05&avec=un-an-plus-tot").text)
    assert re.search(r"6 récits</a> ont été publiés, contre <a[^>]*>2</a> un an plus tôt\.", page)
    assert "Coopération : 6 récits en mai 2024, contre 2 un an plus tôt" in page and "« Contre » : un an plus tôt." in page
    assert 'contre <a href="' in page and ": Coopération, un an plus tôt</span>" in page
    assert ">1 un an plus tôt<span" in page and "« En hausse » ou « en baisse » : plus ou moins qu’un an plus tôt." in page
    assert '<th scope="col">un an plus tôt</th>' in page and "Un an plus tôt : mai 2023." in page
    assert '<option value="un-an-plus-tot" selected>Un an plus tôt</option>' in page
    assert '<details class="filters-more" open>' in page
    left = re.sub(r"<option.*?</option>|<[^>]*>|avant (d’être mise|la réunion)", "", page.partition("<main")[2])
    assert not re.search(r"\b[Aa]vant\b", left)
    before = plain_spaces(noor.get(f"{ROOT}?periode=2024-05&avec=precedente").text)
    assert "contre 4 le mois d’avant" in before and "plus ou moins que le mois d’avant." in before
    assert "un an plus tôt" not in before.replace("Un an plus tôt</option>", "")


def test_as_many_are_as_many_as_a_year_before(database: Database, cast: Cast) -> None:
    told(database, cast, BEGAN, *[at(2023, 5, 20)] * 4)
    with looked(database, cast.noor, MAY) as look:
        assert plain_spaces(mois.read(look).title).endswith("6 récits en mai 2024, autant qu’un an plus tôt")


SAID = "mai 2023, un an plus tôt"


def test_files_and_paper_say_it(database: Database, cast: Cast, visit) -> None:
    told(database, cast, BEGAN)
    noor, given = visit.as_("noor"), "?periode=2024-05&avec=un-an-plus-tot"
    for path in FILES:
        if path not in ("exporter/ods", "rapport/odt"):  # their words are not in one run
            assert SAID in plain_spaces(words_of(file_of(noor, path + given))), path
    rows = rows_of_csv(file_of(noor, f"exporter/csv{given}").data)
    heads = {plain_spaces(row[3]) for row in rows}
    assert {"Récits un an plus tôt", "Un an plus tôt : mai 2023"} <= heads and not {one for one in heads if "avant" in one[:12]}
    assert "Un an plus tôt : mai 2023" in {plain_spaces(row[2]) for row in rows}
    assert f"Comparé avec : {SAID}" in plain_spaces(noor.get(ROOT + given).text)
    name = unquote(file_of(noor, f"exporter/csv{given}").headers["Content-Disposition"])
    assert "comparé avec un an plus tôt.csv" in plain_spaces(name)
    assert "comparé" not in unquote(file_of(noor, "exporter/csv?periode=2024-05").headers["Content-Disposition"])


def test_a_journal_that_had_not_begun_is_not_compared_and_says_so(database: Database, cast: Cast, visit) -> None:
    told(database, cast)
    silent = "Le journal n’avait pas commencé le 1er mai 2023 : la page ne dit pas si l’on raconte plus ou moins qu’un an plus tôt."
    with looked(database, cast.noor, {}) as look:

        def lead(**given: str) -> Lead:
            return page_of(look_of(look.session, look.reader, given)).lead

        asked_for = lead(**MAY)
        assert silent in plain_spaces(said(asked_for.scope)) and "un an" not in asked_for.words.replace("en un an", "")
        by_month = mois.read(look_of(look.session, look.reader, MAY))
        assert "contre" not in by_month.title and "n’avait pas commencé" in by_month.compared
        assert "n’avait pas commencé" not in said(lead(periode="2024-05").scope), "nobody chose that comparison"
        assert "n’avait pas commencé" not in said(lead(du="2024-05-16", au="2024-05-31", **AVEC).scope), "begun"
    csv = plain_spaces(file_of(visit.as_("noor"), "exporter/csv?periode=2024-05&avec=un-an-plus-tot").text)
    assert f"{SAID} (le journal n’avait pas commencé le 1er mai 2023)" in csv


def test_the_reseau_has_it_too(database: Database, cast: Cast) -> None:
    told(database, cast)
    with looked(database, cast.noor, MAY, slug="") as look:
        assert ("un-an-plus-tot", "Un an plus tôt") in filters_of(look).comparisons
        assert look.asked.url == "/tendances?periode=2024-05&avec=un-an-plus-tot"
        assert not_begun(look.asked).startswith("le réseau n’avait pas commencé")
        assert plain_spaces(compared_in_words(look)).startswith("mai 2023, un an plus tôt (le réseau")


def test_it_is_found_again_after_a_lecture(visit, database: Database, cast: Cast) -> None:
    told(database, cast, BEGAN)
    form = visit.as_("noor").get(f"{ROOT}/lectures/nouvelle?section=mois&periode=2024-05&avec=un-an-plus-tot").text
    assert '<input type="hidden" name="avec" value="un-an-plus-tot">' in form
