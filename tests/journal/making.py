"""Small steps of the tests of the journal, done through the pages."""

import re
from html import unescape
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from rex.db import Database
from rex.journal.models import Action, Authorship, Entry, Recit, Revision, Section, Tagging
from tests.reading import ReadingClient

FACTS = "Nous avons ouvert la rue aux enfants un mercredi."
WORDS = {"titre": "La rue rendue", "faits": FACTS, "appris": "Prévenir les riverains la veille."}


def text_of(response: TestResponse) -> str:
    """The page as it was sent, entities as characters."""
    return unescape(response.get_data(as_text=True))


def found(pattern: str, page: str) -> str:
    """What the only group of a pattern matches first in a page."""
    match = re.search(pattern, page)
    assert match, f"{pattern} is not in the page"
    return match[1]


def begin(client: ReadingClient, **form: str) -> str:
    """Press « Écrire un REX » (or « Commencer »); the public id of the draft that opens."""
    response = client.send("/recits/nouveau", form)
    assert response.status_code == 303, text_of(response)[-800:]
    return found(r"^/recits/([\w-]{16})/edition$", response.location)


def edition(client: ReadingClient, recit: str) -> dict[str, str]:
    """The fields of the writing page as a browser without script would send them back."""
    page = text_of(client.get(f"/recits/{recit}/edition"))
    form = page[page.index('id="recit-form"') :]
    given = dict(re.findall(r'name="(base-[\w-]+)" value="([^"]*)"', form))
    areas = re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    return given | dict(areas)


def ticked(client: ReadingClient, recit: str) -> list[str]:
    page = client.get(f"/recits/{recit}/edition").get_data(as_text=True)
    return re.findall(r'name="balises" value="([\w-]+)" checked', page)


def save(client: ReadingClient, recit: str, fields: dict[str, Any] | None = None, **button: str) -> TestResponse:
    """Send the whole writing page with some fields changed, by one of its buttons."""
    form: dict[str, Any] = {"balises": ticked(client, recit)} | edition(client, recit) | (fields or {}) | button
    return client.send(f"/recits/{recit}/edition", form)


def put(client: ReadingClient, recit: str, slug: str, text: str, base: int = 0) -> Any:
    """The save of a script: its answer, with `.json`."""
    path = f"/recits/{recit}/sections/{slug}"
    return client.put(path, json={"text": text, "base": base}, headers={"X-CSRFToken": client.csrf()})


def publish(client: ReadingClient, recit: str, audience: str = "collectif", **form: str) -> TestResponse:
    return client.send(f"/recits/{recit}/publication", {"publier": audience} | form)


def published(client: ReadingClient, audience: str = "collectif", start: dict[str, str] | None = None, **words: str) -> str:
    """A récit written and published through the pages."""
    recit = begin(client, **(start or {}))
    save(client, recit, {**WORDS, **words})
    response = publish(client, recit, audience)
    assert response.status_code == 303 and response.location == f"/recits/{recit}", text_of(response)
    return recit


def reads(client: ReadingClient, recit: str) -> str:
    """The published page."""
    response = client.get(f"/recits/{recit}")
    assert response.status_code == 200, (response.status_code, response.location)
    return text_of(response)


def words_in_clear(database: Database, recit: str) -> str:
    """Every word that the base keeps in clear about a récit and its action."""
    with database.system("look for words in clear") as session:
        entry = session.scalars(select(Recit).where(Recit.public_id == recit)).one()
        rows: list[Any] = [entry]
        rows += session.scalars(select(Section).where(Section.entry_id == entry.id)).all()
        rows += session.scalars(select(Tagging).where(Tagging.entry_id == entry.id)).all()
        rows += session.scalars(select(Authorship).where(Authorship.entry_id == entry.id)).all()
        if entry.action_id:
            rows += session.scalars(select(Action).where(Action.id == entry.action_id)).all()
        values = [getattr(row, column.key) for row in rows for column in type(row).__mapper__.columns]
    return "\n".join(value for value in values if isinstance(value, str))


def revisions(database: Database, recit: str) -> int:
    with database.system("count versions") as session:
        query = select(func.count(Revision.id)).join(Entry, Entry.id == Revision.entry_id).where(Entry.public_id == recit)
        return session.scalar(query) or 0


def id_of(database: Database, recit: str) -> int:
    with database.system("find an entry") as session:
        return session.scalars(select(Entry.id).where(Entry.public_id == recit)).one()
