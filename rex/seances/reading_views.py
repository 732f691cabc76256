"""The comptes rendus of a group, for somebody to whom its members opened it: what was told, and nothing of how they met."""

from dataclasses import dataclass

from rex.access import visible_seances
from rex.peer_groups.parts import RoomOnPage
from rex.seances.models import Seance
from rex.seances.times import said_day
from rex.text import to_html
from rex.web import db, reader

MOST = 12


@dataclass(frozen=True)
class ReportToRead:
    """One compte rendu, under the day of its séance."""

    public_id: str
    day: str
    html: str


def reports_to_read(room: RoomOnPage) -> list[ReportToRead] | None:
    """The last ones, as HTML; None when there is none. One statement."""
    here = Seance.collectif_id == room.id, Seance.report != "", Seance.cancelled_at.is_(None)
    columns = Seance.public_id, Seance.starts_at, Seance.report
    rows = db().execute(
        visible_seances(reader()).with_only_columns(*columns).where(*here).order_by(Seance.starts_at.desc()).limit(MOST)
    )
    found = [
        ReportToRead(row.public_id, said_day(row.starts_at, room.timezone, reader().now), to_html(row.report, heading_base=3))
        for row in rows
    ]
    return found or None
