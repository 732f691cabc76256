"""The groups and séances of the demonstration: who is in, what is sealed, what nobody else finds; and out again with their keys."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.entrance import as_readers
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import Credential, Space
from rex.db import Database
from rex.demo import ATELIERS, GROUPS
from rex.demo.clearing import clear_rows
from rex.demo.groupe_dgs import DGS
from rex.demo.groupe_projets import PROJETS
from rex.demo.loader import PASSWORD, load
from rex.demo.loading_versements import rewritten
from rex.demo.shapes_groups import GroupRecitData, ShareData
from rex.journal.difficulty_models import Difficulty
from rex.peer_groups.creating import Charter, create_group
from rex.peer_groups.models import Decision, DecisionKind, Outcome
from rex.seances.models import Seance, Step
from rex.text.traces import Known, traces
from rex.versements.models import Versement
from rex.versements.queries import known_to
from rex.versements.rewriting import faults_of, members_named, undecided
from tests.conftest import Visit
from tests.demo.test_loader import clear_all, find
from tests.demo.test_story import FRENCH_FAULTS, PEOPLE_BY_KEY
from tests.making import reader_of
from tests.reading import ReadingClient

OUTSIDE = ("agent@demo.rex", "animation@demo.rex", "elue@demo.rex", "admin@demo.rex")
SAYS = ("question", "resonance", "apport", "autre-regard")


@pytest.fixture
def demo(database: Database) -> Database:
    clear_all(database)
    assert load(database, quick=True)
    return database


def entered(visit: Visit, address: str) -> ReadingClient:
    client = visit.as_(None)
    assert client.sign_in(address, PASSWORD).status_code == 303
    return client


def page_of(client: ReadingClient, url: str) -> str:
    """The page with plain spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", client.get(url, follow_redirects=True).get_data(as_text=True))


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, tuple):
        for value in data:
            yield from strings(value)
    elif is_dataclass(data):
        for one in fields(data):
            yield from strings(getattr(data, one.name))


def room_of(demo: Database, called: str) -> PeerGroup:
    with demo.system("the group of this name") as session:
        return next(group for group in session.scalars(select(PeerGroup)) if group.called == called)


def test_who_is_in_which() -> None:
    addresses = {group.key: {PEOPLE_BY_KEY[key].email for key in group.members} for group in GROUPS}
    assert len(addresses[DGS.key]) == 7 and "dgs@demo.rex" in addresses[DGS.key]
    assert not addresses[DGS.key] & set(OUTSIDE)
    assert "agent@demo.rex" in addresses[PROJETS.key] and "dgs@demo.rex" not in addresses[PROJETS.key]
    places = {PEOPLE_BY_KEY[key].memberships[0].collectif for key in DGS.members}
    assert len(places) == 2, "its members come from several collectifs"


def test_what_is_said_there_holds_together() -> None:
    for group in GROUPS:
        for told in (*group.shares, *group.recits):
            assert {told.by, *(message.by for message in told.messages)} <= set(group.members)
            assert all(message.posture in SAYS for message in told.messages)
            assert told.when.days_ago < group.began
    assert any(share.is_kept and PEOPLE_BY_KEY[share.by].email == "dgs@demo.rex" for share in DGS.shares)
    coming = next(seance for seance in DGS.seances if seance.weeks >= 0)
    assert len(coming.depots) == 4 and "sylvie_kermarrec" not in {depot.by for depot in coming.depots}


@pytest.mark.parametrize(("fault", "why"), FRENCH_FAULTS)
def test_french_typography(fault: str, why: str) -> None:
    found = [re.search(fault, text) for text in strings((*GROUPS, *(seance for _, seance in ATELIERS))) if "@" not in text]
    assert [match.string for match in found if match] == [], why


def test_a_member_finds_the_room_as_it_was_left(demo: Database, visit: Visit) -> None:
    group, dgs = room_of(demo, DGS.called), entered(visit, "dgs@demo.rex")
    page = page_of(dgs, f"/groupes-de-pairs/{group.public_id}")
    assert "Confidentiel, 7 personnes" in page and "4 dépôts scellés" in page
    assert "promis un poste" in page and "Qu’est-ce que tu protèges" in page and "Mireille Castaing" in page
    assert "la recyclerie perd" not in page.lower(), "a dépôt is sealed until its time"
    home = page_of(dgs, "/c/valombre/")
    assert DGS.called not in home and ATELIERS[0][1].theme in home


def test_a_seance_went_through_its_phases(demo: Database, visit: Visit) -> None:
    group, dgs = room_of(demo, DGS.called), entered(visit, "dgs@demo.rex")
    with demo.system("the séances of the group") as session:
        over, coming = session.scalars(select(Seance).where(Seance.collectif_id == group.id).order_by(Seance.starts_at)).all()
        assert over.step is Step.CLOSE and over.starts_at < clock.now() < coming.starts_at
        assert coming.starts_at - clock.now() > timedelta(days=1) and coming.step is Step.DEPOSER
        url = f"/groupes-de-pairs/{group.public_id}/seances/{over.public_id}"
    page = page_of(dgs, url)
    assert "Ce que nous gardons" in page and "le prix d’une affiche" in page
    assert "la gare" in page


