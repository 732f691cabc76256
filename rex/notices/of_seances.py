"""What is told of séances: announced, moved, called off, soon, and what becomes of a text that was said there.

The room that holds séances stands further down: it hands over how they are said to a reader (`speak_of_seances`)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from rex.access import Reader
from rex.db import RexSession
from rex.journal.moment_models import What

# Not told of a séance that is over, nor of one that was called off.
BEFORE_IT = frozenset({What.SEANCE_SET, What.SEANCE_MOVED, What.SEANCE_SOON})


@dataclass(frozen=True)
class SeanceSaid:
    """A séance as its reader may be told of it; of a group, which one, for the address alone."""

    id: int
    public_id: str
    url: str
    kind: str  # « Atelier »
    title: str  # its theme, or what it is and when
    when: str  # « mardi 24 novembre, 9 h »
    is_over: bool
    is_off: bool
    collectif: str
    collectif_slug: str
    group_public_id: str


class Speaking(Protocol):
    """What the room of séances answers."""

    def read(self, session: RexSession, reader: Reader, ids: Collection[int]) -> list[SeanceSaid]:
        """Those of these séances that this person reads."""

    def space_of(self, session: RexSession, seance_id: int) -> tuple[int, bool]:
        """The space of a séance, and whether it is a group."""

    def named(self, session: RexSession, names: Collection[str]) -> list[int]:
        """The séances with these public ids, and those of the groups with these public ids."""

    def of_spaces(self, session: RexSession, names: Collection[str]) -> list[int]:
        """Those of the spaces with these public ids or slugs."""


_speaking: dict[str, Speaking] = {}


def speak_of_seances(room: str, speaking: Speaking) -> None:
    """Once; again changes nothing."""
    _speaking[room] = speaking


def speaking() -> Speaking:
    """The one room of séances."""
    return next(iter(_speaking.values()))


def is_still_so(what: What, seance: SeanceSaid) -> bool:
    """Whether it is worth saying now."""
    if what in BEFORE_IT:
        return not seance.is_over and not seance.is_off
    return not (what is What.SEANCE_OFF and seance.is_over)
