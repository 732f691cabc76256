"""« Archive du journal »: asked for, awaited, downloaded, read again. With and without script."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rex.archives.asking import prepare_due
from rex.db import Database
from tests.archives.travelling import lines_of
from tests.browser.serving import PageAs, axe_on
from tests.cast import Cast
from tests.making import make_recit


@pytest.mark.parametrize("script", [True, False], ids=["script", "without"])
def test_a_journal_is_taken_away(page_as: PageAs, database: Database, cast: Cast, tmp_path: Path, script: bool):
    # Given Ana, who looks after a journal where a récit is told
    make_recit(database, cast.camille, "Le marché déplacé")
    ana = page_as("ana", java_script_enabled=script)
    ana.goto("/c/valombre/reglages")
    ana.get_by_role("link", name="Archive", exact=True).click()
    if script:
        assert axe_on(ana).response["violations"] == []
    # When she asks for its archive
    ana.get_by_role("button", name="Préparer l’archive").click()
    expect(ana.get_by_role("status").filter(has_text="L’archive se prépare")).to_be_visible()
    if script:
        assert axe_on(ana).response["violations"] == []
    # Then the page, which nobody touches, says when it is ready
    prepare_due(database, "")
    link = ana.get_by_role("link", name="Télécharger l’archive")
    expect(link).to_be_visible(timeout=25_000)
    if script:
        assert axe_on(ana).response["violations"] == []
    # And gives it
    with ana.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("archive-valombre-")
    download.value.save_as(tmp_path / "archive.zip")
    assert [line["titre"] for line in lines_of(tmp_path / "archive.zip")["recits"]] == ["Le marché déplacé"]
    with zipfile.ZipFile(tmp_path / "archive.zip") as archive:
        [page] = [name for name in archive.namelist() if name.endswith("le-marche-deplace-" + name[-19:])]
        assert archive.read(page).decode().startswith("# Le marché déplacé")
    ana.get_by_role("button", name="L’effacer maintenant").click()
    expect(ana.get_by_text("L’archive est effacée de REX.")).to_be_visible()
