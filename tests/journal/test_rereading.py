"""« Relire »: proposed once, a year after, to each author; what they read otherwise stays beside the récit."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from rex import clock
from rex.collectifs.models import Membership
from rex.journal.models import Audience, Entry
from rex.journal.moments import What
from rex.journal.rereading import MOST_CHARS, propose_rereadings
from tests.journal.acting_together import count_kept, rereading_of, take_back, tell_again
from tests.journal.making import text_of
from tests.journal.test_actions import heard
from tests.making import make_recit

__all__ = ["heard"]  # a fixture
OTHERWISE = "Je ne dirais plus « prévenir »."


def aged(database, made, days: float) -> None:
    with database.system("published then", write=True) as session:
        session.execute(update(Entry).where(Entry.id == made.id).values(published_at=clock.now() - timedelta(days=days)))


def propose(database) -> None:
    with database.system("the ticker", write=True) as session:
        propose_rereadings(session)


def home_of(visit, who: str) -> str:
    return text_of(visit.as_(who).get("/c/valombre/"))


@pytest.mark.parametrize(("days", "is_due"), [(300, False), (364.9, False), (365.1, True), (395, True), (397, False), (800, False)])
def test_from_twelve_to_thirteen_months(visit, database, cast, heard, days, is_due):
    made = make_recit(database, cast.camille, "Le marché", co_authors=(cast.bruno,))
    aged(database, made, days)
    heard.clear()
    propose(database)
    due = [(What.REREAD, made.id, [cast.camille.id]), (What.REREAD, made.id, [cast.bruno.id])]
    assert heard == (due if is_due else [])
    for who, proposed in (("camille", is_due), ("bruno", is_due), ("dora", False)):
        assert (f"{made.url}/relire" in home_of(visit, who)) is proposed, who


def test_once_per_anniversary_and_person(visit, database, cast, heard):
    made = make_recit(database, cast.camille)
    aged(database, made, 370)
    heard.clear()
    for _ in range(3):
        propose(database)
    assert len(heard) == 1


def test_who_read_again_is_asked_no_more(visit, database, cast, heard):
    made = make_recit(database, cast.camille, co_authors=(cast.bruno,))
    aged(database, made, 370)
    rereading_of(visit.as_("camille"), made)
    heard.clear()
    propose(database)
    assert heard == [(What.REREAD, made.id, [cast.bruno.id])]
    assert "/relire" not in home_of(visit, "camille") and "/relire" in home_of(visit, "bruno")


def test_nobody_is_asked_about_what_is_not_read(visit, database, cast, heard):
    left, withdrawn, suspended = (make_recit(database, person) for person in (cast.bruno, cast.camille, cast.dora))
    for made in (left, withdrawn, suspended):
        aged(database, made, 370)
    take_back(visit.as_("camille"), withdrawn)
    with database.system("one leaves, one text is suspended", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
        session.execute(update(Entry).where(Entry.id == suspended.id).values(suspended_at=clock.now()))
    heard.clear()
    propose(database)
    assert heard == []
    assert "/relire" not in home_of(visit, "camille") and "/relire" not in home_of(visit, "dora")


def test_the_recit_is_read_then_the_words_are_kept_beside_it(visit, database, cast):
    made = make_recit(database, cast.camille, sections={"faits": "La rue était vide."})
    camille = visit.as_("camille")
    form = text_of(camille.get(f"{made.url}/relire"))
    order = ["Lu par", "La rue était vide.", "Ce que je lis autrement aujourd’hui", "Garder cette relecture devant les 7 membres"]
    assert sorted(order, key=form.index) == order
    kept = rereading_of(camille, made, f"{OTHERWISE}\n\n**Jamais.**")
    page = text_of(visit.as_("dora").get(made.url))
    assert f'id="relecture-{kept}"' in page and "<strong>Jamais.</strong>" in page and "Camille Roy, le" in page
    assert f"/relectures/{kept}/retrait" not in page and f"/relectures/{kept}/retrait" in text_of(camille.get(made.url))


def test_only_an_author_reads_again(visit, database, cast):
    made = make_recit(database, cast.camille, audience=Audience.RESEAU)
    for who, status in (("dora", 403), ("ana", 403), ("ines", 403), ("gael", 404)):
        client = visit.as_(who)
        assert client.get(f"{made.url}/relire").status_code == status
        assert client.send(f"{made.url}/relire", {"autrement": OTHERWISE}).status_code == status
    draft = make_recit(database, cast.camille, audience=None)
    assert visit.as_("camille").get(f"{draft.url}/relire").status_code == 404
    assert count_kept(database)[1] == 0


def test_it_is_hidden_with_the_recit_and_never_read_more_widely(visit, database, cast):
    made = make_recit(database, cast.camille)
    camille = visit.as_("camille")
    kept = rereading_of(camille, made)
    tell_again(camille, made, "reseau")
    assert kept in text_of(visit.as_("dora").get(made.url)) and kept not in text_of(visit.as_("ines").get(made.url))
    wide = rereading_of(camille, made, "Devant le réseau.")
    narrow = rereading_of(camille, made, "Le bouton nommait le journal.", devant="collectif")
    there = text_of(visit.as_("ines").get(made.url))
    assert wide in there and narrow not in there
    take_back(camille, made)
    assert camille.get(f"{made.url}/relectures/{kept}/retrait").status_code == 404
    tell_again(camille, made)
    assert kept in text_of(visit.as_("dora").get(made.url))


def test_its_author_alone_removes_it(visit, database, cast):
    made = make_recit(database, cast.camille, co_authors=(cast.bruno,))
    other = make_recit(database, cast.camille)
    camille = visit.as_("camille")
    kept = rereading_of(camille, made)
    path = f"{made.url}/relectures/{kept}/retrait"
    for who in ("bruno", "dora", "ana"):
        assert visit.as_(who).get(path).status_code == 403 and visit.as_(who).send(path).status_code == 403
    assert camille.get(f"{other.url}/relectures/{kept}/retrait").status_code == 404, "of another récit"
    assert "prévenir" in text_of(camille.get(path)) and camille.send(path).status_code == 303
    assert count_kept(database)[1] == 0 and kept not in text_of(camille.get(made.url))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("  \n", "Écrivez ce que vous lisez autrement, en une phrase"), ("é" * (MOST_CHARS + 1), "Raccourcissez ce texte")],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(visit, database, cast, words, sentence):
    made = make_recit(database, cast.camille)
    answer = visit.as_("camille").send(f"{made.url}/relire", {"autrement": words})
    assert answer.status_code == 422 and sentence in text_of(answer) and words.strip() in text_of(answer)
    assert count_kept(database)[1] == 0
