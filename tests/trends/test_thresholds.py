"""Thresholds: no figure names a service in which fewer than three people ever wrote, and no page less another tells it apart.

That last part is held as what it means: two services that are told together may exchange everything that is theirs, and no figure
of any page, whatever its days, filters and comparison, is another one."""

from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from rex import clock
from rex.access import Reader
from rex.collectifs.models import Collectif, College, Service, Space
from rex.db import Database, RexSession
from rex.documents.several_formats import SEVERAL
from rex.journal.models import Audience, Authorship, Recit
from rex.journal.recognition_models import Recognition
from rex.tensions.naming import merged_among
from rex.trends.page import page_of
from rex.trends.report import report_of
from rex.trends.sheets import SHEETS
from rex.trends.taken_out import take_out
from rex.trends.units import NO_SERVICE, OTHERS, Units, colleges_of, units_of
from tests.cast import Cast
from tests.making import reader_of
from tests.trends.exchanging import TOGETHER, exchange, exchange_colleges, exchanged
from tests.trends.journals import Journal, Shape, addresses, drawn_shape, fill, new_entry, signature
from tests.trends.looking import RESEAU, look_of, place_of, saying

COUNTS = st.dictionaries(st.integers(0, 12), st.integers(0, 6), max_size=12)
WRITERS = 3
THIS_YEAR = {"periode": str(clock.today("Europe/Paris").year)}


@given(COUNTS, st.dictionaries(st.integers(0, 12), st.integers(0, 50)))
def test_no_small_one_is_ever_alone(writers: dict[int, int], sizes: dict[int, int]) -> None:
    merged, hidden = merged_among(writers, sizes)
    small = {one for one, number in writers.items() if 0 < number < WRITERS}
    assert small <= merged | hidden
    assert len(merged) != 1
    assert not merged & hidden
    assert len(hidden) <= 1 and hidden <= small
    assert len(merged - small) == (1 if merged and len(small) == 1 else 0)
    assert all(writers[one] for one in merged | hidden), "nobody wrote there: there is nothing to hide"
    if hidden:
        assert not merged and not any(number >= WRITERS for number in writers.values()), "somebody could have joined it"


@given(COUNTS, st.permutations(range(13)))
def test_the_order_of_services_changes_nothing(writers: dict[int, int], order: list[int]) -> None:
    sizes = {one: one for one in writers}
    shuffled = {one: writers[one] for one in order if one in writers}
    assert merged_among(shuffled, sizes) == merged_among(writers, sizes)


def together(units: Units, journal: Journal) -> list[tuple[int, int]]:
    """Pairs of services that are told together, and of those that tell nothing and are named nowhere."""
    merged = [one for one in journal.services if one in units.merged]
    silent = [one for one, number in zip(journal.services, journal.shape.writers, strict=True) if not number]
    return [*combinations(merged, 2), *combinations(silent, 2)]


def taken_out(session: RexSession, reader: Reader, given: dict[str, str] | None, slug: str) -> list[bytes]:
    """The files that are made of a page."""
    out = take_out(session, reader, page_of(look_of(session, reader, given, slug)), "https://exemple.fr")
    return [SHEETS["csv"].make(out), SEVERAL["md"].make(report_of(out))]


@pytest.mark.parametrize("seed", range(5))
def test_two_services_told_together_cannot_be_told_apart(database: Database, cast: Cast, seed: int) -> None:
    chance = Random(f"together {seed}")
    shape = drawn_shape(chance)
    if seed < 3:
        shape = TOGETHER[seed]
    journal = fill(database, cast, shape, f"together {seed}")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        look = look_of(session, reader)
        pairs = together(look.units, journal)
        assert pairs or seed >= 3, "this shape tells nobody together"
        asked = addresses(journal, [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown])
        asked = asked[:6] + chance.sample(asked[6:], min(5, len(asked) - 6))
        for one, other in chance.sample(pairs, min(2, len(pairs))):
            before = all_of(session, reader, asked)
            # not their collèges: the réseau names others than the journal
            with exchanged(session, journal.collectif_id, one, other, colleges=False) as is_same:
                for given_here, was, became in zip([*asked, {}, {}], before, all_of(session, reader, asked), strict=True):
                    assert became == was or not is_same, given_here
                assert is_same or seed >= 3, "these two do not take the place of another one"


