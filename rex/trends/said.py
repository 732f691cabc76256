"""How lectures contradictoires are said outside of their own pages, to the members of their journal: by their voice and by what
they stand beside, never by a word of theirs."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select

from rex.access import Reader
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.notices.of_readings import ReadingSaid
from rex.trends.models import CounterReading
from rex.trends.readings import list_of, may_open
from rex.trends.subjects import SECTIONS
from rex.trends.voices import name_of_voice


class ReadingsSaid:
    """What this room answers to the notices (`rex.notices.of_readings.Speaking`)."""

    def read(self, session: RexSession, reader: Reader, ids: Collection[int]) -> list[ReadingSaid]:
        here = CounterReading.id.in_(ids), CounterReading.collectif_id.in_(reader.collectif_ids)
        rows = session.scalars(select(CounterReading).where(*here, CounterReading.withdrawn_at.is_(None)))
        return [one for one in (_said(reader, row) for row in rows) if one is not None]

    def space_of(self, session: RexSession, reading_id: int) -> int:
        with session.as_system("of which collectif a lecture is, none of its words"):
            return session.scalars(select(CounterReading.collectif_id).where(CounterReading.id == reading_id)).one()

    def named(self, session: RexSession, names: Collection[str]) -> list[int]:
        return _ids(session, CounterReading.public_id.in_(names))

    def of_spaces(self, session: RexSession, names: Collection[str]) -> list[int]:
        return _ids(session, or_(Space.public_id.in_(names), Space.slug.in_(names)))


def _ids(session: RexSession, which: ColumnElement[bool]) -> list[int]:
    with session.as_system("which lectures a page was about, none of their words"):
        query = select(CounterReading.id).join(Space, Space.id == CounterReading.collectif_id)
        return list(session.scalars(query.where(which)))


def heading_of(reading: CounterReading) -> str:
    """« Lecture contradictoire signée Voirie, « Mois après mois » »."""
    section = SECTIONS.get(reading.section, "")
    voice = name_of_voice(reading.service_name, reading.college)
    return f"Lecture contradictoire signée {voice}" + (f", « {section} »" if section else "")


def _said(reader: Reader, row: CounterReading) -> ReadingSaid | None:
    seat = reader.seat(row.collectif_id)
    if seat is None:
        return None
    pages = list_of(seat)
    return ReadingSaid(
        id=row.id,
        public_id=row.public_id,
        url=f"{pages}/{row.public_id}" if may_open(reader, row) else pages,
        title=heading_of(row),
        is_suspended=row.suspended_at is not None,
        collectif=seat.collectif_name,
        collectif_slug=seat.collectif_slug,
    )
