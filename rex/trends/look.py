"""One look at the trends: who reads, what is asked, and the units that all its figures share. Every section is read from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rex.access import Reader
from rex.db import RexSession
from rex.trends.asked import Asked, Milestone
from rex.trends.units import Colleges, Units, colleges_of, units_of

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    session: RexSession
    reader: Reader
    asked: Asked
    units: Units
    colleges: Colleges
    milestones: Sequence[Milestone] = ()
    _found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, read: Callable[["Look"], T]) -> T:
        """What several sections read of this look, read by the first of them."""
        if read not in self._found:
            self._found[read] = read(self)
        return self._found[read]


def look_at(session: RexSession, reader: Reader, asked: Asked, milestones: Sequence[Milestone] = ()) -> Look:
    """With the units of the place (two statements)."""
    return Look(session, reader, asked, units_of(session, asked.place), colleges_of(session, asked.place), milestones)