def all_of(session: RexSession, reader: Reader, asked: list[dict[str, str]]) -> list[Any]:
    """What pages say, asked so, then that of the réseau; then the files."""
    pages = [*(saying(session, reader, given) for given in asked), saying(session, reader, slug="")]
    return [
        *pages,
        [taken_out(session, reader, given, slug) for given, slug in ((asked[1], "valombre"), (asked[4], "valombre"), ({}, ""))],
    ]


def test_two_colleges_told_together_cannot_be_told_apart(database: Database, cast: Cast) -> None:
    """The same of collèges in which too few people wrote."""
    journal = fill(database, cast, Shape((3, 4), without=2), "collèges")
    first, second, *others = [user_id for user_id, _, _ in journal.authors]
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        with session.as_system("one writes as an élue, one as a habitant, all others from a service"):
            for college, users in ((College.ELU, [first]), (College.HABITANT, [second]), (College.SERVICE, others)):
                session.execute(update(Authorship).where(Authorship.user_id.in_(users)).values(college=college))
        look = look_of(session, reader)
        assert look.colleges.merged == (College.ELU, College.HABITANT)
        asked = addresses(journal, [OTHERS], [key for key, _ in look.colleges.shown])
        before = all_of(session, reader, asked)
        with session.as_system("the two exchange everything"):
            exchange_colleges(session, College.ELU, College.HABITANT)
        assert all_of(session, reader, asked) == before


def test_two_territories_told_together_cannot_be_told_apart(database: Database, cast: Cast) -> None:
    fill(database, cast, Shape((4,)), "territories")
    made = []
    for number in (1, 2):
        with database.system("another territory", write=True) as session:
            collectif = Collectif(slug=f"val-{number}", name=f"Val {number}")
            session.add(collectif)
            session.flush()
            session.keyring.create(collectif.key_name)
            made.append(collectif.id)
        fill(database, cast, Shape((number,), entries=20), f"val {number}", made[-1])
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.ines)
        units = look_of(session, reader, slug="").units
        assert units.merged == set(made) and len(units.shown) == 2
        asked = [{}, THIS_YEAR, {"enjeu": "C"}, *({"service": one.key} | THIS_YEAR for one in units.shown)]
        before = [saying(session, reader, given, "") for given in asked]
        with session.as_system("the two exchange everything"):
            exchange(session, made[0], made[1], Space)
        assert [saying(session, reader, given, "") for given in asked] == before


def test_what_two_named_services_exchange_is_seen(database: Database, cast: Cast) -> None:
    """The test above would be true of a page that says nothing, and of an exchange that exchanges nothing.

    The first two did together more than all else that was drawn: no chance makes them the equal of the last two."""
    journal = fill(database, cast, Shape((3, 4, 4)), "seen by all")
    together = [next(one for one in journal.authors if one[1] == service_id) for service_id in journal.services[:2]]
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        with session.as_system("they tell together, and thank each other"):
            for kind in (Recit, Recognition) * 60:
                entry = new_entry(session, journal, kind, Random(0), at=clock.now(), audience=Audience.COLLECTIF)
                if isinstance(entry, Recognition):
                    entry.to_user_id, entry.to_service_id = None, journal.services[1]
                session.add_all(signature(session, entry, position, one) for position, one in enumerate(together))
        before = saying(session, reader, THIS_YEAR)
        with session.as_system("the two exchange everything"):
            exchange(session, journal.services[0], journal.services[2])
        after = saying(session, reader, THIS_YEAR)
    assert {key for key in before if before[key] != after[key]} >= {"services", "ensemble", "mercis"}


@pytest.mark.parametrize("writers", [(1,), (1, 3), (1, 2, 4), (2, 3, 3, 4)])
def test_pages_name_no_service_of_few_and_open_no_list_of_it(
    database: Database, cast: Cast, visit: Any, writers: tuple[int, ...]
) -> None:
    journal = fill(database, cast, Shape(writers), "few")
    with database.system("which ones are small") as session:
        rows = {one: session.get(Service, one) for one in journal.services}
        small = [rows[one] for one, number in zip(journal.services, writers, strict=True) if number < WRITERS]
        named = [rows[one] for one, number in zip(journal.services, writers, strict=True) if number >= WRITERS]
    client = visit.as_("noor")
    for one in small:
        assert one is not None
        empty = client.get(f"/c/valombre/tendances/entrees?quoi=recits&quand=toujours&de={one.public_id}")
        assert "<h1>0\u00a0récit</h1>" in empty.get_data(as_text=True)
        narrowed = client.get(f"/c/valombre/tendances?service={one.public_id}")
        assert narrowed.status_code == 200
        assert f'value="{one.public_id}"' not in narrowed.get_data(as_text=True)
    with database.session() as session:
        session.reader = reader = _reader(database, cast)
        units = units_of(session, place_of(reader))
    shown = {one.key for one in units.shown}
    assert not shown & {one.public_id for one in small if one}
    if len(small) == 1 and named:
        assert len(shown) == len(named), "the oldest of the named ones joined it"
        assert OTHERS in shown
    elif len(small) == 1:
        assert shown == set() and units.hidden


