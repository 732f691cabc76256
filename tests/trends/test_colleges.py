"""From where one tells: each number opens its list; who was never heard is named without blame, who is few is not named."""

from collections.abc import Callable
from datetime import UTC, datetime

from rex.collectifs.models import College, Membership, User
from rex.db import Database
from rex.trends import colleges
from tests.cast import Cast
from tests.trends.journals import Journal, Shape, addresses, fill
from tests.trends.looking import look_of
from tests.trends.telling import Author, looked, opens_its_lists, tell


def journal_of(database: Database, cast: Cast, writers: dict[College, int]) -> Journal:
    """A journal in which that many people of each collège told one récit, long before."""
    journal = fill(database, cast, Shape((), entries=0), "nobody yet")
    with database.system("people of collèges", write=True) as session:
        for college, number in writers.items():
            for _ in range(number):
                user = User(name="Une personne")
                session.add(user)
                session.flush()
                session.add(Membership(user_id=user.id, collectif_id=cast.valombre_id, college=college))
                journal.authors.append((user.id, None, college))
    for author in journal.authors:
        tell(database, journal, [author], at=datetime(2021, 3, 3, tzinfo=UTC))
    return journal


def of_college(journal: Journal, college: College) -> Author:
    return next(one for one in journal.authors if one[2] is college)


def test_each_number_is_that_of_its_list(database: Database, cast: Cast) -> None:
    journal = fill(database, cast, Shape((3, 4), without=3, entries=40), "collèges")
    held = 0
    for person in (cast.noor, cast.camille):
        with looked(database, person) as look:
            keys, named = [one.key for one in look.units.shown], [key for key, _ in look.colleges.shown]
            for given in addresses(journal, keys[:1], named[:1]):
                here = look_of(look.session, look.reader, given)
                held += opens_its_lists(here, colleges.read(here), 10)
            reseau = look_of(look.session, look.reader, {}, "")
            held += opens_its_lists(reseau, colleges.read(reseau), 10)
    assert held > 50


def test_now_beside_before_and_those_never_heard(database: Database, cast: Cast) -> None:
    journal = journal_of(database, cast, {College.ELU: 3, College.SERVICE: 4, College.OPERATEUR: 3})
    elu, service = of_college(journal, College.ELU), of_college(journal, College.SERVICE)
    tell(database, journal, [elu, service])
    tell(database, journal, [service], is_difficulty=True)
    tell(database, journal, [elu], at=datetime(2024, 4, 30, 21, 59, tzinfo=UTC))
    with looked(database, cast.noor) as look:
        found = colleges.read(look)
        assert {one.key: tuple(cell.value for cell in one.cells) for one in found.heard} == {
            "elu": (1, 1, 0), "service": (1, 0, 1), "operateur": (0, 0, 0)
        }  # fmt: skip
        assert found.absent == ("Habitants", "Tiers et partenaires")
        assert found.title == "Trois collèges racontent ; pas encore entendus : Habitants et Tiers et partenaires"
        assert opens_its_lists(look, found) == 4
        assert [row.cells[0].value for row in found.tables[0].rows[-2:]] == ["pas encore entendu"] * 2


def test_those_who_are_few_are_told_together(database: Database, cast: Cast) -> None:
    journal = journal_of(database, cast, {College.ELU: 1, College.SERVICE: 4, College.HABITANT: 2})
    tell(database, journal, [of_college(journal, College.ELU), of_college(journal, College.HABITANT)])
    with looked(database, cast.noor) as look:
        found = colleges.read(look)
        assert [(one.name, one.cells[0].value) for one in found.heard] == [("Direction et services", 0), ("Autres collèges", 1)]
        assert found.title.startswith("Plusieurs collèges racontent ; pas encore entendus : ")
        assert "Élus" not in str(found.tables) and "trois personnes" in found.note
        assert opens_its_lists(look, found) == 1


def test_one_alone_and_few_is_not_told(database: Database, cast: Cast) -> None:
    journal_of(database, cast, {College.ELU: 2})
    with looked(database, cast.noor) as look:
        found = colleges.read(look)
        assert found.heard == () and "Élus" not in (*found.absent, found.title)
        assert found.title == "D’où l’on raconte"


def test_all_heard_and_those_who_were_not_this_time(database: Database, cast: Cast) -> None:
    journal = journal_of(database, cast, dict.fromkeys(College, 3))
    with looked(database, cast.noor) as look:
        assert colleges.read(look).title == "Aucun collège cette fois"
    for college in list(College)[:4]:
        tell(database, journal, [of_college(journal, college)])
    with looked(database, cast.noor) as look:
        assert colleges.read(look).title == "Quatre collèges racontent cette fois ; sans texte : Tiers et partenaires"
    tell(database, journal, [of_college(journal, College.TIERS)], is_difficulty=True)
    with looked(database, cast.noor) as look:
        assert colleges.read(look).title == "Cinq collèges racontent"
    with looked(database, cast.noor, {"periode": "2024-05", "enjeu": "C"}) as look:
        assert colleges.read(look).title == "D’où l’on raconte", "of a page that is narrowed, nobody is said to be missing"


def test_one_statement_however_much_is_told(database: Database, cast: Cast, count_statements: Callable) -> None:
    journal = journal_of(database, cast, dict.fromkeys(College, 3))
    for author in journal.authors:
        tell(database, journal, [author], is_difficulty=True)
    with looked(database, cast.noor) as look, count_statements() as seen:
        colleges.read(look)
        assert len(seen) == 1
