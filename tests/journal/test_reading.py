"""The home, the list, a récit, an action: what each reader finds there."""

import base64
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select, update

from rex.collectifs.models import Service
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.list_queries import PAGE
from rex.journal.models import Audience, Entry, Stance
from tests.journal.making import begin, found, publish, reads, save, text_of
from tests.making import make_recit, reader_of

MOMENT = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # the 19th already in Paris


@pytest.fixture
def now():
    with time_machine.travel(datetime(2026, 11, 21, 10, 0, tzinfo=UTC), tick=True):
        yield


def dated(database, made, moment: datetime) -> None:
    with database.system("published then", write=True) as session:
        session.execute(update(Entry).where(Entry.id == made.id).values(published_at=moment))


def titles(page: str) -> list[str]:
    return re.findall(r'class="entry-title"><a [^>]*>(.*?)</a>', page)


def listed(client, query: str = "", collectif: str = "valombre") -> list[str]:
    """The titles of a list, all its pages."""
    seen, address = [], f"/c/{collectif}/recits{query}"
    while address:
        page = text_of(client.get(address))
        seen += titles(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1] if older else ""
    return seen


# --- the home -----------------------------------------------------------------------------------------------------------


def test_an_empty_journal_invites_to_write(visit):
    page = text_of(visit.as_("camille").get("/c/valombre/"))
    assert "Le journal est vide." in page and "Qu’est-ce qui vient de se passer" in page
    assert "Brouillon\u00a0: personne d’autre que vous ne pourra le lire." in page


def test_a_draft_says_what_it_still_waits_for(visit, database, cast):
    camille = visit.as_("camille")
    recit = begin(camille, faits="Un début.")
    page = text_of(camille.get("/c/valombre/"))
    assert "«\u202fUn début.\u202f»" in page, "what was written tells a draft without a title from another"
    assert "Votre brouillon. Il manque un titre." in page
    save(camille, recit, {"titre": "La rue", "resistance": "Le bruit."})
    assert "Il manque «\u202fCe que nous avons appris\u202f»." in text_of(camille.get("/c/valombre/"))
    save(camille, recit, {"appris": "Prévenir."})
    assert "Votre brouillon. Prêt à être publié" in text_of(camille.get("/c/valombre/"))
    make_recit(database, cast.camille, title="À deux", audience=None, co_authors=(cast.bruno,))
    assert "Votre brouillon avec Camille Roy." in text_of(visit.as_("bruno").get("/c/valombre/"))
    assert "La rue" not in text_of(visit.as_("dora").get("/c/valombre/"))


def test_every_draft_can_be_found(visit, database, cast):
    """The latest ones with their date; the others behind one link, without a script."""
    for number in range(12):
        make_recit(database, cast.camille, title=f"Projet {number:02}.", audience=None)
    camille = visit.as_("camille")
    page = text_of(camille.get("/c/valombre/"))
    assert re.findall(r"Projet \d\d", page) == [f"Projet {number:02}" for number in range(11, 6, -1)]
    assert "<time" in page.partition('class="drafts"')[2].partition("</li>")[0], "each says when it was touched"
    link = re.search(r'<a href="([^"]+)">et 7\xa0autres', page)
    assert link is not None
    whole = text_of(camille.get(unescape(link[1])))
    assert len(set(re.findall(r"Projet \d\d", whole))) == 12
    assert "de vos brouillons" not in whole


def test_six_drafts_are_shown_whole(visit, database, cast):
    for number in range(6):
        make_recit(database, cast.camille, title=f"Projet {number:02}.", audience=None)
    page = text_of(visit.as_("camille").get("/c/valombre/"))
    assert len(set(re.findall(r"Projet \d\d", page))) == 6
    assert "de vos brouillons" not in page


def test_a_document_is_brought_in_from_where_the_help_says(visit):
    camille = visit.as_("camille")
    assert "depuis l’accueil, «\u202fImporter un document\u202f»" in text_of(camille.get("/aide"))
    assert '<a href="/c/valombre/importer">Importer un document</a>' in text_of(camille.get("/c/valombre/"))


