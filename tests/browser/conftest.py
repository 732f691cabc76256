"""A real Chromium for the tests that need one; without it they are skipped, or fail when the run requires it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import missing


def chromium_path() -> str | None:
    """Where Chromium is: the one REX_CHROMIUM names, else the first found in PATH."""
    names = (os.environ.get("REX_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run; each test opens its own context in it."""
    path = chromium_path()
    if path is None:
        missing("browser", "no Chromium in PATH, and REX_CHROMIUM names none")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()
