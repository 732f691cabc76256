"""More than one récit taken out, and a feed made, in a browser: no obstacle that a machine can find, with and without script."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.journal.acting_together import make_note
from tests.making import Made, make_recit

LONG = "désimperméabilisation" * 6


@pytest.fixture
def told(app: Flask, cast: Cast) -> list[Made]:
    """Three récits of one action, side by side, and one of another."""
    database = app.extensions["rex"].database
    first = make_recit(database, cast.camille, f"La rue {LONG}", {"faits": f"Le mot {LONG}.", "appris": "Prévenir."})
    others = [make_recit(database, who, action=first.action_public_id) for who in (cast.jeanne, cast.paul)]
    make_note(database, cast.bruno, first, others[0])
    return [first, *others, make_recit(database, cast.bruno, "La crue")]


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way(page_as: PageAs, told: list[Made], width: int, theme: str):
    page, faults = page_as("dora", viewport={"width": width, "height": 844}, color_scheme=theme), {}
    action = f"/actions/{told[0].action_public_id}"
    ticked = "&".join(f"recit={one.public_id}" for one in told)
    printed = f"/c/valombre/exporter/fichier?format=imprimer&{ticked}"
    several = ("/c/valombre/exporter", "/c/valombre/exporter/fichier?format=docx", printed)
    for address in (action, f"{action}/exporter", f"{action}/exporter/imprimer", *several, "/compte/flux", "/compte"):
        page.goto(address)
        found = [violation["id"] for violation in axe_on(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append("runs off sideways")
        if found:
            faults[address] = found
    assert faults == {}


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_one_ticks_and_takes_away(page_as: PageAs, told: list[Made], tmp_path: Path, script: bool):
    # Given Dora, who reads the list of the journal
    dora = page_as("dora", java_script_enabled=script)
    dora.goto("/c/valombre/recits")
    dora.get_by_role("link", name="Exporter ces récits").click()
    # When she takes one off, and asks for a sheet
    expect(dora.get_by_label("La crue")).to_be_checked()
    dora.get_by_label("La crue").uncheck()
    dora.get_by_label("Tableur").check()
    with dora.expect_download() as download:
        dora.get_by_role("button", name="Exporter les récits cochés").click()
    # Then it names the three others
    assert download.value.suggested_filename == "Récits choisis, Ville de Valombre.csv"
    file = tmp_path / "récits.csv"
    download.value.save_as(file)
    _, *rows = csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";")
    assert len(rows) == 3 and "La crue" not in {row[0] for row in rows}
    # And with none ticked, she is told what is missing
    dora.get_by_role("button", name="Tout décocher").click()
    expect(dora.get_by_label("Tableur")).to_be_checked()
    expect(dora.get_by_label("La crue")).not_to_be_checked()
    dora.get_by_role("button", name="Exporter les récits cochés").click()
    expect(dora.get_by_role("link", name="Cochez au moins un récit")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_a_feed_is_made_and_revoked(page_as: PageAs, told: list[Made], script: bool):
    # Given Dora, who follows her news in a program
    dora = page_as("dora", java_script_enabled=script)
    dora.goto("/compte")
    dora.get_by_role("link", name="Votre flux").click()
    dora.get_by_role("button", name="Créer l’adresse de mon flux").click()
    field = dora.get_by_label("L’adresse de votre flux")
    address = field.input_value()
    assert field.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), "all of it is shown"
    if script:
        dora.get_by_role("button", name="Copier l’adresse").click()
        expect(dora.get_by_role("status").filter(has_text="Copiée.")).to_be_visible()
    else:
        expect(dora.get_by_role("button", name="Copier l’adresse")).to_have_count(0)
    # When the program asks, with no session
    program = page_as(None).request
    first = program.get(address)
    assert first.ok and "La crue" in first.text() and "set-cookie" not in first.headers
    assert program.get(address, headers={"If-None-Match": first.headers["etag"]}).status == 304
    # Then she ends it, and the address leads nowhere
    dora.get_by_role("button", name="Supprimer l’adresse").click()
    expect(dora.get_by_role("status")).to_contain_text("ne mène plus nulle part")
    assert program.get(address).status == 404
