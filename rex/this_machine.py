"""While the demonstration is here, whose password is in the documentation, only this machine is answered.

A WSGI application does not know where its server listens (`gunicorn -b 0.0.0.0:8000 wsgi:app`), so each request is asked where it
comes from. Decided once, when the application starts: no request from here costs a statement."""

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from rex.db import Database
from rex.demo.clearing import has_demo

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A name that somebody else chose may lead here (a proxy, a name server that lies to the browser): it is not this machine's.
OWN_NAME = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.IGNORECASE)
REFUSED = """<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cette démonstration ne s’ouvre pas d’ici</title>
<h1>Cette démonstration ne s’ouvre pas d’ici</h1>
<p>Son mot de passe est public\u00a0: elle n’est servie que sur la machine elle-même,
à l’adresse de celle-ci (localhost, 127.0.0.1).</p>
<p>Pour commencer pour de bon, videz-la sur le serveur avec «\u202frex demo clear\u202f».</p>
</html>
""".encode()


def keep_demo_here(app: Flask, database: Database) -> None:
    """Answer this machine alone if the base holds a demonstration now. Once it is cleared, by whichever process, the next request
    from elsewhere is let in, without a restart."""
    if has_demo(database):
        app.wsgi_app = OnlyHere(app.wsgi_app, database)  # as Flask's documentation does


class OnlyHere:
    """The application, closed to other machines until there is nothing left of the demonstration."""

    def __init__(self, app: Wsgi, database: Database) -> None:
        self.app, self.database, self.is_shut = app, database, True

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.is_shut and not is_from_here(environ) and self._still_holds():
            start_response(
                "403 Forbidden",
                [
                    ("Content-Type", "text/html; charset=utf-8"),
                    ("Content-Length", str(len(REFUSED))),
                    ("Cache-Control", "no-store"),
                    ("Content-Security-Policy", "default-src 'none'"),
                    ("X-Content-Type-Options", "nosniff"),
                    ("X-Robots-Tag", "noindex"),
                ],
            )
            return [] if environ.get("REQUEST_METHOD") == "HEAD" else [REFUSED]
        return self.app(environ, start_response)

    def _still_holds(self) -> bool:
        try:
            self.is_shut = has_demo(self.database)
        except SQLAlchemyError:  # nobody can tell: it stays shut
            return True
        return self.is_shut


def is_from_here(environ: dict[str, Any]) -> bool:
    """Whether a request was sent on this machine, to this machine by its own name, and not handed on for another one.

    A proxy that says nothing of whom it serves is known by what browsers add when they send a form: the site that they are on."""
    callers = ",".join(environ.get(name, "") for name in ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP"))
    names = [environ.get("HTTP_HOST", "")]
    if "HTTP_X_FORWARDED_HOST" in environ:
        names += environ["HTTP_X_FORWARDED_HOST"].split(",")
    if environ.get("HTTP_ORIGIN", "null") != "null":  # what a browser says that hides where it is
        names.append(environ["HTTP_ORIGIN"].removeprefix("http://"))
    is_named_here = all(OWN_NAME.fullmatch(name.strip()) for name in names)
    return is_named_here and all(map(_is_own, callers.split(","))) and "HTTP_FORWARDED" not in environ


def _is_own(address: str) -> bool:
    """A loopback address; none at all is a socket of this machine's file system."""
    if not address.strip():
        return True
    try:
        told = ip_address(address.strip())
    except ValueError:
        return False
    within = told.ipv4_mapped if isinstance(told, IPv6Address) else None  # as a socket of both kinds says it
    return (within or told).is_loopback
