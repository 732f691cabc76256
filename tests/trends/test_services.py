"""Récits by service and enjeu: each number opens its list, a récit of several counts once in the total, no service is blamed."""

from collections.abc import Callable
from types import SimpleNamespace

from rex.db import Database
from rex.trends import services
from rex.trends.tables import Cell
from tests.cast import Cast
from tests.trends.journals import Shape, addresses, fill
from tests.trends.looking import look_of
from tests.trends.telling import looked, of_service, opens_its_lists, tell, three_each


def test_each_number_is_that_of_its_list(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((3, 1, 4, 2), without=1, entries=30), "services")
    held = 0
    for person in (cast.noor, cast.camille):
        with looked(database, person) as look:
            keys, colleges = [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown]
            for given in addresses(journal, keys[:2], colleges[:1])[3:]:
                here = look_of(look.session, look.reader, given)
                held += opens_its_lists(here, services.read(here), 12)
            reseau = look_of(look.session, look.reader, {}, "")
            held += opens_its_lists(reseau, services.read(reseau), 12)
    assert held > 30


def test_who_wrote_what_nobody_reads_sees_the_same_table(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0)], ["C1"])
    with looked(database, cast.noor) as look:
        seen = services.read(look)
    author = SimpleNamespace(id=of_service(journal, 0)[0], name="Une personne")
    with looked(database, author) as look:  # ty: ignore[invalid-argument-type]
        assert services.read(look) == seen


def test_a_recit_of_several_counts_in_each_service_and_once_in_the_total(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0), of_service(journal, 1)], ["C1", "C2", "V1"])
    tell(database, journal, [of_service(journal, 0)], ["C1"])
    tell(database, journal, [of_service(journal, 1)], [])
    with looked(database, cast.noor) as look:
        found = services.read(look)
        names = {look.units.unit_of(journal.services[0]): (0, 0, 2, 1), look.units.unit_of(journal.services[1]): (0, 0, 1, 1)}
        expected = {unit.name: numbers for unit, numbers in names.items() if unit}
        assert {row.name: tuple(cell.value for cell in row.cells) for row in found.rows} == expected
        assert found.total and tuple(cell.value for cell in found.total.cells) == (0, 0, 2, 1)
        assert opens_its_lists(look, found) == 6
        of_c = look_of(look.session, look.reader, {"periode": "2024-05", "enjeu": "C"})
        by_balise = services.read(of_c)
        assert [one.code for one in by_balise.columns] == ["C1", "C2", "C3", "C4", "C5", "C6"]
        assert by_balise.total and tuple(cell.value for cell in by_balise.total.cells) == (2, 1, 0, 0, 0, 0)


def test_the_title_says_where_an_enjeu_is_told_most(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3, 3)
    for position, times in enumerate((5, 1, 1)):
        for _ in range(times):
            tell(database, journal, [of_service(journal, position)], ["C1"])
    with looked(database, cast.noor) as look:
        unit = look.units.unit_of(journal.services[0])
        assert unit and services.read(look).title == f"La coopération se raconte surtout côté {unit.name}"
        given = {"periode": "2024-05", "service": unit.key}
        narrowed = services.read(look_of(look.session, look.reader, given))
        assert narrowed.title == "Ce qui se raconte dans chaque service", "all that is counted is signed there"
    for _ in range(4):
        tell(database, journal, [of_service(journal, 1)], ["C1"])
        tell(database, journal, [of_service(journal, 2)], ["C1"])
    with looked(database, cast.noor) as look:
        assert services.read(look).title == "Ce qui se raconte dans chaque service", "spread: nobody is named"


def test_nothing_is_found_in_little(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3, 3)
    with looked(database, cast.noor) as look:
        found = services.read(look)
        assert (found.tables, found.why) == ((), "Aucun récit de cette période ne porte de balise.")
    tell(database, journal, [of_service(journal, 0)], ["C1"])
    with looked(database, cast.noor) as look:
        found = services.read(look)
        assert found.title == "Ce qui se raconte dans chaque service"
        assert len(found.rows) == 1, "who told nothing is not pointed at"
        assert "ceux qui ont ici au moins un récit" in found.note


def test_no_table_without_two_services_to_name(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 1, 2)
    tell(database, journal, [of_service(journal, 0)], ["C1"])
    with looked(database, cast.noor) as look:
        assert [one.key for one in look.units.shown] == ["autres"]
        found = services.read(look)
        assert found.tables == () and "deux services au moins" in found.why
        assert "trois personnes" in found.why


def test_tints_are_six_on_one_scale() -> None:
    section = services.Services("", "", None, most=6)  # ty: ignore[invalid-argument-type]
    assert [section.tint(Cell(value)) for value in (0, 1, 5, 6)] == [0, 1, 5, 6]
    large = services.Services("", "", None, most=600)  # ty: ignore[invalid-argument-type]
    assert [large.tint(Cell(value)) for value in (0, 1, 100, 101, 600)] == [0, 1, 1, 2, 6]


def test_one_statement_however_much_is_told(database: Database, cast: Cast, count_statements: Callable) -> None:
    journal = three_each(database, cast, 3, 3, 3)
    for number in range(12):
        tell(database, journal, [of_service(journal, number % 3)], ["C1", "E2"])
    with looked(database, cast.noor) as look, count_statements() as seen:
        services.read(look)
        assert len(seen) == 1
