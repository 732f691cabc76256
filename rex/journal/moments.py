"""What happens in the journal that rooms further down act upon: they listen here, so that the journal knows none of them.

Two kinds. `tell`: something that persons should know (the notices listen). `changed`: the published words of an entry came,
changed or went (the exchanges listen: quotes are linked, detached, sealed). All within the transaction of the act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from rex.access import Reader
from rex.db import RexSession
from rex.journal.models import Entry
from rex.journal.moment_models import Change, What

__all__ = [
    "Change", "What", "changed", "on_change", "on_telling", "on_telling_of_reading", "on_telling_of_seance", "tell",
    "tell_of_reading", "tell_of_seance",
]  # fmt: skip


class Telling(Protocol):
    def __call__(
        self,
        session: RexSession,
        actor: Reader | None,
        what: What,
        entry_id: int | None,
        to: Iterable[int],
        exchange_id: int | None,
        /,
    ) -> None: ...


class TellingOfSeance(Protocol):
    def __call__(
        self, session: RexSession, actor: Reader | None, what: What, seance_id: int, told_at: datetime, to: Iterable[int], /
    ) -> None: ...


class TellingOfReading(Protocol):
    def __call__(self, session: RexSession, actor: Reader | None, what: What, reading_id: int, to: Iterable[int], /) -> None: ...


class Changing(Protocol):
    def __call__(self, session: RexSession, entry: Entry, change: Change, /) -> None: ...


# By the name of the room that listens, so that making the application twice changes nothing.
_telling: dict[str, Telling] = {}
_telling_of_seances: dict[str, TellingOfSeance] = {}
_telling_of_readings: dict[str, TellingOfReading] = {}
_changing: dict[str, Changing] = {}


def on_telling(room: str, listener: Telling) -> None:
    _telling[room] = listener


def on_telling_of_seance(room: str, listener: TellingOfSeance) -> None:
    _telling_of_seances[room] = listener


def on_telling_of_reading(room: str, listener: TellingOfReading) -> None:
    _telling_of_readings[room] = listener


def on_change(room: str, listener: Changing) -> None:
    _changing[room] = listener


def tell(
    session: RexSession,
    actor: Reader | None,
    what: What,
    entry_id: int | None,
    to: Iterable[int],
    exchange_id: int | None = None,
) -> None:
    """Something that these people (user ids) should know, done by `actor` (None: by time). The listener leaves out the actor
    and whoever may not read the entry, so that the caller may name everybody concerned."""
    for listener in _telling.values():
        listener(session, actor, what, entry_id, to, exchange_id)


def tell_of_seance(
    session: RexSession, actor: Reader | None, what: What, seance_id: int, told_at: datetime, to: Iterable[int]
) -> None:
    """The same, of a séance; `told_at`: who came to a group after that does not read what it is about."""
    for listener in _telling_of_seances.values():
        listener(session, actor, what, seance_id, told_at, to)


def tell_of_reading(session: RexSession, actor: Reader | None, what: What, reading_id: int, to: Iterable[int]) -> None:
    """The same, of a lecture contradictoire."""
    for listener in _telling_of_readings.values():
        listener(session, actor, what, reading_id, to)


def changed(session: RexSession, entry: Entry, change: Change) -> None:
    """The words of a récit or of a difficulty that readers read came, changed or went; on WITHDRAWN, called after they left
    its rows."""
    for listener in _changing.values():
        listener(session, entry, change)
