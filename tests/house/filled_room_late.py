"""What else may be written in a group, planted after the rest: a room that was opened, what is suspended in a séance."""

from datetime import timedelta

from sqlalchemy import select

from rex import clock
from rex.collectifs.group_models import GroupOpening
from rex.journal.suspending import put_away
from rex.seances.models import Contribution, Depot, Seance, SeanceText, Takeaway, TextKind
from tests.house.planting import Room


def open_once(room: Room) -> None:
    """Inès read the room for a week, and her time is over."""
    now = clock.now()
    with room.database.system("a room that was opened", write=True) as session:
        opening = GroupOpening(
            group_id=room.id,
            user_id=room.cast.ines.id,
            called=room.says("ouverture: à qui"),
            asked_by_id=room.cast.dora.id,
            shows_past=True,
            starts_at=now - timedelta(days=8),
            ends_at=now - timedelta(hours=1),
            accepted_at=now - timedelta(days=7),
        )
        session.add(opening)


def suspend_in_seance(room: Room) -> None:
    """What Noor said in a séance is taken out of sight by Dora."""
    with room.acting(room.cast.dora) as (session, who):
        place = who.seat(room.id)
        assert place is not None
        said = session.scalars(select(Contribution).where(Contribution.public_id == room.others["group_said_id"][0])).one()
        with session.as_system("what was reported"):
            row = SeanceText(seance_id=said.seance_id, kind=TextKind.SAID, contribution_id=said.id, author_id=said.author_id)
            row.told_at = said.written_at
            session.add(row)
            session.flush()
            put_away(session, who, place.key_name, row, said.words, room.says("séance: motif"))
            said.words = ""
            session.flush()


def name_texts_of_seances(room: Room) -> None:
    """What holds the texts of the séances: « Signaler » names each by its id."""
    with room.database.system("the ids of what is said in the séances of the room") as session:
        here = select(Seance.id).where(Seance.collectif_id == room.id)
        room.others["text_id"] += session.scalars(select(Seance.public_id).where(Seance.collectif_id == room.id))
        for kept in (Depot, Contribution, Takeaway):
            found = session.scalars(select(kept.public_id).where(kept.seance_id.in_(here))).all()
            assert found
            room.others["text_id"] += found
