"""A lecture says on which page it was written: narrowed to what, as it is called today; no name that the page would not say."""

import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from rex import clock
from rex.collectifs.models import Membership, Service
from rex.referentiel.models import OwnBalise
from rex.trends import jalons
from rex.trends.jalons import TypedJalon
from tests.making import make_recit
from tests.tensions.making import acting
from tests.tensions.test_pages import main_of
from tests.trends.beside import WORDS, make_jalon, make_reading, only_reading, row_of
from tests.trends.made_up import REPORTS, file_of, read_sheets
from tests.trends.opened import links_of_xlsx, plain_spaces, words_in

PAGE = "/c/valombre/tendances"
LIST = f"{PAGE}/lectures"
NEW = f"{LIST}/nouvelle"
SENT = {"section": "services", "periode": "2026-T4", "mots": WORDS, "voix": "service"}
DAYS = "du=2026-10-01&au=2026-12-31"
SAID = "page « Coopération », service Voirie, comparée aux jours d’avant « Réorganisation »"


@pytest.fixture
def filters(database, cast) -> dict[str, str]:
    """Three people wrote in Voirie, so it has its name; a jalon stands before the days of the lecture."""
    with database.system("she works there now", write=True) as session:
        session.scalars(select(Membership).where(Membership.user_id == cast.dora.id)).one().service_id = cast.service_ids["Voirie"]
        key = session.scalars(select(Service.public_id).where(Service.id == cast.service_ids["Voirie"])).one()
    for rank in range(2):
        for who in (cast.camille, cast.bruno, cast.dora):
            make_recit(database, who, f"Récit {rank}")
    jalon = make_jalon(database, cast.ana, cast.valombre_id, "Réorganisation", date(2026, 8, 1))
    return {"avec": jalon, "enjeu": "C", "service": key}


@pytest.fixture
def written(visit, database, filters) -> str:
    assert visit.as_("camille").send(NEW, {**SENT, **filters}).status_code == 303
    return only_reading(database).public_id


def said_at(client, path: str) -> str:
    return plain_spaces(unescape(main_of(client.get(path))))


