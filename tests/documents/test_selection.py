"""« Exporter des récits »: those that one ticks, in one file; what one does not read is never among them."""

import csv
import io
import re

import pytest

from rex.documents import selection
from rex.journal.models import Audience, Stance
from tests.documents.test_several import MADE_HERE, said_in
from tests.making import make_group, make_recit

PAGE = "/c/valombre/exporter"
FILE = f"{PAGE}/fichier"


@pytest.fixture
def told(database, cast):
    make = [("Le marché déplacé", cast.camille, {"C1": Stance.NUANCE}), ("La crue", cast.bruno, {}), ("=1+1", cast.dora, {})]
    return [make_recit(database, who, title, {"faits": f"Les faits de {title}."}, balises=tags) for title, who, tags in make]


def query(*made, **more: str) -> dict[str, list[str]]:
    return {"recit": [one.public_id for one in made]} | {name: [value] for name, value in more.items()}


def ticked(html: str) -> set[str]:
    return set(re.findall(r'name="recit" value="([\w-]{16})" checked', html))


def test_the_list_leads_there_with_its_filters_all_ticked(visit, told):
    paul = visit.as_("paul")
    listed = paul.get("/c/valombre/recits?balise=C1").get_data(as_text=True)
    assert f'href="{PAGE}?balise=C1"' in listed
    assert ticked(paul.get(f"{PAGE}?balise=C1").get_data(as_text=True)) == {told[0].public_id}
    assert ticked(paul.get(PAGE).get_data(as_text=True)) == {one.public_id for one in told}


@pytest.mark.parametrize("ending", MADE_HERE)
def test_those_that_are_ticked_make_one_file(visit, told, ending):
    paul = visit.as_("paul")
    paul.proof_reads = False
    answer = paul.get(FILE, query_string=query(told[0], told[1], format=ending))
    said = said_in(answer.data, ending)
    assert answer.status_code == 200 and f"Recits choisis, Ville de Valombre.{ending}" in answer.headers["Content-Disposition"]
    assert said.index("La crue") < said.index("Le marché déplacé"), "newest first, as in the list"
    assert "Les faits de La crue" in said and "par Camille Roy" in said and f"/recits/{told[0].public_id}" in said
    assert "1+1" not in said, "it was not ticked"
    assert "Deux récits" in said and "Lus ensemble par tous les membres du journal" in said and "par Paul Weiss" in said


