"""`rex db check` counts the figures of trends again, text by text: silent when they agree, a sentence for each that does not."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Select, update

from rex import clock
from rex.check import faults
from rex.db import Database
from rex.journal.models import Entry
from rex.tensions import naming
from rex.trends import recits, totals
from rex.trends.figures import Kind
from tests.cast import Cast
from tests.trends.journals import Journal, Shape, drawn_shape, fill
from tests.trends.telling import of_service, tell


def told_this_year(database: Database, cast: Cast, seed: str, shape: Shape) -> Journal:
    journal, chance = fill(database, cast, shape, seed), Random(seed)
    for rank in range(12):
        authors = chance.sample(journal.authors, min(len(journal.authors), chance.choice((1, 1, 2))))
        at = clock.now() - timedelta(days=rank * 7)
        tell(database, journal, authors, ["C1", "E2"][: rank % 3], at, is_difficulty=rank % 4 == 0)
    return journal


@pytest.mark.parametrize("seed", range(4))
def test_the_page_and_the_texts_agree(database: Database, cast: Cast, seed: int) -> None:
    told_this_year(database, cast, f"recount {seed}", drawn_shape(Random(seed)) if seed else Shape((3, 4, 1), 2, entries=30))
    assert faults(database) == []


def test_what_is_counted_otherwise_is_said(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told_this_year(database, cast, "recount", Shape((3, 4, 1), 2, entries=30))
    real = totals.counted

    def forgetful(look, kind=Kind.RECITS, *more) -> Select:
        return real(look, kind, *more).where(Entry.id % 2 == 0)

    monkeypatch.setattr(totals, "counted", forgetful)
    said = faults(database)
    assert any(": récits, " in one and "dans les textes" in one for one in said) and any("difficultés" in one for one in said)
    monkeypatch.setattr(totals, "counted", real)
    monkeypatch.setattr(recits.Lanes, "of", lambda self, ids: 0)
    assert any("enjeu" in one for one in faults(database))


def test_a_service_named_too_early_is_said(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = told_this_year(database, cast, "recount", Shape((3, 4, 1), 2, entries=30))
    tell(database, journal, [of_service(journal, 2)], ["C1"], clock.now())
    monkeypatch.setattr(naming, "merged_among", lambda writers, ranks: (frozenset(), frozenset()))
    assert any("y est nommé sous 3 personnes" in one for one in faults(database))


def test_journals_of_one_text_and_of_none_are_in_order(database: Database, cast: Cast) -> None:
    assert faults(database) == []


def test_a_recit_that_nobody_signs_any_more_is_no_fault(database: Database, cast: Cast) -> None:
    """No service has a line then: there is no table to count again."""
    journal = fill(database, cast, Shape((3, 4), entries=0), "recount")
    with database.system("only what is told below", write=True) as session:
        session.execute(update(Entry).values(published_at=clock.now() - timedelta(days=1500)))
    tell(database, journal, [], ["C1"], clock.now())
    assert not [one for one in faults(database) if "Tendances" in one]
