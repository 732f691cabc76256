"""Answering in a real browser: two people, the label that follows the posture, a passage selected, names after « @ »."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rex.exchanges.models import Posture
from rex.journal.models import Audience
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.exchanges.acting import open_to
from tests.making import Made, make_exchange, make_recit

SECTIONS = {"faits": "Le marché a ouvert. Il a plu tout le jour.", "resistance": "Personne n’avait de bâche."}


@pytest.fixture
def made(app: Flask, cast: Cast) -> Made:
    return make_recit(app.extensions["rex"].database, cast.camille, sections=SECTIONS)


def test_two_people_answer_one_another(page_as: PageAs, made: Made):
    # Given Paul, who asks from the end of the thread
    paul, camille = page_as("paul"), page_as("camille", viewport={"width": 390, "height": 844})
    paul.goto(made.url)
    paul.get_by_role("textbox", name="Votre question").fill("Et la pluie ?")
    paul.get_by_role("button", name="Répondre devant les 7 membres").click()
    expect(paul.locator(".exchange-posture")).to_contain_text("Question")
    # When Camille answers him, with another posture
    camille.goto(made.url)
    camille.get_by_role("link", name="Répondre à Paul Weiss").click()
    camille.get_by_role("radio", name="Apport").check()
    camille.get_by_role("textbox", name="Ce que vous apportez").fill("Nous avions des bâches.")
    camille.get_by_role("button", name="Répondre devant les 7 membres").click()
    # Then Paul reads it under his question
    paul.reload()
    expect(paul.locator(".thread-within .exchange")).to_contain_text("Nous avions des bâches.")


def test_the_label_follows_the_posture_with_the_keyboard(page_as: PageAs, made: Made):
    page = page_as("paul", java_script_enabled=False)
    page.goto(made.url)
    page.get_by_role("radio", name="Question").focus()
    for label in ("Ce que cela éveille chez vous", "Ce que vous apportez", "Ce que vous voyez autrement"):
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("textbox", name=label)).to_be_visible()
    # another look: its passage is chosen on the next page, where what was typed stands
    page.get_by_role("textbox", name="Ce que vous voyez autrement").fill("Il faisait beau.")
    page.get_by_role("button", name="Choisir le passage").click()
    expect(page.get_by_role("textbox", name="Ce que vous voyez autrement")).to_have_value("Il faisait beau.")
    page.get_by_label("Le passage cité").select_option("faits.0")
    page.get_by_role("button", name="Répondre devant les 7 membres").click()
    expect(page.locator(".exchange-quote")).to_contain_text("Il a plu tout le jour.")


def test_selected_words_become_the_quote(page_as: PageAs, made: Made):
    page = page_as("jeanne")
    page.goto(made.url)
    select(page, "#s-faits + .prose p, section:has(#s-faits) .prose p", "Il a plu")
    page.locator("[data-rex-passage-link]").filter(has_text="Répondre").click()
    page.get_by_role("radio", name="Autre regard").check()
    page.get_by_role("textbox", name="Ce que vous voyez autrement").fill("À peine une heure.")
    page.get_by_role("button", name="Répondre devant les 7 membres").click()
    expect(page.locator(".exchange-quote")).to_have_text("Il a plu")
    expect(page.locator(".exchange-who")).to_contain_text("Ce qui s’est passé")


def select(page: Page, where: str, words: str) -> None:
    """Select these words of a paragraph, as a mouse would."""
    page.locator(where).first.evaluate(
        """(place, words) => {
            const text = place.firstChild, start = text.textContent.indexOf(words), range = document.createRange();
            range.setStart(text, start); range.setEnd(text, start + words.length);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )


def test_names_are_proposed_and_taken_with_the_keyboard(page_as: PageAs, made: Made):
    page = page_as("paul")
    page.goto(made.url)
    field = page.get_by_role("textbox", name="Votre question")
    field.press_sequentially("Demandons à @dor")
    expect(page.get_by_role("option", name="Dora Lenoir")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Demandons à @Dora Lenoir ")
    # a name that stands whole is not proposed again, over the button that sends
    page.wait_for_timeout(600)
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("et @z")
    expect(page.get_by_role("listbox")).to_be_hidden()
    # what was proposed for fewer letters goes at once, even when the server says nothing more
    field.fill("@b")
    field.press("End")
    expect(page.get_by_role("option", name="Bruno Maréchal")).to_be_visible()
    page.context.set_offline(True)
    field.press_sequentially("el")
    expect(page.get_by_role("option", name="Bruno Maréchal")).to_be_hidden(timeout=150)


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, app: Flask, cast: Cast, made: Made, width: int, theme: str):
    """Thread, full form, synthèse, questions that wait, a correction, empty and refused: nothing that a machine finds."""
    database = app.extensions["rex"].database
    long = "Pourquoi ? " + "désimperméabilisation" * 6
    one = make_exchange(database, cast.paul, made.public_id, long, quote="Il a plu", slug="faits")
    make_exchange(database, cast.ana, made.public_id, "Parce que.", Posture.APPORT, one)
    mine = make_exchange(database, cast.ana, made.public_id, "Chez nous aussi.", Posture.RESONANCE)
    open_to(database, cast.camille, made, Audience.RESEAU)
    empty = make_recit(database, cast.bruno, "Sans échange")
    page = page_as("ana", viewport={"width": width, "height": 844}, color_scheme=theme)
    faults = {}
    addresses = [
        made.url,
        empty.url,
        f"{made.url}/repondre?a={one}",
        f"{empty.url}/repondre?posture=autre-regard",
        f"{made.url}/synthese?fil=collectif",
        f"/echanges/{mine}/modifier",
        f"/echanges/{mine}/retirer",
        "/c/valombre/sans-reponse",
    ]
    for address in [*addresses, "refused"]:
        if address == "refused":
            page.goto(f"{empty.url}/repondre?posture=autre-regard")
            page.get_by_role("button", name="Répondre devant").click()
            expect(page.get_by_role("alert")).to_contain_text("Choisissez le passage")
        else:
            page.goto(address)
        seen = axe_on(page)
        if seen.violations_count:
            faults[address] = [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in seen.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults[address] = [*faults.get(address, []), "runs off sideways"]
    assert faults == {}
