"""A text on its way out of a group, in real browsers: rewritten, each trace decided, put to the members, one of whom is silent."""

import os
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_exchange, make_group, make_recit
from tests.peer_groups.groups import days_pass, tick
from tests.versements.leaving import told_by

PHONE = {"width": 390, "height": 844}
SECTIONS = {
    "faits": "Dora a promis un poste, à Valombre, le 12 mars. Trois agents l’attendaient.",
    "appris": "Le silence était déjà une annonce.",
}


@pytest.fixture
def group(app: Flask, cast: Cast):
    database = app.extensions["rex"].database
    made = make_group(database, cast.dora, cast.camille, cast.ines)
    make_recit(database, cast.camille, "Le poste promis", SECTIONS, group=made.id)
    return made


def rewrite(page: Page, url: str) -> None:
    """From the room: « Réécrire un de mes textes », each trace decided, the members asked."""
    page.goto(url)
    page.get_by_role("link", name="Réécrire un de mes textes").click()
    page.get_by_role("button", name="Réécrire Le poste promis").click()
    page.get_by_role("textbox", name="Titre").fill("Taire une décision")
    page.get_by_role("button", name="Demander l’accord des 3").click()
    expect(page.get_by_text("nomme un membre du groupe")).to_have_count(2)  # in the summary, and above the text
    for words in ("Dora", "à Valombre", "le 12 mars"):
        page.get_by_role("group", name=words).get_by_label("Remplacer par", exact=True).check()
    kept = page.get_by_role("group", name="Trois agents")
    kept.get_by_label("Garder, parce que").check()
    page.get_by_role("button", name="Demander l’accord des 3").click()
    expect(page.locator(".trace")).to_have_count(1)
    expect(page.get_by_label("Le texte qui sortirait")).to_have_value(
        "## Ce qui s’est passé\n\nUne personne a promis un poste, dans une commune, un jour. Trois agents l’attendaient.\n\n"
        "## Ce que nous avons appris\n\nLe silence était déjà une annonce."
    )
    expect(kept.get_by_label("Garder, parce que")).to_be_checked()
    kept.get_by_label("Pourquoi « Trois agents » reste").fill("le nombre fait la situation")
    page.get_by_role("button", name="Demander l’accord des 3").click()
    expect(page.get_by_text("Les membres sont consultés.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_one_silence_and_the_text_stays(page_as: PageAs, app: Flask, cast: Cast, group, scripts: bool):
    database = app.extensions["rex"].database
    camille, dora, ines = (page_as(who, viewport=PHONE, java_script_enabled=scripts) for who in ("camille", "dora", "ines"))
    rewrite(camille, group.url)
    expect(camille.get_by_role("button", name="Retirer la question")).to_be_visible()
    expect(camille.get_by_role("button", name="Oui", exact=True)).to_have_count(0)  # asking was saying yes
    dora.goto(group.url)
    dora.get_by_role("link", name="Laisser sortir un texte").click()
    expect(dora.locator(".leaving")).to_contain_text("Une personne a promis un poste, dans une commune, un jour.")
    expect(dora.get_by_text("remplacé par « une personne »")).to_be_visible()
    expect(dora.get_by_text("le nombre fait la situation")).to_be_visible()
    dora.get_by_role("button", name="Oui", exact=True).click()
    expect(dora.get_by_text("Vous avez répondu oui.")).to_be_visible()
    ines.goto(group.url)  # she comes, and says nothing
    days_pass(database, 14)
    tick(app)
    for page in (camille, dora, ines):
        page.goto(dora.url)
        expect(page.get_by_text("Cela n’a pas été accepté.")).to_be_visible()
    assert told_by(database, cast.camille, cast.valombre_id) == []
    camille.get_by_role("link", name="Reprendre ce texte").click()
    camille.get_by_role("button", name="Demander l’accord des 3").click()
    for page in (dora, ines):
        page.goto(group.url)
        page.get_by_role("link", name="Laisser sortir un texte").click()
        page.get_by_role("button", name="Oui", exact=True).click()
    expect(ines.get_by_text("La réponse est oui.")).to_be_visible()
    bruno = page_as("bruno")
    bruno.goto("/c/valombre/recits")
    bruno.get_by_role("link", name="Taire une décision").first.click()
    expect(bruno.get_by_role("heading", name="Ce que nous avons appris")).to_be_visible()
    expect(bruno.get_by_text("Le silence était déjà une annonce.")).to_be_visible()
    assert group.public_id not in bruno.content() and "groupe" not in bruno.locator("main").inner_text().lower()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_message_of_ones_own(page_as: PageAs, app: Flask, cast: Cast, scripts: bool):
    database = app.extensions["rex"].database
    room = make_group(database, cast.dora, cast.camille)
    under = make_recit(database, cast.dora, "La nuit", {"faits": "Il pleuvait."}, group=room.id)
    make_exchange(database, cast.camille, under.public_id, "Dora m’a laissée seule devant tout le monde.")
    page = page_as("camille", viewport=PHONE, java_script_enabled=scripts)
    page.goto(under.url)
    page.locator(".exchange").get_by_role("button", name="Rédiger un texte à verser").click()
    expect(page.get_by_label("Le texte qui sortirait")).to_have_value("Dora m’a laissée seule devant tout le monde.")
    page.get_by_label("Le texte qui sortirait").fill("On m’a laissée seule devant tout le monde.")
    page.get_by_role("button", name="Demander l’accord des 2").click()
    expect(page.get_by_text("Les membres sont consultés.")).to_be_visible()
    dora = page_as("dora", viewport=PHONE, java_script_enabled=scripts)
    dora.goto(room.url)
    dora.get_by_role("link", name="Laisser sortir un texte").click()
    dora.get_by_role("button", name="Oui", exact=True).click()
    expect(dora.get_by_text("La réponse est oui.")).to_be_visible()
    (entry,) = told_by(database, cast.camille, cast.valombre_id)
    bruno = page_as("bruno", viewport=PHONE, java_script_enabled=scripts)
    bruno.goto(f"/difficultes/{entry.public_id}")
    expect(bruno.locator("main")).to_contain_text("On m’a laissée seule devant tout le monde.")
    assert not [key for key in (room.public_id, under.public_id) if key in bruno.content()]


def faults_of(page: Page) -> list[str]:
    found = [violation["id"] for violation in axe_on(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("runs off sideways")
    low = page.evaluate("[...document.querySelectorAll('main .button')].filter(b => b.offsetHeight && b.offsetHeight < 44).length")
    return [*found, *(["a button under 44 px"] if low else [])]


@pytest.mark.parametrize("width, theme", [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, group, width: int, theme: str):
    page, faults = page_as("camille", viewport={"width": width, "height": 844}, color_scheme=theme), {}

    def look(name: str) -> None:
        faults[name] = faults_of(page)
        if folder := os.environ.get("REX_LOOK"):
            page.screenshot(path=Path(folder) / f"{name}-{width}-{theme}.png", full_page=True)

    page.goto(group.url)
    look("room")
    page.goto(f"{group.url}/versements")
    look("list")
    page.get_by_role("button", name="Réécrire Le poste promis").click()
    look("rewriting")
    page.get_by_role("button", name="Demander l’accord des 3").click()
    look("what lacks")
    page.get_by_role("textbox", name="Titre").fill("Taire une décision")
    while page.locator(".trace").count():
        for trace in page.locator(".trace").all():
            trace.get_by_label("Remplacer par", exact=True).check()
        page.get_by_role("button", name="Enregistrer, pour vous seulement").click()
        page.wait_for_load_state()
    look("decided")
    page.get_by_role("button", name="Demander l’accord des 3").click()
    look("put to the members")
    page.goto(f"{group.url}/versements")
    look("list again")
    assert {name: those for name, those in faults.items() if those} == {}
