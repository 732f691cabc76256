"""What is told of lectures contradictoires: that one is reported, and what becomes of it.

The room that holds them stands further down: it hands over how they are said to a reader (`speak_of_readings`)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from rex.access import Reader
from rex.db import RexSession
from rex.journal.moment_models import What


@dataclass(frozen=True)
class ReadingSaid:
    """A lecture contradictoire as its reader may be told of it: its voice and its place on the page, no word of it."""

    id: int
    public_id: str
    url: str  # where this reader goes: its own page, or the list when they do not read it any more
    title: str  # « Lecture contradictoire signée Voirie, « Mois après mois » »
    is_suspended: bool
    collectif: str
    collectif_slug: str
    group_public_id: str = ""  # a group has no figures


class Speaking(Protocol):
    """What the room of lectures answers."""

    def read(self, session: RexSession, reader: Reader, ids: Collection[int]) -> list[ReadingSaid]:
        """Those of these lectures that stand, or are suspended, in a collectif of this person. One statement."""

    def space_of(self, session: RexSession, reading_id: int) -> int:
        """The collectif of a lecture."""

    def named(self, session: RexSession, names: Collection[str]) -> list[int]:
        """The lectures with these public ids."""

    def of_spaces(self, session: RexSession, names: Collection[str]) -> list[int]:
        """Those of the collectifs with these public ids or slugs."""


_speaking: dict[str, Speaking] = {}


def speak_of_readings(room: str, speaking: Speaking) -> None:
    """Once; again changes nothing."""
    _speaking[room] = speaking


def speaking() -> Speaking:
    """The one room of lectures."""
    return next(iter(_speaking.values()))


def is_still_so(what: What, reading: ReadingSaid) -> bool:
    """Whether it is worth saying now: of one that was suspended and shown again, that it is shown again."""
    if what is What.WORDS_SUSPENDED:
        return reading.is_suspended
    return not (what in (What.WORDS_RESTORED, What.REPORTED) and reading.is_suspended)
