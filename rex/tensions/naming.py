"""Which services and collèges of a journal are named, and which are told together: for tensions, letters and trends alike.

One in which fewer than three people ever wrote is named nowhere: such ones are told together, two at least. If there is only one,
the oldest of the others joins it, and is no longer named either: were it named on one page and not on another, the difference
would be the small one. This is of the whole life of a journal, the same for all readers, pages and letters.

It hides nothing that is signed: entries keep the name of the service that signs them, and their lists are read by all members.
What recurs still counts services, named or not (`rex.tensions.recurrence`); to speak from no service counts as none."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rex import french
from rex.collectifs.models import College
from rex.db import RexSession
from rex.tensions.writers import WRITERS, Written, written_from_colleges, written_in_services

OTHERS, OTHER_COLLEGES = "Autres services", "Autres collèges"


def merged_among(writers: Mapping[Any, int], ranks: Mapping[Any, int]) -> tuple[frozenset[Any], frozenset[Any]]:
    """(told together, told by nobody) among these, by how many people wrote there. The named one of the first rank joins a small
    one that is alone: ranks that change with time would let what is told on two days, subtracted, tell the small one."""
    small = frozenset(one for one, number in writers.items() if 0 < number < WRITERS)
    named = sorted((one for one, number in writers.items() if number >= WRITERS), key=lambda one: (ranks.get(one, 0), str(one)))
    if len(small) != 1:
        return small, frozenset()
    return (small | {named[0]}, frozenset()) if named else (frozenset(), small)


def few_among(writers: Iterable[int]) -> int:
    """How many are too small to be named."""
    return sum(0 < number < WRITERS for number in writers)


@dataclass(frozen=True)
class NamedServices:
    """`named`: those that may be (`FROM_NONE` among them when enough people wrote from no service). `merged`: ids of those that are
    told together; `hidden`: of one that is alone and small, with nothing to join it. `few`: how many are too small to be named."""

    named: tuple[Written, ...]
    merged: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    few: int = 0

    def name_of(self, service_id: int | None) -> str:
        """Empty for one that is not named, and for none."""
        return next((one.name for one in self.named if one.id == service_id), "")

    def names_who_has_none(self) -> bool:
        return any(not one.id for one in self.named)

    def among(self, services: Iterable[Hashable]) -> tuple[str, ...]:
        """The names to show for these (ids, or the name of one that is gone), in alphabetical order; `OTHERS` last, from two
        others on. A service of another journal, where somebody lives it too, is one of the others."""
        there = set(services)
        shown = [one for one in self.named if one.id and one.id in there]
        names = sorted((one.name for one in shown), key=french.fold)
        return (*names, OTHERS) if len(there) - len(shown) >= 2 else tuple(names)


@dataclass(frozen=True)
class NamedColleges:
    """`merged`: told together; `hidden`: alone and small, with nothing to join it; `absent`: from which nobody ever wrote. Each in
    the order of the list of all."""

    named: tuple[College, ...]
    merged: tuple[College, ...] = ()
    hidden: tuple[College, ...] = ()
    absent: tuple[College, ...] = ()

    def among(self, colleges: Iterable[College]) -> tuple[str, ...]:
        """What to show for these: names, and `OTHER_COLLEGES` from two others on."""
        there = set(colleges)
        names = tuple(one.label for one in self.named if one in there)
        return (*names, OTHER_COLLEGES) if len(there) - len(names) >= 2 else names


def named_services(session: RexSession, collectif_id: int) -> NamedServices:
    """One statement."""
    written = written_in_services(session, collectif_id)
    merged, hidden = merged_among({one.id: one.writers for one in written}, {one.id: one.id for one in written})
    named = tuple(one for one in written if one.writers and one.id not in merged | hidden)
    return NamedServices(named, merged, hidden, few_among(one.writers for one in written))


def named_colleges(session: RexSession, collectif_id: int) -> NamedColleges:
    """One statement."""
    return named_among_colleges(written_from_colleges(session, collectif_id))


def named_among_colleges(writers: Mapping[College, int]) -> NamedColleges:
    merged, hidden = merged_among(writers, {one: rank for rank, one in enumerate(College)})
    return NamedColleges(
        tuple(one for one in College if writers[one] and one not in merged | hidden),
        tuple(one for one in College if one in merged),
        tuple(hidden),
        tuple(one for one in College if not writers[one]),
    )
