"""The index as a whole: filled, made again, compared, swept."""

from random import Random

import pytest
from sqlalchemy import delete, select, update

from rex import chores, cli, migrate
from rex.collectifs.models import Collectif
from rex.demo.clearing import clear_rows
from rex.exchanges.models import Exchange
from rex.journal.canvas import DEFAULT
from rex.journal.models import Entry, Section
from rex.search import engines, whole
from rex.search.indexing import TO_SWEEP
from rex.search.models import SearchRow
from rex.ticker import Lease
from tests.making import make_recit
from tests.search.corpus import tell
from tests.search.finding import found


@pytest.fixture
def told(database, cast):
    return tell(database, cast)


def kept(database) -> dict[tuple[int, str, int | None], tuple[str, ...]]:
    with database.system("what the index says") as session:
        rows = session.scalars(select(SearchRow)).all()
    return {(row.entry_id, row.kind, row.said_id): (row.title, row.accents, row.stems, row.exact) for row in rows}


def by_hand(database, statement) -> None:
    with database.system("a test writes in bulk", write=True) as session:
        session.execute(statement.execution_options(synchronize_session=False))


def test_made_again_it_is_the_same_oldest_first(database, cast, told):
    before, eau = kept(database), found(database, cast.noor, "eau")
    assert len(before) == 12 and whole.faults(database) == []
    assert whole.rebuild(database) == 12
    assert kept(database) == before and found(database, cast.noor, "eau") == eau and whole.faults(database) == []
    with database.system("the order of the index") as session:
        said = session.scalars(select(SearchRow.said_at).order_by(SearchRow.id)).all()
    assert said == sorted(said)


def test_a_fill_that_was_stopped_goes_on_where_it_was(database, cast, told, monkeypatch):
    before = kept(database)
    with database.system("a test empties the index", write=True) as session:
        session.execute(delete(SearchRow).execution_options(synchronize_session=False))
        engines.make_anew(session.connection())
    monkeypatch.setattr(whole, "PORTION", 5)
    with pytest.raises(KeyboardInterrupt):
        whole.fill(database, say=stop)
    assert len(kept(database)) == 5
    assert whole.fill(database) == 7 and kept(database) == before and whole.fill(database) == 0


def stop(_done: int) -> None:
    raise KeyboardInterrupt


def test_the_migration_fills_it_for_what_is_there(database, cast, told):
    before = kept(database)
    migrate.downgrade(database, "0003")
    migrate.upgrade(database)
    assert kept(database) == before and found(database, cast.camille, "réunions")[0] == "Réunion publique"


def test_what_bulk_statements_did_is_said_and_repaired(database, cast, told):
    for statement, sentence in (
        (update(Entry).where(Entry.id == told["orbe"].id).values(suspended_at=Entry.published_at), "1 texte n’y a plus sa place"),
        (update(Exchange).values(withdrawn_at=Exchange.created_at), "textes n’y ont plus leur place"),
        (delete(SearchRow).where(SearchRow.entry_id == told["réseau"].id), "manque"),
        (delete(Section).where(Section.entry_id == told["Réunion publique"].id), "1 texte a changé"),
    ):
        by_hand(database, statement)
        assert sentence in " ".join(whole.faults(database)), sentence
        whole.rebuild(database)
        assert whole.faults(database) == []


def test_the_commands(database, cast, told, settings, capsys, monkeypatch):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    by_hand(database, delete(SearchRow).where(SearchRow.entry_id == told["réseau"].id))
    assert cli.main(["db", "check"]) == 1
    assert "Dans la recherche, 2 textes manquent\u00a0: lancez «\u00a0rex search rebuild\u00a0»." in capsys.readouterr().err
    assert cli.main(["search", "rebuild"]) == 0
    assert "12 textes" in capsys.readouterr().out.replace("\u00a0", " ")
    assert cli.main(["db", "check"]) == 0


def test_a_base_emptied_leaves_nothing_in_the_index(database, cast, told):
    with database.system("a test empties a demonstration", write=True) as session:
        session.execute(update(Collectif).values(is_demo=True))
        clear_rows(session)
    assert kept(database) == {} and whole.faults(database) == []


def test_words_that_left_are_swept_by_the_periodic_work(app, database, visit, cast, told):
    def is_due() -> bool:
        with database.system("whether a sweep is due") as session:
            return session.get(Lease, TO_SWEEP) is not None

    assert not is_due(), "nothing left yet"
    assert visit.as_("camille").send(f"{told['La rue de l’École fermée le matin'].url}/retrait").status_code == 303
    assert is_due() is database.is_sqlite
    chores.do_all(database, app.extensions["rex"].config)
    assert not is_due() and whole.faults(database) == []


def test_a_text_as_long_as_may_be_of_words_as_long_as_may_be_enters_both_engines(database, cast):
    """PostgreSQL refuses a vector of more than a megabyte: publishing would fail."""
    chance = Random(3)
    sections = {}
    for section in DEFAULT[:6]:
        words = ("".join(chance.choices("bcdfghjklmnpqrtvwxz", k=30)) for _ in range(6_400))
        sections[section.slug] = " ".join(words)
    first = sections[DEFAULT[0].slug].split()[0]
    make_recit(database, cast.camille, "Un récit énorme", sections)
    assert found(database, cast.camille, "énorme") == found(database, cast.camille, first) != []
