"""Mercis between teams: counted by pair of teams, quoted without a name, ranked nowhere."""

from collections.abc import Callable

from rex.db import Database
from rex.journal.models import Audience, Authorship
from rex.journal.recognition_models import Answer, Recognition
from rex.trends import mercis
from tests.cast import Cast
from tests.trends.journals import Journal
from tests.trends.telling import IN_MAY, looked, of_service, opens_its_lists, three_each


def thank(
    database: Database, journal: Journal, giver: int | None, to: int | None, words: str = "Merci d’être venus.", **how
) -> None:
    """From the service of this place (from nobody's), to another (to a person)."""
    with database.system("a merci", write=True) as session:
        somebody = of_service(journal, 0)
        given = {"to_user_id": somebody[0]} if to is None else {"to_service_id": journal.services[to]}
        common = {"audience": Audience.COLLECTIF, "published_at": IN_MAY, "answer": Answer.ACCEPTED, "words": words} | how
        entry = Recognition(
            collectif_id=journal.collectif_id, title=words, to_name="Camille Roy", intended=Audience.COLLECTIF, **given, **common
        )
        session.add(entry)
        session.flush()
        author = of_service(journal, giver) if giver is not None else (somebody[0], None, somebody[2])
        session.add(Authorship(entry_id=entry.id, user_id=author[0], position=0, service_id=author[1], college=author[2]))


def test_from_which_team_to_which(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3, 1, 2)
    thank(database, journal, 0, 1)
    thank(database, journal, 0, 1)
    thank(database, journal, 1, 2)
    thank(database, journal, 1, None)
    for who in (cast.noor, cast.camille):
        with looked(database, who) as look:
            found = mercis.read(look)
            first, second = (look.units.unit_of(journal.services[at]) for at in (0, 1))
            assert first and second
            rows = {row.name: row.cells[0].value for row in found.tables[0].rows}
            assert rows == {f"{first.name} → {second.name}": 2, f"{second.name} → Autres services": 1}
            assert (found.title, found.all.value) == ("4\u00a0mercis en mai\u00a02024", 4)
            assert opens_its_lists(look, found) == 3


def test_nobody_is_named(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3, without=3)
    thank(database, journal, 0, None, "À vous, qui êtes resté.")
    thank(database, journal, None, 1, "À vous tous.")
    with looked(database, cast.noor) as look:
        found = mercis.read(look)
        first, second = (look.units.unit_of(journal.services[at]) for at in (0, 1))
        assert first and second
        said = [(one.words, one.giver, one.receiver) for one in found.quotes]
        assert said[0] == ("À vous tous.", "Une personne", second.name), "those given to a team come first"
        assert said[1] == ("À vous, qui êtes resté.", first.name, "une personne")
        assert "Camille" not in repr(found)


def test_what_waits_or_is_kept_is_in_nothing(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    thank(database, journal, 0, 1, audience=None, published_at=None, answer=Answer.PENDING)
    thank(database, journal, 0, 1, suspended_at=IN_MAY)
    for who in (cast.noor, cast.camille):
        with looked(database, who) as look:
            found = mercis.read(look)
            assert (found.title, found.quotes, found.tables) == ("Aucun merci publié en mai\u00a02024", (), ())


def test_two_statements_however_many_there_are(database: Database, cast: Cast, count_statements: Callable) -> None:
    journal = three_each(database, cast, 3, 3)
    for at in range(8):
        thank(database, journal, at % 2, (at + 1) % 2)
    with looked(database, cast.noor) as look, count_statements() as seen:
        assert len(mercis.read(look).quotes) == mercis.QUOTED
        assert len(seen) == 2
