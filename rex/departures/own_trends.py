"""What a person wrote beside the figures of one journal: lectures contradictoires, and jalons.

Read as the system under their id, as the rest of what they wrote; the pages that they wrote on are named as they read them."""

from collections.abc import Sequence

from sqlalchemy import select

from rex.access import Reader
from rex.db import RexSession
from rex.departures.own_reach import Journal
from rex.departures.writing import Thing
from rex.journal.suspending import opened
from rex.trends.models import CounterReading, Jalon
from rex.trends.reading_pages import Pages
from rex.trends.subjects import SECTIONS
from rex.trends.voices import name_of_voice

_PAGE = "écrite sur"


def readings(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    """Those that they wrote and nobody withdrew; in a journal that they left, as long as nobody corrected them since. Each with
    itself, for `with_their_pages`."""
    mine = select(CounterReading).where(CounterReading.author_id == user_id, CounterReading.collectif_id == journal.id)
    rows = session.scalars(mine.where(CounterReading.withdrawn_at.is_(None)).order_by(CounterReading.id))
    return [
        {"au sujet de": _about(one), "du": one.starts_on.isoformat(), "au": one.ends_on.isoformat(),
         "signée": name_of_voice(one.service_name, one.college), _PAGE: one,
         "écrit le": one.created_at, "corrigé le": one.corrected_at,
         **(_suspended(one) if journal.saw(one.suspended_at) else {}),
         "texte": opened(session, journal.key_name, CounterReading, one.public_id, one.sealed) if one.sealed else one.words}
        for one in rows
        if journal.saw(one.corrected_at)
    ]  # fmt: skip


def with_their_pages(session: RexSession, reader: Reader, journal: Journal, found: Sequence[Thing]) -> list[Thing]:
    """Through the door: a page is named as this person reads it today. Of a journal that they left, none is: its services and its
    jalons have a name since that is not theirs to know."""
    seat = reader.seat(journal.id)
    pages = Pages(session, reader, seat) if seat else None
    placed = []
    for thing in found:
        reading = thing.get(_PAGE)
        words = pages.of(reading).words if pages and isinstance(reading, CounterReading) else ""
        placed.append({name: words if name == _PAGE else value for name, value in thing.items() if name != _PAGE or words})
    return placed


def jalons(session: RexSession, user_id: int, journal: Journal) -> list[Thing]:
    mine = select(Jalon).where(Jalon.created_by_id == user_id, Jalon.collectif_id == journal.id)
    rows = session.scalars(mine.order_by(Jalon.id))
    return [{"jour": one.day.isoformat(), "posé le": one.created_at, "texte": one.name} for one in rows]


def _suspended(reading: CounterReading) -> Thing:
    return {"suspendu le": reading.suspended_at, "motif de la suspension": reading.suspended_why}


def _about(reading: CounterReading) -> str:
    section = SECTIONS.get(reading.section, reading.section)
    return f"{section}, {reading.subject_name}" if reading.subject_name else section
