"""What is measured: REX and the least that the same pages could cost, in the same process and in turns; then the rooms."""

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.test import Client

from benchmarks import limit, rooms
from benchmarks.asking import Measured, Request, later_page, measure, statements_of
from rex import create_app, opening
from rex.collectifs.models import Collectif
from rex.config import config_from
from rex.demo.loader import PASSWORD
from rex.journal.models import Action, Recit
from rex.seed.load import load
from rex.seed.people import SIGN_IN

FOUND, COMMON = "couloir", "semaine"  # said by one text in forty, by one in five
WORDS = "Une réponse pour la mesure, avec quelques mots de plus pour faire une phrase ordinaire."
Row = tuple[str, Measured, Measured | None]  # what is measured, REX, what it is compared with


class Bench:
    """A base seeded in a folder of its own, REX on it, and the limit beside it."""

    def __init__(self, folder: Path, recits: int, rounds: int = 15, each: int = 10) -> None:
        settings = {"REX_DATA_DIR": str(folder), "REX_LOG_LEVEL": "ERROR"}
        database = opening.open_database(config_from(settings))
        opening.prepare(database)
        self.told = load(database, recits, 1, messages=rooms.MESSAGES)
        limit.build(database, self.told.slug, folder / "limit.db")
        database.dispose()
        self.ours, self.theirs = create_app(settings), limit.make_app(str(folder / "limit.db"))
        self.turns = rounds, each

    def pages(self) -> Iterator[Row]:
        """Page by page, beside the limit where it has the same one."""
        for name, mine, other in pages(self.ours, self.theirs, self.told.slug):
            measured = measure([(self.ours, mine), (self.theirs, other)] if other else [(self.ours, mine)], *self.turns)
            measured[0].statements = statements_of(self.ours, mine)
            yield name, measured[0], measured[1] if other else None

    def rooms(self) -> Iterator[Row]:
        """The pages of a peer group, beside the home of its collectif."""
        assert self.told.room is not None
        cookie, _ = sign_in(self.ours)
        yield from rooms.rows(self.ours, self.told.room, self.told.slug, cookie, *self.turns)


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
    both = f"{FOUND}+{COMMON}"
    yield "recherche, deux mots", Request(f"/recherche?q={both}", cookie), Request(f"/search?q={both}", other_cookie)
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


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"nothing matches {pattern}")
    return found[1]