def test_the_recits_of_one_action_stand_together(visit, database, cast):
    first = make_recit(database, cast.camille, title="Vu de la rue", sections={"faits": "Il pleuvait."})
    make_recit(database, cast.dora, title="Autre chose")
    make_recit(database, cast.bruno, title="Vu du camion", sections={"faits": "Il faisait beau."}, action=first.action_public_id)
    page = text_of(visit.as_("paul").get("/c/valombre/"))
    assert titles(page) == ["Vu de la rue", "Autre chose"]
    assert "deux récits" in page and f"/actions/{first.action_public_id}" in page
    assert page.index("Il faisait beau.") < page.index("Il pleuvait.")
    make_recit(database, cast.paul, title="Vu de la mairie", action=first.action_public_id)
    assert "trois récits" in text_of(visit.as_("paul").get("/c/valombre/"))


def test_each_figure_is_the_length_of_the_list_that_it_opens(visit, database, cast, now):
    for person, balises, audience in (
        (cast.camille, ("C1", "C2", "E1"), Audience.COLLECTIF),
        (cast.bruno, ("C3",), Audience.RESEAU),
        (cast.dora, (), Audience.COLLECTIF),
    ):
        make_recit(database, person, balises=dict.fromkeys(balises, Stance.ILLUSTRE), audience=audience)
    dated(database, make_recit(database, cast.paul, balises={"C1": Stance.NUANCE}), datetime(2026, 9, 30, 21, 59, tzinfo=UTC))
    dated(database, make_recit(database, cast.paul, balises={"C1": Stance.NUANCE}), datetime(2026, 9, 30, 22, 0, tzinfo=UTC))
    make_recit(database, cast.ines, balises={"C1": Stance.NUANCE}, audience=Audience.RESEAU)
    make_recit(database, cast.camille, balises={"S1": Stance.NUANCE}, audience=None)
    camille = visit.as_("camille")
    page = text_of(camille.get("/c/valombre/"))
    doors = re.findall(r'<a href="([^"]+)"><span class="enjeu".*?<span class="count[^"]*">(\d+)<', page, re.DOTALL)
    assert len(doors) == 4
    counts = {address.split("enjeu=")[1][0]: int(count) for address, count in doors}
    assert counts == {"E": 1, "S": 0, "C": 3, "V": 0}
    for address, count in doors:
        assert len(titles(text_of(camille.get(address)))) == int(count), address


# --- the list -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(database, cast, now):
    """Four récits that each filter tells apart."""
    rue = make_recit(database, cast.camille, title="Rue", balises={"C1": Stance.NUANCE})
    marche = make_recit(database, cast.jeanne, title="Marché", balises={"C2": Stance.ILLUSTRE, "E1": Stance.ILLUSTRE})
    eau = make_recit(database, cast.ines, title="Eau", balises={"C1": Stance.ILLUSTRE}, audience=Audience.RESEAU)
    vieux = make_recit(database, cast.bruno, title="Vieux", balises={"V1": Stance.ILLUSTRE}, audience=Audience.RESEAU)
    dated(database, vieux, datetime(2025, 3, 5, tzinfo=UTC))
    return {"rue": rue, "marche": marche, "eau": eau, "vieux": vieux}


