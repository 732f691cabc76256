"""Words that lie sealed when their row belongs to a peer group, and in clear when it belongs to a collectif.

A column of type `Words` holds a text that somebody wrote. Before a row is written, the space that it belongs to is looked up
(`__space__` of its class says through which column); in a peer group, each of its words is sealed with the key of that group.
Reading opens them, for whoever may read the row: pages, lists and mails need not know where a text lies. What was not fetched is
not opened. A statement that would write plain words into such a column without passing through a mapped object is refused.

A sealed value opens in its own group alone. It is not bound to its row: whoever can exchange two values of one group in the
database can as well exchange the authors of their rows, which lie in clear."""

import base64
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Text, event, inspect, select
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeDecorator

from rex.db import Base
from rex.keys import KeyLost, Keyring


class SpaceKind(StrEnum):
    """Where an entry lives from birth."""

    COLLECTIF = "collectif"
    GROUPE = "groupe"
    ARRIVING = "arrivee"  # a collectif on its way in from an archive: it shows nowhere, and is a collectif once all of it is there


def key_name_of(kind: SpaceKind, public_id: str) -> str:
    """The name of the key that seals what a space does not keep in clear."""
    return f"{SpaceKind.COLLECTIF if kind is SpaceKind.ARRIVING else kind}-{public_id}"


ITSELF = ""  # `__space__` of a peer group: its own words are sealed with its own key
SPACES = "collectif"  # the table of spaces: collectifs and peer groups
MARK = "\x02"  # a character that no text keeps: `rex.text.marks.tidy` takes it out
LOST = "Un texte dont la clé manque"
_BOUND = "words"
_says_what_is_lost: ContextVar[bool] = ContextVar("says what is lost", default=False)


class InGroup(str):
    """A text to seal, with the name of the key of its group."""

    key_name: str

    def __new__(cls, words: str, key_name: str) -> "InGroup":
        made = super().__new__(cls, words)
        made.key_name = key_name
        return made


class Words(TypeDecorator[str]):
    """A text that people wrote; see the module."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value and isinstance(value, InGroup):
            sealed = keyring_of(dialect).seal(value.key_name, _BOUND, str(value))
            return f"{MARK}{value.key_name}|{base64.b64encode(sealed).decode()}"
        return f"{MARK}{value}" if value and value[0] == MARK else value  # its first character doubled: it is not a sealed one

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return opened(value, dialect) if value and value[0] == MARK else value


@contextmanager
def saying_what_is_lost() -> Generator[None]:
    """On a page of several spaces: what lies under a lost key says so in its place, and the rest of the page is there."""
    before = _says_what_is_lost.set(True)
    try:
        yield
    finally:
        _says_what_is_lost.reset(before)


def opened(kept: str, dialect: Dialect) -> str:
    """What `Words` kept under its mark. Raises KeyLost when the key of the group is gone."""
    if kept[1:2] == MARK:
        return kept[1:]
    key_name, _, sealed = kept[1:].partition("|")
    try:
        return keyring_of(dialect).open(key_name, _BOUND, base64.b64decode(sealed))
    except KeyLost:
        if _says_what_is_lost.get():
            return LOST
        raise


def keyring_of(dialect: Dialect) -> Keyring:
    """The keys of the installation whose engine this dialect serves (`rex.db.Database` gives them to it)."""
    return dialect.rex_keyring  # ty: ignore[missing-attribute]


class PlainWords(RuntimeError):
    """A statement would keep words in clear without anybody having looked at the space that they belong to."""


def refuse_plain_words(statement: Any) -> None:
    """Raise PlainWords when an UPDATE or an INSERT of mapped classes gives words to a column that may have to be sealed."""
    if not isinstance(statement, UpdateBase):
        return
    given = getattr(statement, "_values", None) or {}
    for column, value in given.items():
        if isinstance(getattr(column, "type", None), Words) and not _says_nothing(value):
            raise PlainWords(f"{column} is written through its mapped object, which knows its space")


def _says_nothing(value: Any) -> bool:
    known = value.effective_value if isinstance(value, BindParameter) else value
    return known in ("", None) if not hasattr(known, "compile") else False


@event.listens_for(Base, "before_insert", propagate=True)
def _before_insert(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    _seal(mapper, connection, row, only_changed=False)


@event.listens_for(Base, "before_update", propagate=True)
def _before_update(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    _seal(mapper, connection, row, only_changed=True)


def _seal(mapper: Mapper[Any], connection: Connection, row: Any, *, only_changed: bool) -> None:
    names = words_of(mapper)
    if not names:
        return
    state = inspect(row)
    written = [name for name in names if row.__dict__.get(name)]
    if only_changed:
        written = [name for name in written if state.attrs[name].history.has_changes()]
    if not written:
        return
    key_name = key_of_row(state.session, connection, row)
    if key_name is not None:
        for name in written:
            setattr(row, name, InGroup(row.__dict__[name], key_name))


def words_of(mapper: Mapper[Any]) -> list[str]:
    """The attributes of a class that hold words."""
    return [attribute.key for attribute in mapper.column_attrs if isinstance(attribute.columns[0].type, Words)]


def key_of_row(session: Session | None, connection: Connection, row: Any) -> str | None:
    """The name of the key that seals the words of a row: None when it belongs to a collectif.

    Goes from row to row along `__space__` to the table of spaces, on the connection of the flush: the row may not be readable
    by the person who writes (a message of the system, a row on its way out), and its space never changes."""
    if row.__space__ == ITSELF:
        return row.key_name
    column = inspect(type(row)).columns[row.__space__]
    target, row_id = next(iter(column.foreign_keys)).column.table, getattr(row, row.__space__)
    while target.name != SPACES:
        onward = target.c[_column_to_space(target)]
        here = _primary(target) == row_id
        target, row_id = next(iter(onward.foreign_keys)).column.table, connection.execute(select(onward).where(here)).scalar_one()
    known: dict[int, str | None] = session.info.setdefault("keys of words", {}) if session is not None else {}
    if row_id not in known:
        kind, public_id = connection.execute(select(target.c.kind, target.c.public_id).where(_primary(target) == row_id)).one()
        known[row_id] = key_name_of(kind, public_id) if kind == SpaceKind.GROUPE else None
    return known[row_id]


def _primary(table: Any) -> Any:
    return table.c[next(iter(table.primary_key)).name]


def _column_to_space(table: Any) -> str:
    """Through which column a row of this table belongs to a space; a subclass of `Entry` goes to its entry first."""
    own = [mapper for mapper in Base.registry.mappers if mapper.local_table is table]
    name = own[0].class_.__space__
    return name if name in table.c else next(iter(table.primary_key)).name
