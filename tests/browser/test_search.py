"""Looking for words by keyboard alone, narrowing, going on to the next page; with and without script, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from rex.db import Database
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_exchange, make_recit

WIDE = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
NARROW = {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}


@pytest.fixture
def told(database: Database, cast: Cast) -> None:
    made = [make_recit(database, cast.camille, f"Le marché, semaine {n}", {"faits": "Un marché couvert."}) for n in range(1, 13)]
    make_exchange(database, cast.bruno, made[0].public_id, "Et le marché du soir ?")


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until what has this accessible name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''").strip() == name:
            return
    raise AssertionError(f"{name} is not reached by the keyboard")


def faults(page: Page) -> list[str]:
    """What axe finds, and what goes out of the screen."""
    found = [one["id"] for one in axe_on(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, *(["wider than the screen"] if wide else [])]


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_by_keyboard_alone(page_as: PageAs, told: None, script: bool):
    # Given Dora, on the home of her journal
    dora = page_as("dora", java_script_enabled=script, **WIDE)
    dora.goto("/c/valombre/")
    # When she goes to the search and types, by keyboard
    dora.get_by_role("banner").get_by_role("link", name="Rechercher").focus()
    dora.keyboard.press("Enter")
    expect(dora.get_by_label("Les mots que vous cherchez")).to_be_focused()
    dora.keyboard.type("marches")
    dora.keyboard.press("Enter")
    # Then the found words are marked, ten texts a page
    expect(dora.locator(".found-line")).to_have_count(10)
    expect(dora.locator(".found mark").first).to_have_text("marché")
    # And the next page is a link further
    dora.get_by_role("link", name="Suite").focus()
    dora.keyboard.press("Enter")
    expect(dora.locator(".found-line")).to_have_count(3)
    # And a filter keeps the words
    dora.get_by_role("link", name="Échanges").focus()
    dora.keyboard.press("Enter")
    expect(dora.locator(".found-line")).to_have_count(1)
    expect(dora.get_by_role("link", name="Échanges")).to_have_attribute("aria-current", "true")
    dora.locator(".found-title a").focus()
    dora.keyboard.press("Enter")
    expect(dora.locator(":target")).to_contain_text("Et le marché du soir")


def test_every_step_is_reached_by_tab(page_as: PageAs, told: None):
    dora = page_as("dora", **WIDE)
    dora.goto("/recherche?q=marché")
    for name in ("Chercher", "Tout", "Récits", "Préciser la recherche", "Le marché, semaine 12", "Suite"):
        tab_to(dora, name)


@pytest.mark.parametrize("screen", [WIDE, NARROW], ids=["1280 light", "390 dark"])
def test_axe_finds_nothing(page_as: PageAs, told: None, screen: dict):
    dora = page_as("dora", **screen)
    for typed in ("", "marché", "marché&preciser=1&enjeu=C", "introuvable", "marché introuvable", "de la", '"un marché nouveau"'):
        dora.goto(f"/recherche?q={typed}" if typed else "/recherche")
        assert faults(dora) == [], typed


@pytest.mark.parametrize("screen", [WIDE, NARROW], ids=["1280 light", "390 dark"])
def test_it_is_in_sight_on_every_page(page_as: PageAs, told: None, screen: dict):
    dora = page_as("dora", **screen)
    for address in ("/c/valombre/", "/c/valombre/recits", "/boussole", "/compte", "/ce-qui-vous-attend", "/aide"):
        dora.goto(address)
        box = dora.get_by_role("banner").get_by_role("link", name="Rechercher").bounding_box()
        assert box is not None and box["width"] >= 44 and box["height"] >= 44, address
        assert box["x"] + box["width"] <= screen["viewport"]["width"], address
