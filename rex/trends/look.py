"""One look at the trends: who reads, what is asked, and the units that all its figures share. Every section is read from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.access import Reader
from rex.db import RexSession
from rex.trends.asked import Asked, Milestone
from rex.trends.units import Colleges, Units, colleges_of, units_of


@dataclass(frozen=True)
class Look:
    session: RexSession
    reader: Reader
    asked: Asked
    units: Units
    colleges: Colleges
    milestones: Sequence[Milestone] = ()


def look_at(session: RexSession, reader: Reader, asked: Asked, milestones: Sequence[Milestone] = ()) -> Look:
    """With the units of the place (three statements)."""
    return Look(session, reader, asked, units_of(session, asked.place), colleges_of(session, asked.place), milestones)
