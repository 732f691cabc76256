"""Who cooperates with whom: what links two units, what does not, and what the section says of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

import pytest

from rex import clock
from rex.db import Database
from rex.exchanges.models import Exchange, Posture
from rex.journal.models import Action, Audience, Authorship, Recit
from rex.tensions import writers
from rex.trends import ensemble, pairs
from rex.trends.units import OTHERS, colleges_of, units_of
from tests.cast import Cast
from tests.making import make_group, reader_of
from tests.trends.journals import Journal, Shape, drawn_shape, fill
from tests.trends.looking import place_of
from tests.trends.telling import IN_MAY, MAY, Author, looked, of_service, opens_its_lists, tell, three_each


def recit(
    database: Database, journal: Journal, authors: Sequence[Author], action: int | None = None, collectif: int | None = None, **how
) -> tuple[int, int]:
    """(entry, action) of a récit of May, of this action or of its own; `how`: what makes it other than told."""
    with database.system("a récit told on purpose", write=True) as session:
        if action is None:
            made = Action(collectif_id=journal.collectif_id, title="Une action")
            session.add(made)
            session.flush()
            action = made.id
        common = {"audience": Audience.COLLECTIF, "published_at": IN_MAY} | how
        entry = Recit(collectif_id=collectif or journal.collectif_id, title="Dit exprès", action_id=action, **common)
        session.add(entry)
        session.flush()
        for position, (user_id, service_id, college) in enumerate(authors):
            signed = {"user_id": user_id, "service_id": service_id, "college": college}
            session.add(Authorship(entry_id=entry.id, position=position, **signed))
        return entry.id, action


def answer(database: Database, entry_id: int, author: Author, **how) -> None:
    with database.system("an answer", write=True) as session:
        said = {"audience": Audience.COLLECTIF, "posture": Posture.QUESTION, "source": "?", "html": "<p>?</p>", "pipeline": 1} | how
        session.add(Exchange(entry_id=entry_id, author_id=author[0], service_id=author[1], **said))


def linked(database: Database, cast: Cast, journal: Journal, given: dict[str, str] | None = None) -> dict[tuple[int, ...], int]:
    """Récits by pair of services, as places in the journal; held against the lists that they open, for two readers."""
    found = []
    for who in (cast.noor, cast.camille):
        with looked(database, who, given) as look:
            key_of = {look.units.unit_of(one).key: at for at, one in enumerate(journal.services)}  # ty: ignore[missing-union-attribute]
            opens_its_lists(look, ensemble.read(look))
            counted = pairs.pairs_of(look).linked
            found.append({tuple(sorted((key_of[a], key_of[b]))): number for (a, b), number in counted.items()})
    assert found[0] == found[1]
    return found[0]


def test_three_ways_to_be_linked(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3, 3, 3)
    first, second, third, fourth = (of_service(journal, at) for at in range(4))
    recit(database, journal, [first, second])
    told, action = recit(database, journal, [first])
    recit(database, journal, [third], action, published_at=IN_MAY - timedelta(days=90))  # another month: linked all the same
    answer(database, told, fourth)
    answer(database, told, fourth)
    answer(database, told, first)
    assert linked(database, cast, journal) == {(0, 1): 1, (0, 2): 1, (0, 3): 1}


def test_one_recit_links_two_services_once_however_it_does(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    first, second = of_service(journal, 0), of_service(journal, 1)
    told, action = recit(database, journal, [first, second])
    answer(database, told, first)
    answer(database, told, second)
    recit(database, journal, [second], action, published_at=IN_MAY - timedelta(days=90))
    assert linked(database, cast, journal) == {(0, 1): 1}


@pytest.mark.parametrize("reason", ["draft", "withdrawn", "suspended", "group", "elsewhere"])
def test_what_is_not_told_here_links_nobody(database: Database, cast: Cast, reason: str) -> None:
    """Not even for who wrote it: a page would tell its author what it tells nobody else."""
    journal = three_each(database, cast, 3, 3)
    _, action = recit(database, journal, [of_service(journal, 0)])
    author: Author = (cast.camille.id, journal.services[1], of_service(journal, 1)[2])
    untold = {"audience": None, "published_at": None}
    hows = {
        "draft": untold,
        "withdrawn": untold | {"withdrawn_at": clock.now()},
        "suspended": {"suspended_at": clock.now()},
        "group": {"audience": Audience.GROUPE},
        "elsewhere": {"audience": Audience.RESEAU},
    }
    where = {"group": make_group(database, cast.camille, cast.noor).id, "elsewhere": cast.orbe_id}.get(reason)
    recit(database, journal, [author], action, where, **hows[reason])
    assert linked(database, cast, journal) == {}


@pytest.mark.parametrize("how", [{"withdrawn_at": clock.now()}, {"suspended_at": clock.now()}])
def test_an_answer_that_no_longer_stands_links_nobody(database: Database, cast: Cast, how: dict) -> None:
    journal = three_each(database, cast, 3, 3)
    told, _ = recit(database, journal, [of_service(journal, 0)])
    answer(database, told, of_service(journal, 1), **how)
    assert linked(database, cast, journal) == {}


def test_a_missing_link_is_told_between_two_that_both_told_something(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3, 3, 3)
    first, second, third = (of_service(journal, at) for at in range(3))
    recit(database, journal, [first, second])
    with looked(database, cast.noor) as look:
        names = [look.units.unit_of(one).name for one in journal.services]  # ty: ignore[missing-union-attribute]
        one, other = sorted(names[:2], key=lambda name: [unit.name for unit in look.units.shown].index(name))
        assert ensemble.read(look).title == f"{one} et {other} se retrouvent dans 1\u00a0récit"
    for _ in range(3):
        recit(database, journal, [third])
        tell(database, journal, [first])
    with looked(database, cast.noor) as look:
        found = ensemble.read(look)
        one, other = sorted((names[0], names[2]), key=lambda name: [unit.name for unit in look.units.shown].index(name))
        assert found.title == f"{one} et {other} n’ont rien écrit ensemble en mai\u00a02024"
        assert found.strongest is not None and set(found.strongest.name.split(" et ")) == set(names[:2])
        assert names[3] not in {line.unit.name for line in found.lines}, "who told nothing is not pointed at"
        key = next(unit.key for unit in look.units.shown if unit.name == names[0])
    tell(database, journal, [first, third], ["C1"])  # with it, the Coopération has two services, each with what it told
    tell(database, journal, [of_service(journal, 1)], ["C1"])
    with looked(database, cast.noor, MAY | {"enjeu": "C"}) as look:
        assert ensemble.read(look).title.endswith(" : aucun récit commun dans cette sélection"), "of it, not of the journal"
    for asked in ({"college": first[2].value}, {"service": key}):
        with looked(database, cast.noor, MAY | asked) as look:
            found = ensemble.read(look)
            assert found.missing is None and "ont rien écrit" not in found.title and "aucun récit" not in found.title, asked


def test_nothing_to_say_of_one_service_alone(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 3)
    with looked(database, cast.noor) as look:
        assert (ensemble.read(look).tables, ensemble.read(look).lines) == ((), ())
    recit(database, journal, [of_service(journal, 0)])
    with looked(database, cast.noor) as look:
        assert ensemble.read(look).lines == ()


def test_the_drawing_keeps_twelve_and_the_table_has_all(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, *([3] * 14))
    for at in range(13):
        recit(database, journal, [of_service(journal, at), of_service(journal, at + 1)])
    with looked(database, cast.noor) as look:
        found = ensemble.read(look)
        assert (len(found.lines), len(found.columns), found.is_whole) == (11, 11, False)
        assert [len(line.links) for line in found.lines] == list(range(1, 12))
        assert len(found.tables[0].rows) == 14 * 13 / 2


def test_small_ones_are_told_together_and_never_in_a_title(database: Database, cast: Cast) -> None:
    journal = three_each(database, cast, 3, 1, 2)
    recit(database, journal, [of_service(journal, 0), of_service(journal, 1), of_service(journal, 2)])
    with looked(database, cast.noor) as look:
        found = ensemble.read(look)
        assert [key for row in found.tables[0].rows for key in row.key.split("~")].count(OTHERS) == 1
        assert opens_its_lists(look, found)


def test_one_statement_however_much_is_told(database: Database, cast: Cast, count_statements: Callable) -> None:
    journal = three_each(database, cast, 3, 3, 3)
    for number in range(9):
        told, _ = recit(database, journal, [of_service(journal, number % 3)])
        answer(database, told, of_service(journal, (number + 1) % 3))
    with looked(database, cast.noor) as look, count_statements() as seen:
        ensemble.read(look)
        assert len(seen) == 1


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_to_count_writers_give_the_same_units(
    database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """PostgreSQL looks for writers one after another."""
    shape = Shape((1, 3, 4, 2), without=2) if seed == 0 else drawn_shape(Random(f"both {seed}"))
    fill(database, cast, shape, f"both {seed}")
    if database.is_sqlite:
        pytest.skip("one way alone")
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.noor)
        found = units_of(session, place_of(reader)), colleges_of(session, place_of(reader))
        monkeypatch.setattr(writers, "_POSTGRESQL", writers._ANY)
        assert (units_of(session, place_of(reader)), colleges_of(session, place_of(reader))) == found
