"""« Exporter »: a récit leaves with its readers, and with nobody else; in a group, with who wrote it."""

import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader

from rex.collectifs.models import Credential
from rex.documents import to_page
from rex.documents.cli import bring_in, put_out
from rex.documents.formats import FORMATS
from rex.documents.outgoing import Outgoing, Section
from rex.journal.models import Audience
from rex.refusals import Refused
from tests.conftest import missing
from tests.documents.given import fixture
from tests.journal.making import save
from tests.making import make_file, make_group, make_recit

WITHOUT_PDF = [ending for ending in FORMATS if ending != "pdf"]
SECTIONS = {"faits": "Le marché a *ouvert*.", "appris": "Prévenir plus tôt."}


@pytest.fixture
def told(database, cast):
    return make_recit(database, cast.camille, "Le marché déplacé", SECTIONS)


def words_in(data: bytes, ending: str) -> str:
    if ending in ("docx", "odt"):
        part = {"docx": "word/document.xml", "odt": "content.xml"}[ending]
        data = zipfile.ZipFile(BytesIO(data)).read(part)
    return data.decode()


@pytest.mark.parametrize("ending", WITHOUT_PDF)
def test_its_readers_take_a_recit_away(visit, told, ending):
    bruno = visit.as_("bruno")
    assert f"{told.url}/exporter" in bruno.get(told.url).get_data(as_text=True)
    assert f"{told.url}/exporter/{ending}" in bruno.get(f"{told.url}/exporter").get_data(as_text=True)
    bruno.proof_reads = False  # a file is no page of ours
    answer = bruno.get(f"{told.url}/exporter/{ending}")
    assert answer.status_code == 200
    assert f"Le marche deplace.{ending}" in answer.headers["Content-Disposition"]
    said = words_in(answer.data, ending)
    for words in ("Prévenir plus tôt.", "ouvert", "Exporté de REX par Bruno", "Lu par"):
        assert words in said


def test_strangers_find_nothing(visit, told, database, cast):
    for who, status in (("ines", 404), (None, 302)):
        for path in ("/exporter", "/exporter/docx"):
            assert visit.as_(who).get(told.url + path).status_code == status
    assert visit.as_("camille").get(f"{told.url}/exporter/exe").status_code == 404
    draft = make_recit(database, cast.camille, "Un brouillon", audience=None)
    assert visit.as_("bruno").get(f"{draft.url}/exporter/md").status_code == 404
    mine = visit.as_("camille").get(f"{draft.url}/exporter/md")
    assert "Brouillon" in mine.get_data(as_text=True)


def test_in_a_group_one_takes_away_ones_own_texts_only(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora)
    made = make_recit(database, cast.camille, "Ce que je porte", SECTIONS, Audience.GROUPE, group=group.id)
    camille, dora = visit.as_("camille"), visit.as_("dora")
    assert dora.get(made.url).status_code == 200
    assert dora.get(f"{made.url}/exporter").status_code == 403
    assert dora.get(f"{made.url}/exporter/md").status_code == 403
    assert "/exporter" not in dora.get(made.url).get_data(as_text=True)
    assert f"{made.url}/exporter" in camille.get(made.url).get_data(as_text=True)
    camille.proof_reads = False
    answer = camille.get(f"{made.url}/exporter/html")
    said = answer.get_data(as_text=True).replace("\u00a0", " ")
    assert "Confidentiel, 2 personnes, exporté par Camille" in said
    assert "Confidentiel, 2 personnes.html" in answer.headers["Content-Disposition"], "not its title"
    assert "Dora" not in said, "a file says how many, not who"
    assert visit.as_("bruno").get(f"{made.url}/exporter").status_code == 404


def test_images_go_along(visit, database, cast, told):
    file_id = make_file(database, cast.camille, told)
    camille = visit.as_("camille")
    save(camille, told.public_id, {"faits": f"Voici ![la place](/fichiers/{file_id}#40x30)."}, suite="modification")
    bruno = visit.as_("bruno")
    assert f"/fichiers/{file_id}" in bruno.get(told.url).get_data(as_text=True)
    bruno.proof_reads = False
    page = bruno.get(f"{told.url}/exporter/html").get_data(as_text=True)
    assert 'src="data:image/' in page and "/fichiers/" not in page
    names = zipfile.ZipFile(BytesIO(bruno.get(f"{told.url}/exporter/docx").data)).namelist()
    assert any(name.startswith("word/media/image1.") for name in names)


def test_without_the_extra_the_page_says_how_to_print(visit, told, monkeypatch):
    monkeypatch.setattr("rex.documents.export_views.has_pdf", lambda: False)
    monkeypatch.setattr("rex.documents.to_page.has_pdf", lambda: False)
    camille = visit.as_("camille")
    page = camille.get(f"{told.url}/exporter").get_data(as_text=True)
    assert "/exporter/pdf" not in page and "Enregistrer en PDF" in page
    assert camille.get(f"{told.url}/exporter/pdf").status_code == 302


def test_a_pdf_is_tagged():
    if not to_page.has_pdf():
        missing("pdf", "the extra [pdf] is not installed")
    made = Outgoing("Le marché", ("Exporté.",), (Section("faits", "Les faits", "Des mots."),))
    data = to_page.to_pdf(made)
    root = PdfReader(BytesIO(data)).root_object
    assert "/StructTreeRoot" in root and "Marked" in str(root.get("/MarkInfo")) and root.get("/Lang") == "fr"


def test_the_console_imports_and_exports(database, tmp_path, cast):
    first, wrong = tmp_path / "marche.docx", tmp_path / "faux.odt"
    first.write_bytes(fixture("marche.docx"))
    wrong.write_bytes(b"PK\x03\x04")
    address = address_of(database, cast.camille.id)
    done, refused, lost = bring_in(database, [first, wrong, tmp_path / "absent.md"], "valombre", address)
    assert done.is_done and "1 brouillon" in done.sentence.replace("\u00a0", " ") and "Ce qui a résisté" in done.sentence
    assert "non repris" in done.sentence.lower() and "\n" not in done.sentence
    assert not refused.is_done and "ne s’ouvre pas" in refused.sentence
    assert not lost.is_done and "n’existe pas" in lost.sentence
    made = make_recit(database, cast.camille, "Le marché", SECTIONS)
    file = tmp_path / "out.md"
    put_out(database, made.public_id, address, "md", file, "https://rex.example")
    assert "Prévenir plus tôt." in file.read_text() and file.stat().st_mode & 0o077 == 0


def test_the_console_refuses_in_one_sentence(database, tmp_path, cast):
    address = address_of(database, cast.camille.id)
    with pytest.raises(Refused, match="Personne n’a de compte"):
        list(bring_in(database, [tmp_path / "a.md"], "valombre", "personne@nulle.part"))
    with pytest.raises(Refused, match="n’est pas membre"):
        list(bring_in(database, [tmp_path / "a.md"], "orbe", address))
    with pytest.raises(Refused, match="ne lit aucun récit"):
        put_out(database, "A" * 16, address, "md", tmp_path / "a.md", "")


def address_of(database, user_id: int) -> str:
    with database.system("read an address") as session:
        return session.get_one(Credential, user_id).address
