"""Tendances in a real browser: two clicks without a script, a figure and its list, a reading beside it; for who cannot see them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import expect

from rex.journal.models import Stance
from tests.browser.serving import PageAs
from tests.cast import Cast
from tests.making import make_exchange, make_recit, make_recognition
from tests.tensions.telling import make_tension

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PAGE = "/c/valombre/tendances"
LONG = "Direction-de-la-transition-écologique-et-de-l’aménagement-durable " * 2


@pytest.fixture
def told(app: Flask, cast: Cast) -> None:
    """Six récits of several services, a tension, an answer, a merci."""
    database = app.extensions["rex"].database
    tags = ({"C1": Stance.ILLUSTRE}, {"C1": Stance.CONTREDIT, "E2": Stance.ILLUSTRE}, {"V3": Stance.NUANCE})
    for rank, person in enumerate((cast.camille, cast.bruno, cast.dora, cast.ana, cast.paul, cast.jeanne)):
        made = make_recit(database, person, f"Récit {rank} {LONG if rank == 0 else ''}".strip(), balises=tags[rank % 3])
        if rank == 0:
            make_exchange(database, cast.dora, made.public_id)
    make_tension(database, cast)
    make_recognition(database, cast.camille, cast.bruno)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_resists_in_cooperation_in_two_clicks(page_as: PageAs, told: None, scripts: bool):
    page = page_as("dora", viewport=WIDE, java_script_enabled=scripts)
    page.goto("/c/valombre/")
    page.get_by_role("navigation").get_by_role("link", name="Tendances").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce qui résiste")
    page.get_by_label("Enjeu", exact=True).select_option(label="Coopération")
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile("enjeu=C"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("coopération")
    number = page.locator(".trend-scope a").first
    said = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said.removesuffix(" publiés").replace(" ", " "))
    assert page.locator(".trend-entries > li").count() == int(said.split()[0])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_figure_is_read_otherwise(page_as: PageAs, told: None, scripts: bool):
    page = page_as("camille", viewport=PHONE, java_script_enabled=scripts)
    page.goto(PAGE)
    page.locator("#tensions").get_by_role("link", name="Lire ce chiffre autrement").click()
    page.get_by_label("Comment vous le lisez").fill("Nous l’avions dit en mars.")
    page.get_by_label(re.compile("Votre service")).check()
    page.get_by_role("button", name=re.compile("Publier cette lecture")).click()
    expect(page.locator("#tensions .reading")).to_contain_text("Nous l’avions dit en mars.")


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark"), ({"width": 320, "height": 640}, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, told: None, viewport: dict[str, int], scheme: str):
    page = page_as("ana", viewport=viewport, color_scheme=scheme)
    paths = [
        PAGE, f"{PAGE}?enjeu=C&periode=2026", f"{PAGE}/entrees?quoi=textes&quand=toujours", f"{PAGE}/jalons", f"{PAGE}/lectures",
        f"{PAGE}/lectures/nouvelle?section=tensions", f"{PAGE}/imprimer", "/tendances",
    ]  # fmt: skip
    for path in paths:
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
