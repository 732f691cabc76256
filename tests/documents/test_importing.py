"""« Importer un document »: files in, a screen, then drafts that nobody but their author opens."""

import io
import os
import re
import subprocess
import time
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from rex import chores
from rex.collectifs.models import Credential
from rex.documents import waiting
from rex.documents.cli import bring_in
from rex.intake import rewritten
from rex.journal import attachments
from rex.journal.attachment_models import Attachment
from rex.journal.drafts import start_recit
from rex.journal.models import Recit
from rex.web import FILES_LIMIT
from tests.documents.given import RELATIONS, R, W, docx, fixture, paragraph
from tests.given import photograph
from tests.making import reader_of


@pytest.fixture
def at() -> str:
    return "/c/valombre/importer"


def upload(client, at: str, *files: tuple[str, bytes], **fields):
    data = {"documents": [(io.BytesIO(data), name) for name, data in files], "csrf_token": client.csrf(), **fields}
    return client.post(at, data=data, content_type="multipart/form-data")


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the screen, as it was drawn."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            fields[name[1]] = unescape(value[1]) if value else "on"
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        assert chosen, f"{name} shows nothing chosen"
        fields[name] = chosen[1]
    return fields


def text_of(client, url: str, slug: str) -> str:
    page = client.get(url).get_data(as_text=True)
    found = re.search(rf'<textarea[^>]* name="{slug}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])


def recits_of(database) -> int:
    with database.system("count the récits") as session:
        return session.scalar(select(func.count()).select_from(Recit))


def test_a_document_becomes_a_draft_once_its_author_says_so(visit, at, database):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("marche.docx", fixture("marche.docx")))
    assert answer.status_code == 303
    screen = camille.get(answer.location).get_data(as_text=True)
    assert recits_of(database) == 0, "nothing before the person says so"
    assert "Les freins rencontrés" in screen and "Non repris" in screen
    made = camille.send(answer.location, form_of(screen))
    assert made.status_code == 303 and made.location.endswith("/edition")
    assert "Le marché déplacé" in camille.get(made.location).get_data(as_text=True)
    facts = text_of(camille, made.location, "faits")
    assert re.search(r"!\[La place vue du clocher\]\(/fichiers/[\w-]{16}#64x40\)", facts)
    with database.system("look at the files") as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 1
    assert camille.get(answer.location).status_code == 404, "what waited is gone"
    assert visit.as_("bruno").get(made.location).status_code == 404, "a draft is its author's"


def test_the_screen_decides_where_each_part_goes(visit, at):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.md", b"# Un titre\n\n## Contexte\n\nA.\n\n## Annexe\n\nB.\n\n## Bilan\n\nC."))
    form = form_of(camille.get(answer.location).get_data(as_text=True))
    selects = sorted(name for name in form if name.startswith("ou-"))
    assert [form[name] for name in selects] == ["contexte", "contexte", "appris"]
    form[selects[1]], form[selects[2]] = "-", "affects"
    made = camille.send(answer.location, form)
    assert text_of(camille, made.location, "contexte") == "A."
    assert text_of(camille, made.location, "affects") == "# Bilan\n\nC."
    assert text_of(camille, made.location, "appris") == ""


def test_a_box_makes_another_recit_begin(visit, at, database):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.md", b"## Contexte\n\nA.\n\n## La suite\n\nB."))
    form = form_of(camille.get(answer.location).get_data(as_text=True))
    key = next(name for name in form if name.startswith("ou-"))[3:-2]
    form[f"nouveau-{key}-1"] = "on"
    made = camille.send(answer.location, form)
    assert made.location.endswith("/c/valombre/") and recits_of(database) == 2
    assert "La suite" in camille.get(made.location).get_data(as_text=True)


def test_each_recit_of_a_newsletter_may_be_named_before_it_is_made(visit, at):
    rubric = "Nous avons ouvert le marché une heure plus tôt, et les commerçants sont venus plus nombreux que prévu. " * 3
    camille = visit.as_("camille")
    answer = upload(camille, at, ("lettre.txt", f"➡️ Édito\n{rubric}\n➡️ En théorie…\n{rubric}\n➡️ À suivre\n{rubric}".encode()))
    form = form_of(camille.get(answer.location).get_data(as_text=True))
    titles = [name for name in form if name.startswith("titre-")]
    assert [form[name] for name in titles] == ["Édito", "En théorie…", "À suivre"]
    form[titles[1]] = "La journée du 15 octobre"
    home = camille.get(camille.send(answer.location, form).location).get_data(as_text=True)
    assert "La journée du 15 octobre" in home and "En théorie" not in home
    draft = re.search(r'href="(/recits/[\w-]{16}/edition)"[^>]*>\s*La journée', home)
    assert draft and text_of(camille, draft[1], "faits") == rubric.strip(), "the words that it was named by are not said again"


