"""Every page of a peer group, walked in a browser: nothing that axe finds, that a finger misses, that runs off a narrow screen, or
that says more than it should in a title; on paper; with words as ugly as people may write them."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from rex.collectifs.models import User
from rex.seances.models import Step
from tests.browser.serving import PageAs, axe_on
from tests.browser.test_within_reach import TOO_SMALL
from tests.cast import Cast
from tests.house.addresses import path_of, rules_of
from tests.house.filled_room import fill
from tests.house.planting import IN_THE_ROOM, NOWHERE
from tests.making import make_exchange, make_group, make_recit
from tests.seances.meeting import at_step, make_said, make_seance

OFF = "document.documentElement.scrollWidth - innerWidth"
NOT_IN_A_ROOM = re.compile(r"/(static|apercus|composants|c/)")
LONG = "désimperméabilisation" * 10  # two hundred characters and no place to breathe
LINE = f"{LONG} 👩🏽‍🚒🇫🇷 مرحبا بالعالم <script>alert(1)</script> [x](javascript:alert(1)) {'[' * 40}"
UGLY = f"{LINE}\n\n# {LONG}\n\n| a | b |\n|---|---|\n| {LONG} | 2 |\n\n```\n{LONG}\n```\n\n- {LONG}\n\n> {LONG}"
NAME = "Marie-Élisabeth-Désimperméabilisation de La Tour-d’Auvergne-Lauraguais"


def addresses(app: Flask, ids: dict[str, str], also: dict[str, list[str]]) -> Iterator[str]:
    """Every address that one reads and that names something of the room."""
    for rule in rules_of(app):
        if "GET" in (rule.methods or ()) and rule.arguments & IN_THE_ROOM and not NOT_IN_A_ROOM.match(rule.rule):
            known = dict.fromkeys(rule.arguments, NOWHERE) | ids
            yield path_of(app, rule, known)
            for name in sorted(rule.arguments & set(also)):
                yield from (path_of(app, rule, known | {name: one}) for one in also[name])


def faults_of(page: Page) -> list[str]:
    found = [f"axe: {one['id']} {one['nodes'][0]['target']}" for one in axe_on(page).response["violations"]]
    found += [f"a link under 24 px: {one}" for one in page.evaluate(TOO_SMALL, ["main a", 24])]
    found += [f"a button under 44 px: {one}" for one in page.evaluate(TOO_SMALL, ["main button, main a.button", 43.9])]
    if page.locator("h1").count() != 1:
        found.append("not one h1")
    if page.locator("body.in-room").count() and page.title() not in ("Groupe de pairs", "Erreur : Groupe de pairs"):
        found.append(f"title: {page.title()}")
    return found


def runs_off(page: Page) -> list[str]:
    """What stands beyond the right edge, when the page scrolls sideways."""
    if page.evaluate(OFF) <= 0:
        return []
    wide = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    return [f"runs off sideways: {page.evaluate(wide + '.map(e => e.tagName + `.` + e.className).slice(-3)')}"]


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark")])
def test_nothing_stands_in_the_way_in_a_room(page_as: PageAs, app: Flask, cast: Cast, width: int, theme: str):
    room = fill(app.extensions["rex"].database, cast)
    page = page_as("dora", viewport={"width": width, "height": 844}, color_scheme=theme)
    faults, seen = {}, 0
    also = room.others if width == 1280 else {}
    for address in dict.fromkeys(addresses(app, room.ids, also)):
        answer = page.request.get(address, max_redirects=0)
        if answer.status != 200 or not answer.text().startswith("<!doctype html>"):
            continue  # another sort of file, or a piece of a page
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address)
        seen += 1
        found = [*faults_of(page), *runs_off(page)]
        page.set_viewport_size({"width": 320, "height": 700})
        found += [f"at 320: {one}" for one in runs_off(page)]
        if found:
            faults[address] = found
    assert seen > 40, seen
    assert faults == {}, "\n".join(f"{address}: {found}" for address, found in faults.items())


@pytest.mark.parametrize("width, theme", [(1280, "dark"), (320, "light")])
def test_ugly_words_stay_in_their_frame(page_as: PageAs, app: Flask, cast: Cast, width: int, theme: str):
    """A word of two hundred characters, emoji, Arabic, hostile Markdown, names of sixty characters: wherever one may write."""
    database = app.extensions["rex"].database
    group = make_group(database, cast.dora, cast.ines, cast.noor, called=LINE[:120])
    with database.system("long names", write=True) as session:
        session.execute(update(User).where(User.id.in_([cast.dora.id, cast.noor.id])).values(name=NAME))
    recit = make_recit(database, cast.noor, LINE[:200], sections={"faits": UGLY, "resistance": UGLY}, group=group.id)
    make_exchange(database, cast.ines, recit.public_id, UGLY)
    made = make_seance(database, cast.dora, group.public_id, lead=cast.dora, title=LINE[:200], place=LINE[:200])
    page = page_as("dora", viewport={"width": width, "height": 844}, color_scheme=theme)
    page.goto(group.url)
    page.get_by_label("Qu’est-ce qui vous résiste en ce moment").fill(LINE)
    page.get_by_role("button", name="Partager avec les 3").click()
    page.goto(made.url)
    page.get_by_label("La situation que vous apportez").fill(UGLY)
    page.get_by_role("button", name="Déposer, scellé").click()
    expect(page.get_by_text("Votre dépôt est scellé.")).to_be_visible()
    make_said(database, cast.noor, made, UGLY)
    difficulty = page.request.get(group.url).text().partition("/difficultes/")[2][:16]
    places = [
        group.url,
        *(f"{group.url}/{tail}" for tail in ("fil", "membres", "pacte", "seances", "versements", "recherche?q=alert")),
    ]
    places += [
        recit.url,
        f"/actions/{recit.action_public_id}",
        f"/difficultes/{difficulty}",
        "/groupes-de-pairs",
        f"{made.url}/preparer",
    ]
    faults = {}
    for step in (None, Step.CHOISIR, Step.QUESTIONS, Step.GARDER, Step.CLOSE):
        if step:
            at_step(database, made, step)
        for place in [made.url] if step else [made.url, *places]:
            page.goto(place)
            found = runs_off(page)
            found += page.evaluate(
                "[...document.querySelectorAll('main script, main a[href^=javascript], main img[onerror]')].map(e => e.outerHTML)"
            )
            if found:
                faults[f"{place} {step or ''}"] = found
    assert faults == {}, "\n".join(f"{place}: {found}" for place, found in faults.items())


def test_on_paper_a_room_says_who_reads_and_who_printed(page_as: PageAs, app: Flask, cast: Cast):
    database = app.extensions["rex"].database
    group = make_group(database, cast.dora, cast.ines, cast.noor)
    recit = make_recit(database, cast.noor, group=group.id)
    made = make_seance(database, cast.dora, group.public_id)
    page = page_as("ines")
    page.emulate_media(media="print")
    for address in (group.url, f"{group.url}/fil", recit.url, made.url, f"{made.url}/preparer"):
        page.goto(address)
        assert page.title() == "Groupe de pairs"
        expect(page.get_by_text("Confidentiel, 3 personnes, imprimé par Inès")).to_be_visible()
        expect(page.locator("main form button").locator("visible=true")).to_have_count(0)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).overflow") == "visible", "nothing is cut by a frame"
        assert page.pdf().startswith(b"%PDF")