def _reader(database: Database, cast: Cast) -> Any:
    with database.session(write=True) as session:
        return reader_of(session, cast.noor)


SHAPES = [
    # writers of services, from no service, how many are named, whether others are, whether there is « sans service »
    (Shape((1,)), 0, False, False),
    (Shape((2, 3)), 0, True, False),
    (Shape((2, 3, 4)), 1, True, False),
    (Shape((1, 1)), 0, True, False),
    (Shape((3, 4)), 2, False, False),
    (Shape((0, 0)), 0, False, False),
    (Shape((3, 0), without=4), 1, False, True),
    (Shape((3,), without=1), 0, True, False),
    (Shape((1, 4), without=4), 1, True, False),  # who has no service comes before all services: it joins the small one
    (Shape((1, 1, 4), without=4), 1, True, True),
    (Shape((), without=2), 0, False, False),
]


@pytest.mark.parametrize(("shape", "named", "has_others", "has_none"), SHAPES)
def test_who_is_named(database: Database, cast: Cast, shape: Shape, named: int, has_others: bool, has_none: bool) -> None:
    fill(database, cast, shape, "named")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.camille)
        units = units_of(session, place_of(reader))
    keys = [one.key for one in units.shown]
    assert len([key for key in keys if key not in (OTHERS, NO_SERVICE)]) == named
    assert (OTHERS in keys, NO_SERVICE in keys) == (has_others, has_none)


def test_who_is_named_depends_neither_on_the_reader_nor_on_what_the_page_is_asked(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((1, 3, 4), without=2), "same")
    with database.session(write=True) as session:
        found = []
        for person in (cast.camille, cast.ana, cast.noor, cast.jeanne):
            session.reader = reader = reader_of(session, person)
            looks = [look_of(session, reader, one) for one in addresses(journal, [OTHERS], ["elu"])]
            found += [(one.units, one.colleges) for one in looks]
        assert all(one == found[0] for one in found)
        session.reader = reader = reader_of(session, cast.ines)
        assert units_of(session, RESEAU) == look_of(session, reader, {"periode": "2020"}, slug="").units


def test_each_entry_is_of_one_unit_or_more_and_no_row_adds_up_what_is_hidden(database: Database, cast: Cast) -> None:
    """One service alone, small, with nobody to join it: no table says what it told, nor does the total less the rest."""
    fill(database, cast, Shape((2,), entries=30), "alone")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        look = look_of(session, reader, THIS_YEAR)
        assert look.units.shown == () and look.units.hidden
        said = saying(session, reader, THIS_YEAR)
    for key in ("services", "ensemble"):
        for table in said.get(key, ("", ()))[1]:
            assert not table.rows, (key, table)


def test_a_service_whose_writers_are_gone_is_told_with_others(database: Database, cast: Cast) -> None:
    """What they told is still counted in the totals: without it among the others, the rest would give it."""
    journal = fill(database, cast, Shape((2, 3, 4)), "gone")
    gone = journal.services[0]
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.camille)
        with session.as_system("their accounts are deleted"):
            session.execute(update(Authorship).where(Authorship.service_id == gone).values(user_id=None))
        units = units_of(session, place_of(reader))
        assert units.merged == {gone, journal.services[1]} and units.few == 1


def test_a_college_whose_writers_are_gone_is_not_said_to_be_absent(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((3, 4)), "gone")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.camille)
        with session.as_system("their accounts are deleted"):
            session.execute(update(Authorship).values(user_id=None))
        colleges = colleges_of(session, place_of(reader))
        told_from = {college for _, _, college in journal.authors}
        assert set(colleges.merged) | set(colleges.hidden) == told_from
        assert not told_from & set(colleges.absent)
