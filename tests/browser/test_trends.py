"""Tendances in a real browser: two clicks without a script, a figure and its list, a reading beside it; for who cannot see them."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from rex.journal.models import Stance
from rex.trends import reading_acts
from rex.trends.readings import find_reading
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_exchange, make_recit, make_recognition
from tests.tensions.making import acting
from tests.tensions.telling import make_tension
from tests.trends.beside import make_reading

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
    page.get_by_role("navigation", name="Enjeu").get_by_role("link", name="Coopération").click()
    expect(page).to_have_url(re.compile("enjeu=C"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("coopération")
    number = page.locator(".trend-scope a").first
    said = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said.removesuffix(" publiés").replace(" ", " "))
    assert page.locator(".trend-entries > li").count() == int(said.split()[0])


@pytest.mark.parametrize(("viewport", "rows"), [(WIDE, 2), ({"width": 768, "height": 900}, 2), (PHONE, 4)])
def test_what_narrows_stands_in_even_rows_and_is_read_whole(page_as: PageAs, told: None, viewport: dict[str, int], rows: int):
    page = page_as("dora", viewport=viewport)
    page.goto(PAGE)
    page.get_by_text("Comparer, filtrer").click()
    boxes = page.locator(".filters-more select").evaluate_all("all => all.map(one => [one.offsetTop, one.offsetWidth])")
    assert len(boxes) == 4 and len({top for top, _ in boxes}) == rows
    assert min(width for _, width in boxes) >= 240, "« La période d’avant » is not cut"


@pytest.mark.parametrize(("viewport", "scripts"), [(WIDE, True), (PHONE, False)])
def test_the_same_days_a_year_before(page_as: PageAs, told: None, viewport: dict[str, int], scripts: bool):
    page = page_as("dora", viewport=viewport, java_script_enabled=scripts)
    page.goto(f"{PAGE}?enjeu=C")
    page.get_by_text("Comparer, filtrer").click()
    page.get_by_label("Comparer avec").select_option(label="Un an plus tôt")
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile("avec=un-an-plus-tot"))
    expect(page.get_by_label("Comparer avec")).to_have_value("un-an-plus-tot")
    expect(page.locator(".trend-scope")).to_contain_text("Le journal n’avait pas commencé")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_figure_is_read_otherwise(page_as: PageAs, told: None, scripts: bool):
    page = page_as("camille", viewport=PHONE, java_script_enabled=scripts)
    page.goto(PAGE)
    page.locator("#tensions").get_by_role("link", name="Lire ce chiffre autrement").click()
    page.get_by_label("Comment vous le lisez").fill("Nous l’avions dit en mars.")
    page.get_by_label(re.compile("Votre service")).check()
    page.get_by_role("button", name=re.compile("Publier cette lecture")).click()
    expect(page.locator("#tensions .reading")).to_contain_text("Nous l’avions dit en mars.")


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_a_reading_is_reported_suspended_and_shown_again(
    page_as: PageAs, app: Flask, cast: Cast, told: None, viewport: dict[str, int], scheme: str
):
    """Without a script. Paul reports it, Ana suspends it, Camille, who wrote it, is told why."""
    database = app.extensions["rex"].database
    for rank in range(4):
        make_reading(database, cast.camille, cast.valombre_id, f"Lecture {rank}, **autrement**.", section="mois")
    paul, ana, camille = (
        page_as(who, viewport=viewport, color_scheme=scheme, java_script_enabled=False) for who in ("paul", "ana", "camille")
    )
    paul.goto(PAGE)
    expect(paul.locator("#mois .reading")).to_have_count(3)
    paul.locator("#mois").get_by_role("link", name="Toutes les lectures (4)").click()
    expect(paul.locator("article.reading")).to_have_count(4)
    paul.get_by_role("link", name="Signaler la lecture signée Voirie").last.click()
    paul.get_by_label("Qu’est-ce qui vous arrête").fill("On devine la personne.")
    paul.get_by_role("button", name="Envoyer à l’animation").click()
    expect(paul.get_by_text("Votre signalement est envoyé à l’animation de ce journal.")).to_be_visible()
    ana.goto("/c/valombre/signalements")
    ana.locator("summary", has_text="Suspendre").click()
    ana.get_by_label("La raison").fill("Le gardien est reconnaissable.")
    ana.get_by_role("button", name="Suspendre").click()
    camille.goto("/ce-qui-vous-attend")
    camille.get_by_role("link", name="Votre lecture contradictoire est suspendue").click()
    expect(camille.get_by_text("Le gardien est reconnaissable.")).to_be_visible()
    expect(camille.locator("strong", has_text="autrement")).to_be_visible()
    ana.goto(camille.url)
    expect(ana.get_by_text("autrement", exact=True)).to_have_count(0)
    ana.get_by_role("button", name="Rétablir").click()
    paul.goto(camille.url)
    expect(paul.get_by_text("autrement", exact=True)).to_be_visible()


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark"), ({"width": 320, "height": 640}, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, told: None, viewport: dict[str, int], scheme: str, app: Flask, cast: Cast):
    database = app.extensions["rex"].database
    readings = [make_reading(database, cast.camille, cast.valombre_id, f"Lecture {rank}.", section="mois") for rank in range(5)]
    with acting(database, cast.ana, cast.valombre_id) as (session, reader, seat):
        row = find_reading(session, reader, cast.valombre_id, readings[0])
        assert row is not None
        reading_acts.suspend(session, reader, seat, row, "Reconnaissable.")
    page = page_as("ana", viewport=viewport, color_scheme=scheme)
    paths = [
        PAGE, f"{PAGE}?enjeu=C&periode=2026", f"{PAGE}/entrees?quoi=textes&quand=toujours", f"{PAGE}/jalons", f"{PAGE}/lectures",
        f"{PAGE}/lectures/nouvelle?section=tensions", f"{PAGE}/imprimer", "/tendances",
        *(f"{PAGE}/lectures/{one}" for one in readings[:2]), f"{PAGE}/lectures/suspendues", f"{PAGE}/lectures?section=mois",
        f"/signaler/lecture/{readings[1]}", "/c/valombre/signalements",
    ]  # fmt: skip
    for path in paths:
        page.goto(path)
        found = axe_on(page).response["violations"]
        assert [(path, one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
