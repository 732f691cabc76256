"""What rooms further down show on a page of the journal: they add their part here, so that the journal knows none of them.

A part is read through the door like everything, for the reader of the page; the template of the page includes its template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rex.access import AudienceView, MembershipView
from rex.journal.models import Audience, EntryKind


@dataclass(frozen=True)
class EntryOnPage:
    """The entry that a page shows, once the door let its reader in."""

    id: int
    public_id: str
    kind: EntryKind
    collectif_id: int
    audience: Audience
    audience_view: AudienceView
    title: str
    author_ids: tuple[int | None, ...]
    headings: Mapping[str, str]  # slug → heading of its sections, in order; empty for a short entry


@dataclass(frozen=True)
class FirstAnswers:
    """What a room further down shows under an entry in the thread of a group: the first messages, and how many follow."""

    messages: tuple[Any, ...]
    more: int = 0


# By name, so that making the application twice changes nothing.
_under_entry: dict[str, Callable[[EntryOnPage], Any]] = {}
_on_home: dict[str, Callable[[], Any]] = {}
_in_room: dict[str, Callable[[Sequence[int]], Mapping[int, FirstAnswers]]] = {}
_on_action: dict[str, Callable[[Sequence[EntryOnPage]], Any]] = {}
_on_balise: dict[str, Callable[[MembershipView, str], Any]] = {}


def add_under_entry(name: str, part: Callable[[EntryOnPage], Any]) -> None:
    """Show `part(entry)` under every entry; the template finds it as `parts.<name>`."""
    _under_entry[name] = part


def add_on_home(name: str, part: Callable[[], Any]) -> None:
    """Show `part()` on the home of a collectif (the `space()` of the request); the template finds it as `parts.<name>`."""
    _on_home[name] = part


def add_on_action(name: str, part: Callable[[Sequence[EntryOnPage]], Any]) -> None:
    """Show `part(récits)` on the page of an action, for all its récits at once (a constant number of statements); the template
    finds it as `parts.<name>`."""
    _on_action[name] = part


def add_on_balise(name: str, part: Callable[[MembershipView, str], Any]) -> None:
    """Show `part(seat, code)` on the page of a balise, as one journal speaks of it; the template finds it as `parts.<name>`."""
    _on_balise[name] = part


def add_in_room(name: str, first: Callable[[Sequence[int]], Mapping[int, FirstAnswers]]) -> None:
    """Show the first messages under the entries of a group's thread: `first(entry ids)`, by entry, in a constant number of
    statements. Each message has .posture (its glyph), .label, .name, .words and .at."""
    _in_room[name] = first


def answers_in_room(entry_ids: Sequence[int]) -> dict[int, FirstAnswers]:
    return {entry_id: found for first in _in_room.values() for entry_id, found in first(entry_ids).items()} if entry_ids else {}


def parts_under(entry: EntryOnPage) -> dict[str, Any]:
    return {name: part(entry) for name, part in _under_entry.items()}


def parts_on_home() -> dict[str, Any]:
    return {name: part() for name, part in _on_home.items()}


def parts_on_action(recits: Sequence[EntryOnPage]) -> dict[str, Any]:
    return {name: part(recits) for name, part in _on_action.items()}


def parts_on_balise(seat: MembershipView, code: str) -> dict[str, Any]:
    return {name: part(seat, code) for name, part in _on_balise.items()}
