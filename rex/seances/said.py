"""How séances are said outside of their own pages, to who reads them: « Atelier, mardi 24 novembre, 9 h », and where they are."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select

from rex.access import Reader, visible_seances
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.notices.of_seances import SeanceSaid
from rex.sealed_words import SpaceKind
from rex.seances.models import Seance
from rex.seances.planning import KINDS, heading_of
from rex.seances.times import said


class SaidElsewhere:
    """What this room answers to the notices (`rex.notices.of_seances.Speaking`)."""

    def read(self, session: RexSession, reader: Reader, ids: Collection[int]) -> list[SeanceSaid]:
        rows = session.scalars(visible_seances(reader).where(Seance.id.in_(ids)))
        return [one for one in (_said(reader, row) for row in rows) if one is not None]

    def space_of(self, session: RexSession, seance_id: int) -> tuple[int, bool]:
        with session.as_system("whether a séance is of a group, none of its words"):
            query = select(Seance.collectif_id, Space.kind).join(Space, Space.id == Seance.collectif_id)
            space_id, kind = session.execute(query.where(Seance.id == seance_id)).one()
        return space_id, kind is SpaceKind.GROUPE

    def named(self, session: RexSession, names: Collection[str]) -> list[int]:
        in_the_room = (Space.kind == SpaceKind.GROUPE) & Space.public_id.in_(names)
        return _ids(session, or_(Seance.public_id.in_(names), in_the_room))

    def of_spaces(self, session: RexSession, names: Collection[str]) -> list[int]:
        return _ids(session, or_(Space.public_id.in_(names), Space.slug.in_(names)))


def _ids(session: RexSession, which: ColumnElement[bool]) -> list[int]:
    with session.as_system("which séances a page was about, none of their words"):
        return list(session.scalars(select(Seance.id).join(Space, Space.id == Seance.collectif_id).where(which)))


def _said(reader: Reader, row: Seance) -> SeanceSaid | None:
    seat = reader.seat(row.collectif_id)
    if seat is None:
        return None
    return SeanceSaid(
        id=row.id,
        public_id=row.public_id,
        url=f"{seat.url.rstrip('/')}/seances/{row.public_id}",
        kind=KINDS[row.kind],
        title="" if seat.is_group else row.title or heading_of(row, seat.timezone, reader.now),
        when=said(row.starts_at, seat.timezone, reader.now),
        is_over=row.starts_at <= reader.now,
        is_off=row.cancelled_at is not None,
        collectif=seat.collectif_name,
        collectif_slug=seat.collectif_slug,
        group_public_id=seat.collectif_public_id if seat.is_group else "",
    )