def test_several_documents_at_once_and_one_that_is_not_read(visit, at, database):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.txt", b"Premier."), ("b.pdf", b"%PDF-1.7"), ("c.docx", docx(paragraph("Second."))))
    screen = camille.get(answer.location).get_data(as_text=True)
    assert "b.pdf" in screen and "Donnez un document DOCX" in screen
    assert screen.index("a.txt") < screen.index("c.docx")
    form = form_of(screen)
    taken = [name for name in form if name.startswith("prendre-")]
    assert len(taken) == 2
    del form[taken[0]]
    camille.send(answer.location, form)
    assert recits_of(database) == 1


def test_the_same_form_twice_makes_one_draft(visit, at, database):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.txt", b"Premier."))
    form = form_of(camille.get(answer.location).get_data(as_text=True))
    first, second = (camille.send(answer.location, form) for _ in range(2))
    assert first.location == second.location and recits_of(database) == 1


def test_the_same_file_twice_in_one_import_is_one(visit, at):
    camille = visit.as_("camille")
    for _ in range(2):
        answer = upload(camille, at, ("a.txt", b"Premier."), lot="A" * 16)
    assert camille.get(answer.location).get_data(as_text=True).count('class="import-document"') == 1


def test_a_script_sends_them_one_by_one(visit, at):
    camille = visit.as_("camille")
    form = {"documents": (io.BytesIO(b"Premier."), "a.txt"), "lot": "A" * 16, "rang": "3", "csrf_token": camille.csrf()}
    answer = camille.post(at, data=form, content_type="multipart/form-data", headers={"Accept": "application/json"})
    assert answer.status_code == 200 and answer.json["next"].endswith("A" * 16)
    form["documents"] = (io.BytesIO(b"%PDF"), "a.pdf")
    refused = camille.post(at, data=form, content_type="multipart/form-data", headers={"Accept": "application/json"})
    assert refused.status_code == 422 and "DOCX" in refused.json["message"]


def test_nothing_or_nothing_readable_is_said_above_the_field(visit, at):
    camille = visit.as_("camille")
    nothing = camille.send(at, {})
    assert nothing.status_code == 422 and "Choisissez au moins un document" in nothing.get_data(as_text=True)
    wrong = upload(camille, at, ("a.docx", b"PK\x03\x04"))
    assert wrong.status_code == 422 and "a.docx" in wrong.get_data(as_text=True)


def test_what_waits_is_sealed_and_is_nobody_elses(visit, at, database):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.txt", b"Le maire a tort."))
    (kept,) = (database.files.folder.with_name(waiting.FOLDER)).iterdir()
    assert b"maire" not in kept.read_bytes() and kept.stat().st_mode & 0o077 == 0
    bruno = visit.as_("bruno")
    assert bruno.get(answer.location).status_code == 404
    assert bruno.send(answer.location, {}).status_code == 404
    assert bruno.send(f"{answer.location}/abandon").status_code == 404
    assert "En attente" not in bruno.get(at).get_data(as_text=True)
    assert answer.location in camille.get(at).get_data(as_text=True)
    assert visit.as_("ines").get(answer.location).status_code == 404
    assert visit.as_(None).get(answer.location).status_code == 302


def test_a_text_without_a_title_is_not_said_to_stand_before_one(visit, at):
    camille = visit.as_("camille")
    titled = b"Premier.\n\n# Un titre\n\nA.\n\n# Deux\n\nB."
    for source, said in ((b"Premier.", "Tout le texte"), (titled, "Avant le premier titre")):
        page = camille.get(upload(camille, at, ("a.md", source)).location).get_data(as_text=True)
        assert f"<h3>{said}</h3>" in page and f"({said.lower()})" in page


def test_imports_that_wait_are_told_apart(visit, at):
    camille = visit.as_("camille")
    upload(camille, at, ("Le marché.txt", b"Premier."))
    upload(camille, at, ("La crue.txt", b"Second."), ("Le pont.txt", b"Dernier."), ("L’école.txt", b"Autre."))
    page = camille.get(at).get_data(as_text=True).replace("\xa0", " ")
    assert re.search(r">Le marché\.txt</a>, ", page) and re.search(r">La crue\.txt</a> et 2 autres documents, ", page)


def test_an_import_may_be_given_up_and_is_swept_after_a_week(visit, at, database, app):
    camille = visit.as_("camille")
    folder = database.files.folder.with_name(waiting.FOLDER)
    answer = upload(camille, at, ("a.txt", b"Premier."))
    assert camille.send(f"{answer.location}/abandon").status_code == 303
    assert list(folder.iterdir()) == []
    upload(camille, at, ("a.txt", b"Premier."))
    sweep = next(one for one in chores.chores_of(database, app.extensions["rex"].config) if one.name == "imports")
    sweep.do()
    (kept,) = folder.iterdir()
    old = time.time() - 8 * 86_400
    os.utime(kept, (old, old))
    sweep.do()
    assert list(folder.iterdir()) == []


