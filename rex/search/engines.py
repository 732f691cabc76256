"""The index of the engine: table `search_fts`, which the models do not know, since each engine has its own kind.

SQLite: FTS5 over the words of `search_row` (external content: the words are kept once), no triggers, no counts of columns: ranking
is ours. PostgreSQL: a vector for each row, under GIN. In both, words in their order begin with `e`, stems with `s`, those of the
title with `t`. What is looked for is written with [a-z0-9] alone (`rex.search.words`): nothing that one types is an operator."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, String, TextClause, bindparam, func, text
from sqlalchemy.sql.selectable import TableValuedAlias

from rex.search.asked import Asked, Term

TABLE = "search_fts"
_SAID = "exact || stems || title"  # first the words in their order: far on, PostgreSQL counts places no more
_PUT_IN = {
    "sqlite": f"INSERT INTO {TABLE}(rowid, title, stems, exact) SELECT id, title, stems, exact FROM search_row WHERE ",
    "postgresql": f"INSERT INTO {TABLE}(id, vector) SELECT id, to_tsvector('simple', {_SAID}) FROM search_row WHERE ",
}
_TAKE_OUT = {
    "sqlite": (
        f"INSERT INTO {TABLE}({TABLE}, rowid, title, stems, exact) "
        "SELECT 'delete', id, title, stems, exact FROM search_row WHERE "
    ),
    "postgresql": f"DELETE FROM {TABLE} WHERE id IN (SELECT id FROM search_row WHERE ",
}
_END = {"sqlite": "", "postgresql": ")"}


def put_in(connection: Connection, row_ids: Sequence[int]) -> None:
    """The words of these rows enter the index, once they stand in `search_row`."""
    engine = connection.dialect.name
    connection.execute(text(f"{_PUT_IN[engine]}id IN :ids").bindparams(_list("ids")), {"ids": list(row_ids)})


def take_out(connection: Connection, row_ids: Sequence[int]) -> None:
    """The words of these rows leave the index, before they leave `search_row` or change there."""
    _take_out(connection, "id", row_ids)


def take_out_collectifs(connection: Connection, collectif_ids: Sequence[int]) -> None:
    """The same for all the rows of these collectifs."""
    _take_out(connection, "collectif_id", collectif_ids)


def _take_out(connection: Connection, column: str, ids: Sequence[int]) -> None:
    engine = connection.dialect.name
    statement = f"{_TAKE_OUT[engine]}{column} IN :ids{_END[engine]}"
    connection.execute(text(statement).bindparams(_list("ids")), {"ids": list(ids)})


def _list(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


def hold(connection: Connection) -> None:
    """Nobody else fills the index until the end of the transaction; in SQLite a transaction that writes is alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE search_row IN SHARE ROW EXCLUSIVE MODE"))


def make_anew(connection: Connection) -> None:
    """The whole index from the rows as they are."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')"))
    else:
        connection.execute(text(f"DELETE FROM {TABLE}"))
        connection.execute(text(f"{_PUT_IN['postgresql']}true"))


def sweep(connection: Connection) -> None:
    """Let nothing stay in the file of the words that left: FTS5 only marks them as gone until it merges its parts."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')"))


def is_whole(connection: Connection) -> bool:
    """Whether the index holds the words of the rows, no less and no more."""
    if connection.dialect.name == "sqlite":
        try:
            connection.execute(text(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('integrity-check', 1)"))
        except Exception as error:  # FTS5 says it by an error of the engine
            if "malformed" in str(error):
                return False
            raise
        return True
    other = (
        f"SELECT search_row.id FROM search_row LEFT JOIN {TABLE} USING (id) "
        f"WHERE vector IS NULL OR vector <> to_tsvector('simple', {_SAID}) LIMIT 1"
    )
    return connection.execute(text(other)).first() is None


# --- what is looked for ------------------------------------------------------------------------------------------------------


def hits() -> TableValuedAlias:
    """In SQLite: the numbers of the rows that say what is `:asked`."""
    return func.search_fts(bindparam("asked", type_=String)).table_valued("rowid", name="hit")


def is_hit() -> TextClause:
    """In PostgreSQL: whether a row says what is `:asked`."""
    asked = bindparam("asked", type_=String)
    return text(f"search_row.id IN (SELECT id FROM {TABLE} WHERE vector @@ to_tsquery('simple', :asked))").bindparams(asked)


def written_for(engine: str, asked: Asked, where: str = "stems") -> str:
    """What is looked for, as this engine reads it, in the whole of a text or in its `title`."""
    either, both, phrase, quote = _WRITTEN[engine]
    terms = [_written(term, where[0], either, phrase, quote) for term in asked.terms]
    return (either if asked.is_any else both).join(terms)


# One or the other, both, one after the other, around a word.
_WRITTEN = {"sqlite": (" OR ", " AND ", " + ", '"'), "postgresql": (" | ", " & ", " <-> ", "")}


def _written(term: Term, of: str, either: str, phrase: str, quote: str) -> str:
    words = [f"{quote}{'e' if term.is_exact else of}{word}{quote}" for word in term.words]
    return f"({(phrase if term.is_exact else either).join(words)})"
