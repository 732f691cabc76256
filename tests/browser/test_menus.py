"""The menus of the frame, with a keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.serving import PageAs
from tests.cast import Cast


@pytest.mark.parametrize("width, place", [(1280, ".masthead"), (390, ".bottombar")])
def test_escape_closes_a_menu_and_gives_the_focus_back(page_as: PageAs, cast: Cast, width: int, place: str):
    # Given a page with its menu open, and the focus on a link of it
    page = page_as("camille", viewport={"width": width, "height": 844})
    page.goto("/c/valombre/")
    menu = page.locator(f"{place} details.menu").last
    button = menu.locator("summary")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Mon compte")).to_be_visible()
    page.keyboard.press("Tab")
    expect(button).not_to_be_focused()
    # When Escape is pressed
    page.keyboard.press("Escape")
    # Then it is closed, and its button has the focus
    expect(menu).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
