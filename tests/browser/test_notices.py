"""« Ce qui vous attend » in a browser: no obstacle that a machine can find, the keyboard alone, and what was opened is seen."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from rex.journal.moment_models import What
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_recit
from tests.notices.telling import say, tell
from tests.notices.test_listening import make_thanks
from tests.notices.test_waiting import invite

LONG = "désimperméabilisation" * 6


@pytest.fixture
def told(app: Flask, cast: Cast) -> str:
    """What waits for Bruno; the address of a récit in it."""
    database = app.extensions["rex"].database
    made = make_recit(database, cast.camille, title=f"La rue {LONG}")
    tell(database, cast.dora, What.ANSWER, made.id, [cast.bruno], say(database, cast.dora, made.id).id)
    tell(database, cast.ana, What.OTHER_RECIT, made.id, [cast.bruno])
    invite(database, cast, make_recit(database, cast.camille, audience=None))
    make_thanks(database, cast.dora, to_user=cast.bruno.id, collectif_id=cast.valombre_id)
    return made.url


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, told: str, width: int, theme: str):
    faults = {}
    for who in ("bruno", "jeanne"):  # something waits for him, nothing for her
        page = page_as(who, viewport={"width": width, "height": 844}, color_scheme=theme)
        for address in ("/ce-qui-vous-attend", "/compte/rythme", "/compte", "/desinscription/quelconque"):
            page.goto(address)
            seen = axe_on(page)
            if seen.violations_count:
                faults[who, address] = [violation["id"] for violation in seen.response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                faults[who, address] = [*faults.get((who, address), []), "runs off sideways"]
    assert faults == {}


@pytest.mark.parametrize("script", [True, False])
def test_from_the_dot_to_the_text_with_the_keyboard(page_as: PageAs, told: str, script: bool):
    # Given something new, which the link in the masthead says in words too
    page = page_as("bruno", viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    page.goto("/compte")
    link = page.locator(".masthead a.news")
    expect(link).to_have_accessible_name("Ce qui vous attend, du nouveau")
    # When Bruno follows it, then the first line, by the keyboard alone
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ce-qui-vous-attend")
    page.get_by_role("link", name="Ana Belmonte raconte aussi cette action").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/*")
    # Then it is seen, and what waits for his answer is still there
    page.goto("/ce-qui-vous-attend")
    expect(page.get_by_text("Ana Belmonte raconte aussi cette action")).to_have_count(0)
    expect(page.get_by_role("link", name="Voir l’invitation")).to_be_visible()
