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
from sqlalchemy import LargeBinary, Table, select
from werkzeug.routing import Rule

from rex import chores
from rex.db import Base, Database
from rex.exchanges.models import Exchange
from rex.journal.models import Audience
from rex.sealed_words import MARK, words_of
from tests.cast import Cast
from tests.house.addresses import path_of, rules_of
from tests.house.filled_room import fill
from tests.house.planting import Room, word_of
from tests.house.test_raw_copy import inflatable
from tests.journal.difficulties import make_difficulty
from tests.making import contents, make_exchange, make_recit
from tests.reading import ReadingClient

MEMBERS = ("dora", "noor", "camille")
# Paul is in a group of his own, Bruno was removed, Ana looks after the journal, Inès is of another collectif, Gaël left his,
# Clara closed her account.
STRANGERS = ("paul", "bruno", "ana", "admin", "ines", "gael", "clara", None)
DOORSTEP = {"groupe: nom", "groupe: engagement", "groupe: pacte"}  # what an invited person is shown of a group
IN_THE_ROOM = {
    "group_id", "member_id", "decision_id", "versement_id", "group_seance_id", "group_said_id", "recit_id", "entry_id",
    "exchange_id",
    "difficulty_id", "recognition_id", "note_id", "text_id", "rereading_id", "action_id", "report_id", "file_id",
}  # fmt: skip
# Words that nobody types in a group, each with its reason.
NOT_TYPED = {
    "Section.heading": "of the canvas of REX: a group has no other",
    "Entry.byline": "the services of its authors, said by their collectifs",
    "Exchange.signature": "the fonction of who speaks, said by their collectif",
    "Synthese.signature": "the fonction of who closes, said by their collectif",
    "Report.answer": "what an entry taken back from the réseau is told: a group opens to no réseau",
    "Outbox.sealed": "mails, with the key of the installation: they are read below",
}


NOWHERE = "AAAAAAAAAAAAAAAA"
ANYTHING = {"token": NOWHERE, "filename": "rex.css"}


@pytest.fixture
def room(database: Database, cast: Cast, ids: dict[str, str]) -> Room:
    filled = fill(database, cast)
    filled.ids = ids | ANYTHING | filled.ids
    return filled


def sightings(text: str, room: Room) -> set[str]:
    """The names of the words that stand in a text."""
    lowered = text.lower()
    return {name for name, word in room.planted.items() if word in lowered}


def addresses(app: Flask, rule: Rule, room: Room) -> Iterator[str]:
    """The address of a rule with what the group holds: once, and once more for each other thing of the same sort."""
    ids = dict.fromkeys(rule.arguments, NOWHERE) | room.ids  # the fixture `ids` must know every variable: test_views says so
    yield path_of(app, rule, ids)
    for name in sorted(rule.arguments & set(room.others)):
        for other in room.others[name]:
            yield path_of(app, rule, ids | {name: other})


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


def test_every_column_of_words_is_filled(database: Database, cast: Cast):
    """What is walked below holds something in each column that may hold the words of a group: a new one is planted in
    `filled_room.fill`, or said in NOT_TYPED not to be typed."""
    fill(database, cast)
    rows, empty = contents(database), set()
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        assert isinstance(table, Table)
        columns = [column for column in table.columns if (table.name, column.name) != ("device", "seen_at")]
        sealed = {mapper.columns[name].name for name in words_of(mapper)}
        sealed |= {column.name for column in columns if isinstance(column.type, LargeBinary)}
        for rank, column in enumerate(columns):
            if column.name in sealed and not any(row[rank] for row in rows[table.name]):
                empty.add(f"{mapper.class_.__name__}.{column.name}")
    assert empty - set(NOT_TYPED) == set(), "plant a word in these columns, or say why nobody types them"


def test_nothing_of_a_group_lies_in_clear(database: Database, cast: Cast):
    room = fill(database, cast)
    with database.engine.connect() as connection:
        kept = repr([connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all() for table in Base.metadata.sorted_tables])
    assert sightings(kept, room) == set()
    assert kept.count(f"\\x02groupe-{room.public_id}") > 100 and MARK == "\x02"


