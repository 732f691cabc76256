"""Lists of lectures contradictoires: a few beside a figure, all of them a page at a time; what is cut says so, and where it goes
on."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from rex import clock
from rex.tensions.charts import RECENT
from rex.trends.reading_acts import MOST_STANDING
from tests.making import make_recit
from tests.tensions.telling import make_tension
from tests.tensions.test_pages import main_of
from tests.trends.beside import make_reading
from tests.trends.made_up import REPORTS, file_of, read_sheets
from tests.trends.opened import plain_spaces, words_in

PAGE = "/c/valombre/tendances"
LIST = f"{PAGE}/lectures"
YEAR = "?periode=2026"


def make_some(database, cast, number: int, **more) -> list[str]:
    """The oldest first; more than one person may write by two of a service."""
    by = (cast.camille, cast.bruno) if number > MOST_STANDING else (cast.camille,)
    return [make_reading(database, by[rank % len(by)], cast.valombre_id, f"Lecture n{rank}.", **more) for rank in range(number)]


def said_in(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"Lecture n(\d+)\.", page)]


def part_of(page: str, section: str) -> str:
    return page.partition(f'<section class="section trend" id="{section}"')[2].partition("</section>")[0]


def link_in(page: str, label: str) -> str:
    found = re.search(rf'<a[^>]* href="([^"]+)"[^>]*>(?:(?!</a>).)*{re.escape(label)}', page, re.DOTALL)
    return unescape(found[1]) if found else ""


@pytest.fixture
def told(database, cast):
    for rank in range(5):
        make_recit(database, cast.camille, f"Récit {rank}")


def test_beside_a_figure_the_last_three_and_a_way_to_all(visit, database, cast, told):
    make_some(database, cast, 3, section="mois")
    paul = visit.as_("paul")
    part = part_of(main_of(paul.get(PAGE + YEAR)), "mois")
    assert said_in(part) == [2, 1, 0] and "Toutes les lectures" not in part, "all are here"
    make_some(database, cast, 4, section="mois", days=(date(2026, 2, 1), date(2026, 2, 2)))
    make_some(database, cast, 1, section="mois", days=(date(2019, 12, 1), date(2019, 12, 2)))
    make_some(database, cast, 1, section="couverture")
    page = main_of(paul.get(PAGE + YEAR))
    part = part_of(page, "mois")
    assert said_in(part) == [3, 2, 1] and "Toutes les lectures (7)" in part
    assert said_in(part_of(page, "couverture")) == [0] and "Toutes les lectures" not in part_of(page, "couverture")
    there = main_of(paul.get(link_in(part, "Toutes les lectures (7)")))
    assert said_in(there) == [3, 2, 1, 0, 2, 1, 0] and "Mois après mois" in there and "2026 : 7 lectures." in there
    assert f'href="{LIST}"' in there


def test_the_list_goes_on(visit, database, cast):
    make_some(database, cast, 45)
    client, path, seen = visit.as_("paul"), LIST, []
    pages = []
    while path:
        page = main_of(client.get(path))
        seen += said_in(page)
        pages.append(page)
        path = link_in(page, "Lectures plus anciennes")
    assert seen == list(reversed(range(45))) and len(pages) == 3
    assert [link_in(page, "Les plus récentes") for page in pages] == ["", LIST, LIST]
    assert "Suspendues" not in pages[1]
    assert said_in(main_of(visit.as_("dora").get(link_in(pages[0], "Lectures plus anciennes"))))[0] == 44, "hers alone"
    assert said_in(main_of(client.get(f"{LIST}?apres=n’importe")))[0] == 44


def test_a_list_of_some_days_goes_on_over_the_same_days(visit, database, cast):
    make_some(database, cast, 22)
    make_some(database, cast, 2, days=(date(2019, 1, 1), date(2019, 1, 2)))
    client = visit.as_("paul")
    page = main_of(client.get(f"{LIST}?section=services&du=2026-10-01&au=2026-10-31"))
    assert said_in(page) == list(range(21, 1, -1)) and "22 lectures" in page
    more = link_in(page, "Lectures plus anciennes")
    last = main_of(client.get(more))
    assert said_in(last) == [1, 0] and link_in(last, "Les plus récentes") == f"{LIST}?section=services&du=2026-10-01&au=2026-10-31"
    assert "Personne n’a lu autrement" in main_of(client.get(f"{LIST}?section=mois"))
    assert client.get(f"{LIST}?section=nulle").status_code == 404


def test_those_that_are_suspended_go_on_too(visit, database, cast):
    for made in make_some(database, cast, 23):
        assert visit.as_("ana").send(f"{LIST}/{made}/suspension", {"raison": "Reconnaissable."}).status_code == 303
    first = main_of(visit.as_("camille").get(LIST))
    assert said_in(first) == [22, 21, 20] and "Toutes les lectures suspendues (23)" in first
    for who, seen in (("camille", list(reversed(range(23)))), ("ana", [])):
        client = visit.as_(who)
        pages = [main_of(client.get(link_in(main_of(client.get(LIST)), "Toutes les lectures suspendues (23)")))]
        pages.append(main_of(client.get(link_in(pages[0], "Lectures suspendues plus tôt"))))
        assert [number for page in pages for number in said_in(page)] == seen
        assert [page.count("<article") for page in pages] == [20, 3], who
    assert "Suspendues" not in main_of(visit.as_("paul").get(LIST))
    assert "Aucune lecture n’est suspendue." in main_of(visit.as_("paul").get(f"{LIST}/suspendues"))


def test_each_has_its_page(visit, database, cast):
    tension = make_tension(database, cast)
    made = make_reading(database, cast.camille, cast.valombre_id, section="tensions", subject=tension.public_id)
    path = f"{LIST}/{made}"
    assert f'href="{path}"' in main_of(visit.as_("paul").get(LIST))
    page = main_of(visit.as_("paul").get(path))
    assert "l’équipe tenait le pont fermé" in page and "Ce qui résiste" in page and "Camille" not in page
    sent = visit.as_("camille").send(f"{path}/correction", {"mots": "Autre chose.", "version": "0"})
    assert sent.location == path and "Autre chose." in main_of(visit.as_("paul").get(path))
    assert [visit.as_(who).get(path).status_code for who in ("paul", "ines", "admin", "gael", None)] == [200, 404, 404, 404, 302]
    visit.as_("camille").send(f"{path}/retrait")
    assert visit.as_("camille").get(path).status_code == 404


@pytest.mark.parametrize("ending", (*REPORTS, "imprimer"))
def test_what_is_printed_says_how_many_more_there_are_and_where(visit, database, cast, told, ending):
    make_some(database, cast, 22, section="inconnu", days=(date(2026, 11, 1), date(2026, 11, 30)))
    data = file_of(visit.as_("bruno"), f"rapport/{ending}" if ending != "imprimer" else ending).data
    said = plain_spaces(unescape(words_in(data, ending)))
    assert said_in(said) == list(range(21, 1, -1))
    assert "2 autres lectures contradictoires se lisent dans le journal" in said
    assert "http://localhost/c/valombre/tendances/lectures?" in said
    since = clock.today("Europe/Paris") - RECENT + timedelta(days=1)
    assert "section=inconnu" in said.replace("\\", "") and f"du={since}" in said.replace("\\", "")


@pytest.mark.parametrize("ending", ("xlsx", "ods", "csv"))
def test_so_do_sheets(visit, database, cast, told, ending):
    make_some(database, cast, 21, section="inconnu", days=(date(2026, 11, 1), date(2026, 11, 30)))
    cells = [str(cell) for rows in read_sheets(visit.as_("bruno"), ending).values() for row in rows for cell in row]
    assert said_in(" ".join(cells)) == list(range(20, 0, -1))
    (more,) = [plain_spaces(cell) for cell in cells if "autre lecture contradictoire" in cell]
    assert more.startswith("1 autre lecture contradictoire se lit dans le journal : http://localhost") and "section=inconnu" in more


def test_as_many_statements_however_many_there_are(visit, database, cast, told, count_statements):
    tension = make_tension(database, cast)

    def more(number: int) -> None:
        make_some(database, cast, number, section="mois")
        for rank in range(number):
            make_reading(database, cast.bruno, cast.valombre_id, f"Lecture n{rank}.", section="tensions", subject=tension.public_id)
        hidden = make_some(database, cast, 1)[0]
        assert visit.as_("ana").send(f"{LIST}/{hidden}/suspension", {"raison": "Reconnaissable."}).status_code == 303

    def cost() -> dict[str, int]:
        found = {}
        paths = (PAGE + YEAR, LIST, f"{LIST}?section=mois&periode=2026", f"{LIST}/suspendues", f"{PAGE}/imprimer{YEAR}")
        for path in paths:
            for who in ("dora", "camille"):
                client = visit.as_(who)
                client.get(path)
                with count_statements() as seen:
                    assert client.get(path, buffered=True).status_code == 200
                found[f"{path} {who}"] = len(seen)
        return found

    more(1)
    for who in ("camille", "dora"):
        visit.as_(who).send("/ce-qui-vous-attend/tout-vu")
    few = cost()
    more(12)
    more(12)
    assert cost() == few
    assert max(number for path, number in few.items() if path.startswith(LIST)) <= 8, few
