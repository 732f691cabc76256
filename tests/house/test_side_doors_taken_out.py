"""No side door in what leaves: nothing of a group is in an action that is taken out, a selection, a sheet or a feed, even of those
who are in it, even when they ask for its texts by their ids."""

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.documents.several_formats import SEVERAL
from rex.journal.models import Action, Entry
from tests.cast import Cast
from tests.feeds.following import make_feed
from tests.house.filled_room import fill
from tests.house.planting import Room
from tests.house.test_side_doors import MEMBERS, entering, said_by
from tests.making import make_recit

FORMATS = [*(ending for ending in SEVERAL if ending != "pdf"), "csv", "imprimer"]


@pytest.fixture
def room(database: Database, cast: Cast) -> Room:
    return fill(database, cast)


def ids_of(database: Database, model: type[Entry] | type[Action], room: Room) -> list[str]:
    with database.system("what the group holds") as session:
        return list(session.scalars(select(model.public_id).where(model.collectif_id == room.id)))


def test_members_take_nothing_of_it_out(database, cast, visit, room):
    told = make_recit(database, cast.paul, "Dit à tous", {"faits": "Des mots ouverts."})
    entries, actions = ids_of(database, Entry, room), ids_of(database, Action, room)
    assert len(entries) > 10 and len(actions) > 3
    for who in (*MEMBERS, "paul", "ana"):
        client = entering(visit, cast, who)
        client.proof_reads = False
        answers = [client.get("/c/valombre/exporter")]
        for ending in FORMATS:
            asked = {"recit": [told.public_id, *entries], "format": ending}
            answers.append(client.get("/c/valombre/exporter/fichier", query_string=asked))
            assert answers[-1].status_code == 200
            answers += [client.get(f"/actions/{action}/exporter/{ending}") for action in actions]
        answers += [client.get(f"/actions/{action}/exporter") for action in actions]
        said = "\n".join(map(said_by, answers))
        assert room.said_in(said) == set(), who
        assert "Dit à tous" in said and room.public_id not in said.replace(f"/groupes-de-pairs/{room.public_id}", ""), who


def test_a_feed_says_nothing_of_it(database, cast, visit, room):
    told = make_recit(database, cast.paul, "Dit à tous", {"faits": "Des mots ouverts."})
    entries = ids_of(database, Entry, room)
    for who in (*MEMBERS, "paul", "ana"):
        answer = visit.as_(None).get(make_feed(database, cast.people[who]))
        said = said_by(answer)
        assert answer.status_code == 200 and told.public_id in said
        assert room.said_in(said) == set() and room.public_id not in said, who
        assert [entry for entry in entries if entry in said] == [], who
