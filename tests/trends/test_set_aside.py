"""What an address asks and the page does not do: said on the page, and nothing is narrowed."""

from datetime import date

import pytest
from sqlalchemy import select

from rex.collectifs.models import College, Service
from rex.db import Database
from rex.french import typo
from rex.trends import colleges, ensemble, mercis, services
from rex.trends.crossing import not_crossed
from rex.trends.page import page_of
from tests.cast import Cast
from tests.trends.beside import make_jalon
from tests.trends.journals import Shape, fill
from tests.trends.looking import RESEAU, look_of, main_of, said_by
from tests.trends.opened import plain_spaces
from tests.trends.telling import looked, of_service, tell, three_each

PAGE, LIST = "/c/valombre/tendances", "/c/valombre/tendances/entrees"
NOTHING = [
    ({"service": "A" * 16}, "Le service demandé n’a pas sa ligne ici"),
    ({"service": "autres"}, "Le service demandé n’a pas sa ligne ici"),
    ({"college": "zzz"}, "Le collège demandé n’a pas sa ligne ici"),
    ({"balise": "S6"}, "La balise demandée n’est pas de ce référentiel"),
    ({"balise": "B" * 16}, "La balise demandée n’est pas de ce référentiel"),
    ({"avec": "C" * 16}, "Le jalon demandé n’existe plus"),
    ({"service": "bar"}, "Un filtre de l’adresse n’est pas compris"),
    ({"college": "ELU"}, "Un filtre de l’adresse n’est pas compris"),
    ({"enjeu": "Z"}, "Un filtre de l’adresse n’est pas compris"),
    ({"periode": "2099"}, "La période demandée n’a pas commencé"),
]


@pytest.mark.parametrize(("given", "why"), NOTHING)
def test_a_filter_that_names_nothing_narrows_nothing_and_is_said(
    database: Database, cast: Cast, given: dict[str, str], why: str
) -> None:
    journal = three_each(database, cast, 3, 3)
    for _ in range(6):
        tell(database, journal, [of_service(journal, 0)], ["C1"])
    asked = {"periode": "2024-05"} | given
    with looked(database, cast.noor, {}) as look:
        there = look_of(look.session, look.reader, asked)
        assert [one.startswith(why) for one in there.asked.set_aside] == [True]
        whole = {} if "periode" in given else {"periode": "2024-05"}
        assert said_by(page_of(there)) == said_by(page_of(look_of(look.session, look.reader, whole)))


def test_days_to_come_are_cut_and_it_is_said(database: Database, cast: Cast, time_machine) -> None:
    """But not those of a month or a year that has begun, which files and readings keep as dates."""
    time_machine.move_to("2026-11-23T12:00:00+00:00")
    three_each(database, cast, 3)
    why = "La période demandée finit après aujourd’hui : voici ce qui s’est raconté du 1er"
    with looked(database, cast.noor, {}) as look:
        for since in ("2020-01-01", "2026-11-01"):
            cut = look_of(look.session, look.reader, {"du": since, "au": "2030-01-01"}).asked
            assert cut.span.ends_on == cut.today == date(2026, 11, 23) and cut.address == {"du": since, "au": "2026-11-23"}
            assert [plain_spaces(typo(one)).startswith(why) for one in cut.set_aside] == [True]
        for given in ({"periode": "2026"}, {"du": "2026-10-01", "au": "2026-12-31"}, {"du": "2020-01-01", "au": "2026-11-23"}):
            assert look_of(look.session, look.reader, given).asked.set_aside == ()


