"""Requests over the WSGI interface, in turns, with the CPU time of the process: no socket, no server.

Medians of many short turns: on a shared machine a ratio holds where milliseconds do not."""

import io
import re
import secrets
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event
from werkzeug.test import Client, EnvironBuilder

LATER = 20  # pages further, by keyset


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
