"""The embedded server: waitress on one address, its ticker, its log. A page never spills into a file on its way.

The demonstration, whose password is in the documentation, is served to this machine only."""

import errno
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from waitress.server import create_server

from rex import chores, create_app, opening, ticker
from rex.collectifs.cli import first_account_link
from rex.config import LOOPBACK, Config
from rex.db import Database
from rex.demo import loader
from rex.demo.clearing import has_demo
from rex.refusals import Refused
from rex.serving import AccessLog, Channel, settings_of
from rex.this_machine import keep_demo_here


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def is_local(self) -> bool:
        return self.host in LOOPBACK

    @property
    def url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def serve(config: Config, address: Address, *, threads: int = 8, demo: bool = True, dev: bool = False) -> None:
    """Open the base, load the demonstration into one that was never used, and answer until a signal says stop."""
    config = replace(config, dev=config.dev or dev)
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    listening = listen(address)
    try:
        app = create_app(config)
        database: Database = app.extensions["rex"].database
        for sentence in opening.prepare(database):
            _say(f"Attention\u00a0: {sentence}", sys.stderr)
        is_here = address.is_local and is_local(config.base_url)
        if demo and is_here and loader.is_loadable(database):
            _say("REX installe la démonstration…", sys.stderr)
            loader.load(database, quick=config.quick_hashes)
        refuse_public_demo(database, is_here)
        keep_demo_here(app, database)
        _greet(database, config, address)
        # what the ticker writes leads to where we answer, when no public address is named
        told = config if config.base_url or not address.is_local else replace(config, base_url=address.url)
        settle()
        _answer(app, config, listening, threads, lambda: chores.do_all(database, told))
    finally:
        listening.close()


def for_a_server() -> Flask:
    """The application for a WSGI server that listens by itself, with the settings of the environment. Raises Refused."""
    app = create_app()
    installation = app.extensions["rex"]
    try:
        refuse_public_demo(installation.database, is_local(installation.config.base_url))
        keep_demo_here(app, installation.database)
    finally:
        installation.database.dispose()  # processes that are forked from here share no connection
    settle()
    return app


def settle() -> None:
    """Leave what the application is made of out of the rounds of the garbage collector: it stays as long as the process, and
    looking at all of it again took a third of a second, in the middle of a page."""
    gc.collect()
    gc.freeze()


def refuse_public_demo(database: Database, is_local: bool) -> None:
    """Raise Refused when demo accounts would be reachable from elsewhere."""
    if not is_local and has_demo(database):
        raise Refused(
            "La base contient la démonstration, dont le mot de passe est public\u00a0: elle ne s’ouvre que sur cette machine. "
            "Lancez d’abord «\u00a0rex demo clear\u00a0»."
        )


def is_local(base_url: str | None) -> bool:
    """Whether the public address leads to this machine alone."""
    return base_url is None or urlsplit(base_url).hostname in LOOPBACK


def listen(address: Address) -> socket.socket:
    """Take the address before anything else is touched; Refused when it cannot be had."""
    taking: socket.socket | None = None
    try:
        family, kind, proto, _, where = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        taking = socket.socket(family, kind, proto)
        taking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taking.bind(where)
        taking.listen()
    except OSError as error:
        if taking is not None:
            taking.close()
        raise Refused(_why_not(address, error)) from error
    return taking


def _why_not(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Le port {address.port} est déjà pris, peut-être par REX lui-même\u00a0: ouvrez {address.url} "
            f"ou lancez «\u00a0rex serve --port {address.port + 1}\u00a0»."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Le port {address.port} est réservé au système\u00a0: choisissez-en un au-dessus de 1024."
    return f"L’adresse «\u00a0{address.host}\u00a0» n’est pas celle de cette machine\u00a0: essayez --host 127.0.0.1."


def _greet(database: Database, config: Config, address: Address) -> None:
    root = config.base_url or address.url
    _say(f"REX est ouvert\u00a0: {root}")
    if not opening.has_administrator(database):
        loader.begin_without(database)
        _say(f"Créez le premier compte, avec cette adresse qui sert une seule fois\u00a0: {first_account_link(database, root)}")
    elif has_demo(database):
        _say(f"Pour essayer, entrez avec {', '.join(loader.SIGN_INS)}.\nMot de passe\u00a0: {loader.PASSWORD}")
    _say("Pour arrêter\u00a0: Ctrl+C.")


def _answer(app: Flask, config: Config, listening: socket.socket, threads: int, tick: Callable[[], object]) -> None:
    database: Database = app.extensions["rex"].database
    server = create_server(AccessLog(app.wsgi_app), sockets=[listening], threads=threads, **settings_of(config))
    server.channel_class = Channel
    before = signal.signal(signal.SIGTERM, _stop)
    ticking = ticker.start(tick)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):  # between two turns of its loop
        server.close()
    finally:
        ticking.set()
        signal.signal(signal.SIGTERM, before)
        database.dispose()
    _say("REX est arrêté.")


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def _say(line: str, where: Any = None) -> None:
    print(line, file=where or sys.stdout, flush=True)
