"""A dépôt before its time: no word, no length, no author of it leaves the server, and none lies in clear."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from rex import clock
from rex.collectifs.group_models import GroupMember
from rex.keys import KeyLost
from rex.seances.leaving import forget
from rex.seances.models import Choice, Contribution, Depot, Seance, Step, Takeaway
from rex.seances.queries import depots_of
from tests.making import make_group, reader_of
from tests.peer_groups.test_sealing import as_kept
from tests.seances.meeting import at_step, deposit, make_seance, open_depots, set_back

CANARY = "canarizebrure"


def settled(html: str) -> str:
    """A page without what is random in any page."""
    html = re.sub(r'(name="(?:csrf_token|idempotency_key)" value=")[^"]*', r"\1", html)
    return unescape(re.sub(r'nonce="[^"]*"', "", html))


@pytest.mark.parametrize("where", ["group", "collectif"])
def test_no_byte_of_a_page_depends_on_what_another_wrote(visit, database, cast, where):
    """As a member, as the facilitator, as the responsable: 3 characters or 3,000, the same page; the same headers."""
    if where == "group":
        group = make_group(database, cast.dora, cast.ines, cast.noor, cast.bruno).public_id
        made = make_seance(database, cast.dora, group, lead=cast.ines)
        watching, author = ("bruno", "ines", "dora"), "noor"
    else:
        made = make_seance(database, cast.ana, lead=cast.bruno)
        watching, author = ("camille", "bruno", "ana"), "noor"
    clients = {who: visit.as_(who) for who in watching}
    pages = ("", "/preparer", "/modifier", "/etat", "/seance.ics", "/choisir", "/explorer", "/garder")

    def seen() -> dict[str, tuple[int, str]]:
        return {
            f"{who} {page}": (answer.status_code, re.sub(r"DTSTAMP:\w+", "", settled(answer.get_data(as_text=True))))
            for who, client in clients.items()
            for page in pages
            for answer in [client.get(made.url + page)]
        }

    nobody = seen()
    deposit(visit.as_(author), made, "Non")
    short = seen()
    deposit(visit.as_(author), made, f"{CANARY} " + "long " * 590)
    long = seen()
    assert short == long
    assert all(CANARY not in html for _, html in long.values())
    for who in watching:
        assert "0\u00a0dépôt." in nobody[f"{who} "][1] and "1\u00a0dépôt scellé" in long[f"{who} "][1], who
        told = re.sub(r'<details class="room-people">.*?</details>', "", long[f"{who} "][1], flags=re.DOTALL)
        assert cast.people[author].name not in told, "the members of a group are named, not those who brought something"


def test_the_second_lock_gives_the_depot_of_another_to_nobody(visit, database, cast):
    group = make_group(database, cast.dora, cast.noor).public_id
    made = make_seance(database, cast.dora, group)
    deposit(visit.as_("noor"), made, CANARY)
    for person, known in ((cast.dora, 0), (cast.noor, 1), (cast.ana, 0)):
        with database.session(write=True) as session:
            session.reader = reader_of(session, person)
            assert len(session.scalars(select(Depot)).all()) == known, person.name
            assert len(session.execute(select(Depot.author_id, func.length(Depot.sealed))).all()) == known, person.name
            assert session.scalars(select(func.count(Depot.id))).one() == known, person.name
    open_depots(database, made)
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.dora)
        seat = reader.in_group(group)
        seance = session.get_one(Seance, made.id)
        assert seat is not None
        assert [one.words for one in depots_of(session, reader, seat, seance)] == [CANARY]


def test_a_statement_that_is_kept_looks_at_the_hour_of_each_request(visit, database, cast):
    """The statement is built once for all readers of a shape: the hour is no part of what is built."""
    made = make_seance(database, cast.ana)
    deposit(visit.as_("noor"), made, CANARY)
    dora = visit.as_("dora")
    assert CANARY not in dora.get(made.url).get_data(as_text=True)
    open_depots(database, made)
    assert CANARY in dora.get(made.url).get_data(as_text=True)
    set_back(database, made, opens_at=clock.now() + timedelta(hours=1))
    assert CANARY not in dora.get(made.url).get_data(as_text=True)


def test_the_raw_rows_hold_no_word(visit, database, cast):
    """All that is written in a group; in a collectif, the dépôts, opened or not."""
    group = make_group(database, cast.dora, cast.noor).public_id
    made = make_seance(database, cast.dora, group, title=f"Thème {CANARY}", place=f"Lieu {CANARY}")
    dora = visit.as_("dora")
    deposit(dora, made, f"Dépôt {CANARY}")
    at_step(database, made, Step.EXPOSE)
    dora.send(f"{made.url}/explorer", {"texte": f"Exposé {CANARY}", "de": "expose"})
    at_step(database, made, Step.GARDER)
    dora.send(f"{made.url}/garder", {"texte": f"Garder {CANARY}"})
    dora.send(f"{made.url}/compte-rendu", {"texte": f"Rendu {CANARY}"})
    page = dora.get(f"{made.url}/explorer").get_data(as_text=True) + dora.get(made.url).get_data(as_text=True)
    assert f"Exposé {CANARY}" in page and f"Garder {CANARY}" in page
    open_one = make_seance(database, cast.ana, title="Un atelier du journal")
    deposit(visit.as_("camille"), open_one, f"Ouvert {CANARY}")
    kept = as_kept(database)
    assert CANARY not in kept, kept[max(0, kept.index(CANARY) - 200) : kept.index(CANARY) + 50]
    assert "Un atelier du journal" in kept, "the search can see"


def test_a_depot_opens_in_its_own_place_alone(visit, database, cast):
    made = make_seance(database, cast.ana)
    deposit(visit.as_("camille"), made, "La mienne")
    deposit(visit.as_("dora"), made, "La sienne")
    open_depots(database, made)
    with database.system("two sealed texts are exchanged", write=True) as session:
        one, other = session.scalars(select(Depot).order_by(Depot.id)).all()
        one.sealed, other.sealed = other.sealed, one.sealed
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, cast.dora)
        with pytest.raises(KeyLost):
            depots_of(session, reader, reader.memberships[0], session.get_one(Seance, made.id))


def test_nothing_of_a_seance_is_read_without_a_scope(database, cast):
    group = make_group(database, cast.dora, cast.noor).public_id
    make_seance(database, cast.dora, group)
    for person in (cast.ana, cast.admin, cast.gael, cast.ines):
        with database.session(write=True) as session:
            session.reader = reader_of(session, person)
            for cls in (Seance, Depot, Choice, Contribution, Takeaway):
                assert session.scalars(select(cls)).all() == [], f"{person.name}: {cls.__name__}"


def test_who_leaves_takes_what_nobody_read(visit, database, cast):

    group = make_group(database, cast.dora, cast.noor, cast.ines)
    made = make_seance(database, cast.dora, group.public_id, lead=cast.noor)
    behind = make_seance(database, cast.dora, group.public_id, lead=cast.noor)
    for one in (made, behind):
        deposit(visit.as_("noor"), one, CANARY)
        deposit(visit.as_("ines"), one, "Autre chose")
    open_depots(database, behind)
    with database.system("somebody leaves", write=True) as session:
        place = session.scalars(select(GroupMember).where(GroupMember.user_id == cast.noor.id)).one()
        forget(session, group.id, [cast.noor.id])
        place.left_at = clock.now()
    with database.system("what is left") as session:
        left = session.execute(select(Depot.seance_id, Depot.author_id).order_by(Depot.id)).all()
        assert [tuple(row) for row in left] == [(made.id, cast.ines.id), (behind.id, cast.noor.id), (behind.id, cast.ines.id)]
        assert set(session.scalars(select(Seance.facilitator_id))) == {None}
