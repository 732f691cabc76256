"""Two and three people in one récit at once: each reads what the others write, and no word is lost."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete, update

from rex import clock
from rex.collectifs.entrance_models import Device
from rex.collectifs.models import Membership
from rex.db import Database
from tests.browser.serving import PageAs, eventually, kept, sign_in
from tests.cast import Cast
from tests.making import Made, make_recit

FACTS = "Samedi à 7 h 30, la place était vide."
TITLE = "Le marché sans camions"
PRESENCE = "**/edition/presence?*"
BRUNO_HERE = "Bruno Maréchal écrit ici. Votre texte et le sien seront gardés tous les deux."


def facts(page: Page):
    return page.get_by_label("Ce qui s’est passé")


def learnt(page: Page):
    return page.get_by_label("Ce que nous avons appris")


def status(page: Page):
    return page.locator("[data-rex-save-status]")


def written(page: Page, slug: str):
    return page.locator(f"#section-{slug} [data-rex-written]")


def save(field) -> None:
    """Leave the field, and wait until the server holds what it shows."""
    field.blur()
    slug = field.get_attribute("name")
    eventually(lambda: kept(field.page, slug) == field.input_value().replace("\r\n", "\n"), True)


@pytest.fixture
def draft(database: Database, cast: Cast) -> Made:
    return make_recit(database, cast.camille, TITLE, {"faits": FACTS}, audience=None, co_authors=(cast.bruno, cast.dora))


@pytest.fixture
def opened(page_as: PageAs, draft: Made):
    """`opened("camille")`: a browser of hers, on the canvas of the draft; the looks at the others come every 0.3 s."""

    def open_as(who: str) -> Page:
        page = page_as(who)
        page.add_init_script("const late = window.setInterval; window.setInterval = (f, ms) => late(f, ms === 10000 ? 300 : ms);")
        page.goto(f"{draft.url}/edition")
        return page

    return open_as


def test_what_one_writes_comes_to_the_other_and_says_by_whom(opened):
    camille, bruno = opened("camille"), opened("bruno")
    # Given Camille in the middle of another field
    learnt(camille).fill("Prévenir avant.")
    learnt(camille).press("Home")
    # When Bruno writes the facts
    facts(bruno).fill(f"{FACTS}\n\nLes camions attendaient rue Basse.")
    save(facts(bruno))
    # Then she reads them, knows by whom, and her caret has not moved
    expect(facts(camille)).to_have_value(f"{FACTS}\n\nLes camions attendaient rue Basse.")
    expect(written(camille, "faits")).to_have_text("Écrit par Bruno Maréchal, à l’instant")
    expect(written(bruno, "faits")).to_have_text("Écrit par vous, à l’instant")
    expect(camille.locator("#section-faits [data-rex-here]")).to_have_text(f"BM{BRUNO_HERE}")
    expect(learnt(camille)).to_be_focused()
    assert learnt(camille).evaluate("field => field.selectionStart") == 0
    # And what she then adds to the same field merges nothing, being written on his words
    facts(camille).press("ControlOrMeta+End")
    facts(camille).press_sequentially(" Marc a ouvert la cour.")
    save(facts(camille))
    expect(camille.locator("[data-rex-note]")).to_have_count(0)
    assert kept(camille, "faits") == f"{FACTS}\n\nLes camions attendaient rue Basse. Marc a ouvert la cour."


def test_the_presence_is_said_once_to_those_who_listen(opened):
    camille, bruno = opened("camille"), opened("bruno")
    camille.evaluate("""() => {
        window.heard = [];
        const voice = document.querySelector('main > [role=status]');
        new MutationObserver(() => window.heard.push(voice.textContent)).observe(voice, {childList: true});
    }""")
    for words in ("Un.", "Deux.", "Trois."):
        facts(bruno).fill(f"{FACTS} {words}")
        save(facts(bruno))
        expect(facts(camille)).to_have_value(f"{FACTS} {words}")
    with camille.expect_response(PRESENCE):
        pass
    assert camille.evaluate("window.heard") == [BRUNO_HERE]


def test_the_presence_is_drawn_by_the_server_for_a_browser_without_script(opened, page_as, draft):
    bruno = opened("bruno")
    facts(bruno).fill("La place était vide.")
    save(facts(bruno))
    plain = page_as("camille", java_script_enabled=False)
    plain.goto(f"{draft.url}/edition")
    expect(plain.locator("#section-faits [data-rex-here]")).to_have_text(f"BM{BRUNO_HERE}")
    expect(plain.locator("#section-faits [data-rex-written]")).to_have_text("Écrit par Bruno Maréchal, à l’instant")
    expect(plain.locator("#section-appris [data-rex-written]")).to_be_hidden()


def test_a_field_in_use_is_not_touched_and_both_texts_meet_at_the_save(opened):
    camille, bruno = opened("camille"), opened("bruno")
    # Given Camille typing in a field, her network cut
    camille.route("**/sections/*", lambda route: route.abort())
    facts(camille).fill(f"Vendredi soir, tout était prêt.\n\n{FACTS}")
    # When Bruno saves the same field
    facts(bruno).fill(f"{FACTS}\n\nLes camions attendaient rue Basse.")
    save(facts(bruno))
    with camille.expect_response(PRESENCE):
        pass
    with camille.expect_response(PRESENCE):
        pass
    # Then hers stays as she types it, until her save brings both together
    expect(facts(camille)).to_have_value(f"Vendredi soir, tout était prêt.\n\n{FACTS}")
    camille.unroute("**/sections/*")
    facts(camille).blur()
    expect(facts(camille)).to_have_value(f"Vendredi soir, tout était prêt.\n\n{FACTS}\n\nLes camions attendaient rue Basse.")
    expect(facts(bruno)).to_have_value(f"Vendredi soir, tout était prêt.\n\n{FACTS}\n\nLes camions attendaient rue Basse.")


def test_the_same_paragraph_written_by_two_is_kept_twice_once_and_marked(opened):
    camille, bruno = opened("camille"), opened("bruno")
    camille.route(PRESENCE, lambda route: route.abort())
    facts(bruno).fill("Samedi, la place était noire de monde.")
    save(facts(bruno))
    facts(camille).fill("Samedi, la place était déserte.")
    save(facts(camille))
    together = [
        "Samedi, la place était déserte.",
        "— Autre version, écrite par Bruno Maréchal :",
        "Samedi, la place était noire de monde.",
    ]
    eventually(lambda: [line for line in kept(camille, "faits").split("\n") if line], together)
    expect(facts(bruno)).to_have_value(kept(camille, "faits"))


def test_three_people_at_once_lose_no_word(opened):
    pages = {who: opened(who) for who in ("camille", "bruno", "dora")}
    for round_ in range(3):
        for who, page in pages.items():
            page.evaluate("""(words) => {
                const field = document.getElementById('faits');
                field.value = `${field.value}\n\n${words}`;
                field.dispatchEvent(new Event('input', {bubbles: true}));
                field.dispatchEvent(new Event('change', {bubbles: true}));
            }""", f"{who} {round_}.")
    said = [f"{who} {round_}." for who in pages for round_ in range(3)]
    eventually(lambda: sorted(kept(pages["camille"], "faits").count(words) for words in said), [1] * 9, within=20)
    final = kept(pages["camille"], "faits")
    for page in pages.values():
        expect(facts(page)).to_have_value(final)
    assert final.count(FACTS) == 1


def test_an_expired_session_keeps_the_words_and_they_join_those_of_the_other(opened, app: Flask, live: str):
    camille, bruno = opened("camille"), opened("bruno")
    with app.extensions["rex"].database.system("sign everybody out", write=True) as session:
        session.execute(delete(Device))
    facts(camille).fill(f"Vendredi soir, tout était prêt.\n\n{FACTS}")
    expect(status(camille)).to_contain_text("Votre connexion a expiré")
    sign_in(bruno, live, "bruno").goto(bruno.url if bruno.url.endswith("/edition") else camille.url)
    facts(bruno).fill(f"{FACTS}\n\nMarc a ouvert la cour.")
    save(facts(bruno))
    sign_in(camille.context.new_page(), live, "camille")
    facts(camille).blur()
    facts(camille).focus()
    facts(camille).press("End")
    facts(camille).blur()
    expect(facts(camille)).to_have_value(f"Vendredi soir, tout était prêt.\n\n{FACTS}\n\nMarc a ouvert la cour.", timeout=15_000)


def test_a_removed_member_stops_reading_what_the_others_write(opened, database: Database, cast: Cast):
    camille, bruno = opened("camille"), opened("bruno")
    answers: list[int] = []
    bruno.on("response", lambda answer: answers.append(answer.status) if "presence" in answer.url else None)
    with database.system("Bruno leaves", write=True) as session:
        session.execute(update(Membership).where(Membership.user_id == cast.bruno.id).values(ended_at=clock.now()))
    facts(camille).fill("Ce que Bruno ne lira pas.")
    save(facts(camille))
    eventually(lambda: bruno.evaluate("0") or 404 in answers, True)
    expect(facts(bruno)).to_have_value(FACTS)
    bruno.wait_for_timeout(1000)
    assert answers.count(404) == 1, "it is not asked again"


def test_a_recit_of_one_author_looks_at_nobody(page_as: PageAs, database: Database, cast: Cast):
    made = make_recit(database, cast.camille, TITLE, audience=None)
    page = page_as("camille")
    page.add_init_script("const late = window.setInterval; window.setInterval = (f, ms) => late(f, ms === 10000 ? 100 : ms);")
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.url))
    page.goto(f"{made.url}/edition")
    page.wait_for_timeout(600)
    assert [url for url in looks if "presence" in url] == []
    expect(page.locator("[data-rex-written]")).to_have_count(0)
    expect(page.get_by_role("link", name="Inviter un co-auteur")).to_be_visible()
