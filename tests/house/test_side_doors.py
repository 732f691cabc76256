"""No side door: a group is filled with a word of its own in everything that people may write there, then every address of the
application is walked by each kind of stranger. Pages, headers, redirects, mails, log lines: not one of these words.

The routes are walked as they are registered, and the columns as they are mapped: a new page, a new column join by themselves."""

import email
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from rex import chores
from rex.db import Base, Database
from rex.exchanges.models import Exchange
from rex.journal.models import Audience
from rex.sealed_words import MARK
from tests.cast import Cast
from tests.house.addresses import path_of, rules_of
from tests.house.filled_room import fill
from tests.house.planting import IN_THE_ROOM, NOWHERE, Room, addresses
from tests.house.raw_bytes import inflatable
from tests.journal.difficulties import make_difficulty
from tests.making import make_exchange, make_recit
from tests.reading import ReadingClient

MEMBERS = ("dora", "noor", "camille")
# Paul is in a group of his own, Bruno was removed, Ana looks after the journal, Inès is of another collectif, Gaël left his,
# Clara closed her account.
STRANGERS = ("paul", "bruno", "ana", "admin", "ines", "gael", "clara", None)
DOORSTEP = {"groupe: nom", "groupe: engagement", "groupe: pacte"}  # what an invited person is shown of a group
ANYTHING = {"token": NOWHERE, "filename": "rex.css"}


@pytest.fixture
def room(database: Database, cast: Cast, ids: dict[str, str]) -> Room:
    filled = fill(database, cast)
    filled.ids = ids | ANYTHING | filled.ids
    return filled


def said_by(answer: Any) -> str:
    """Status, headers and body; of a file, what inflates in it too."""
    body = answer.get_data()
    inside = b"" if answer.mimetype.startswith("text/") else b"\n".join(inflatable(body))
    return f"{answer.status}\n{answer.headers}\n{(body + inside).decode('utf-8', 'replace')}"