def room_known(demo: Database, group: PeerGroup, address: str) -> Known:
    """The names that the traces of a text are looked for with, for the person of this address."""
    with demo.session(write=True) as session:
        with session.as_system("who reads"):
            user_id = session.scalars(select(Credential.user_id).where(Credential.address == address)).one()
        session.reader = reader = as_readers(session, [user_id])[user_id]
        return known_to(session, reader, group.id)


def test_what_leaves_was_decided_as_the_room_asks(demo: Database) -> None:
    """Each text would pass where people rewrite theirs: nobody named, no trace left, not the words of the room."""
    group = room_of(demo, DGS.called)
    known = room_known(demo, group, "dgs@demo.rex")
    sources = {one.key: one for one in (*DGS.shares, *DGS.recits) if one.key}
    for one in DGS.versements:
        said, source = rewritten(one, "here"), sources[one.source]
        words = source.words if isinstance(source, ShareData) else "\n\n".join(source.sections.values())
        title = source.title if isinstance(source, GroupRecitData) else ""
        assert source.by == one.by and one.when.days_ago < source.when.days_ago
        assert undecided(said, known) == [] and members_named(said, known.people) == []
        assert faults_of(said, title, words) == []
        found = {trace.words for trace in traces(f"{words}\n{said.text}", known)}
        assert {made.words for made in said.decided} <= found


def test_a_text_left_without_a_trace_and_another_waits(demo: Database, visit: Visit) -> None:
    group, dgs, agent = room_of(demo, DGS.called), entered(visit, "dgs@demo.rex"), entered(visit, "agent@demo.rex")
    left, waiting = DGS.versements
    with demo.system("what appeared") as session:
        entry = next(one for one in session.scalars(select(Difficulty)) if one.words == left.text)
        rows = session.scalars(select(Versement).where(Versement.group_id == group.id).order_by(Versement.id)).all()
        assert [row.is_told for row in rows] == [True, False]
        asked = {row.id: row for row in session.scalars(select(Decision).where(Decision.kind == DecisionKind.VERSEMENT))}
        ended = asked[rows[0].decision_id or 0]
        assert ended.outcome is Outcome.ACCEPTED and ended.ended_at and entry.published_at
        assert entry.published_at != ended.ended_at and entry.published_at < clock.now() - timedelta(days=60)
        assert asked[rows[1].decision_id or 0].outcome is None and asked[rows[1].decision_id or 0].closes_at > clock.now()
    page = page_of(agent, f"/difficultes/{entry.public_id}")
    assert "mon agenda était plein" in page and "Sylvie Kermarrec" in page
    assert "groupe" not in page.partition("<main")[2].partition("</main")[0]
    keys = (group.public_id, *(row.public_id for row in rows), *(one.public_id for one in asked.values()))
    assert not [key for key in keys if key in page]
    room = page_of(dgs, f"/groupes-de-pairs/{group.public_id}")
    assert "Laisser sortir un texte" in room.split("Votre réponse est attendue")[1][:1500]
    shown = page_of(dgs, f"/groupes-de-pairs/{group.public_id}/versements/{rows[1].public_id}")
    assert waiting.title in shown and "gardé : c’est ce que cette autre version a coûté" in shown
    listed = page_of(dgs, f"/groupes-de-pairs/{group.public_id}/versements")
    assert "vous, sorti" in listed and "Bruno Casals, les membres sont consultés" in listed


def test_nobody_else_finds_it(demo: Database, visit: Visit) -> None:
    group = room_of(demo, DGS.called)
    for address in OUTSIDE:
        client = entered(visit, address)
        assert client.get(f"/groupes-de-pairs/{group.public_id}").status_code == 404
        assert DGS.called not in page_of(client, "/groupes-de-pairs")


def test_goes_with_its_keys_and_those_opened_while_trying(demo: Database) -> None:
    with demo.session(write=True) as session:
        with session.as_system("who tries"):
            person = find(session, "sylvie_kermarrec")
        session.reader = reader = reader_of(session, person)
        tried = create_group(session, reader, Charter("Un essai", "Essayer", "Rien."))
        session.commit()
        named, seen = tried.key_name, tried.id
    with demo.system("what is there", write=True) as session:
        keys = [space.key_name for space in session.scalars(select(Space))]
        assert seen in set(session.scalars(select(PeerGroup.id))) and all(demo.keyring.has(key) for key in keys)
        assert set(clear_rows(session)) == set(keys) and named in keys
        for table in (Space, PeerGroup, GroupMember, Seance, Credential):
            assert session.scalars(select(table)).first() is None
