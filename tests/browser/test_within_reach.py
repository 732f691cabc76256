"""What a finger meets and what an eye must not miss: the size of links and buttons, and what the page says after an act."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rex.exchanges.models import Posture
from rex.journal.models import Audience, Stance
from tests.browser.serving import PageAs
from tests.cast import Cast
from tests.making import Made, make_exchange, make_recit
from tests.reading import ReadingClient

# The links of a text that people wrote are in its lines; all the others stand for an act, or lead somewhere.
TOO_SMALL = """([what, least]) => [...document.querySelectorAll(what)]
    .filter((one) => one.offsetParent && !one.closest(".prose, .vh") && !one.classList.contains("vh"))
    .filter((one) => Math.min(...[...one.getClientRects()].map((box) => box.height)) < least)
    .map((one) => `${one.textContent.trim()} (${one.parentElement.className})`)"""


@pytest.fixture
def told(app: Flask, cast: Cast) -> Made:
    """An action told by three, with answers under the first."""
    database = app.extensions["rex"].database
    made = make_recit(database, cast.camille, "Le marché", sections={"faits": "Il a plu."}, balises={"C1": Stance.NUANCE})
    for who in (cast.jeanne, cast.bruno):
        make_recit(database, who, "Le marché, vu d’ici", audience=Audience.COLLECTIF, action=made.action_public_id)
    one = make_exchange(database, cast.paul, made.public_id, "Qui décide ?")
    make_exchange(database, cast.dora, made.public_id, "Nous.", Posture.APPORT, one)
    return made


@pytest.mark.parametrize("width", [1280, 390])
def test_what_a_finger_meets_is_high_enough(page_as: PageAs, app: Flask, told: Made, visit, width: int):
    # Given a thread that is closed by a synthèse, and one that is open
    ana: ReadingClient = visit.as_("ana")
    closing = {"phrase": ["Tous décident."], "messages": ["1, 2"], "fil": "collectif"}
    assert ana.send(f"{told.url}/synthese", closing).status_code == 303
    page = page_as("dora", viewport={"width": width, "height": 844})
    small = {}
    # When a member goes through the pages that people read most
    journal = ("/c/valombre/", "/c/valombre/recits", "/c/valombre/sans-reponse")
    for address in (*journal, told.url, f"/actions/{told.action_public_id}"):
        page.goto(address)
        links, buttons = (page.evaluate(TOO_SMALL, one) for one in (["main a", 24], ["main button, main a.button", 43.9]))
        if links or buttons:
            small[address] = links + buttons
    # Then every link is 24 px high, every button 44
    assert small == {}


@pytest.mark.parametrize("width, script", [(1280, True), (390, True), (390, False)])
def test_what_was_done_is_seen_where_the_page_opens(page_as: PageAs, told: Made, width: int, script: bool):
    # Given an answer, after which the page opens at its message, far below its head
    page = page_as("paul", viewport={"width": width, "height": 500}, java_script_enabled=script)
    page.goto(told.url)
    page.locator("#repondre textarea").fill("Et la pluie ?")
    page.get_by_role("button", name="Répondre devant les 7 membres").click()
    expect(page.locator(".exchange:target")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 200
    # Then what was done is said in the window, over nothing that could not be moved away
    said = page.get_by_role("status").filter(has_text="Votre message est dans le fil.")
    expect(said).to_be_in_viewport(ratio=1)
    if script:
        page.get_by_role("button", name="Fermer").click()
        expect(said).to_have_count(0)
    else:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert box(page, ".footer li:last-child a")["bottom"] <= box(page, ".flashes")["top"]
    # And at the head of a page that opens there, it has its place in the page
    page.goto(told.url)
    expect(page.locator(".flashes")).to_have_count(0)


def test_on_paper_what_was_done_is_not_said(page_as: PageAs, told: Made):
    page = page_as("paul")
    page.goto(told.url)
    page.locator("#repondre textarea").fill("Et la pluie ?")
    page.get_by_role("button", name="Répondre devant les 7 membres").click()
    expect(page.locator(".flashes")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".flashes")).to_be_hidden()


def box(page: Page, where: str) -> dict[str, float]:
    return page.locator(where).evaluate("(one) => one.getBoundingClientRect().toJSON()")
