"""What pages ask of the base: few statements, as many with sixty récits as with three, and pages by keyset."""

import base64
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event, select, update

from rex.journal.drafts import save_tags, save_text, start_recit
from rex.journal.models import Audience, Entry, Stance
from rex.journal.publishing import publish
from rex.referentiel.models import OwnBalise
from tests.making import Made, make_recit, reader_of

MOST = {"list": 5, "recit": 7, "home": 13, "action": 12, "boussole": 8, "balise": 10, "search": 6}


@pytest.fixture
def own(database, cast) -> str:
    """A balise that Valombre added, as récits carry it."""
    with database.system("a balise of one's own", write=True) as session:
        balise = OwnBalise(collectif_id=cast.valombre_id, slug="la-pente", label="La pente", title="Tenir compte de la pente")
        session.add(balise)
        session.flush()
        return balise.public_id


def make_many(database, cast, number: int, own: str, action: str) -> None:
    """Récits of several people, some of the same action, some with a balise of one's own, told in one transaction each author."""
    for person in (cast.camille, cast.bruno, cast.noor):
        with database.session(write=True) as session:
            session.reader = who = reader_of(session, person)
            seat = who.in_collectif("valombre")
            assert seat is not None
            for rank in range(number // 3):
                recit = start_recit(session, who, seat)
                save_text(session, who, recit, "titre", f"Récit {rank} de {person.name}", 0)
                save_text(session, who, recit, "faits", f"Ce qui s’est passé le jour {rank}.", 0)
                save_tags(session, who, recit, {own: Stance.NUANCE, "C1": Stance.ILLUSTRE, "V2": Stance.CONTREDIT})
                publish(session, who, recit, Audience.COLLECTIF if rank % 2 else Audience.RESEAU)
            session.commit()
    if number >= 3:
        make_recit(database, cast.bruno, "La même action", action=action)


def pages_of(made: Made, own: str) -> dict[str, tuple[str, int]]:
    listed = "/c/valombre/recits"
    return {
        "list": (listed, MOST["list"]),
        "list by enjeu": (f"{listed}?enjeu=C", MOST["list"]),
        "list by balise": (f"{listed}?balise=C1", MOST["list"]),
        "list by own balise": (f"{listed}?balise={own}", MOST["list"]),
        "list by everything": (f"{listed}?enjeu=C&balise=C1&college=service&periode=annee", MOST["list"]),
        "list of the réseau": (f"{listed}?reseau=1", MOST["list"]),
        "récit": (made.url, MOST["recit"]),
        "home": ("/c/valombre/", MOST["home"]),
        "action": (f"/actions/{made.action_public_id}", MOST["action"]),
        "boussole": ("/boussole", MOST["boussole"]),
        "balise": ("/boussole/C1", MOST["balise"]),
        "search": ("/recherche?q=%22jour+0%22", MOST["search"]),
        "search of two words": ("/recherche?q=jour+0", MOST["search"]),
        "search of two words, one nowhere, narrowed": ("/recherche?q=jour+introuvable&enjeu=C&periode=annee", MOST["search"]),
        "own balise": ("/c/valombre/boussole/la-pente", MOST["balise"]),
    }


def test_pages_ask_few_statements_however_much_is_told(visit, database, cast, own, count_statements):
    made = make_recit(database, cast.camille, balises={"C1": Stance.ILLUSTRE, own: Stance.NUANCE})
    make_recit(database, cast.dora, "Un brouillon", audience=None)
    client = visit.as_("dora")

    def counts() -> dict[str, int]:
        found = {}
        for name, (path, most) in pages_of(made, own).items():
            with count_statements() as seen:
                assert client.get(path).status_code == 200, path
            assert len(seen) <= most, f"{name} asks {len(seen)} statements, {most} at most:\n" + "\n".join(seen)
            found[name] = len(seen)
        return found

    make_many(database, cast, 3, own, made.action_public_id)
    few = counts()
    make_many(database, cast, 60, own, made.action_public_id)
    assert counts() == few, "the number of statements grows with what is told: load it in one query"


def older_of(html: str) -> str | None:
    found = re.search(r'href="([^"]*apres=[^"]*)"', html)
    return found[1].replace("&amp;", "&") if found else None


def walked(client) -> Iterator[str]:
    path: str | None = "/c/valombre/recits"
    while path:
        html = client.get(path).get_data(as_text=True)
        yield html
        path = older_of(html)


def test_pages_of_a_list_follow_each_other_without_loss(visit, database, cast, own, count_statements):
    """Sixty-one récits, thirty of them told at the same instant: each once, on four pages; the last costs what the first does."""
    make_many(database, cast, 60, own, "")
    with database.system("several at the same instant", write=True) as session:
        ids = session.scalars(select(Entry.id).order_by(Entry.id)).all()
        instant = session.scalars(select(Entry.published_at).where(Entry.id == ids[35])).one()
        session.execute(update(Entry).where(Entry.id.in_(ids[10:40])).values(published_at=instant))
    client = visit.as_("dora")
    shown, costs = [], []
    path: str | None = "/c/valombre/recits"
    while path and len(costs) < 9:
        with count_statements() as seen:
            html = client.get(path).get_data(as_text=True)
        costs.append(len(seen))
        shown += dict.fromkeys(re.findall(r"/recits/([A-Za-z0-9_-]{16})\"", html))
        path = older_of(html)
    with database.system("all that is told") as session:
        told = session.scalars(select(Entry.public_id).order_by(Entry.published_at.desc(), Entry.id.desc())).all()
    assert shown == list(told), "a récit is missing, or stands on two pages"
    assert len(costs) == 4 and set(costs) == {costs[0]} and costs[0] <= MOST["list"], costs


WRONG_CURSORS = [
    "n-importe-quoi",
    "\x00",
    "é",
    "A" * 4000,
    "2026-11-21|5",  # a day without an hour
    "2026-11-21T10:00:00|5",  # without a zone
    "2026-11-21T10:00:00+00:00|-1",
    "2026-11-21T10:00:00+00:00|" + "9" * 30,
    "0000-11-21T10:00:00+00:00|5",
    "9999-12-31T23:59:59-12:00|5",  # after the last year, once in UTC
    "0001-01-01T00:00:00+12:00|5",  # before the first one
]


def test_a_wrong_cursor_gives_the_first_page(visit, database, cast):
    make_recit(database, cast.camille, "Le premier")
    client = visit.as_("bruno")
    for cursor in WRONG_CURSORS:
        coded = base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")
        for sent in (cursor, coded):
            answer = client.get("/c/valombre/recits", query_string={"apres": sent})
            assert answer.status_code == 200 and "Le premier" in answer.get_data(as_text=True), sent


def test_the_list_reads_its_index(visit, database, cast, own):
    """On SQLite the plan names the index that the model made for this page, on page 1 and later; nothing sorts a whole table."""
    if not database.is_sqlite:
        pytest.skip("plans of PostgreSQL depend on statistics that a test base does not have")
    make_many(database, cast, 60, own, "")
    client = visit.as_("dora")
    asked: list[tuple[str, tuple]] = []

    def note(_connection, _cursor, statement: str, parameters, *_rest: object) -> None:
        if "FROM entry" in statement and "LIMIT" in statement:
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    pages = len(list(walked(client)))
    event.remove(database.engine, "before_cursor_execute", note)
    assert pages == 4 and len(asked) == 4
    for statement, parameters in asked:
        assert parameters[-1] == 0 if "OFFSET ?" in statement else "OFFSET" not in statement, "pages go by keyset"
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            plan = " | ".join(str(row[-1]) for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
        assert "ix_entry_collectif_id_published_at_id" in plan, plan
        assert "SCAN entry " not in f"{plan} ", plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
