"""The pages that people read: no obstacle that a machine can find, nothing that runs off sideways, at either size and theme."""

import pytest
from flask import Flask

from rex.journal.models import Audience, Stance
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_recit

LONG = "désimperméabilisation" * 6


@pytest.mark.parametrize("width, theme", [(1280, "light"), (390, "dark"), (320, "light")])
def test_nothing_stands_in_the_way_of_a_reader(page_as: PageAs, app: Flask, cast: Cast, width: int, theme: str):
    # Given a journal with two récits of one action, a long word, a table, and a draft
    database = app.extensions["rex"].database
    table = "| quoi | combien |\n|---|---|\n| chaises | 60 |"
    first = make_recit(
        database, cast.camille, title=f"La rue {LONG}", sections={"faits": f"Vide.\n\n{table}"}, balises={"C1": Stance.CONTREDIT}
    )
    make_recit(database, cast.jeanne, title="Sans nous", audience=Audience.RESEAU, action=first.action_public_id)
    draft = make_recit(database, cast.camille, title="Un brouillon", audience=None)
    # When Camille reads each page, the empty and the refused ones too
    page = page_as("camille", viewport={"width": width, "height": 844}, color_scheme=theme)
    addresses = [
        "/c/valombre/",
        "/c/valombre/recits",
        "/c/valombre/recits?enjeu=V&college=tiers",
        first.url,
        f"/actions/{first.action_public_id}",
        f"{first.url}/versions",
        f"{first.url}/retrait",
        f"{draft.url}/publication",
        f"{draft.url}/apercu",
        f"{draft.url}/lecteurs/reseau",
        "/boussole",
        "/boussole/C1",
        "/c/valombre/membres",
        "/compte",
        "/qui-lit-quoi",
        "/recits/aaaaaaaaaaaaaaaa",
    ]
    faults = {}
    for address in addresses:
        page.goto(address)
        seen = axe_on(page)
        if seen.violations_count:
            faults[address] = [violation["id"] for violation in seen.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults[address] = [*faults.get(address, []), "runs off sideways"]
    # Then nothing was in the way
    assert faults == {}
