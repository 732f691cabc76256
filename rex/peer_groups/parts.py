"""What rooms further down show on the page of a group: they add their part here, so that this room knows none of them.

A part is read through the door like everything, for the reader of the page. Its template finds what the function gave as
`part`, and the group as `room`; None shows nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rex.access import AudienceView
from rex.db import RexSession

MAIN = ("quick_share", "next_seance", "threads")  # in this order, in the wide column
ASIDE = ("reports", "search", "letter", "versements")  # under the members and the pacte
TO_READ = ("threads", "seances")  # on the page of somebody for whom the group is open to read


@dataclass(frozen=True)
class RoomOnPage:
    """The group that a page shows, once the door let its reader in."""

    id: int
    public_id: str
    key_name: str
    timezone: str
    is_responsable: bool
    versement_days: int
    audience: AudienceView  # of what is told there now

    @property
    def url(self) -> str:
        return f"/groupes-de-pairs/{self.public_id}"


@dataclass(frozen=True)
class ShownPart:
    """A part as the page of the group takes it in."""

    name: str
    template: str
    part: Any


_to_read: dict[str, tuple[str, Callable[[RoomOnPage], Any]]] = {}
_parts: dict[str, tuple[str, Callable[[RoomOnPage], Any]]] = {}
_before_going: dict[str, Callable[[RexSession, int, list[int] | None], None]] = {}


def add_to_room(name: str, template: str, part: Callable[[RoomOnPage], Any]) -> None:
    """Show `template` on the page of every group, with what `part(room)` gives; `name` is one of MAIN or ASIDE."""
    if name not in (*MAIN, *ASIDE):
        raise ValueError(f"give {name} its place in MAIN or ASIDE")
    _parts[name] = (template, part)


def parts_of(room: RoomOnPage, names: tuple[str, ...]) -> list[ShownPart]:
    """The parts with these names that have something to show, in this order."""
    found = [ShownPart(name, _parts[name][0], _parts[name][1](room)) for name in names if name in _parts]
    return [one for one in found if one.part is not None]


def add_to_read(name: str, template: str, part: Callable[[RoomOnPage], Any]) -> None:
    """Show `template` to those for whom a group is open to read; `name` is one of TO_READ. They write nothing, and are asked
    nothing: a part of theirs holds no form."""
    if name not in TO_READ:
        raise ValueError(f"give {name} its place in TO_READ")
    _to_read[name] = (template, part)


def parts_to_read(room: RoomOnPage) -> list[ShownPart]:
    found = [ShownPart(name, _to_read[name][0], _to_read[name][1](room)) for name in TO_READ if name in _to_read]
    return [one for one in found if one.part is not None]


@dataclass(frozen=True)
class ListLine:
    """What the list of somebody's groups says under one of them, and where it leads."""

    words: str
    url: str


_in_lists: dict[str, Callable[[], dict[int, ListLine]]] = {}


def add_to_list(name: str, lines: Callable[[], dict[int, ListLine]]) -> None:
    """Say something under the groups of the reader where these are listed: `lines()` gives it by the id of the group."""
    _in_lists[name] = lines


def lines_of_list() -> list[dict[int, ListLine]]:
    """What each room below says of the reader's groups."""
    return [lines() for lines in _in_lists.values()]


_with_decisions: dict[str, tuple[str, Callable[[RoomOnPage, int], Any]]] = {}


def show_with_decision(kind: str, template: str, part: Callable[[RoomOnPage, int], Any]) -> None:
    """Show `template` on the page of every decision of this kind, with what `part(room, id of the decision)` gives."""
    _with_decisions[kind] = (template, part)


def shown_with(room: RoomOnPage, kind: str, decision_id: int) -> ShownPart | None:
    """What a room further down shows of a decision; None when it has nothing to show to this reader."""
    template, part = _with_decisions.get(kind, ("", lambda _room, _id: None))
    found = part(room, decision_id)
    return ShownPart(kind, template, found) if found is not None else None


def before_going(name: str, forget: Callable[[RexSession, int, list[int] | None], None]) -> None:
    """Call `forget(session, group_id, user_ids)` before people leave a group, or before it ends (None: everybody), for what no
    foreign key takes along."""
    _before_going[name] = forget


def forget(session: RexSession, group_id: int, user_ids: list[int] | None) -> None:
    for act in _before_going.values():
        act(session, group_id, user_ids)
