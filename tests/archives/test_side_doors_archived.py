"""No side door in an archive: nothing of a group, nothing that members do not read, whoever asks for it."""

import pytest
from sqlalchemy import select

from rex.archives import slices
from rex.archives.cli import put_out
from rex.archives.shape import KINDS
from rex.collectifs.models import Membership, Role
from rex.journal.models import Entry
from rex.journal.publishing import withdraw
from tests.archives.travelling import lines_of, take_out, whole
from tests.house.filled_room import fill
from tests.house.test_side_doors import MEMBERS
from tests.making import (
    make_exchange,
    make_file,
    make_recit,
    make_recognition,
    make_report,
    reader_of,
)
from tests.peer_groups.groups import tick

HIDDEN = "Quetzalmane"


def test_nothing_of_a_group_is_in_it(database, cast, app, visit, tmp_path):
    """From the command line, and as members of the group who look after the journal."""
    room = fill(database, cast)
    make_recit(database, cast.paul, "Dit à tous")
    with database.system("members of the group animate", write=True) as session:
        people = [cast.people[who].id for who in MEMBERS]
        for seat in session.scalars(select(Membership).where(Membership.user_id.in_(people))):
            seat.role = Role.ANIMATEUR
        inside = session.scalars(select(Entry.public_id).where(Entry.collectif_id == room.id)).all()
    said = [whole(take_out(database, "valombre", tmp_path / "host.zip", addresses=True))]
    for who in MEMBERS:
        client = visit.as_(who)
        client.send("/c/valombre/archive")
        tick(app)
        client.proof_reads = False
        (tmp_path / f"{who}.zip").write_bytes(client.get("/c/valombre/archive/fichier").data)
        said.append(whole(tmp_path / f"{who}.zip"))
    for words in said:
        assert "Dit à tous" in words
        assert room.said_in(words) == set() and room.public_id not in words
        assert [entry for entry in inside if entry in words] == []


@pytest.fixture
def hidden(database, cast, visit):
    """Words in everything of a collectif that its members do not read."""
    make_recit(database, cast.camille, f"Brouillon {HIDDEN}", audience=None)
    make_recit(database, cast.camille, f"Retiré {HIDDEN}", {"faits": HIDDEN}, withdrawn=True)
    told = make_recit(database, cast.camille, "Le marché déplacé")
    make_recognition(database, cast.camille, cast.dora, f"Merci {HIDDEN}")
    make_report(database, cast.dora, told.public_id, f"Signalé {HIDDEN}")
    make_file(database, cast.camille, told)  # shown by none of its sections
    suspended = make_recit(database, cast.bruno, f"Suspendu {HIDDEN}", {"faits": HIDDEN})
    make_recit(database, cast.ines, f"De l’Orbe {HIDDEN}", {"faits": HIDDEN})
    report = make_report(database, cast.dora, suspended.public_id)
    answer = visit.as_("ana").send(f"/c/valombre/signalements/{report}/suspension", {"raison": f"Parce que {HIDDEN}"})
    assert answer.status_code == 303
    return told


def test_nothing_that_members_do_not_read_is_in_it(database, cast, hidden, tmp_path):
    path = take_out(database, "valombre", tmp_path / "host.zip", addresses=True)
    assert HIDDEN not in whole(path)
    lines = lines_of(path)
    assert [line["titre"] for line in lines["recits"]] == ["Le marché déplacé"]
    assert [kind for kind in KINDS if lines[kind] and kind not in ("collectif", "services", "personnes", "actions", "recits")] == []
    assert [line["titre"] for line in lines["actions"]] == ["Le marché déplacé"]


def test_of_a_message_taken_back_its_place_alone(database, cast, hidden, visit, tmp_path):
    asked = make_exchange(database, cast.dora, hidden.public_id, f"Une question {HIDDEN} ?")
    make_exchange(database, cast.bruno, hidden.public_id, "Une réponse.", parent=asked)
    alone = make_exchange(database, cast.dora, hidden.public_id, f"Seul {HIDDEN}.")
    for exchange in (asked, alone):
        assert visit.as_("dora").send(f"/echanges/{exchange}/retirer").status_code == 303
    path = take_out(database, "valombre", tmp_path / "host.zip")
    assert HIDDEN not in whole(path)
    place, answer = lines_of(path)["echanges"]
    assert place["id"] == asked and place["retire"] and place["auteur"] is None and answer["reponse_a"] == asked


def test_addresses_leave_when_the_host_asks_alone(database, cast, hidden, tmp_path):
    assert cast.camille.address not in whole(take_out(database, "valombre", tmp_path / "without.zip"))
    said = whole(take_out(database, "valombre", tmp_path / "with.zip", addresses=True))
    assert cast.camille.address in said
    assert cast.gael.address not in said and cast.clara.address not in said and cast.ines.address not in said


def test_withdrawn_between_two_slices_it_is_not_read(database, cast, hidden, tmp_path, monkeypatch):
    last = make_recit(database, cast.camille, f"Bientôt retiré {HIDDEN}", {"faits": HIDDEN})
    monkeypatch.setattr(slices, "AT_ONCE", 1)

    def meanwhile(done: int, _total: int) -> None:
        if done == 1:
            with database.session(write=True) as session:
                session.reader = who = reader_of(session, cast.camille)
                with session.as_system("the récit that goes"):
                    recit = session.get_one(Entry, last.id)
                withdraw(session, who, recit)
                session.commit()

    put_out(database, "valombre", tmp_path / "out.zip", "", meanwhile)
    assert HIDDEN not in whole(tmp_path / "out.zip")
