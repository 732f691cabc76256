"""Counting what hangs from many entries at once.

The second lock looks, for each row of a signature, a balise or a message, whether its entry is told to who reads: a year of a large
journal has a hundred thousand of them. Here the door is asked once of each entry, and its rows are then counted as the system
reads them, through that list alone: nothing else of this room reads so."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE

from rex.journal.models import Entry
from rex.trends.conditions import counted
from rex.trends.figures import Kind, When
from rex.trends.look import Look


def told_here(look: Look, *columns: Any, kind: Kind = Kind.RECITS, when: When = When.NOW) -> CTE:
    """The entries that the page is about, through the door and its filters, as a list that a statement starts from (`id`, and
    these columns)."""
    return counted(look, kind, when).with_only_columns(Entry.id, *columns).cte("told")


def rows_behind(look: Look, statement: Any) -> Sequence[Any]:
    """What a statement gives whose every row hangs from `told_here`."""
    with look.session.as_system("what hangs from entries that the door lets this reader read"):
        return look.session.execute(statement).all()
