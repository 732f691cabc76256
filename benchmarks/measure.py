"""Both applications in the same process and in turns, over the WSGI interface, with the CPU time of the process.

Medians of many short turns: on a shared machine a ratio holds where milliseconds do not. No socket, no server."""

import io
import re
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import Client, EnvironBuilder

from benchmarks import limit
from rex import create_app, opening
from rex.collectifs.models import Collectif
from rex.config import config_from
from rex.demo.loader import PASSWORD
from rex.journal.models import Action, Recit
from rex.seed.load import load
from rex.seed.people import SIGN_IN

FOUND, COMMON = "couloir", "semaine"  # said by one text in forty, by one in five
LATER = 20  # pages further, by keyset
WORDS = "Une réponse pour la mesure, avec quelques mots de plus pour faire une phrase ordinaire."


@dataclass
class Request:
    """One request to send again and again; a form gets a new key each time, as on a page."""

    path: str
    cookie: str
    expect: int = 200
    form: dict[str, str] | None = None

    def environ(self) -> dict[str, Any]:
        sent = {**self.form, "idempotency_key": secrets.token_urlsafe(18)} if self.form is not None else {}
        body = urlencode(sent).encode()
        builder = EnvironBuilder(self.path, method="POST" if body else "GET", headers=[("Cookie", self.cookie)])
        found = builder.get_environ()
        if body:
            found |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
            found["wsgi.input"] = io.BytesIO(body)
        return found


@dataclass
class Measured:
    """CPU milliseconds of each turn, statements of one request, bytes of its answer."""

    turns: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0

    @property
    def ms(self) -> float:
        return statistics.median(self.turns)


Row = tuple[str, Measured, Measured | None]  # what is measured, REX, the limit


def run(folder: Path, recits: int, rounds: int = 15, each: int = 10) -> Iterator[Row]:
    """Seed a base of that size in `folder`, build the limit beside it, and measure page by page."""
    settings = {"REX_DATA_DIR": str(folder), "REX_LOG_LEVEL": "ERROR"}
    database = opening.open_database(config_from(settings))
    opening.prepare(database)
    told = load(database, recits, 1)
    limit.build(database, told.slug, folder / "limit.db")
    database.dispose()
    ours, theirs = create_app(settings), limit.make_app(str(folder / "limit.db"))
    for name, mine, other in pages(ours, theirs, told.slug):
        measured = measure([(ours, mine), (theirs, other)] if other else [(ours, mine)], rounds, each)
        measured[0].statements = statements_of(ours, mine)
        yield name, measured[0], measured[1] if other else None


def pages(ours: Flask, theirs: Flask, slug: str) -> Iterator[tuple[str, Request, Request | None]]:
    """What is measured, on both sides."""
    with ours.extensions["rex"].database.system("which récit has fifty messages") as session:
        here = Recit.collectif_id == session.scalars(select(Collectif.id).where(Collectif.slug == slug)).one()
        newest = select(Recit.id, Recit.public_id, Recit.audience, Action.public_id.label("action"))
        last = session.execute(
            newest.join(Action, Action.id == Recit.action_id).where(here).order_by(Recit.published_at.desc(), Recit.id.desc())
        ).first()
        quiet = session.execute(newest.join(Action, Action.id == Recit.action_id).where(here).order_by(Recit.id)).first()
    assert last is not None and quiet is not None
    cookie, csrf = sign_in(ours)
    other_cookie, other_csrf = sign_in_to_the_limit(theirs)
    listed, other_list = f"/c/{slug}/recits", "/list"
    yield "liste des récits", Request(listed, cookie), Request(other_list, other_cookie)
    later = later_page(ours, listed, cookie, r'rel="next" href="([^"]+)"')
    other_later = later_page(theirs, other_list, other_cookie, r'href="(\?before=[^"]+)"')
    yield "liste, 20 pages plus loin", Request(later, cookie), Request(other_later, other_cookie)
    yield "récit, 50 messages", Request(f"/recits/{last.public_id}", cookie), Request(f"/post/{last.id}", other_cookie)
    yield "recherche", Request(f"/recherche?q={FOUND}", cookie), Request(f"/search?q={FOUND}", other_cookie)
    yield "recherche, mot courant", Request(f"/recherche?q={COMMON}", cookie), Request(f"/search?q={COMMON}", other_cookie)
    form = {"csrf_token": csrf, "posture": "resonance", "devant": quiet.audience.value, "texte": WORDS}
    other_form = {"csrf_token": other_csrf, "body": f"<p>{WORDS}</p>"}
    yield (
        "répondre à un récit",
        Request(f"/recits/{quiet.public_id}/repondre", cookie, 303, form),
        Request(f"/post/{quiet.id}/comment", other_cookie, 303, other_form),
    )
    yield "accueil du journal", Request(f"/c/{slug}/", cookie), None
    yield "action", Request(f"/actions/{last.action}", cookie), None
    yield "boussole", Request("/boussole", cookie), None


