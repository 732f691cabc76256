"""What leaves Tendances, in a real browser: a report that is not wider than its window, a page that stands well on paper."""

import pytest
from flask import Flask

from tests.browser.serving import PageAs
from tests.cast import Cast
from tests.making import make_recit, make_recognition
from tests.tensions.telling import make_tension
from tests.trends.beside import make_reading

PAGE = "/c/valombre/tendances"
TABLE = f"| Un tableau | {'long' * 60} |\n|---|---|\n| a | b |"
NASTY = f"Voir https://exemple.fr/{'une-adresse-longue/' * 20}\n\n{'Zut' * 300}\n\n{TABLE}"


@pytest.fixture
def told(app: Flask, cast: Cast) -> None:
    database = app.extensions["rex"].database
    for rank, person in enumerate((cast.camille, cast.bruno, cast.dora, cast.ana, cast.paul, cast.jeanne)):
        make_recit(database, person, f"Récit {rank}")
    make_tension(database, cast)
    make_recognition(database, cast.camille, cast.bruno)
    make_reading(database, cast.camille, cast.valombre_id, NASTY)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_report_is_wider_than_its_window(page_as: PageAs, told: None, width: int):
    page = page_as("ana", viewport={"width": width, "height": 800})
    report = page.request.get(f"{PAGE}/rapport/html").text()
    assert "ZutZut" in report
    page.goto("about:blank")  # away from the rules of the site, which let no page write its own sheet
    page.set_content(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_on_paper(page_as: PageAs, told: None):
    page = page_as("ana", viewport={"width": 658, "height": 1000})
    page.goto(PAGE)
    page.emulate_media(media="print")
    shown = "([selector, name]) => { const one = document.querySelector(selector); return one && getComputedStyle(one)[name] }"
    assert page.evaluate(shown, [".trend-scroll", "breakInside"]) == "avoid"
    page.evaluate("document.querySelector('.trend-scroll table').createTFoot()")
    assert page.evaluate(shown, [".trend-scroll tfoot", "display"]) == "table-row-group", "it is printed once, after its rows"
    assert page.evaluate(shown, [".trend-scroll thead", "breakAfter"]) == "avoid"
    drawn = page.evaluate(
        """() => { const svg = document.querySelector(".trend-tensions .tension-drawing"), text = svg.querySelector("text");
        return parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width }"""
    )
    assert 8 <= drawn <= 14, "its months are about as large as its words, in pixels"
