"""The second lock: to every statement of a session it adds the scopes of the classes that it names, whatever wrote it.

`rex.access` fills `SCOPES`; a class without a scope is for the system alone, and a session without a reader runs nothing."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Executable, Select, event, false
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.util import AliasedInsp
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.expression import Join, TableClause

from rex.db import Base, RexSession, System
from rex.sealed_words import refuse_plain_words
from rex.shapes import Shape

SCOPES: dict[type[Base], Callable[[Any], ColumnElement[bool]]] = {}


class NoReader(RuntimeError):
    """A query ran in a session that was not told for whom it reads."""


def shape_and_ids(session: Any) -> tuple[Shape, dict[str, Any]]:
    """The shape of the session's reader and the ids that its parameters stand for."""
    reader: Any = getattr(session, "reader", None)
    shape = getattr(reader, "shape", None)
    if not isinstance(shape, Shape):
        raise NoReader("this session was opened without a reader: use the request's, or database.system('why')")
    return shape, reader.parameters


@event.listens_for(RexSession, "do_orm_execute")
def _on_every_statement(state: ORMExecuteState) -> None:
    reader: Any = getattr(state.session, "reader", None)
    refuse_plain_words(state.statement)
    if isinstance(reader, System):
        return
    shape, ids = shape_and_ids(state.session)
    if not state.is_orm_statement:
        raise NoReader("statements on tables escape the second lock: select mapped classes or their columns")
    if state.is_insert or state.is_column_load:
        return
    if state.is_select:
        state.statement = locked(state.statement, shape)
        given = state.parameters if isinstance(state.parameters, Mapping) else {}  # a list of them is for inserts
        state.parameters = {**given, **ids}  # last: nobody else says who reads
    else:
        state.statement = state.statement.options(*(_lock(cls, reader) for cls in _classes_in(state.statement)))


# A statement that is kept (built once for a shape) is locked once; the others are forgotten with the page that built them.
_KEPT: WeakKeyDictionary[Executable, dict[Shape, Executable]] = WeakKeyDictionary()


def locked(statement: Any, shape: Shape) -> Any:
    """The statement with the scopes of the classes that it names, for readers of this shape.

    Only those that it names: each scope costs time at every execution (measured: all of them double a list)."""
    kept = _KEPT.setdefault(statement, {})
    if shape not in kept:
        classes = sorted(_classes_in(statement), key=lambda cls: cls.__name__)
        kept[shape] = statement.options(*(_lock_of_shape(cls, shape) for cls in classes))
    return kept[shape]


@lru_cache(maxsize=2048)
def _lock_of_shape(cls: type[Base], shape: Shape) -> ExecutableOption:
    return _lock(cls, shape)


def _lock(cls: type[Base], reader: Any) -> ExecutableOption:
    """The scope of a class for a reader, or for all readers of a shape."""
    return with_loader_criteria(cls, SCOPES[cls](reader) if cls in SCOPES else false(), include_aliases=True)


def _classes_in(statement: Executable) -> frozenset[type[Base]]:
    """The mapped classes that a statement names anywhere: columns, joins, subqueries. Raises NoReader when it
    joins an alias. Both in one walk: every page pays for it."""
    found = set()
    for element in visitors.iterate(statement):  # ty: ignore[invalid-argument-type]
        entity = element._annotations.get("parententity")
        if entity is not None:
            found.add(entity.mapper.base_mapper.class_)
        elif isinstance(element, TableClause):
            found.add(_class_of_table(element.name))
        if isinstance(element, Select):
            _refuse_aliases(target for target, *_ in element._setup_joins)
        elif isinstance(element, Join):
            _refuse_aliases((element.left, element.right))
    return frozenset(found)


def _refuse_aliases(joined: Iterable[Any]) -> None:
    """In the ON of a join SQLAlchemy says a class's criterion of the class itself, whatever alias is joined: the alias would
    bring rows that nobody looked at. In a FROM or a subquery it is said of the alias."""
    if any(isinstance(target._annotations.get("parententity"), AliasedInsp) for target in joined):
        raise NoReader("an alias in a join escapes the second lock: name it in the FROM, or in a subquery")


@cache
def _class_of_table(name: str) -> type[Base]:
    return next(m.base_mapper.class_ for m in Base.registry.mappers if m.local_table.name == name)  # ty: ignore
