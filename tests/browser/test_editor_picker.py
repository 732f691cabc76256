"""Balises are chosen without reloading: by the mouse, by the keyboard alone, from the text, from a search."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import PageAs, eventually, kept, start_writing

TRUST = (
    "Samedi à 7 h 30, la place était vide. Les commerçants avaient peur et ne nous faisaient plus confiance. "
    "Nous avons appris à travailler ensemble sans être d’accord sur tout."
)


@pytest.fixture
def writing(page_as: PageAs) -> Page:
    page = page_as("camille", reduced_motion="reduce")
    start_writing(page)
    return page


def chosen(page: Page) -> list[str]:
    """The labels of the chips, in order."""
    return page.locator("[data-rex-picker-chosen] button span[aria-hidden]").all_inner_texts()


def search(page: Page):
    return page.get_by_label("Chercher une balise")


def saved_codes(page: Page) -> list[str]:
    """What the server would draw as chosen."""
    html = page.request.get(page.url).text()
    return html.partition('name="base-balises" value="')[2].partition('"')[0].replace("=illustre", "").split()


def test_picked_with_the_mouse(writing: Page):
    # Given a text that speaks of trust
    writing.get_by_label("Ce qui s’est passé").fill(TRUST)
    writing.get_by_label("Ce qui s’est passé").blur()
    proposed = writing.locator("[data-rex-picker-proposed]")
    expect(proposed.get_by_role("button")).to_have_text(
        "Ajouter Créer la confianceCréer les conditions de la confiance, d’après « faisaient … confiance »"
    )
    # When Camille takes the proposal, ticks another balise, and takes the first one off
    proposed.get_by_role("button").click()
    expect(proposed).to_be_hidden()
    writing.get_by_text("Coopération", exact=True).click()
    writing.get_by_label("Jouer le temps").check()
    assert chosen(writing) == ["Créer la confiance", "Jouer le temps"]
    expect(writing.get_by_role("heading", name="Choisies")).to_be_visible()
    eventually(lambda: saved_codes(writing), ["E3", "C6"])
    writing.get_by_role("button", name="Retirer Créer les conditions de la confiance").click()
    # Then one is left, and the server has it
    expect(writing.get_by_role("heading", name="Choisie", exact=True)).to_be_visible()
    expect(writing.get_by_role("button", name="Retirer Jouer le temps et le territoire")).to_be_focused()
    eventually(lambda: saved_codes(writing), ["C6"])
    writing.reload()
    assert chosen(writing) == ["Jouer le temps"]


def test_picked_with_the_keyboard_alone(writing: Page):
    search(writing).focus()
    writing.keyboard.type("creer confiance")
    expect(writing.locator("[data-rex-balise]:visible")).to_have_count(1)
    writing.keyboard.press("Enter")
    expect(search(writing)).to_be_focused()
    expect(search(writing)).to_have_value("")
    expect(writing.locator("main > [role=status]")).to_have_text("Balise ajoutée\u00a0: Créer la confiance.")
    writing.keyboard.type("voyager")
    writing.keyboard.press("Enter")
    assert chosen(writing) == ["Créer la confiance", "Voyager"]
    # the four disclosures are closed again, and Shift+Tab leads back through the two stances to the chips
    expect(writing.locator("[data-rex-balise]:visible")).to_have_count(0)
    for _ in range(3):
        writing.keyboard.press("Shift+Tab")
    expect(writing.get_by_role("button", name="Retirer S’engager, c’est voyager")).to_be_focused()
    writing.keyboard.press("Enter")
    expect(writing.get_by_role("button", name="Retirer Créer les conditions de la confiance")).to_be_focused()
    writing.keyboard.press("Space")
    expect(search(writing)).to_be_focused()
    expect(writing.locator("[data-rex-picker-chosen]")).to_be_hidden()
    eventually(lambda: saved_codes(writing), [])


def test_a_search_without_result_says_so_and_enter_sends_nothing(writing: Page):
    search(writing).fill("zzz")
    expect(writing.locator("[data-rex-picker-count]")).to_have_text("Aucune balise avec ces mots.")
    search(writing).press("Enter")
    search(writing).fill("")
    search(writing).press("Enter")
    expect(writing.locator("[data-rex-picker-enjeu]:visible")).to_have_count(4)
    assert "/edition" in writing.url
    assert chosen(writing) == []


def test_a_fourth_is_allowed_and_a_ninth_refused(writing: Page):
    for words in ("voyager", "recit", "confiance"):
        search(writing).fill(words)
        search(writing).press("Enter")
    hint = writing.locator("[data-rex-picker-chosen] > .hint")
    expect(hint).to_have_count(0)
    for words in ("entrainer", "sauts", "risque", "territoire vecu", "elargir"):
        search(writing).fill(words)
        search(writing).press("Enter")
    expect(hint).to_have_text("Les trois premières seront mises en avant.")
    search(writing).fill("jouer")
    search(writing).press("Enter")
    expect(hint).to_have_text("Huit balises au plus. Retirez-en une pour choisir celle-ci.")
    assert len(chosen(writing)) == 8
    eventually(lambda: len(saved_codes(writing)), 8)


def test_each_balise_has_its_stance_kept_with_it(writing: Page):
    search(writing).fill("voyager")
    search(writing).press("Enter")
    stance = writing.get_by_label("S’engager, c’est voyager", exact=True)
    expect(writing.get_by_role("group", name="Que fait votre expérience à cette balise")).to_be_visible()
    words = stance.locator("option").all_inner_texts()
    stance.select_option(label="L’expérience la contredit")
    eventually(lambda: '<option value="contredit" selected>' in writing.request.get(writing.url).text(), True)
    writing.reload()
    expect(stance).to_have_value("contredit")
    assert stance.locator("option").all_inner_texts() == words


def test_two_windows_choose_without_undoing_each_other(writing: Page):
    other = writing.context.new_page()
    other.goto(writing.url)
    search(writing).fill("voyager")
    search(writing).press("Enter")
    eventually(lambda: saved_codes(writing), ["E6"])
    search(other).fill("jouer")
    search(other).press("Enter")
    eventually(lambda: sorted(saved_codes(other)), ["C6", "E6"])
    eventually(lambda: sorted(chosen(other)), ["Jouer le temps", "Voyager"])


def test_a_choice_made_without_network_is_found_again(writing: Page):
    canvas, context = writing.url, writing.context
    writing.route("**/balises", lambda route: route.abort())
    search(writing).fill("voyager")
    search(writing).press("Enter")
    expect(writing.locator("[data-rex-save-status]")).to_contain_text("Hors connexion")
    writing.close()
    page = context.new_page()
    page.goto(canvas)
    eventually(lambda: chosen(page), ["Voyager"])
    eventually(lambda: saved_codes(page), ["E6"])


def test_proposals_come_without_moving_the_page_under_the_caret(writing: Page):
    # Given a long text and the caret in it, in a small window
    writing.set_viewport_size({"width": 390, "height": 560})
    facts = writing.get_by_label("Ce qui s’est passé")
    facts.fill(TRUST)
    writing.evaluate("""async () => {
        // the field grows with its text, and that is not what is looked at: two frames for it
        for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
        window.shift = 0;
        new PerformanceObserver((seen) => { for (const one of seen.getEntries()) window.shift += one.value; })
            .observe({type: 'layout-shift'});
    }""")
    before = facts.bounding_box()
    # When a save brings proposals
    with writing.expect_response("**/balises-proposees"):
        facts.press("End")
    expect(writing.locator("[data-rex-picker-proposed]")).to_be_visible()
    # Then neither the caret nor the page moved
    expect(facts).to_be_focused()
    assert facts.bounding_box() == before
    assert writing.evaluate("window.shift") < 0.01


def test_the_choice_goes_with_the_form_as_it_was_saved(writing: Page):
    writing.get_by_label("Titre").fill("Marché du samedi")
    for words in ("voyager", "jouer"):
        search(writing).fill(words)
        search(writing).press("Enter")
    writing.get_by_role("button", name="Relire").click()
    expect(writing.locator("main .chips a")).to_have_count(2)
    writing.go_back()
    assert saved_codes(writing) == ["E6", "C6"]
    assert kept(writing, "titre") == "Marché du samedi"
    assert json.loads(writing.locator("[data-rex-stances]").get_attribute("data-rex-stances") or "[]")[0][0] == "illustre"


def test_a_window_that_is_older_leaves_the_stance_of_the_other_one(writing: Page, page_as: PageAs):
    # Given a balise, in two windows
    search(writing).fill("creer confiance")
    search(writing).press("Enter")
    eventually(lambda: saved_codes(writing), ["E3"])
    older = page_as("camille", reduced_motion="reduce")
    older.goto(writing.url)
    # When one says what the text does to it, and the other one sends the rest
    writing.locator('select[name="posture-E3"]').select_option("nuance")
    eventually(lambda: saved_codes(writing), ["E3=nuance"])
    older.get_by_label("Ce qui s’est passé").fill("Un texte.")
    older.get_by_role("button", name="Relire").click()
    older.wait_for_load_state()
    # Then both stand
    assert saved_codes(writing) == ["E3=nuance"] and kept(writing, "faits") == "Un texte."
