"""A test client that reads each page like a proof-reader: one h1, a title that begins with it, labelled fields, no inline
script or style, French typography. What it finds is an assertion error on the page that has it."""

import re
import secrets
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from rex.collectifs.entrance import open_device
from rex.db import System

IN_A_GROUP = "Groupe de pairs"  # the whole title of its pages: the browser's history and tabs say no more
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "code", "pre", "textarea", "kbd", "samp"}
NEEDS_LABEL = {"input", "textarea", "select"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
# a plain space (or none) before ; ! ? :, a straight apostrophe between letters, a plain space inside « »
WRONG_FRENCH = re.compile(r"\w'\w|« |\S »(?<=\u0020»)| [;!?»]|[a-zà-ÿ] :(?=\s|$)|\w[;!?](?=\s|$)")


class Page(HTMLParser):
    """The facts of a page that the proof-reader looks at."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.h1: list[str] = []
        self.title = ""
        self.levels: list[int] = []
        self.labels_for: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.faults: list[str] = []
        self.texts: list[str] = []
        self.stack: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag not in VOID:
            self.stack.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "style" in given or tag == "style" or any(k.startswith("on") for k in given):
            self.faults.append(f"inline style or handler on <{tag}>")
        if tag == "script" and "nonce" not in given:
            self.faults.append("a script without a nonce")
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
            if tag == "h1":
                self.h1.append("")
        if tag == "label" and "for" in given:
            self.labels_for.add(given["for"])
        if tag in NEEDS_LABEL and given.get("type", "text") not in UNLABELLED_TYPES:
            given["inside label"] = "yes" if "label" in self.stack else ""
            self.fields.append(given)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self.stack and "svg" not in self.stack:
            self.title += data
        elif "h1" in self.stack:
            self.h1[-1] += data
        if not SILENT.intersection(self.stack) and data.strip():
            self.texts.append(data)


def proof_read(html: str) -> list[str]:
    """What is wrong in a page, in words; empty when nothing is."""
    page = Page(html)
    faults = list(page.faults)
    if "<!doctype" not in html[:200].lower():
        pass  # a fragment, which a page takes in
    elif len(page.h1) != 1:
        faults.append(f"{len(page.h1)} h1")
    else:
        heading, title = (" ".join(t.split()) for t in (page.h1[0], page.title))
        in_a_group = 'class="in-room"' in html and title.endswith(IN_A_GROUP)
        if not in_a_group and not title.removeprefix("Erreur : ").startswith(heading):
            faults.append(f"the title « {title} » does not begin with the h1 « {heading} »")
    for before, after in zip(page.levels, page.levels[1:], strict=False):
        if after > before + 1:
            faults.append(f"a heading jumps from h{before} to h{after}")
    doubles = {i for i in page.ids if page.ids.count(i) > 1}
    if doubles:
        faults.append(f"ids used twice: {sorted(doubles)}")
    for field in page.fields:
        if not (field["inside label"] or field.get("id") in page.labels_for or "aria-label" in field or "aria-labelledby" in field):
            faults.append(f"a field without a label: {field.get('name')}")
    for words in page.texts:
        wrong = WRONG_FRENCH.search(words)
        if wrong:
            faults.append(f"typography near « {words[max(0, wrong.start() - 25) : wrong.end() + 15]} »")
    return faults


class ReadingClient(FlaskClient):
    """Follows no redirect by itself, proof-reads each HTML page, and fills a form's keys in."""

    proof_reads = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if self.proof_reads and response.mimetype == "text/html" and response.data:
            faults = proof_read(response.get_data(as_text=True))
            assert not faults, f"{response.request.method} {response.request.path}: {faults}"
        return response

    def csrf(self, page: str | None = None) -> str:
        """A token for a form: made from the session, as a page would, or read from a page that has one."""
        if page is None:
            with self.session_transaction() as session:
                raw = session.setdefault("csrf_token", secrets.token_hex(20))
            return URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token").dumps(raw)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page).get_data(as_text=True))
        assert found, f"no form on {page}"
        return found[1]

    def send(self, path: str, data: dict[str, Any] | None = None, page: str | None = None, **kwargs: Any) -> TestResponse:
        """Post a form as a browser would, with its CSRF token."""
        return self.post(path, data={"csrf_token": self.csrf(page), **(data or {})}, **kwargs)

    def enter(self, user_id: int) -> None:
        """Be signed in, as after the sign-in form: a device in the base, its token in the cookie."""
        with self.application.extensions["rex"].database.session(System("a test signs in"), write=True) as session:
            token = open_device(session, user_id, "", stays=True)
            session.commit()
        with self.session_transaction() as session:
            session.update(_user_id=token, _fresh=True)

    def sign_in(self, address: str, password: str) -> TestResponse:
        data = {"email": address, "password": password, "csrf_token": self.csrf("/connexion")}
        response = self.post("/connexion", data=data)
        assert response.status_code in (302, 303), response.get_data(as_text=True)[-2000:]
        return response
