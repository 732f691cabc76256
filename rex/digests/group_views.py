"""The letter of a peer group: a page inside the room, for its members alone. It composes itself and has no editor; its mail says
that something is new in a group, and no more."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, abort, render_template

from rex.access import MembershipView, may_steer_group
from rex.digests.choosing import next_to_leave
from rex.digests.models import Digest, DigestState
from rex.digests.queries import Line, find_letter, letters_of, settings_of
from rex.digests.shared_views import audience_here, when_of
from rex.digests.told import told
from rex.french import date_short, typo
from rex.peer_groups.parts import RoomOnPage, add_to_room
from rex.web import MEMBERS, db, enter_space, open_to, reader

bp = Blueprint("group_letters", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(bp)
    add_to_room("letter", "digests/_in_room.html", in_room)


@bp.get("/groupes-de-pairs/<public_id:group_id>/lettre")
@open_to(MEMBERS)
def last(group_id: str) -> str:
    """The last one, and those before it."""
    seat = _seat(group_id)
    lines = letters_of(db(), reader(), seat)
    found = find_letter(db(), reader(), lines[0].public_id) if lines else None
    return _page(seat, found, lines)


@bp.get("/groupes-de-pairs/<public_id:group_id>/lettre/<public_id:group_digest_id>")
@open_to(MEMBERS)
def letter(group_id: str, group_digest_id: str) -> str:
    seat = _seat(group_id)
    found = find_letter(db(), reader(), group_digest_id)
    if found is None or found.collectif_id != seat.collectif_id or found.state is not DigestState.PUBLISHED:
        abort(404)
    return _page(seat, found, letters_of(db(), reader(), seat))


def _seat(group_id: str) -> MembershipView:
    seat = reader().in_group(group_id)
    if seat is None:
        abort(404)
    enter_space(seat)
    return seat


def _page(seat: MembershipView, found: Digest | None, lines: list[Line]) -> str:
    page = told(db(), reader(), found, seat.timezone) if found else None
    due = next_to_leave(db(), settings_of(db(), seat.collectif_id), seat)
    return render_template(
        "digests/room_letter.html",
        seat=seat,
        audience=audience_here(seat, found.published_at if found else None),
        at=f"{seat.url}/lettre",
        letter=page,
        over=typo(f"La lettre n° {found.number}, {page.date_words}") if found and page else "",
        others=[line for line in lines if found is None or line.public_id != found.public_id],
        coming=when_of(due, seat.timezone) if due else "",
        may_choose=may_steer_group(reader(), seat.collectif_id),
    )


@dataclass(frozen=True)
class InRoom:
    url: str
    said: str


def in_room(room: RoomOnPage) -> Any:
    """The way to the letter, on the page of the group."""
    seat = reader().in_group(room.public_id)
    if seat is None:
        return None
    line = next(iter(letters_of(db(), reader(), seat, most=1)), None)
    if line is None and not room.is_responsable:
        return None
    dated = f"La dernière, n° {line.number}, {date_short(line.published_at, room.timezone)}" if line and line.published_at else ""
    return InRoom(f"{room.url}/lettre", typo(dated))
