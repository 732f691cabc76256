"""The page of trends and the lists behind its figures: who opens them, what an address may ask, what they never do."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update

from rex import clock
from rex.journal.models import Audience, Entry
from tests.making import make_group, make_recit
from tests.tensions.telling import make_tension

PAGE = "/c/valombre/tendances"
LIST = f"{PAGE}/entrees"


def main_of(answer) -> str:
    text = unescape(answer.get_data(as_text=True)).replace("\u00a0", " ").replace("\u202f", " ")
    return text.partition("<main")[2].partition("</main>")[0]


def tell_recits(database, cast, number: int = 6, **more):
    return [make_recit(database, cast.paul, title=f"Récit {rank}", **more) for rank in range(number)]


def test_under_five_recits_nothing_is_told(visit, database, cast):
    tell_recits(database, cast, 4)
    page = main_of(visit.as_("paul").get(PAGE))
    assert "Pas encore assez de récits pour parler de tendances." in page and "Il y en a 4." in page
    assert '<section class="section trend"' not in page


def test_from_five_on_it_is_told(visit, database, cast):
    tell_recits(database, cast, 5)
    page = main_of(visit.as_("paul").get(PAGE))
    assert "Pas encore assez" not in page


@pytest.mark.parametrize("who", ["paul", "ana", "jeanne"])
def test_a_member_reads_it_whatever_their_place(visit, database, cast, who):
    assert visit.as_(who).get(PAGE).status_code == 200


def test_who_is_no_member_finds_nothing(visit, database, cast):
    tell_recits(database, cast)
    for path in (PAGE, f"{LIST}?quoi=recits"):
        assert visit.as_("ines").get(path).status_code == 404
        assert visit.as_("admin").get(path).status_code == 404
        assert visit.as_(None).get(path).status_code in (302, 303)


@pytest.mark.parametrize(
    "asked", ["", "?quoi=tout", "?quoi=recits&mois=2026-13", "?quoi=recits&sens=x", "?quoi=recits&de=' OR 1=1"]
)
def test_a_figure_that_is_none_does_not_exist(visit, cast, asked):
    assert visit.as_("paul").get(LIST + asked).status_code == 404


def test_the_list_holds_what_is_told_in_these_days(visit, database, cast):
    recits = tell_recits(database, cast, 3)
    with database.system("one of them is of another year", write=True) as session:
        session.execute(update(Entry).where(Entry.id == recits[0].id).values(published_at=clock.now() - timedelta(days=500)))
    page = main_of(visit.as_("paul").get(f"{LIST}?quoi=recits"))
    assert "2 récits" in page and "Récit 0" not in page and "Récit 1" in page and "Récit 2" in page
    assert "3 récits" in main_of(visit.as_("paul").get(f"{LIST}?quoi=recits&quand=toujours"))


def test_a_draft_of_mine_is_not_in_it(visit, database, cast):
    tell_recits(database, cast, 2)
    make_recit(database, cast.paul, title="Un brouillon à moi", audience=None)
    page = main_of(visit.as_("paul").get(f"{LIST}?quoi=recits&quand=toujours"))
    assert "2 récits" in page and "brouillon à moi" not in page


def test_a_unit_that_does_not_exist_counts_nothing(visit, database, cast):
    tell_recits(database, cast, 2)
    assert "0 récit" in main_of(visit.as_("paul").get(f"{LIST}?quoi=recits&de=AAAAAAAAAAAAAAAA"))


def test_a_tension_that_one_may_not_read_does_not_exist(visit, database, cast):
    told = make_tension(database, cast)
    path = f"?quoi=difficultes&tension={told.public_id}"
    assert "3 difficultés" in main_of(visit.as_("paul").get(LIST + path))
    assert visit.as_("ines").get(f"/tendances/entrees{path}").status_code == 404
    assert visit.as_("paul").get(f"{LIST}?quoi=difficultes&tension=AAAAAAAAAAAAAAAA").status_code == 404


def test_the_reseau_holds_what_was_opened_to_it(visit, database, cast):
    tell_recits(database, cast, 2)
    make_recit(database, cast.paul, title="Ouvert à tous", audience=Audience.RESEAU)
    page = main_of(visit.as_("ines").get("/tendances/entrees?quoi=recits"))
    assert "1 récit" in page and "Ouvert à tous" in page and "Récit 0" not in page
    assert visit.as_("ines").get("/tendances").status_code == 200


def test_what_is_told_in_a_group_is_in_none(visit, database, cast):
    tell_recits(database, cast, 5)
    group = make_group(database, cast.camille, cast.bruno)
    make_recit(database, cast.camille, title="Mot de groupe", group=group.id)
    for path in (f"{LIST}?quoi=textes&quand=toujours", "/tendances/entrees?quoi=textes&quand=toujours"):
        assert "Mot de groupe" not in main_of(visit.as_("camille").get(path))
    assert "5 récits" in main_of(visit.as_("camille").get(f"{LIST}?quoi=recits&quand=toujours"))


def test_pages_of_a_long_list_follow_each_other(visit, database, cast):
    tell_recits(database, cast, 31)
    client = visit.as_("paul")
    first = main_of(client.get(f"{LIST}?quoi=recits"))
    assert "31 récits" in first and first.count("/recits/") == 30
    older = re.search(r'href="(/c/[^"]*apres=[^"]*)"', first)
    assert older is not None
    last = main_of(client.get(older[1]))
    assert "31 récits" in last and last.count("/recits/") == 1 and "Revenir aux plus récents" in last
