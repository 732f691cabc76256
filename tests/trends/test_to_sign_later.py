"""Who accepted to write with others and has not signed yet is in no figure: they have no collège, and no page names them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.journal.models import Authorship, Entry, EntryKind
from rex.tensions.models import Tension
from rex.tensions.voices import voices_of
from rex.trends import colleges, services, tensions
from rex.trends.page import numbers_of
from tests.cast import Cast
from tests.trends.looking import look_of
from tests.trends.telling import gather, looked, of_service, tell, three_each


def accept(database: Database, cast: Cast) -> None:
    """Paul accepts to write the first récit with its authors."""
    with database.system("somebody who is to sign", write=True) as session:
        entry_id = session.scalars(
            select(Entry.id).where(Entry.kind == EntryKind.RECIT, Entry.published_at.is_not(None)).order_by(Entry.id).limit(1)
        ).one()
        session.add(Authorship(entry_id=entry_id, user_id=cast.paul.id, position=9))


@pytest.mark.parametrize("without", [0, 3])
def test_no_number_and_no_name_changes(database: Database, cast: Cast, without: int) -> None:
    journal = three_each(database, cast, 3, 3, without=without)
    for at in (0, 0, 1, 1, 1):
        tell(database, journal, [of_service(journal, at)], ["C1"])

    def seen() -> object:
        with looked(database, cast.noor) as look:
            of_none = look_of(look.session, look.reader, {"periode": "2024-05", "service": "sans"})
            return look.units, numbers_of(look), services.read(look), colleges.read(look), numbers_of(of_none)

    before = seen()
    accept(database, cast)
    assert seen() == before


def test_nobody_tells_a_tension_before_they_sign(database: Database, cast: Cast) -> None:
    """A passage is signed like its récit, with those who are to sign later: told by one person, it does not recur."""
    journal = three_each(database, cast, 3)
    for month in (3, 4, 5):
        tell(database, journal, [of_service(journal, 0)], (), datetime(2024, month, 15, 9, tzinfo=UTC), is_difficulty=True)
    gather(database, journal)

    def seen() -> tuple[str, int, bool]:
        with looked(database, cast.noor) as look:
            section = tensions.read(look)
            assert section is not None
            (row,) = section.rows
            tension_id = look.session.scalars(select(Tension.id).where(Tension.public_id == row.public_id)).one()
            voices = voices_of(look.session, look.reader, [tension_id])[tension_id]
            return row.standing, voices.people, voices.is_recurring

    assert seen() == ("À surveiller", 1, False)
    with database.system("somebody who is to sign", write=True) as session:
        told = session.scalars(select(Entry.id).where(Entry.kind == EntryKind.DIFFICULTY, Entry.title == "Dit exprès"))
        session.add_all(Authorship(entry_id=one, user_id=cast.paul.id, position=9) for one in told)
    assert seen() == ("À surveiller", 1, False)
