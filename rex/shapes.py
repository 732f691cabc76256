"""Statements built once, for every reader: what a condition may know of a reader before there is one.

Building a statement takes longer than running it. The conditions of the door are therefore worked out for a *shape* (how many
collectifs, which rights), with parameters in the place of ids; `rex.access` gives each execution the ids of the reader of its
session. What a statement keeps is its words, never anybody's rows."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, null

from rex.db import BigId, UtcDateTime

Parameters = tuple[BindParameter[int], ...]


@dataclass(frozen=True)
class Shape:
    """A reader as a condition sees them: the same names as `rex.access.Reader`, and only those that conditions may ask.

    Anything else fails: what is not a parameter must hold for all the readers of this shape. Each time it is asked, a
    parameter is made anew: SQLAlchemy compares the copies of one and the same at each execution, slowly."""

    collectifs: int
    animated: int
    services: int
    groups: int
    is_admin: bool
    visits: int = 0

    @property
    def user_id(self) -> BindParameter[int]:
        return bindparam("reader_id", type_=BigId)

    @property
    def now(self) -> BindParameter[datetime]:
        """The instant of the request: what opens at a time is compared with it at each execution."""
        return bindparam("reader_now", type_=UtcDateTime)

    @property
    def collectif_ids(self) -> Parameters:
        return _several("reader_collectif", self.collectifs)

    @property
    def group_ids(self) -> Parameters:
        return _several("reader_group", self.groups)

    @property
    def visit_ids(self) -> Parameters:
        return _several("reader_visits", self.visits)

    @property
    def space_ids(self) -> Parameters:
        """Their collectifs and their peer groups: where what they wrote is still theirs to read."""
        return (*self.collectif_ids, *self.group_ids) if self.groups else self.collectif_ids

    @property
    def animated_ids(self) -> Parameters:
        return _several("reader_animates", self.animated)

    @property
    def service_ids(self) -> Parameters:
        return _several("reader_service", self.services)


@lru_cache(maxsize=512)
def shape_of(collectifs: int, animated: int, services: int, groups: int, is_admin: bool, visits: int = 0) -> Shape:
    """The one shape of all readers with these numbers."""
    return Shape(collectifs, animated, services, groups, is_admin, visits)


Ids = tuple[int, ...]


def values_of(
    user_id: int, now: datetime, *, collectifs: Ids, animated: Ids, services: Ids, groups: Ids, visits: Ids
) -> dict[str, Any]:
    """What the parameters of a shape stand for, for one reader."""
    values: dict[str, Any] = {"reader_id": user_id, "reader_now": now}
    for name, ids in (
        ("reader_collectif", collectifs),
        ("reader_animates", animated),
        ("reader_service", services),
        ("reader_group", groups),
        ("reader_visits", visits),
    ):
        values |= {f"{name}_{rank}": one for rank, one in enumerate(ids)}
    return values


class _None(tuple):
    """No id at all: false as an empty tuple is, and in an `in_` a NULL, which no row equals (an empty list is written anew, and
    checked, at each execution)."""

    def __bool__(self) -> bool:
        return False


def _several(name: str, number: int) -> Parameters:
    return tuple(bindparam(f"{name}_{rank}", type_=BigId) for rank in range(number)) or _None((null(),))
