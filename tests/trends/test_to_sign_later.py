"""Who accepted to write with others and has not signed yet is in no figure: they have no collège, and no page names them."""

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.journal.models import Authorship, Entry, EntryKind
from rex.trends import colleges, services
from rex.trends.page import numbers_of
from tests.cast import Cast
from tests.trends.looking import look_of
from tests.trends.telling import looked, of_service, tell, three_each


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