def walk(app: Flask, client: ReadingClient, room: Room, methods: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(where, all that the answer says) for each address; what changes something is sent only to what the group holds."""
    client.proof_reads = False
    token = client.csrf()
    for rule in rules_of(app):
        for method in sorted(set(methods) & (rule.methods or set())):
            if method != "GET" and not rule.arguments & IN_THE_ROOM:
                continue
            for path in addresses(app, rule, room):
                sent: dict[str, Any] = {}
                if method == "PUT":
                    sent = {"json": {"text": "x", "base": 0, "balises": []}, "headers": {"X-CSRFToken": token}}
                elif method == "POST":
                    sent = {"data": {"csrf_token": token}}
                answer = client.open(path, method=method, **sent)
                assert answer.status_code < 500, f"{method} {rule.rule}"
                yield f"{method} {path}", said_by(answer)


def entering(visit: Any, cast: Cast, who: str | None) -> ReadingClient:
    client = visit.as_(None)
    if who is not None:
        client.enter(cast.people[who].id)
    return client


def everything_said(app: Flask, database: Database) -> str:
    """Every mail that was written, as its recipient's program reads it."""
    installation = app.extensions["rex"]
    assert chores.do_all_and_say(database, installation.config) == []
    said = []
    for path in sorted(installation.config.mails_dir.rglob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        said.append(f"{path.name}\n{message}")
        said += [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(said)


def test_nothing_of_a_group_lies_in_clear(database: Database, cast: Cast):
    room = fill(database, cast)
    with database.engine.connect() as connection:
        kept = repr([connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all() for table in Base.metadata.sorted_tables])
    assert room.said_in(kept) == set()
    assert kept.count(f"\\x02groupe-{room.public_id}") > 100 and MARK == "\x02"


def test_a_stranger_finds_no_word_anywhere(app, database, cast, visit, room, caplog):
    caplog.set_level(logging.DEBUG)
    for who in STRANGERS:
        client = entering(visit, cast, who)
        seen = {where: found for where, said in walk(app, client, room, ("GET", "POST", "PUT")) if (found := room.said_in(said))}
        assert seen == {}, who
        assert room.said_in(caplog.text) == set(), who
        caplog.clear()


def test_an_invited_person_reads_name_frame_and_names(app, database, cast, visit, room, caplog):
    caplog.set_level(logging.DEBUG)
    client, doorstep = entering(visit, cast, "jeanne"), f"/groupes-de-pairs/{room.public_id}/invitation"
    seen = {where: found for where, said in walk(app, client, room, ("GET", "POST", "PUT")) if (found := room.said_in(said))}
    elsewhere = {where: found for where, found in seen.items() if doorstep not in where}
    assert elsewhere == {}
    assert set().union(*seen.values()) <= DOORSTEP and "groupe: nom" in seen.get(f"GET {doorstep}", set())
    page = client.get(doorstep).get_data(as_text=True)
    assert "Dora Lenoir" in page and "Noor Haddad" in page
    assert room.said_in(caplog.text) == set()


def test_members_find_every_word(app, database, cast, visit, room):
    """The positive control: what strangers do not find is there to be found, by the very same walk."""
    found: set[str] = set()
    for who in MEMBERS:
        for _, said in walk(app, entering(visit, cast, who), room, ("GET",)):
            found |= room.said_in(said)
    assert set(room.planted) - found == set(NOT_SHOWN)


# Said and kept, and shown to no member by the addresses alone.
NOT_SHOWN = {
    "brouillon de qui part: faits": "of who was removed, and read by nobody else",
    "brouillon de qui part: titre": "of who was removed, and read by nobody else",
    "brouillon: faits": "its author typed over it",
    "brouillon: conteur": "what the publication that was asked will say",
    "message caché": "under a récit that was taken back",
    "lettre: titre d’un récit retiré": "under seal, until it is told again",
    "lettre: mots sur un récit retiré": "under seal, until it is told again",
    "lettre: citation d’un récit retiré": "under seal, until it is told again",
} | {f"{name}: signalement": "read, and answered" for name in ("note", "message", "relecture", "écho", "synthèse", "récit")}


def test_the_same_words_in_the_open_are_found(app, database, cast, visit, room):
    """The walk sees what a journal says: the same words, told to a collectif, are found by its members."""
    words = {name: room.word_of(f"ouvert: {name}") for name in ("titre", "faits", "message", "difficulté")}
    made = make_recit(database, cast.camille, f"Mot {words['titre']}", {"faits": f"Mot {words['faits']}"}, audience=Audience.RESEAU)
    make_exchange(database, cast.bruno, made.public_id, f"Mot {words['message']}")
    noted = make_difficulty(database, cast.camille, f"Mot {words['difficulté']}", audience=Audience.RESEAU)
    room.planted = words
    room.ids |= {"recit_id": made.public_id, "difficulty_id": noted.public_id}
    for who in ("paul", "bruno", "ana", "ines"):
        found: set[str] = set()
        for _, said in walk(app, entering(visit, cast, who), room, ("GET",)):
            found |= room.said_in(said)
        assert found == set(words), who


def test_mails_hold_no_word(app, database, cast, room, caplog, time_machine):
    caplog.set_level(logging.DEBUG)
    time_machine.move_to(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))  # a Monday, at an hour at which people are written to
    said = everything_said(app, database)
    assert "Du nouveau dans un de vos groupes" in said
    assert room.said_in(said) == set() and room.said_in(caplog.text) == set()
    assert room.public_id not in said and room.ids["recit_id"] not in said


NOISE = (
    re.compile(r'nonce[-=]"?[\w-]+'),
    re.compile(r'name="(?:csrf_token|idempotency_key|jusqu-a|lot)"[^>]*value="[^"]*"'),
    re.compile(r"(?m)^(?:Date|Set-Cookie|Content-Length): .*\r?\n"),
)


def quiet(said: str) -> str:
    """An answer without what differs from one request to the next."""
    for noise in NOISE:
        said = noise.sub("", said)
    return said


def pages_of(app: Flask, client: ReadingClient, ids: dict[str, str]) -> dict[str, str]:
    """The answers of every address that does not name something of the group."""
    client.proof_reads = False
    rules = [rule for rule in rules_of(app) if "GET" in (rule.methods or ()) and "group_id" not in rule.arguments]
    paths = [path_of(app, rule, dict.fromkeys(rule.arguments, NOWHERE) | ids) for rule in rules]
    return {path: quiet(said_by(client.get(path))) for path in paths}


def test_a_group_changes_no_byte_for_who_is_not_in_it(app, database, cast, visit, ids, time_machine):
    time_machine.move_to(datetime(2027, 1, 4, 9, 0, tzinfo=UTC), tick=False)
    clients = {who: entering(visit, cast, who) for who in ("ana", "admin", "ines", "gael", None)}
    before = {who: pages_of(app, client, ids | ANYTHING) for who, client in clients.items()}
    room = fill(database, cast)
    room.ids = ids | ANYTHING | room.ids
    for who, client in clients.items():
        after = pages_of(app, client, ids | ANYTHING)
        assert [path for path in after if after[path] != before[who][path]] == [], who
        real = {path for rule in rules_of(app) if rule.arguments & set(room.ids) for path in addresses(app, rule, room)}
        answers = [client.get(path) for path in sorted(real)]
        unknown = {answer.data for answer in answers if answer.status_code == 404 and answer.mimetype == "text/html"}
        assert len(unknown) <= 1, "what one may not open, and what does not exist, are one page"


def test_the_walk_reads_what_the_rows_are(database, cast):
    """A word planted in a place that its name says: the filler plants where it says."""
    room = fill(database, cast)
    with database.system("look") as session:
        said = " ".join(session.scalars(select(Exchange.source)))
    assert {"message", "réponse"} <= room.said_in(said)
