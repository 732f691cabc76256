"""Small steps of the tests of the journal inside peer groups."""

import re
from typing import Any

from sqlalchemy import select

from rex import clock
from rex.collectifs.group_models import GroupMember
from rex.db import Database
from tests.cast import Person
from tests.journal.making import begin, publish, save
from tests.making import MadeGroup
from tests.reading import ReadingClient

CANARY = "canarizebrure"
WORDS = {"titre": f"Titre {CANARY}", "faits": f"Des faits {CANARY}."}


def leave(database: Database, group: MadeGroup, person: Person) -> None:
    """They are no longer a member, from the next request on."""
    with database.system("leave", write=True) as session:
        mine = select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.user_id == person.id)
        session.scalars(mine).one().left_at = clock.now()


def written(client: ReadingClient, group: MadeGroup, who: Person) -> str:
    """A récit that somebody writes and publishes in the group through its pages."""
    client.enter(who.id)
    recit = begin(client, groupe=group.public_id)
    save(client, recit, WORDS)
    assert publish(client, recit, "groupe").location == f"/recits/{recit}"
    return recit


def shared(client: ReadingClient, group: MadeGroup, words: str = f"Une phrase {CANARY}.", **button: str) -> Any:
    """The quick share of the room."""
    return client.send(f"{group.url}/partager", {"mots": words, **button})


def link(page: str, kind: str) -> str:
    """The public id of the first entry of this kind that a page leads to."""
    found = re.search(rf'href="/{kind}/([\w-]{{16}})', page)
    assert found, f"no link to {kind}"
    return found[1]
