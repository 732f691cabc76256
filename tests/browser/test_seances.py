"""A séance of a group through its four phases, on three phones; nothing typed is lost, nothing stands in the way."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rex.seances.models import Step
from tests.browser.serving import PageAs, axe_on, sign_in
from tests.cast import Cast
from tests.making import make_group
from tests.seances.meeting import MadeSeance, at_step, make_said, make_seance, open_depots

PHONE = {"width": 390, "height": 844}
HEARD = 15_000  # ms: a phone asks every ten seconds where the séance is
SITUATION = "Je dois annoncer à un service qu’il n’aura pas le poste promis."


@pytest.fixture
def made(app: Flask, cast: Cast) -> MadeSeance:
    """Dora is responsable; Inès leads; Noor is the third."""
    database = app.extensions["rex"].database
    group = make_group(database, cast.dora, cast.ines, cast.noor)
    return make_seance(database, cast.dora, group.public_id, lead=cast.ines, starts_in=timedelta(hours=2))


def bring(page: Page, words: str) -> None:
    page.get_by_label("La situation que vous apportez").fill(words)
    page.get_by_role("button", name="Déposer, scellé").click()
    expect(page.get_by_text("Votre dépôt est scellé.")).to_be_visible()


def test_a_seance_on_three_phones(page_as: PageAs, made: MadeSeance):
    dora, ines, noor = (page_as(who, viewport=PHONE) for who in ("dora", "ines", "noor"))
    for page in (dora, ines, noor):
        page.goto(made.url)
        expect(page.get_by_text("Vous pouvez écrire jusqu’à")).to_be_visible()
    # Déposer: each writes; what one typed is there again after a reload
    noor.get_by_label("La situation que vous apportez").fill(SITUATION)
    noor.reload()
    expect(noor.get_by_label("La situation que vous apportez")).to_have_value(SITUATION)
    bring(noor, SITUATION)
    bring(dora, "La fusion des deux écoles.")
    expect(ines.locator(".sealed")).to_contain_text("2 dépôts scellés sur 3.", timeout=HEARD)
    expect(ines.get_by_role("button", name="Ouvrir les dépôts maintenant")).to_have_count(0)
    assert SITUATION not in ines.content()
    bring(ines, "Une délégation refusée.")
    ines.get_by_role("button", name="Ouvrir les dépôts maintenant").click()
    # Choisir: the other phones open by themselves; two prefer one, the facilitator keeps it
    for page in (dora, noor):
        choose = page.get_by_role("button", name="Je choisirais celle-ci, la situation de Noor Haddad")
        expect(choose).to_be_visible(timeout=HEARD)
        expect(page.locator(".depots")).to_contain_text("La fusion des deux écoles.")
        choose.click()
    expect(ines.get_by_text("Choisiraient celle-ci : Dora Lenoir et Noor Haddad")).to_be_visible(timeout=HEARD)
    ines.get_by_role("button", name="Retenir cette situation pour tous, celle de Noor Haddad").click()
    # Explorer: Noor tells; whoever is writing is not interrupted by the next round
    expect(noor.get_by_label("Ce qui se passe, comme vous le vivez")).to_be_visible(timeout=HEARD)
    noor.get_by_label("Ce qui se passe, comme vous le vivez").fill("Je repousse depuis dix jours.")
    noor.get_by_role("button", name="Exposer devant les 3").click()
    expect(noor.locator(".said")).to_contain_text("Je repousse depuis dix jours.")
    expect(noor.get_by_label("Ce qui se passe, comme vous le vivez")).to_have_value("")
    ines.get_by_role("button", name="Passer aux questions").click()
    expect(dora.get_by_label("Votre question, ou votre réponse")).to_be_visible(timeout=HEARD)
    dora.get_by_label("Votre question, ou votre réponse").fill("Qu’est-ce que tu protèges ?")
    ines.get_by_role("button", name="Passer aux résonances").click()
    expect(dora.get_by_text("La séance a changé d’étape. Votre texte reste dans le champ.")).to_be_visible(timeout=HEARD)
    expect(dora.get_by_label("Votre question, ou votre réponse")).to_have_value("Qu’est-ce que tu protèges ?")
    dora.get_by_role("button", name="Dire devant les 3").click()
    expect(dora.get_by_role("region", name="Questions")).to_contain_text("Qu’est-ce que tu protèges ?")
    # A wrong tap, and back
    ines.get_by_role("button", name="Passer aux apports").click()
    ines.get_by_role("button", name="Revenir aux résonances").click()
    expect(ines.get_by_label("Ce que cela éveille dans votre expérience")).to_be_visible()
    for label in ("Passer aux apports", "Passer à Garder"):
        ines.get_by_role("button", name=label).click()
    # Garder, and the compte rendu
    expect(noor.get_by_label("Ce que vous emportez")).to_be_visible(timeout=HEARD)
    noor.get_by_label("Ce que vous emportez").fill("Je le dirai lundi.")
    noor.get_by_role("button", name="Noter ce que j’emporte devant les 3").click()
    expect(noor.locator(".said")).to_contain_text("Je le dirai lundi.")
    expect(ines.locator(".said")).to_contain_text("Je le dirai lundi.", timeout=HEARD)
    ines.get_by_role("link", name="Écrire le compte rendu").click()
    ines.get_by_label("Ce qui reste de la séance").fill("On se revoit **en mars**.")
    ines.get_by_role("link", name="Le mettre dans le compte rendu").click()
    expect(ines.get_by_label("Ce qui reste de la séance")).to_have_value(re.compile("^On se revoit.*Je le dirai lundi", re.DOTALL))
    ines.get_by_role("button", name="Enregistrer le compte rendu devant les 3").click()
    expect(ines.locator("#compte-rendu")).to_contain_text("On se revoit en mars.")
    ines.get_by_role("link", name="Clore la séance").click()
    expect(ines.get_by_text("Le compte rendu est lu par les 3.")).to_be_visible()
    ines.get_by_role("button", name="Clore la séance").click()
    expect(dora.get_by_text("On se revoit en mars.")).to_be_visible(timeout=HEARD)
    expect(dora.locator(".said").get_by_text("Je le dirai lundi.")).to_be_visible()
    dora.get_by_role("link", name="Explorer").click()
    expect(dora.get_by_text("Je repousse depuis dix jours.")).to_be_visible()


def test_what_the_others_write_comes_into_the_page(page_as: PageAs, app: Flask, cast: Cast, made: MadeSeance):
    """Within one asking: the words appear, said politely; the field, what is typed in it, its caret and its place stay."""
    at_step(app.extensions["rex"].database, made, Step.QUESTIONS)
    dora, ines, noor = (page_as(who, viewport=PHONE) for who in ("dora", "ines", "noor"))
    for page in (dora, ines, noor):
        page.goto(made.url)
    field = dora.get_by_label("Votre question, ou votre réponse")
    field.fill("Et toi, comment")
    field.press("ArrowLeft")
    dora.evaluate("document.querySelector('.seance-about').before(Object.assign(document.createElement('i'), {id: 'untouched'}))")
    top = field.bounding_box()
    say(noor, "Qui le sait déjà ?")
    expect(dora.get_by_role("region", name="Questions")).to_contain_text("Qui le sait déjà ?", timeout=HEARD)
    expect(dora.locator("[data-rex-news]")).to_have_text("1 texte de plus")
    assert dora.locator("[data-rex-news]").get_attribute("role") == "status"
    expect(field).to_have_value("Et toi, comment")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == len("Et toi, comment") - 1
    assert field.bounding_box() == top and dora.locator("#untouched").count() == 1, "the page was not drawn again"
    expect(ines.get_by_text("Qui le sait déjà ?")).to_be_visible(timeout=HEARD)
    # What is taken back goes; what others say meanwhile comes in its place, in order
    dora.get_by_role("button", name="Dire devant les 3").click()
    expect(dora.locator(".said-one")).to_have_count(2)
    noor.get_by_role("button", name="Retirer ce message").first.click()
    say(noor, "Autre chose.")
    say(noor, "Encore une.")
    expect(dora.locator(".said .prose")).to_have_text(["Et toi, comment", "Autre chose.", "Encore une."], timeout=HEARD)
    expect(dora.get_by_role("region", name="Questions").get_by_role("link", name="Signaler").first).to_be_visible()


def say(page: Page, words: str) -> None:
    page.get_by_label("Votre question, ou votre réponse").fill(words)
    page.get_by_role("button", name="Dire devant les 3").click()
    expect(page.locator(".said").get_by_text(words)).to_be_visible()


def test_a_text_begun_in_one_round_is_not_said_as_another(page_as: PageAs, app: Flask, cast: Cast, made: MadeSeance):
    """The question that one was writing, found again on the page of the résonances: it stays one unless one says so."""
    database = app.extensions["rex"].database
    at_step(database, made, Step.QUESTIONS)
    page = page_as("noor", viewport=PHONE)
    page.goto(made.url)
    page.get_by_label("Votre question, ou votre réponse").fill("Qu’est-ce que tu protèges ?")
    at_step(database, made, Step.RESONANCES)
    page.get_by_role("link", name="Voir où elle en est").click(timeout=HEARD)
    expect(page.get_by_label("Ce que cela éveille dans votre expérience")).to_have_value("Qu’est-ce que tu protèges ?")
    expect(page.get_by_label("Une question")).to_be_checked()
    page.get_by_role("button", name="Dire devant les 3").click()
    expect(page.get_by_role("region", name="Questions")).to_contain_text("Qu’est-ce que tu protèges ?")
    expect(page.get_by_label("Ce que cela éveille dans votre expérience")).to_have_value("")


def test_what_one_typed_is_not_given_to_the_next_person(page_as: PageAs, made: MadeSeance):
    """The same window, another person, without signing out."""
    page = page_as("noor", viewport=PHONE)
    page.goto(made.url)
    field = page.get_by_label("La situation que vous apportez")
    field.fill(SITUATION)
    page.context.clear_cookies()
    sign_in(page, page.url.partition("/groupes")[0], "dora")
    page.goto(made.url)
    expect(field).to_have_value("")
    assert SITUATION not in page.content()


def test_a_depot_written_without_a_network_is_not_lost(page_as: PageAs, made: MadeSeance):
    page = page_as("noor", viewport=PHONE)
    page.goto(made.url)
    field, said = page.get_by_label("La situation que vous apportez"), page.get_by_text("Hors connexion.")
    page.context.set_offline(True)
    expect(said).to_be_visible()
    field.fill(SITUATION)
    page.get_by_role("button", name="Déposer, scellé").click()
    expect(said).to_have_count(1)
    expect(field).to_have_value(SITUATION)
    page.context.set_offline(False)
    expect(said).to_have_count(0)
    page.reload()
    expect(field).to_have_value(SITUATION)
    page.get_by_role("button", name="Déposer, scellé").click()
    expect(page.get_by_text("Votre dépôt est scellé.")).to_be_visible()
    assert SITUATION not in page.evaluate("() => Object.values(sessionStorage).join()")


def test_the_phases_without_script(page_as: PageAs, app: Flask, made: MadeSeance):
    noor, ines = (page_as(who, viewport=PHONE, java_script_enabled=False) for who in ("noor", "ines"))
    noor.goto(made.url)
    bring(noor, SITUATION)
    open_depots(app.extensions["rex"].database, made)
    ines.goto(made.url)
    ines.get_by_role("button", name="Retenir cette situation pour tous, celle de Noor Haddad").click()
    noor.get_by_role("link", name="Actualiser").click()
    noor.get_by_label("Ce qui se passe, comme vous le vivez").fill("Je repousse.")
    noor.get_by_role("button", name="Exposer devant les 3").click()
    expect(noor.locator(".said")).to_contain_text("Je repousse.")
    ines.goto(made.url)
    ines.get_by_role("button", name="Passer aux questions").click()
    expect(ines.get_by_label("Votre question, ou votre réponse")).to_be_visible()


def faults_of(page: Page) -> list[str]:
    found = [violation["id"] for violation in axe_on(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("runs off sideways")
    low = page.evaluate("[...document.querySelectorAll('.seance button, .form button')].filter(b => b.offsetHeight < 44).length")
    return [*found, *(["a button under 44 px"] if low else [])]


def test_the_act_of_each_phase_is_in_sight_on_a_phone(page_as: PageAs, app: Flask, cast: Cast, made: MadeSeance):
    """At 390 × 844, above the bar at the foot of the window, without scrolling: the field, or the list that one chooses from."""
    database = app.extensions["rex"].database
    bringing = page_as("dora", viewport=PHONE)
    bringing.goto(made.url)
    bring(bringing, SITUATION)
    page = page_as("noor", viewport=PHONE)
    acts = {Step.DEPOSER: "textarea", Step.CHOISIR: ".depot", Step.QUESTIONS: "textarea", Step.GARDER: "textarea"}
    for step, what in acts.items():
        if step is not Step.DEPOSER:
            at_step(database, made, step)
        page.goto(made.url)
        box, bar = page.locator(f".seance {what}").first.bounding_box(), page.locator(".bottombar").bounding_box()
        assert box and bar and box["y"] + 60 <= bar["y"], f"{step}: {box} under {bar}"
        names = page.locator(".strip-name").evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().bottom))")
        assert len(set(names)) == 1, "the steps stand on one line"


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, app: Flask, cast: Cast, made: MadeSeance, width: int, theme: str):
    database = app.extensions["rex"].database
    for who in ("noor", "dora"):
        bring_page = page_as(who)
        bring_page.goto(made.url)
        bring(bring_page, "Une situation " + "désimperméabilisée" * 5)
    page, faults = page_as("ines", viewport={"width": width, "height": 844}, color_scheme=theme), {}

    def look(where: str) -> None:
        page.goto(where)
        faults[f"{where} {page.title()}"] = faults_of(page)

    look(made.url)
    page.get_by_role("button", name="Déposer, scellé").click()
    faults["a dépôt without words"] = faults_of(page)
    for tail in ("/preparer", "/modifier", "/annuler"):
        look(made.url + tail)
    page.goto(f"{made.url}/modifier")
    page.get_by_label("Jour", exact=True).first.fill("2020-01-02")
    page.get_by_role("button", name="Enregistrer").click()
    faults["a day that is past"] = faults_of(page)
    for step in (Step.CHOISIR, Step.QUESTIONS, Step.GARDER, Step.CLOSE):
        at_step(database, made, step)
        make_said(database, cast.noor, made, "Et si " + "désimperméabilisée" * 5)
        look(made.url)
        if step is Step.GARDER:
            look(f"{made.url}/compte-rendu")
            look(f"{made.url}/clore")
    look(made.url.rpartition("/")[0])
    workshop = make_seance(database, cast.ana, title="Parcours d’hospitalité")
    page = page_as("camille", viewport={"width": width, "height": 844}, color_scheme=theme)
    look(workshop.url)
    look("/c/valombre/")
    look("/c/valombre/seances")
    assert {where: those for where, those in faults.items() if those} == {}
