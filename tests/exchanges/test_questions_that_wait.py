"""The questions that wait are counted and listed from an index of questions alone, however much else is said."""

import re

from sqlalchemy import event

from rex.exchanges.models import Posture
from tests.exchanges.acting import page_of
from tests.making import make_exchange, make_recit


def test_they_are_found_without_the_other_messages(visit, database, cast):
    """For the count of the home as for the list, which say as many. What tells a question is written in the statement: a plan kept
    for any parameter could not use the index. On SQLite the plan names it; those of PostgreSQL depend on statistics."""
    for rank in range(3):
        made = make_recit(database, cast.camille, f"Récit {rank}")
        make_exchange(database, cast.paul, made.public_id, f"Qui décide du jour {rank} ?")
        make_exchange(database, cast.bruno, made.public_id, "Nous aussi.", Posture.RESONANCE)
    client = visit.as_("dora")
    asked: list[tuple[str, tuple]] = []

    def note(_connection, _cursor, statement: str, parameters, *_rest: object) -> None:
        if "NOT (EXISTS (SELECT synthese.id" in statement:
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    home, listed = page_of(client, "/c/valombre/"), page_of(client, "/c/valombre/sans-reponse")
    event.remove(database.engine, "before_cursor_execute", note)
    assert "3\u00a0questions sans réponse" in home and len(re.findall(r'#e-[\w-]{16}"', listed)) == 3
    assert len(asked) == 2
    for statement, parameters in asked:
        assert "exchange.posture = 'question'" in statement
        if not database.is_sqlite:
            continue
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            plan = " | ".join(str(row[-1]) for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
        assert "ix_exchange_questions" in plan, plan
        assert "SCAN exchange " not in f"{plan} ", plan
