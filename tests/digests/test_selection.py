"""What a letter tells of all that it could: a pure function."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rex.digests.models import Rubric
from rex.digests.selection import MOST_WORDS, PER_RUBRIC, Candidate, Limits, select

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def one(key: str, rubric: Rubric = Rubric.RECITS, days: int = 0, **values) -> Candidate:
    return Candidate(rubric, key, values.pop("mark", "1"), NOW - timedelta(days=days), **values)


def keys(chosen) -> list[str]:
    return [each.candidate.key for each in chosen]


def test_nothing_makes_no_letter():
    assert select([], {}) == []


def test_a_balise_alone_is_no_reason_to_write():
    assert select([one("balise:C1", Rubric.THEORY, is_reason_enough=False)], {}) == []


def test_a_balise_goes_with_a_recit():
    chosen = select([one("balise:C1", Rubric.THEORY, is_reason_enough=False), one("a")], {})
    assert keys(chosen) == ["a", "balise:C1"]


def test_services_that_were_not_heard_come_before_what_is_newer():
    voirie = [one(f"v{n}", days=n, services=("Voirie",)) for n in range(5)]
    chosen = select([*voirie, one("eau", days=30, services=("Eau",))], {}, Limits({Rubric.RECITS: 2}))
    assert keys(chosen) == ["v0", "eau"]


def test_colleges_and_postures_count_as_services_do():
    same = [one(f"s{n}", days=n, services=("Voirie",), colleges=("service",), postures=("illustre",)) for n in range(4)]
    habitant = one("h", days=20, services=("Voirie",), colleges=("habitant",), postures=("illustre",))
    against = one("c", days=25, services=("Voirie",), colleges=("service",), postures=("contredit",))
    chosen = select([*same, habitant, against], {}, Limits({Rubric.RECITS: 3}))
    assert set(keys(chosen)) == {"s0", "h", "c"}


def test_among_equals_what_is_new_comes_first_then_what_recurs():
    chosen = select([one("old", days=9, recurrence=9), one("new", days=1), one("new-again", days=1, recurrence=3)], {})
    assert keys(chosen) == ["new-again", "new", "old"]


def test_what_many_services_tell_at_once_is_not_worth_more_than_what_one_tells():
    """Popularity never: a text of ten services does not pass before a newer one of a single service."""
    crowd = one("crowd", days=2, services=tuple(f"S{n}" for n in range(10)))
    assert keys(select([crowd, one("alone", days=1, services=("Voirie",))], {}, Limits({Rubric.RECITS: 1}))) == ["alone"]


def test_what_the_last_letter_told_is_told_again_only_when_it_changed():
    candidates = [one("same", mark="3"), one("changed", mark="4"), one("new")]
    assert set(keys(select(candidates, {"same": "3", "changed": "3"}))) == {"changed", "new"}
    assert select([one("same", mark="3")], {"same": "3"}) == []


def test_a_recit_is_told_in_one_rubric_when_others_are_there():
    told = one("a", subject=("entry", 1))
    practice = [
        one("pa", Rubric.PRACTICE, subject=("entry", 1)),
        one("pb", Rubric.PRACTICE, days=9, subject=("entry", 2)),
    ]
    chosen = select([told, *practice], {}, Limits({Rubric.RECITS: 1, Rubric.PRACTICE: 1}))
    assert keys(chosen) == ["a", "pb"]
    assert keys(select([told, practice[0]], {})) == ["a", "pa"]


def test_each_rubric_says_its_first_thing_before_one_says_its_second():
    recits = [one(f"r{n}", days=n, words=40) for n in range(5)]
    asked = [one(f"q{n}", Rubric.UNANSWERED, days=n, words=40) for n in range(3)]
    assert keys(select([*recits, *asked], {}, Limits(words=120))) == ["r0", "r1", "q0"]


def test_what_is_too_long_for_the_room_left_gives_way_to_what_is_short():
    chosen = select([one("short", days=9, words=10), one("long", words=900)], {}, Limits(words=100))
    assert keys(chosen) == ["short"]


def test_positions_run_in_each_rubric():
    chosen = select([one("a"), one("b", days=1), one("t", Rubric.RECURRING)], {})
    assert [(each.candidate.rubric, each.position) for each in chosen] == [
        (Rubric.RECITS, 0), (Rubric.RECITS, 1), (Rubric.RECURRING, 0),
    ]  # fmt: skip


def test_two_candidates_of_one_key_are_told_once():
    assert keys(select([one("a"), one("a", days=2)], {})) == ["a"]


def test_thousands_are_chosen_from_at_once():
    many = [one(f"r{n:05}", days=n % 90, services=(f"S{n % 40}",), colleges=("service",)) for n in range(5_000)]
    chosen = select(many, {})
    assert len(chosen) == PER_RUBRIC[Rubric.RECITS]
    assert len({each.candidate.services for each in chosen}) == len(chosen)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        rubric=st.sampled_from(list(Rubric)),
        key=st.text("abcdef", min_size=1, max_size=3),
        mark=st.sampled_from(["", "1", "2"]),
        new_at=st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
        subject=st.none() | st.integers(0, 5),
        services=st.lists(st.sampled_from(["Voirie", "Eau", "RH", "🚲", "مياه"]), max_size=3).map(tuple),
        colleges=st.lists(st.sampled_from(["elu", "service"]), max_size=2).map(tuple),
        postures=st.lists(st.sampled_from(["illustre", "contredit"]), max_size=2).map(tuple),
        recurrence=st.integers(0, 20),
        words=st.integers(1, 400),
        is_reason_enough=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda each: each.key,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a machine that is busy elsewhere
@given(CANDIDATES, st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.sampled_from(["", "1", "2"])), st.randoms())
def test_whatever_is_there_a_letter_holds_its_limits_and_is_the_same_twice(candidates, last, chance):
    chosen = select(candidates, last)
    shuffled = candidates[:]
    chance.shuffle(shuffled)
    again = select(shuffled, last)
    assert [each.candidate for each in again] == [each.candidate for each in chosen]
    assert sum(each.candidate.words for each in chosen) <= MOST_WORDS
    for rubric, n in Counter(each.candidate.rubric for each in chosen).items():
        assert n <= PER_RUBRIC.get(rubric, 0)
    assert all(last.get(each.candidate.key) != each.candidate.mark for each in chosen)
    assert not chosen or any(each.candidate.is_reason_enough for each in chosen)
    ranks = [list(Rubric).index(each.candidate.rubric) for each in chosen]
    assert ranks == sorted(ranks)
