"""An action leaves with its récits, none before the other; what somebody does not read is in none of its files."""

import gc
import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from rex.documents.blocks import words_of
from rex.documents.from_docx import read_docx
from rex.documents.from_odt import read_odt
from rex.documents.outgoing import Image
from rex.documents.packed import Packed
from rex.documents.pieces import Beside, Head, Line, Several, Shown, Side, Told
from rex.documents.several_formats import SEVERAL, several_to_docx, several_to_markdown, several_to_odt, several_to_page
from rex.documents.to_page import has_pdf
from rex.journal.models import Audience
from rex.journal.together_models import ActionNote
from rex.text import to_html
from tests.conftest import missing
from tests.journal.acting_together import NOTE, make_note
from tests.making import make_group, make_recit

MADE_HERE = [ending for ending in SEVERAL if ending != "pdf"]
ONE = {"faits": "Le courrier est parti le *lundi*.", "appris": "Prévenir plus tôt.\n\nEncore."}
OTHER = {"faits": "Nous n’avons rien reçu.", "reconnaissances": "Merci à la Voirie."}


@pytest.fixture
def told(database, cast):
    first = make_recit(database, cast.camille, "Le marché déplacé", ONE)
    second = make_recit(database, cast.jeanne, "Le marché perdu", OTHER, action=first.action_public_id)
    return first, second


def said_in(data: bytes, ending: str) -> str:
    """The words of a file, as who opens it reads them."""
    if ending in ("docx", "odt"):
        part = {"docx": "word/document.xml", "odt": "content.xml"}[ending]
        data = zipfile.ZipFile(io.BytesIO(data)).read(part)
    words = data.decode() if ending == "md" else re.sub(r"<style>.*?</style>|<[^>]+>", " ", data.decode(), flags=re.DOTALL)
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


