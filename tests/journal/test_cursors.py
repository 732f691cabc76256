"""The address of a next page tells nothing: neither the numbers of rows, nor instants, and to nobody but its reader."""

import base64
import re
import struct
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from rex import clock
from rex.db import RexSession
from rex.journal.cursors import opened_place, read_cursor, sealed_place, written_cursor
from rex.journal.list_queries import PAGE
from rex.journal.models import Audience
from tests.journal.difficulties import make_difficulty
from tests.making import make_group, make_recit, reader_of

MOMENT = datetime(2026, 11, 18, 23, 30, 12, 345678, tzinfo=UTC)


def next_page(client, path: str) -> str:
    """The cursor of the next page, as its address has it."""
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'rel="next" href="[^"]*apres=([^"&]+)"', page)
    assert found, f"no next page at {path}"
    return found[1]


def decoded(cursor: str) -> bytes:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def says(raw: bytes, number: int) -> bool:
    """Whether these bytes hold a number, in digits or as a machine writes it."""
    return any(form in raw for form in (f"|{number}".encode(), struct.pack(">q", number), struct.pack("<q", number)))


def session_of(database, person) -> RexSession:
    """As this person reads."""
    with database.session(write=True) as session:
        session.reader = reader = reader_of(session, person)
        session.commit()
    return database.session(reader)


@pytest.fixture
def readers(database, cast):
    """A session of Bruno, and one of Camille."""
    with session_of(database, cast.bruno) as bruno, session_of(database, cast.camille) as camille:
        yield bruno, camille


@pytest.mark.parametrize("list_of", ["recits", "difficultes"])
def test_no_address_tells_how_much_a_group_writes(visit, database, cast, list_of):
    """Numbers of rows come from one sequence for all spaces: those of two pages would say what lies between them."""
    group = make_group(database, cast.dora, cast.paul)
    make = {"recits": lambda n: make_recit(database, cast.camille, f"Un {n}"),
            "difficultes": lambda n: make_difficulty(database, cast.camille, f"Une {n}.")}[list_of]  # fmt: skip
    made = [make(n) for n in range(PAGE)]
    if list_of == "recits":
        make_recit(database, cast.dora, "Un secret", group=group.id)
    else:
        make_difficulty(database, cast.dora, "Un secret.", group=group.id, audience=Audience.GROUPE)
    made += [make(n) for n in range(PAGE)]
    bruno = visit.as_("bruno")
    cursor = next_page(bruno, f"/c/valombre/{list_of}")
    raw = decoded(cursor)
    assert not [one.id for one in made if says(raw, one.id)]
    assert str(clock.now().year).encode() + b"-" not in raw
    second = bruno.get(f"/c/valombre/{list_of}", query_string={"apres": cursor}).get_data(as_text=True)
    shown = [one.public_id for one in made if one.public_id in second]
    assert sorted(shown) == sorted(one.public_id for one in made[:PAGE]), "and it leads to the next page"


def test_all_cursors_have_one_length_and_two_of_one_place_do_not_compare(readers):
    bruno, _ = readers
    written = [written_cursor(bruno, MOMENT + timedelta(days=days), 10**digits) for days in (0, 9000) for digits in (0, 3, 12)]
    written += [written_cursor(bruno, MOMENT, 1), sealed_place(bruno, "notices", 0, 7)]
    assert len({len(one) for one in written}) == 1
    assert len(set(written)) == len(written)
    assert all(decoded(one)[13:29] != decoded(other)[13:29] for one, other in pairwise(written))


def test_a_cursor_leads_back_to_its_instant_to_the_microsecond(readers):
    bruno, _ = readers
    for moment in (MOMENT, datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, 1, 2, 3, 999999, tzinfo=UTC)):
        assert read_cursor(bruno, written_cursor(bruno, moment, 2**62)) == (moment, 2**62)


def test_a_cursor_is_of_its_reader_and_its_lists(visit, database, cast, readers):
    bruno, camille = readers
    cursor = written_cursor(bruno, MOMENT, 3)
    assert read_cursor(bruno, cursor) == (MOMENT, 3)
    assert read_cursor(camille, cursor) is None
    assert opened_place(bruno, "notices", cursor) is None
    make_recit(database, cast.camille, "Le seul")
    for client, there in ((visit.as_("bruno"), False), (visit.as_("camille"), True)):
        page = client.get("/c/valombre/recits", query_string={"apres": cursor}).get_data(as_text=True)
        assert ("Le seul" in page) is there, "somebody else’s gives the first page"


def test_a_changed_cursor_gives_the_first_page(visit, database, cast, readers):
    bruno, _ = readers
    make_recit(database, cast.camille, "Le seul")
    cursor = written_cursor(bruno, MOMENT, 3)
    raw = decoded(cursor)
    changed = [base64.urlsafe_b64encode(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]).decode() for at in (1, 13, 29, 44)]
    for sent in (*changed, cursor[:-4], cursor[:8], cursor * 2, "36z", "9" * 12):
        assert read_cursor(bruno, sent) is None, sent
        client = visit.as_("bruno")
        assert "Le seul" in client.get("/c/valombre/recits", query_string={"apres": sent}).get_data(as_text=True)
        assert client.get("/ce-qui-vous-attend", query_string={"avant": sent}).status_code == 200
