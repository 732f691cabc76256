"""The letter in a real browser: prepared without a script, read again as a mail, sent; its pages for whoever cannot see them."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rex.digests.models import Digest
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.digests.letters import TITLE, MadeLetter, letter_row, make_letter
from tests.making import make_group, make_recit

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SAID = "Le premier matin, personne ne le savait. Les agents ont prévenu les parents un par un."


@pytest.fixture
def letter(app: Flask, cast: Cast) -> MadeLetter:
    database = app.extensions["rex"].database
    first = make_recit(database, cast.camille, "La rue de l’École", {"faits": SAID, "appris": "Prévenir est un travail."})
    return make_letter(database, cast, first, make_recit(database, cast.bruno, "Le marché déplacé"), quote=SAID)


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_archive_to_the_departure(page_as: PageAs, app: Flask, letter: MadeLetter, scripts: bool):
    page = page_as("ana", viewport=PHONE, java_script_enabled=scripts)
    page.goto("/c/valombre/")
    page.get_by_label("Navigation en bas de l’écran").get_by_role("link", name="La lettre").click()
    page.get_by_role("link", name="Préparer le n° 1").click()
    page.get_by_role("textbox", name="Édito").fill("Deux récits d’un même matin.")
    page.get_by_role("button", name="Descendre : La rue de l’École").click()
    expect(page.get_by_role("textbox", name="Édito")).to_have_value("Deux récits d’un même matin.")
    expect(page.locator(".letter-item h3")).to_have_text(["Le marché déplacé", "La rue de l’École"])
    page.get_by_role("button", name="Raccourcir, ou prendre un autre passage").last.click()
    page.get_by_label("Prévenir est un travail.").check()
    page.get_by_role("button", name="Garder cette citation").click()
    page.get_by_role("button", name="Relire avant envoi").first.click()
    for view in ("Sur un téléphone", "En sombre", "Sur un ordinateur"):
        page.get_by_role("link", name=view).click()
        mail = page.frame_locator(".letter-frame")
        expect(mail.get_by_text("Prévenir est un travail.")).to_be_visible()
        expect(mail.get_by_role("heading", name=TITLE)).to_be_visible()
    page.get_by_role("link", name="En texte").click()
    expect(page.locator(".letter-text")).to_contain_text("Deux récits d’un même matin.")
    page.get_by_role("button", name="M’envoyer un essai").click()
    page.get_by_role("link", name="Envoyer maintenant").click()
    expect(page.get_by_role("heading", name="Envoyer la lettre n° 1 maintenant")).to_be_visible()
    page.get_by_role("button", name="Envoyer à 7 personnes").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    assert letter_row(app.extensions["rex"].database, letter).sent_to == 7


def pages_of(letter: MadeLetter) -> list[str]:
    return [
        "/c/valombre/lettres/", "/c/valombre/lettres/reglages", f"{letter.url}/edition", f"{letter.url}/relecture",
        f"{letter.url}/relecture?vue=texte", f"{letter.url}/citations/{letter.quotes[0]}", f"{letter.url}/abandon",
        f"{letter.url}/envoi?version=0",
    ]  # fmt: skip


def look_at(page: Page, paths: list[str]) -> None:
    for path in paths:
        page.goto(path)
        found = axe_on(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} scrolls sideways by {wide} px"
        heights = page.evaluate("[...document.querySelectorAll('main .button')].map(b => b.offsetHeight).filter(h => h)")
        assert min(heights, default=44) >= 44, f"{path}: a button under 44 px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["390", "1280"])
def test_nothing_stands_in_the_way(page_as: PageAs, app: Flask, cast: Cast, letter: MadeLetter, scheme, viewport):
    database = app.extensions["rex"].database
    left = make_letter(database, cast, published=True)
    group = make_group(database, cast.ana, cast.dora)
    recit = make_recit(database, cast.ana, "Ce que je porte", group=group.id)
    make_letter(database, cast, recit, space_id=group.id, published=True)
    page = page_as("ana", viewport=viewport, color_scheme=scheme)
    room = [f"{group.url}/lettre", f"{group.url}/lettre/reglages"]
    look_at(page, [*pages_of(letter), left.url, f"{left.url}/exporter", *room, "/desinscription-lettre/x"])


def test_on_320_pixels(page_as: PageAs, letter: MadeLetter):
    look_at(page_as("ana", viewport={"width": 320, "height": 700}), pages_of(letter))


def framed_width(page: Page, url: str) -> tuple[int, int]:
    """How wide what the mail says is, and its window."""
    page.goto(url)
    mail = page.frame_locator(".letter-frame").locator("html")
    return mail.evaluate("root => [root.scrollWidth, root.clientWidth]")


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["390", "1280"])
@pytest.mark.parametrize("long", [f"https://valombre.example/{'deliberation' * 9}", "a" * 300, "`" + "b" * 200 + "`"])
def test_a_long_word_is_cut_rather_than_the_mail(page_as: PageAs, app: Flask, letter: MadeLetter, viewport, long: str):
    with app.extensions["rex"].database.system("an édito", write=True) as session:
        session.get_one(Digest, letter.id).edito = f"À lire : {long}\n\n    {long}"
    page = page_as("ana", viewport=viewport)
    for view in ("ordinateur", "telephone"):
        said, window = framed_width(page, f"{letter.url}/relecture?vue={view}")
        assert said <= window, view
