"""A document brought in, its parts led elsewhere, taken out again; what is pasted keeps its structure. With and without script."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from rex.db import Database
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.documents.given import FIXTURES
from tests.making import make_recit

FILE = re.compile(r"/fichiers/[A-Za-z0-9_-]{16}")
PASTED = """<h2>Un titre</h2><p style="color:red">Un <b>mot</b> et <a href="https://example.org/a">un lien</a>.</p>
<ul><li>un</li><li>deux<ul><li>trois</li></ul></li></ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"""
KEPT = "## Un titre\n\nUn **mot** et [un lien](https://example.org/a).\n\n- un\n- deux\n    - trois\n\n"
KEPT += "| a | b |\n| --- | --- |\n| c | d |"
PASTE = """(html) => { const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", "x");
document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_a_document_comes_in_and_goes_out_again(page_as: PageAs, tmp_path: Path, script: bool):
    # Given Camille, who wrote in a word processor
    camille = page_as("camille", java_script_enabled=script)
    camille.goto("/recits/nouveau")
    camille.get_by_role("link", name="Importer un document").click()
    if script:
        assert axe_on(camille).response["violations"] == []
    # When she brings her document, and has one part go elsewhere
    camille.get_by_label("Vos documents").set_input_files([FIXTURES / "marche.docx", FIXTURES / "marche.odt"])
    camille.get_by_role("button", name="Lire les documents").click()
    expect(camille.get_by_role("heading", level=1)).to_have_text("Où va chaque partie")
    if script:
        assert axe_on(camille).response["violations"] == []
    camille.get_by_label("Importer ce document").nth(1).uncheck()
    camille.get_by_label("Va dans (Bilan)").first.select_option(label="Ce qui est transférable")
    camille.get_by_role("button", name="Créer les brouillons").click()
    # Then the draft is hers, with the part where she put it
    expect(camille.get_by_label("Titre").first).to_have_value("Le marché déplacé")
    expect(camille.locator("textarea[name=transferable]")).to_have_value("# Bilan\n\nPrévenir plus tôt.  \nEt revenir après.")
    # And it goes out again as a file
    address = camille.url.partition("/edition")[0]
    camille.goto(f"{address}/exporter")
    if script:
        assert axe_on(camille).response["violations"] == []
    with camille.expect_download() as download:
        camille.get_by_role("link", name="Markdown").click()
    assert download.value.suggested_filename == "Le marché déplacé.zip", "it has an image beside it"
    # And comes back as it was
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    written = written_in(camille, f"{address}/edition")
    camille.goto("/c/valombre/importer")
    camille.get_by_label("Vos documents").set_input_files([file])
    camille.get_by_role("button", name="Lire les documents").click()
    camille.get_by_role("button", name="Créer le brouillon").click()
    expect(camille.get_by_label("Titre").first).to_have_value("Le marché déplacé")
    again = written_in(camille, camille.url)
    assert again.keys() == written.keys() and again != written, "its image is a file of its own"
    assert [FILE.sub("", text) for text in again.values()] == [FILE.sub("", text) for text in written.values()]


def test_each_file_of_several_has_its_line(page_as: PageAs, tmp_path: Path):
    camille = page_as("camille", viewport={"width": 390, "height": 800})
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"%PDF-1.7")
    camille.goto("/c/valombre/importer")
    camille.get_by_label("Vos documents").set_input_files([FIXTURES / "marche.docx", plan])
    camille.get_by_role("button", name="Lire les documents").click()
    lines = camille.locator(".import-lines li")
    expect(lines.nth(0)).to_contain_text("Lu, et gardé pour vous")
    expect(lines.nth(1)).to_contain_text("Donnez un document DOCX")
    assert axe_on(camille).response["violations"] == []
    camille.get_by_role("link", name="Continuer avec les documents lus").click()
    expect(camille.get_by_role("heading", name="marche.docx")).to_be_visible()
    assert camille.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_document_sent_after_the_session_expired_leads_to_the_sign_in(page_as: PageAs):
    camille = page_as("camille")
    camille.goto("/c/valombre/importer")
    camille.get_by_label("Vos documents").set_input_files([FIXTURES / "marche.docx", FIXTURES / "marche.odt"])
    camille.context.clear_cookies()
    camille.get_by_role("button", name="Lire les documents").click()
    lines = camille.locator(".import-lines li")
    expect(lines.nth(0)).to_contain_text("Votre connexion a expiré. Reconnectez-vous, puis choisissez-le de nouveau.")
    expect(lines.nth(1)).to_contain_text("Votre connexion a expiré")
    assert axe_on(camille).response["violations"] == []
    camille.get_by_role("link", name="Se reconnecter").click()
    expect(camille.get_by_role("heading", level=1)).to_have_text("Se connecter")
    assert "suite=/c/valombre/importer" in unquote(camille.url)


def written_in(page: Page, address: str) -> dict[str, str]:
    """The sections of a draft as its editor shows them."""
    page.goto(address)
    areas = page.locator("textarea[name]").all()
    return {name: area.input_value() for area in areas if (name := area.get_attribute("name")) and area.input_value()}


def test_what_is_pasted_keeps_its_structure(page_as: PageAs, database: Database, cast: Cast):
    draft = make_recit(database, cast.camille, "Un brouillon", {}, audience=None)
    camille = page_as("camille")
    camille.goto(f"{draft.url}/edition")
    facts = camille.locator("textarea[name=faits]")
    facts.focus()
    camille.evaluate(PASTE, PASTED)
    expect(facts).to_have_value(KEPT)


TABLE = "Un essai.[^1]\n\n| Étape | Responsable | Emplacement | Observations |\n| --- | --- | --- | --- |\n"
TABLE += "| Premier | Commerçants | Intercommunalité | Désimperméabilisation |\n\n[^1]: Une note."


def test_a_table_has_borders_and_scrolls_by_itself_and_notes_are_quiet(page_as: PageAs, database: Database, cast: Cast):
    made = make_recit(database, cast.camille, "Le marché", {"contexte": TABLE, "faits": TABLE})
    page = page_as("bruno", viewport={"width": 390, "height": 844}, color_scheme="dark")
    for address in (made.url, f"{made.url}/exporter/imprimer"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        drawn = page.evaluate(
            """() => { const found = [".table-scroll", ".prose td", ".footnote hr"].map(one => document.querySelector(one));
            const [table, cell, rule] = found, seen = getComputedStyle(cell);
            return [table.scrollWidth > table.clientWidth, seen.borderTopStyle,
            parseFloat(seen.paddingLeft) >= 8, rule.clientWidth < 120] }"""
        )
        assert drawn == [True, "solid", True, True]
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert axe_on(page).response["violations"] == []
