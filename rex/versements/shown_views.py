"""What other pages of a group show of its versements: the exact text with the question put to the members; the search."""

from dataclasses import dataclass

from rex.access import AudienceView, MembershipView, audience_of
from rex.exchanges.room_search_views import Line, marked
from rex.exchanges.search_terms import Terms
from rex.french import fold
from rex.journal.models import Audience
from rex.peer_groups.parts import RoomOnPage
from rex.text import plain
from rex.versements import queries
from rex.versements.queries import OnItsWay
from rex.web import db, reader


@dataclass(frozen=True)
class PutToMembers:
    """What the members read before they answer, and after."""

    one: OnItsWay
    readers: AudienceView | None  # who would read it; None when its author is not of that collectif any more
    here: str


def put_to_members(room: RoomOnPage, decision_id: int) -> PutToMembers | None:
    """The exact text, with what was decided on each trace. None for whoever came later, or once its author took it back."""
    seat = reader().seat(room.id)
    found = queries.versements(db(), reader(), seat, decision_id=decision_id) if seat else []
    if not found:
        return None
    place = queries.place_of(db(), found[0].said.to)
    readers = audience_of(db(), Audience.COLLECTIF, *place) if place else None
    return PutToMembers(found[0], readers, f"{room.url}/versements")


def look(seat: MembershipView, terms: Terms) -> list[Line]:
    """The rewritten texts of a group that say all of these words, with what was said of each trace: those that this reader reads,
    the last one first. A constant number of statements."""
    found = []
    for one in queries.versements(db(), reader(), seat):
        decided = [f"{made.words}, {made.instead}" if made.instead else made.words for made in one.decided]
        words = "\n\n".join([one.said.told_title, plain(one.said.text, limit=len(one.said.text)), *decided])
        if terms.weigh(fold(words)):
            author = "vous" if one.is_mine else one.author
            url = f"{seat.url}/versements/{one.row.public_id}"
            found.append(Line("Texte réécrit", one.heading, url, author, one.row.created_at, marked(words, terms)))
    return found
