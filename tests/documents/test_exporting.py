"""« Exporter »: a récit leaves with its readers, and with nobody else; in a group, with who wrote it."""

import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader

from rex.cli import main
from rex.collectifs.models import Credential
from rex.config import DEFAULT_ROOT
from rex.documents import to_page
from rex.documents.apart import parsed_apart
from rex.documents.cli import bring_in, put_out
from rex.documents.formats import FORMATS
from rex.documents.outgoing import Image, Outgoing, Section
from rex.documents.own_marks import FOLDER
from rex.documents.xml_tree import read_xml
from rex.journal.models import Audience, Stance
from rex.referentiel import markers
from rex.refusals import Refused
from rex.text import to_html
from tests.conftest import missing
from tests.documents.given import fixture
from tests.given import photograph
from tests.journal.making import save
from tests.making import make_file, make_group, make_recit
from tests.peer_groups.groups import make_opening

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


def test_a_page_to_print_for_its_readers_and_of_a_draft_for_its_authors(visit, told, database, cast):
    bruno, camille = visit.as_("bruno"), visit.as_("camille")
    address = f"{told.url}/exporter/imprimer"
    assert f'href="{address}"' in bruno.get(f"{told.url}/exporter").get_data(as_text=True)
    page = bruno.get(address).get_data(as_text=True)
    assert 'data-audience="collectif"' in page and "Prévenir plus tôt." in page and "Exporté de REX par Bruno" in page
    draft = make_recit(database, cast.camille, "Un brouillon", {"faits": "Un mot.[^1]\n\n[^1]: Une note."}, audience=None)
    assert bruno.get(f"{draft.url}/exporter/imprimer").status_code == 404
    mine = camille.get(f"{draft.url}/exporter/imprimer").get_data(as_text=True)
    assert 'data-audience="brouillon"' in mine and "Une note." in mine and 'id="faits-fn:1"' in mine
    group = make_group(database, cast.camille, cast.dora)
    inside = make_recit(database, cast.camille, "Ce que je porte", SECTIONS, Audience.GROUPE, group=group.id)
    said = camille.get(f"{inside.url}/exporter/imprimer").get_data(as_text=True).replace("\u00a0", " ")
    assert 'data-audience="groupe"' in said and "Confidentiel, 2 personnes, exporté par Camille" in said
    assert visit.as_("dora").get(f"{inside.url}/exporter/imprimer").status_code == 403


def test_strangers_find_nothing(visit, told, database, cast):
    for who, status in (("ines", 404), (None, 302)):
        for path in ("/exporter", "/exporter/docx"):
            assert visit.as_(who).get(told.url + path).status_code == status
    assert visit.as_("camille").get(f"{told.url}/exporter/exe").status_code == 404
    draft = make_recit(database, cast.camille, "Un brouillon", audience=None)
    assert visit.as_("bruno").get(f"{draft.url}/exporter/md").status_code == 404
    camille = visit.as_("camille")
    assert f"{draft.url}/exporter" in camille.get(f"{draft.url}/edition").get_data(as_text=True)
    assert camille.get(f"{draft.url}/exporter").status_code == 200
    assert "Brouillon" in camille.get(f"{draft.url}/exporter/md").get_data(as_text=True)


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
    assert 'filename="texte-confidentiel.html"' in answer.headers["Content-Disposition"], "neither its title nor how many read it"
    assert "/recits/" not in said, "nor where it is read"
    assert "Dora" not in said, "a file says how many, not who"
    assert visit.as_("bruno").get(f"{made.url}/exporter").status_code == 404


def test_it_says_its_balises_who_signed_as_what_and_where_it_is_read(visit, database, cast):
    balises = {"E2": Stance.NUANCE, "C1": Stance.ILLUSTRE}
    made = make_recit(database, cast.camille, "Le marché déplacé", SECTIONS, balises=balises)
    bruno = visit.as_("bruno")
    bruno.proof_reads = False
    for ending in WITHOUT_PDF:
        said = words_in(bruno.get(f"{made.url}/exporter/{ending}").data, ending).replace("\u00a0", " ").replace("\u202f", " ")
        for words in (
            f"{markers.REFERENTIEL['E2'].label} (nuance) ; ",
            "(illustre).",
            "Camille Roy (agente)",
            f"http://localhost{made.url}",
        ):
            assert words in said, f"{words} in {ending}"
    draft = make_recit(database, cast.camille, "Un brouillon", SECTIONS, audience=None, balises=balises)
    mine = visit.as_("camille").get(f"{draft.url}/exporter/md").get_data(as_text=True)
    assert "(nuance)" in mine and draft.url not in mine, "who is given a draft cannot follow its address"


