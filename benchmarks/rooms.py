"""What the pages of a peer group cost, beside the home of the collectif in the same turns: its texts are sealed one by one, its
journal is of 3,000 messages, and it should open as fast as any page."""

import time
from collections.abc import Iterator
from urllib.parse import quote_plus

from flask import Flask
from sqlalchemy import select

from benchmarks.asking import Measured, Request, ask, later_page, measure, statements_of
from rex.journal.models import Entry, EntryKind
from rex.seed.room import SeededRoom

MESSAGES = 3_000
LOOKED_FOR = "réunions équipes"
Row = tuple[str, Measured, Measured | None]  # what is measured, it, the home in the same turns


def rows(app: Flask, room: SeededRoom, slug: str, cookie: str, rounds: int, each: int) -> Iterator[Row]:
    """Every page of the room with the home of the collectif; the first search apart, which opens every text once."""
    home = Request(f"/c/{slug}/", cookie)
    ask(app, home)
    search = Request(f"/groupes-de-pairs/{room.group}/recherche?q={quote_plus(LOOKED_FOR)}", cookie)
    began = time.process_time()
    size = ask(app, search)
    yield "chercher, la première fois", Measured([(time.process_time() - began) * 1000], statements_of(app, search), size), None
    for name, request in pages(app, room, slug, cookie):
        ours, beside = measure([(app, request), (app, home)], rounds, each)
        ours.statements = statements_of(app, request)
        yield name, ours, beside


def pages(app: Flask, room: SeededRoom, slug: str, cookie: str) -> Iterator[tuple[str, Request]]:
    """What is measured: the room, its thread, an entry with fifty messages, what each phase of a séance shows most of."""
    here = f"/groupes-de-pairs/{room.group}"
    with app.extensions["rex"].database.system("entries of the room to measure") as session:
        newest = select(Entry.public_id).where(Entry.audience == "groupe").order_by(Entry.published_at.desc(), Entry.id.desc())
        difficulty = session.scalars(newest.where(Entry.kind == EntryKind.DIFFICULTY)).first()
        recit = session.scalars(newest.where(Entry.kind == EntryKind.RECIT)).first()
    yield "le groupe", Request(here, cookie)
    yield "tout le fil", Request(f"{here}/fil", cookie)
    yield "le fil, dernière page", Request(later_page(app, f"{here}/fil", cookie, r'rel="next" href="([^"]+)"'), cookie)
    yield "difficulté, 50 messages", Request(f"/difficultes/{difficulty}", cookie)
    yield "récit du groupe", Request(f"/recits/{recit}", cookie)
    yield "chercher, ensuite", Request(f"{here}/recherche?q={quote_plus(LOOKED_FOR)}", cookie)
    yield "mes groupes", Request("/groupes-de-pairs/tous", cookie)
    yield "séance, dépôts scellés", Request(f"{here}/seances/{room.seance}", cookie)
    yield "séance, où elle en est", Request(f"{here}/seances/{room.seance}/etat", cookie)
    yield "atelier, 40 dépôts ouverts", Request(f"/c/{slug}/seances/{room.workshop}", cookie)
