"""What somebody finds, as tests speak of it."""

import re

from rex.db import Database
from rex.search.asked import asked_in
from rex.search.filters import Filters
from rex.search.found import texts
from rex.search.queries import PAGE, find
from tests.cast import Person
from tests.making import reader_of


def found(database: Database, person: Person, typed: str, filters: Filters | None = None) -> list[str]:
    """The titles of what this person finds, best first; of what is said under one, its first words."""
    with database.session(write=True) as session:
        who = reader_of(session, person)
        session.commit()
    with database.session(who) as session:
        row_ids = find(session, asked_in(typed), filters or Filters(), "Europe/Paris").row_ids
        return [str(text.sources[0] if text.row.said else text.row.title)[:60] for text in texts(session, row_ids[:PAGE])]


def titles(html: str) -> list[str]:
    """The titles on a page of the search, in order."""
    plain = re.sub(r"</?mark>", "", html)
    return re.findall(r'class="found-title"><a href="[^"]*">([^<]*)</a>', plain)


def marks(html: str) -> list[str]:
    return re.findall(r"<mark>([^<]*)</mark>", html)