def service_of(database, name: str) -> str:
    with database.system("find a service") as session:
        return session.scalars(select(Service.public_id).where(Service.name == name)).one()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Rue", "Marché", "Vieux"}),
        ("?enjeu=C", {"Rue", "Marché"}),
        ("?enjeu=V", {"Vieux"}),
        ("?balise=C1", {"Rue"}),
        ("?college=habitant", {"Marché"}),
        ("?college=service&enjeu=C", {"Rue"}),
        ("?periode=trimestre", {"Rue", "Marché"}),
        ("?periode=mois", {"Rue", "Marché"}),
        ("?periode=annee", {"Rue", "Marché"}),
        ("?periode=12-mois", {"Rue", "Marché"}),
        ("?du=2025-03-05&au=2025-03-05", {"Vieux"}),
        ("?du=2025-12-31&au=2025-01-01", {"Vieux"}),
        ("?au=2025-03-05", {"Vieux"}),
        ("?reseau=1", {"Eau", "Vieux"}),
        ("?reseau=1&balise=C1", {"Eau"}),
        ("?enjeu=C&balise=E1", set()),
        ("?enjeu=Z&balise=C9&college=roi&periode=hier&du=demain&au=2026-13-45&reseau=oui&service=x", {"Rue", "Marché", "Vieux"}),
    ],
)
def test_filters_alone_and_together(visit, many, query, expected):
    assert set(listed(visit.as_("camille"), query)) == expected


def test_the_filter_by_service(visit, many, database):
    camille = visit.as_("camille")
    voirie = service_of(database, "Voirie")
    assert set(listed(camille, f"?service={voirie}")) == {"Rue", "Vieux"}
    assert listed(camille, f"?service={voirie}&periode=trimestre") == ["Rue"]
    assert listed(camille, f"?service={service_of(database, 'Eau')}") == []


def test_a_recit_from_elsewhere_says_from_where(visit, many):
    page = text_of(visit.as_("camille").get("/c/valombre/recits?reseau=1"))
    assert "Eau, Pays de l’Orbe" in page and "Voirie, Ville de Valombre" not in page


def test_a_shared_address_shows_what_it_filters(visit, many):
    page = text_of(visit.as_("dora").get("/c/valombre/recits?enjeu=C&college=service&periode=trimestre"))
    for chosen in ("C", "service", "trimestre"):
        assert f'<option value="{chosen}" selected>' in page


def test_the_empty_list_proposes_the_removal_that_gives_most(visit, many):
    camille = visit.as_("camille")
    page = text_of(camille.get("/c/valombre/recits?enjeu=C&college=operateur"))
    assert "Aucun récit avec ces critères." in page
    door = re.search(r'<a href="([^"]+)">Retirer le collège</a>\s*:?\s*(\d+)', page.replace("\u00a0", " "))
    assert door and int(door[2]) == len(listed(camille, door[1].removeprefix("/c/valombre/recits"))) == 2


def test_a_strange_address_writes_no_strange_link(visit, many):
    camille = visit.as_("camille")
    strange = "collectif=x&endpoint=y&_scheme=javascript&_external=1&_anchor=z&_method=POST&values=1&enjeu=V&college=elu"
    page = text_of(camille.get(f"/c/valombre/recits?{strange}"))
    assert "javascript" not in page and "Aucun récit avec ces critères." in page


def test_pages_follow_each_other_across_equal_instants(visit, database, cast):
    made = [make_recit(database, cast.camille, title=f"Récit {n:02}") for n in range(2 * PAGE + 3)]
    with database.system("all at the same instant", write=True) as session:
        session.execute(update(Entry).values(published_at=MOMENT))
    camille = visit.as_("camille")
    seen = listed(camille)
    assert seen == [f"Récit {n:02}" for n in reversed(range(len(made)))]
    dated(database, made[5], MOMENT + timedelta(microseconds=1))
    assert listed(camille, "?college=service")[0] == "Récit 05" and len(listed(camille)) == len(made)


def test_a_list_of_exactly_one_page_has_no_other(visit, database, cast):
    for n in range(PAGE):
        make_recit(database, cast.camille, title=f"Récit {n}")
    assert "Récits plus anciens" not in text_of(visit.as_("camille").get("/c/valombre/recits"))


