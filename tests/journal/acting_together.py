"""Small steps of the tests of actions: notes written and récits read again, through the pages."""

import re

from sqlalchemy import select

from rex.db import Database
from rex.journal import notes
from rex.journal.action_queries import action_page
from rex.journal.models import Audience
from rex.journal.queries import find_recit
from rex.journal.rereading import reread
from rex.journal.together_models import ActionNote, Meeting, Rereading
from tests.cast import Person
from tests.making import Made, reader_of
from tests.reading import ReadingClient

NOTE = "Le courrier a-t-il « prévenu » ? Pour la Voirie, oui. Pour les parents, non."


def write_note(client: ReadingClient, one: Made, other: Made, words: str = NOTE, section: str = "faits", **form: str):
    """Press « Écrire cette note »; the answer."""
    sent = {"section": section, "un": one.public_id, "autre": other.public_id, "rencontre": "divergent", "mots": words, **form}
    return client.send(f"/actions/{one.action_public_id}/notes", sent)


def note_of(client: ReadingClient, one: Made, other: Made, words: str = NOTE, section: str = "faits", **form: str) -> str:
    """A note written, and the public id under which it stands on the page."""
    answer = write_note(client, one, other, words, section, **form)
    assert answer.status_code == 303, answer.get_data(as_text=True)[-1500:]
    page = client.get(f"/actions/{one.action_public_id}?vue={one.public_id}.{other.public_id}").get_data(as_text=True)
    return re.findall(r'id="note-([\w-]{16})"', page)[-1]


def rereading_of(client: ReadingClient, made: Made, words: str = "Je ne dirais plus « prévenir ».", **form: str) -> str:
    """An author reads again; the public id of what they kept."""
    answer = client.send(f"{made.url}/relire", {"autrement": words, **form})
    assert answer.status_code == 303, answer.get_data(as_text=True)[-1500:]
    return answer.location.rpartition("relecture-")[2]


def count_kept(database: Database) -> tuple[int, int]:
    """(notes, rereadings) that the base holds."""
    with database.system("count what the test made") as session:
        return len(session.scalars(select(ActionNote.id)).all()), len(session.scalars(select(Rereading.id)).all())


def take_back(client: ReadingClient, made: Made) -> None:
    """Its author withdraws a récit."""
    assert client.send(f"{made.url}/retrait").status_code == 303


def tell_again(client: ReadingClient, made: Made, audience: str = "collectif") -> None:
    """Its author publishes it again, or changes who reads it."""
    assert client.send(f"{made.url}/publication", {"publier": audience}).status_code == 303


def make_note(database: Database, author: Person, one: Made, other: Made, words: str = NOTE) -> str:
    """A note between two récits of the journal, as `author` writes it; its public id."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        page = action_page(session, who, one.action_public_id)
        assert page is not None
        known = {recit.card.id: recit for recit in page.recits}
        pair = known[one.id], known[other.id]
        note = notes.write_note(session, who, pair, "faits", Meeting.DIVERGENT, words, Audience.COLLECTIF)
        session.commit()
        return note.public_id


def make_rereading(database: Database, author: Person, made: Made, words: str = "Lu autrement.") -> str:
    """What an author of a récit reads otherwise; its public id."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        recit = find_recit(session, who, made.public_id)
        assert recit is not None
        kept = reread(session, who, recit, words, Audience.COLLECTIF)
        session.commit()
        return kept.public_id
