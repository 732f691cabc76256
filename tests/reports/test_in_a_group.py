"""« Signaler » inside a peer group: read by its responsables who read the text, and by nobody else in REX."""

import pytest
from sqlalchemy import select, update

from rex.collectifs.group_models import GroupMember, GroupRole
from rex.db import Database
from rex.exchanges.queries import thread_rows
from rex.journal.models import Entry
from rex.reports.models import Report
from rex.reports.queries import judges
from tests.cast import Cast, Person
from tests.making import make_exchange, make_group, make_recit, make_report, reader_of
from tests.peer_groups.test_sealing import as_kept, join

WORDS = "Ce passage désigne quelqu’un."
WHY = "Le gardien est reconnaissable."


@pytest.fixture
def room(database: Database, cast: Cast):
    """Dora and Inès look after it, Camille and Bruno are members; Noor, a responsable too, came after the récit."""
    group = make_group(database, cast.dora, cast.ines, cast.camille, cast.bruno)
    recit = make_recit(database, cast.camille, "La nuit blanche", {"faits": "Le gardien dormait."}, group=group.id)
    join(database, group.id, cast.noor)
    with database.system("they look after it", write=True) as session:
        both = GroupMember.user_id.in_([cast.ines.id, cast.noor.id])
        session.execute(update(GroupMember).where(both).values(role=GroupRole.RESPONSABLE))
    return group, recit


def reports_read_by(database: Database, person: Person) -> int:
    with database.session(write=True) as session:
        session.reader = reader_of(session, person)
        return len(session.scalars(select(Report)).all())


def beneath_the_bar(page: str) -> str:
    """A page without the bar of the room, which names all its members."""
    return page.split("room-print", 1)[1]


def said_to(database: Database, person: Person, entry_id: int) -> list[str]:
    with database.session(write=True) as session:
        session.reader = reader_of(session, person)
        return [row.html for row in thread_rows(session, entry_id)]


def test_a_report_is_read_by_responsables_who_read_the_text(database: Database, cast: Cast, room, visit):
    group, recit = room
    make_report(database, cast.bruno, recit.public_id, WORDS)
    readers = {who: reports_read_by(database, cast.people[who]) for who in cast.people if who not in ("clara",)}
    assert {who for who, number in readers.items() if number} == {"dora", "ines"}
    assert WORDS not in as_kept(database)
    for who, status in (("dora", 200), ("ines", 200), ("noor", 200), ("camille", 403), ("bruno", 403)):
        page = visit.as_(who).get(f"{group.url}/signalements")
        assert page.status_code == status, who
        assert ("désigne quelqu" in page.get_data(as_text=True)) is (who in ("dora", "ines")), who
    for who in ("ana", "admin", "paul", "gael"):
        assert visit.as_(who).get(f"{group.url}/signalements").status_code == 404, who
    for who in ("ana", "admin"):
        assert "quelqu" not in visit.as_(who).get("/c/valombre/signalements").get_data(as_text=True), who


def test_the_page_names_the_responsables(database: Database, cast: Cast, room, visit):
    _, recit = room
    page = visit.as_("bruno").get(f"/signaler/{recit.public_id}").get_data(as_text=True)
    assert "Dora Lenoir et Inès Carle" in page and "responsables de ce groupe" in page and "Noor" not in beneath_the_bar(page)
    assert "animation" not in page.split("<main")[1].split("</main>")[0]


def test_nobody_judges_a_text_of_theirs(database: Database, cast: Cast, room, visit):
    group, _ = room
    mine = make_recit(database, cast.dora, "De la main de Dora", group=group.id)
    make_report(database, cast.bruno, mine.public_id, WORDS)
    assert reports_read_by(database, cast.dora) == 0
    assert reports_read_by(database, cast.ines) == 1 and reports_read_by(database, cast.noor) == 1
    with database.system("who would read it") as session:
        told_at = session.scalar(select(Entry.published_at).where(Entry.id == mine.id))
        readers = judges(session, group.id, told_at, frozenset({cast.dora.id}))
    assert [name for _, name in readers] == ["Inès Carle", "Noor Haddad"]