def test_the_sheet_names_them_and_computes_nothing(visit, told):
    answer = visit.as_("paul").get(FILE, query_string=query(*told, format="csv"))
    assert answer.mimetype == "text/csv" and answer.data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head == list(selection.COLUMNS)
    assert [row[0] for row in rows] == ["'=1+1", "La crue", "Le marché déplacé"]
    last = rows[-1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", last[1]) and last[2:4] == ["Camille Roy", "Voirie"] and last[4].endswith("(nuance)")
    assert last[5] == "Le journal" and last[6].endswith(told[0].url) and "Paul Weiss" in last[7]
    assert "Les faits" not in answer.get_data(as_text=True)


def test_a_page_to_print(visit, told):
    page = visit.as_("paul").get(FILE, query_string=query(*told, format="imprimer")).get_data(as_text=True)
    assert "Les faits de La crue" in page and page.count("<h2>") == 3


def test_one_begins_from_none_as_well(visit, told):
    paul = visit.as_("paul")
    assert re.search(rf'name="cocher" value="rien" formaction="{PAGE}">Tout décocher', paul.get(PAGE).get_data(as_text=True))
    page = paul.get(PAGE, query_string=query(*told, cocher="rien", format="odt", balise="C1")).get_data(as_text=True)
    assert ticked(page) == set() and 'value="tout"' in page and 'name="balise" value="C1"' in page
    assert 'value="odt" checked' in page, "the format that was chosen stays"
    all_of_them = paul.get(PAGE, query_string={"cocher": "tout", "format": "odt"}).get_data(as_text=True)
    assert len(ticked(all_of_them)) == 3 and 'value="odt" checked' in all_of_them
    form = page[page.index('<form class="form"') :]
    assert "cocher" not in form[form.index("<button") : form.index("</button>")], "the key Enter takes away"


def test_what_is_missing_is_said_and_what_was_ticked_stays(visit, told, monkeypatch):
    paul = visit.as_("paul")
    nothing = paul.get(FILE, query_string={"format": "odt", "balise": "C1"})
    page = nothing.get_data(as_text=True)
    assert nothing.status_code == 422 and "Cochez au moins un récit" in page
    assert 'value="odt" checked' in page and 'name="balise" value="C1"' in page
    which = paul.get(FILE, query_string=query(told[0]))
    assert which.status_code == 422 and ticked(which.get_data(as_text=True)) == {told[0].public_id}
    assert paul.get(FILE, query_string=query(told[0], format="exe")).status_code == 422
    monkeypatch.setattr("rex.documents.several_views.MOST", 2)
    assert paul.get(FILE, query_string=query(*told, format="md")).status_code == 422
    monkeypatch.setattr("rex.documents.several_views.MOST_IN_PDF", 1)
    long = paul.get(FILE, query_string=query(told[0], told[1], format="pdf"))
    assert long.status_code == 422 and "Un PDF prend" in long.get_data(as_text=True)


def test_beyond_what_a_file_takes_one_is_told_and_led_on(visit, told, monkeypatch):
    monkeypatch.setattr("rex.documents.selection.MOST", 2)
    monkeypatch.setattr("rex.documents.several_views.MOST", 2)
    paul = visit.as_("paul")
    page = paul.get(PAGE).get_data(as_text=True)
    assert "3\u00a0récits" in page and "en prend 2 au plus" in page
    assert ticked(page) == {told[1].public_id, told[2].public_id}
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    page = paul.get(older[1].replace("&amp;", "&")).get_data(as_text=True)
    assert ticked(page) == {told[0].public_id} and 'name="apres"' in page and f'rel="prev" href="{PAGE}"' in page


@pytest.mark.parametrize("ending", [*MADE_HERE, "csv", "imprimer"])
def test_what_one_does_not_read_is_never_there(visit, database, cast, told, ending):
    """Ids of a group, of a draft, of a suspended or foreign récit in the address: as if they did not exist."""
    group = make_group(database, cast.noor, cast.paul)
    inside = make_recit(database, cast.noor, "Secret du groupe", {"faits": "Motscellés."}, Audience.GROUPE, group=group.id)
    mine = make_recit(database, cast.paul, "Mon secret", {"faits": "Mots à moi."}, Audience.GROUPE, group=group.id)
    draft = make_recit(database, cast.paul, "Mon brouillon", {"faits": "Pas dit."}, None)
    other = make_recit(database, cast.ines, "Chez Orbe", {"faits": "Chez eux."}, collectif="orbe")
    away = make_recit(database, cast.ines, "Pour tous", {"faits": "À tous."}, Audience.RESEAU, collectif="orbe")
    paul = visit.as_("paul")
    paul.proof_reads = False
    assert paul.get(inside.url).status_code == paul.get(mine.url).status_code == 200
    hidden = (inside, mine, draft, other)
    answer = paul.get(FILE, query_string=query(told[0], away, *hidden, format=ending))
    words = answer.get_data(as_text=True) if ending in ("csv", "imprimer") else said_in(answer.data, ending)
    assert "Le marché déplacé" in words and "Pour tous" in words and (ending == "csv" or "Pays de l’Orbe" in words)
    assert [one for one in ("ecret", "Motscell", "Mots à moi", "Pas dit", "Chez") if one in words] == []
    alone = paul.get(FILE, query_string=query(*hidden, format=ending))
    invented = paul.get(FILE, query_string={"recit": ["A" * 16], "format": ending})
    assert alone.status_code == invented.status_code == 422
    assert ticked(paul.get(PAGE).get_data(as_text=True)) == {one.public_id for one in told}


def test_a_stranger_finds_no_journal(visit, told):
    for path in (PAGE, f"{FILE}?format=md&recit={told[0].public_id}"):
        assert visit.as_("ines").get(path).status_code == 404
        assert visit.as_(None).get(path).status_code == 302


def test_few_statements_as_many_for_twenty_as_for_one(visit, database, cast, told, count_statements):
    paul = visit.as_("paul")
    paul.proof_reads = False

    def asked(path: str, **how) -> int:
        with count_statements() as seen:
            assert paul.get(path, **how).status_code == 200
        return len(seen)

    few = [
        asked(PAGE),
        asked(FILE, query_string=query(told[0], format="docx")),
        asked(FILE, query_string=query(told[0], format="csv")),
    ]
    assert few[0] <= 4 and few[1] <= 7 and few[2] <= 5
    more = [make_recit(database, cast.bruno, f"Récit {rank}", balises={"C1": Stance.ILLUSTRE}) for rank in range(12)]
    several = [*told, *more]
    assert few == [
        asked(PAGE),
        asked(FILE, query_string=query(*several, format="docx")),
        asked(FILE, query_string=query(*several, format="csv")),
    ]