def encoded(raw: str) -> str:
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "=" * 200, "A" * 3000, "%00", encoded("2026-11-18T00:00:00|3"), encoded("2026-11-18T00:00:00+00:00|-3"),
     encoded("2026-11-18T00:00:00+00:00|99999999999999999999"), encoded("0001-01-01T00:00:00+14:00|3"),
     encoded("9999-12-31T23:59:59-14:00|3"), encoded("hier|trois"), encoded("|")],
)  # fmt: skip
def test_a_cursor_that_was_not_written_here_begins_at_the_beginning(visit, database, cast, cursor):
    make_recit(database, cast.camille, title="Le seul")
    with database.system("whoever asks") as session:
        assert read_cursor(session, cursor) is None
    assert titles(text_of(visit.as_("camille").get("/c/valombre/recits", query_string={"apres": cursor}))) == ["Le seul"]


def test_after_the_last_page_there_is_a_way_back(visit, database, cast):
    make_recit(database, cast.camille, title="Le seul")
    with database.session(write=True) as session:
        session.reader = reader_of(session, cast.camille)
        end = written_cursor(session, datetime(2001, 1, 1, tzinfo=UTC), 1)
    page = text_of(visit.as_("camille").get(f"/c/valombre/recits?apres={end}"))
    assert "Le journal est vide" not in page and 'href="/c/valombre/recits"' in page


# --- a récit ------------------------------------------------------------------------------------------------------------


def test_dates_are_those_of_the_collectif(visit, database, cast):
    made = make_recit(database, cast.camille)
    dated(database, made, MOMENT)
    page = reads(visit.as_("camille"), made.public_id).replace("\u00a0", " ")
    assert "jeudi 19 novembre 2026" in page and "18 novembre" not in page


def test_a_recit_says_who_tells_it_and_who_reads_it(visit, database, cast):
    made = make_recit(database, cast.camille, co_authors=(cast.paul,), balises={"C1": Stance.CONTREDIT})
    page = reads(visit.as_("dora"), made.public_id).replace("\u00a0", " ")
    assert "tous les membres du journal" in page and "7 personnes" in page
    assert "Récit de l’équipe Voirie" in page
    assert "Camille Roy" in page and "Paul Weiss" in page and "élu aux mobilités" in page
    assert "Coopérer ne signifie pas être alignés" in page and ">contredit</span>" in page


def test_every_page_has_its_own_title(visit, database, cast):
    made = make_recit(database, cast.camille, title="Le marché déplacé")
    camille = visit.as_("camille")
    addresses = ["/c/valombre/", "/c/valombre/recits", "/c/valombre/recits?reseau=1", "/recits/nouveau", made.url]
    addresses += [f"{made.url}/{page}" for page in ("edition", "publication", "versions", "retrait", "lecteurs/collectif")]
    heads = [found(r"<title>(.*?)</title>", text_of(camille.get(address))) for address in addresses]
    assert len(set(heads)) == len(heads), heads
    assert all("Journal de la Ville de Valombre" in head for head in heads)