def export(client, made, ending: str) -> str:
    client.proof_reads = False  # a file is no page of ours
    answer = client.get(f"/actions/{made.action_public_id}/exporter/{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert f"Le marche deplace.{ending}" in answer.headers["Content-Disposition"]
    return said_in(answer.data, ending)


@pytest.mark.parametrize("ending", MADE_HERE)
def test_each_recit_is_there_section_by_section(visit, database, cast, told, ending):
    make_note(database, cast.bruno, *told)
    said = export(visit.as_("bruno"), told[0], ending)
    places = [said.index(words) for words in ("Le marché déplacé", "Camille Roy", "Jeanne Lartigue", "Le courrier est parti")]
    assert places == sorted(places)
    assert said.index("Nous n’avons rien reçu.") < said.index("Prévenir plus tôt."), "section by section, not récit by récit"
    assert "n’en dit rien" in said and "Merci à la Voirie." in said and "Le marché perdu" in said
    assert NOTE.replace("«", "").split()[0] in said and "Note de Bruno Maréchal" in said and "divergent ici" in said
    assert "Lus ensemble par tous les membres du journal" in said and "Exporté de REX par Bruno Maréchal" in said


@pytest.mark.parametrize(
    ("who", "words"), [("ana", "Note d’Ana Belmonte, "), (None, "Note d’une personne, "), ("bruno", "Note de Bruno Maréchal, ")]
)
def test_who_wrote_a_note_is_said_in_french(visit, database, cast, told, who, words):
    make_note(database, getattr(cast, who or "ana"), *told)
    if who is None:
        with database.system("their account was deleted", write=True) as session:
            session.execute(update(ActionNote).values(author_id=None))
    assert words in export(visit.as_("bruno"), told[0], "md")


def test_the_page_of_an_action_leads_there(visit, told):
    bruno = visit.as_("bruno")
    address = f"/actions/{told[0].action_public_id}"
    assert f'href="{address}/exporter"' in bruno.get(address).get_data(as_text=True)
    page = bruno.get(f"{address}/exporter").get_data(as_text=True)
    assert all(f"{address}/exporter/{ending}" in page for ending in MADE_HERE) and f"{address}/exporter/imprimer" in page
    printed = bruno.get(f"{address}/exporter/imprimer").get_data(as_text=True)
    assert printed.count("several-who") >= 4 and "Nous n’avons rien reçu" in printed and "Exporté de REX par" in printed


@pytest.mark.parametrize("ending", MADE_HERE)
def test_what_one_does_not_read_is_not_there(visit, database, cast, ending):
    """Inès, of another collectif, reads the récit that was opened to the réseau, and learns nothing of the other one."""
    first = make_recit(database, cast.camille, "Le marché déplacé", ONE, Audience.RESEAU)
    second = make_recit(database, cast.jeanne, "Le marché perdu", OTHER, action=first.action_public_id)
    third = make_recit(database, cast.bruno, "Un brouillon", {"faits": "Pas encore dit."}, None, action=first.action_public_id)
    make_note(database, cast.bruno, first, second)
    said = export(visit.as_("ines"), first, ending)
    assert "Le courrier est parti" in said and "Lu par les membres de tous les collectifs" in said
    hidden = ("perdu", "rien reçu", "Jeanne", "Merci à la Voirie", "Note de", "Pas encore dit", "n’en dit rien", "deux récits")
    assert [words for words in hidden if words in said] == []
    assert "Pas encore dit" not in export(visit.as_("bruno"), third, ending)


def test_strangers_and_formats_that_do_not_exist(visit, told):
    address = f"/actions/{told[0].action_public_id}/exporter"
    for path in ("", "/docx", "/imprimer"):
        assert visit.as_("ines").get(address + path).status_code == 404
        assert visit.as_(None).get(address + path).status_code == 302
    assert visit.as_("camille").get(f"{address}/exe").status_code == 404


def test_an_action_of_a_group_does_not_leave(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora)
    made = make_recit(database, cast.camille, "Ce que je porte", ONE, Audience.GROUPE, group=group.id)
    address = f"/actions/{made.action_public_id}"
    for who in ("camille", "dora"):
        client = visit.as_(who)
        assert client.get(address).status_code == 200
        assert f"{address}/exporter" not in client.get(address).get_data(as_text=True)
        assert {client.get(f"{address}/exporter{path}").status_code for path in ("", "/docx", "/imprimer")} == {403}
    assert visit.as_("bruno").get(f"{address}/exporter").status_code == 404


def test_as_many_statements_whatever_is_told(visit, database, cast, told, count_statements):
    bruno = visit.as_("bruno")
    bruno.proof_reads = False

    def asked() -> int:
        with count_statements() as seen:
            assert bruno.get(f"/actions/{told[0].action_public_id}/exporter/docx").status_code == 200
        return len(seen)

    before = asked()
    assert before <= 8
    for person in (cast.dora, cast.paul, cast.ana):
        make_recit(database, person, f"Le marché vu par {person.name}", ONE, action=told[0].action_public_id)
    make_note(database, cast.bruno, *told)
    assert asked() == before


def test_more_than_three_stand_one_under_the_other_and_one_is_told_where_it_ends(visit, database, cast, told, monkeypatch):
    monkeypatch.setattr("rex.documents.taking_out_action.MOST", 4)
    for person in (cast.dora, cast.paul):
        make_recit(database, person, f"Le marché vu par {person.name}", ONE, action=told[0].action_public_id)
    said = export(visit.as_("bruno"), told[0], "html")
    assert "Quatre récits" in said and "prend les 4 premiers récits" in said
    page = visit.as_("bruno").get(f"/actions/{told[0].action_public_id}/exporter/imprimer").get_data(as_text=True)
    assert "several-beside" not in page and page.count("<h3>") > 8


# --- the files themselves -----------------------------------------------------------------------------------------------

RICH = "Des **mots**[^1] et [un lien](/recits/x).\n\n- a\n- b\n\n# Un titre\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n[^1]: Une note."


def several(*pieces) -> Several:
    return Several("Le titre", ("Exporté.",), iter(pieces), "https://rex.exemple")


def both() -> list[object]:
    sides = (Side("Voirie", Told(RICH, 1)), Side("Parents", Told(RICH, 1)))
    return [Head(1, "Les faits"), Beside(sides), Line("Note de Paul."), Head(1, "La suite"), Told(RICH, 1)]


@pytest.mark.parametrize(("make", "read"), [(several_to_docx, read_docx), (several_to_odt, read_odt)])
def test_word_processors_find_each_heading_table_and_note(make, read):
    """Our own reader, which reads what word processors write, finds what was put in."""
    document = read(Packed(make(several(*both()))))
    words = list(words_of(document.blocks))
    assert words.count("Un titre") >= 1 and "Les faits" in words and "La suite" in words and "Note de Paul." in words
    assert any("Voirie" in cell for cell in words) and any("Parents" in cell for cell in words)
    assert len(document.notes) == 3, "each text calls its own note"


@pytest.mark.parametrize("ending", MADE_HERE)
def test_an_address_can_be_followed_whatever_its_letters(ending):
    address = "https://rex.exemple/recits/_a-_b*c_"
    said = SEVERAL[ending].make(several(Line(f"Adresse : {address} et la suite.")))
    part = {"docx": "word/_rels/document.xml.rels", "odt": "content.xml"}.get(ending)
    said = zipfile.ZipFile(io.BytesIO(said)).read(part) if part else said
    marks = {"docx": 'Target="{}"', "odt": 'xlink:href="{}"', "html": 'href="{}"', "md": "]({})"}
    assert marks[ending].format(address.replace("*", "%2A") if ending == "md" else address) in said.decode()


def test_what_rex_says_shows_no_mark_in_markdown():
    said = several_to_markdown(several(Line("Lu par : le journal. Adresse\u00a0: https://rex.exemple/recits/a"))).decode()
    assert "*Lu par : le journal. Adresse\u00a0:* [https://rex.exemple/recits/a](https://rex.exemple/recits/a)" in said
    assert "*" not in re.sub(r"<[^>]+>", "", to_html(said))


@pytest.mark.parametrize("ending", MADE_HERE)
def test_an_image_that_stays_leaves_words_that_lead_to_it(ending):
    told = Told("Voici ![la place](/fichiers/AAAAAAAAAAAAAAAA#4x3).", 1)
    said = SEVERAL[ending].make(several(Head(1, "Les faits"), told))
    part = {"docx": "word/_rels/document.xml.rels", "odt": "content.xml"}.get(ending)
    where = zipfile.ZipFile(io.BytesIO(said)).read(part) if part else said
    assert "la place" in said_in(said, ending) and "https://rex.exemple/fichiers/AAAAAAAAAAAAAAAA" in where.decode()
    assert b"data:," not in said


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_no_line_begins_with_a_french_sign(ending):
    said = SEVERAL[ending].make(several(Told("Il a dit « non » : *pourquoi* ?", 1)))
    part = {"docx": "word/document.xml", "odt": "content.xml"}[ending]
    assert "«\u202fnon\u202f»\u00a0:" in zipfile.ZipFile(io.BytesIO(said)).read(part).decode()


def test_markdown_numbers_the_notes_of_each_text():
    said = several_to_markdown(several(*both())).decode()
    assert re.findall(r"\[\^(\d)\]:", said) == ["1", "2", "3"]
    assert "(https://rex.exemple/recits/x)" in said and "\n### Un titre" in said and "## Les faits" in said


def test_the_page_keeps_notes_apart_and_needs_nothing_else():
    said = several_to_page(several(*both())).decode()
    ids = re.findall(r'id="([^"]+)"', said)
    assert len(ids) == len(set(ids)) >= 3
    assert 'href="https://rex.exemple/recits/x"' in said and said.count('<table class="beside">') == 1


@pytest.mark.parametrize("ending", MADE_HERE)
def test_nothing_that_is_said_becomes_a_mark(ending):
    nasty = "<b>& ]]> *x* </w:t> \x07 \u202e"
    said = SEVERAL[ending].make(several(Head(1, nasty), Line(nasty), Beside((Side(nasty, Line(nasty)), Side("B", Told(nasty, 1))))))
    if ending in ("docx", "odt"):
        {"docx": read_docx, "odt": read_odt}[ending](Packed(said))
    else:
        assert b"<b>" not in said and "\u202e".encode() not in said


def test_a_pdf_of_several_is_tagged():
    if not has_pdf():
        missing("pdf", "the extra [pdf] is not installed")
    root = PdfReader(io.BytesIO(SEVERAL["pdf"].make(several(*both())))).root_object
    assert "/StructTreeRoot" in root and "Marked" in str(root.get("/MarkInfo")) and root.get("/Lang") == "fr"


def test_images_that_are_too_heavy_stay():
    shown = Shown(lambda _: Image("image/png", 1, 1, b"x" * 40), room=100)
    assert [shown("/fichiers/a") is not None for _ in range(4)] == [True, True, False, False]
    assert shown.left == 2
    nothing = Shown(lambda _: None)
    assert nothing("/fichiers/a") is None and nothing.left == 0, "what one may not see is not counted"


@pytest.mark.parametrize("make", [several_to_docx, several_to_odt])
def test_a_long_file_is_written_as_it_is_made(make):
    """Four times as many récits: the memory does not follow, once the first ones are packed."""
    words = "\n\n".join(f"Il a fallu prévenir *chacun* deux fois, rue {rank}." for rank in range(100))

    def told(times: int) -> Iterator[Told]:
        for rank in range(times):
            if rank % 8 == 0:
                gc.collect()  # what nothing holds any more, in a process where much else lives
            yield Told(words, 1)

    def peak(times: int) -> int:
        tracemalloc.start()
        make(Several("Le titre", (), told(times)))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(1)  # what is made once for all
    assert peak(32) < 1.5 * peak(8)