def test_a_service_and_a_college_are_never_asked_together(database: Database, cast: Cast, visit) -> None:
    """The only élu of a service, the one small service among those that are told together: there is no such cell."""
    journal = three_each(database, cast, 3, 3, 1)
    author = of_service(journal, 0)
    for at in (0, 1, 2):
        tell(database, journal, [of_service(journal, at)], ["C1"])
    for _ in range(3):
        tell(database, journal, [(author[0], author[1], College.ELU)], ["C1"])
    with looked(database, cast.noor) as look:
        unit, refused = look.units.shown[0].key, not_crossed(look.asked.place)
        college = look.colleges.shown[0][0]
        both = look_of(look.session, look.reader, {"periode": "2024-05", "service": unit, "college": college})
        assert (both.asked.unit, both.asked.college) == (unit, "") and both.asked.set_aside[0].startswith(refused)
        of_unit = look_of(look.session, look.reader, {"periode": "2024-05", "service": unit})
        assert (colleges.read(of_unit).tables, colleges.read(of_unit).note) == ((), refused)
        of_college = look_of(look.session, look.reader, {"periode": "2024-05", "college": college})
        assert services.read(of_college).why == ensemble.read(of_college).note == refused
        assert not (services.read(of_college).tables or ensemble.read(of_college).tables or mercis.read(of_college).tables)
    reader = visit.as_("noor")
    for crossed in (f"service={unit}&de-college={college}", f"college={college}&de={unit}", f"de={unit}&de-college={college}"):
        assert reader.get(f"{LIST}?periode=2024-05&quoi=recits&{crossed}").status_code == 404, crossed
    assert typo(refused) in main_of(reader.get(f"{PAGE}?periode=2024-05&service={unit}&college={college}").text)


def test_no_name_of_a_service_stands_beside_the_numbers_of_a_college(database: Database, cast: Cast, visit) -> None:
    journal = fill(database, cast, Shape((3, 1, 4, 2), without=2, entries=60), "names")
    with database.system("their names") as session:
        names = session.scalars(select(Service.name).where(Service.id.in_(journal.services))).all()
    with looked(database, cast.noor, {}) as look:
        for key, _ in look.colleges.shown:
            page = page_of(look_of(look.session, look.reader, {"college": key}))
            said = str([(one.key, one) for one in page.sections if one.key != "inconnu"])
            assert not [name for name in (*names, "Autres services") if name in said], key


def test_a_stance_is_of_a_balise(visit, database: Database, cast: Cast) -> None:
    three_each(database, cast, 3)
    reader = visit.as_("noor")
    assert reader.get(f"{LIST}?quoi=recits&sens=contredit").status_code == 404
    assert reader.get(f"{LIST}?quoi=recits&sens=contredit&de-balise=C1").status_code == 200


def test_what_is_set_aside_is_said_on_paper_and_in_files(visit, database: Database, cast: Cast) -> None:
    three_each(database, cast, 3)
    reader, asked = visit.as_("noor"), f"?service={'A' * 16}"
    for path in ("/imprimer", "/rapport/md", "/exporter/csv"):
        assert "n’a pas sa ligne ici" in reader.get(f"{PAGE}{path}{asked}").text, path


def test_no_section_of_a_page_holds_a_figure_of_both(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((3, 1, 4, 2), without=2, entries=40), "crossed")
    assert journal.authors
    with looked(database, cast.noor, {}) as look:
        for given in [{"service": one.key} for one in look.units.shown] + [{"college": key} for key, _ in look.colleges.shown]:
            for place in ("valombre", ""):
                said = str(said_by(page_of(look_of(look.session, look.reader, given, place))))
                asks_unit, asks_college = "service=" in said or "de=" in said, "college=" in said
                assert not (asks_unit and asks_college), given


def test_a_jalon_inside_the_period_is_not_compared_with_itself(database: Database, cast: Cast) -> None:
    three_each(database, cast, 3)
    jalon = make_jalon(database, cast.ana, cast.valombre_id, "Au milieu", date(2024, 5, 12))
    with looked(database, cast.noor) as look:
        inside = look_of(look.session, look.reader, {"periode": "2024-05", "avec": jalon}).asked
        assert inside.set_aside[0].startswith("Le jalon « Au milieu » vient après le début de la période") and not inside.jalon
        assert inside.compared == look.asked.compared
        after = look_of(look.session, look.reader, {"periode": "2024-06", "avec": jalon}).asked
        assert (after.jalon, after.set_aside, after.compared.ends_on) == (jalon, (), date(2024, 5, 11))


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1999-12", "2101-01"])
def test_a_month_out_of_all_calendars_is_no_address(visit, database: Database, cast: Cast, month: str) -> None:
    three_each(database, cast, 3)
    assert visit.as_("noor").get(f"{LIST}?quoi=recits&mois={month}").status_code == 404


def test_the_reseau_has_its_own_words(database: Database, cast: Cast) -> None:
    assert not_crossed(RESEAU).startswith("Un territoire")
