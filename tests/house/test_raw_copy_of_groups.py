"""A raw copy of every file that was written holds no word of a group, in any shape: the base and its journals (of PostgreSQL: the
folder of its server), the files, the keys, the mails, the backups, the logs, what is temporary.

Words are planted in everything that may be written in a group (`filled_room.fill`), then typed in its forms as a browser would
(`typing_in`), so that what a request leaves beside its row is looked at too. Told in the open, they are found."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from flask import Flask
from sqlalchemy import Enum, LargeBinary, String, Table, text

from rex.backup import back_up
from rex.db import Base, Database
from rex.keys import Keyring
from rex.keys_backup import back_up_keys
from rex.sealed_words import MARK, SpaceKind, Words, key_name_of, opened, words_of
from tests.house.filled_room import fill
from tests.house.planting import IN_THE_ROOM, Room
from tests.house.raw_bytes import Looker, Sightings, files_of_postgres
from tests.house.test_raw_copy import temporary, tick
from tests.house.test_side_doors import ANYTHING, MEMBERS
from tests.house.typing_in import filled_in, forms_of, send
from tests.making import make_recit

__all__ = ["temporary", "tick"]  # the fixtures that look everywhere, and let everything leave

# Columns of words that nobody types in a group, each with its reason.
NOT_TYPED = {
    "Section.heading": "of the canvas of REX: a group has no other",
    "Entry.byline": "the services of its authors, said by their collectifs",
    "Exchange.signature": "the fonction of who speaks, said by their collectif",
    "Synthese.signature": "the fonction of who closes, said by their collectif",
    "Report.answer": "what an entry taken back from the réseau is told: a group opens to no réseau",
    "Draft.tags": "codes of balises, sealed with the draft",
    "Arbitrage.decided": "of a tension: groups feed none",
    "ArbitrageParty.effort": "of a tension: groups feed none",
    "ArbitrageParty.enjeu": "of a tension: groups feed none",
    "ArbitrageParty.name": "of a tension: groups feed none",
    "OwnIdea.words": "of a collectif",
    **dict.fromkeys(
        (*(f"CounterReading.{name}" for name in ("words", "html", "subject_name", "sealed", "suspended_why")), "Jalon.name"),
        "beside the figures of a collectif: groups are in none",
    ),
    "TensionAct.words": "of a tension: groups feed none",
    "TensionProposal.reasons": "of a tension: groups feed none",
    "TensionTrial.outcome": "of a tension: groups feed none",
    "TensionTrial.words": "of a tension: groups feed none",
    "Outbox.sealed": "mails, with the key of the installation: they are read in test_side_doors",
}
# Columns that hold text and are not sealed, in any row: nobody types them in a group.
OF_THE_HOUSE = {"public_id", "token_hash", "key_hash", "password_hash", "slug", "section_slug", "quote_slug", "timezone"}
IN_CLEAR = {
    "ActionNote.service_name": "said by the collectif of who writes",
    "ArchiveArrival.digest": "a hash of an archive: no archive holds a group",
    "ArchiveArrival.kind": "of what arrives: no archive holds a group",
    "ArchivedPerson.code": "a rank in an archive",
    "ArrivingCollectif.about": "of a collectif",
    "ArrivingCollectif.name": "of a collectif",
    "Attachment.key_name": "the name of a key",
    "Attempt.key": "a hash of an address",
    "Authorship.service_name": "said by the collectif of who writes",
    "Authorship.title": "said by the collectif of who writes",
    "CanvasSection.heading": "of a collectif",
    "CanvasSection.hint": "of a collectif",
    "Collectif.about": "of a collectif: a group says what it is under `called`, `engagement` and `pacte`",
    "Collectif.name": "of a collectif: a group says what it is under `called`, `engagement` and `pacte`",
    "CounterReading.filters": "ids and codes, of a collectif",
    "CounterReading.section": "a word of REX",
    "CounterReading.service_name": "said by a collectif",
    "CounterReading.subject": "ids and codes, of a collectif",
    "Credential.address": "of an account",
    "Device.label": "of an account",
    "DigestItem.balise": "the code of a balise",
    "DigestItem.link": "of an item by hand: nobody edits the letter of a group",
    "DigestItem.mark": "figures and ids",
    "Echo.service_name": "said by the collectif of who writes",
    "IdempotencyKey.key": "made by the form",
    "IdempotencyKey.location": "an address, looked at below",
    "IdempotencyKey.person": "an id",
    "IdempotencyKey.route": "a hash",
    "Invitation.address": "to a collectif",
    "Invitation.name": "to a collectif",
    "Invitation.title": "to a collectif",
    "Lease.holder": "a process",
    "Lease.name": "a chore",
    "Membership.title": "said by a collectif",
    "OneTimeLink.new_address": "of an account",
    "OwnBalise.label": "of a collectif",
    "OwnBalise.question": "of a collectif",
    "OwnBalise.text": "of a collectif",
    "OwnBalise.title": "of a collectif",
    "SearchRow.accents": "of what is told outside groups: test_side_doors_search",
    "SearchRow.exact": "of what is told outside groups: test_side_doors_search",
    "SearchRow.stems": "of what is told outside groups: test_side_doors_search",
    "SearchRow.title": "of what is told outside groups: test_side_doors_search",
    "Service.folded_name": "of a collectif",
    "Service.name": "of a collectif",
    "Tagging.code": "the code of a balise: clear, as `decisions.md` §4 says",
    "TensionAct.before": "ids, of a tension",
    "TensionGrouping.mark": "figures, of a collectif",
    "TensionProposal.strength": "a word of REX",
    "TensionTrial.service_name": "said by a collectif",
    "User.name": "of an account",
}


class InJson(logging.Formatter):
    """A log as machines read it."""

    def format(self, record: logging.LogRecord) -> str:
        said = {"said": record.getMessage(), "from": record.name, "args": repr(record.args), "who": record.threadName}
        return json.dumps(said | ({"trace": self.formatException(record.exc_info)} if record.exc_info else {}))


@pytest.fixture
def logs(app: Flask) -> Iterator[None]:
    """All that is logged, from the lowest level on, written in the data folder as text and as JSON."""
    folder = app.extensions["rex"].config.data_dir / "logs"
    folder.mkdir()
    root, handlers = logging.getLogger(), [logging.FileHandler(folder / name) for name in ("rex.log", "rex.jsonl")]
    handlers[1].setFormatter(InJson())
    before = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    yield
    root.setLevel(before)
    for handler in handlers:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture
def everywhere(app: Flask, database: Database, temporary: Path, logs: None) -> Callable[[str], Sightings]:
    """`everywhere(word)`: every sighting in every file that the application and its database wrote."""
    data_dir = app.extensions["rex"].config.data_dir
    lookers: dict[str, Looker] = {}

    def look(word: str) -> Sightings:
        folders = [data_dir, temporary, *([] if database.is_sqlite else [files_of_postgres(database)])]
        return lookers.setdefault(word, Looker([word])).seen_in(folders)

    return look


def type_everything(app: Flask, visit: Any, room: Room) -> Counter[int]:
    """Every form in which one writes, by each member who finds it; how many were answered with what."""
    answers: Counter[int] = Counter()
    for who in MEMBERS:
        client = visit.as_(who)
        found = [one for one in forms_of(app, client, room, who, IN_THE_ROOM) if one.is_written_in]
        for one in found:
            answer = send(client, one, filled_in(one, room.says))
            assert answer.status_code < 500, one.name
            answers[answer.status_code] += 1
    return answers


def test_a_group_leaves_no_word(app, database, cast, ids, visit, everywhere, tick) -> None:
    """Everything that people may write in one, by actions and by forms: while it works, once mails left, in its copies."""
    config = app.extensions["rex"].config
    room = fill(database, cast)
    assert len(room.planted) > 60
    assert everywhere(room.beginning) == {}, "before the journal of the base is emptied"
    room.ids = ids | ANYTHING | room.ids
    by_actions = len(room.planted)
    answers = type_everything(app, visit, room)
    assert answers[303] > 40, f"the forms of the group take what is typed: {answers}"
    assert len(room.planted) - by_actions > 60
    assert everywhere(room.beginning) == {}, "once its forms were typed in"
    tick()
    copies = config.data_dir / "copies"
    copies.mkdir()
    back_up(database, copies / "base.zip")
    back_up_keys(config, copies / "cles.zip")
    assert everywhere(room.beginning) == {}
    told = make_recit(database, cast.camille, f"Mot {room.word_of('ouvert')}", {"faits": f"{room.word_of('ouvert')}. " * 200})
    with database.engine.connect() as connection:
        held = text("SELECT count(*) FROM entry WHERE title LIKE :said")
        assert connection.execute(held, {"said": f"%{room.beginning}%"}).scalar_one() == 1, told.url
    back_up(database, copies / "encore.zip")
    found = everywhere(room.beginning)
    assert {shape for _, shape in found["copies/encore.zip"]} & {"plain, deflated", "plain, in a zip", "json, in a zip"}
    of_the_base = ("rex.db", "rex.db-wal") if database.is_sqlite else ("base/", "pg_wal/")
    assert [name for name in found if name.startswith(of_the_base)], "told to a journal, a word is found in the files of the base"


def test_every_place_for_words_is_planted(app, database, cast) -> None:
    """Each column that is sealed holds a planted word in a row of the group, under the key of the group: a new column is planted
    in `filled_room.fill`, or said above not to be typed."""
    room = fill(database, cast)
    missing = set()
    with database.engine.connect() as connection:
        for mapper in Base.registry.mappers:
            table = mapper.local_table
            assert isinstance(table, Table)
            for name in sealed_columns(mapper, table):
                rows = connection.execute(text(f'SELECT "{name}" FROM "{table.name}"')).scalars().all()
                if not any(room.said_in(said) for kept in rows if kept and (said := opened_by_hand(database.keyring, room, kept))):
                    missing.add(f"{mapper.class_.__name__}.{name}")
    assert missing == set(NOT_TYPED) & missing, "plant a word in these columns, or say why nobody types them"
    assert set(NOT_TYPED) - missing == set(), "these are planted: they need no reason"


def sealed_columns(mapper: Any, table: Table) -> set[str]:
    words = {mapper.columns[name].name for name in words_of(mapper)} & set(table.columns.keys())
    return words | {column.name for column in table.columns if isinstance(column.type, LargeBinary)}


def opened_by_hand(keyring: Keyring, room: Room, kept: Any) -> str:
    """What a sealed value says, wherever it lies: with the key of the group and of no other space. GCM is CTR and a signature."""
    name = key_name_of(SpaceKind.GROUPE, room.public_id)
    if isinstance(kept, str):
        return opened(kept, database_of(keyring)) if kept.startswith(f"{MARK}{name}|") else ""
    sealed = bytes(kept)
    made = Cipher(AES(keyring.bare(name)), CTR(sealed[1:13] + b"\0\0\0\2")).decryptor().update(sealed[13:-16])
    return made.decode("utf-8", "replace")


class _Dialect:
    def __init__(self, keyring: Keyring) -> None:
        self.rex_keyring = keyring


def database_of(keyring: Keyring) -> Any:
    """What `opened` asks of an engine: the keys alone."""
    return _Dialect(keyring)


def test_what_lies_in_clear_is_said() -> None:
    """A column of text that is not sealed has its reason: of a new one, somebody asks whether a group may hold it."""
    clear = set()
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            is_text = isinstance(column.type, String) and not isinstance(column.type, (Enum, Words))
            if is_text and column.name not in OF_THE_HOUSE and column.name not in {c.name for c in sealed(mapper)}:
                clear.add(f"{mapper.class_.__name__}.{column.name}")
    spaces = {name.replace("Space.", "Collectif.") for name in clear}
    assert spaces == set(IN_CLEAR), "seal it (`Words`), or say why nobody types it in a group"


def sealed(mapper: Any) -> list[Any]:
    return [column for column in mapper.local_table.columns if isinstance(column.type, (Words, LargeBinary))]