HOSTILE = '<script>alert("1")</script> & <b>gras</b> {{ 7*7 }} "'
NAMES = [HOSTILE, "🦊 renard 🏳️‍🌈", "שלום עולם", "é" * 200, "L'eau ! Et toi ? « ici »", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!"]


@pytest.mark.parametrize("title", NAMES)
def test_any_title_is_shown_as_it_is_and_nothing_else(visit, title):
    camille, dora = visit.as_("camille"), visit.as_("dora")
    recit = begin(camille, faits="Le texte.")
    save(camille, recit, {"titre": title})
    for address in ("/c/valombre/", f"/recits/{recit}/edition", f"/recits/{recit}/apercu", f"/recits/{recit}/suppression"):
        assert "<script>alert" not in camille.get(address).get_data(as_text=True)
    publish(camille, recit)
    save(camille, recit, {"titre": title[:-1] + "2"})
    publish(camille, recit)
    save(camille, recit, {"titre": title})
    publish(camille, recit)
    action = found(r'name="action" value="([\w-]{16})"', dora.get(f"/recits/{recit}").get_data(as_text=True))
    pages = [f"/recits/{recit}", "/c/valombre/", "/c/valombre/recits", f"/actions/{action}"]
    pages += [f"/recits/{recit}/{name}" for name in ("versions", "publication", "retrait")]
    words = title.replace("!", "").replace("'", "’").split(" ")[0]
    for address in pages:
        raw = camille.get(address).get_data(as_text=True)
        assert "<script>alert" not in raw and "<b>gras" not in raw and " 49 " not in raw
        assert words in unescape(raw), address


def test_very_long_words_and_empty_marks_do_not_break_a_page(visit, database, cast):
    made = make_recit(database, cast.camille, sections={"faits": "m" * 5000, "appris": "---\n\n***\n\n![](x)"})
    camille = visit.as_("camille")
    assert "m" * 5000 in reads(camille, made.public_id)
    page = text_of(camille.get("/c/valombre/recits"))
    assert "m" * 100 in page and "m" * 500 not in page


def test_a_recit_prints_with_its_readers_named(visit, database, cast):
    made = make_recit(database, cast.camille)
    page = visit.as_("camille").get(made.url).get_data(as_text=True)
    assert '<html lang="fr" data-audience="collectif"' in page
    style = found(r'href="([^"]+rex[^"]*\.css)"', page)
    sheet = visit.as_(None).get(style).get_data(as_text=True)
    assert "@media print" in sheet and "@page" in sheet and "size:" in sheet


def test_a_draft_opens_its_editor(visit, database, cast):
    made = make_recit(database, cast.camille, audience=None)
    assert visit.as_("camille").get(made.url).location == f"{made.url}/edition"
    assert visit.as_("dora").get(made.url).status_code == 404


# --- an action ----------------------------------------------------------------------------------------------------------


def test_an_action_of_one_recit_asks_who_else(visit, database, cast):
    made = make_recit(database, cast.camille, title="Seule")
    page = text_of(visit.as_("bruno").get(f"/actions/{made.action_public_id}"))
    assert "Qui d’autre a vécu cette action" in page and "Ajouter un récit" in page and "Récit de l’équipe Voirie" in page


def test_an_action_shows_to_each_the_recits_that_they_read(visit, database, cast):
    wide = make_recit(database, cast.camille, title="Pour tous", audience=Audience.RESEAU)
    make_recit(database, cast.bruno, title="Pour nous", action=wide.action_public_id)
    make_recit(database, cast.paul, title="Pas encore", action=wide.action_public_id, audience=None)
    here, there = (text_of(visit.as_(who).get(f"/actions/{wide.action_public_id}")) for who in ("dora", "ines"))
    assert "Une action, deux récits" in here and "Pour nous" in here and "Pas encore" not in here
    assert "Une action, un récit" in there and "<h1>Pour tous</h1>" in there and "Pour nous" not in there
    assert "Ajouter un" not in there and "Inviter" not in there
    assert visit.as_("admin").get(f"/actions/{wide.action_public_id}").status_code == 404


# --- what a page costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "most"), [("/c/valombre/recits", 5), ("/c/valombre/recits?reseau=1&enjeu=C", 5), ("/c/valombre/", 12)]
)
def test_the_number_of_statements_does_not_grow(visit, database, cast, count_statements, address, most):
    camille = visit.as_("camille")
    seen = []
    for _ in range(2):
        for _ in range(3):
            made = make_recit(database, cast.bruno, audience=Audience.RESEAU, balises={"C1": Stance.ILLUSTRE})
            make_recit(database, cast.camille, action=made.action_public_id, balises={"C1": Stance.ILLUSTRE})
            make_recit(database, cast.camille, audience=None)
            make_recit(database, cast.ines, audience=Audience.RESEAU, balises={"C1": Stance.ILLUSTRE})
        camille.get(address)
        with count_statements() as statements:
            assert camille.get(address).status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1] <= most, seen


def test_the_statements_of_a_recit(visit, database, cast, count_statements):
    made = make_recit(database, cast.bruno, balises={"C1": Stance.ILLUSTRE})
    camille = visit.as_("camille")
    camille.get(made.url)
    with count_statements() as statements:
        reads(camille, made.public_id)
    assert len(statements) <= 7, statements
