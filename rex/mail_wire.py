"""The way to the SMTP server: one connection for a run of mails, opened at the first, so that a thousand letters do not greet a
thousand times.

A connection that fell asleep is opened anew before a mail is given to it, never in the middle of one: a mail whose fate is unknown
is tried again later, under the same identifier."""

import contextlib
import smtplib
import ssl
import time
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import SplitResult, unquote, urlsplit

from rex.config import LOOPBACK

MOST = 100  # mails on one connection: servers close it after some number
PATIENCE = 30  # seconds for an answer
DOZES = 5  # seconds after which a connection may have been closed by the other end


class Wire:
    """A connection to the server of this address, used as a context manager."""

    def __init__(self, smtp_url: str | None) -> None:
        self._url = smtp_url
        self._server: smtplib.SMTP | None = None
        self._carried, self._used = 0, 0.0

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._hang_up(politely=True)

    def send(self, message: EmailMessage) -> None:
        """Give a mail to the server; raises what smtplib raises, and the connection is then another one for the next mail."""
        if self._url is None:
            raise ValueError("no SMTP server is configured")
        server = self._server if self._server is not None and self._is_awake(self._server) else self._open(urlsplit(self._url))
        try:
            server.send_message(message)
        except BaseException:
            self._hang_up()
            raise
        self._carried, self._used = self._carried + 1, time.monotonic()

    def _is_awake(self, server: smtplib.SMTP) -> bool:
        awake = self._carried < MOST and time.monotonic() - self._used < DOZES
        if not awake and self._carried < MOST:
            with contextlib.suppress(OSError):  # an SMTPException is one
                awake = server.noop()[0] == 250
        if not awake:
            self._hang_up()
        return awake

    def _open(self, parts: SplitResult) -> smtplib.SMTP:
        host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
        if secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE)
        self._server, self._carried = server, 0
        try:
            server.ehlo()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif parts.username and not secure and host not in LOOPBACK:
                raise smtplib.SMTPNotSupportedError("the server offers no encryption: the password is not sent in clear")
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            self._hang_up()
            raise
        return server

    def _hang_up(self, *, politely: bool = False) -> None:
        """Close; `politely`: say goodbye first. A server that did not answer is not waited for once more."""
        server, self._server = self._server, None
        if server is not None and politely:
            with contextlib.suppress(OSError):
                server.quit()
        if server is not None:
            server.close()
