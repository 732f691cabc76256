"""Every hostile text, shown in a real Chromium without any content security policy, runs nothing and calls nobody."""

from playwright.sync_api import Browser, Dialog, Page, Request

from rex.text import to_html
from tests.ground.hostile import CORPUS

ORIGIN = "http://rex.invalid"
NOTICE = "<script>window.hits = []; window.hit = (what) => window.hits.push(what)</script>"
# What people do by accident: point at things, move the focus, follow a link, open what opens.
TOUCH = """() => {
  for (const element of document.querySelectorAll('#texts *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'toggle', 'load', 'error', 'pointerdown'])
      element.dispatchEvent(new Event(kind, {bubbles: true}));
    if (element.focus) element.focus();
    if (element.tagName === 'A') {
      element.addEventListener('click', (event) => { if (!/^javascript:/i.test(element.href)) event.preventDefault(); });
      element.click();
    }
  }
}"""


class Witness:
    """A page with nothing between it and the texts, and all that it tried to do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.dialogs: list[str] = []
        page.on("dialog", self._dialog)
        page.route("**/*", lambda route: route.fulfill(status=204))
        page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def show(self, body: str) -> None:
        document = f"<!doctype html><meta charset=utf-8>{NOTICE}<main id=texts>{body}</main><p id=after>après</p>"
        self.page.route(f"{ORIGIN}/", lambda route: route.fulfill(content_type="text/html", body=document))
        self.page.goto(f"{ORIGIN}/")
        self.page.evaluate(TOUCH)
        self.page.wait_for_timeout(300)

    def hits(self) -> list[str]:
        return self.page.evaluate("window.hits")

    def elsewhere(self) -> list[str]:
        """Requests for anything but the page and our own uploads."""
        return [url for url in self.asked if url != f"{ORIGIN}/" and not url.startswith(f"{ORIGIN}/fichiers/")]


def test_nothing_runs_and_nobody_is_called(browser: Browser) -> None:
    context = browser.new_context()
    witness = Witness(context.new_page())
    witness.show("\n".join(f"<article>{to_html(text, prefix=f't{rank}-')}</article>" for rank, text in enumerate(CORPUS)))
    assert witness.hits() == []
    assert witness.dialogs == []
    assert witness.elsewhere() == []
    assert witness.page.locator("#texts > article").count() == len(CORPUS), "no text closed its own box"
    assert witness.page.locator("main + #after").count() == 1
    ids = witness.page.eval_on_selector_all("[id]", "found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))
    context.close()


def test_the_witness_sees_what_unsafe_html_does(browser: Browser) -> None:
    """The same page with the texts as they are: the test above would fail, so it watches the right things."""
    context = browser.new_context()
    witness = Witness(context.new_page())
    witness.show("<img src=x onerror=\"window.hit('onerror')\"><a href='javascript:window.hit(1)'>x</a>")
    assert len(witness.hits()) >= 2
    assert witness.elsewhere()
    context.close()


def test_a_text_cannot_reverse_what_follows_it(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    # The box holds no paragraph of its own, as a line in a list would: what is left open would go on after it.
    inside = to_html("avant \u202e renversé &#x202e; \u2067").removeprefix("<p>").removesuffix("</p>")
    page.set_content(f"<meta charset=utf-8><p>{inside}<span id=a>premier</span> <span id=b>second</span></p>")
    left = "one => one.getBoundingClientRect().left"
    assert page.eval_on_selector("#a", left) < page.eval_on_selector("#b", left)
    context.close()
