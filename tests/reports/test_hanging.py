"""Reports on what hangs from an entry: a note between récits, the sentence of an echo, a rereading, a synthèse.

Each is reported by who reads it, judged by an animateur who did not write it, sealed in its place, and put back."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from rex.db import Database
from rex.exchanges.models import Posture, Synthese
from rex.journal.difficulty_models import Echo
from rex.journal.models import Audience
from rex.journal.moment_models import What
from rex.journal.together_models import ActionNote, Rereading
from rex.notices.models import Notice
from rex.reports.models import Outcome, Report
from tests.cast import Cast, Person
from tests.conftest import Visit
from tests.exchanges.test_synthese import close
from tests.journal.acting_together import make_note, make_rereading
from tests.journal.difficulties import make_difficulty, make_echo
from tests.making import contents, make_exchange, make_recit, reader_of
from tests.reports.test_reports import BOARD, EVERYBODY, READERS, REASON, WHY, judge, make_animateur, only, text_of

SAID = "Zéphyrine l’avait bien cherché."
KINDS = ["note", "echo", "relecture", "synthese"]


@dataclass(frozen=True)
class Case:
    """A text that hangs from an entry: where it is reported, where it is read, what is said of it, who wrote it."""

    kind: str
    public_id: str
    page: str
    a: str
    author: Person
    told: What
    back: What

    @property
    def address(self) -> str:
        return f"/signaler/{self.kind}/{self.public_id}"

    @property
    def restoring(self) -> str:
        return f"/c/valombre/suspendus/{self.kind}/{self.public_id}/retablissement"


def newest(database: Database, column) -> str:
    with database.system("the text just made") as session:
        return session.scalars(select(column).order_by(column.class_.id.desc())).first() or ""


def make(visit: Visit, database: Database, cast: Cast, kind: str, audience: Audience = Audience.COLLECTIF) -> Case:
    """The text of a kind: by Bruno, a synthèse by Ana; under a text of Camille (a rereading is of its author's récit)."""
    told = What.WORDS_SUSPENDED, What.WORDS_RESTORED
    if kind == "echo":
        noted = make_difficulty(database, cast.camille, audience=audience)
        make_echo(database, cast.bruno, noted, SAID)
        return Case(kind, newest(database, Echo.public_id), noted.url, "La phrase d’un écho de Bruno Maréchal", cast.bruno, *told)
    if kind == "relecture":
        made = make_recit(database, cast.bruno, audience=audience)
        kept = make_rereading(database, cast.bruno, made, SAID)
        return Case(kind, kept, made.url, "Une relecture de Bruno Maréchal", cast.bruno, *told)
    made = make_recit(database, cast.camille, audience=audience)
    if kind == "note":
        other = make_recit(database, cast.jeanne, "Vu des parents", action=made.action_public_id, audience=audience)
        note = make_note(database, cast.bruno, made, other, SAID)
        told = What.NOTE_SUSPENDED, What.NOTE_RESTORED
        return Case(kind, note, f"/actions/{made.action_public_id}", "Une note de Bruno Maréchal", cast.bruno, *told)
    make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    make_exchange(database, cast.dora, made.public_id, "Nous.", Posture.APPORT)
    assert close(visit.as_("ana"), made, ("On décide ensemble.", "1"), (SAID, "2"), fil=audience.value).status_code == 303
    return Case(kind, newest(database, Synthese.public_id), made.url, "Une synthèse d’Ana Belmonte", cast.ana, *told)


def name_of(case: Case) -> str:
    return "ana" if case.kind == "synthese" else "bruno"


@pytest.fixture
def judge_name(database: Database, cast: Cast) -> str:
    """Dora animates too, so that somebody judges what Ana wrote."""
    make_animateur(database, cast.dora)
    return "dora"


def statuses(visit: Visit, url: str, post: bool = False) -> dict[str, int]:
    send = (lambda who: visit.as_(who).send(url, {"motif": ""}, page="/compte")) if post else (lambda who: visit.as_(who).get(url))
    return {who: send(who).status_code for who in EVERYBODY}


@pytest.mark.parametrize("kind", KINDS)
def test_who_reads_it_may_report_it_and_nobody_else(visit: Visit, cast: Cast, database: Database, kind: str):
    case = make(visit, database, cast, kind)
    assert statuses(visit, case.address) == READERS
    assert statuses(visit, case.address, post=True) == {who: 422 if code == 200 else code for who, code in READERS.items()}
    assert contents(database)["report"] == []
    for wrong in KINDS:
        if wrong != kind:
            assert visit.as_("dora").get(f"/signaler/{wrong}/{case.public_id}").status_code == 404, "another kind"
    assert visit.as_("dora").get(f"/signaler/autre/{case.public_id}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_the_link_stands_beside_it_and_not_for_its_author(visit: Visit, cast: Cast, database: Database, kind: str):
    case = make(visit, database, cast, kind)
    who = name_of(case)
    assert f'href="{case.address}"' in text_of(visit.as_("paul").get(case.page))
    assert case.address not in text_of(visit.as_(who).get(case.page))
    own = visit.as_(who).get(case.address)
    assert own.status_code == 200 and "<textarea" not in text_of(own)
    assert visit.as_(who).send(case.address, {"motif": REASON}).status_code == 422
    assert contents(database)["report"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_once_per_person_and_apart_from_its_entry(
    visit: Visit, cast: Cast, database: Database, kind: str, judge_name: str
):
    case = make(visit, database, cast, kind)
    for _ in range(2):
        answer = visit.as_("paul").send(case.address, {"motif": REASON})
        assert answer.status_code == 303 and answer.location.startswith(case.page), answer.location
    visit.as_("noor").send(case.address, {"motif": REASON})
    assert "déjà signalé" in text_of(visit.as_("paul").get(case.address))
    assert len(contents(database)["report"]) == 2
    if kind in ("echo", "relecture", "synthese"):
        entry = case.page.rpartition("/")[2]
        visit.as_("paul").send(f"/signaler/{entry}", {"motif": REASON})
        assert len(contents(database)["report"]) == 3, "its entry is another text"
    board = text_of(visit.as_(judge_name).get(BOARD))
    assert board.count('class="report"') == (1 if kind == "note" else 2) and SAID in board and case.a in board


@pytest.mark.parametrize("kind", KINDS)
def test_left_as_it_is(visit: Visit, cast: Cast, database: Database, kind: str, judge_name: str):
    case = make(visit, database, cast, kind)
    visit.as_("paul").send(case.address, {"motif": REASON})
    assert judge(visit, database, "retrait-du-reseau", judge_name).status_code == 303, "an entry leaves the réseau, not this"
    assert only(database).handled_at is None
    assert judge(visit, database, "classement", judge_name).status_code == 303
    assert only(database).outcome is Outcome.LEFT
    assert SAID in text_of(visit.as_("camille").get(case.page))
    board = text_of(visit.as_(judge_name).get(BOARD))
    assert "Aucun signalement n’attend" in board and "n’a rien changé à " in board


@pytest.mark.parametrize("kind", KINDS)
def test_suspended_its_author_alone_reads_it_with_the_reason(
    visit: Visit, cast: Cast, database: Database, kind: str, judge_name: str
):
    case = make(visit, database, cast, kind)
    who = name_of(case)
    visit.as_("paul").send(case.address, {"motif": REASON})
    for why in ("", " \n", "a" * 601):
        assert judge(visit, database, "suspension", judge_name, why).status_code == 422
    assert judge(visit, database, "suspension", judge_name).status_code == 303
    for other in ("camille", "paul", "jeanne", "dora", "noor"):
        page = text_of(visit.as_(other).get(case.page))
        assert SAID not in page and WHY not in page and "par l’animation" in page, other
        assert case.address not in page
    own = text_of(visit.as_(who).get(case.page))
    assert SAID in own and WHY in own and REASON not in own and "Paul" not in own.split(WHY)[0].split("Raison")[-1]
    assert statuses(visit, case.address) == dict.fromkeys(EVERYBODY, 404), "nothing to report any more"
    board = text_of(visit.as_(judge_name).get(BOARD))
    assert SAID not in board and case.a in board and WHY in board and case.restoring in board
    assert case.restoring not in text_of(visit.as_("ana").get(BOARD)) or who != "ana", "another one judges"
    with database.system("who was told") as session:
        assert session.scalars(select(Notice.what).where(Notice.user_id == case.author.id, Notice.what == case.told)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_suspended_it_is_in_clear_nowhere_in_the_base(
    visit: Visit, cast: Cast, database: Database, kind: str, judge_name: str
):
    case = make(visit, database, cast, kind)

    def in_clear() -> list[str]:
        cells = [(table, cell) for table, rows in contents(database).items() for row in rows for cell in row]
        return [
            table for table, cell in cells
            if (isinstance(cell, str) and "bien cherché" in cell) or (isinstance(cell, bytes) and "cherché".encode() in cell)
        ]

    assert in_clear(), "the search sees"
    visit.as_("paul").send(case.address, {"motif": REASON})
    judge(visit, database, "suspension", judge_name)
    assert in_clear() == []


@pytest.mark.parametrize("kind", KINDS)
def test_restored_it_is_as_it_was(visit: Visit, cast: Cast, database: Database, kind: str, judge_name: str):
    case = make(visit, database, cast, kind)
    who = name_of(case)
    tables = {"note": "action_note", "echo": "echo", "relecture": "rereading", "synthese": "synthese_sentence"}
    before = contents(database)[tables[kind]]
    visit.as_("paul").send(case.address, {"motif": REASON})
    judge(visit, database, "suspension", judge_name)
    assert contents(database)[tables[kind]] != before
    for other, status in {"paul": 403, "camille": 403, "ines": 404, "admin": 404}.items():
        assert visit.as_(other).send(case.restoring, page="/compte").status_code == status, other
    wrong = visit.as_("ines").send(case.restoring.replace("valombre", "orbe"), page="/compte")
    assert wrong.status_code == 404, "not a text of Orbe"
    if who == "ana":
        assert visit.as_("ana").send(case.restoring, page="/compte").status_code == 403, "her own"
    for _ in range(2):
        assert visit.as_(judge_name).send(case.restoring, page="/compte").status_code == 303
    assert contents(database)[tables[kind]] == before
    page = text_of(visit.as_("paul").get(case.page))
    assert SAID in page and "par l’animation" not in page and case.address in page
    with database.system("who was told") as session:
        assert session.scalars(select(Notice.what).where(Notice.user_id == case.author.id, Notice.what == case.back)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_judges_their_own(visit: Visit, cast: Cast, database: Database, kind: str):
    case = make(visit, database, cast, kind)
    own, other = ("ana", "bruno") if kind == "synthese" else ("bruno", "ana")
    if kind == "synthese":
        assert "Un signalement ne serait lu par personne" in text_of(visit.as_("paul").get(case.address))
        assert visit.as_("paul").send(case.address, {"motif": REASON}).status_code == 422
    make_animateur(database, cast.bruno)
    assert visit.as_("paul").send(case.address, {"motif": REASON}).status_code == 303
    assert REASON not in text_of(visit.as_(own).get(BOARD)) and "signalement" not in text_of(visit.as_(own).get("/c/valombre/"))
    for act in ("classement", "suspension"):
        assert judge(visit, database, act, own).status_code == 404
    board = text_of(visit.as_(other).get(BOARD))
    assert REASON in board and "Paul" in board
    for who, number in ((own, 0), (other, 1), ("paul", 0)):
        with database.session(write=True) as session:
            session.reader = reader_of(session, getattr(cast, who))
            assert len(session.scalars(select(Report.id)).all()) == number, f"the second lock, for {who}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_another_collectif_goes_to_the_texts_own(
    visit: Visit, cast: Cast, database: Database, kind: str, judge_name: str
):
    case = make(visit, database, cast, kind, Audience.RESEAU)
    expected = 404 if kind in ("note", "relecture") else 200
    assert visit.as_("ines").get(case.address).status_code == expected, "these two were said before the collectif alone"
    if expected == 200:
        assert visit.as_("ines").send(case.address, {"motif": REASON}).status_code == 303
        assert REASON not in text_of(visit.as_("ines").get("/c/orbe/signalements"))
        assert REASON in text_of(visit.as_(judge_name).get(BOARD))


def test_an_echo_without_a_sentence_is_not_a_text(visit: Visit, cast: Cast, database: Database):
    noted = make_difficulty(database, cast.camille)
    make_echo(database, cast.bruno, noted)
    assert visit.as_("paul").get(f"/signaler/echo/{newest(database, Echo.public_id)}").status_code == 404
    assert "/signaler/echo" not in text_of(visit.as_("paul").get(noted.url))


def test_of_an_echo_the_sentence_alone_goes(visit: Visit, cast: Cast, database: Database):
    case = make(visit, database, cast, "echo")
    visit.as_("paul").send(case.address, {"motif": REASON})
    judge(visit, database, "suspension")
    page = text_of(visit.as_("paul").get(case.page))
    assert "Bruno Maréchal" in page and "Phrase suspendue par l’animation" in page and "1 personne" in page
    bruno = visit.as_("bruno")
    assert "Retirer mon écho" in text_of(bruno.get(case.page))
    assert bruno.send(f"{case.page}/echo/retrait").status_code == 303
    assert contents(database)["report"] == [] and contents(database)["echo"] == [], "its report goes with it"
    assert visit.as_("ana").get(BOARD).status_code == 200


def test_a_suspended_note_is_taken_away_and_not_written_again(visit: Visit, cast: Cast, database: Database):
    case = make(visit, database, cast, "note")
    visit.as_("paul").send(case.address, {"motif": REASON})
    judge(visit, database, "suspension")
    bruno, address = visit.as_("bruno"), f"{case.page}/notes/{case.public_id}"
    assert f"{address}/modification" not in text_of(bruno.get(case.page))
    assert bruno.get(f"{address}/modification").status_code == 403
    sent = {"mots": "Autre chose.", "rencontre": "rejoignent"}
    assert bruno.send(f"{address}/modification", sent, page="/compte").status_code == 403
    assert SAID in text_of(bruno.get(f"{address}/retrait"))
    assert bruno.send(f"{address}/retrait").status_code == 303
    with database.system("nothing is left") as session:
        assert session.scalars(select(ActionNote.id)).all() == []
    board = text_of(visit.as_("ana").get(BOARD))
    assert case.public_id not in board


def test_a_suspended_rereading_is_taken_away_by_its_author(visit: Visit, cast: Cast, database: Database):
    case = make(visit, database, cast, "relecture")
    visit.as_("paul").send(case.address, {"motif": REASON})
    judge(visit, database, "suspension")
    address = f"{case.page}/relectures/{case.public_id}/retrait"
    assert SAID in text_of(visit.as_("bruno").get(address))
    assert visit.as_("bruno").send(address).status_code == 303
    with database.system("nothing is left") as session:
        assert session.scalars(select(Rereading.id)).all() == []


def test_a_suspended_synthese_leaves_its_thread_closed(visit: Visit, cast: Cast, database: Database, judge_name: str):
    case = make(visit, database, cast, "synthese")
    visit.as_("paul").send(case.address, {"motif": REASON})
    judge(visit, database, "suspension", judge_name)
    page = text_of(visit.as_("paul").get(case.page))
    assert "Synthèse suspendue par l’animation" in page and "Ce fil est clos" in page and "On décide ensemble" not in page
    own = text_of(visit.as_("ana").get(case.page))
    assert "On décide ensemble." in own and own.index("On décide ensemble.") < own.index(SAID)


def test_hidden_with_its_entry_it_waits(visit: Visit, cast: Cast, database: Database):
    case = make(visit, database, cast, "relecture")
    visit.as_("paul").send(case.address, {"motif": REASON})
    assert visit.as_("bruno").send(f"{case.page}/retrait").status_code == 303
    assert visit.as_("paul").get(case.address).status_code == 404
    board = text_of(visit.as_("ana").get(BOARD))
    assert "personne ne le lit plus" in board and SAID not in board
    assert judge(visit, database, "suspension").status_code == 303, "nothing to suspend any more"
    assert only(database).handled_at is None
