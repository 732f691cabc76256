"""Notices about what is no entry: séances, lectures contradictoires; each said as its room says it to this reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from rex.access import Reader
from rex.collectifs.models import User
from rex.db import RexSession
from rex.journal.moment_models import What
from rex.notices import of_readings, of_seances
from rex.notices.models import Notice
from rex.notices.of_readings import ReadingSaid
from rex.notices.of_seances import SeanceSaid


@dataclass(frozen=True)
class ToldOfNoEntry:
    """The columns of a notice, with what it is about."""

    id: int
    what: What
    at: datetime
    actor: str
    about: SeanceSaid | ReadingSaid


def rows_of_no_entry(session: RexSession, reader: Reader, which: Sequence[ColumnElement[bool]], most: int) -> list[ToldOfNoEntry]:
    """The unseen notices about what this person reads, newest first: one statement, one more for each kind of thing there."""
    rows = session.execute(
        select(Notice.id, Notice.what, Notice.created_at, Notice.seance_id, Notice.reading_id, User.name)
        .outerjoin(User, User.id == Notice.actor_id)
        .where(*which, or_(Notice.seance_id.is_not(None), Notice.reading_id.is_not(None)))
        .order_by(Notice.id.desc())
        .limit(most)
    ).all()
    seance_ids, reading_ids = ({getattr(row, name) for row in rows} - {None} for name in ("seance_id", "reading_id"))
    seances = {one.id: one for one in of_seances.speaking().read(session, reader, seance_ids)} if seance_ids else {}
    readings = {one.id: one for one in of_readings.speaking().read(session, reader, reading_ids)} if reading_ids else {}
    found = []
    for row in rows:
        about = readings.get(row.reading_id) if row.seance_id is None else seances.get(row.seance_id)
        if about is not None and _is_still_so(row.what, about):
            found.append(ToldOfNoEntry(row.id, row.what, row.created_at, row.name or "", about))
    return found


def _is_still_so(what: What, about: SeanceSaid | ReadingSaid) -> bool:
    return of_readings.is_still_so(what, about) if isinstance(about, ReadingSaid) else of_seances.is_still_so(what, about)
