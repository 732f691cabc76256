"""In a real browser: a group is founded, somebody joins with the consent of all, the group ends; nothing stands in the way."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rex.peer_groups.models import DecisionKind
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_group, make_recit
from tests.peer_groups.groups import days_pass, decisions, tick

NAME = "DGS de la vallée"


@pytest.mark.parametrize("script", [True, False])
def test_joining_with_the_consent_of_all(page_as: PageAs, script: bool):
    # Given Dora, who opens a group with Paul, from the navigation
    dora = page_as("dora", java_script_enabled=script)
    dora.get_by_role("link", name="Groupes").first.click()
    dora.get_by_role("link", name="Ouvrir un groupe").click()
    dora.get_by_role("button", name="Ouvrir le groupe").click()
    expect(dora.locator(".error-summary")).to_contain_text("Donnez un nom au groupe")
    dora.get_by_label("Nom du groupe").fill(NAME)
    dora.get_by_label("Les personnes qui fondent").fill("paul@exemple.fr")
    dora.get_by_role("button", name="Ouvrir le groupe").click()
    expect(dora.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(dora).to_have_title("Groupe de pairs")
    room = dora.url
    # When Paul reads the doorstep, and enters
    paul = page_as("paul", java_script_enabled=script)
    paul.goto("/groupes-de-pairs")
    expect(paul.locator("body")).not_to_contain_text(NAME)
    paul.get_by_role("link", name="Lire l’invitation").click()
    expect(paul.locator("main")).to_contain_text(NAME)
    expect(paul.locator("main")).to_contain_text("Dora Lenoir")
    paul.get_by_role("button", name="Accepter le pacte et entrer").click()
    assert paul.url == room
    expect(paul.locator(".room-bar")).to_contain_text("Confidentiel, 2 personnes")
    # and Dora asks about Inès, of another collectif
    dora.goto(room)
    dora.get_by_role("link", name="Membres et invitations").click()
    dora.get_by_role("link", name="Inviter une personne").click()
    dora.get_by_label("Prénom et nom").fill("Inès Carle")
    dora.get_by_label("Adresse").fill("ines@exemple.fr")
    dora.get_by_role("button", name="Consulter les membres").click()
    expect(dora.get_by_role("heading", level=1)).to_contain_text("Inviter Inès Carle")
    # Then Inès is awaited once Paul has said yes, not before
    ines = page_as("ines", java_script_enabled=script)
    ines.goto("/groupes-de-pairs")
    expect(ines.locator("main")).not_to_contain_text("invitation vous attend")
    paul.get_by_role("link", name="Groupes").first.click()
    assert paul.url == room, "in one group, the navigation opens it"
    paul.get_by_role("link", name="Inviter Inès Carle").click()
    paul.get_by_role("button", name="Oui").click()
    expect(paul.locator("main")).to_contain_text("La réponse est oui.")
    ines.reload()
    ines.get_by_role("link", name="Lire l’invitation").click()
    ines.get_by_role("button", name="Accepter le pacte et entrer").click()
    expect(ines.locator(".room-bar")).to_contain_text("Confidentiel, 3 personnes")
    ines.locator(".room-bar summary").click()
    expect(ines.locator(".room-bar li")).to_have_text(["Dora Lenoir", "Inès Carle", "Paul Weiss"])


@pytest.mark.parametrize("script", [True, False])
def test_a_dissolution(page_as: PageAs, app: Flask, cast: Cast, script: bool):
    # Given a group of two
    database = app.extensions["rex"].database
    group = make_group(database, cast.dora, cast.paul)
    dora, paul = (page_as(who, java_script_enabled=script) for who in ("dora", "paul"))
    # When both want its end
    dora.goto(group.url)
    dora.get_by_role("link", name="Dissoudre").click()
    dora.get_by_label("Pourquoi").fill("Nous avons fait le tour.")
    dora.get_by_role("button", name="Demander la dissolution").click()
    paul.goto(group.url)
    paul.get_by_role("link", name="Dissoudre le groupe").click()
    expect(paul.locator("main")).to_contain_text("Nous avons fait le tour.")
    paul.get_by_role("button", name="Oui").click()
    # Then it is announced to both, and may be stopped
    dora.goto(group.url)
    expect(dora.locator("main")).to_contain_text("Ce groupe prend fin le")
    dora.get_by_role("link", name="Lire ce que cela veut dire").click()
    expect(dora.get_by_role("button", name="M’opposer à la dissolution")).to_be_visible()
    expect(dora.get_by_role("link", name="Emporter mes textes")).to_be_visible()
    # and seven days later nothing is left
    days_pass(database, 7)
    tick(app)
    answer = dora.goto(group.url)
    assert answer is not None and answer.status == 404
    dora.goto("/groupes-de-pairs")
    expect(dora.locator("main")).to_contain_text("Vous n’êtes dans aucun groupe.")


@pytest.mark.parametrize("script", [True, False])
def test_a_removal(page_as: PageAs, app: Flask, cast: Cast, script: bool):
    # Given a group of four whose pacte lets two thirds of the others end a place; Paul is signed in twice, in the midst of writing
    database = app.extensions["rex"].database
    group = make_group(database, cast.dora, cast.paul, cast.ana, cast.noor)
    told = make_recit(database, cast.dora, "Ce que je porte", {"faits": "Je porte seule."}, group=group.id)
    draft = make_recit(database, cast.paul, "Pas encore", audience=None, group=group.id)
    dora, ana, paul, on_phone = (page_as(who, java_script_enabled=script) for who in ("dora", "ana", "paul", "paul"))
    paul.goto(told.url)
    expect(paul.get_by_text("Je porte seule.")).to_be_visible()
    paul.get_by_label("Votre question").fill("Et moi ?")
    on_phone.goto(group.url)
    expect(on_phone.locator(".room-bar")).to_contain_text("Confidentiel, 4 personnes")
    # When Dora asks, in words that all read, Paul too
    dora.goto(group.url)
    dora.get_by_role("link", name="Membres et invitations").click()
    dora.get_by_text(re.compile("Plus.*Paul Weiss")).click()
    dora.get_by_role("link", name=re.compile("Mettre fin à sa place.*Paul Weiss")).click()
    expect(dora.locator("main")).to_contain_text("le oui des deux tiers des personnes consultées")
    dora.locator("main form .button").first.click()
    expect(dora.locator(".error-summary")).to_be_visible()
    dora.get_by_label("Pourquoi").fill("Il a cité le groupe en réunion.")
    dora.locator("main form .button").first.click()
    expect(dora.get_by_role("heading", level=1)).to_contain_text("Mettre fin à la place de Paul Weiss")
    expect(dora.get_by_role("button", name="Non", exact=True)).to_have_count(0)
    asked = dora.url
    on_phone.goto(asked)
    expect(on_phone.get_by_text("Il a cité le groupe en réunion.")).to_be_visible()
    expect(on_phone.get_by_role("button", name="Oui", exact=True)).to_have_count(0)
    # and Ana, the second of three, says yes
    ana.goto(group.url)
    ana.get_by_role("link", name="Mettre fin à la place de Paul Weiss").click()
    ana.get_by_role("button", name="Oui", exact=True).click()
    expect(ana.get_by_text("La réponse est oui.")).to_be_visible()
    expect(ana.locator(".room-bar")).to_contain_text("Confidentiel, 3 personnes")
    # Then the very next click of each of his two browsers gives the page of what does not exist, the same everywhere
    with paul.expect_response(lambda one: one.request.method == "POST") as answer:
        paul.get_by_role("button", name="Répondre devant les 4").click()
    assert answer.value.status == 404
    with on_phone.expect_response(lambda one: one.request.is_navigation_request()) as answer:
        on_phone.get_by_role("link", name="Revenir au groupe").click()
    assert answer.value.status == 404
    expect(on_phone.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    nowhere = paul.request.get("/recits/AAAAAAAAAAAAAAAA")
    for path in (group.url, f"{group.url}/membres", asked, told.url, draft.url, f"{draft.url}/edition", f"{group.url}/mes-textes"):
        gone = paul.request.get(path)
        assert (gone.status, gone.body()) == (404, nowhere.body()), path
    on_phone.goto("/groupes-de-pairs")
    expect(on_phone.locator("main")).to_contain_text("Vous n’êtes dans aucun groupe.")
    ana.goto(told.url)
    expect(ana.get_by_text("Et moi ?")).to_have_count(0)


def faults_of(page: Page) -> list[str]:
    found = [violation["id"] for violation in axe_on(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("runs off sideways")
    return found


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, app: Flask, cast: Cast, width: int, theme: str):
    # Given a group with a long word in its name, a question, an invitation elsewhere
    database = app.extensions["rex"].database
    group = make_group(database, cast.dora, cast.paul, cast.ana, called="Directions " + "intercommunales" * 4)
    page = page_as("dora", viewport={"width": width, "height": 844}, color_scheme=theme)
    page.goto(f"{group.url}/inviter")
    page.get_by_label("Prénom et nom").fill("Inès Carle")
    page.get_by_label("Adresse").fill("ines@exemple.fr")
    page.get_by_role("button", name="Consulter les membres").click()
    ((asked, _),) = decisions(database, DecisionKind.INVITATION)
    page.goto(f"{group.url}/membres")
    acts = page.locator(".member-acts a").evaluate_all("links => links.map(link => link.pathname)")
    # When each page is opened, and each form comes back
    faults = {}
    addresses = ["/groupes-de-pairs", "/groupes-de-pairs/nouveau", group.url]
    inside = ("membres", "pacte", "reglages", "inviter", "quitter", "responsable", "dissoudre", f"decisions/{asked}")
    for address in [*addresses, *(f"{group.url}/{name}" for name in inside), *acts[:2]]:
        page.goto(address)
        faults[address] = faults_of(page)
    for address in ("/groupes-de-pairs/nouveau", f"{group.url}/inviter", f"{group.url}/dissoudre"):
        page.goto(address)
        page.locator("main form .button").first.click()
        expect(page.locator(".error-summary")).to_be_visible()
        faults[f"{address}, refused"] = faults_of(page)
    # Then nothing was in the way
    assert {address: those for address, those in faults.items() if those} == {}