def test_files_say_nothing_of_the_account_nor_of_the_machine(visit, database, cast):
    group = make_group(database, cast.camille, cast.dora, called="Les DGS de la vallée")
    made = make_recit(database, cast.camille, "Ce que je porte", SECTIONS, Audience.GROUPE, group=group.id)
    camille = visit.as_("camille")
    camille.proof_reads = False
    for ending in ("docx", "odt"):
        parts = zipfile.ZipFile(BytesIO(camille.get(f"{made.url}/exporter/{ending}").data))
        assert not {"docProps/core.xml", "docProps/app.xml", "meta.xml"} & set(parts.namelist())
        whole = b"".join(parts.read(name) for name in parts.namelist()).decode(errors="replace")
        for secret in ("Les DGS", cast.camille.address, cast.camille.public_id, group.public_id, "/tmp"):
            assert secret not in whole
    if to_page.has_pdf():
        told = PdfReader(BytesIO(camille.get(f"{made.url}/exporter/pdf").data)).metadata
        assert set(told or {}) <= {"/Title", "/Producer"} and "Les DGS" not in str(told)


def test_markdown_has_its_images_beside_it_and_brings_them_back(visit, database, cast, told):
    file_id = make_file(database, cast.camille, told)
    camille = visit.as_("camille")
    source = f"Voici ![la place](/fichiers/{file_id}#40x30).\n\n- et [la place](/fichiers/{file_id})"
    save(camille, told.public_id, {"faits": source}, suite="modification")
    bruno = visit.as_("bruno")
    bruno.proof_reads = False
    answer = bruno.get(f"{told.url}/exporter/md")
    assert answer.mimetype == "application/zip" and "Le marche deplace.zip" in answer.headers["Content-Disposition"]
    packed = zipfile.ZipFile(BytesIO(answer.data))
    text, image = packed.namelist()
    assert text == "Le marché déplacé.md" and image in packed.read(text).decode()
    parsed = parsed_apart(answer.data, "a.zip")
    body = next(part.body for part in parsed.parts if part.slug == "faits")
    assert body == source.replace(f"![la place](/fichiers/{file_id}#40x30)", "![la place](image-1)")
    assert parsed.images["image-1"] == packed.read(image)
    alone = parsed_apart(packed.read(text), "a.md")
    assert next(part.body for part in alone.parts if part.slug == "faits") == source, "without them, to the letter"


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
    assert "/exporter/pdf" not in page and "en PDF depuis votre navigateur" in page
    assert camille.get(f"{told.url}/exporter/pdf").status_code == 302


def test_a_pdf_is_tagged():
    if not to_page.has_pdf():
        missing("pdf", "the extra [pdf] is not installed")
    jpeg = Image("image/jpeg", 40, 30, photograph())
    words = "Des mots, ![la place](/fichiers/AAAAAAAAAAAAAAAA#40x30) et [un lien](/recits/A)."
    made = Outgoing("Le marché", ("Exporté.",), (Section("faits", "Les faits", words),), image=lambda _address: jpeg)
    read = PdfReader(BytesIO(to_page.to_pdf(made)))
    root = read.root_object
    assert "/StructTreeRoot" in root and "Marked" in str(root.get("/MarkInfo")) and root.get("/Lang") == "fr"
    assert len(read.pages[0].images) == 1 and "Des mots" in read.pages[0].extract_text()


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
    with pytest.raises(FileExistsError):
        put_out(database, made.public_id, address, "md", file, "https://rex.example")


def test_the_console_puts_images_beside_the_markdown(database, tmp_path, cast, visit, told):
    file_id = make_file(database, cast.camille, told)
    save(visit.as_("camille"), told.public_id, {"faits": f"![la place](/fichiers/{file_id}#40x30)"}, suite="modification")
    file = tmp_path / "out.md"
    assert put_out(database, told.public_id, address_of(database, cast.bruno.id), "md", file, "https://rex.example") == 1
    (image,) = (tmp_path / FOLDER).iterdir()
    assert f"]({FOLDER}/{image.name}#40x30)" in file.read_text() and image.read_bytes()[:3] == b"\xff\xd8\xff"


