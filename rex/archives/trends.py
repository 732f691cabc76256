"""Beside figures: named dates, and how a service or a collège reads them otherwise, as lines. No figure is in an archive: they are
counted from the texts. Who wrote a reading stands on no page, and on no line."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from rex.access import MembershipView, Reader
from rex.archives.reading import services
from rex.archives.shape import Line, said_at
from rex.db import RexSession
from rex.trends.asked import YEAR_BEFORE
from rex.trends.models import CounterReading, Jalon
from rex.trends.reading_pages import Pages
from rex.trends.subjects import TENSIONS, name_today

# Of the page that a reading was written on: here → in an address.
FILTERS = {"enjeu": "enjeu", "balise": "balise", "service": "service", "college": "college", "jalon": "avec", "avec": "avec"}


def jalons(session: RexSession, collectif_id: int) -> list[Line]:
    rows = session.scalars(select(Jalon).where(Jalon.collectif_id == collectif_id).order_by(Jalon.id))
    return [
        {"id": one.public_id, "jour": one.day.isoformat(), "nom": one.name, "pose_le": said_at(one.created_at)} for one in rows
    ]


def readings_after(session: RexSession, reader: Reader, seat: MembershipView, last: int, most: int) -> Sequence[Any]:
    """The next ones that stand, each with the name of the tension that it is about."""
    return _readings(session, reader, seat, CounterReading.id > last, most)


def readings_named(session: RexSession, reader: Reader, seat: MembershipView, codes: Sequence[str]) -> Sequence[Any]:
    return _readings(session, reader, seat, CounterReading.public_id.in_(codes), len(codes))


def reading_lines(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[Any]) -> list[Line]:
    """Those that are about no tension, or about one that is told; each with what narrows its page today, as the page has it."""
    told = [row for row, named in rows if row.section != TENSIONS or not row.subject or named]
    pages = Pages(session, reader, seat)
    where = services(session, (row.service_id for row in told))
    return [
        {
            "id": row.public_id, "rubrique": row.section, "sujet": row.subject, "sujet_nom": row.subject_name,
            "du": row.starts_on.isoformat(), "au": row.ends_on.isoformat(),
            "filtres": _filters(pages.filters_of(row)), "mots": row.words,
            "service": where.get(row.service_id), "service_nom": row.service_name,
            "college": row.college.value if row.college else None,
            "ecrite_le": said_at(row.created_at), "corrigee_le": said_at(row.corrected_at),
        }
        for row in told
    ]  # fmt: skip


def _filters(of_page: Mapping[str, str]) -> Line | None:
    """`avec`: what it is compared with when that is a fixed word, not a jalon."""
    if not of_page:
        return None
    said = {name: of_page.get(address) for name, address in FILTERS.items()}
    return said | {"jalon" if said["avec"] == YEAR_BEFORE else "avec": None}


def _readings(
    session: RexSession, reader: Reader, seat: MembershipView, which: ColumnElement[bool], most: int
) -> Sequence[Any]:
    standing = CounterReading.withdrawn_at.is_(None), CounterReading.suspended_at.is_(None)
    query = select(CounterReading, name_today(reader)).where(CounterReading.collectif_id == seat.collectif_id, *standing, which)
    return session.execute(query.order_by(CounterReading.id).limit(most)).all()
