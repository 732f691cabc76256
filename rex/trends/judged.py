"""What the reports do with lectures contradictoires (`rex.reports.beside.Holding`): found, suspended in their place, given back."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal import moments
from rex.journal.moments import What
from rex.reports.beside import Beside
from rex.reports.models import READING
from rex.trends import reading_acts
from rex.trends.models import CounterReading
from rex.trends.readings import list_of
from rex.trends.said import heading_of
from rex.trends.subjects import SECTIONS
from rex.trends.voices import name_of_voice

A_READING = "Une lecture contradictoire"


class OfReadings:
    """What this room hands over to the reports."""

    path = "lecture"
    gone = A_READING

    def find(self, session: RexSession, reader: Reader, kind: str, public_id: str, *, hold: bool) -> Beside | None:
        query = select(CounterReading).where(CounterReading.public_id == public_id, _of_collectifs(reader))
        query = query.where(CounterReading.withdrawn_at.is_(None), CounterReading.suspended_at.is_(None))
        held = query.with_for_update().execution_options(populate_existing=True) if hold else query
        return next(iter(texts_of(reader, session.scalars(held).all())), None)

    def keep(self, session: RexSession, text: Beside) -> Beside:
        return text  # a lecture is its own row

    def read(self, session: RexSession, reader: Reader, seat: MembershipView, ids: Collection[int]) -> list[Beside]:
        here = CounterReading.id.in_(ids), CounterReading.collectif_id == seat.collectif_id, _of_collectifs(reader)
        return texts_of(reader, session.scalars(select(CounterReading).where(*here)).all())

    def suspended(self, session: RexSession, reader: Reader, seat: MembershipView) -> list[Beside]:
        if seat.is_group:
            return []
        here = CounterReading.collectif_id == seat.collectif_id, _of_collectifs(reader), CounterReading.suspended_at.is_not(None)
        rows = session.scalars(select(CounterReading).where(*here).order_by(CounterReading.suspended_at, CounterReading.id))
        return texts_of(reader, rows.all())

    def put_away(self, session: RexSession, reader: Reader, text: Beside, why: str) -> bool:
        row, seat = _held(session, text), reader.seat(text.collectif_id)
        if seat is None or row.suspended_at is not None or row.withdrawn_at is not None:
            return False
        reading_acts.suspend(session, reader, seat, row, why)
        return True

    def put_back(self, session: RexSession, reader: Reader, text: Beside) -> bool:
        row, seat = _held(session, text), reader.seat(text.collectif_id)
        if seat is None or row.suspended_at is None:
            return False
        reading_acts.restore(session, reader, seat, row)
        return True

    def tell(self, session: RexSession, reader: Reader, what: What, text: Beside, to: list[int]) -> None:
        moments.tell_of_reading(session, reader, what, text.of_id, to)


def texts_of(reader: Reader, rows: Sequence[CounterReading]) -> list[Beside]:
    """These lectures, as those who report and judge read them: without words when suspended or withdrawn. No statement."""
    found = []
    for row in rows:
        seat = reader.seat(row.collectif_id)
        if seat is None:
            continue
        voice, pages = name_of_voice(row.service_name, row.college), list_of(seat)
        found.append(
            Beside(
                column=READING,
                kind=OfReadings.path,
                id=row.id,
                public_id=row.public_id,
                of_public_id=row.public_id,
                of_id=row.id,
                title=SECTIONS.get(row.section, "") or heading_of(row),
                collectif_id=row.collectif_id,
                key_name=seat.key_name,
                author_ids=frozenset({row.author_id} if row.author_id is not None else ()),
                said=f"{A_READING} signée {voice}",
                told_at=row.created_at,
                source=row.words,
                url=f"{pages}/{row.public_id}",
                a=A_READING,
                this="cette lecture",
                suspended_at=row.suspended_at,
                suspended_why=row.suspended_why,
                where="À côté de",
                is_unsigned=True,
            )
        )
    return found


def _of_collectifs(reader: Reader) -> ColumnElement[bool]:
    return CounterReading.collectif_id.in_(reader.collectif_ids)


def _held(session: RexSession, text: Beside) -> CounterReading:
    held = select(CounterReading).where(CounterReading.id == text.id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()
