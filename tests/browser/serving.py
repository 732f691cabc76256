"""The application served on this machine for a real browser, and the visits that people make with it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import waitress.server
from flask import Flask
from playwright.sync_api import Page

from tests.cast import PASSWORD


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which `app` answers, on a free port, until the block ends."""
    server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=5)


def sign_in(page: Page, live: str, who: str) -> Page:
    """Sign a page in as one of the cast, through the form that people use."""
    page.goto(f"{live}/connexion")
    page.get_by_label("Adresse").fill(f"{who}@exemple.fr")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/connexion" not in url)
    return page


PageAs = Callable[..., Page]
