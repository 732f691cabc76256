"""A thank-you that waits, shown by its recipient to the animateurs: that text, to them alone, as long as the report waits."""

from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership
from rex.db import Database
from rex.journal.moment_models import What
from tests.cast import Cast
from tests.conftest import Visit
from tests.journal.test_recognitions import FACT, PENDING, accept, key_of, seen, text_of, thank, thanked
from tests.making import contents, make_recognition
from tests.notices.telling import kept
from tests.reports.test_reports import BOARD, REASON, WHY, judge, make_animateur, only

WAITING = "/ce-qui-vous-attend"


def address(page: str) -> str:
    return f"/signaler/{page.rpartition('/')[2]}"


def show(visit: Visit, page: str, who: str = "camille") -> None:
    assert visit.as_(who).send(address(page), {"motif": REASON}).status_code == 303


def test_its_recipient_alone_may_report_it(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    codes = {who: visit.as_(who).get(address(page)).status_code for who in PENDING}
    assert codes == dict.fromkeys(PENDING, 404) | {"camille": 200}, "its giver takes it back"
    for who in ("jeanne", "ana", "bruno", "ines"):
        assert visit.as_(who).send(address(page), {"motif": REASON}).status_code == 404
    assert contents(database)["report"] == []
    assert f'href="{address(page)}"' in text_of(visit.as_("camille").get(page))
    asked = text_of(visit.as_("camille").get(address(page)))
    assert FACT[:40] in asked and "Le signaler le montre à Ana Belmonte" in asked and "Personne d’autre ne le lira" in asked


def test_shown_the_animateurs_read_it_and_nobody_else_does(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    assert FACT not in text_of(visit.as_("ana").get(BOARD))
    show(visit, page)
    assert seen(visit, page) == PENDING, "its page is between the two, still"
    board = text_of(visit.as_("ana").get(BOARD))
    assert FACT in board and REASON in board and "Pas encore publié" in board and f'href="{page}"' not in board
    for who in ("bruno", "dora", "paul"):
        assert visit.as_(who).get(BOARD).status_code == 403
    assert FACT not in text_of(visit.as_("jeanne").get(WAITING))
    raw = "".join(str(row) for rows in contents(database).values() for row in rows)
    assert FACT[:30] not in raw and REASON not in raw, "sealed, both"


def test_the_animateurs_are_told_without_a_word_of_it(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    show(visit, page)
    assert [notice.what for notice in kept(database, cast.ana)] == [What.SHOWN]
    told = text_of(visit.as_("ana").get(WAITING))
    assert "Un merci qui n’est pas encore publié est signalé" in told and f'href="{BOARD}"' in told
    assert FACT[:20] not in told and "Jeanne" not in told.split("<main")[1] and "Camille" not in told.split("<main")[1]
    assert not [notice for notice in kept(database, cast.jeanne) if notice.what is What.SHOWN]


def test_left_as_it_is_the_animateurs_read_it_no_more(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    show(visit, page)
    assert judge(visit, database, "classement").status_code == 303
    assert FACT not in text_of(visit.as_("ana").get(BOARD))
    assert "L’animation a lu votre signalement" in text_of(visit.as_("camille").get(WAITING))
    assert accept(visit.as_("camille"), page).status_code == 303, "she may still publish it"


def test_suspended_its_giver_alone_reads_it_and_why(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    show(visit, page)
    assert judge(visit, database, "suspension").status_code == 303
    assert seen(visit, page) == dict.fromkeys(PENDING, 404) | {"jeanne": 200}
    given = text_of(visit.as_("jeanne").get(page))
    assert WHY in given and FACT in given and REASON not in given
    assert "peut le montrer à l’animation" not in given, "its recipient does not read it any more"
    assert "Votre merci est suspendu" in text_of(visit.as_("jeanne").get(WAITING))
    assert accept(visit.as_("camille"), page).status_code == 404
    board = text_of(visit.as_("ana").get(BOARD))
    assert "Suspendus" in board and FACT not in board
    visit.as_("jeanne").send(f"/suspension/{page.rpartition('/')[2]}", {"texte": "Je ne voulais blesser personne."})
    assert "Jeanne Lartigue vous écrit au sujet d’un texte suspendu" in text_of(visit.as_("ana").get(WAITING))
    restored = visit.as_("ana").send(f"/c/valombre/suspendus/{page.rpartition('/')[2]}/retablissement")
    assert restored.status_code == 303 and seen(visit, page) == PENDING
    assert visit.as_("jeanne").send(f"{page}/reprise").status_code == 303


def test_what_was_published_when_it_was_reported_is_not_shown_once_it_is_taken_out(visit: Visit, cast: Cast, database: Database):
    """Dora reported what everybody read; her report does not open what is between the two since."""
    page = thanked(visit, cast)
    accept(visit.as_("camille"), page)
    assert visit.as_("dora").send(address(page), {"motif": REASON}).status_code == 303
    visit.as_("jeanne").send(f"{page}/retrait")
    board = text_of(visit.as_("ana").get(BOARD))
    assert REASON in board and FACT not in board and "personne ne le lit plus" in board
    assert visit.as_("ana").send(f"{BOARD}/{only(database).public_id}/suspension", {"raison": WHY}).status_code == 303
    assert seen(visit, page) == PENDING, "nothing was suspended"


def test_reported_before_by_somebody_else_it_is_judged_by_what_its_recipient_shows(visit: Visit, cast: Cast, database: Database):
    """Dora's report comes first on the board; Camille's is the one that shows the text."""
    page = thanked(visit, cast)
    accept(visit.as_("camille"), page)
    assert visit.as_("dora").send(address(page), {"motif": REASON}).status_code == 303
    first = only(database).public_id
    visit.as_("jeanne").send(f"{page}/retrait")
    show(visit, page)
    board = text_of(visit.as_("ana").get(BOARD))
    assert FACT in board and f"{BOARD}/{first}/suspension" in board
    assert visit.as_("ana").send(f"{BOARD}/{first}/suspension", {"raison": WHY}).status_code == 303
    assert seen(visit, page) == dict.fromkeys(PENDING, 404) | {"jeanne": 200}


def test_declined_it_is_reported_no_more_and_what_was_shown_stays_shown(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    show(visit, page)
    visit.as_("camille").send(f"{page}/refus")
    assert visit.as_("camille").get(address(page)).status_code == 404
    assert visit.as_("camille").send(address(page), {"motif": REASON}).status_code == 404
    assert FACT in text_of(visit.as_("ana").get(BOARD)), "until they answer"


def test_taken_back_by_its_giver_nothing_is_left_of_it(visit: Visit, cast: Cast, database: Database):
    page = thanked(visit, cast)
    show(visit, page)
    visit.as_("jeanne").send(f"{page}/reprise")
    assert contents(database)["report"] == [] and FACT not in text_of(visit.as_("ana").get(BOARD))
    assert "signalé" not in text_of(visit.as_("ana").get(WAITING)).split("<main")[1]


def test_an_animateur_who_gave_it_does_not_judge_it(visit: Visit, cast: Cast, database: Database):
    page = f"/reconnaissances/{make_recognition(database, cast.ana, cast.camille, FACT)}"
    alone = text_of(visit.as_("camille").get(address(page)))
    assert "Un signalement ne serait lu par personne" in alone
    assert visit.as_("camille").send(address(page), {"motif": REASON}).status_code == 422
    make_animateur(database, cast.paul)
    show(visit, page)
    assert FACT not in text_of(visit.as_("ana").get(BOARD)) and FACT in text_of(visit.as_("paul").get(BOARD))
    assert visit.as_("ana").send(f"{BOARD}/{only(database).public_id}/suspension", {"raison": WHY}).status_code == 404


def test_a_member_of_the_team_thanked_reports_it(visit: Visit, cast: Cast, database: Database):
    with database.system("the public id of the Voirie") as session:
        from rex.collectifs.models import Service

        service = session.get(Service, cast.service_ids["Voirie"])
        assert service is not None
        key = f"s-{service.public_id}"
    page = thank(visit.as_("jeanne"), a=key)
    show(visit, page, "bruno")
    assert FACT in text_of(visit.as_("ana").get(BOARD))
    with database.system("Camille leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.camille.id).values(ended_at=clock.now()))
    assert visit.as_("camille").get(address(page)).status_code == 404
    assert key_of(cast.camille) not in text_of(visit.as_("ana").get(BOARD))
