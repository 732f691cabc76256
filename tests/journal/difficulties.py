"""Difficulties made as people make them, for the tests of several rooms."""

from collections.abc import Mapping
from dataclasses import dataclass

from rex.access import audience_of
from rex.db import Database
from rex.journal.difficulties import add_echo, share, withdraw
from rex.journal.difficulty_queries import difficulty_page, find_difficulty
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience, EntryKind, Stance
from rex.journal.passages_of_recits import note_passage
from rex.journal.queries import find_recit
from rex.journal.under import EntryOnPage
from tests.cast import Person
from tests.making import Made, reader_of

WORDS = "Personne ne sait qui décide du calendrier."


@dataclass(frozen=True)
class Noted:
    """A difficulty as tests speak of it."""

    id: int
    public_id: str

    @property
    def url(self) -> str:
        return f"/difficultes/{self.public_id}"


def make_difficulty(
    database: Database,
    author: Person,
    words: str = WORDS,
    effect: str = "",
    audience: Audience = Audience.COLLECTIF,
    balises: Mapping[str, Stance] | None = None,
    collectif: str | None = None,
    withdrawn: bool = False,
    group: int | None = None,
) -> Noted:
    """A difficulty noted alone by `author`, in the group of this id, in the collectif named by its slug, else their first one."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        seat = who.in_collectif(collectif) if collectif else who.memberships[0]
        seat = who.seat(group) if group else seat
        assert seat is not None, f"{author.name} is not a member of {collectif}"
        noted = share(session, who, seat, audience, Written(words, effect, dict(balises or {})))
        if withdrawn:
            withdraw(session, seat, noted)
        made = Noted(noted.id, noted.public_id)
        session.commit()
    return made


def make_passage(
    database: Database, author: Person, recit: Made, words: str, section: str = "faits", effect: str = ""
) -> Noted:
    """A passage of a published récit, noted by one of its authors."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        found = find_recit(session, who, recit.public_id)
        assert found is not None, f"{author.name} does not read this récit"
        noted = note_passage(session, who, found, section, Written(words, effect))
        made = Noted(noted.id, noted.public_id)
        session.commit()
    return made


def make_echo(database: Database, person: Person, noted: Noted, words: str = "") -> bool:
    """« Je vis ça aussi », said by this person."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        page = difficulty_page(session, who, noted.public_id)
        assert page is not None, f"{person.name} does not read this difficulty"
        card = page.card
        view = audience_of(session, card.audience, card.collectif_id, page.collectif_name)
        about = EntryOnPage(
            card.id, card.public_id, EntryKind.DIFFICULTY, card.collectif_id, card.audience, view, card.title, page.author_ids, {}
        )
        added = add_echo(session, who, who.seat(card.collectif_id) or who.home, about, words)
        session.commit()
    return added


def withdraw_difficulty(database: Database, author: Person, noted: Noted) -> None:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, author)
        found = find_difficulty(session, who, noted.public_id)
        assert found is not None
        seat = who.seat(found.collectif_id)
        assert seat is not None
        withdraw(session, seat, found)
        session.commit()
