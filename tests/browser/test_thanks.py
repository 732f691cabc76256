"""Somebody is thanked, reads it first, and lets the journal read it; nothing on these pages stands in the way."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rex.journal.models import Audience
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_recit, make_recognition, make_report

FACT = "Vous avez tenu le carrefour sous la pluie."


@pytest.mark.parametrize("script", [True, False])
def test_thank_accept_read(page_as: PageAs, app: Flask, cast: Cast, script: bool):
    # Given a récit that Camille tells
    made = make_recit(app.extensions["rex"].database, cast.camille, "La rue rendue")
    # When Jeanne thanks her from it
    jeanne = page_as("jeanne", java_script_enabled=script)
    jeanne.goto(made.url)
    jeanne.get_by_role("link", name="Dire merci").click()
    jeanne.get_by_label("Camille Roy").check()
    jeanne.get_by_label("Pour quel effort").fill(FACT)
    jeanne.get_by_role("button", name="Envoyer").click()
    expect(jeanne.get_by_role("heading", name="Pas encore publié")).to_be_visible()
    # Then Camille finds it, and nobody else does
    camille = page_as("camille", java_script_enabled=script)
    camille.goto("/merci/recus")
    camille.get_by_role("link", name="De Jeanne Lartigue").click()
    expect(camille.get_by_text(FACT)).to_be_visible()
    dora = page_as("dora", java_script_enabled=script)
    answer = dora.goto(camille.url)
    assert answer is not None and answer.status == 404
    # When she publishes it
    camille.get_by_role("button", name="Le publier dans le journal (7 personnes)").click()
    expect(camille.get_by_role("heading", name="Merci à Camille Roy")).to_be_visible()
    # Then it is read with the récit
    dora.goto(made.url)
    expect(dora.locator(".mercis")).to_contain_text(FACT)
    dora.get_by_role("link", name="Parents du Faubourg, à Camille Roy").click()
    expect(dora.get_by_role("heading", level=1)).to_have_text("Merci à Camille Roy")


def test_the_form_is_filled_with_the_keyboard_alone(page_as: PageAs, app: Flask, cast: Cast):
    page = page_as("jeanne")
    page.goto("/merci?collectif=valombre")
    page.get_by_label("Une personne, un service").focus()
    page.keyboard.type("Camille Roy")
    page.keyboard.press("Tab")
    page.keyboard.type(FACT)
    page.keyboard.press("Tab")  # « Balises »
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre merci à Camille Roy")


def faults_of(page: Page) -> list[str]:
    seen = axe_on(page)
    found = [violation["id"] for violation in seen.response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("runs off sideways")
    return found


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, app: Flask, cast: Cast, width: int, theme: str):
    # Given a thank-you that waits, one that is told with a long word, two reports
    database = app.extensions["rex"].database
    made = make_recit(database, cast.camille, "La rue rendue", audience=Audience.RESEAU)
    waiting = make_recognition(database, cast.camille, cast.ana, "Vous avez " + "désimperméabilisé" * 5)
    told = make_recognition(database, cast.dora, cast.ana, "Vous avez " + "désimperméabilisé" * 5)
    for who in (cast.bruno, cast.paul):
        make_report(database, who, made.public_id, "Ce passage nous désigne " + "vraiment" * 20)
    page = page_as("ana", viewport={"width": width, "height": 844}, color_scheme=theme)
    page.goto(f"/reconnaissances/{told}")
    page.get_by_role("button", name="Le publier").click()
    # When Ana opens each page
    faults = {}
    for address in (
        f"/reconnaissances/{waiting}",
        f"/reconnaissances/{told}",
        f"/reconnaissances/{told}/retrait",
        "/merci",
        f"/merci?recit={made.public_id}",
        "/merci/recus",
        "/merci/donnes",
        "/c/valombre/reconnaissances",
        f"/signaler/{made.public_id}",
        f"/entrees/{made.public_id}/retrait-du-reseau",
        "/c/valombre/signalements",
    ):
        page.goto(address)
        found = faults_of(page)
        if found:
            faults[address] = found
    # and comes back from forms that lack something, and suspends
    page.goto("/merci")
    page.get_by_role("button", name="Envoyer").click()
    faults["/merci, refused"] = faults_of(page)
    page.goto("/c/valombre/signalements")
    page.locator(".report-act summary").first.click()
    page.locator(".report-act[open]").get_by_role("button").click()
    faults["the board, refused"] = faults_of(page)
    page.locator(".report-act[open] textarea").fill("Un nom y est de trop.")
    page.locator(".report-act[open]").get_by_role("button").click()
    faults["the board, suspended"] = faults_of(page)
    camille = page_as("camille", viewport={"width": width, "height": 844}, color_scheme=theme)
    for address in (made.url, f"/suspension/{made.public_id}"):
        camille.goto(address)
        expect(camille.get_by_text("Un nom y est de trop.")).to_be_visible()
        faults[f"{address}, suspended"] = faults_of(camille)
    # Then nothing was in the way
    assert {address: those for address, those in faults.items() if those} == {}
