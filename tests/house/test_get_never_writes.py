"""Reading changes nothing: the engine refuses it, and every address walked by every role leaves the base as it was."""

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from rex import clock
from rex.collectifs.models import User
from rex.db import System
from rex.journal.models import Audience, Draft, Entry
from tests.house.addresses import path_of, rules_of
from tests.making import contents, make_recit

ROLES = ["camille", "bruno", "ana", "noor", "ines", "gael", "admin", None]


@pytest.mark.parametrize(
    "statement",
    [
        update(Entry).values(corrected_at=clock.now()),
        delete(Draft),
        insert(User).values(public_id="x" * 16, name="Personne", is_admin=False),
    ],
    ids=["update", "delete", "insert"],
)
def test_the_engine_refuses_to_write_in_a_reading_unit(database, cast, statement):
    make_recit(database, cast.camille)
    with database.session(System("try to write")) as session, pytest.raises(DBAPIError) as refused:
        session.execute(statement)
    assert any(word in str(refused.value.orig).lower() for word in ("readonly", "read-only")), refused.value.orig


def test_a_writing_unit_after_a_reading_one_writes(database, cast):
    """The pool gives the same connection again: it must not stay closed to writes, nor open."""
    for _ in range(3):
        with database.system("read"):
            pass
        make_recit(database, cast.camille)
        with database.session(System("try to write")) as session, pytest.raises(DBAPIError):
            session.execute(update(Entry).values(corrected_at=clock.now()))


def test_every_page_read_by_every_role_changes_nothing(app, visit, database, cast, ids):
    draft = make_recit(database, cast.camille, "En cours", audience=None)
    make_recit(database, cast.noor, "Ailleurs", audience=Audience.RESEAU, collectif="orbe")
    clients = {who: visit.as_(who) for who in ROLES}
    before = contents(database)
    seen = 0
    for who, client in clients.items():
        for rule in rules_of(app):
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            of_a_draft = ids | {"recit_id": draft.public_id}
            for path in sorted({path_of(app, rule, known | {"token": "A" * 32}) for known in (ids, of_a_draft)}):
                answer = client.get(path)
                assert answer.status_code < 500, f"{who} on {path}: {answer.status_code}"
                client.head(path)
                seen += 1
    after = contents(database)
    changed = [table for table in before if before[table] != after[table]]
    assert changed == [], f"{seen} pages were read, and these tables changed"
