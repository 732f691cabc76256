"""The balises that are told and those that are not: four states, those disputed, and a title that names both."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from rex import clock
from rex.db import Database
from rex.journal.models import Stance
from rex.referentiel.content import BALISES
from rex.referentiel.markers import own_markers
from rex.referentiel.models import OwnBalise
from rex.trends import couverture
from rex.trends.balise_counts import Mark, State, year_before
from rex.trends.couverture import Couverture
from tests.cast import Cast
from tests.trends.journals import Shape, addresses, fill
from tests.trends.looking import look_of
from tests.trends.telling import IN_MAY, MAY, looked, of_service, opens_its_lists, tell, three_each


def mark(section: Couverture, code: str) -> Mark:
    return next(one for group in section.groups for one in group.marks if one.marker.code == code)


def codes(section: Couverture) -> list[str]:
    return [one.marker.code for group in section.groups for one in group.marks]


def test_each_number_is_that_of_its_list(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((3, 3), without=1, entries=30), "couverture")
    held = 0
    for person in (cast.noor, cast.camille):
        with looked(database, person) as look:
            keys, colleges = [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown]
            for given in addresses(journal, keys[:1], colleges[:1]):
                here = look_of(look.session, look.reader, given)
                held += opens_its_lists(here, couverture.read(here), 10)
            reseau = look_of(look.session, look.reader, {}, "")
            held += opens_its_lists(reseau, couverture.read(reseau), 10)
    assert held > 60


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2024, 4, 30, 22, 0, tzinfo=UTC), State.LIVED),  # the first of May, in Paris
        (datetime(2024, 4, 30, 21, 59, tzinfo=UTC), State.AWAY),
        (datetime(2023, 5, 30, 22, 0, tzinfo=UTC), State.AWAY),  # the 31st: twelve months, no more
        (datetime(2023, 5, 30, 21, 59, tzinfo=UTC), State.OLD),
        (datetime(2024, 8, 1, 9, 0, tzinfo=UTC), State.AWAY),  # since
    ],
)
def test_when_it_was_last_told_says_its_state(database: Database, cast: Cast, at: datetime, state: State) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0)], ["V3"], at)
    with looked(database, cast.noor) as look:
        found = mark(couverture.read(look), "V3")
        assert (found.state, found.ever.value) == (state, 1)
        assert found.last == clock.local(at, "Europe/Paris").date()


def test_a_balise_that_nobody_told_is_silent_and_a_difficulty_does_not_tell_it(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0)], ["S5"], is_difficulty=True)
    with looked(database, cast.noor) as look:
        found = couverture.read(look)
        silent = mark(found, "S5")
        assert (silent.state, silent.now.url, silent.marker.href) == (State.SILENT, "", "/boussole/S5")
        assert found.invites
        assert opens_its_lists(look, found) > 0


def test_disputed_is_illustrated_and_contradicted_since_the_beginning(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    tell(database, journal, [of_service(journal, 0)], {"V3": Stance.ILLUSTRE, "V5": Stance.NUANCE, "S5": Stance.CONTREDIT})
    tell(
        database,
        journal,
        [of_service(journal, 1)],
        {"V3": Stance.CONTREDIT, "V5": Stance.CONTREDIT},
        datetime(2023, 1, 9, tzinfo=UTC),
    )
    with looked(database, cast.noor) as look:
        found = couverture.read(look)
        assert [mark(found, code).is_disputed for code in ("V3", "V5", "S5")] == [True, False, False]
        assert mark(found, "V3").said == "vécue, disputée"
        assert opens_its_lists(look, found) > 4


def test_the_title_names_what_is_told_and_what_is_missing(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    for _ in range(3):
        tell(database, journal, [of_service(journal, 0)], ["V3"])
    with looked(database, cast.noor, {"periode": "2024-05", "enjeu": "V"}) as look:
        found = couverture.read(look)
        assert codes(found) == ["V1", "V2", "V3", "V4", "V5", "V6"]
        assert "« Entreprendre ensemble » revient le plus ; « " in found.title.replace("\u202f", " ").replace("\u00a0", " ")
        assert "premier récit" in found.title
    with looked(database, cast.noor) as look:
        assert len(codes(couverture.read(look))) == len(BALISES)
        unit = look.units.unit_of(journal.services[0])
    assert unit
    with looked(database, cast.noor, {"periode": "2024-05", "service": unit.key}) as look:
        assert "premier récit" not in couverture.read(look).title, "of one service, nothing is said to be missing"
    for balise in BALISES:
        tell(database, journal, [of_service(journal, 0)], [balise.code])
    with looked(database, cast.noor) as look:
        found = couverture.read(look)
        assert not found.invites and "premier récit" not in found.title
        assert found.summary.startswith("23")


SELECTIONS = ({"service": "the first"}, {"college": "its own"}, {"service": "the first", "enjeu": "V"})


@pytest.mark.parametrize("given", SELECTIONS)
def test_of_one_service_or_college_nothing_is_said_to_lack(database: Database, cast: Cast, given: dict[str, str]) -> None:
    journal = three_each(database, cast, 3, 3)
    author, long_ago = of_service(journal, 0), datetime(2022, 1, 9, tzinfo=UTC)
    tell(database, journal, [author], {"V3": Stance.ILLUSTRE, "V4": Stance.CONTREDIT})
    tell(database, journal, [author], {"V4": Stance.ILLUSTRE}, datetime(2024, 4, 9, tzinfo=UTC))  # before the period
    for stance in (Stance.ILLUSTRE, Stance.CONTREDIT):
        tell(database, journal, [author], {"V6": stance}, long_ago)
    with looked(database, cast.noor) as look:
        unit = look.units.unit_of(journal.services[0])
        assert unit and look.colleges.name(author[2].value)
    here = {"service": unit.key, "college": author[2].value}
    asked = MAY | {name: here.get(name, value) for name, value in given.items()}
    with looked(database, cast.noor, asked) as look:
        found = couverture.read(look)
        number = len(codes(found))
        assert [mark(found, code).state for code in ("V3", "V4", "V6", "V1")] == [State.LIVED] * 2 + [State.OUTSIDE] * 2
        assert {one.state for group in found.groups for one in group.marks} == {State.LIVED, State.OUTSIDE}
        assert mark(found, "V6").said == "pas dans cette sélection" and mark(found, "V4").said == "vécue, disputée"
        assert (number, found.invites, found.summary) == (6 if "enjeu" in given else 23, False, "2\u00a0vécues ; 1\u00a0disputée.")
        assert found.title == "Les balises racontées dans cette sélection"
        words = f"{found.title} {found.summary} {found.legend} {found.tables}".lower()
        for verdict in ("silencieuse", "ancienne", "hors de la période", "premier récit", "toutes les balises"):
            assert verdict not in words, verdict
        assert opens_its_lists(look, found) > 4
    with looked(database, cast.noor, asked | {"balise": "V6"}) as look:
        assert couverture.read(look).title.endswith("», pas dans cette sélection")
    with looked(database, cast.noor, MAY | {"enjeu": "V"}) as look:
        found = couverture.read(look)
        assert found.invites and [mark(found, code).state for code in ("V1", "V6")] == [State.SILENT, State.OLD], "so for all"


def test_its_own_balises_stand_below(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    with database.system("own balises", write=True) as session:
        for name, is_closed in (("Venir la nuit", False), ("Fermée et dite", True), ("Fermée et vide", True)):
            own = OwnBalise(collectif_id=cast.valombre_id, slug=name.lower().replace(" ", "-"), label=name, title=name)
            own.closed_at = clock.now() if is_closed else None
            session.add(own)
        session.add(OwnBalise(collectif_id=cast.orbe_id, slug="ailleurs", label="D’Orbe", title="D’Orbe"))
        session.flush()
    with looked(database, cast.noor) as look:
        own = {one.label: one.code for one in own_markers(look.session, look.reader.slugs).values()}
    tell(database, journal, [of_service(journal, 0)], [own["Fermée et dite"], "C1"])
    with looked(database, cast.noor) as look:
        found = couverture.read(look)
        assert [one.marker.label for one in found.groups[-1].marks] == ["Fermée et dite", "Venir la nuit"]
        assert found.groups[-1].label == couverture.OWN
        assert opens_its_lists(look, found) > 2
    with looked(database, cast.noor, {"periode": "2024-05", "balise": own["Fermée et dite"]}) as look:
        found = couverture.read(look)
        assert codes(found) == [own["Fermée et dite"]] and opens_its_lists(look, found) > 0


def test_what_is_old_is_named_when_nothing_is_silent(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    for balise in BALISES:
        long_ago = datetime(2022, 3, 3, tzinfo=UTC)
        tell(database, journal, [of_service(journal, 0)], [balise.code], long_ago if balise.code == "S5" else IN_MAY)
    with looked(database, cast.noor) as look:
        found = couverture.read(look)
        assert found.title.startswith("Rien sur «") and found.title.endswith("» depuis plus d’un an")
        assert mark(found, "S5").marker.label in found.title
        given = {"periode": "2024-05", "balise": "S5"}
        one = couverture.read(look_of(look.session, look.reader, given))
        assert one.title.endswith("», ancienne") and codes(one) == ["S5"]
        unknown = couverture.read(look_of(look.session, look.reader, {"periode": "2024-05", "balise": "x" * 16}))
        assert codes(unknown) == [one.code for one in BALISES], "a wrong value narrows nothing"


def test_twelve_months_before_a_leap_day() -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_one_statement_however_much_is_told(database: Database, cast: Cast, count_statements: Callable) -> None:
    journal = three_each(database, cast, 3, 3)
    for number in range(6):
        tell(database, journal, [of_service(journal, number % 2)], ["C1", "E2"], IN_MAY)
    with looked(database, cast.noor) as look:
        own_markers(look.session, look.reader.slugs)  # kept for the whole request
        with count_statements() as seen:
            couverture.read(look)
        assert len(seen) == 1