def foot_of(client, path: str) -> str:
    """The last line of the first lecture there, without its marks."""
    found = re.search(r'<p class="reading-foot">(.*?)</p>', said_at(client, path), re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def link_at(client, path: str) -> str:
    found = re.search(r'<a class="reading-page" href="([^"]+)"', said_at(client, path))
    return found[1] if found else ""


def test_it_says_so_wherever_it_is_read_and_leads_there(visit, database, filters, written):
    form = said_at(visit.as_("camille"), f"{NEW}?section=services&periode=2026-T4&enjeu=C&service={filters['service']}")
    assert "Vous regardiez la page « Coopération », service Voirie." in form and "dit sur quelle page elle est écrite" in form
    paul = visit.as_("paul")
    leads = f"{PAGE}?{DAYS}&avec={filters['avec']}&enjeu=C&service={filters['service']}"
    for path in (f"{PAGE}?periode=2026", LIST, f"{LIST}?section=services&periode=2026", f"{LIST}/{written}"):
        assert f"sur la {SAID}." in foot_of(paul, path) and link_at(paul, path) == leads, path
    there = said_at(paul, leads)
    assert "l’équipe tenait le pont" in there and "est retiré" not in there and "octobre à décembre 2026" in there
    assert f"Écrite sur la <a href=\"{leads}\"><bdi>{SAID}" in said_at(visit.as_("camille"), f"{LIST}/{written}/correction")


def test_a_correction_keeps_its_page_a_withdrawal_does_not(visit, database, filters, written):
    camille = visit.as_("camille")
    kept = row_of(database, written).filters
    given = {"mots": "Le pont était fermé.", "version": "0", "enjeu": "V", "service": "autres"}
    assert camille.send(f"{LIST}/{written}/correction", given).status_code == 303
    assert row_of(database, written).filters == kept and "corrigée depuis, sur la page « Coopération »" in foot_of(camille, LIST)
    assert visit.as_("ana").send(f"{LIST}/{written}/suspension", {"raison": "Reconnaissable."}).status_code == 303
    assert "sur la page « Coopération »" in foot_of(camille, f"{LIST}/{written}")
    assert visit.as_("ana").send(f"{LIST}/{written}/retablissement").status_code == 303
    assert row_of(database, written).filters == kept
    assert camille.send(f"{LIST}/{written}/retrait").status_code == 303
    assert row_of(database, written).filters == ""


def test_of_a_page_that_nothing_narrows_nothing_is_said(visit, database, cast, filters):
    for given in ({}, {"enjeu": "X", "service": "\x00", "college": "nul", "avec": "x", "balise": "AAAAAAAAAAAAAAAA"}):
        assert visit.as_("camille").send(NEW, {**SENT, **given}).status_code == 303
    make_reading(database, cast.camille, cast.valombre_id, "D’avant.")
    page = said_at(visit.as_("paul"), LIST)
    assert page.count('class="reading-foot"') == 3 and "reading-page" not in page and "sur la page" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"enjeu": "E"}, "page « Engagement »"),
        ({"balise": "C1"}, "page « Coopérer sans être alignés »"),
        ({"service": "Voirie"}, "page filtrée, service Voirie"),
        ({"college": "service", "voix": "college"}, "page filtrée, collège Direction et services"),
        ({"enjeu": "E", "college": "service"}, "page « Engagement »"),  # a service speaks: it is crossed with no collège
        ({"enjeu": "E", "service": "Voirie", "voix": "college"}, "page « Engagement »"),
        ({"enjeu": "E", "sujet": "Voirie", "college": "service", "voix": "college"}, "page « Engagement »"),
        ({"avec": "un-an-plus-tot"}, "page comparée à un an plus tôt"),
        ({"avec": "jalon"}, "page comparée aux jours d’avant « Réorganisation »"),
        ({"enjeu": "E", "college": "service", "service": "Voirie"}, "page « Engagement », service Voirie"),
    ],
)
def test_each_filter_has_its_words(visit, filters, given, said):
    real = {"Voirie": filters["service"], "jalon": filters["avec"]}
    camille = visit.as_("camille")
    assert camille.send(NEW, {**SENT, **{name: real.get(value, value) for name, value in given.items()}}).status_code == 303
    assert f"sur la {said}." in foot_of(camille, LIST)


def test_a_service_that_lost_its_name_is_named_by_no_lecture(visit, database, cast, filters, written):
    """One small service has come: the page tells it with Voirie, and so does what was written on it."""
    make_recit(database, cast.ana, "Un récit de la vie associative")
    for who in ("paul", "camille"):
        client = visit.as_(who)
        for path in (f"{PAGE}?periode=2026", LIST, f"{LIST}/{written}"):
            foot = foot_of(client, path)
            assert "sur la page « Coopération », comparée" in foot and "service Voirie" not in foot, path
            assert filters["service"] not in said_at(client, path), path
        assert link_at(client, LIST) == f"{PAGE}?{DAYS}&avec={filters['avec']}&enjeu=C"
    for ending in (*REPORTS, "csv"):
        data = file_of(visit.as_("bruno"), f"{'exporter' if ending == 'csv' else 'rapport'}/{ending}?periode=2026").data
        said = plain_spaces(words_in(data, "md" if ending == "csv" else ending))
        assert "page « Coopération »" in said and "service Voirie" not in said, ending


