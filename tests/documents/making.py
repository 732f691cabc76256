"""Documents that wait, made as their author made them."""

from rex.db import Database, new_public_id
from rex.documents import waiting
from rex.documents.incoming import take_in
from tests.cast import Person
from tests.making import reader_of


def make_import(database: Database, person: Person, words: str = "Le marché a ouvert.", slug: str = "valombre") -> str:
    """A text that this person brought and that waits for their word; returns its import."""
    batch = new_public_id()
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        seat = reader.in_collectif(slug)
        assert seat is not None
        waiting.keep(session, reader, seat, batch, 0, take_in(words.encode(), "notes.txt"))
        session.commit()
    return batch
