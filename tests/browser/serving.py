"""The application served on this machine for a real browser, and the visits that people make with it."""

import re
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from html import unescape

import waitress.server
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from waitress.wasyncore import close_all

from tests.cast import PASSWORD


@contextmanager
def serving(app: Flask) -> Generator[str]:
    """The address at which `app` answers, on a free port, until the block ends."""
    server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: close_all(server._map))  # in the thread that reads these sockets
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()


def sign_in(page: Page, live: str, who: str) -> Page:
    """Sign a page in as one of the cast, through the form that people use."""
    page.goto(f"{live}/connexion")
    page.get_by_label("Adresse").fill(f"{who}@exemple.fr")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/connexion" not in url)
    return page


PageAs = Callable[..., Page]


def start_writing(page: Page) -> str:
    """« Écrire un REX », from wherever the page is; returns the address of the canvas."""
    page.locator("header, nav").get_by_role("button", name="Écrire").first.click()
    page.wait_for_url("**/edition")
    return page.url


def kept(page: Page, slug: str, address: str | None = None) -> str:
    """What the server holds of a field, as it would draw it for a browser that knows nothing."""
    html = page.request.get(address or page.url).text()
    found = re.search(rf'<textarea[^>]* name="{slug}"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    assert found, f"no field {slug} on this page"
    return unescape(found[1])


def axe_on(page: Page) -> AxeResults:
    """What axe finds on the page, once it is all there."""
    page.wait_for_load_state()  # a click returns as the next page begins to arrive, and half a page has other faults
    return Axe().run(page)


def eventually(what: Callable[[], object], expected: object, *, within: float = 10) -> None:
    """Wait until `what()` is `expected`; fail with what it was instead."""
    end = time.monotonic() + within
    while (seen := what()) != expected:
        assert time.monotonic() < end, f"{seen!r} instead of {expected!r}"
        time.sleep(0.1)