def test_the_command_says_one_line_a_file_and_ends_as_it_went(tmp_path, monkeypatch, capsys, settings, database, cast):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    first, wrong = tmp_path / "a.txt", tmp_path / "b.pdf"
    first.write_text("Le marché a ouvert.")
    wrong.write_bytes(b"%PDF-1.7")
    author = ["--collectif", "valombre", "--author", address_of(database, cast.camille.id)]
    assert main(["import", str(first), *author]) == 0
    assert main(["import", str(first), str(wrong), *author]) == 1
    out, err = capsys.readouterr()
    assert out.count("\n") == 2 and err.count("\n") == 1 and err.startswith("b.pdf")
    assert main(["import", str(first), "--collectif", "orbe", *author[2:]]) == 1
    assert main(["import", "--collectif", "orbe"]) == 2
    made = make_recit(database, cast.camille, "Le marché", SECTIONS)
    asked = ["export", "recit", made.public_id, "--as", author[3], "--format", "odt", "-o", str(tmp_path / "a.odt")]
    assert main(asked) == 0 and (tmp_path / "a.odt").read_bytes()[:2] == b"PK"
    assert main(asked) == 1 and "existe déjà" in capsys.readouterr().err
    assert main([*asked[:6], "doc", *asked[7:]]) == 2


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


def test_who_reads_a_group_that_is_open_takes_nothing_away(visit, database, cast, tmp_path):
    group = make_group(database, cast.dora, cast.camille)
    made = make_recit(database, cast.dora, "Ce que je porte", SECTIONS, group=group.id)
    make_opening(database, group.id, cast.jeanne, shows_past=True)
    jeanne = visit.as_("jeanne")
    page = jeanne.get(made.url)
    assert page.status_code == 200 and "/exporter" not in page.get_data(as_text=True)
    for path in ("", *(f"/{ending}" for ending in FORMATS)):
        assert jeanne.get(f"{made.url}/exporter{path}").status_code == 403
    with pytest.raises(Refused):
        put_out(database, made.public_id, address_of(database, cast.jeanne.id), "md", tmp_path / "a.md", "https://rex.example")
    assert list(tmp_path.glob("*.md")) == []


def test_a_draft_of_a_group_says_that_it_is_confidential(visit, database, cast):
    group = make_group(database, cast.dora, cast.camille)
    made = make_recit(database, cast.dora, "Ce que je porte", SECTIONS, audience=None, group=group.id)
    answer = visit.as_("dora").get(f"{made.url}/exporter/md")
    assert "Confidentiel, exporté par Dora" in answer.get_data(as_text=True).replace("\xa0", " ")
    assert "texte-confidentiel" in answer.headers["Content-Disposition"]


def test_links_lead_where_the_installation_answers_whatever_a_request_says(visit, told):
    camille = visit.as_("camille")
    camille.proof_reads = False
    name = camille.application.config["SESSION_COOKIE_NAME"]
    cookie = camille.get_cookie(name)
    assert cookie is not None
    camille.set_cookie(name, cookie.value, domain="evil.example")
    asked = {"recit": told.public_id, "format": "md"}
    together = "/c/valombre/exporter/fichier"
    for path, query in ((f"{told.url}/exporter/md", {}), (together, asked), (together, asked | {"format": "csv"})):
        answer = camille.get(path, query_string=query, headers={"Host": "evil.example"})
        said = answer.get_data(as_text=True)
        assert answer.status_code == 200 and "evil.example" not in said and f"{DEFAULT_ROOT}{told.url}" in said
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("ending", WITHOUT_PDF)
def test_the_name_of_a_section_is_words_and_never_marks(ending):
    """A canvas gives names that hold no mark; one that came otherwise does not become one."""
    slug = 'x"><script>alert(1)</script>'
    data = FORMATS[ending].make(Outgoing("Le marché", (), (Section(slug, "Les faits", "Des mots[^1].\n\n[^1]: Une note."),)))
    said = words_in(data, ending)
    if ending in ("docx", "odt"):
        assert read_xml(said.encode()) is not None and "<script" not in said
    elif ending == "html":
        assert "<script" not in said and "&lt;script" in said
    else:
        assert "<script" not in to_html(said)
