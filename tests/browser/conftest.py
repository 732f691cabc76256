"""A real Chromium for the tests that need one; without it they are skipped, or fail when the run requires it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.serving import PageAs, serving, sign_in
from tests.conftest import missing

expect.set_options(timeout=10_000)  # the machine of a test may be slow; what never comes still fails
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A browser sees no difference between the two engines: its tests run on the embedded one."""
    here = Path(__file__).parent
    twice = [item for item in items if here in item.path.parents and "postgres" in item.nodeid.rpartition("[")[2]]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in twice]


def chromium_path() -> str | None:
    """Where Chromium is: the one REX_CHROMIUM names, else the first found in PATH."""
    names = (os.environ.get("REX_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    path = chromium_path()
    if path is None:
        missing("browser", "no Chromium in PATH, and REX_CHROMIUM names none")
        raise LookupError("missing() never returns")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """One headless Chromium for the whole run; each test opens its own context in it."""
    opened = playwright.chromium.launch(executable_path=chromium, headless=True, args=ARGUMENTS)
    yield opened
    opened.close()


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    """The address of the application, served on this machine for one test."""
    with serving(app) as address:
        yield address


@pytest.fixture
def page_as(browser: Browser, live: str) -> Iterator[PageAs]:
    """`page_as("camille", **options of the context)`: a page of a browser of her own in which Camille is signed in.

    `page_as(None)`: nobody is. A script that fails on any of these pages fails the test."""
    contexts, faults = [], []

    def open_page(who: str | None, **options: Any) -> Page:
        context = browser.new_context(base_url=live, locale="fr-FR", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return sign_in(page, live, who) if who else page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, f"a script failed: {faults}"
