"""Small steps of the tests of the exchanges: answering through the page, looking at rows, changing who reads."""

import re
from html import unescape
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from rex.db import Database
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Recit
from rex.journal.publishing import change_audience, withdraw
from rex.notices.models import Notice
from tests.cast import Person
from tests.journal.making import publish, save
from tests.making import Made, reader_of
from tests.reading import ReadingClient


def text_of(response: TestResponse) -> str:
    return unescape(response.get_data(as_text=True))


def page_of(client: ReadingClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return text_of(response)


def answer(client: ReadingClient, made: Made, texte: str = "Et la pluie, alors ?", **fields: Any) -> TestResponse:
    """Send the form of an answer as the page of the récit would, before the members of its journal."""
    return client.send(f"{made.url}/repondre", {"posture": "question", "texte": texte, "devant": "collectif", **fields})


def said(response: TestResponse) -> str:
    """The public id of the message that was accepted."""
    assert response.status_code == 303, text_of(response)[-1500:]
    return response.location.rpartition("#e-")[2]


def row_of(database: Database, public_id: str) -> Exchange:
    with database.system("look at a message") as session:
        return session.scalars(select(Exchange).where(Exchange.public_id == public_id)).one()


def rows(database: Database) -> list[Exchange]:
    with database.system("look at the messages") as session:
        return list(session.scalars(select(Exchange).order_by(Exchange.id)))


def told(database: Database, what: str) -> set[int]:
    """Who was told of such a thing."""
    with database.system("who was told") as session:
        return set(session.scalars(select(Notice.user_id).where(Notice.what == what)))


def open_to(database: Database, author: Person, made: Made, audience: Audience) -> None:
    """Widen or narrow a récit, as its author."""
    with database.session(write=True) as session:
        session.reader = reader_of(session, author)
        change_audience(session, recit_of(session, made), audience)
        session.commit()


def take_back(database: Database, author: Person, made: Made) -> None:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        withdraw(session, who, recit_of(session, made))
        session.commit()


def tell_again(client: ReadingClient, made: Made, **sections: str) -> None:
    """Publish a récit again, or its correction, with these sections changed, through its pages."""
    save(client, made.public_id, dict(sections))
    assert publish(client, made.public_id).status_code == 303


def recit_of(session: Any, made: Made) -> Recit:
    return session.scalars(select(Recit).where(Recit.public_id == made.public_id)).one()


def place_of(page: str, public_id: str) -> str:
    """The markup of one message in a page, up to the next one."""
    found = re.search(rf'<li class="exchange" id="e-{re.escape(public_id)}">(.*?)(?=<li class="exchange"|</ol>)', page, re.DOTALL)
    assert found, "this message has no place in the page"
    return found[1]
