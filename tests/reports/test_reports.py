"""Reports: who may show a text to the animateurs, who reads that, and what becomes of the text."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from rex.collectifs.models import Membership, Role
from rex.db import Database
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Stance
from rex.reports.models import Outcome, Report
from tests.cast import Cast, Person
from tests.conftest import Visit
from tests.journal.making import text_of as drawn_text
from tests.making import Made, contents, make_exchange, make_recit

REASON = "Ce passage désigne quelqu’un que tout le monde reconnaît."
WHY = "Le troisième paragraphe nomme une famille."
BOARD = "/c/valombre/signalements"
EVERYBODY = ["camille", "bruno", "dora", "ana", "paul", "jeanne", "noor", "ines", "admin", "gael"]


def text_of(response: TestResponse) -> str:
    """The page, its no-break spaces as plain ones."""
    return drawn_text(response).replace("\u00a0", " ").replace("\u202f", " ")


def say(visit: Visit, who: str, made: Made, exchange: str = "", reason: str = REASON) -> TestResponse:
    return visit.as_(who).send(f"/signaler/{made.public_id}{'/' + exchange if exchange else ''}", {"motif": reason})


def only(database: Database) -> Report:
    with database.system("the report") as session:
        found = session.scalars(select(Report).order_by(Report.id.desc())).first()
    assert found is not None, "nobody reported anything"
    return found


def judge(visit: Visit, database: Database, act: str, who: str = "ana", why: str = WHY) -> TestResponse:
    return visit.as_(who).send(f"{BOARD}/{only(database).public_id}/{act}", {"raison": why})


def make_animateur(database: Database, person: Person) -> None:
    with database.system("a second animateur", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == person.id).values(role=Role.ANIMATEUR))


def codes(visit: Visit, url: str) -> dict[str, int]:
    return {who: visit.as_(who).get(url).status_code for who in EVERYBODY}


READERS = dict.fromkeys(EVERYBODY, 200) | {"ines": 404, "admin": 404, "gael": 404}


# --- who may report, who reads it --------------------------------------------------------------------------------------


def test_who_reads_a_text_may_report_it_and_nobody_else(visit: Visit, cast: Cast, database: Database):
    told = make_recit(database, cast.camille)
    draft = make_recit(database, cast.camille, audience=None)
    message = make_exchange(database, cast.bruno, told.public_id)
    assert codes(visit, f"/signaler/{told.public_id}") == READERS
    assert codes(visit, f"/signaler/{told.public_id}/{message}") == READERS
    assert set(codes(visit, f"/signaler/{draft.public_id}").values()) == {404}, "its author too: it is nobody's to read"
    assert set(codes(visit, f"/signaler/{draft.public_id}/{message}").values()) == {404}, "the message is not under it"
    for who in ("ines", "admin", "gael"):
        assert say(visit, who, told).status_code == 404
    assert contents(database)["report"] == []


def test_the_page_names_who_will_read_it(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    page = text_of(visit.as_("dora").get(f"/signaler/{made.public_id}"))
    assert "Ana Belmonte" in page and "n’apprennent pas qui l’a signalé" in page
    assert f'href="/signaler/{made.public_id}"' in text_of(visit.as_("dora").get(made.url))
    assert "/signaler/" not in text_of(visit.as_("camille").get(made.url)), "one does not report oneself"
    assert say(visit, "camille", made).status_code == 422


def test_the_reports_are_read_by_the_animateurs_alone(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    assert say(visit, "dora", made).location == made.url
    assert codes(visit, BOARD) == dict.fromkeys(EVERYBODY, 403) | {"ana": 200, "ines": 404, "admin": 404, "gael": 404}
    board = text_of(visit.as_("ana").get(BOARD))
    assert REASON in board and "Dora Lenoir" in board and made.url in board
    assert REASON not in text_of(visit.as_("ines").get("/c/orbe/signalements"))
    for who, status in {"camille": 403, "dora": 403, "ines": 404, "admin": 404}.items():
        for act in ("classement", "suspension", "retrait-du-reseau"):
            answer = visit.as_(who).send(f"{BOARD}/{only(database).public_id}/{act}", {"raison": WHY}, page="/compte")
            assert answer.status_code == status, (who, act)


def test_a_report_of_the_reseau_goes_to_the_animateurs_of_the_texts_collectif(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    assert say(visit, "ines", made).status_code == 303
    assert REASON in text_of(visit.as_("ana").get(BOARD))
    assert REASON not in text_of(visit.as_("ines").get("/c/orbe/signalements")), "she animates Orbe, not this text's journal"
    wrong = visit.as_("ines").send(f"/c/orbe/signalements/{only(database).public_id}/suspension", {"raison": WHY})
    assert wrong.status_code == 404


def test_the_reason_is_sealed(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    say(visit, "dora", made)
    rows = [value for table in contents(database).values() for row in table for value in row]
    assert not [value for value in rows if isinstance(value, str) and "désigne quelqu" in value]
    assert not [value for value in rows if isinstance(value, bytes) and "désigne".encode() in value]
    assert only(database).reason


def test_once_per_person_and_text(visit: Visit, cast: Cast, database: Database):
    made, other = make_recit(database, cast.camille), make_recit(database, cast.camille)
    message = make_exchange(database, cast.bruno, made.public_id)
    for _ in range(2):
        assert say(visit, "dora", made).status_code == 303
    say(visit, "dora", made, message)
    say(visit, "dora", other)
    say(visit, "paul", made)
    assert len(contents(database)["report"]) == 4
    assert "déjà signalé" in text_of(visit.as_("dora").get(f"/signaler/{made.public_id}"))
    board = text_of(visit.as_("ana").get(BOARD))
    assert board.count('class="report"') == 3 and board.count(REASON) == 4, "one case per text, with all that was said of it"


@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b", "a" * 2001])
def test_a_report_says_why(visit: Visit, cast: Cast, database: Database, reason: str):
    made = make_recit(database, cast.camille)
    answer = say(visit, "dora", made, reason=reason)
    assert answer.status_code == 422 and "<title>Erreur" in text_of(answer)
    assert reason.strip() in drawn_text(answer) and contents(database)["report"] == []


def test_an_animateur_does_not_judge_their_own_text(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.ana)
    page = text_of(visit.as_("dora").get(f"/signaler/{made.public_id}"))
    assert "Un signalement ne serait lu par personne" in page and "<textarea" not in page
    assert say(visit, "dora", made).status_code == 422 and contents(database)["report"] == []
    make_animateur(database, cast.bruno)
    page = text_of(visit.as_("dora").get(f"/signaler/{made.public_id}"))
    assert "Bruno Maréchal" in page and "Ana Belmonte, qui anime" not in page
    assert say(visit, "dora", made).status_code == 303
    assert REASON not in text_of(visit.as_("ana").get(BOARD)), "nor who reported it"
    assert judge(visit, database, "suspension", "ana").status_code == 404
    assert REASON in text_of(visit.as_("bruno").get(BOARD))
    assert judge(visit, database, "suspension", "bruno").status_code == 303
    assert visit.as_("ana").send(f"/c/valombre/suspendus/{made.public_id}/retablissement").status_code == 404
    assert visit.as_("bruno").send(f"/c/valombre/suspendus/{made.public_id}/retablissement").status_code == 303


# --- what is done ------------------------------------------------------------------------------------------------------


def test_left_as_it_is(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    say(visit, "dora", made)
    assert judge(visit, database, "classement").location == BOARD
    assert visit.as_("paul").get(made.url).status_code == 200
    report = only(database)
    assert report.outcome is Outcome.LEFT and report.handled_by_id == cast.ana.id
    assert "Aucun signalement n’attend" in text_of(visit.as_("ana").get(BOARD))


def test_who_reported_learns_that_it_was_read_and_nothing_else(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    say(visit, "dora", made)
    judge(visit, database, "classement")
    assert "L’animation a lu votre signalement" in text_of(visit.as_("dora").get("/ce-qui-vous-attend"))
    assert "signalement" not in text_of(visit.as_("camille").get("/ce-qui-vous-attend")).split("</h1>")[1].split("</main")[0]


def test_restoring_is_written_even_when_no_author_wrote(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    message = make_exchange(database, cast.bruno, made.public_id, "Vous mentez.")
    say(visit, "dora", made, message)
    judge(visit, database, "suspension")
    visit.as_("ana").send(f"/c/valombre/suspendus/{made.public_id}/{message}/retablissement")
    assert "a rétabli un message" in text_of(visit.as_("ana").get(BOARD))
    say(visit, "dora", made)
    judge(visit, database, "suspension")
    visit.as_("ana").send(f"/c/valombre/suspendus/{made.public_id}/retablissement")
    assert "a rétabli un récit de Camille" in text_of(visit.as_("ana").get(BOARD))


def test_the_acts_require_a_written_reason(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    say(visit, "dora", made)
    for act in ("suspension", "retrait-du-reseau"):
        for why in ("", " \n", "a" * 601):
            answer = judge(visit, database, act, why=why)
            assert answer.status_code == 422 and "Erreur" in text_of(answer) and why.strip() in text_of(answer)
    for why in ("", "a" * 601):
        assert visit.as_("ana").send(f"/entrees/{made.public_id}/retrait-du-reseau", {"raison": why}).status_code == 422
    assert visit.as_("ines").get(made.url).status_code == 200 and only(database).handled_at is None


def test_a_suspended_recit_is_told_to_nobody_and_read_by_its_authors(visit: Visit, cast: Cast, database: Database):
    made = make_recit(
        database, cast.camille, "La rue Zéphyrine", {"faits": "Zéphyrine a fermé."}, Audience.RESEAU, {"C1": Stance.ILLUSTRE},
        co_authors=(cast.bruno,),
    )
    make_exchange(database, cast.dora, made.public_id, "Zéphyrine, vraiment ?")
    say(visit, "dora", made)
    assert judge(visit, database, "suspension").status_code == 303
    nobody = dict.fromkeys(EVERYBODY, 404)
    assert codes(visit, made.url) == nobody | {"camille": 200, "bruno": 200}
    assert codes(visit, f"/actions/{made.action_public_id}")["dora"] == 404
    for page in ("/c/valombre/", "/c/valombre/recits", "/c/valombre/recits?enjeu=C", "/boussole", "/boussole/C1", BOARD,
                 "/c/valombre/recits?reseau=1", "/c/valombre/sans-reponse"):
        for who in ("ana", "dora", "ines", "camille"):
            answer = visit.as_(who).get(page.replace("valombre", "orbe") if who == "ines" else page)
            assert "Zéphyrine" not in text_of(answer), (who, page)
    board = text_of(visit.as_("ana").get(BOARD))
    assert "Un récit de Camille Roy et Bruno Maréchal" in board and WHY in board
    for who in ("camille", "bruno"):
        page = text_of(visit.as_(who).get(made.url))
        assert "Suspendu par l’animation" in page and WHY in page and "Zéphyrine a fermé" in page
        assert 'data-audience="brouillon"' in page and "/suspension/" in page


def test_counts_leave_a_suspended_recit_out(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, balises={"C1": Stance.ILLUSTRE})

    def count() -> str:
        home = visit.as_("dora").get("/c/valombre/").get_data(as_text=True)
        found = re.search(r'data-enjeu="C".*?class="count[^"]*">(\d+)<', home, re.DOTALL)
        assert found
        return found[1]

    assert count() == "1"
    say(visit, "dora", made)
    judge(visit, database, "suspension")
    assert count() == "0"
    visit.as_("ana").send(f"/c/valombre/suspendus/{made.public_id}/retablissement")
    assert count() == "1"


def test_an_action_does_not_keep_the_name_of_a_suspended_recit(visit: Visit, cast: Cast, database: Database):
    first = make_recit(database, cast.camille, "Zéphyrine")
    second = make_recit(database, cast.jeanne, "Vu des parents", action=first.action_public_id)
    say(visit, "dora", first)
    judge(visit, database, "suspension")
    page = text_of(visit.as_("dora").get(f"/actions/{first.action_public_id}"))
    assert "Vu des parents" in page and "Zéphyrine" not in page
    assert "Zéphyrine" not in text_of(visit.as_("dora").get(second.url))
    camille = visit.as_("camille")
    form = {"titre": "Zéphyrine encore", "base-titre": "1"}
    edition = camille.get(f"{first.url}/edition").get_data(as_text=True)
    form |= dict(re.findall(r'name="(base-[\w-]+)" value="([^"]*)"', edition))
    camille.send(f"{first.url}/edition", form)
    camille.send(f"{first.url}/publication", {"publier": "collectif"})
    assert "Zéphyrine" not in text_of(visit.as_("dora").get(f"/actions/{first.action_public_id}"))


def test_a_suspended_recit_is_corrected_answered_and_restored(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    say(visit, "dora", made)
    judge(visit, database, "suspension")
    camille, ana = visit.as_("camille"), visit.as_("ana")
    assert camille.get(f"{made.url}/edition").status_code == 200
    assert "Ana Belmonte" in text_of(camille.get(f"/suspension/{made.public_id}"))
    assert camille.send(f"/suspension/{made.public_id}", {"texte": " "}).status_code == 422
    assert camille.send(f"/suspension/{made.public_id}", {"texte": "J’ai retiré le nom."}).location == made.url
    for who in ("dora", "ana", "ines", "admin", "gael"):
        assert visit.as_(who).get(f"/suspension/{made.public_id}").status_code == 404, who
    board = text_of(ana.get(BOARD))
    assert "J’ai retiré le nom." in board and "qui signe ce texte" in board
    assert ana.send(f"/c/valombre/suspendus/{made.public_id}/retablissement").status_code == 303
    assert codes(visit, made.url) == READERS
    assert "J’ai retiré le nom." not in text_of(ana.get(BOARD)) and "Suspendu par" not in text_of(camille.get(made.url))
    assert camille.get(f"/suspension/{made.public_id}").status_code == 404
    assert ana.send(f"/c/valombre/suspendus/{made.public_id}/retablissement").status_code == 404


def test_withdrawn_and_published_again_it_stays_suspended(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    say(visit, "dora", made)
    judge(visit, database, "suspension")
    camille = visit.as_("camille")
    camille.send(f"{made.url}/retrait")
    assert camille.get(made.url).location == f"{made.url}/edition"
    camille.send(f"{made.url}/publication", {"publier": "collectif"})
    page = text_of(camille.get(made.url))
    assert "Suspendu par l’animation" in page and "reste suspendu" in page and "peuvent le lire" not in page
    assert visit.as_("dora").get(made.url).status_code == 404


def test_authors_withdraw_a_reported_recit(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, "Zéphyrine")
    say(visit, "dora", made)
    visit.as_("camille").send(f"{made.url}/retrait")
    board = text_of(visit.as_("ana").get(BOARD))
    assert "personne ne le lit plus" in board and "Zéphyrine" not in board and "Classer" in board
    assert judge(visit, database, "suspension").status_code == 303, "nothing to suspend any more"
    assert only(database).handled_at is None
    assert judge(visit, database, "classement").status_code == 303
    assert only(database).outcome is Outcome.LEFT


# --- the réseau --------------------------------------------------------------------------------------------------------


def test_taken_back_from_the_reseau_after_a_report(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    say(visit, "ines", made)
    assert judge(visit, database, "retrait-du-reseau").status_code == 303
    assert codes(visit, made.url) == READERS
    page = text_of(visit.as_("camille").get(made.url))
    assert "Retiré du réseau par l’animation" in page and WHY in page
    assert WHY not in text_of(visit.as_("bruno").get(made.url)), "the reason is for its authors"
    assert REASON not in page, "what was reported is not"
    rows = [value for row in contents(database)["report"] for value in row if isinstance(value, str)]
    assert WHY not in rows
    assert judge(visit, database, "retrait-du-reseau").status_code == 303, "done already: nothing more happens"


def test_taken_back_from_the_reseau_without_a_report(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    address = f"/entrees/{made.public_id}/retrait-du-reseau"
    assert f'href="{address}"' in text_of(visit.as_("ana").get(made.url))
    assert address not in text_of(visit.as_("dora").get(made.url))
    assert codes(visit, address) == dict.fromkeys(EVERYBODY, 403) | {"ana": 200, "admin": 404, "gael": 404}
    assert visit.as_("ines").send(address, {"raison": WHY}).status_code == 403, "an animatrice of another collectif"
    assert visit.as_("ana").send(address, {"raison": WHY}).location == made.url
    assert visit.as_("ines").get(made.url).status_code == 404
    assert WHY in text_of(visit.as_("camille").get(made.url))
    assert visit.as_("ana").send(address, {"raison": WHY}).status_code == 422
    assert "Aucun signalement n’attend" in text_of(visit.as_("ana").get(BOARD))
    visit.as_("camille").send(f"{made.url}/publication", {"publier": "reseau"})
    assert WHY not in text_of(visit.as_("camille").get(made.url))


# --- messages ----------------------------------------------------------------------------------------------------------


def test_a_message_is_suspended_and_restored(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    message = make_exchange(database, cast.bruno, made.public_id, "Vous mentez, Zéphyrine.")
    assert say(visit, "dora", made, message).location == f"{made.url}#e-{message}"
    board = text_of(visit.as_("ana").get(BOARD))
    assert "Un message de Bruno Maréchal" in board and "Vous mentez, Zéphyrine." in board
    assert judge(visit, database, "retrait-du-reseau").status_code == 303, "an entry leaves the réseau, not a message"
    assert judge(visit, database, "suspension").status_code == 303
    for who in ("dora", "camille"):
        assert "Vous mentez" not in text_of(visit.as_(who).get(made.url)), who
    assert WHY in text_of(visit.as_("bruno").get(made.url))
    board = text_of(visit.as_("ana").get(BOARD))
    assert "Vous mentez" not in board and f"/c/valombre/suspendus/{made.public_id}/{message}/retablissement" in board
    with database.system("sealed") as session:
        assert session.scalars(select(Exchange.source)).one() == ""
    address = f"/c/valombre/suspendus/{made.public_id}/{message}/retablissement"
    assert visit.as_("dora").send(address).status_code == 403
    assert visit.as_("ana").send(address).status_code == 303
    assert "Vous mentez" in text_of(visit.as_("dora").get(made.url))


# --- a recognition -----------------------------------------------------------------------------------------------------


def test_a_recognition_is_suspended_and_its_giver_reads_why(visit: Visit, cast: Cast, database: Database):
    jeanne, camille = visit.as_("jeanne"), visit.as_("camille")
    words = "Merci pour Zéphyrine."
    page = jeanne.send("/merci", {"collectif": "valombre", "nom": "Camille Roy", "fait": words}).location
    assert jeanne.get(f"/signaler/{page.split('/')[-1]}").status_code == 404, "nobody reads it yet"
    camille.send(f"{page}/publication", {"audience": "collectif"})
    assert say(visit, "dora", Made(0, page.split("/")[-1], "")).location == page
    judge(visit, database, "suspension")
    assert codes(visit, page) == dict.fromkeys(EVERYBODY, 404) | {"jeanne": 200}
    assert WHY in text_of(jeanne.get(page)) and words not in text_of(visit.as_("dora").get("/c/valombre/reconnaissances"))
    visit.as_("ana").send(f"/c/valombre/suspendus/{page.split('/')[-1]}/retablissement")
    assert codes(visit, page) == READERS


# --- the pages ---------------------------------------------------------------------------------------------------------


def test_the_home_tells_the_animateurs_alone_and_only_when_something_waits(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    assert "signalement" not in text_of(visit.as_("ana").get("/c/valombre/"))
    say(visit, "dora", made)
    say(visit, "paul", made)
    home = text_of(visit.as_("ana").get("/c/valombre/"))
    assert "2 signalements" in home and BOARD in home
    assert "signalement" not in text_of(visit.as_("dora").get("/c/valombre/"))
    judge(visit, database, "classement")
    assert "signalement" not in text_of(visit.as_("ana").get("/c/valombre/"))


def test_the_board_asks_a_constant_number_of_statements(
    visit: Visit, cast: Cast, database: Database, count_statements: Callable
):
    ana = visit.as_("ana")

    def some(number: int) -> None:
        for index in range(number):
            made = make_recit(database, cast.camille, f"Récit {index}")
            message = make_exchange(database, cast.bruno, made.public_id)
            say(visit, "dora", made, message)
            say(visit, "dora", made)
            if index % 2:
                judge(visit, database, "suspension")

    def cost() -> int:
        ana.get(BOARD)
        with count_statements() as statements:
            assert ana.get(BOARD).status_code == 200
        return len(statements)

    some(2)
    few = cost()
    some(4)
    assert cost() == few <= 14, f"{few}: one for each kind of text that may be suspended, among them"


def test_hostile_words_are_words(visit: Visit, cast: Cast, database: Database):
    made = make_recit(database, cast.camille)
    say(visit, "dora", made, reason="<script>alert(1)</script>\x00 **gras**")
    page = visit.as_("ana").get(BOARD).get_data(as_text=True)
    assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert judge(visit, database, "suspension", why="<b>\x00\u202eparce que").status_code == 303
    assert "&lt;b&gt;parce que" in visit.as_("camille").get(made.url).get_data(as_text=True)