def test_suspended_then_given_back(database: Database, cast: Cast, room, visit):
    group, recit = room
    report_id = make_report(database, cast.bruno, recit.public_id, WORDS)
    dora, board = visit.as_("dora"), f"{group.url}/signalements"
    for who in ("camille", "bruno", "ana", "admin", "noor"):
        sent = visit.as_(who).send(f"{board}/{report_id}/suspension", {"raison": WHY})
        assert sent.status_code in (403, 404), who
    sent = dora.send(f"{board}/{report_id}/suspension", {"raison": WHY})
    assert (sent.status_code, sent.location) == (303, board)
    assert WHY not in as_kept(database)
    assert visit.as_("ines").get(recit.url).status_code == 404
    page = visit.as_("camille").get(recit.url, follow_redirects=True).get_data(as_text=True)
    assert "reconnaissable" in page and "Suspendu par un responsable du groupe" in page
    assert "Le gardien dormait" in page, "its author reads it"
    letter = visit.as_("camille").get(f"/suspension/{recit.public_id}").get_data(as_text=True)
    assert "Écrire aux responsables" in letter and "Dora Lenoir" in letter and "Noor" not in beneath_the_bar(letter)
    sent = visit.as_("camille").send(f"/suspension/{recit.public_id}", {"texte": "J’ai changé le passage."})
    assert sent.status_code == 303
    assert "changé le passage" in visit.as_("ines").get(board).get_data(as_text=True)
    late = beneath_the_bar(visit.as_("noor").get(board).get_data(as_text=True))
    assert "Camille" not in late and "changé le passage" not in late, "she was not there when it was told"
    assert visit.as_("noor").send(f"{group.url}/suspendus/{recit.public_id}/retablissement").status_code == 404
    assert visit.as_("ines").send(f"{group.url}/suspendus/{recit.public_id}/retablissement").status_code == 303
    assert visit.as_("ines").get(recit.url).status_code == 200


def test_a_message_suspended_and_given_back(database: Database, cast: Cast, room, visit):
    group, recit = room
    said = make_exchange(database, cast.bruno, recit.public_id, "Le gardien est un paresseux.")
    client = visit.as_("camille")
    assert client.send(f"/signaler/{recit.public_id}/{said}", {"motif": WORDS}).status_code == 303
    with database.system("the report") as session:
        report_id = session.scalars(select(Report.public_id)).one()
    sent = visit.as_("dora").send(f"{group.url}/signalements/{report_id}/suspension", {"raison": WHY})
    assert sent.status_code == 303
    assert "paresseux" not in as_kept(database)
    assert said_to(database, cast.ines, recit.id) == [""]
    back = f"{group.url}/suspendus/{recit.public_id}/{said}/retablissement"
    assert visit.as_("ana").send(back).status_code == 404
    assert visit.as_("ines").send(back).status_code == 303
    assert said_to(database, cast.ines, recit.id) == ["<p>Le gardien est un paresseux.</p>"]


def test_an_animatrice_does_not_reach_a_text_of_a_group_from_her_journal(database: Database, cast: Cast, room, visit):
    """The addresses of her own journal, with the ids of a group: the answer of what does not exist."""
    _, recit = room
    report_id = make_report(database, cast.bruno, recit.public_id, WORDS)
    ana = visit.as_("ana")
    for path in (
        f"/c/valombre/signalements/{report_id}/classement",
        f"/c/valombre/signalements/{report_id}/suspension",
        f"/c/valombre/suspendus/{recit.public_id}/retablissement",
        f"/entrees/{recit.public_id}/retrait-du-reseau",
    ):
        assert ana.send(path, {"raison": WHY}).status_code == 404, path
