"""Récits month by month: months are those of the place, each number opens its list, the title says what changed most."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from rex import clock
from rex.db import Database
from rex.journal.models import Stance
from rex.trends import mois
from tests.cast import Cast
from tests.trends.journals import Shape, addresses, fill
from tests.trends.looking import look_of
from tests.trends.telling import looked, of_service, opens_its_lists, tell, three_each


def lane(section: mois.Mois, code: str) -> mois.Lane:
    return next(one for one in section.lanes if one.column.code == code)


def told(section: mois.Mois, code: str) -> dict[date, int]:
    """Only the months in which something is told."""
    cells = zip(section.months, lane(section, code).cells, strict=True)
    return {month: cell.value for month, cell in cells if isinstance(cell.value, int) and cell.value}


def test_each_number_is_that_of_its_list(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((3, 3), without=1, entries=30), "mois")
    held = 0
    for person in (cast.noor, cast.camille):
        with looked(database, person) as look:
            keys = [one.key for one in look.units.shown][:1]
            for given in addresses(journal, keys, []):
                here = look_of(look.session, look.reader, given)
                held += opens_its_lists(here, mois.read(here), 10)
            reseau = look_of(look.session, look.reader, {}, "")
            held += opens_its_lists(reseau, mois.read(reseau), 10)
    assert held > 60


@pytest.mark.parametrize(
    ("zone", "at", "month"),
    [
        ("Europe/Paris", datetime(2024, 5, 31, 21, 59, 59, tzinfo=UTC), date(2024, 5, 1)),
        ("Europe/Paris", datetime(2024, 5, 31, 22, 0, tzinfo=UTC), date(2024, 6, 1)),
        ("Europe/Paris", datetime(2023, 12, 31, 22, 59, 59, tzinfo=UTC), date(2023, 12, 1)),
        ("Europe/Paris", datetime(2023, 12, 31, 23, 0, tzinfo=UTC), date(2024, 1, 1)),
        ("Europe/Paris", datetime(2024, 3, 31, 21, 59, 59, tzinfo=UTC), date(2024, 3, 1)),  # the day when clocks change
        ("Europe/Paris", datetime(2024, 3, 31, 22, 0, tzinfo=UTC), date(2024, 4, 1)),
        ("Pacific/Noumea", datetime(2024, 5, 31, 13, 0, tzinfo=UTC), date(2024, 6, 1)),
        ("America/Guadeloupe", datetime(2024, 6, 1, 3, 59, tzinfo=UTC), date(2024, 5, 1)),
    ],
)
def test_a_month_begins_at_the_midnight_of_the_place(database: Database, cast: Cast, zone: str, at: datetime, month: date) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0)], ["C1"], at)
    with looked(database, cast.noor, {"periode": "2024-06"}, zone) as look:
        found = mois.read(look)
        assert told(found, "C") == {month: 1}
        assert opens_its_lists(look, found) >= 1
        assert lane(found, "C").now.value == (1 if month == date(2024, 6, 1) else 0)


def test_an_enjeu_counts_a_recit_once(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0), of_service(journal, 1)], ["C1", "C2"])
    with looked(database, cast.noor) as look:
        assert told(mois.read(look), "C") == {date(2024, 5, 1): 1}


def test_the_months_of_the_period_are_solid_and_all_drawings_have_one_scale(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    for number, code in enumerate(("C1", "C1", "C1", "C1", "E1")):
        tell(database, journal, [of_service(journal, 0)], [code], datetime(2024, 5, 2 + number, 9, tzinfo=UTC))
    with looked(database, cast.noor, {"du": "2024-04-20", "au": "2024-06-02"}) as look:
        found = mois.read(look)
    solid = {month: bar.solid for month, bar in zip(found.months, lane(found, "C").bars, strict=True) if bar.solid}
    assert list(solid) == [date(2024, 5, 1)]
    tall, small = (max(bar.height for bar in lane(found, code).bars) for code in ("C", "E"))
    assert tall == 4 * small == solid[date(2024, 5, 1)] > 0
    assert len(found.months) == 12 and lane(found, "C").last[2] == 0
    assert "4 récits" in lane(found, "C").sentence.replace("\u00a0", " ")


def test_what_is_solid_is_what_the_period_counts(database: Database, cast: Cast) -> None:
    """A month of which the period holds a part is drawn in two."""
    journal = three_each(database, cast, 3, 3)
    for day in (2, 3, 20):
        tell(database, journal, [of_service(journal, 0)], ["C1"], datetime(2024, 5, day, 9, tzinfo=UTC))
    with looked(database, cast.noor, {"du": "2024-05-15", "au": "2024-06-02"}) as look:
        bars = lane(mois.read(look), "C").bars
    (bar,) = [one for one in bars if one.height]
    assert bar.height == pytest.approx(3 * bar.solid, abs=0.2)
    assert bar.y + bar.height == pytest.approx(bar.solid_y + bar.solid, abs=0.2)


def test_the_title_says_what_changed_most(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    with looked(database, cast.noor) as look:
        assert mois.read(look).title == "Mois après mois"
    tell(database, journal, [of_service(journal, 0)], [], datetime(2024, 1, 10, 9, tzinfo=UTC))  # the journal is older
    before = datetime(2024, 4, 10, 9, tzinfo=UTC)
    for code, times, at in (("C1", 6, None), ("C2", 2, before), ("E1", 3, None), ("E1", 3, before), ("V1", 1, before)):
        for _ in range(times):
            tell(database, journal, [of_service(journal, 0)], [code], at or datetime(2024, 5, 10, 9, tzinfo=UTC))
    with looked(database, cast.noor) as look:
        found = mois.read(look)
        assert found.title.replace("\u00a0", " ") == "Coopération : 6 récits en mai 2024, contre 2 le mois d’avant"
        assert opens_its_lists(look, found) > 4
    with looked(database, cast.noor, {"periode": "2024-05", "enjeu": "E"}) as look:
        found = mois.read(look)
        assert "3 récits en mai 2024, autant que le mois d’avant" in found.title.replace("\u00a0", " ")
        assert found.all_url == "/c/valombre/tendances?periode=2024-05"
    with looked(database, cast.noor, {"periode": "2024-05", "balise": "V1"}) as look:
        assert [one.column.code for one in mois.read(look).lanes] == ["V1"]
        assert mois.read(look).title == "Mois après mois, peu de récits"
        unit = look.units.unit_of(journal.services[0])
    assert unit
    for more in ({}, {"balise": "V1"}):
        with looked(database, cast.noor, {"periode": "2024-05", "service": unit.key} | more) as look:
            assert mois.read(look).title == "Mois après mois", "no service is told that it tells little, or less"


def test_a_long_period_shows_its_last_months(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0)], {"C1": Stance.NUANCE}, datetime(2014, 5, 10, 9, tzinfo=UTC))
    with looked(database, cast.noor, {"du": "2004-01-01", "au": "2024-05-31"}) as look:
        found = mois.read(look)
        assert len(found.months) == mois.MOST_MONTHS
        assert (lane(found, "C").now.value, told(found, "C")) == (1, {}), "counted, and too old to be drawn"
        assert "(les derniers)" in found.caption


def test_one_statement_however_much_is_told(database: Database, cast: Cast, count_statements: Callable) -> None:
    journal = three_each(database, cast, 3, 3, 3)
    for number in range(12):
        tell(database, journal, [of_service(journal, number % 3)], ["C1", "E2"], datetime(2024, 1 + number % 5, 3, tzinfo=UTC))
    with looked(database, cast.noor) as look, count_statements() as seen:
        mois.read(look)
        assert len(seen) == 1


def test_the_axis_ends_with_the_month_that_is_lived(database: Database, cast: Cast) -> None:
    three_each(database, cast, 3, 3)
    today = clock.today("Europe/Paris")
    with looked(database, cast.noor, {"periode": str(today.year)}) as look:
        assert mois.read(look).months[-1] == today.replace(day=1)
    with looked(database, cast.noor, {"periode": str(today.year + 2)}) as look:
        assert len(mois.read(look).months) == 12