def test_a_stranger_finds_no_word_anywhere(app, database, cast, visit, room, caplog):
    caplog.set_level(logging.DEBUG)
    for who in STRANGERS:
        client = entering(visit, cast, who)
        seen = {where: found for where, said in walk(app, client, room, ("GET", "POST", "PUT")) if (found := sightings(said, room))}
        assert seen == {}, who
        assert sightings(caplog.text, room) == set(), who
        caplog.clear()


def test_an_invited_person_reads_name_frame_and_names(app, database, cast, visit, room, caplog):
    caplog.set_level(logging.DEBUG)
    client, doorstep = entering(visit, cast, "jeanne"), f"/groupes-de-pairs/{room.public_id}/invitation"
    seen = {where: found for where, said in walk(app, client, room, ("GET", "POST", "PUT")) if (found := sightings(said, room))}
    elsewhere = {where: found for where, found in seen.items() if doorstep not in where}
    assert elsewhere == {}
    assert set().union(*seen.values()) <= DOORSTEP and "groupe: nom" in seen.get(f"GET {doorstep}", set())
    page = client.get(doorstep).get_data(as_text=True)
    assert "Dora Lenoir" in page and "Noor Haddad" in page
    assert sightings(caplog.text, room) == set()


def test_members_find_every_word(app, database, cast, visit, room):
    """The positive control: what strangers do not find is there to be found, by the very same walk."""
    found: set[str] = set()
    for who in MEMBERS:
        for _, said in walk(app, entering(visit, cast, who), room, ("GET",)):
            found |= sightings(said, room)
    assert set(room.planted) - found == set(NOT_SHOWN)


# Said and kept, and shown to no member by the addresses alone.
NOT_SHOWN = {
    "brouillon de qui part: faits": "of who was removed, and read by nobody else",
    "brouillon de qui part: titre": "of who was removed, and read by nobody else",
    "brouillon: faits": "its author typed over it",
    "brouillon: conteur": "what the publication that was asked will say",
    "message caché": "under a récit that was taken back",
} | {f"{name}: signalement": "read, and answered" for name in ("note", "message", "relecture", "écho", "synthèse", "récit")}


def test_the_same_words_in_the_open_are_found(app, database, cast, visit, room):
    """The walk sees what a journal says: the same words, told to a collectif, are found by its members."""
    words = {name: word_of(f"ouvert: {name}") for name in ("titre", "faits", "message", "difficulté")}
    made = make_recit(database, cast.camille, f"Mot {words['titre']}", {"faits": f"Mot {words['faits']}"}, audience=Audience.RESEAU)
    make_exchange(database, cast.bruno, made.public_id, f"Mot {words['message']}")
    noted = make_difficulty(database, cast.camille, f"Mot {words['difficulté']}", audience=Audience.RESEAU)
    room.planted = words
    room.ids |= {"recit_id": made.public_id, "difficulty_id": noted.public_id}
    for who in ("paul", "bruno", "ana", "ines"):
        found: set[str] = set()
        for _, said in walk(app, entering(visit, cast, who), room, ("GET",)):
            found |= sightings(said, room)
        assert found == set(words), who


def test_mails_hold_no_word(app, database, cast, room, caplog, time_machine):
    caplog.set_level(logging.DEBUG)
    time_machine.move_to(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))  # a Monday, at an hour at which people are written to
    said = everything_said(app, database)
    assert "Du nouveau dans un de vos groupes" in said
    assert sightings(said, room) == set() and sightings(caplog.text, room) == set()
    assert room.public_id not in said and room.ids["recit_id"] not in said


NOISE = (
    re.compile(r'nonce[-=]"?[\w-]+'),
    re.compile(r'name="(?:csrf_token|idempotency_key|jusqu-a)"[^>]*value="[^"]*"'),
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
    assert {"message", "réponse"} <= sightings(said, room)
