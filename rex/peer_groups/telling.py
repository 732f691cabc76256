"""Who should hear that something is new in one of their groups: kept with the session, written by `rex.peer_groups.mails`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rex.db import RexSession

_KEY = "told in groups"


@dataclass(frozen=True)
class Told:
    """One person to write to; `key` makes each reason one mail. Nothing of it is in the mail."""

    group_id: int
    user_id: int
    key: str
    when: str = ""  # « mardi 24 novembre, 9 h », of a séance that takes place: all that a mail says of it
    is_over: bool = False  # their place was ended by the others: they read nothing more, and would not know it else


_silenced: dict[str, Callable[[RexSession, int], bool]] = {}


def silenced_by(room: str, is_silenced: Callable[[RexSession, int], bool]) -> None:
    """Ask `is_silenced(session, user_id)` before writing to somebody: a member may only make it stricter."""
    _silenced[room] = is_silenced


_links: dict[str, Callable[[RexSession, int], str]] = {}


_heard: dict[str, Callable[[RexSession, list[int]], None]] = {}


def heard_by(room: str, hear: Callable[[RexSession, list[int]], None]) -> None:
    """Call `hear(session, user_ids)` when an answer is asked of people."""
    _heard[room] = hear


def asked(session: RexSession, user_ids: Iterable[int]) -> None:
    """An answer is asked of these people."""
    for hear in _heard.values():
        hear(session, sorted(set(user_ids)))


def stopped_by(room: str, new_link: Callable[[RexSession, int], str]) -> None:
    """Ask `new_link(session, user_id)` for the path of the address that stops these mails in one click."""
    _links[room] = new_link


def stop_path(session: RexSession, user_id: int) -> str:
    """Where one click stops the mails of all the groups of a person; empty when no room gives one."""
    return next((new_link(session, user_id) for new_link in _links.values()), "")


def is_silenced(session: RexSession, user_id: int) -> bool:
    return any(says(session, user_id) for says in _silenced.values())


def tell(session: RexSession, group_id: int, user_ids: Iterable[int], key: str, when: str = "") -> None:
    """Write to these people when the act is done, in the same transaction."""
    waiting: list[Told] = session.info.setdefault(_KEY, [])
    waiting += [Told(group_id, user_id, key, when) for user_id in sorted(set(user_ids))]


def tell_gone(session: RexSession, group_id: int, user_id: int, key: str) -> None:
    """Write to somebody whose place was ended that it was; neither where nor by whom."""
    waiting: list[Told] = session.info.setdefault(_KEY, [])
    waiting.append(Told(group_id, user_id, key, is_over=True))


def take(session: RexSession) -> list[Told]:
    """Those who wait to be written to; they are taken once."""
    return session.info.pop(_KEY, [])
