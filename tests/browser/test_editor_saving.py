"""The canvas saves by itself, and loses nothing: network cut, sign-in expired, two windows, answers that never came."""

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from rex.collectifs.entrance_models import Device
from rex.text import MAX_CHARS
from tests.browser.serving import PageAs, eventually, kept, sign_in, start_writing

FACTS = "Samedi à 7 h 30, la place était vide pour la première fois."
MORE = "Les camions attendaient rue Basse."
MERGED = "Vous aviez écrit ici dans une autre fenêtre. Les deux textes sont gardés."
SECTION_SAVES = "**/sections/*"


def facts(page: Page):
    return page.get_by_label("Ce qui s’est passé")


def status(page: Page):
    return page.locator("[data-rex-save-status]")


def voice(page: Page):
    return page.locator("main > [role=status]")


@pytest.fixture
def writing(page_as: PageAs) -> Page:
    """Camille has just begun a récit."""
    page = page_as("camille")
    start_writing(page)
    return page


def test_what_is_typed_is_saved_after_a_pause_without_leaving_the_field(writing: Page):
    # Given a récit just begun, when Camille types and stops
    facts(writing).press_sequentially(FACTS)
    # Then it says so, the server has it, and she is still in her field
    expect(status(writing)).to_contain_text("Enregistré à")
    assert kept(writing, "faits") == FACTS
    expect(facts(writing)).to_be_focused()
    expect(writing.locator("[data-rex-rail-item=faits]")).to_have_attribute("data-state", "filled")


def test_leaving_a_field_saves_at_once(writing: Page):
    writing.get_by_label("Titre").fill("Marché du samedi")
    with writing.expect_response(SECTION_SAVES, timeout=1500) as answer:
        facts(writing).focus()
    assert answer.value.json()["version"] == 1


def test_a_save_is_said_once_and_shown_each_time(writing: Page):
    writing.evaluate("""() => {
        window.heard = [];
        const voice = document.querySelector('main > [role=status]');
        new MutationObserver(() => window.heard.push(voice.textContent)).observe(voice, {childList: true});
    }""")
    for words in (FACTS, MORE, "Marc a ouvert la cour."):
        with writing.expect_response(SECTION_SAVES):
            facts(writing).press_sequentially(words)
            facts(writing).blur()
        expect(status(writing)).to_contain_text("Enregistré à")
    assert [words[:12] for words in writing.evaluate("window.heard")] == ["Enregistré à"]


def test_offline_then_online(writing: Page):
    # Given a network that goes
    writing.context.set_offline(True)
    facts(writing).fill(FACTS)
    expect(status(writing)).to_have_text("Hors connexion. Votre texte est gardé sur cet appareil.")
    expect(voice(writing)).to_have_text("Hors connexion. Votre texte est gardé sur cet appareil.")
    # When she goes on writing and the network comes back
    facts(writing).fill(f"{FACTS} {MORE}")
    writing.context.set_offline(False)
    # Then all of it is saved, without a click
    expect(status(writing)).to_contain_text("Enregistré à")
    eventually(lambda: kept(writing, "faits"), f"{FACTS} {MORE}")


def test_a_server_that_stumbles_is_asked_again(writing: Page):
    writing.route(SECTION_SAVES, lambda route: route.fulfill(status=503, json={"message": "Arrêt."}), times=1)
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Hors connexion")
    expect(status(writing)).to_contain_text("Enregistré à")
    assert kept(writing, "faits") == FACTS


def test_an_answer_that_never_came_writes_nothing_twice(writing: Page):
    # Given a save that the server received, and whose answer was lost
    def receive_and_cut(route: Route) -> None:
        route.fetch()
        route.abort()

    writing.route(SECTION_SAVES, receive_and_cut, times=1)
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Hors connexion")
    # When she goes on in the same paragraph
    facts(writing).fill(f"{FACTS} {MORE}")
    # Then one text is kept, without « another version »
    eventually(lambda: kept(writing, "faits"), f"{FACTS} {MORE}")
    expect(facts(writing)).to_have_value(f"{FACTS} {MORE}")
    expect(writing.get_by_text(MERGED)).to_have_count(0)


def test_the_sign_in_expires_while_writing_and_she_signs_in_again(writing: Page, app: Flask, live: str):
    # Given a device that was signed out from elsewhere
    with app.extensions["rex"].database.system("sign everybody out", write=True) as session:
        session.execute(delete(Device))
    # When Camille goes on writing
    canvas = writing.url
    facts(writing).fill(FACTS)
    expect(status(writing)).to_contain_text("Votre connexion a expiré. Votre texte est gardé sur cet appareil.")
    # Then signing in leads back to her text, which is saved
    status(writing).get_by_role("link", name="Se connecter").click()
    writing.wait_for_url("**/connexion?suite=*")
    writing.get_by_label("Adresse").fill("camille@exemple.fr")
    writing.get_by_label("Mot de passe", exact=True).fill("des-mots-de-passe-longs")
    writing.get_by_role("button", name="Se connecter").click()
    writing.wait_for_url(canvas)
    expect(facts(writing)).to_have_value(FACTS)
    expect(writing.locator("[data-rex-note]")).to_have_text("Nous avons retrouvé votre texte sur cet appareil.")
    eventually(lambda: kept(writing, "faits"), FACTS)


