"""What was typed survives a killed browser, a closed window, the « Back » button; and nothing stays after signing out."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Route, expect

from tests.browser.conftest import ARGUMENTS
from tests.browser.serving import PageAs, eventually, kept, sign_in, start_writing

FACTS = "Samedi à 7 h 30, la place était vide pour la première fois."
MORE = "Les camions attendaient rue Basse."
FOUND_AGAIN = "Nous avons retrouvé votre texte sur cet appareil."
SECTION_SAVES = "**/sections/*"
COPIES = """async () => {
    const asked = indexedDB.open('rex', 1);
    const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const all = base.transaction('copies').objectStore('copies').getAll();
    const records = await new Promise((done) => { all.onsuccess = () => done(all.result); });
    base.close();
    return [...records.filter((one) => !one.erased), ...Object.keys(localStorage)].length;
}"""


def facts(page: Page):
    return page.get_by_label("Ce qui s’est passé")


def status(page: Page):
    return page.locator("[data-rex-save-status]")


@pytest.fixture
def writing(page_as: PageAs) -> Page:
    page = page_as("camille")
    start_writing(page)
    return page


def test_a_killed_browser_loses_nothing(playwright: Playwright, chromium: str, live: str, tmp_path: Path):
    # Given Camille, who writes for a while without network
    def open_browser():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium, args=ARGUMENTS, base_url=live
        )
        return context, sign_in(context.pages[0], live, "camille")

    context, page = open_browser()
    canvas = start_writing(page)
    context.set_offline(True)
    for words in (FACTS, MORE, "Marc a ouvert la cour."):
        facts(page).press_sequentially(f"{words} ")
    expect(status(page)).to_contain_text("Hors connexion")
    facts(page).press_sequentially("Fin.")
    page.wait_for_timeout(1000)
    # When the browser is killed less than five seconds after the last word, and opened again
    killer = context.new_cdp_session(page)
    with pytest.raises(Exception, match=r"closed|crash"):
        killer.send("Browser.crash")
    context.close()
    context, page = open_browser()
    page.goto(canvas)
    # Then every word is in its field, says where it comes from, and goes to the server
    expect(facts(page)).to_have_value(f"{FACTS} {MORE} Marc a ouvert la cour. Fin.")
    expect(page.locator("[data-rex-note]")).to_have_text(FOUND_AGAIN)
    expect(status(page)).to_contain_text("Enregistré à")
    assert kept(page, "faits") == f"{FACTS} {MORE} Marc a ouvert la cour. Fin."
    eventually(lambda: page.evaluate(COPIES), 0)
    context.close()


def test_a_window_closed_while_typing_loses_nothing(writing: Page):
    canvas, context = writing.url, writing.context
    writing.route(SECTION_SAVES, lambda route: route.abort())
    facts(writing).press_sequentially(FACTS)
    writing.close()
    page = context.new_page()
    page.goto(canvas)
    expect(facts(page)).to_have_value(FACTS)
    eventually(lambda: kept(page, "faits"), FACTS)


def test_closed_after_a_save_whose_answer_was_lost_it_comes_back_once(writing: Page):
    # Given a save that arrived without her knowing, more words, and a closed window
    def receive_and_cut(route: Route) -> None:
        route.fetch()
        route.abort()

    canvas, context = writing.url, writing.context
    writing.route(SECTION_SAVES, receive_and_cut, times=1)
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Hors connexion")
    writing.route(SECTION_SAVES, lambda route: route.abort())
    facts(writing).fill(f"{FACTS} {MORE}")
    eventually(lambda: writing.evaluate(COPIES) > 0, True)
    writing.close()
    # When she opens the récit again
    page = context.new_page()
    page.goto(canvas)
    # Then her text is there once
    expect(facts(page)).to_have_value(f"{FACTS} {MORE}")
    eventually(lambda: kept(page, "faits"), f"{FACTS} {MORE}")
    expect(page.locator("[data-rex-note]")).to_have_text(FOUND_AGAIN)


def test_two_windows_closed_without_network_are_both_found_again(writing: Page):
    canvas, context = writing.url, writing.context
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Enregistré à")
    other = context.new_page()
    other.goto(canvas)
    for page, words in ((writing, f"Vendredi soir.\n\n{FACTS}"), (other, f"{FACTS}\n\n{MORE}")):
        page.route(SECTION_SAVES, lambda route: route.abort())
        facts(page).fill(words)
        facts(page).blur()
        expect(status(page)).to_contain_text("Hors connexion")
    writing.close()
    other.close()
    page = context.new_page()
    page.goto(canvas)
    eventually(lambda: kept(page, "faits"), f"Vendredi soir.\n\n{FACTS}\n\n{MORE}")
    expect(facts(page)).to_have_value(f"Vendredi soir.\n\n{FACTS}\n\n{MORE}")


def test_the_copies_of_a_window_that_is_still_open_are_left_to_it(writing: Page):
    writing.route(SECTION_SAVES, lambda route: route.abort())
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Hors connexion")
    other = writing.context.new_page()
    other.goto(writing.url)
    other.get_by_label("Titre").fill("Marché du samedi")
    other.get_by_label("Titre").blur()
    expect(status(other)).to_contain_text("Enregistré à")
    expect(facts(other)).to_have_value("")


def test_the_copies_of_another_reader_are_never_shown(writing: Page):
    # Given what somebody else left in the same browser
    writing.evaluate("""() => {
        const form = document.querySelector('[data-rex-editor]');
        const record = JSON.stringify({text: 'Ce que Bruno écrivait', base: 0, sent: null, at: Date.now()});
        localStorage.setItem(`rex-copie:autre-lecteur-0001:${form.dataset.rexRecit}:faits:page`, record);
        localStorage.setItem(`rex-copie:${form.dataset.rexReader}:${form.dataset.rexRecit}:appris:page`, record);
    }""")
    writing.reload()
    # Then Camille finds her own copy, and no trace of his
    expect(writing.get_by_label("Ce que nous avons appris")).to_have_value("Ce que Bruno écrivait")
    expect(facts(writing)).to_have_value("")


def test_signing_out_saves_then_leaves_no_text_in_the_browser(writing: Page, live: str):
    # Given words that the server does not have yet
    canvas = writing.url
    writing.route(SECTION_SAVES, lambda route: route.abort())
    facts(writing).fill(FACTS)
    eventually(lambda: writing.evaluate(COPIES) > 0, True)
    writing.unroute(SECTION_SAVES)
    # When Camille signs out
    writing.locator("header summary").last.click()
    writing.locator("header").get_by_role("button", name="Se déconnecter").click()
    writing.wait_for_url("**/connexion")
    # Then nothing is left in the browser, and all of it is in her draft
    assert writing.evaluate("localStorage.length") == 0
    names = writing.evaluate("async () => (await indexedDB.databases()).map((base) => base.name)")
    assert not names or writing.evaluate(COPIES) == 0
    sign_in(writing, live, "camille")
    assert kept(writing, "faits", canvas) == FACTS


def test_leaving_by_a_button_saves_first_and_merges_nothing(writing: Page):
    # Given a text just typed, when she goes on at once
    writing.get_by_label("Titre").fill("Marché du samedi")
    facts(writing).fill(FACTS)
    writing.get_by_role("button", name="Relire").click()
    # Then all of it is there, and nothing was taken for another window's text
    expect(writing.get_by_role("heading", name="Marché du samedi")).to_be_visible()
    expect(writing.get_by_text(FACTS)).to_be_visible()
    expect(writing.get_by_text("Les deux textes sont gardés")).to_have_count(0)
    # When she comes back and goes again with other words
    writing.go_back()
    expect(facts(writing)).to_have_value(FACTS)
    facts(writing).fill(f"{FACTS} {MORE}")
    writing.get_by_role("button", name="Relire").click()
    expect(writing.get_by_text(MORE)).to_be_visible()
    expect(writing.get_by_text("Les deux textes sont gardés")).to_have_count(0)


def test_back_shows_what_was_written_since_never_the_former_text(writing: Page):
    # Given a canvas left by a link, then changed in another window
    facts(writing).fill(FACTS)
    writing.get_by_role("link", name="Aide").click()
    writing.wait_for_url("**/aide")
    writing.go_back()
    expect(facts(writing)).to_have_value(FACTS)
    canvas = writing.url
    writing.goto("/aide")
    other = writing.context.new_page()
    other.goto(canvas)
    facts(other).fill(MORE)
    facts(other).blur()
    expect(status(other)).to_contain_text("Enregistré à")
    # When the first window comes back
    writing.go_back()
    # Then it shows the text of today, and writing on merges nothing
    expect(facts(writing)).to_have_value(MORE)
    facts(writing).fill(f"{MORE} Fin.")
    facts(writing).blur()
    eventually(lambda: kept(writing, "faits"), f"{MORE} Fin.")
    expect(writing.locator("[data-rex-note]")).to_have_count(0)


def test_a_page_taken_out_of_the_browsers_own_store_reads_the_server_again(writing: Page):
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Enregistré à")
    other = writing.context.new_page()
    other.goto(writing.url)
    facts(other).fill(MORE)
    facts(other).blur()
    expect(status(other)).to_contain_text("Enregistré à")
    with writing.expect_navigation():
        writing.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(facts(writing)).to_have_value(MORE)


def test_a_button_pressed_without_network_stays_on_the_page(writing: Page):
    facts(writing).fill(FACTS)
    writing.context.set_offline(True)
    writing.get_by_role("button", name="Choisir qui lira").click()
    expect(status(writing)).to_contain_text("Hors connexion")
    expect(facts(writing)).to_have_value(FACTS)
    writing.context.set_offline(False)
    expect(status(writing)).to_contain_text("Enregistré à")
    writing.get_by_role("button", name="Choisir qui lira").click()
    writing.wait_for_url("**/publication")


def test_a_button_that_would_send_a_text_never_read_shows_it_first(writing: Page):
    # Given another window that wrote in the same section
    other = writing.context.new_page()
    other.goto(writing.url)
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Enregistré à")
    facts(other).fill(MORE)
    # When she goes on from the stale one
    other.get_by_role("button", name="Choisir qui lira").click()
    # Then she stays and reads both texts; the next press goes on
    expect(other.locator("[data-rex-note]")).to_be_in_viewport()
    assert "/edition" in other.url
    assert FACTS in facts(other).input_value()
    assert MORE in facts(other).input_value()
    other.get_by_role("button", name="Choisir qui lira").click()
    other.wait_for_url("**/publication")
    assert kept(other, "faits", writing.url).count(MORE) == 1
