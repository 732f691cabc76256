"""How waitress speaks HTTP for us: nothing spills into files, no secret in its log, its own refusal in French."""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any
from urllib.parse import quote

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

from rex.collectifs.capabilities import mask
from rex.config import Config
from rex.web import FORM_LIMIT

log = logging.getLogger("rex.requests")

BODY_LIMIT = 2 * FORM_LIMIT  # above what a form may carry: its 413 is then a page, which says what to do
NEVER = 1024**3  # more than any page: neither a body nor an answer goes through a temporary file
TOO_LARGE = "C’est trop lourd. Une page accepte 16\u00a0Mo\u00a0: partagez votre texte en plusieurs parties, puis recommencez."


def settings_of(config: Config) -> dict[str, Any]:
    """The settings of waitress for this installation."""
    settings: dict[str, Any] = {
        "ident": "",
        "max_request_body_size": BODY_LIMIT,
        "inbuf_overflow": NEVER,
        "outbuf_overflow": NEVER,
        "connection_limit": 1000,
        "asyncore_use_poll": True,
        "clear_untrusted_proxy_headers": True,
    }
    if config.is_https:  # a reverse proxy of this machine stands in front: it alone may say who calls
        settings |= {
            "url_scheme": "https",
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for"},
        }
    return settings


class AccessLog:
    """One line a request: method, path without its question and its secrets, status, time. No name, no text."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, seen = perf_counter(), ["-"]

        def start(status: str, *rest: Any) -> Any:
            seen[0] = status[:3]
            return start_response(status, *rest)

        try:
            return self.app(environ, start)
        finally:
            path = mask(quote(environ.get("PATH_INFO", "").encode("latin-1")))[:200]
            log.info("%s %s %s %.0f ms", environ.get("REQUEST_METHOD"), path, seen[0], (perf_counter() - began) * 1000)


class TooLarge(RequestEntityTooLarge):
    """The one refusal that the application never sees, in French."""

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        return "413 Content Too Large", [("Content-Type", "text/plain; charset=utf-8")], TOO_LARGE.encode()


class Parser(HTTPRequestParser):
    """waitress's own, with our words for a body that is too large."""

    def received(self, data: bytes) -> int:
        taken = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge) and not isinstance(self.error, TooLarge):
            self.error = TooLarge(self.error.body)
        return taken


class Channel(HTTPChannel):
    """A connection that reads requests with `Parser`."""

    parser_class = Parser
