"""When letters leave, on the clocks of their collectif."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from rex import clock
from rex.digests.models import DigestSettings, Rhythm
from rex.digests.rhythm import LABELS, LEADS, SPANS, lead_of, next_due, start_over

PARIS, NOUMEA = "Europe/Paris", "Pacific/Noumea"


def settings(rhythm: Rhythm, weekday: int = 4, hour: int = 8, set_at: datetime | None = None) -> DigestSettings:
    set_at = set_at or datetime(2026, 11, 22, 18, tzinfo=UTC)
    return DigestSettings(collectif_id=1, rhythm=rhythm, weekday=weekday, hour=hour, set_at=set_at)


def following(chosen: DigestSettings, zone: str, after: datetime, n: int) -> list[str]:
    """The local hours of the next letters."""
    found = []
    for _ in range(n):
        due = next_due(chosen, zone, after)
        assert due is not None and due > after
        found.append(due.astimezone(ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M"))
        after = due
    return found


SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.WEEKLY, ["Fri 2026-11-27 08:00", "Fri 2026-12-04 08:00", "Fri 2026-12-11 08:00"]),
        (Rhythm.FORTNIGHTLY, ["Fri 2026-11-27 08:00", "Fri 2026-12-11 08:00", "Fri 2026-12-25 08:00"]),
        (Rhythm.MONTHLY, ["Fri 2026-12-04 08:00", "Fri 2027-01-01 08:00", "Fri 2027-02-05 08:00"]),
        (Rhythm.QUARTERLY, ["Fri 2027-01-01 08:00", "Fri 2027-04-02 08:00", "Fri 2027-07-02 08:00"]),
    ],
)
def test_each_rhythm(rhythm, expected):
    assert following(settings(rhythm), PARIS, SUNDAY, 3) == expected


def test_never():
    assert next_due(settings(Rhythm.NEVER), PARIS, SUNDAY) is None


def test_on_the_day_itself_before_and_after_the_hour():
    weekly = settings(Rhythm.WEEKLY)
    assert following(weekly, PARIS, datetime(2026, 11, 27, 6, 59, tzinfo=UTC), 1) == ["Fri 2026-11-27 08:00"]
    assert following(weekly, PARIS, datetime(2026, 11, 27, 7, 0, tzinfo=UTC), 1) == ["Fri 2026-12-04 08:00"]


def test_it_is_the_day_of_the_collectif_not_that_of_the_server():
    """Sunday evening in UTC is Monday morning in Nouméa: the letter of that Monday is still to come, or is over, there."""
    monday = settings(Rhythm.WEEKLY, weekday=0, hour=8)
    assert following(monday, NOUMEA, datetime(2026, 11, 22, 20, 30, tzinfo=UTC), 1) == ["Mon 2026-11-23 08:00"]
    assert following(monday, NOUMEA, datetime(2026, 11, 22, 21, 30, tzinfo=UTC), 1) == ["Mon 2026-11-30 08:00"]


def test_eight_o_clock_stays_eight_o_clock_when_summer_time_comes_and_goes():
    weekly = settings(Rhythm.WEEKLY)
    march = [next_due(weekly, PARIS, datetime(2027, 3, 20, tzinfo=UTC) + timedelta(days=7 * n)) for n in range(2)]
    assert [due.hour for due in march if due] == [7, 6]
    assert following(weekly, PARIS, datetime(2027, 10, 23, tzinfo=UTC), 2) == ["Fri 2027-10-29 08:00", "Fri 2027-11-05 08:00"]


def test_an_hour_that_the_clocks_skip_is_the_one_after():
    sunday = settings(Rhythm.WEEKLY, weekday=6, hour=2)
    assert following(sunday, PARIS, datetime(2027, 3, 22, tzinfo=UTC), 2) == ["Sun 2027-03-28 03:00", "Sun 2027-04-04 02:00"]


def test_an_hour_that_comes_twice_is_the_first():
    sunday = settings(Rhythm.WEEKLY, weekday=6, hour=2)
    due = next_due(sunday, PARIS, datetime(2027, 10, 25, tzinfo=UTC))
    assert due is not None and due == datetime(2027, 10, 31, 0, tzinfo=UTC)
    assert next_due(sunday, PARIS, due) == datetime(2027, 11, 7, 1, tzinfo=UTC)


def test_fortnights_do_not_stumble_on_a_year_of_fifty_three_weeks():
    chosen = settings(Rhythm.FORTNIGHTLY, set_at=datetime(2026, 12, 1, tzinfo=UTC))
    dues = following(chosen, PARIS, datetime(2026, 12, 1, tzinfo=UTC), 30)
    days = [datetime.strptime(due.split()[1], "%Y-%m-%d") for due in dues]
    assert {(later - day).days for day, later in pairwise(days)} == {14}


def test_fortnights_are_the_same_from_wherever_one_counts():
    chosen = settings(Rhythm.FORTNIGHTLY)
    dues = {next_due(chosen, PARIS, SUNDAY + timedelta(days=n)) for n in range(60)}
    days = sorted(due for due in dues if due)
    assert {(later - day).days for day, later in pairwise(days)} == {14}


def test_a_letter_is_composed_before_it_leaves_and_that_of_a_group_as_it_leaves():
    for rhythm in Rhythm:
        assert lead_of(settings(rhythm), is_group=True) == timedelta()
        assert lead_of(settings(rhythm), is_group=False) < SPANS[rhythm]
    assert set(LABELS) == set(LEADS) == set(SPANS) == set(Rhythm)


def test_after_a_change_no_letter_leaves_at_once_for_an_hour_that_is_over(time_machine):
    time_machine.move_to(SUNDAY, tick=False)
    chosen = settings(Rhythm.WEEKLY)
    chosen.done_until = SUNDAY - timedelta(days=20)
    start_over(chosen, is_group=False)
    assert chosen.done_until == clock.now() + LEADS[Rhythm.WEEKLY]
    chosen.done_until = SUNDAY + timedelta(days=30)
    start_over(chosen, is_group=False)
    assert chosen.done_until == SUNDAY + timedelta(days=30)
