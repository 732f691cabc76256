"""An image given in the editor, published, read by another member, refused to a stranger; with and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rex.db import Database
from tests.browser.serving import PageAs, axe_on, kept
from tests.cast import Cast
from tests.given import photograph
from tests.making import Made, make_recit

FACTS = "Samedi à 7 h 30, la place était vide."
ALT = "La place vue du clocher, sans voiture"


@pytest.fixture
def draft(database: Database, cast: Cast) -> Made:
    return make_recit(database, cast.camille, "La place", {"faits": FACTS}, audience=None)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(photograph(800, 600))
    return path


def open_files(page: Page) -> None:
    page.get_by_text("Ajouter une image ou un PDF").click()


def give(page: Page, photo: Path, words: str = ALT, section: str = "Ce qui s’est passé") -> None:
    page.get_by_label("L’image ou le document").set_input_files(photo)
    page.get_by_label("Décrivez l’image").fill(words)
    page.get_by_label("Dans quelle section").select_option(label=section)
    page.get_by_role("button", name="Ajouter au texte").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_an_image_given_published_and_read(page_as: PageAs, draft: Made, photo: Path, script: bool):
    # Given Camille, who has just typed something else
    camille = page_as("camille", java_script_enabled=script)
    camille.goto(f"{draft.url}/edition")
    camille.get_by_label("Ce que nous avons appris").fill("Prévenir avant.")
    open_files(camille)
    # When she gives an image to a section
    give(camille, photo)
    # Then it is at the end of that section, and what she typed is kept
    camille.wait_for_url("**/edition#section-faits")
    expect(camille.get_by_label("Ce que nous avons appris")).to_have_value("Prévenir avant.")
    assert kept(camille, "faits").startswith(f"{FACTS}\n\n![{ALT}](/fichiers/")
    assert kept(camille, "appris") == "Prévenir avant."
    # When she publishes
    camille.get_by_role("button", name="Choisir qui lira, puis publier").click()
    camille.get_by_role("button", name="Publier pour").click()
    # Then another member sees it, in its place and its size, and a stranger does not
    reader = page_as("bruno", java_script_enabled=script)
    reader.goto(draft.url)
    image = reader.get_by_role("img", name=ALT)
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 800) if script else None
    box = image.bounding_box()
    assert box and abs(box["width"] / box["height"] - 800 / 600) < 0.02
    source = image.get_attribute("src")
    assert source and reader.request.get(source).status == 200
    stranger = page_as("ines")
    assert stranger.request.get(source).status == 404


def test_the_file_goes_where_one_was_writing(page_as: PageAs, draft: Made):
    camille = page_as("camille")
    camille.goto(f"{draft.url}/edition")
    expect(camille.locator("select[name=dans]")).to_have_value("faits")
    camille.get_by_label("Ce que nous avons appris").focus()
    camille.get_by_label("Titre").focus()
    open_files(camille)
    expect(camille.get_by_label("Dans quelle section")).to_have_value("appris")
    camille.get_by_label("Dans quelle section").select_option("resistance")
    camille.get_by_label("Ce qui s’est passé").focus()
    expect(camille.get_by_label("Dans quelle section")).to_have_value("resistance")


def test_an_image_lands_at_the_caret_even_after_a_refusal(page_as: PageAs, draft: Made, photo: Path):
    # Given Camille, whose caret stands after her first sentence
    camille = page_as("camille")
    camille.goto(f"{draft.url}/edition")
    facts = camille.get_by_label("Ce qui s’est passé")
    facts.fill("À midi 🚲, rien.\n\nLe soir, tout.")
    facts.evaluate("(field) => field.setSelectionRange(16, 16)")
    # When she gives an image without words, is asked for them, and gives it again
    open_files(camille)
    give(camille, photo, words="")
    expect(camille.get_by_text("Décrivez l’image en une phrase").first).to_be_visible()
    give(camille, photo)
    camille.wait_for_url("**/edition#section-faits")
    # Then it stands there, between the two sentences
    lines = kept(camille, "faits").rstrip().split("\n\n")
    assert (lines[0], lines[1][:4], lines[2]) == ("À midi 🚲, rien.", "![La", "Le soir, tout.")
    expect(camille.get_by_role("status").filter(has_text="L’image est dans votre texte.")).to_be_in_viewport(ratio=1)


def test_what_is_refused_is_said_beside_the_field_and_loses_no_word(page_as: PageAs, draft: Made, tmp_path: Path):
    hostile = tmp_path / "photo.png"
    hostile.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    camille = page_as("camille")
    camille.goto(f"{draft.url}/edition")
    camille.get_by_label("Ce que nous avons appris").fill("Prévenir avant.")
    open_files(camille)
    give(camille, hostile)
    expect(camille.get_by_role("alert")).to_contain_text("Donnez une image (JPEG, PNG, WebP ou GIF) ou un document PDF")
    expect(camille.locator("#fichier-error")).to_be_visible()
    expect(camille.get_by_label("Décrivez l’image")).to_have_value(ALT)
    expect(camille.get_by_label("Ce que nous avons appris")).to_have_value("Prévenir avant.")
    expect(camille.get_by_label("Dans quelle section")).to_have_value("faits")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_writing_together_are_accessible(page_as: PageAs, draft: Made, photo: Path, width: int, scheme: str):
    page = page_as("camille", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{draft.url}/edition")
    open_files(page)
    give(page, photo)
    page.wait_for_url("**/edition#section-faits")
    open_files(page)
    for path in ("edition", "co-auteurs", "co-auteurs/depart"):
        if path != "edition":
            page.goto(f"{draft.url}/{path}")
        found = axe_on(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
