"""The last transaction of an archive that comes in: its members in their places, its texts open to whom they were, and its
collectif seen."""

from itertools import islice

from sqlalchemy import delete, select, update

from rex.archives.models import ArchiveArrival, ArchivedPerson
from rex.archives.placing import Place
from rex.archives.shape import TEXTS, moment
from rex.archives.unpacking import Unpacked
from rex.archives.writing import one_line
from rex.collectifs.models import College, Membership, Role, Space
from rex.db import RexSession, new_public_id
from rex.journal.models import Audience, Entry
from rex.sealed_words import SpaceKind


def show(session: RexSession, archive: Unpacked, place: Place) -> int:
    """All of it is there; returns how many members enter at once, with an account that they had here."""
    for kind in TEXTS:
        lines = archive.lines(kind)
        while slice_ := list(islice(lines, 500)):
            wide = [place.code(line["id"]) for line in slice_ if line["audience"] == Audience.RESEAU]
            here = update(Entry).where(Entry.public_id.in_(wide), Entry.collectif_id == place.collectif_id)
            session.execute(here.values(audience=Audience.RESEAU).execution_options(synchronize_session=False))
    seen = update(Space).where(Space.id == place.collectif_id).values(kind=SpaceKind.COLLECTIF)
    session.execute(seen.execution_options(synchronize_session=False))
    session.execute(delete(ArchiveArrival).where(ArchiveArrival.collectif_id == place.collectif_id))
    return _seat(session, archive, place)


def _seat(session: RexSession, archive: Unpacked, place: Place) -> int:
    rows = session.scalars(select(ArchivedPerson).where(ArchivedPerson.collectif_id == place.collectif_id))
    came = {row.code: row for row in rows}
    seated: set[int] = set()
    lines = archive.lines("personnes")
    while slice_ := list(islice(lines, 500)):
        service_ids = place.services(session, (line["service"] for line in slice_))
        for line in slice_:
            person = came.get(line["id"])
            if person is None:  # matched, then their account was deleted while the archive came in
                continue
            if person.user_id not in seated:
                session.add(
                    Membership(
                        public_id=new_public_id(),
                        user_id=person.user_id,
                        collectif_id=place.collectif_id,
                        service_id=service_ids.get(line["service"]),
                        college=College(line["college"]),
                        role=Role(line["role"]),
                        title=one_line(line["fonction"]),
                        created_at=moment(line["membre_depuis"]),
                    )
                )
            seated.add(person.user_id)
    session.flush()
    return sum(1 for row in came.values() if not row.is_new and row.user_id in seated)
