"""No side door in what leaves: nothing of a group is in an action that is taken out, a selection, a sheet or a feed, even of those
who are in it or to whom it is open, even when they ask for its texts by their ids. A récit of it leaves with who signs it."""

import pytest
from sqlalchemy import delete, select

from rex.collectifs.models import Credential
from rex.db import Database
from rex.documents.cli import put_out
from rex.documents.formats import FORMATS
from rex.documents.several_formats import SEVERAL
from rex.journal.models import Action, Authorship, Entry, Recit
from rex.peer_groups.models import JoinRequest
from rex.refusals import Refused
from tests.cast import Cast
from tests.feeds.following import make_feed
from tests.house.filled_room import fill
from tests.house.planting import Room
from tests.house.test_side_doors import MEMBERS, entering, said_by
from tests.making import make_recit
from tests.peer_groups.groups import make_opening

TOGETHER = [*(ending for ending in SEVERAL if ending != "pdf"), "csv", "imprimer"]
ALONE = [*(ending for ending in FORMATS if ending != "pdf"), "imprimer"]
VISITOR = "jeanne"


@pytest.fixture
def room(database: Database, cast: Cast) -> Room:
    """The room of the house, all that was ever told in it open to Jeanne."""
    filled = fill(database, cast)
    make_opening(database, filled.id, cast.jeanne, shows_past=True)
    with database.system("she reads there, and is not awaited as a member", write=True) as session:
        session.execute(delete(JoinRequest))
    return filled


def ids_of(database: Database, model: type[Entry] | type[Action], room: Room) -> list[str]:
    with database.system("what the group holds") as session:
        return list(session.scalars(select(model.public_id).where(model.collectif_id == room.id)))


def test_members_take_nothing_of_it_out(database, cast, visit, room):
    told = make_recit(database, cast.paul, "Dit à tous", {"faits": "Des mots ouverts."})
    entries, actions = ids_of(database, Entry, room), ids_of(database, Action, room)
    assert len(entries) > 10 and len(actions) > 3
    for who in (*MEMBERS, VISITOR, "paul", "ana"):
        client = entering(visit, cast, who)
        client.proof_reads = False
        answers = [client.get("/c/valombre/exporter")]
        for ending in TOGETHER:
            asked = {"recit": [told.public_id, *entries], "format": ending}
            answers.append(client.get("/c/valombre/exporter/fichier", query_string=asked))
            assert answers[-1].status_code == 200
            answers += [client.get(f"/actions/{action}/exporter/{ending}") for action in actions]
        answers += [client.get(f"/actions/{action}/exporter") for action in actions]
        said = "\n".join(map(said_by, answers))
        assert room.said_in(said) == set(), who
        assert "Dit à tous" in said and room.public_id not in said.replace(f"/groupes-de-pairs/{room.public_id}", ""), who


def signed(database: Database, room: Room) -> dict[str, set[int | None]]:
    """The récits of the room, told and not, and who signs each."""
    found: dict[str, set[int | None]] = {}
    with database.system("who signs what in the group") as session:
        names = select(Recit.public_id, Authorship.user_id).join(Authorship, Authorship.entry_id == Recit.id)
        for recit_id, user_id in session.execute(names.where(Recit.collectif_id == room.id)):
            found.setdefault(recit_id, set()).add(user_id)
    return found


def test_a_recit_leaves_with_who_signs_it_and_nobody_else(database, cast, visit, room, tmp_path):
    by = signed(database, room)
    read, taken = set(), set()
    for who in (*MEMBERS, VISITOR, "bruno", "paul", "ana"):
        client = entering(visit, cast, who)
        client.proof_reads = False
        for recit_id, signers in by.items():
            read |= {who} if client.get(f"/recits/{recit_id}").status_code == 200 else set()
            answers = [client.get(f"/recits/{recit_id}/exporter{tail}") for tail in ("", *(f"/{ending}" for ending in ALONE))]
            if who in MEMBERS and cast.people[who].id in signers:
                taken |= {who} if answers[-1].status_code == 200 else set()
                assert all("Confidentiel" in said_by(one) for one in answers if one.status_code == 200)
                continue
            assert {one.status_code for one in answers} <= {403, 404}, (who, recit_id)
            assert room.said_in("".join(map(said_by, answers))) == set(), who
            with pytest.raises(Refused):
                put_out(database, recit_id, _address(database, cast, who), "md", tmp_path / "a.md", "https://rex.example")
    assert read == {*MEMBERS, VISITOR} and len(taken) > 1, "there was something to take"


def _address(database: Database, cast: Cast, who: str) -> str:
    with database.system("the address of an account") as session:
        return session.scalars(select(Credential.address).where(Credential.user_id == cast.people[who].id)).one()


def test_a_feed_says_nothing_of_it(database, cast, visit, room):
    told = make_recit(database, cast.paul, "Dit à tous", {"faits": "Des mots ouverts."})
    entries = ids_of(database, Entry, room)
    for who in (*MEMBERS, VISITOR, "paul", "ana"):
        answer = visit.as_(None).get(make_feed(database, cast.people[who]))
        said = said_by(answer)
        assert answer.status_code == 200 and told.public_id in said
        assert room.said_in(said) == set() and room.public_id not in said, who
        assert [entry for entry in entries if entry in said] == [], who
