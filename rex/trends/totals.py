"""How many entries the page is about, and from which collèges they come: both from the same lists, looked up once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, case, cast, func, literal, null, union_all

from rex import clock
from rex.collectifs.models import College
from rex.journal.models import Authorship, Entry
from rex.trends.behind import rows_behind
from rex.trends.conditions import counted, told
from rex.trends.figures import Kind, When
from rex.trends.inner import is_given
from rex.trends.look import Look
from rex.trends.units import Colleges

# What is told by collège. Difficulties are those of now alone: they are many, and twice as many would cost as much as the rest.
RECITS, RECITS_BEFORE, DIFFICULTIES = BY_COLLEGE = (
    (Kind.RECITS, When.NOW),
    (Kind.RECITS, When.BEFORE),
    (Kind.DIFFICULTIES, When.NOW),
)
MERCIS, EVER = (Kind.MERCIS, When.NOW), (Kind.RECITS, When.EVER)
COUNTED = (*BY_COLLEGE, MERCIS, EVER)
What = tuple[Kind, When]
_NO_DAY = cast(null(), Entry.published_at.type)


@dataclass(frozen=True)
class Totals:
    """`entries`: of each of `COUNTED`; `of_colleges`: by key of a collège, each entry once in each collège of its authors.
    `first_at`: when the first récit of the place was told."""

    entries: Mapping[What, int]
    of_colleges: Mapping[tuple[str, What], int]
    first_at: datetime | None


def totals_of(look: Look) -> Totals:
    """One statement."""
    here = {what: _list(look, what) for what in BY_COLLEGE}
    # Of the place over its life, whatever the filters: it says whether there is enough to tell.
    apart = {MERCIS: counted(look, Kind.MERCIS), EVER: told(look, when=When.EVER)}
    parts = [Select[Any](_rank(what), null(), func.count(), _NO_DAY).select_from(each) for what, each in here.items()]
    for what, entries in apart.items():
        each = entries.with_only_columns(Entry.id, Entry.published_at).subquery()
        parts.append(Select[Any](_rank(what), null(), func.count(), func.min(each.c.published_at)).select_from(each))
    if look.colleges.shown:
        parts += [_of_colleges(look.colleges, what, each) for what, each in here.items()]
    rows = [(COUNTED[rank], *more) for rank, *more in rows_behind(look, union_all(*parts))]
    entries = {what: number for what, key, number, _ in rows if key is None}
    of_colleges = {(key, what): number for what, key, number, _ in rows if key}
    return Totals(entries, of_colleges, next(first for what, key, _, first in rows if what == EVER and key is None))


def is_comparable(look: Look) -> bool:
    """Whether the journal was already there in all the days compared: one that begins is not said to tell more than before."""
    first_at, compared = look.once(totals_of).first_at, look.asked.compared
    return first_at is not None and clock.local(first_at, look.asked.place.timezone).date() <= compared.starts_on


def _list(look: Look, what: What) -> CTE:
    """Its entries, looked up once. Each list apart: both engines take half as long again to count the three as one."""
    return counted(look, *what).with_only_columns(Entry.id).cte(f"told_{COUNTED.index(what)}").prefix_with("MATERIALIZED")


def _of_colleges(colleges: Colleges, what: What, here: CTE) -> Select[Any]:
    """(rank, key, entries). Without a list of the collèges to look for: SQLite would look up each of them for each entry."""
    key: Any = Authorship.college
    if colleges.merged:  # otherwise as it stands: a CASE is worked out, and sorted, for each signature
        key = case(*((Authorship.college == one, literal(colleges.key_of(one))) for one in College), else_="")
    pairs = Select[Any](here.c.id, key.label("college")).join_from(here, Authorship, Authorship.entry_id == here.c.id)
    each = pairs.where(is_given(Authorship)).distinct().subquery()
    return Select[Any](_rank(what), each.c.college, func.count(), _NO_DAY).group_by(each.c.college)


def _rank(what: What) -> Any:
    return literal(COUNTED.index(what))
