"""Rows in bulk. Those of a peer group are sealed as its pages seal them: a seeded room keeps no word in clear."""

from typing import Any, cast

from sqlalchemy import Table, insert, inspect

from rex.collectifs.group_models import PeerGroup
from rex.collectifs.models import Space
from rex.db import Base, RexSession
from rex.sealed_words import InGroup, words_of

Row = dict[str, Any]


def insert_rows(session: RexSession, space: Space, model: type[Base], rows: list[Row]) -> None:
    """Insert rows of one class that belong to this space."""
    if rows:
        session.execute(insert(table_of(model)), sealed_in(space, model, rows))


def insert_for_ids(session: RexSession, space: Space, model: type[Base], rows: list[Row]) -> list[int]:
    """The same, and the ids that the base gave, in the order of the rows."""
    if not rows:
        return []
    table = table_of(model)
    made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(session.scalars(made, sealed_in(space, model, rows)))


def sealed_in(space: Space, model: type[Base], rows: list[Row]) -> list[Row]:
    """The same rows, their words marked with the key of the group that they belong to: `Words` seals them on the way in."""
    if not isinstance(space, PeerGroup):
        return rows
    words, key = set(words_of(inspect(model))), space.key_name
    return [{name: InGroup(value, key) if value and name in words else value for name, value in row.items()} for row in rows]


def table_of(model: type[Base]) -> Table:
    """The table of one of our classes; SQLAlchemy types it more widely, for classes mapped to a query."""
    return cast(Table, model.__table__)
