"""What other rooms show of séances: the home of a collectif, and the page of a group."""

from dataclasses import dataclass

from rex.access import may_plan_seances
from rex.peer_groups.parts import ListLine, RoomOnPage
from rex.seances.models import Step
from rex.seances.next_queries import Announced, announced, next_seance, who_brought
from rex.seances.shared_views import Meeting, address_of
from rex.seances.times import said
from rex.web import db, reader, space

MOST_ON_HOME, MOST_ASKED = 3, 40


@dataclass(frozen=True)
class OnHome:
    """Séances to come of a collectif, with when; of the reader's groups, when alone: outside of a room nothing says which."""

    here: list[tuple[Announced, str]]
    of_groups: str  # « mardi 24 novembre, 9 h », or nothing
    url: str
    may_plan: bool


def on_home() -> OnHome | None:
    """What the home of a collectif announces (one statement)."""
    seat = space()
    if seat is None:
        return None
    lines = announced(db(), reader(), seat.collectif_id, most=MOST_ASKED)
    here = [line for line in lines if line.collectif_id == seat.collectif_id][:MOST_ON_HOME]
    others = [line for line in lines if line.collectif_id != seat.collectif_id]
    zone, now = seat.timezone, reader().now
    return OnHome(
        here=[(line, said(line.starts_at, zone, now)) for line in here],
        of_groups=said(others[0].starts_at, zone, now) if others else "",
        url=address_of(seat),
        may_plan=may_plan_seances(reader(), seat.collectif_id),
    )


def next_of_each() -> dict[int, ListLine]:
    """The next séance of each of the reader's groups, by the id of the group (one statement)."""
    found: dict[int, ListLine] = {}
    seats = {seat.collectif_id: seat for seat in reader().groups}
    for line in announced(db(), reader(), 0, most=MOST_ASKED):
        seat = seats[line.collectif_id]
        if seat.collectif_id not in found:
            when = said(line.starts_at, seat.timezone, reader().now)
            found[seat.collectif_id] = ListLine(f"Prochaine séance : {when}", f"{address_of(seat)}/{line.public_id}")
    return found


@dataclass(frozen=True)
class InRoom:
    """The next séance of a group, on its page."""

    meeting: Meeting | None
    sealed: int
    url: str
    may_plan: bool
    is_sealed: bool
    has_mine: bool = False


def next_of_room(room: RoomOnPage) -> InRoom | None:
    """The next séance, with how many dépôts are sealed."""
    seat = reader().seat(room.id)
    if seat is None:
        return None
    row = next_seance(db(), reader(), room.id)
    if row is None:
        return InRoom(None, 0, address_of(seat), room.is_responsable, is_sealed=False)
    meeting = Meeting(seat, row, reader().now)
    is_sealed = meeting.step is Step.DEPOSER
    brought = who_brought(db(), row.id) if is_sealed else set()
    return InRoom(
        meeting=meeting,
        sealed=len(brought & meeting.reader_ids),
        url=address_of(seat),
        may_plan=room.is_responsable,
        is_sealed=is_sealed,
        has_mine=reader().user_id in brought,
    )