def sign_in(app: Flask) -> tuple[str, str]:
    """By the form, as a person: (the cookie, a token for forms)."""
    client = Client(app)
    token = r'name="csrf_token" value="([^"]+)"'
    form = {"email": SIGN_IN, "password": PASSWORD, "csrf_token": _found(token, client.get("/connexion").text)}
    client.post("/connexion", data=form)
    csrf = _found(token, client.get("/aide").text)
    name = app.config["SESSION_COOKIE_NAME"]
    kept = client.get_cookie(name)
    assert kept is not None
    return f"{name}={kept.value}", csrf


def sign_in_to_the_limit(app: Flask) -> tuple[str, str]:
    client = Client(app)
    csrf = client.get("/login").text
    kept = client.get_cookie("session")
    assert kept is not None
    return f"session={kept.value}", csrf


def later_page(app: Flask, path: str, cookie: str, link: str) -> str:
    """The address of the page that one reaches by asking for the next one as often."""
    first = path
    for _ in range(LATER):
        answered = Client(app, use_cookies=False).get(path, headers={"Cookie": cookie}).text
        found = re.search(link, answered)
        if found is None:
            return path
        address = found[1].replace("&amp;", "&")
        path = first + address if address.startswith("?") else address
    return path


def measure(sides: list[tuple[Flask, Request]], rounds: int, each: int) -> list[Measured]:
    """`rounds` turns of `each` requests a side; one that does not answer as it should is an error, not a measure."""
    found = [Measured(size=ask(app, request)) for app, request in sides]
    for app, request in sides:
        for _ in range(each):
            ask(app, request)
    for _ in range(rounds):
        for (app, request), side in zip(sides, found, strict=True):
            environs = [request.environ() for _ in range(each)]
            began = time.process_time()
            for environ in environs:
                _answered(app, environ)
            side.turns.append((time.process_time() - began) * 1000 / each)
    return found


def statements_of(app: Flask, request: Request) -> int:
    """How many statements one such request sends."""
    seen: list[str] = []
    note: Callable[..., None] = lambda _connection, _cursor, statement, *_: seen.append(statement)  # noqa: E731
    engine = app.extensions["rex"].database.engine
    event.listen(engine, "before_cursor_execute", note)
    ask(app, request)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def ask(app: Flask, request: Request) -> int:
    """Send it once and look at the status; the bytes of the answer."""
    status, size = _answered(app, request.environ())
    if status != request.expect:
        raise RuntimeError(f"{request.path}: {status}, {request.expect} expected")
    return size


def _answered(app: Flask, environ: dict[str, Any]) -> tuple[int, int]:
    status: list[int] = []

    def start(line: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
        status.append(int(line[:3]))
        return lambda _body: None

    answer: Any = app(environ, start)
    size = sum(map(len, answer))
    answer.close()
    return status[0], size


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"nothing matches {pattern}")
    return found[1]
