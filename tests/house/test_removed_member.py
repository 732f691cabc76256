"""Who was removed from a group loses everything at the very next request: its pages and its files, their drafts there, the forms
that stood open on their screen, the mails that waited for them. Every address is walked, every form of every page is sent."""

import email
from datetime import UTC, datetime
from email import policy

from flask import Flask
from sqlalchemy import select

from rex import mail
from rex.collectifs.group_models import PeerGroup
from rex.db import Database
from rex.notices import composing
from rex.peer_groups import mails as group_mails
from rex.peer_groups.settling import leave_now
from rex.seances import mails as seance_mails
from tests.cast import Cast, Person
from tests.house.addresses import rules_of
from tests.house.filled_room import fill
from tests.house.planting import IN_THE_ROOM, Room, addresses
from tests.house.raw_bytes import rows_as_they_lie
from tests.house.test_side_doors import ANYTHING, entering, said_by, walk
from tests.house.typing_in import filled_in, forms_of, send
from tests.making import make_exchange, make_recit

A_MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)  # at an hour at which people are written to
NOTHING = (404, 405)  # 405: the page has a form that its script alone sends elsewhere
ABOUT_GROUPS = "de vos groupes"


def filled(database: Database, cast: Cast, ids: dict[str, str]) -> Room:
    """The room, with a draft of Noor's beside all that she told there."""
    room = fill(database, cast)
    room.ids = ids | ANYTHING | room.ids
    room.others["recit_id"].append(room.recit(cast.noor, "brouillon de Noor", audience=None).public_id)
    return room


def remove(room: Room, person: Person) -> None:
    """As when all have said yes to it."""
    with room.database.system("a member is removed", write=True) as session:
        leave_now(session, session.scalars(select(PeerGroup).where(PeerGroup.id == room.id)).one(), person.id)


def addresses_of_the_group(app: Flask, room: Room) -> list[str]:
    """« GET » and each address that names something of the group, as `walk` says them."""
    rules = [rule for rule in rules_of(app) if "GET" in (rule.methods or ()) and rule.arguments & IN_THE_ROOM]
    return [f"GET {path}" for rule in rules for path in addresses(app, rule, room)]


def answered(said: str) -> int:
    """The status that an answer begins with."""
    return int(said.split(maxsplit=1)[0])


def test_every_address_is_lost_at_the_next_request(app, database, cast, visit, ids, caplog):
    room = filled(database, cast, ids)
    noor = entering(visit, cast, "noor")
    noor.proof_reads = False
    before: dict[str, int] = {}
    words: set[str] = set()
    for where, said in walk(app, noor, room, ("GET",)):
        before[where] = answered(said)
        words |= room.said_in(said)
    of_the_group = set(addresses_of_the_group(app, room))
    opened = [where for where in of_the_group if before[where] == 200]
    assert len(opened) > 60 and len(words) > 50 and "brouillon de Noor: titre" in words
    remove(room, cast.noor)
    caplog.clear()
    after: dict[str, int] = {}
    seen: dict[str, set[str]] = {}
    for where, said in walk(app, noor, room, ("GET", "POST", "PUT")):
        after[where] = answered(said)
        if found := room.said_in(said):
            seen[where] = found
    still = {where: after[where] for where in of_the_group if after[where] != 404 and before[where] != 404}
    assert still == {}
    assert seen == {} and room.said_in(caplog.text) == set()
    with database.engine.connect() as connection:
        ids_held = connection.exec_driver_sql("SELECT public_id FROM entry").scalars().all()
    assert room.others["recit_id"][-1] not in ids_held, "her draft in the group is erased"


def test_a_form_that_stood_open_does_nothing(app, database, cast, visit, ids):
    """All that Noor could have sent a moment before, filled in, with the keys of its own page."""
    room = filled(database, cast, ids)
    noor = entering(visit, cast, "noor")
    found = list(forms_of(app, noor, room, "noor", IN_THE_ROOM))
    of_the_room = [one for one in found if any(value in one.path for value in values_of(room))]
    assert len(of_the_room) > 40
    remove(room, cast.noor)
    before = dict(rows_as_they_lie(database))
    answers = {one.name: send(noor, one, filled_in(one, room.says)) for one in of_the_room}
    told = {name: answer.status_code for name, answer in answers.items() if answer.status_code not in NOTHING}
    assert told == {}
    assert {name for name, answer in answers.items() if room.said_in(said_by(answer))} == set()
    after = dict(rows_as_they_lie(database))
    assert [name for name in after if name != "device" and after[name] != before[name]] == []


def values_of(room: Room) -> set[str]:
    """The public ids of what the group holds."""
    own = {value for name, value in room.ids.items() if name in IN_THE_ROOM}
    return own | {value for name, values in room.others.items() if name in IN_THE_ROOM for value in values}


def test_a_form_that_names_the_group_in_its_fields_does_nothing(database, cast, visit, ids):
    """« Écrire » posts the id of the group to an address that everybody has."""
    room = filled(database, cast, ids)
    noor = visit.as_("noor")
    remove(room, cast.noor)
    before = dict(rows_as_they_lie(database))["entry"]
    for path in ("/recits/nouveau", "/difficultes/nouvelle", "/merci"):
        answer = noor.send(path, {"groupe": room.public_id, "mots": "Un mot pour le groupe.", "texte": "Un mot pour le groupe."})
        assert answer.status_code in (404, 422), path
    assert dict(rows_as_they_lie(database))["entry"] == before


def test_mails_that_waited_do_not_leave(app, database, cast, ids, time_machine):
    """Written on Monday morning, and the removal comes before they leave."""
    time_machine.move_to(A_MONDAY)
    room = filled(database, cast, ids)
    told = make_recit(database, cast.dora, "Encore un", group=room.id)
    make_exchange(database, cast.camille, told.public_id, "Encore une réponse")
    config = app.extensions["rex"].config
    composing.compose_due(database, config)
    group_mails.tick(database, config)
    seance_mails.remind_due(database, config)
    remove(room, cast.noor)
    mail.send_waiting(database, config)
    told_to = {to for to, said in sent(app) if ABOUT_GROUPS in said}
    assert cast.noor.address not in told_to and {cast.dora.address, cast.camille.address} & told_to
    composing.compose_due(database, config)
    group_mails.tick(database, config)
    mail.send_waiting(database, config)
    assert cast.noor.address not in {to for to, said in sent(app) if ABOUT_GROUPS in said}


def sent(app: Flask) -> list[tuple[str, str]]:
    """(to whom, subject and words) of each mail that left."""
    found = []
    for path in sorted(app.extensions["rex"].config.mails_dir.rglob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        words = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        found.append((str(message["To"]), "\n".join([str(message["Subject"]), *words])))
    return found
