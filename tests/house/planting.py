"""Planting words in a peer group: each under a name, each found nowhere else (`tests.house.filled_room` plants them)."""

import hashlib
import re
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from rex.access import Reader, everybody_in, visible_difficulties
from rex.db import Database, RexSession
from rex.journal.models import Entry
from rex.journal.under import EntryOnPage
from rex.reports import actions as reports
from rex.reports.hanging import Kind
from rex.reports.models import Report
from rex.reports.queries import find_hanging_text, find_text
from tests.cast import Cast, Person
from tests.house.addresses import path_of
from tests.house.raw_bytes import spellings
from tests.making import Made, make_recit, reader_of

NOWHERE = "AAAAAAAAAAAAAAAA"
# The variables of addresses that name something that a group holds.
IN_THE_ROOM = {
    "group_id", "member_id", "decision_id", "versement_id", "group_seance_id", "group_said_id", "recit_id", "entry_id",
    "exchange_id",
    "difficulty_id", "recognition_id", "note_id", "text_id", "rereading_id", "action_id", "report_id", "file_id",
    "opening_id", "group_digest_id",
}  # fmt: skip
QUOTED = "Un passage que chacun peut citer."


def new_beginning() -> str:
    """What all the words of a room begin with, looked for first, and of no other room: the files of PostgreSQL still hold those of
    the tests before. An accent, since files say it in more ways than one; letters alone, so that no typography cuts it."""
    return f"zq{''.join(secrets.choice('abcdfghjkm') for _ in range(7))}é{''.join(secrets.choice('npqrstvwxz') for _ in range(5))}"


@dataclass
class Room:
    """The group, what was planted in it, and the ids of what it holds, under the names of the variables of addresses."""

    database: Database
    cast: Cast
    id: int = 0
    public_id: str = ""
    beginning: str = field(default_factory=new_beginning)
    planted: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)  # more ids for the same variables

    def word_of(self, name: str) -> str:
        """A word that nothing else holds, the same for the same name."""
        number, letters = int(hashlib.sha256(name.encode()).hexdigest(), 16), ""
        for _ in range(8):
            number, rest = divmod(number, 26)
            letters += chr(ord("a") + rest)
        return f"{self.beginning}{letters}"

    def said_in(self, text: str) -> set[str]:
        """The names of the words that stand in a text, in whatever spelling."""
        lowered = text.lower()
        if not any(said.lower() in lowered for said in spellings(self.beginning).values()):
            return set()
        return {name for name, word in self.planted.items() if any(said.lower() in lowered for said in spellings(word).values())}

    def says(self, name: str) -> str:
        """Plant a word: a sentence that holds it."""
        self.planted[name] = self.word_of(name)
        return self.quoted(name)

    def quoted(self, name: str) -> str:
        """The sentence that holds a word."""
        return f"Mot {self.word_of(name)} ici"

    @contextmanager
    def acting(self, person: Person) -> Generator[tuple[RexSession, Reader]]:
        with self.database.session(write=True) as session:
            session.reader = who = reader_of(session, person)
            yield session, who
            session.commit()

    def recit(self, author: Person, name: str, **how: Any) -> Made:
        sections = {"faits": f"{self.says(f'{name}: faits')}.\n\n{QUOTED}"}
        return make_recit(self.database, author, self.says(f"{name}: titre"), sections, group=self.id, **how)

    def suspend(self, name: str, kind: Kind | None, entry_id: str, text_id: str, author: Person) -> None:
        """Camille or Dora shows a text, whoever of the responsables did not write it suspends it."""
        cast = self.cast
        with self.acting(cast.camille if author is not cast.camille else cast.dora) as (session, who):
            found = _text(session, who, kind, entry_id, text_id)
            reports.report(session, who, found, self.says(f"{name}: signalement"))
        with self.acting(cast.noor if author is not cast.noor else cast.dora) as (session, who):
            report = session.scalars(select(Report).order_by(Report.id.desc())).first()
            assert report is not None
            found = _text(session, who, kind, entry_id, text_id)
            reports.suspend(session, who, report, found, self.says(f"{name}: motif"))
            self.ids["report_id"] = report.public_id


def _text(session: RexSession, who: Reader, kind: Kind | None, entry_id: str, text_id: str) -> Any:
    if kind in (None, Kind.MESSAGE):
        found = find_text(session, who, entry_id, text_id)
    else:
        found = find_hanging_text(session, who, kind, text_id)
    assert found is not None
    return found


def on_page(session: RexSession, who: Reader, public_id: str) -> EntryOnPage:
    """A difficulty as its page shows it to this reader."""
    found = session.scalars(visible_difficulties(who).where(Entry.public_id == public_id)).one()
    assert found.audience is not None
    view = everybody_in(session, found.collectif_id)
    return EntryOnPage(found.id, found.public_id, found.kind, found.collectif_id, found.audience, view, found.title, (), {})


def addresses(app: Flask, rule: Rule, room: Room) -> Iterator[str]:
    """The address of a rule with what the group holds: once, and once more for each other thing of the same sort."""
    ids = dict.fromkeys(rule.arguments, NOWHERE) | room.ids  # the fixture `ids` must know every variable: test_views says so
    yield path_of(app, rule, ids)
    for name in sorted(rule.arguments & set(room.others)):
        for other in room.others[name]:
            for sort in _sorts(rule):
                yield path_of(app, rule, ids | {name: other} | sort)


def _sorts(rule: Rule) -> list[dict[str, str]]:
    """What an address names one of a few sorts by: each of them (`<any(note, 'compte-rendu'):kind>`)."""
    found = re.search(r"<any\(([^)]*)\):(\w+)>", rule.rule)
    return [{found[2]: one.strip(" '")} for one in found[1].split(",")] if found else [{}]
