"""How waitress speaks HTTP for us: nothing spills in clear into files, no secret in its log, its own refusal in French."""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any
from urllib.parse import quote

from waitress.buffers import FileBasedBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

from rex.collectifs.capabilities import mask
from rex.config import Config
from rex.spool import Spool
from rex.web import FILES_LIMIT, FORM_LIMIT

log = logging.getLogger("rex.requests")

BODY_LIMIT = FILES_LIMIT + FORM_LIMIT  # above what any form may carry
MOST_DROPPED = 4 * 1024**3  # a film chosen by mistake; beyond, the connection is cut
NEVER = 1024**3  # more than any page: no answer goes through a temporary file
TOO_LARGE = "C’est trop lourd. Une page accepte 16\u00a0Mo, 64\u00a0Mo avec des fichiers. Revenez en arrière, puis recommencez."


def settings_of(config: Config) -> dict[str, Any]:
    """The settings of waitress for this installation."""
    settings: dict[str, Any] = {
        "ident": "",
        "max_request_body_size": BODY_LIMIT,
        "inbuf_overflow": NEVER,
        "outbuf_overflow": NEVER,
        "connection_limit": 1000,
        "asyncore_use_poll": True,
        "clear_untrusted_proxy_headers": config.is_https,  # else nobody believes them, and they betray a proxy (`this_machine`)
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
    """The one refusal that the application never sees, in French: of what no browser sends."""

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        return "413 Content Too Large", [("Content-Type", "text/plain; charset=utf-8")], TOO_LARGE.encode()


class Parser(HTTPRequestParser):
    """waitress's own, where what waits to be read neither fills the memory nor lies in clear on the disk.

    A body beyond `BODY_LIMIT` is let by without being kept, so that its sender, who reads nothing before having sent everything,
    gets a page: the application draws it, which has its weight."""

    still_to_drop = 0

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = FileBasedBuffer(Spool(FORM_LIMIT))

    def received(self, data: bytes) -> int:
        if self.still_to_drop:
            return self._drop(data)
        taken = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge) and not isinstance(self.error, TooLarge):
            self.error = TooLarge(self.error.body)
            if not self.chunked and self.content_length <= MOST_DROPPED:
                self.error, self.completed, self.still_to_drop = None, False, self.content_length
        return taken

    def _drop(self, data: bytes) -> int:
        taken = min(len(data), self.still_to_drop)
        self.still_to_drop -= taken
        self.completed = not self.still_to_drop
        return taken


class Channel(HTTPChannel):
    """A connection that reads requests with `Parser`."""

    parser_class = Parser
