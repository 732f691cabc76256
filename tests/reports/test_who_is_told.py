"""What the animateurs are told of texts that they do not read, and who among them judges."""

import pytest
from sqlalchemy import update

from rex.collectifs.models import College, Membership, Role
from rex.db import Database
from rex.journal.models import Audience
from rex.journal.moment_models import What
from tests.cast import Cast
from tests.conftest import Visit
from tests.journal.difficulties import make_difficulty, make_passage
from tests.making import FACTS, Made, make_recit, make_report
from tests.notices.telling import has_news, kept
from tests.reports.test_reports import BOARD, WHY, judge, make_animateur, only, say, text_of

LETTER = "Ce nom est celui d’une rue, pas d’une famille."
WAITING = "/ce-qui-vous-attend"


def suspended(visit: Visit, database: Database, cast: Cast) -> Made:
    recit = make_recit(database, cast.camille, "La rue Zéphyrine")
    say(visit, "dora", recit)
    assert judge(visit, database, "suspension").status_code == 303
    return recit


def write(visit: Visit, made: Made, who: str = "camille") -> None:
    assert visit.as_(who).send(f"/suspension/{made.public_id}", {"texte": LETTER}).status_code == 303


# --- an author of a suspended text writes back ---------------------------------------------------------------------------------


def test_the_animateurs_are_told_that_an_author_wrote_back(visit: Visit, cast: Cast, database: Database):
    make_animateur(database, cast.paul)
    made = suspended(visit, database, cast)
    for who in ("ana", "paul"):
        visit.as_(who).get(BOARD).close()
    write(visit, made)
    told = "Camille Roy vous écrit au sujet d’un texte suspendu"
    for who in ("ana", "paul"):
        page = text_of(visit.as_(who).get(WAITING))
        assert told in page and "Zéphyrine" not in page and "Ce nom est celui" not in page, "told, without a word of the text"
        assert f'href="{BOARD}"' in page
        assert has_news(database, getattr(cast, who))
    for who in ("camille", "dora", "bruno"):
        assert told not in text_of(visit.as_(who).get(WAITING))
        assert not [notice for notice in kept(database, getattr(cast, who)) if notice.what is What.LETTER]
    board = visit.as_("ana").get(BOARD)
    assert LETTER in text_of(board)
    board.close()
    assert told not in text_of(visit.as_("ana").get(WAITING)), "seen with the reports"
    assert told in text_of(visit.as_("paul").get(WAITING)), "each for oneself"


def test_who_is_no_longer_an_animateur_is_told_nothing(visit: Visit, cast: Cast, database: Database):
    make_animateur(database, cast.paul)
    made = suspended(visit, database, cast)
    write(visit, made)
    with database.system("Paul animates no more", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(role=Role.MEMBRE))
    assert "vous écrit au sujet" not in text_of(visit.as_("paul").get(WAITING))
    assert "vous écrit au sujet" in text_of(visit.as_("ana").get(WAITING))


def test_nor_who_animates_another_journal_since(visit: Visit, cast: Cast, database: Database):
    make_animateur(database, cast.paul)
    made = suspended(visit, database, cast)
    write(visit, made)
    assert "vous écrit au sujet" in text_of(visit.as_("paul").get(WAITING))
    with database.system("Paul animates the journal of the Orbe, and not that of Valombre", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.paul.id).values(role=Role.MEMBRE))
        elsewhere = {"college": College.ELU, "role": Role.ANIMATEUR, "title": ""}
        session.add(Membership(user_id=cast.paul.id, collectif_id=cast.orbe_id, **elsewhere))
    assert "vous écrit au sujet" not in text_of(visit.as_("paul").get(WAITING))


