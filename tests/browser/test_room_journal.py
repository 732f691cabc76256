"""The journal in the room of a group, in a browser: two clicks to share, and nothing left on the machine."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.serving import PageAs
from tests.making import MadeGroup, make_group

PHRASE = "Je n’arrive plus à dire non."
IN_TAB = "() => Object.keys(sessionStorage).length"


@pytest.fixture
def group(database, cast) -> MadeGroup:
    return make_group(database, cast.dora, cast.ines, cast.noor)


def test_a_difficulty_is_shared_in_two_clicks(page_as: PageAs, group: MadeGroup):
    page = page_as("dora")
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Groupes").click()
    page.get_by_label("Qu’est-ce qui vous résiste en ce moment").fill(PHRASE)
    page.get_by_role("button", name="Partager avec les 3").click()
    expect(page.get_by_text("Votre difficulté est partagée")).to_be_visible()
    expect(page.locator(".room-thread")).to_contain_text(PHRASE)
    expect(page).to_have_title("Groupe de pairs")
    ines = page_as("ines", viewport={"width": 390, "height": 844})
    ines.goto(group.url)
    expect(ines.locator(".room-thread")).to_contain_text(PHRASE)
    assert ines.evaluate("document.documentElement.scrollWidth") <= 390


def test_with_the_keyboard_alone_one_keeps_a_sentence_for_oneself(page_as: PageAs, group: MadeGroup):
    page = page_as("dora")
    page.goto(group.url)
    page.get_by_label("Qu’est-ce qui vous résiste en ce moment").focus()
    page.keyboard.type(PHRASE)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Garder pour moi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pour vous seulement")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(PHRASE[:20]))).to_be_visible()


def test_what_is_typed_in_a_group_stays_in_its_tab(page_as: PageAs, group: MadeGroup):
    page = page_as("dora")
    page.goto(group.url)
    page.get_by_role("button", name="Écrire un REX").first.click()
    expect(page.locator("[data-rex-in-tab]")).to_be_visible()

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/sections/*", cut)
    page.get_by_label("Ce qui s’est passé").press_sequentially(PHRASE)
    page.wait_for_function("() => Object.values(sessionStorage).some((kept) => kept.includes('dire non'))")
    assert page.evaluate("() => Object.keys(localStorage).length") == 0
    other = page.context.new_page()
    other.goto("/compte")
    assert other.evaluate(IN_TAB) == 0
    page.unroute("**/sections/*")
    page.reload()
    expect(page.get_by_label("Ce qui s’est passé")).to_have_value(PHRASE)
    page.wait_for_function("() => Object.keys(sessionStorage).every((key) => !key.startsWith('rex-copie'))")


def test_what_is_typed_and_not_sent_is_found_again_in_this_window_alone(page_as: PageAs, group: MadeGroup):
    page = page_as("dora")
    page.goto(group.url)
    page.get_by_label("Qu’est-ce qui vous résiste en ce moment").fill(PHRASE)
    page.get_by_role("link", name="Membres et invitations").click()
    page.goto(group.url)
    expect(page.get_by_label("Qu’est-ce qui vous résiste en ce moment")).to_have_value(PHRASE)
    assert page.evaluate("() => Object.keys(localStorage).length") == 0
    another = page.context.new_page()
    another.goto(group.url)
    expect(another.get_by_label("Qu’est-ce qui vous résiste en ce moment")).to_have_value("")
    page.get_by_role("button", name="Partager avec les 3").click()
    expect(page.get_by_text("Votre difficulté est partagée")).to_be_visible()
    expect(page.get_by_label("Qu’est-ce qui vous résiste en ce moment")).to_have_value("")
    assert page.evaluate(IN_TAB) == 0


def test_what_could_not_be_sent_is_found_by_the_button_of_the_browser(page_as: PageAs, group: MadeGroup):
    page = page_as("dora")
    page.goto(group.url)
    page.get_by_label("Qu’est-ce qui vous résiste en ce moment").fill(PHRASE)
    page.route("**/partager", lambda route: route.abort())
    page.get_by_role("button", name="Partager avec les 3").click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/partager")
    page.go_back()
    expect(page.get_by_label("Qu’est-ce qui vous résiste en ce moment")).to_have_value(PHRASE)


@pytest.mark.parametrize("path", ["/difficultes/nouvelle", "/merci"])
def test_what_was_begun_in_a_group_is_not_found_in_the_form_of_a_collectif(page_as: PageAs, group: MadeGroup, path: str):
    """The two forms are sent to one address: a sentence for seven would stand above a button that shows it to all."""
    page = page_as("dora")
    in_group = f"{path}?groupe={group.url.rsplit('/', 1)[1]}"
    page.goto(in_group)
    page.locator("form[data-rex-unsent] textarea").first.fill(PHRASE)
    page.goto(f"{path}?collectif=valombre")
    expect(page.locator("form[data-rex-unsent] textarea").first).to_have_value("")
    page.goto(in_group)
    expect(page.locator("form[data-rex-unsent] textarea").first).to_have_value(PHRASE)
