"""Lists of lectures contradictoires, the newest first: the last ones beside a figure, all of them a page at a time. A list that
stops says how many there are, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from rex.access import MembershipView, Reader, may_judge_reports
from rex.db import RexSession
from rex.journal.cursors import read_cursor, written_cursor
from rex.trends.asked import Asked
from rex.trends.look import Look
from rex.trends.models import CounterReading
from rex.trends.periods import Span
from rex.trends.reading_pages import Pages
from rex.trends.readings import ShownReading, shown
from rex.trends.subjects import TENSIONS, name_today
from rex.trends.voices import those_they_answer_for

MOST_BESIDE = 3  # beside a figure on the page; there is a link to the others
MOST_TAKEN_OUT = 20  # beside a figure that is printed or taken out, where a sentence says where the others are
PAGE = 20


@dataclass(frozen=True)
class Newest:
    """The last ones of each section; `numbers`: how many there are in each."""

    readings: list[ShownReading] = field(default_factory=list)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """Beside the figures of one section: its last readings, how many there are, where all of them are, where one writes another."""

    readings: list[ShownReading]
    number: int
    all_url: str
    write_url: str

    @property
    def has_more(self) -> bool:
        return self.number > len(self.readings)


@dataclass(frozen=True)
class Narrowed:
    """The list of one section, over these days."""

    section: str
    span: Span


@dataclass(frozen=True)
class ListPage:
    number: int  # in the whole list
    items: list[ShownReading]
    older: str | None  # the cursor of the next page
    newer: bool  # there are some before this page

    @property
    def has_more(self) -> bool:
        return self.number > len(self.items)


def readings_of(
    session: RexSession,
    reader: Reader,
    collectif_id: int,
    starts_on: date,
    ends_on: date,
    most: int = MOST_TAKEN_OUT,
    look: Look | None = None,
) -> Newest:
    """The newest `most` of each section that are about days of these; of a tension, while this person reads it. One statement.
    `look`: the page that they stand on, which knows how filters are called."""
    seat = reader.seat(collectif_id)
    if seat is None or seat.is_group:
        return Newest()
    standing = _standing(reader, collectif_id).where(*_about_days(starts_on, ends_on), _is_on_the_page(reader))
    of_section = CounterReading.section
    ranked = standing.with_only_columns(
        CounterReading.id,
        func.row_number().over(partition_by=of_section, order_by=_newest_first()).label("rank"),
        func.count().over(partition_by=of_section).label("number"),
    ).subquery()
    query = select(CounterReading, name_today(reader), ranked.c.number).join(ranked, ranked.c.id == CounterReading.id)
    rows = session.execute(query.where(ranked.c.rank <= most).order_by(*_newest_first())).all()
    pages = Pages(session, reader, seat, look)
    found = [shown(session, reader, seat, reading, named, pages) for reading, named, _ in rows]
    return Newest(found, {reading.section: number for reading, _, number in rows})


def beside(
    session: RexSession, reader: Reader, asked: Asked, sections: Iterable[str], look: Look | None = None
) -> dict[str, Beside]:
    """What each of these sections of the page shows, and where one writes there; nothing in the réseau. One statement."""
    place = asked.place
    if place.collectif_id is None:
        return {}
    days = asked.span.starts_on, asked.span.ends_on
    newest = readings_of(session, reader, place.collectif_id, *days, MOST_BESIDE, look)
    return {
        key: Beside(
            [one for one in newest.readings if one.section == key],
            newest.numbers.get(key, 0),
            address_of_all(asked, key),
            f"{place.root}/lectures/nouvelle?{urlencode({'section': key, **asked.address})}",
        )
        for key in sections
    }


def address_of_all(asked: Asked, section: str) -> str:
    """Where all those of a section are, over the days of the page; it means these days for ever."""
    return f"{asked.place.root}/lectures?{_of_section(section, asked.span.lasting())}"


def list_page(
    session: RexSession, reader: Reader, seat: MembershipView, after: str = "", narrowed: Narrowed | None = None
) -> ListPage:
    """Those of a collectif that stand, or of one section of its page. Two statements, and those of `Pages`."""
    query = _standing(reader, seat.collectif_id)
    if narrowed is not None:
        span = narrowed.span
        query = query.where(CounterReading.section == narrowed.section, *_about_days(span.starts_on, span.ends_on))
        query = query.where(_is_on_the_page(reader))
    return _page(session, reader, seat, query, CounterReading.created_at, after)


def suspended_page(session: RexSession, reader: Reader, seat: MembershipView, after: str = "", most: int = PAGE) -> ListPage:
    """Those that were suspended: for who wrote them with their words, for the animateurs without. As many statements."""
    query = select(CounterReading, name_today(reader)).where(
        CounterReading.collectif_id == seat.collectif_id, CounterReading.suspended_at.is_not(None)
    )
    if not may_judge_reports(reader, seat.collectif_id):
        query = query.where(those_they_answer_for(reader, seat))
    return _page(session, reader, seat, query, CounterReading.suspended_at, after, most)


def _page(
    session: RexSession, reader: Reader, seat: MembershipView, query: Select, dated: Any, after: str, most: int = PAGE
) -> ListPage:
    """A page of these, by an instant of theirs, the last first."""
    number = session.scalar(select(func.count()).select_from(query.with_only_columns(CounterReading.id).subquery())) or 0
    cursor = read_cursor(session, after)
    if cursor:
        query = query.where(tuple_(dated, CounterReading.id) < cursor)
    rows = session.execute(query.order_by(dated.desc(), CounterReading.id.desc()).limit(most + 1)).all()
    pages = Pages(session, reader, seat)
    items = [shown(session, reader, seat, reading, named, pages) for reading, named in rows[:most]]
    older = _cursor(session, dated, rows[most - 1][0]) if len(rows) > most else None
    return ListPage(number, items, older, newer=cursor is not None)


def _cursor(session: RexSession, dated: Any, last: CounterReading) -> str:
    instant: datetime = getattr(last, dated.key)
    return written_cursor(session, instant, last.id)


def _standing(reader: Reader, collectif_id: int) -> Select:
    query = select(CounterReading, name_today(reader)).where(
        CounterReading.collectif_id == collectif_id, CounterReading.collectif_id.in_(reader.collectif_ids)
    )
    return query.where(CounterReading.withdrawn_at.is_(None), CounterReading.suspended_at.is_(None))


def _about_days(starts_on: date, ends_on: date) -> tuple[ColumnElement[bool], ...]:
    return CounterReading.starts_on <= ends_on, CounterReading.ends_on >= starts_on


def _is_on_the_page(reader: Reader) -> ColumnElement[bool]:
    """What one is about is there today: a tension goes with its name."""
    of_a_tension = CounterReading.section == TENSIONS, CounterReading.subject != "", CounterReading.subject_name == ""
    return ~and_(*of_a_tension, name_today(reader).is_(None))


def _newest_first() -> tuple[ColumnElement, ColumnElement]:
    return CounterReading.created_at.desc(), CounterReading.id.desc()


def _of_section(section: str, span: Span) -> str:
    return urlencode({"section": section, **span.address})