def test_images_lose_what_is_not_seen_in_them(visit, at, database):
    data = photograph()
    relation = '<Relationship Id="i" Type="x/image" Target="media/p.jpg"/>'
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="i"/>'
    body = f"<w:p><w:r><w:drawing>{blip}</w:drawing></w:r></w:p>"
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.docx", docx(body, {"word/media/p.jpg": data}, relation)))
    made = camille.send(answer.location, form_of(camille.get(answer.location).get_data(as_text=True)))
    facts = text_of(camille, made.location, "faits")
    address = re.search(r"!\[Image à décrire\]\((/fichiers/[\w-]{16})#\d+x\d+\)", facts)
    assert address
    kept = camille.get(address[1]).data
    asked = camille.get(made.location.replace("/edition", "/publication")).get_data(as_text=True).replace("\xa0", " ")
    assert "1 image attend encore qu’on dise ce qu’elle montre" in asked and 'edition#faits"' in asked
    assert b"Exif" in data and b"Exif" not in kept and kept[:3] == b"\xff\xd8\xff"


def test_the_limits_of_the_form_are_those_of_this_page(visit, at, app):
    camille = visit.as_("camille")
    parts = [("csrf_token", "", camille.csrf().encode()), ("documents", '; filename="a.txt"', b"mot\n" * 4_500_000)]
    big = b"".join(f'--x\r\nContent-Disposition: form-data; name="{n}"{f}\r\n\r\n'.encode() + d + b"\r\n" for n, f, d in parts)
    read = camille.post(at, data=big + b"--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert read.status_code == 422 and "trop d’éléments" in read.get_data(as_text=True), "18 MB are read"
    size = {"CONTENT_LENGTH": str(FILES_LIMIT + 1)}
    over = camille.post(at, data=b"x", content_type="multipart/form-data; boundary=x", environ_overrides=size)
    assert over.status_code == 413


def test_one_person_has_only_so_many_documents_waiting(visit, at, monkeypatch):
    camille = visit.as_("camille")
    upload(camille, at, ("a.txt", b"Premier."))
    for name, most in (("MOST_WAITING", 1), ("MOST_WAITING_BYTES", 10)):
        with monkeypatch.context() as small:
            small.setattr(waiting, name, most)
            over = upload(camille, at, ("b.txt", b"Second."))
        assert over.status_code == 422 and "documents en attente" in over.get_data(as_text=True)
    assert upload(visit.as_("bruno"), at, ("b.txt", b"Second.")).status_code == 303


def test_members_come_in_and_find_the_way(visit, at):
    assert visit.as_(None).get(at).status_code == 302
    assert visit.as_("ines").get(at).status_code == 404
    assert visit.as_("bruno").get(at).status_code == 200
    assert at in visit.as_("bruno").get("/recits/nouveau").get_data(as_text=True)


# --- what may not stop an import ----------------------------------------------------------------------------------------


def in_a_footnote(image: bytes) -> bytes:
    """A DOCX whose only image stands in a footnote."""
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    called = '<w:p><w:r><w:t>Voir</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    drawn = f'<w:r><w:drawing><a:blip {names} r:embed="i"/></w:drawing></w:r>'
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>Le plan </w:t></w:r>{drawn}</w:p></w:footnote>'
    relation = '<Relationship Id="i" Type="x/image" Target="media/p.jpg"/>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    beside = {
        "word/footnotes.xml": f"<w:footnotes {W} {R}>{note}</w:footnotes>",
        "word/_rels/footnotes.xml.rels": relations,
        "word/media/p.jpg": image,
    }
    return docx(called, beside, f'<Relationship Id="n" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/>{relation}')


NOWHERE_TO_BE_SEEN = {
    "in a footnote, and it does not open": ("a.docx", lambda: in_a_footnote(photograph()[:200])),
    "in a note, and nobody gave it": ("a.md", lambda: "# Le marché\n\nVoir[^1].\n\n[^1]: Le plan ![x](image-7)\n".encode()),
    "in a heading, and nobody gave it": ("a.md", lambda: b"# Un\n\nA\n\n## Le ![x](image-7) plan\n\nB\n\n## Autre\n\nC"),
}


@pytest.mark.parametrize("where", NOWHERE_TO_BE_SEEN)
def test_an_image_that_is_not_taken_leaves_its_words(visit, at, where):
    name, made = NOWHERE_TO_BE_SEEN[where]
    camille = visit.as_("camille")
    answer = upload(camille, at, (name, made()))
    draft = camille.send(answer.location, form_of(camille.get(answer.location).get_data(as_text=True)))
    assert draft.status_code == 303
    facts = camille.get(draft.location.replace("/edition", "/exporter/md")).get_data(as_text=True)
    assert "](image-" not in facts and "plan" in facts


