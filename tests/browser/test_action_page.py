"""Récits face to face in a real browser: side by side on a wide page, one after the other on a phone, nothing in the way."""

import pytest
from flask import Flask

from rex.journal.models import Audience, Stance
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.journal.acting_together import make_note, make_rereading
from tests.making import make_recit

LONG = "désimperméabilisation" * 6


@pytest.fixture
def told(app: Flask, cast: Cast):
    """An action of four récits with a note, a rereading, long words; one récit is for the réseau."""
    database = app.extensions["rex"].database
    one = make_recit(
        database, cast.camille, "La rue fermée", {"faits": f"La rue. {LONG}", "appris": "Prévenir."}, balises={"C1": Stance.NUANCE}
    )
    said = {"faits": "Lundi.", "contexte": "Octobre."}
    other = make_recit(database, cast.jeanne, f"Le matin {LONG}", said, action=one.action_public_id)
    make_recit(database, cast.paul, "Vu de la mairie", action=one.action_public_id, audience=Audience.RESEAU)
    make_recit(database, cast.bruno, "Vu du camion", action=one.action_public_id)
    make_note(database, cast.dora, one, other, f"Un écart. {LONG}")
    make_rereading(database, cast.camille, one)
    return one, other


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, told, width: int, theme: str):
    # Given an action of four récits
    one, other = told
    action = f"/actions/{one.action_public_id}"
    page = page_as("camille", viewport={"width": width, "height": 844}, color_scheme=theme)
    new_note = f"{action}/notes/nouvelle?section=faits&un={one.public_id}&autre={other.public_id}"
    # When Camille reads it in each way, and each page that one writes on
    faults = {}
    for address in (action, f"{action}?vue={other.public_id}", new_note, f"{action}/inviter", f"{one.url}/relire", one.url):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { if (!one.closest('header, nav')) one.open = true })")
        seen = [violation["id"] for violation in axe_on(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            seen.append("runs off sideways")
        if seen:
            faults[address] = seen
    # Then nothing was in the way
    assert faults == {}


def test_on_a_phone_each_section_shows_one_then_the_other(page_as: PageAs, told):
    # Given the action on a phone
    one, _ = told
    page = page_as("dora", viewport={"width": 390, "height": 844})
    page.goto(f"/actions/{one.action_public_id}")
    # When Dora reads what happened
    section = page.locator("section", has=page.locator("#s-faits"))
    left, right = section.locator(".face-left").bounding_box(), section.locator(".face-right").bounding_box()
    note = section.locator(".face-note").bounding_box()
    # Then the first récit comes first, named, then the second, then the note between them
    assert left and right and note
    assert left["y"] + left["height"] <= right["y"] and right["y"] + right["height"] <= note["y"]
    assert left["x"] == right["x"] and left["x"] + left["width"] <= 390
    assert section.locator(".face-who").first.is_visible() and section.locator(".face-who").nth(1).is_visible()
    rule = "(one) => getComputedStyle(one).borderLeftStyle"
    assert [section.locator(side).evaluate(rule) for side in (".face-left", ".face-right")] == ["solid", "double"]


def test_on_a_wide_page_they_stand_side_by_side_with_one_line_between(page_as: PageAs, told):
    # Given the action on a wide page
    one, _ = told
    page = page_as("dora", viewport={"width": 1280, "height": 900})
    page.goto(f"/actions/{one.action_public_id}")
    # When Dora reads what happened
    section = page.locator("section", has=page.locator("#s-faits"))
    left, right = section.locator(".face-left").bounding_box(), section.locator(".face-right").bounding_box()
    # Then both begin at the same height, on either side of the middle
    assert left and right and left["y"] == right["y"] and left["x"] + left["width"] < 640 < right["x"]
    line = section.locator(".face-texts").evaluate("(one) => getComputedStyle(one, '::before').borderLeftStyle")
    assert line == "solid"


def test_a_note_is_written_and_another_pair_chosen_without_script(page_as: PageAs, told):
    # Given a reader whose browser runs no script
    one, _ = told
    page = page_as("dora", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"/actions/{one.action_public_id}")
    # When she puts another récit second and writes a note between the two
    page.get_by_text("Choisir les deux récits").click()
    page.get_by_role("navigation", name="En second").get_by_role("link", name="Voirie (Bruno Maréchal)").click()
    page.get_by_role("link", name="Écrire une note ici").first.click()
    page.get_by_label("se rejoignent").check()
    page.get_by_label("Ce que vous lisez entre les deux").fill("Même pluie, même matin.")
    page.get_by_role("button", name="Écrire cette note devant les 7 membres").click()
    # Then it stands between these two
    box = page.locator(".face-note")
    assert box.count() == 1 and "se rejoignent ici" in box.inner_text() and "Même pluie, même matin." in box.inner_text()
    assert "Bruno Maréchal" in page.locator(".face-head").nth(1).inner_text()
