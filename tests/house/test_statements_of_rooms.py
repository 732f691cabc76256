"""What the pages of a peer group ask of the base: as many statements with thirty entries, threads, dépôts and members as with two
of each; an empty room asks no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from rex import clock
from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import Collectif, College, Membership, User
from rex.db import new_public_id
from rex.exchanges.models import Posture
from rex.journal import difficulties
from rex.journal.difficulty_sealing import Written
from rex.journal.models import Audience
from rex.journal.recognitions import Recipient, thank
from rex.peer_groups.creating import seat
from rex.seances.models import Choice, Contribution, Depot, Step, Takeaway
from rex.seances.queries import bound
from tests.cast import Cast, Person
from tests.making import MadeGroup, make_exchange, make_group, make_recit, reader_of
from tests.seances.meeting import MadeSeance, at_step, make_seance

MOST = {
    "the room": 20, "the thread": 6, "a récit": 8, "a difficulty": 8, "an action": 13, "where a séance is": 2, "a search": 26,
}  # the others: 20; fmt: skip
PHASES = (Step.DEPOSER, Step.CHOISIR, Step.QUESTIONS, Step.GARDER, Step.CLOSE)


@dataclass
class Filled:
    """A room and what one opens in it."""

    group: MadeGroup
    people: list[Person]
    difficulty: str = ""
    recit: str = ""
    action: str = ""
    meetings: tuple[tuple[Step, MadeSeance], ...] = ()

    def pages(self) -> Iterator[tuple[str, str]]:
        here = self.group.url
        for name, tail in (
            ("the room", ""), ("the thread", "/fil"), ("its récits", "/fil?genre=recit"), ("a search", "/recherche?q=sommes"),
            ("members", "/membres"), ("the pacte", "/pacte"), ("séances", "/seances"), ("what leaves", "/versements"),
            ("questions", "/sans-reponse"), ("settings", "/reglages"), ("to end", "/dissoudre"),
        ):  # fmt: skip
            yield name, here + tail
        yield "my groups", "/groupes-de-pairs/tous"
        if not self.recit:
            return
        yield "a récit", self.recit
        yield "a difficulty", self.difficulty
        yield "an action", self.action
        for step, meeting in self.meetings:
            yield f"a séance at {step}", meeting.url
        yield "where a séance is", f"{self.meetings[0][1].url}/etat"
        yield "how it was chosen", f"{self.meetings[-1][1].url}/choisir"
        yield "what was said", f"{self.meetings[-1][1].url}/explorer"


def fill(database, cast: Cast, number: int, members: int) -> Filled:
    """`number` of everything, said by as many people as there are."""
    group = make_group(database, cast.dora)
    room = Filled(group, [cast.dora, *invent(database, cast, group, members - 1)])
    for rank in range(number):
        who = room.people[rank % len(room.people)]
        with database.session(write=True) as session:
            session.reader = reader = reader_of(session, who)
            place = reader.seat(group.id)
            assert place is not None
            me = room.people[0]
            told = difficulties.share(session, reader, place, Audience.GROUPE, Written(f"Nous en sommes au jour {rank}."))
            room.difficulty = f"/difficultes/{told.public_id}"
            if who is me:
                difficulties.keep_for_oneself(session, reader, place, Written(f"Pour moi, {rank}."))
            else:
                thank(session, reader, place, Recipient(me.name, user_id=me.id), f"Vous étiez là, {rank}.")
            session.commit()
        me, other = room.people[0], room.people[-1]
        made = make_recit(database, who, f"Récit {rank}", action=room.action.rpartition("/")[2] or None, group=group.id)
        room.recit, room.action = made.url, f"/actions/{made.action_public_id}"
        make_recit(database, me, f"Brouillon {rank}", audience=None, group=group.id)
    for rank in range(number):
        for entry in (room.recit, room.difficulty):
            said = make_exchange(database, me, entry.rpartition("/")[2], f"Une question, {rank} ?")
            make_exchange(database, other, entry.rpartition("/")[2], "Une réponse.", Posture.APPORT, said)
    room.meetings = tuple((step, meet(database, room, number, step)) for step in PHASES)
    return room


def invent(database, cast: Cast, group: MadeGroup, number: int) -> list[Person]:
    """So many more members."""
    with database.system("more members", write=True) as session:
        place = session.get_one(Collectif, cast.valombre_id)
        people = [User(name=f"Membre {rank}") for rank in range(number)]
        session.add_all(people)
        session.flush()
        session.add_all(Membership(user_id=one.id, collectif_id=place.id, college=College.SERVICE) for one in people)
        for one in people:
            seat(session, session.get_one(PeerGroup, group.id), one.id)
        return [Person(one.id, one.public_id, one.name, "") for one in people]


def meet(database, room: Filled, number: int, step: Step) -> MadeSeance:
    """A séance at that step, where so many brought, preferred, said and noted something."""
    made = make_seance(database, room.people[0], room.group.public_id, starts_in=timedelta(hours=2))
    with database.system("what people did in a séance", write=True) as session:
        key = session.get_one(PeerGroup, room.group.id).key_name
        for rank, who in enumerate(room.people[: max(2, number)]):
            depot = Depot(public_id=new_public_id(), seance_id=made.id, author_id=who.id)
            depot.sealed = session.keyring.seal(key, bound(depot), f"Une situation, {rank}.")
            depot.kept_at = clock.now() if rank == 0 and step not in (Step.DEPOSER, Step.CHOISIR) else None
            session.add(depot)
            session.flush()
            session.add(Choice(seance_id=made.id, author_id=who.id, depot_id=depot.id))
            session.add(Takeaway(seance_id=made.id, author_id=who.id, words=f"J’emporte {rank}."))
        for rank in range(number):
            author = room.people[rank % len(room.people)].id
            session.add(Contribution(seance_id=made.id, author_id=author, step=Step.QUESTIONS, words=f"Une question, {rank} ?"))
    if step is not Step.DEPOSER:
        at_step(database, made, step)
    return made


def counted(room: Filled, client, count_statements) -> dict[str, int]:
    found = {}
    for name, path in room.pages():
        with count_statements() as seen:
            answer = client.get(path)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = len(seen)
    return found


def test_a_large_room_asks_as_many_statements_as_a_small_one(visit, database, cast, count_statements):
    client = visit.as_("dora")
    client.get("/groupes-de-pairs")  # the day of the visit is written once
    empty = counted(Filled(make_group(database, cast.dora), [cast.dora]), client, count_statements)
    small = counted(fill(database, cast, 2, 3), client, count_statements)
    large = counted(fill(database, cast, 30, 15), client, count_statements)
    assert large == small, {name: (few, large[name]) for name, few in small.items() if few != large[name]}
    assert {name: asked for name, asked in large.items() if asked > MOST.get(name, 20)} == {}
    assert {name: (none, small[name]) for name, none in empty.items() if none > small[name]} == {}


@pytest.mark.parametrize("path", ["/groupes-de-pairs/tous", "/c/valombre/", "/ce-qui-vous-attend"])
def test_more_groups_ask_no_more_statements(visit, database, cast, count_statements, path: str):
    client = visit.as_("dora")
    fill(database, cast, 2, 3)
    make_group(database, cast.dora)
    counts = []
    for _ in range(2):
        client.get(path)
        with count_statements() as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
        fill(database, cast, 2, 3)
        for _ in range(3):
            make_group(database, cast.dora)
    assert counts[0] == counts[1], counts
