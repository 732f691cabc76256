"""Tensions by hand: « Cela ressemble à … » while one types, a proposal named with the keyboard alone, and without script."""

import re

from playwright.sync_api import Page, expect

from tests.browser.serving import axe_on
from tests.tensions.making import members, tell_one
from tests.tensions.telling import SAID, TITLE, make_proposal, make_tension, tell_others

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NEAR = "La date du vote était déjà fixée par le calendrier avant la réunion publique."
LIST = "/c/valombre/ce-qui-revient"


def is_not_wider_than_the_window(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_while_one_types_what_resembles_is_shown_and_nothing_is_linked(page_as, database, cast):
    told = make_tension(database, cast)
    tell_others(database, cast)
    page: Page = page_as("jeanne", **PHONE)
    page.goto("/difficultes/nouvelle")
    page.get_by_label("Qu’est-ce qui résiste").press_sequentially(NEAR)
    near = page.locator("[data-rex-near-place]")
    expect(near.get_by_role("link", name=TITLE)).to_be_visible(timeout=20_000)  # the lexicon is read by whoever comes first
    expect(near.get_by_text("Mots communs")).to_be_visible()
    assert is_not_wider_than_the_window(page)
    page.get_by_role("button", name="Partager avec les 7").tap()
    page.wait_for_url("**/difficultes/*")
    assert len(members(database, told)) == 3
    page.get_by_role("button", name=re.compile("^Relier à")).tap()
    page.wait_for_url("**/tensions/*")
    expect(page.get_by_role("link", name="4 en trois mois, en hausse")).to_be_visible()
    assert len(members(database, told)) == 4


def test_words_that_could_not_be_looked_at_are_looked_at_again(page_as, database, cast):
    make_tension(database, cast)
    tell_others(database, cast)
    page: Page = page_as("jeanne")
    page.goto("/difficultes/nouvelle")
    page.route("**/tensions/ressemblances", lambda route: route.abort(), times=1)
    page.get_by_label("Qu’est-ce qui résiste").fill(NEAR)
    expect(page.locator("[data-rex-near-place]").get_by_role("link", name=TITLE)).to_be_visible(timeout=20_000)


def test_without_script_it_is_proposed_once_shared(page_as, database, cast):
    told = make_tension(database, cast)
    tell_others(database, cast)
    page: Page = page_as("jeanne", java_script_enabled=False)
    page.goto("/difficultes/nouvelle")
    page.get_by_label("Qu’est-ce qui résiste").fill(NEAR)
    expect(page.locator("[data-rex-near-place]")).to_be_hidden()
    page.get_by_role("button", name="Partager avec les 7").click()
    page.get_by_role("button", name=re.compile("^Relier à")).click()
    assert len(members(database, told)) == 4


def test_a_proposal_is_named_with_the_keyboard_alone(page_as, database, cast):
    tellers = zip((cast.camille, cast.bruno, cast.dora), SAID, strict=True)
    make_proposal(database, cast, *(tell_one(database, who, cast.valombre_id, words) for who, words in tellers))
    page: Page = page_as("ana")
    page.goto(f"{LIST}/a-relire")
    page.get_by_role("link", name="Relire et répondre").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/propositions/*")
    page.get_by_role("checkbox").last.focus()
    page.keyboard.press("Space")
    page.get_by_label("Son nom").focus()
    page.keyboard.type(TITLE)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tensions/[A-Za-z0-9_-]{16}$"))
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_text(SAID[0])).to_be_visible()
    expect(page.get_by_text(SAID[2])).to_have_count(0)


def test_the_pages_hold_in_a_phone(page_as, database, cast):
    told = make_tension(database, cast, *[cast.camille, cast.bruno, cast.dora] * 5)
    page: Page = page_as("ana", **PHONE)
    for path in (LIST, told.url, f"{told.url}/relier", f"{told.url}/arbitrage", f"{told.url}/scission", f"{LIST}/reglages"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert is_not_wider_than_the_window(page), path
        found = axe_on(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