def test_a_jalon_is_named_as_it_is_today_and_drops_out_once_removed(visit, database, cast, written):
    def of_it(act) -> None:
        with acting(database, cast.ana, cast.valombre_id) as (session, reader, _):
            (one,) = jalons.jalons_of(session, reader, cast.valombre_id)
            act(session, reader, jalons.find_jalon(session, reader, cast.valombre_id, one.public_id, hold=True))

    of_it(lambda session, reader, one: jalons.change(session, reader, one, TypedJalon("Le grand rangement", "2026-08-01")))
    assert "service Voirie, comparée aux jours d’avant « Le grand rangement »." in foot_of(visit.as_("paul"), LIST)
    of_it(jalons.remove)
    assert "sur la page « Coopération », service Voirie." in foot_of(visit.as_("paul"), LIST)
    assert "avec=" not in link_at(visit.as_("paul"), LIST)


def test_a_balise_of_the_journal_keeps_its_name_once_closed(visit, database, cast, filters):
    with database.system("an own balise", write=True) as session:
        own = OwnBalise(collectif_id=cast.valombre_id, slug="voisinage", label="Voisinage", title="V", question="Q", text="T")
        session.add(own)
        session.flush()
        code = own.public_id
    assert visit.as_("camille").send(NEW, {**SENT, "balise": code}).status_code == 303
    with database.system("it is closed", write=True) as session:
        session.scalars(select(OwnBalise)).one().closed_at = clock.now()
    assert "sur la page « Voisinage »." in foot_of(visit.as_("paul"), LIST)
    assert link_at(visit.as_("paul"), LIST) == f"{PAGE}?{DAYS}&balise={code}"


@pytest.mark.parametrize("ending", (*REPORTS, "imprimer"))
def test_what_is_printed_says_it(visit, filters, written, ending):
    path = f"rapport/{ending}" if ending != "imprimer" else ending
    said = plain_spaces(unescape(words_in(file_of(visit.as_("bruno"), f"{path}?periode=2026").data, ending)))
    assert f"(octobre à décembre 2026, écrite sur la {SAID}" in said.replace("[", "").replace("\\", ""), said


def test_sheets_say_it_and_lead_there(visit, filters, written):
    leads = f"http://localhost{PAGE}?{DAYS}&avec={filters['avec']}&enjeu=C&service={filters['service']}"
    bruno = visit.as_("bruno")
    for ending in ("xlsx", "ods"):
        rows = read_sheets(bruno, ending, "?periode=2026")["Lectures contradictoires"]
        assert rows[0][5] == "Écrite sur" and plain_spaces(str(rows[1][5])) == SAID, ending
    data = file_of(bruno, "exporter/xlsx?periode=2026").data
    assert leads in {unescape(one) for one in links_of_xlsx(data, len(read_sheets(bruno, "xlsx", "?periode=2026"))).values()}
    (row,) = [row for row in read_sheets(bruno, "csv", "?periode=2026").popitem()[1] if str(row[4]).startswith("Écrite sur la")]
    assert plain_spaces(row[4]) == f"Écrite sur la {SAID}." and row[3] == "Voirie" and row[5] == leads


def test_pages_ask_no_more_of_the_base_and_lists_a_little(visit, database, cast, count_statements, filters):
    def cost(path: str) -> int:
        client = visit.as_("paul")
        client.get(path)
        with count_statements() as seen:
            assert client.get(path, buffered=True).status_code == 200
        return len(seen)

    paths = (f"{PAGE}?periode=2026", f"{PAGE}/imprimer?periode=2026", LIST, f"{LIST}?section=services&periode=2026")
    make_reading(database, cast.camille, cast.valombre_id, "D’avant.")
    before = {path: cost(path) for path in paths}
    assert visit.as_("camille").send(NEW, {**SENT, **filters}).status_code == 303
    once = {path: cost(path) for path in paths}
    assert [once[path] - before[path] for path in paths] == [0, 0, 2, 2], "the services, the jalons"
    for given in ({}, {"college": "service", "service": ""}, {"avec": ""}):
        assert visit.as_("camille").send(NEW, {**SENT, **filters, **given}).status_code == 303
    assert [cost(path) - before[path] for path in paths] == [0, 0, 2, 2], "each once"
