"""Somebody to whom a filled room is open: they read what is told there, they change nothing, and the rest is not there for them."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from rex import clock
from rex.collectifs.group_models import GroupOpening
from rex.db import Database
from rex.documents.formats import FORMATS
from rex.peer_groups.models import JoinRequest
from rex.seances.models import Seance, Step
from tests.cast import Cast
from tests.house.addresses import rules_of
from tests.house.filled_room import fill
from tests.house.planting import IN_THE_ROOM, Room, addresses
from tests.house.test_side_doors import ANYTHING, MEMBERS, entering, said_by, walk
from tests.making import contents, make_group, make_recit
from tests.peer_groups.groups import make_opening

# What all the members read, and who only reads does not: what they decide, what leaves, how they meet.
OF_THE_MEMBERS = re.compile(r"décision|ouverture|versement(?!.*source)|séance(?!: compte rendu)")
TOLD = {
    "groupe: nom", "groupe: engagement", "groupe: pacte", "récit: titre", "récit: corrigé", "autre récit: faits", "message",
    "réponse", "écho", "difficulté", "difficulté: effet", "merci", "note", "relecture", "synthèse",
    "séance: compte rendu",
}  # fmt: skip
TO_GO = "/groupes-de-pairs/<public_id:group_id>/lecture"  # the one thing that they may do


@pytest.fixture
def room(database: Database, cast: Cast, ids: dict[str, str]) -> Room:
    """The room of the house, all of it open to Jeanne, who was only invited to it."""
    filled = fill(database, cast)
    filled.ids = ids | ANYTHING | filled.ids
    make_opening(database, filled.id, cast.jeanne, shows_past=True)
    with database.system("she is not awaited as a member; the séance is closed", write=True) as session:
        session.execute(delete(JoinRequest))
        met = update(Seance).where(Seance.public_id == filled.ids["group_seance_id"])
        session.execute(met.values(step=Step.CLOSE))
    return filled


def visited(visit: Any, cast: Cast) -> Any:
    client = entering(visit, cast, "jeanne")
    client.proof_reads = False
    return client


def test_a_visitor_reads_what_is_told_and_nothing_else(app: Flask, cast: Cast, visit: Any, room: Room) -> None:
    seen = _found(app, visited(visit, cast), room)
    by_all = set.intersection(*(set(_found(app, entering(visit, cast, who), room)) for who in MEMBERS))
    assert {name: where for name, where in seen.items() if name not in by_all or OF_THE_MEMBERS.match(name)} == {}
    assert TOLD - set(seen) == set()


def _found(app: Flask, client: Any, room: Room) -> dict[str, str]:
    """The words that somebody finds, and where."""
    seen: dict[str, str] = {}
    for where, said in walk(app, client, room, ("GET",)):
        seen |= dict.fromkeys(room.said_in(said), where)
    return seen


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    found = contents(database)
    return {table: rows for table, rows in found.items() if table not in ("device", "idempotency", "attempt")}


def test_a_visitor_changes_nothing(app: Flask, database: Database, cast: Cast, visit: Any, room: Room) -> None:
    """Every address that writes, with what the room holds, and with what its forms would send."""
    client = visited(visit, cast)
    token = client.csrf()
    before = everything(database)
    words = {"csrf_token": token, "reponse": "oui", "texte": "Mot", "mots": "Mot", "posture": "question", "audience": "groupe",
             "groupe": room.public_id, "message": room.ids["exchange_id"], "version": "1", "titre": "Mot", "why": "Mot",
             "raison": "Mot", "motif": "Mot", "kind": "note"}  # fmt: skip
    seen = set()
    for rule in rules_of(app):
        if not rule.arguments & IN_THE_ROOM or rule.rule == TO_GO:
            continue
        for method in sorted({"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())):
            for path in addresses(app, rule, room):
                by_script = {"json": {"text": "x", "base": 0}, "headers": {"X-CSRFToken": token}}
                sent = {"data": words} if method == "POST" else by_script
                if _is_elsewhere(path, room):
                    continue
                answer = client.open(path, method=method, **sent)
                assert answer.status_code in (403, 404, 405), f"{method} {path} → {answer.status}"
                seen.add(method)
    after = everything(database)
    assert [table for table in after if after[table] != before[table]] == []
    assert "POST" in seen and "PUT" in seen


def _is_elsewhere(path: str, room: Room) -> bool:
    """Whether an address names nothing of the room (the same variables name things of Valombre too)."""
    ids = {room.public_id, *(one for name in IN_THE_ROOM for one in (room.ids.get(name, ""), *room.others.get(name, [])))}
    return not any(one and one in path for one in ids)


def test_a_visit_is_not_a_place_to_write_from(database: Database, cast: Cast, visit: Any, room: Room) -> None:
    client = visited(visit, cast)
    before = everything(database)
    for path in ("/recits/nouveau", "/difficultes/nouvelle", "/merci"):
        words = {"mots": "Mot", "name": "Dora Lenoir", "words": "Mot", "action": room.ids["action_id"]}
        answer = client.send(path, {"groupe": room.public_id, **words})
        assert answer.status_code in (404, 422), path
    answer = client.send(f"/groupes-de-pairs/{room.public_id}/partager", {"mots": "Un mot"})
    assert answer.status_code == 404
    assert everything(database) == before


def test_who_left_and_visits_finds_no_draft_of_theirs(database: Database, cast: Cast, visit: Any, room: Room) -> None:
    """Bruno was removed; opened to him, the group shows what is told, and not his drafts."""
    make_opening(database, room.id, cast.bruno, shows_past=True)
    client = entering(visit, cast, "bruno")
    client.proof_reads = False
    said = "".join(client.get(path).get_data(as_text=True) for path in _papers(room))
    assert room.said_in(said) & {"brouillon de qui part: titre", "brouillon de qui part: faits"} == set()
    told = client.get(f"/recits/{room.ids['recit_id']}")
    assert told.status_code == 200 and client.get(f"/recits/{room.ids['recit_id']}/modifier").status_code == 404
    assert _exported(client, room) == {403, 404}, "nor takes away what they wrote there: the members alone do"


def test_a_visitor_takes_nothing_away(cast: Cast, visit: Any, room: Room) -> None:
    client = visited(visit, cast)
    assert _exported(client, room) == {403, 404}
    page = client.get(f"/recits/{room.ids['recit_id']}")
    assert page.status_code == 200 and "/exporter" not in page.get_data(as_text=True), "no button leads to a refusal"


def _exported(client: Any, room: Room) -> set[int]:
    """What is answered to who asks for each récit as a file, in whatever format."""
    asked = [f"/recits/{one}/exporter{tail}" for one in _recits(room) for tail in ("", *(f"/{ending}" for ending in FORMATS))]
    answers = [client.get(path) for path in asked]
    assert room.said_in("".join(map(said_by, answers))) == set()
    return {answer.status_code for answer in answers}


def _recits(room: Room) -> list[str]:
    return [room.ids["recit_id"], *room.others["recit_id"]]


def _papers(room: Room) -> list[str]:
    group = f"/groupes-de-pairs/{room.public_id}"
    return ["/mes-recits", group, f"{group}/fil", f"{group}/mes-textes", "/ce-qui-vous-attend"] + [
        f"/recits/{one}{tail}" for one in room.others["recit_id"] for tail in ("", "/modifier", "/versions")
    ]


def test_no_other_group_opens_with_it(database: Database, cast: Cast, visit: Any) -> None:
    here, there = make_group(database, cast.dora), make_group(database, cast.dora)
    other = make_recit(database, cast.dora, "Ailleurs", group=there.id)
    make_opening(database, here.id, cast.jeanne, shows_past=True)
    client = visit.as_("jeanne")
    assert client.get(here.url).status_code == 200
    assert client.get(there.url).status_code == client.get(f"/recits/{other.public_id}").status_code == 404


def test_a_closed_account_or_one_without_collectif_reads_nothing(database: Database, cast: Cast, visit: Any) -> None:
    group = make_group(database, cast.dora)
    recit = make_recit(database, cast.dora, "Dit ici", group=group.id)
    for who in ("gael", "clara", "admin"):
        make_opening(database, group.id, cast.people[who], shows_past=True)
        client = entering(visit, cast, who)
        client.proof_reads = False
        assert "Dit ici" not in client.get(group.url).get_data(as_text=True)
        assert "Dit ici" not in client.get(f"/recits/{recit.public_id}").get_data(as_text=True)
    with database.system("they are written, and count for nobody") as session:
        assert len(session.scalars(select(GroupOpening.id).where(GroupOpening.ends_at > clock.now())).all()) == 3
    assert "Confidentiel, 1 personne" in visit.as_("dora").get(group.url).get_data(as_text=True).replace("\xa0", " ")