def test_withdrawn_meanwhile_the_letter_still_awaits_its_judges(visit: Visit, cast: Cast, database: Database):
    make_animateur(database, cast.paul)
    made = suspended(visit, database, cast)
    visit.as_("paul").get(BOARD).close()
    write(visit, made)
    assert visit.as_("camille").send(f"{made.url}/retrait").status_code == 303
    assert "vous écrit au sujet" in text_of(visit.as_("paul").get(WAITING)) and has_news(database, cast.paul)


def test_answered_it_awaits_nobody(visit: Visit, cast: Cast, database: Database):
    make_animateur(database, cast.paul)
    made = suspended(visit, database, cast)
    write(visit, made)
    assert visit.as_("ana").send(f"/c/valombre/suspendus/{made.public_id}/retablissement").status_code == 303
    assert "vous écrit au sujet" not in text_of(visit.as_("paul").get(WAITING))


# --- who signed a text once does not judge it ------------------------------------------------------------------------------------


@pytest.fixture
def left(visit: Visit, cast: Cast, database: Database) -> Made:
    """Ana, who animates with Paul, signed with Camille, and does not any more; her words are still in it."""
    make_animateur(database, cast.paul)
    made = make_recit(database, cast.camille, "Le marché d’Ana", co_authors=(cast.ana,), audience=Audience.RESEAU)
    assert visit.as_("ana").send(f"{made.url}/co-auteurs/depart").status_code == 303, "she leaves"
    return made


def test_who_signed_a_text_once_does_not_judge_it(visit: Visit, cast: Cast, database: Database, left: Made):
    assert "Paul Weiss" in text_of(visit.as_("dora").get(f"/signaler/{left.public_id}"))
    assert "Ana Belmonte" not in text_of(visit.as_("dora").get(f"/signaler/{left.public_id}")).split("</h1>")[0].split("<main")[1]
    say(visit, "dora", left)
    assert not kept(database, cast.ana), "nor is she told"
    assert "Le marché d’Ana" not in text_of(visit.as_("ana").get(BOARD)).split("</h1>")[1]
    report = only(database).public_id
    for act in ("classement", "suspension", "retrait-du-reseau"):
        assert visit.as_("ana").send(f"{BOARD}/{report}/{act}", {"raison": WHY}).status_code == 404
    assert "retrait-du-reseau" not in text_of(visit.as_("ana").get(left.url))
    assert visit.as_("ana").send(f"/entrees/{left.public_id}/retrait-du-reseau", {"raison": WHY}).status_code == 403
    assert "Le marché d’Ana" in text_of(visit.as_("paul").get(BOARD))
    assert judge(visit, database, "suspension", "paul").status_code == 303
    assert left.public_id not in text_of(visit.as_("ana").get(BOARD))
    assert visit.as_("ana").send(f"/c/valombre/suspendus/{left.public_id}/retablissement").status_code == 404
    write(visit, left)
    assert not [notice for notice in kept(database, cast.ana) if notice.what is What.LETTER]
    assert "vous écrit au sujet" in text_of(visit.as_("paul").get(WAITING))
    assert visit.as_("paul").send(f"/c/valombre/suspendus/{left.public_id}/retablissement").status_code == 303


def test_nor_a_passage_that_she_signed_with_it(visit: Visit, cast: Cast, database: Database):
    make_animateur(database, cast.paul)
    made = make_recit(database, cast.camille, "Le marché d’Ana", co_authors=(cast.ana,))
    passage = make_passage(database, cast.camille, made, FACTS).public_id
    assert visit.as_("ana").send(f"{made.url}/co-auteurs/depart").status_code == 303
    make_report(database, cast.dora, passage)
    assert passage not in text_of(visit.as_("ana").get(BOARD)) and passage in text_of(visit.as_("paul").get(BOARD))


def test_other_texts_are_judged_as_before(visit: Visit, cast: Cast, database: Database, left: Made):
    other = make_difficulty(database, cast.camille)
    make_report(database, cast.dora, other.public_id)
    assert other.public_id in text_of(visit.as_("ana").get(BOARD))