def test_signed_in_again_in_another_tab_the_first_one_goes_on(writing: Page, app: Flask, live: str):
    with app.extensions["rex"].database.system("sign everybody out", write=True) as session:
        session.execute(delete(Device))
    facts(writing).fill(FACTS)
    expect(status(writing)).to_contain_text("Votre connexion a expiré")
    sign_in(writing.context.new_page(), live, "camille")
    facts(writing).fill(f"{FACTS} {MORE}")
    expect(status(writing)).to_contain_text("Enregistré à")
    assert kept(writing, "faits") == f"{FACTS} {MORE}"


def test_two_windows_on_the_same_section_lose_nothing_and_repeat_nothing(writing: Page):
    # Given two windows on the same récit
    other = writing.context.new_page()
    other.goto(writing.url)
    # When each writes without having seen the other
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Enregistré à")
    facts(other).fill(MORE)
    facts(other).blur()
    # Then the second one sees both, and is told
    expect(other.get_by_text(MERGED).first).to_be_visible()
    together = facts(other).input_value()
    assert (together.count(FACTS), together.count(MORE)) == (1, 1)
    # And what they go on writing adds up
    facts(other).fill(f"{together}\n\nMarc a ouvert la cour.")
    facts(other).blur()
    eventually(lambda: "Marc a ouvert" in kept(other, "faits"), True)
    facts(writing).fill(f"Vendredi soir, tout était prêt.\n\n{FACTS}")
    facts(writing).blur()
    expect(writing.get_by_text(MERGED).first).to_be_visible()
    text = kept(writing, "faits")
    assert text == facts(writing).input_value()
    assert [text.count(words) for words in (FACTS, MORE, "Marc a ouvert", "Vendredi soir")] == [1, 1, 1, 1]


def test_what_is_typed_during_a_save_that_merges_is_kept(writing: Page):
    # Given another window that wrote first, and a slow network here
    facts(writing).fill(FACTS)
    facts(writing).blur()
    expect(status(writing)).to_contain_text("Enregistré à")
    other = writing.context.new_page()
    other.goto(writing.url)
    facts(writing).fill(f"{FACTS}\n\nAjouté ailleurs.")
    facts(writing).blur()
    eventually(lambda: "ailleurs" in kept(writing, "faits"), True)
    waiting: list[Route] = []
    other.route(SECTION_SAVES, lambda route: waiting.append(route), times=1)
    # When she goes on typing while her save travels
    facts(other).fill(f"Vendredi.\n\n{FACTS}")
    facts(other).evaluate("field => field.dispatchEvent(new Event('change', {bubbles: true}))")
    eventually(lambda: other.evaluate("0") or len(waiting), 1)
    facts(other).press("ControlOrMeta+Home")
    facts(other).press_sequentially("Et ")
    waiting[0].continue_()
    # Then both are there, and the caret has not moved
    expect(other.get_by_text(MERGED).first).to_be_visible()
    expect(facts(other)).to_have_value(f"Et Vendredi.\n\n{FACTS}\n\nAjouté ailleurs.")
    facts(other).press_sequentially("ce ")
    eventually(lambda: kept(other, "faits"), f"Et ce Vendredi.\n\n{FACTS}\n\nAjouté ailleurs.")


def test_a_text_too_long_stays_and_says_why_above_its_field(writing: Page):
    facts(writing).fill("x" * (MAX_CHARS + 1))
    facts(writing).blur()
    expect(writing.locator("#faits-error")).to_contain_text("Ce texte est trop long")
    expect(facts(writing)).to_have_attribute("aria-describedby", "faits-hint faits-error")
    facts(writing).fill(FACTS)
    expect(writing.locator("#faits-error")).to_have_count(0)
    assert kept(writing, "faits") == FACTS


def test_a_browser_that_keeps_nothing_says_so_and_still_saves(page_as: PageAs):
    page = page_as("camille")
    page.add_init_script("""
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
        Object.defineProperty(window, 'indexedDB', {get: () => { throw new DOMException('no', 'SecurityError'); }});
    """)
    start_writing(page)
    page.context.set_offline(True)
    facts(page).fill(FACTS)
    words = "Hors connexion. Cet appareil ne peut pas garder votre texte\u00a0: laissez cette page ouverte."
    expect(status(page)).to_have_text(words)
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("Enregistré à")
    assert kept(page, "faits") == FACTS
