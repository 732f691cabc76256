"""Statements of the pages that are read most: built, locked and compiled once, then run straight through the driver.

SQLAlchemy takes five to twenty times longer to build and to look at such a statement than the database takes to run it. Columns
only, no mapped object; the rows are read anew each time, for the reader of the session."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Enum, bindparam
from sqlalchemy.exc import OperationalError

from rex.db import RexSession, System, UtcDateTime
from rex.sealed_words import MARK, Words, opened
from rex.second_lock import NoReader, locked, shape_and_ids
from rex.shapes import Shape, shape_of

_NOBODY = shape_of(0, 0, 0, 0, False)


@dataclass(frozen=True)
class _Ready:
    """A statement as the driver takes it."""

    sql: str
    names: tuple[str, ...]  # of the parameters, in order for a driver that counts them
    is_counted: bool
    constants: dict[str, Any]  # as the driver takes them
    prepared: dict[str, Callable[[Any], Any]]  # what makes of a value what the driver takes
    named: Callable[[Iterable[Any]], Any]
    read: tuple[tuple[int, Callable[[Any], Any]], ...]  # what makes of a column's value ours
    words: tuple[int, ...]  # which columns may be sealed: opened with the keys of the base that is asked

    def row_of(self, found: Sequence[Any], dialect: Dialect) -> Any:
        cells = list(found)
        for at, process in self.read:
            if cells[at] is not None:
                cells[at] = process(cells[at])
        for at in self.words:
            kept = cells[at]
            if kept and kept[0] == MARK:
                cells[at] = opened(kept, dialect)
        return self.named(cells)


class Kept:
    """`@Kept` on a function that makes a statement for a shape of reader: `rows(session, name=value…)` gives what it finds.

    What the statement asks of its reader must come from the shape; all the rest from `bindparam("name", type_=…)`."""

    def __init__(self, build: Callable[[Shape], Any]) -> None:
        self._build = build
        self._ready: dict[tuple[Shape, str, bool], _Ready] = {}
        self.__doc__ = build.__doc__

    def rows(self, session: RexSession, **given: Any) -> list[Any]:
        """The rows that the reader of this session reads, with the names of the columns."""
        is_system = isinstance(session.reader, System)
        shape, ids = (_NOBODY, {}) if is_system else shape_and_ids(session)
        session.flush()
        connection = session.connection()
        key = (shape, connection.dialect.name, is_system)
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = _make_ready(self._build(shape), shape, connection.dialect, is_system=is_system)
        values = {**ready.constants, **given, **ids}  # last: nobody else says who reads
        for name, prepare in ready.prepared.items():
            if name in values:
                values[name] = prepare(values[name])
        ordered = tuple([values[name] for name in ready.names]) if ready.is_counted else {n: values[n] for n in ready.names}
        return [ready.row_of(cells, connection.dialect) for cells in _fetched(connection, ready.sql, ordered)]


def _fetched(connection: Connection, sql: str, ordered: Any) -> Sequence[Any]:
    """What the driver finds; whoever listens to the statements of the engine hears this one too."""
    cursor = connection.connection.cursor()
    events: Any = connection.dispatch
    events.before_cursor_execute(connection, cursor, sql, ordered, None, False)
    try:
        cursor.execute(sql, ordered)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:  # told as any other error of the database is
        raise OperationalError(sql, None, error, hide_parameters=True) from error
    finally:
        cursor.close()


def _make_ready(statement: Any, shape: Shape, dialect: Dialect, *, is_system: bool) -> _Ready:
    if statement._propagate_attrs.get("compile_state_plugin") != "orm":
        raise NoReader("statements on tables escape the second lock: select mapped classes or their columns")
    compiled = (statement if is_system else locked(statement, shape)).compile(dialect=dialect)
    if any(bind.required for bind in (*compiled.literal_execute_params, *compiled.post_compile_params)):
        raise TypeError("a kept statement has no list whose length changes: write it with `several`")
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    prepared = {name: process for name, bind in binds.items() if (process := _impl(bind, dialect).bind_processor(dialect))}
    fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
    # What SQLAlchemy writes by itself when the values come, and is known now: which kinds of rows a class stands for.
    written = compiled.construct_expanded_state({name: fixed.get(name) for name in binds})
    for name, each in written.parameter_expansion.items():
        prepared |= dict.fromkeys(each, prepared[name]) if name in prepared else {}
        fixed |= dict(zip(each, fixed.pop(name), strict=True))
    constants = {name: prepared[name](value) if name in prepared else value for name, value in fixed.items()}
    columns = list(statement.selected_columns)
    words = [at for at, column in enumerate(columns) if isinstance(column.type, Words)]
    read = [(at, _reading(column.type, dialect)) for at, column in enumerate(columns) if at not in words]
    return _Ready(
        sql=written.statement,
        names=tuple(written.positiontup if written.positiontup is not None else {**written.parameters}),
        is_counted=compiled.positional,
        constants=constants,
        prepared={name: process for name, process in prepared.items() if name not in fixed},
        named=namedtuple("Row", [column.key for column in columns], rename=True)._make,
        read=tuple((at, process) for at, process in read if process is not None),
        words=tuple(words),
    )


def _impl(element: Any, dialect: Dialect) -> Any:
    return element.type.dialect_impl(dialect)


def _reading(type_: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes of a value of the driver what a column holds. For the two kinds that every page has many of, in one step
    where SQLAlchemy takes several."""
    if isinstance(type_, Enum) and type_.enum_class is not None:
        return {member.value: member for member in type_.enum_class}.__getitem__
    if isinstance(type_, UtcDateTime) and dialect.name == "sqlite":
        return lambda kept: datetime.fromisoformat(f"{kept}+00:00")
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def several(name: str, number: int, type_: Any) -> list[BindParameter[Any]]:
    """That many parameters, for an `in_` of a kept statement: `filled(name, number, values)` gives them their values."""
    return [bindparam(f"{name}_{rank}", type_=type_) for rank in range(number)]


def filled(name: str, number: int, values: Sequence[Any]) -> dict[str, Any]:
    """At most `number` values under the names of `several`; None fills up, which no row equals."""
    return {f"{name}_{rank}": values[rank] if rank < len(values) else None for rank in range(number)}
