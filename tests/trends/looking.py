"""Pages of trends as tests look at them: their tables, and every figure that a section holds, whatever the section."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from werkzeug.test import TestResponse

from rex import clock
from rex.access import Reader
from rex.db import RexSession
from rex.trends.asked import Place, asked_from
from rex.trends.jalons import jalons_of
from rex.trends.look import Look, look_at
from rex.trends.page import Page, page_of
from rex.trends.tables import Cell

RESEAU = Place(None, "", "Réseau", "Europe/Paris")
VALOMBRE = "valombre"
FILES = ("exporter/csv", "exporter/ods", "exporter/xlsx", "rapport/md", "rapport/html", "rapport/docx", "rapport/odt", "imprimer")


def place_of(reader: Reader, slug: str = VALOMBRE) -> Place:
    """The journal of this name; the réseau for no name."""
    if not slug:
        return RESEAU
    seat = reader.in_collectif(slug)
    assert seat is not None
    return Place(seat.collectif_id, seat.collectif_slug, seat.collectif_name, seat.timezone)


def look_of(session: RexSession, reader: Reader, given: dict[str, str] | None = None, slug: str = VALOMBRE) -> Look:
    place = place_of(reader, slug)
    jalons = jalons_of(session, reader, place.collectif_id) if place.collectif_id else []
    return look_at(session, reader, asked_from(given or {}, place, clock.today(place.timezone), jalons), jalons)


def said_by(page: Page) -> dict[str, Any]:
    """All that a page says as figures: its numbers, its paragraph, the tables of its sections."""
    said: dict[str, Any] = {"numbers": page.numbers, "lead": page.lead}
    return said | {one.key: (one.title, one.tables) for one in page.sections}


def saying(session: RexSession, reader: Reader, given: dict[str, str] | None = None, slug: str = VALOMBRE) -> dict[str, Any]:
    return said_by(page_of(look_of(session, reader, given, slug)))


def cells_of(thing: Any) -> Iterator[Cell]:
    """Every figure that something holds, however deep."""
    if isinstance(thing, Cell):
        yield thing
    elif isinstance(thing, dict):
        for one in thing.values():
            yield from cells_of(one)
    elif isinstance(thing, (tuple, list)):
        for one in thing:
            yield from cells_of(one)
    elif is_dataclass(thing) and not isinstance(thing, (type, Look)):
        for one in fields(thing):
            yield from cells_of(getattr(thing, one.name))


def main_of(page: str) -> str:
    """What a page says, without what stands around it (news that wait) nor what is another each time (keys, next pages)."""
    body = page[page.index("<main") : page.index("</main>")]
    return re.sub(r'name="(csrf_token|idempotency_key)" value="[^"]*"|apres=[^"&]*', "", body)


def words_of(answer: TestResponse) -> str:
    """A page or a file in words: what it says, whatever the hour at which it was asked for."""
    if answer.mimetype == "text/html":
        page = answer.get_data(as_text=True)
        said = main_of(page) if "<main" in page else page
    elif answer.data[:2] == b"PK":
        with ZipFile(BytesIO(answer.data)) as inside:
            said = "\n".join(f"{name}\n{inside.read(name).decode('utf-8', 'replace')}" for name in sorted(inside.namelist()))
    else:
        said = answer.get_data(as_text=True)
    said = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z?", "(moment)", said)
    return re.sub(r"\d{1,2}[ \u00a0\u202f]h([ \u00a0\u202f]?\d\d)?", "(heure)", said)
