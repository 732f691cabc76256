"""Difficulties by hand: from the home of a phone to the difficulty shared, and from words selected in a récit."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from rex.journal.difficulty_models import Difficulty
from tests.browser.serving import eventually
from tests.making import make_recit

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WORDS = "On nous a consultés, pas associés : la réunion publique avait lieu après la décision, sans les habitants."
FACTS = "Le courrier est parti le 15. Personne n’a été prévenu.\n\n- nommer un interlocuteur\n- marcher le trajet"


def words_kept(database) -> list[str]:
    with database.system("what was noted") as session:
        return list(session.scalars(select(Difficulty.words)))


def test_two_clicks_from_the_home_of_a_phone(page_as, database):
    page: Page = page_as("camille", **PHONE)
    page.goto("/c/valombre/")
    page.get_by_role("link", name="Noter une difficulté").first.tap()
    field = page.get_by_label("Qu’est-ce qui résiste")
    expect(field).to_be_focused()
    field.press_sequentially(WORDS)
    expect(page.get_by_text("Lu par tous les membres du journal")).to_be_visible()
    page.get_by_role("button", name="Partager avec les 7").tap()
    page.wait_for_url("**/difficultes/*")
    expect(page.get_by_text("Votre difficulté est partagée.")).to_be_visible()
    assert words_kept(database) == [WORDS]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_too(page_as, database):
    page: Page = page_as("camille", java_script_enabled=False, **PHONE)
    page.goto("/c/valombre/")
    page.get_by_role("link", name="Noter une difficulté").first.tap()
    page.get_by_label("Qu’est-ce qui résiste").fill(WORDS)
    page.get_by_text("Qui lira").tap()
    page.get_by_role("button", name="Partager avec le réseau (8)").tap()
    expect(page.get_by_text("8 personnes peuvent la lire.")).to_be_visible()
    page.get_by_role("button", name="Ajouter").first.tap()  # a balise that the words propose
    expect(page.get_by_text("La balise est ajoutée.")).to_be_visible()
    assert words_kept(database) == [WORDS]


def test_balises_are_proposed_while_one_writes_and_never_ticked(page_as):
    page: Page = page_as("camille")
    page.goto("/difficultes/nouvelle")
    page.get_by_label("Qu’est-ce qui résiste").fill(WORDS)
    page.get_by_text("Balises", exact=True).click()
    proposed = page.locator("[data-rex-proposed] input[type=checkbox]")
    expect(proposed.first).to_be_visible()
    expect(proposed.first).not_to_be_checked()


def select_first_paragraph(page: Page) -> None:
    page.locator("[data-rex-passage] p").first.click(click_count=3)


def test_words_selected_in_a_recit_become_a_difficulty(page_as, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS, "appris": "Prévenir n’est pas associer."})
    page: Page = page_as("camille")
    page.goto(recit.url)
    bar = page.get_by_role("region", name="Le passage sélectionné")
    expect(bar).to_be_hidden()
    select_first_paragraph(page)
    expect(bar).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    page.locator("h1").click()
    select_first_paragraph(page)
    bar.get_by_role("link", name="Noter comme difficulté").click()
    expect(page.locator("blockquote")).to_contain_text("Personne n’a été prévenu.")
    page.get_by_role("button", name="Noter cette difficulté devant les 7 membres").click()
    page.wait_for_url("**/difficultes/*")
    eventually(lambda: words_kept(database), ["Le courrier est parti le 15. Personne n’a été prévenu."])
    page.goto(recit.url)
    expect(page.get_by_label("Difficulté notée dans cette section")).to_contain_text("Personne n’a été prévenu.")


def test_the_keyboard_leads_from_the_words_to_what_may_be_done(page_as, database, cast):
    """The selection made longer by keys; Tab then comes to the links of the bar."""
    recit = make_recit(database, cast.camille, sections={"faits": FACTS})
    page: Page = page_as("bruno")
    page.goto(recit.url)
    words = page.locator("[data-rex-passage] p").first
    words.dblclick(position={"x": 8, "y": 12})
    for _ in range(9):
        page.keyboard.press("Shift+ArrowRight")
    bar = page.get_by_role("region", name="Le passage sélectionné")
    expect(bar).to_be_visible()
    answer = bar.get_by_role("link", name="Répondre sur ce passage")
    for _ in range(4):
        page.keyboard.press("Tab")
        if answer.evaluate("link => link === document.activeElement"):
            break
    expect(answer).to_be_focused()
    expect(bar).to_be_visible()
    address = answer.get_attribute("href") or ""
    assert address.startswith(f"{recit.url}/repondre?passage=faits&mots=Le+courrier")
    expect(bar.get_by_role("link", name="Noter comme difficulté")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/recits/')[0]}{address}")
    assert "Le courrier" in page.content()


def test_words_across_two_sections_are_no_passage(page_as, database, cast):
    recit = make_recit(database, cast.camille, sections={"faits": FACTS, "appris": "Prévenir n’est pas associer."})
    page: Page = page_as("bruno")
    page.goto(recit.url)
    page.evaluate(
        """() => { const [from, to] = document.querySelectorAll("[data-rex-passage]");
        getSelection().setBaseAndExtent(from.querySelector("p").firstChild, 3, to.querySelector("p").firstChild, 5); }"""
    )
    page.wait_for_timeout(600)
    expect(page.locator("[data-rex-passage-bar]")).to_be_hidden()