def test_an_image_of_a_footnote_comes_along(visit, at):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.docx", in_a_footnote(photograph())))
    made = camille.send(answer.location, form_of(camille.get(answer.location).get_data(as_text=True)))
    assert re.search(r"\[\^1\]: Le plan !\[Image à décrire\]\(/fichiers/[\w-]{16}#", text_of(camille, made.location, "faits"))


def test_an_empty_draft_that_is_full_of_files_says_so(visit, at, database, cast, monkeypatch, tmp_path):
    """The draft that its author never wrote in is the one that an import fills: it may keep files already."""
    with database.session(write=True) as session:
        session.reader = who = reader_of(session, cast.camille)
        recit = start_recit(session, who, who.memberships[0])
        attachments.give(session, who, who.memberships[0], recit, rewritten(photograph()), "La place")
        session.commit()
    monkeypatch.setattr(attachments, "MOST_FILES", 1)
    camille = visit.as_("camille")
    answer = upload(camille, at, ("a.docx", in_a_footnote(photograph())))
    said = camille.send(answer.location, form_of(camille.get(answer.location).get_data(as_text=True)))
    assert said.status_code == 422 and "votre brouillon encore sans texte" in said.get_data(as_text=True)
    file = tmp_path / "a.docx"
    file.write_bytes(in_a_footnote(photograph()))
    with database.system("an address") as session:
        address = session.scalar(select(Credential.address).where(Credential.user_id == cast.camille.id))
    (line,) = bring_in(database, [file], "valombre", address)
    assert not line.is_done and "sans texte" in line.sentence


STRANGE = {"a zero": "nul\x00.txt", "no end": "x" * 140_000 + ".txt", "nothing": ".txt"}


@pytest.mark.parametrize("name", STRANGE)
def test_a_file_may_have_any_name(visit, at, name):
    camille = visit.as_("camille")
    parts = [("csrf_token", b"", camille.csrf().encode())]
    for file, data in ((STRANGE[name], "Le marché a ouvert."), (STRANGE[name][:-4] + ".pdf", "%PDF")):
        parts.append(("documents", b'; filename="' + file.encode() + b'"', data.encode()))
    head = "--B\r\nContent-Disposition: form-data; name="
    body = b"".join(f'{head}"{n}"'.encode() + f + b"\r\n\r\n" + d + b"\r\n" for n, f, d in parts)
    answer = camille.post(at, data=body + b"--B--\r\n", content_type="multipart/form-data; boundary=B")
    assert answer.status_code == 303 and len(answer.headers.get("Set-Cookie", "")) < 4000
    screen = camille.get(answer.location).get_data(as_text=True)
    assert "Pas lu" in screen
    assert camille.send(answer.location, form_of(screen)).status_code == 303


def test_the_name_of_a_file_is_told_to_no_other_process(visit, at, monkeypatch):
    started, run = [], subprocess.run

    def seen(command: list[str], **how: Any) -> Any:
        started.append(command)
        return run(command, **how)

    monkeypatch.setattr("rex.documents.apart.subprocess.run", seen)
    camille = visit.as_("camille")
    assert upload(camille, at, ("Le licenciement de Paul.TXT", b"Premier.")).status_code == 303
    assert len(started) == 1 and "licenciement" not in " ".join(started[0]) and started[0][-1] == ".txt"


def test_what_is_not_ticked_goes_on_waiting_and_is_told(visit, at, database):
    camille = visit.as_("camille")
    answer = upload(camille, at, ("un.txt", b"Premier."), ("deux.txt", b"Second."), ("trois.txt", b"Dernier."))
    screen = camille.get(answer.location).get_data(as_text=True)
    assert "reste en attente" in screen
    form = form_of(screen)
    first, second, third = (name.removeprefix("prendre-") for name in form if name.startswith("prendre-"))
    del form[f"prendre-{second}"]
    form[f"ou-{third}-0"] = "-"  # ticked, and nothing of it taken
    made = camille.send(answer.location, form)
    assert recits_of(database) == 1
    told = camille.get(made.location).get_data(as_text=True).replace("\xa0", " ").replace("\u202f", " ")
    assert "2 documents attendent encore sur la page « Importer un document »" in told
    assert answer.location in camille.get(at).get_data(as_text=True)
    left = camille.get(answer.location).get_data(as_text=True)
    assert f'name="prendre-{first}"' not in left and f'name="prendre-{second}"' in left and f'name="prendre-{third}"' in left
    camille.send(answer.location, form_of(left))
    assert recits_of(database) == 3 and camille.get(answer.location).status_code == 404
