"""The canvas as a page: the rail, the folds, one answer for its scripts, and a whole récit without script or mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import PageAs, axe_on, eventually, kept, start_writing

FACTS = "Samedi à 7 h 30, la place était vide. Les commerçants ne nous faisaient plus confiance."


@pytest.fixture
def writing(page_as: PageAs) -> Page:
    page = page_as("camille", viewport={"width": 1280, "height": 800})
    start_writing(page)
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_in_the_way_of_anybody(page_as: PageAs, width: int, theme: str):
    # Given the canvas with a text, balises, a search under way, and a field in fault
    page = page_as("camille", viewport={"width": width, "height": 900}, color_scheme=theme)
    start_writing(page)
    empty = axe_on(page)
    assert empty.violations_count == 0, empty.generate_report()
    page.get_by_label("Titre").fill("Marché du samedi")
    page.get_by_label("Ce qui s’est passé").fill(FACTS)
    page.get_by_label("Ce qui s’est passé").blur()
    expect(page.locator("[data-rex-picker-proposed]")).to_be_visible()
    for words in ("voyager", "jouer", "recit", "sauts"):
        page.get_by_label("Chercher une balise").fill(words)
        page.get_by_label("Chercher une balise").press("Enter")
    page.get_by_label("Chercher une balise").fill("valeur")
    page.route("**/sections/*", lambda route: route.fulfill(status=422, json={"message": "Ce texte est trop long."}))
    page.get_by_label("Ce qui a résisté").fill("Trop long.")
    page.get_by_label("Ce qui a résisté").blur()
    expect(page.locator("#resistance-error")).to_be_visible()
    # Then a machine finds no obstacle, and nothing runs off sideways
    full = axe_on(page)
    assert full.violations_count == 0, full.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_rail_follows_and_unfolds(writing: Page):
    rail = writing.get_by_role("navigation", name="Sections du récit")
    writing.get_by_label("Ce qui a résisté").focus()
    expect(rail.get_by_role("link", name="Ce qui a résisté")).to_have_attribute("aria-current", "step")
    writing.get_by_label("Ce qui a résisté").blur()
    context = rail.get_by_role("link", name="Le contexte")
    context.click()
    expect(writing.get_by_label("Le contexte", exact=True)).to_be_in_viewport()
    writing.get_by_label("Le contexte", exact=True).fill("Un marché, deux services.")
    expect(rail.get_by_role("link", name="Le contexte , écrit")).to_have_attribute("aria-current", "step")
    expect(writing.locator("[data-rex-fold=contexte] .disclosure-state")).to_have_text("déjà commencé")
    eventually(lambda: kept(writing, "contexte"), "Un marché, deux services.")
    writing.goto(f"{writing.url.partition('#')[0]}#section-affects")
    expect(writing.get_by_label("Comment cela nous a affectés", exact=True)).to_be_in_viewport()


def test_the_mark_of_the_rail_follows_the_screen(writing: Page):
    writing.get_by_role("heading", name="Balises").scroll_into_view_if_needed()
    writing.mouse.wheel(0, 3000)
    expect(writing.locator("[data-rex-rail-item=balises]")).to_have_attribute("aria-current", "step")


def test_a_field_grows_with_its_text_and_a_title_stays_on_one_line(writing: Page):
    facts = writing.get_by_label("Ce qui s’est passé")
    before = facts.bounding_box()
    facts.fill("\n".join([FACTS] * 12))
    after = facts.bounding_box()
    assert before and after
    assert after["height"] > before["height"] * 1.5
    writing.get_by_label("Titre").focus()
    writing.keyboard.type("Marché")
    writing.keyboard.press("Enter")
    expect(facts).to_be_focused()
    expect(writing.get_by_label("Titre")).to_have_value("Marché")


def test_the_page_asks_for_little(page_as: PageAs):
    page = page_as("camille")
    start_writing(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert len(asked) <= 6, asked
    assert all(url.startswith(page.url.partition("/recits")[0]) for url in asked)


def test_the_buttons_of_a_page_without_script_are_away_when_scripts_run(writing: Page, page_as: PageAs):
    expect(writing.get_by_role("button", name="Enregistrer")).to_have_count(0)
    bare = page_as("camille", java_script_enabled=False)
    bare.goto(writing.url)
    expect(bare.locator("#section-faits").get_by_role("button", name="Enregistrer")).to_be_visible()


def test_a_first_recit_is_published_in_four_clicks_without_script(page_as: PageAs):
    # Given a browser that runs no script
    page = page_as("camille", java_script_enabled=False)
    # When Camille writes (1), takes a balise (2), chooses who reads (3) and publishes (4)
    start_writing(page)
    page.get_by_label("Titre").fill("Marché du samedi")
    page.get_by_label("Ce qui s’est passé").fill(FACTS)
    page.get_by_label("Ce qui a résisté").fill("Les commerçants avaient peur de perdre leurs clients âgés.")
    page.get_by_label("Ce que nous avons appris").fill("Prévenir rue par rue, pas seulement par affiche.")
    page.get_by_label("Chercher une balise").fill("Créer la confiance")
    page.get_by_role("button", name="Choisir qui lira, puis publier").click()
    page.wait_for_url("**/publication")
    page.get_by_role("button", name="Publier pour les").click()
    # Then her récit is in the journal with its balise
    expect(page.get_by_role("heading", name="Marché du samedi", level=1)).to_be_visible()
    expect(page.get_by_text("rue par rue")).to_be_visible()
    expect(page.locator("main .chips a").first).to_contain_text("Créer la confiance")


def test_a_first_recit_is_published_in_four_clicks_with_scripts(writing: Page):
    # Given « Écrire un REX » pressed (1), when she writes and a balise is proposed
    writing.get_by_label("Titre").fill("Marché du samedi")
    writing.get_by_label("Ce qui s’est passé").fill(FACTS)
    writing.get_by_label("Ce que nous avons appris").fill("Prévenir rue par rue, pas seulement par affiche.")
    writing.locator("[data-rex-picker-proposed]").get_by_role("button").first.click()  # (2)
    writing.get_by_role("button", name="Choisir qui lira, puis publier").click()  # (3)
    writing.wait_for_url("**/publication")
    writing.get_by_role("button", name="Publier pour les").click()  # (4)
    # Then it is told once, as typed
    expect(writing.get_by_role("heading", name="Marché du samedi", level=1)).to_be_visible()
    expect(writing.get_by_text("rue par rue")).to_have_count(1)
    expect(writing.get_by_text("Autre version")).to_have_count(0)


def test_a_recit_is_written_and_published_with_the_keyboard_alone(page_as: PageAs):
    # Given a page on which only keys are used
    page = page_as("camille", viewport={"width": 1280, "height": 800})

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            label = page.evaluate("""() => {
                const here = document.activeElement;
                return here.labels?.[0]?.textContent.trim() || here.textContent.trim();
            }""")
            if label.startswith(name):
                return
        raise AssertionError(f"no way to « {name} » with Tab")

    # When she walks from field to field
    tab_to("Écrire un REX")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edition")
    for field, words in (("Titre", "Marché du samedi"), ("Ce qui s’est passé", FACTS)):
        tab_to(field)
        page.keyboard.type(words)
    tab_to("Chercher une balise")
    page.keyboard.type("jouer")
    page.keyboard.press("Enter")
    tab_to("Choisir qui lira")
    page.keyboard.press("Enter")
    page.wait_for_url("**/publication")
    tab_to("Publier pour les")
    page.keyboard.press("Enter")
    # Then it is in the journal
    expect(page.get_by_role("heading", name="Marché du samedi", level=1)).to_be_visible()
    expect(page.locator("main .chips a").first).to_contain_text("Jouer le temps")
