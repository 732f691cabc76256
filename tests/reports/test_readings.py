"""« Signaler » a lecture contradictoire: as any other text. Its author alone neither reports nor judges it, and is told what
becomes of it; who that is, no page tells."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from rex import migrate
from rex.collectifs.models import Membership
from rex.db import Database
from rex.journal.moment_models import What
from rex.reports.models import Report
from tests.cast import Cast
from tests.making import make_recit, reader_of
from tests.notices.telling import kept
from tests.notices.test_waiting import words_of
from tests.peer_groups.test_sealing import as_kept
from tests.reports.test_reports import BOARD, make_animateur, text_of
from tests.trends.beside import make_reading, row_of

LIST = "/c/valombre/tendances/lectures"
CANARY = "Quetzalcoatl"
REASON = "Une personne s’y reconnaît, on la devine."
WHY = "Le gardien du pont est reconnaissable."
NAMED = "Lecture contradictoire signée Voirie"


@pytest.fixture
def made(database: Database, cast: Cast) -> str:
    """By Camille, signed Voirie: Bruno is of it too."""
    return make_reading(database, cast.camille, cast.valombre_id, f"En **octobre**, {CANARY} tenait le pont fermé.")


def report_it(visit, made: str, who: str = "paul"):
    return visit.as_(who).send(f"/signaler/lecture/{made}", {"motif": REASON})


def reports(database: Database) -> list[Report]:
    with database.system("the reports") as session:
        return list(session.scalars(select(Report).order_by(Report.id)))


def suspend_it(visit, database: Database, who: str = "ana"):
    return visit.as_(who).send(f"{BOARD}/{reports(database)[-1].public_id}/suspension", {"raison": WHY})


def told(database: Database, cast: Cast) -> dict[str, list[What]]:
    """What each was told of lectures."""
    names = ("camille", "bruno", "dora", "ana", "paul", "jeanne", "noor", "ines", "admin")
    found = {who: [one.what for one in kept(database, getattr(cast, who)) if one.reading_id is not None] for who in names}
    return {who: those for who, those in found.items() if those}


def test_it_is_offered_under_each_that_is_not_ones_own(visit, database, cast):
    made = make_reading(database, cast.camille, cast.valombre_id, section="mois")
    for rank in range(5):
        make_recit(database, cast.camille, f"Récit {rank}")
    address = f'href="/signaler/lecture/{made}"'
    for page in (LIST, f"{LIST}/{made}", "/c/valombre/tendances?periode=2026"):
        pages = {who: visit.as_(who).get(page).get_data(as_text=True) for who in ("paul", "dora", "ana", "camille", "bruno")}
        there = {who: address in said for who, said in pages.items()}
        assert there == {"paul": True, "dora": True, "ana": True, "camille": False, "bruno": True}, page


def test_reported_suspended_given_back(visit, database, cast, made):
    address = f"/signaler/lecture/{made}"
    form = text_of(visit.as_("paul").get(address))
    assert "Signaler cette lecture" in form and CANARY in form and "sauf qui a écrit ce texte" in form
    assert "Camille" not in form and "Ana" not in form.partition("<main")[2], "a service signs it"
    assert "est le vôtre" in text_of(visit.as_("camille").get(address))
    assert report_it(visit, made, "camille").status_code == 422, "one's own"
    assert visit.as_("paul").send(address, {"motif": " "}).status_code == 422
    assert visit.as_("paul").send(address, {"motif": "é" * 2001}).status_code == 422
    assert report_it(visit, made).status_code == 303
    assert report_it(visit, made).status_code == 303 and len(reports(database)) == 1, "twice is once"
    assert "déjà signalé" in text_of(visit.as_("paul").get(address))
    assert REASON not in as_kept(database)
    board = text_of(visit.as_("ana").get(BOARD))
    assert "Une lecture contradictoire signée Voirie" in board and CANARY in board and REASON in board
    assert f'href="{LIST}/{made}"' in board and "À côté de « Les services et les enjeux »" in board and "Camille" not in board
    assert [visit.as_(who).get(BOARD).status_code for who in ("camille", "paul", "ines", "admin")] == [403, 403, 404, 404]
    act = f"{BOARD}/{reports(database)[0].public_id}"
    assert visit.as_("ana").send(f"{act}/suspension", {"raison": ""}).status_code == 422
    assert visit.as_("ana").send(f"{act}/retrait-du-reseau", {"raison": WHY}).status_code == 303
    assert row_of(database, made).suspended_at is None, "it was never in the réseau"
    assert suspend_it(visit, database).status_code == 303
    assert CANARY not in as_kept(database) and row_of(database, made).suspended_why == WHY
    board = text_of(visit.as_("ana").get(BOARD))
    assert WHY in board and "Rétablir" in board and CANARY not in board and "a suspendu une lecture contradictoire" in board
    back = f"/c/valombre/suspendus/lecture/{made}/retablissement"
    for who, status in (("camille", 403), ("paul", 403), ("ines", 404), ("admin", 404), ("ana", 303), ("ana", 404)):
        assert visit.as_(who).send(back).status_code == status, who
    assert CANARY in text_of(visit.as_("paul").get(f"{LIST}/{made}"))
    assert "a rétabli une lecture contradictoire" in text_of(visit.as_("ana").get(BOARD))


def test_a_suspended_one_is_seen_by_its_author_and_who_judges(visit, database, cast, made):
    assert report_it(visit, made).status_code == 303 and suspend_it(visit, database).status_code == 303
    for who in ("paul", "dora", "jeanne", "noor", "bruno"):
        assert [visit.as_(who).get(path).status_code for path in (f"{LIST}/{made}", f"/signaler/lecture/{made}")] == [404, 404]
        assert report_it(visit, made, who).status_code == 404
        for path in (LIST, f"{LIST}/suspendues", "/c/valombre/tendances"):
            page = visit.as_(who).get(path).get_data(as_text=True)
            assert CANARY not in page and WHY not in page and made not in page, (who, path)
    for path in (f"{LIST}/{made}", LIST, f"{LIST}/suspendues"):
        page = text_of(visit.as_("camille").get(path))
        assert CANARY in page and WHY in page and "Rétablir" not in page, path
        page = text_of(visit.as_("ana").get(path))
        assert WHY in page and "Rétablir" in page and CANARY not in page, path


@pytest.mark.parametrize("who", ["ines", "gael", "admin"])
def test_a_stranger_gets_the_answer_of_what_does_not_exist(visit, made, who):
    client, nowhere = visit.as_(who), "AAAAAAAAAAAAAAAA"
    for path in ("/signaler/lecture/{}", LIST + "/{}", "/c/valombre/suspendus/lecture/{}/retablissement"):
        real, other = (client.get(path.format(one)) for one in (made, nowhere))
        assert (real.status_code, real.data) == (other.status_code, other.data)
        sent = [client.send(path.format(one), {"motif": REASON}) for one in (made, nowhere)]
        assert sent[0].status_code == sent[1].status_code in (404, 405) and sent[0].data == sent[1].data


def test_its_author_is_told_and_nobody_else(visit, database, cast, made):
    report_it(visit, made)
    assert told(database, cast) == {"ana": [What.REPORTED]}
    assert "Un texte est signalé" in words_of(visit.as_("ana"))
    suspend_it(visit, database)
    assert told(database, cast) == {"ana": [What.REPORTED], "camille": [What.WORDS_SUSPENDED], "paul": [What.REPORT_READ]}
    page = words_of(visit.as_("camille"))
    assert "Votre lecture contradictoire est suspendue : l’animation vous dit pourquoi" in page and NAMED in page
    assert f'href="{LIST}/{made}"' in page and CANARY not in page and WHY not in page and "Ana" not in page
    paul = words_of(visit.as_("paul"))
    assert "L’animation a lu votre signalement" in paul and f'href="{LIST}"' in paul and made not in paul, "he reads it no more"
    assert WHY in words_of(visit.as_("camille"), f"{LIST}/{made}")
    assert "lecture contradictoire" not in words_of(visit.as_("camille")), "opened, it is seen"
    assert visit.as_("ana").send(f"/c/valombre/suspendus/lecture/{made}/retablissement").status_code == 303
    assert "Votre lecture contradictoire est rétablie" in words_of(visit.as_("camille"))
    assert set(told(database, cast)) == {"ana", "camille", "paul"}
    visit.as_("ana").get(BOARD, buffered=True)
    assert "signalé" not in words_of(visit.as_("ana")), "the reports were opened"


def test_what_became_of_it_last_is_said_alone(visit, database, cast, made):
    page = f"{LIST}/{made}"
    for act, what in (("suspension", What.WORDS_SUSPENDED), ("retablissement", What.WORDS_RESTORED)) * 2:
        assert visit.as_("ana").send(f"{page}/{act}", {"raison": WHY}).status_code == 303
        assert told(database, cast) == {"camille": [what]}
    visit.as_("camille").send(f"{page}/retrait")
    assert NAMED not in words_of(visit.as_("camille")), "withdrawn, nothing is said of it"


def test_suspended_from_its_own_page_it_is_kept_as_if_it_was_reported(visit, database, cast, made):
    report_it(visit, made)
    sent = visit.as_("ana").send(f"{LIST}/{made}/suspension", {"raison": WHY})
    assert sent.status_code == 303 and sent.location == f"{LIST}/{made}"
    assert told(database, cast)["camille"] == [What.WORDS_SUSPENDED] and told(database, cast)["paul"] == [What.REPORT_READ]
    board = text_of(visit.as_("ana").get(BOARD))
    assert "Aucun signalement n’attend." in board and "a suspendu une lecture contradictoire" in board and WHY in board
    assert visit.as_("ana").send(f"{LIST}/{made}/retablissement").status_code == 303
    other = make_reading(database, cast.camille, cast.valombre_id, "Autre chose.")
    assert visit.as_("ana").send(f"{LIST}/{other}/suspension", {"raison": WHY}).status_code == 303
    assert "Rétablir" in text_of(visit.as_("ana").get(BOARD)), "nobody had reported it"
    assert [(one.reporter_id, one.handled_by_id) for one in reports(database)[1:]] == [(cast.ana.id, cast.ana.id)] * 2


def test_left_as_it_is(visit, database, cast, made):
    report_it(visit, made)
    act = f"{BOARD}/{reports(database)[0].public_id}/classement"
    assert visit.as_("ana").send(act).status_code == 303
    assert "a rien changé à une lecture contradictoire" in text_of(visit.as_("ana").get(BOARD))
    assert CANARY in text_of(visit.as_("jeanne").get(f"{LIST}/{made}"))
    assert set(told(database, cast)) == {"ana", "paul"}, "nothing was done: its author is told nothing"
    assert "L’animation a lu votre signalement" in words_of(visit.as_("paul"))


def test_withdrawn_meanwhile_nothing_is_left_to_judge(visit, database, cast, made):
    report_it(visit, made)
    assert visit.as_("camille").send(f"{LIST}/{made}/retrait").status_code == 303
    board = text_of(visit.as_("ana").get(BOARD))
    assert CANARY not in board and "personne ne le lit plus" in board and "Classer" in board
    assert suspend_it(visit, database).status_code == 303 and row_of(database, made).suspended_at is None
    assert visit.as_("ana").get(f"{LIST}/{made}").status_code == 404
    assert visit.as_("ana").send(f"{BOARD}/{reports(database)[0].public_id}/classement").status_code == 303


def test_an_animateur_reads_no_report_on_what_they_wrote(visit, database, cast):
    """Signed by their collège too: who wrote it is not told by who may read the report."""
    made = make_reading(database, cast.ana, cast.valombre_id, CANARY, of_college=True)
    page = text_of(visit.as_("paul").get(f"/signaler/lecture/{made}")).partition("<main")[2]
    assert "sauf qui a écrit ce texte" in page and "motif" in page and "Ana" not in page, "as for any other"
    assert report_it(visit, made).status_code == 303
    assert told(database, cast) == {}
    make_animateur(database, cast.jeanne)
    assert "Jeanne" not in text_of(visit.as_("paul").get(f"/signaler/lecture/{made}")).partition("<main")[2]
    assert CANARY in text_of(visit.as_("jeanne").get(BOARD)) and CANARY not in text_of(visit.as_("ana").get(BOARD))
    for who, seen in (("ana", 0), ("jeanne", 1)):
        with database.session(write=True) as session:
            session.reader = reader_of(session, getattr(cast, who))
            assert len(session.scalars(select(Report)).all()) == seen, "the second lock"
    assert suspend_it(visit, database).status_code == 404
    assert suspend_it(visit, database, "jeanne").status_code == 303
    back = f"/c/valombre/suspendus/lecture/{made}/retablissement"
    assert visit.as_("ana").send(back).status_code == 403 and CANARY in text_of(visit.as_("ana").get(f"{LIST}/{made}"))
    assert visit.as_("jeanne").send(back).status_code == 303


def test_an_animateur_of_the_same_voice_reads_reports_and_judges(visit, database, cast):
    made = make_reading(database, cast.dora, cast.valombre_id, CANARY, of_college=True)
    assert report_it(visit, made, "camille").status_code == 303, "of that collège too"
    assert told(database, cast) == {"ana": [What.REPORTED]} and CANARY in text_of(visit.as_("ana").get(BOARD))
    assert suspend_it(visit, database).status_code == 303
    assert told(database, cast)["dora"] == [What.WORDS_SUSPENDED]
    assert visit.as_("camille").get(f"{LIST}/{made}").status_code == 404
    assert visit.as_("ana").send(f"/c/valombre/suspendus/lecture/{made}/retablissement").status_code == 303


def test_an_author_who_left_is_told_nothing(visit, database, cast, made):
    with database.system("she leaves", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.camille.id)).one().end()
    assert visit.as_("ana").send(f"{LIST}/{made}/suspension", {"raison": WHY}).status_code == 303
    assert told(database, cast) == {}


def test_the_queue_asks_as_much_however_many_there_are(visit, database, cast, count_statements):
    def some(number: int) -> None:
        for rank in range(number):
            made = make_reading(database, cast.camille, cast.valombre_id, f"Lecture {rank}.")
            report_it(visit, made), report_it(visit, made, "dora")
            if rank % 2:
                suspend_it(visit, database)

    def cost() -> int:
        with count_statements() as seen:
            assert visit.as_("ana").get(BOARD).status_code == 200
        return len(seen)

    some(2)
    visit.as_("ana").get(BOARD, buffered=True)
    few = cost()
    some(6)
    visit.as_("ana").get(BOARD, buffered=True)
    assert cost() == few


def test_a_report_is_about_one_thing(visit, database, cast, made):
    report_it(visit, made)
    made_recit = make_recit(database, cast.camille)
    for where in (f"entry_id = {made_recit.id}", "reading_id = NULL"):
        with pytest.raises(IntegrityError), database.engine.begin() as connection:
            connection.execute(text(f"UPDATE report SET {where}"))


def test_the_former_version_knows_no_report_on_a_reading(visit, database, cast, made):
    """Down and up: those on lectures go, with what was told of them; every other row stays."""
    recit = make_recit(database, cast.camille)
    assert visit.as_("dora").send(f"/signaler/{recit.public_id}", {"motif": REASON}).status_code == 303
    report_it(visit, made)
    migrate.downgrade(database, "0006")
    migrate.upgrade(database)
    assert [one.entry_id for one in reports(database)] == [recit.id] and told(database, cast) == {}
    assert row_of(database, made).words and migrate.differences(database) == []
    assert report_it(visit, made).status_code == 303
