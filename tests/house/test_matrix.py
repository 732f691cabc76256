"""Who opens what: the whole cast before each state of a récit, in one table; and what is said of readers is what is enforced."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from rex import clock
from rex.access import audience_of
from rex.collectifs.models import Membership, User
from rex.journal.models import Audience
from tests.cast import SEATS
from tests.making import make_group, make_recit, reader_of

CAST = [key for key, _, _ in SEATS if key != "clara"]  # a closed account does not enter: tested below
PAGES = {
    "read": ("GET", ""),
    "edit": ("GET", "/edition"),
    "publish": ("GET", "/publication"),
    "versions": ("GET", "/versions"),
    "save": ("PUT", "/sections/faits"),
}
# Camille signs the récit. Columns: read, edit, publish, versions, save. 302: an unpublished récit opens on its edition.
AUTHOR, READER, STRANGER = (200, 200, 200, 200, 200), (200, 403, 403, 403, 403), (404,) * 5
DRAFTING = (302, 200, 200, 200, 200)
TABLE = {
    #            draft     collectif  réseau    withdrawn
    "camille": (DRAFTING, AUTHOR, AUTHOR, DRAFTING),
    "bruno": (STRANGER, READER, READER, STRANGER),  # same service
    "dora": (STRANGER, READER, READER, STRANGER),  # the DGS
    "ana": (STRANGER, READER, READER, STRANGER),  # looking after the journal gives no right over anybody's text
    "paul": (STRANGER, READER, READER, STRANGER),
    "jeanne": (STRANGER, READER, READER, STRANGER),
    "noor": (STRANGER, READER, READER, STRANGER),
    "ines": (STRANGER, STRANGER, READER, STRANGER),
    "admin": (STRANGER, STRANGER, STRANGER, STRANGER),
    "gael": (STRANGER, STRANGER, STRANGER, STRANGER),
}
STATES: dict[str, dict[str, Any]] = {
    "draft": {"audience": None},
    "collectif": {"audience": Audience.COLLECTIF},
    "reseau": {"audience": Audience.RESEAU},
    "withdrawn": {"withdrawn": True},
}


def statuses(client, url: str) -> tuple[int, ...]:
    token = client.csrf("/compte")
    found, base = [], "0"
    for method, page in PAGES.values():
        sent = {"json": {"text": "Relu.", "base": int(base)}, "headers": {"X-CSRFToken": token}} if method == "PUT" else {}
        answer = client.open(url + page, method=method, **sent)
        drawn = re.search(r'name="base-faits" value="(\d+)"', answer.get_data(as_text=True))
        base = drawn[1] if drawn else base
        found.append(answer.status_code)
    return tuple(found)


def test_who_opens_what(visit, database, cast):
    made = {state: make_recit(database, cast.camille, **how) for state, how in STATES.items()}
    assert set(TABLE) == set(CAST), "a person of the cast has no line in TABLE"
    for who in CAST:
        client = visit.as_(who)
        seen = tuple(statuses(client, made[state].url) for state in STATES)
        assert seen == TABLE[who], f"{who}: read, edit, publish, versions, save for {', '.join(STATES)}"


def test_a_co_author_is_an_author(visit, database, cast):
    draft = make_recit(database, cast.camille, audience=None, co_authors=(cast.bruno,))
    told = make_recit(database, cast.camille, co_authors=(cast.bruno,))
    assert statuses(visit.as_("bruno"), draft.url) == DRAFTING
    assert statuses(visit.as_("bruno"), told.url) == AUTHOR
    assert statuses(visit.as_("dora"), draft.url) == STRANGER


def test_an_author_who_left_loses_their_text_at_the_next_request(visit, database, cast):
    draft = make_recit(database, cast.camille, audience=None)
    told = make_recit(database, cast.camille, audience=Audience.RESEAU)
    client = visit.as_("camille")
    assert client.get(draft.url).status_code == 302
    end_membership(database, cast.camille)
    for made in (draft, told):
        assert client.get(made.url).status_code == 404
        assert client.get(f"{made.url}/edition").status_code == 404


def end_membership(database, person) -> None:
    with database.system("a person leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == person.id).values(ended_at=clock.now()))


def close_account(database, person) -> None:
    with database.system("an account closes", write=True) as session:
        session.execute(update(User).where(User.id == person.id).values(closed_at=clock.now()))


def count_said(database, person) -> int:
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, person)
        seat = who.memberships[0]
        audience = Audience.COLLECTIF
        return audience_of(session, audience, seat.collectif_id, seat.collectif_name).count


@pytest.mark.parametrize("leave", [end_membership, close_account])
def test_who_is_gone_reads_and_counts_no_more(visit, database, cast, leave):
    made = make_recit(database, cast.camille)
    client = visit.as_("bruno")
    before = count_said(database, cast.camille)
    assert client.get(made.url).status_code == 200
    leave(database, cast.bruno)
    assert client.get(made.url).status_code in (302, 404), "at the very next request"
    assert count_said(database, cast.camille) == before - 1


def current_seats(database) -> list[tuple[int, int]]:
    """(membership id, user id) of all seats of the cast."""
    with database.system("who sits where") as session:
        return [(row.id, row.user_id) for row in session.execute(select(Membership.id, Membership.user_id).order_by(Membership.id))]


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_audience_shown_is_the_audience_enforced(visit, database, cast, data):
    """Whoever leaves or closes their account: the number said is the number of those for whom the page opens."""
    seats = current_seats(database)
    others = [seat for seat, user in seats if user != cast.camille.id]
    ended = data.draw(st.sets(st.sampled_from(others), max_size=6), "seats ended")
    users = sorted({user for _, user in seats} - {cast.camille.id})
    closed = data.draw(st.sets(st.sampled_from(users), max_size=3), "accounts closed")
    with database.system("people come and go", write=True) as session:
        session.execute(update(Membership).values(ended_at=None))
        session.execute(update(Membership).where(Membership.id.in_(ended)).values(ended_at=clock.now()))
        session.execute(update(User).values(closed_at=None))
    readers = {key: visit.as_(key) for key in cast.people}
    group = make_group(database, cast.camille, cast.bruno, cast.dora, cast.noor, cast.ines)
    with database.system("accounts close", write=True) as session:
        session.execute(update(User).where(User.id.in_(closed)).values(closed_at=clock.now()))
    for audience in Audience:
        in_group = audience is Audience.GROUPE
        made = make_recit(database, cast.camille, audience=audience, group=group.id if in_group else None)
        place = group.id if in_group else cast.valombre_id
        with database.session(write=True) as session:
            session.reader = reader_of(session, cast.camille)
            view = audience_of(session, audience, place, "Ville de Valombre")
            allowed = {
                key
                for key, person in cast.people.items()
                if person.id not in closed and view.allows(reader_of(session, person))
            }
        opened = {key for key, client in readers.items() if client.get(made.url).status_code == 200}
        assert opened == allowed, f"{audience}: the pages open for others than `allows` says"
        assert view.count == len(opened), f"{audience}: {view.sentence}, and the page opens for {sorted(opened)}"
