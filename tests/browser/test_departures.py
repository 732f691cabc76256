"""Taking one's data along, leaving a journal, deleting one's account and changing one's mind. With and without script."""

import zipfile
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from rex.db import Database
from tests.browser.serving import PageAs, axe_on
from tests.cast import PASSWORD, Cast
from tests.departures.test_deleting import is_gone, seven_days_later
from tests.making import make_exchange, make_recit


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_leaving_a_journal(page_as: PageAs, database: Database, cast: Cast, script: bool):
    # Given Jeanne, who told a récit, began another one, and reads in two browsers
    told = make_recit(database, cast.jeanne, "Le marché de Jeanne")
    draft = make_recit(database, cast.jeanne, "Un brouillon", audience=None)
    here, elsewhere = (page_as("jeanne", java_script_enabled=script) for _ in range(2))
    elsewhere.goto(f"{draft.url}/edition")
    # When she leaves, after she has taken her texts along
    here.goto("/compte")
    here.get_by_role("link", name="Quitter le journal Ville de Valombre").click()
    expect(here.get_by_role("heading", level=1)).to_have_text("Quitter ce journal")
    expect(here.locator(".confirm")).to_contain_text("1 récit publié")
    if script:
        assert axe_on(here).response["violations"] == []
    with here.expect_download() as download:
        here.get_by_role("link", name="Emporter mes textes de ce journal").click()
    assert "Un brouillon" in Path(download.value.path()).read_text(encoding="utf-8")
    here.get_by_label("Mot de passe actuel").fill(PASSWORD)
    here.get_by_role("button", name="Quitter ce journal").click()
    # Then she reads nothing of it, in either browser
    expect(here.get_by_text("Vous n’êtes membre d’aucun journal.")).to_be_visible()
    for address in (told.url, f"{draft.url}/edition", "/c/valombre/"):
        elsewhere.goto(address)
        expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    # And what she told stands, signed by her
    bruno = page_as("bruno", java_script_enabled=script)
    bruno.goto(told.url)
    expect(bruno.get_by_text("Jeanne Lartigue").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_deleting_an_account(page_as: PageAs, app: Flask, database: Database, cast: Cast, tmp_path: Path, script: bool):
    # Given Jeanne, who told a récit and answered another one
    told = make_recit(database, cast.jeanne, "Le marché de Jeanne")
    of_bruno = make_recit(database, cast.bruno, "Le marché de Bruno")
    make_exchange(database, cast.jeanne, of_bruno.public_id, "Qui d’autre était là ?")
    jeanne = page_as("jeanne", java_script_enabled=script)
    # When she takes her data along
    jeanne.goto("/compte")
    jeanne.get_by_role("link", name="Emporter mes données").click()
    if script:
        assert axe_on(jeanne).response["violations"] == []
    jeanne.get_by_label("Mot de passe actuel").fill(PASSWORD)
    with jeanne.expect_download() as download:
        jeanne.get_by_role("button", name="Emporter mes données").click()
    assert download.value.suggested_filename == "mes-donnees.zip"
    file = tmp_path / "mes-donnees.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert any("le-marche-de-jeanne/recit.md" in name for name in archive.namelist())
    # And asks that her account be deleted, her messages with it
    jeanne.goto("/compte")
    jeanne.get_by_role("link", name="Supprimer mon compte").click()
    if script:
        assert axe_on(jeanne).response["violations"] == []
    words = jeanne.get_by_role("group", name="Vos autres textes dans les journaux")
    words.get_by_label("Ils sont effacés").check()
    jeanne.get_by_role("button", name="Supprimer mon compte").click()
    expect(jeanne.get_by_role("alert")).to_contain_text("Donnez votre mot de passe actuel.")
    expect(jeanne.get_by_role("group", name="Vos autres textes dans les journaux").get_by_label("Ils sont effacés")).to_be_checked()
    jeanne.get_by_label("Mot de passe actuel").fill(PASSWORD)
    jeanne.get_by_role("button", name="Supprimer mon compte").click()
    expect(jeanne.get_by_text("Vos autres textes dans les journaux sont effacés.")).to_be_visible()
    if script:
        assert axe_on(jeanne).response["violations"] == []
    # Then one button takes it back
    jeanne.get_by_role("button", name="Garder mon compte").click()
    expect(jeanne.get_by_text("Votre compte reste ouvert.")).to_be_visible()
    # And asked again, seven days later, her récit is of nobody and her message is gone
    jeanne.goto("/compte/suppression")
    jeanne.get_by_role("group", name="Vos autres textes dans les journaux").get_by_label("Ils sont effacés").check()
    jeanne.get_by_label("Mot de passe actuel").fill(PASSWORD)
    jeanne.get_by_role("button", name="Supprimer mon compte").click()
    expect(jeanne.get_by_role("button", name="Garder mon compte")).to_be_visible()
    seven_days_later(app)
    assert is_gone(database, cast.jeanne)
    jeanne.goto("/compte")
    expect(jeanne.get_by_role("heading", level=1)).to_have_text("Se connecter")
    bruno = page_as("bruno", java_script_enabled=script)
    bruno.goto(told.url)
    expect(bruno.get_by_text("Une personne").first).to_be_visible()
    expect(bruno.get_by_text("Jeanne")).to_have_count(1)  # the title of the récit, which is prose
    bruno.goto(of_bruno.url)
    expect(bruno.get_by_text("Qui d’autre était là ?")).to_have_count(0)
