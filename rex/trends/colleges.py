"""From where one tells: récits by collège, beside those before, and difficulties; and the collèges that are not heard yet.

Difficulties are those of now alone: they are many, and twice as many would cost as much as all the rest of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, literal, select, union_all

from rex.collectifs.models import College
from rex.french import joined
from rex.journal.models import Authorship, Entry
from rex.trends.behind import rows_behind
from rex.trends.conditions import counted
from rex.trends.figures import Figure, Kind, When
from rex.trends.look import Look
from rex.trends.saying import against, in_words
from rex.trends.tables import Cell, Row, Table
from rex.trends.units import OTHERS

COUNTED = ((Kind.RECITS, When.NOW), (Kind.RECITS, When.BEFORE), (Kind.DIFFICULTIES, When.NOW))
HEADS = ("Récits", "Récits avant", "Difficultés")
ABSENT = "pas encore entendu"


@dataclass(frozen=True)
class Heard:
    """A collège, or those that are told together. `cells`: in the order of `COUNTED`."""

    key: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class InColleges:
    """`absent`: names of collèges from which nobody ever told anything. `most`: the greatest number of récits, for the bars."""

    title: str
    caption: str
    heard: tuple[Heard, ...]
    absent: tuple[str, ...]
    compared: str
    most: int
    note: str
    tables: tuple[Table, ...]
    key: str = "colleges"

    def length(self, one: Heard) -> float:
        """Of the bar of its récits, out of 100."""
        return round(100 * _value(one.cells[0]) / self.most, 1) if self.most else 0.0


def read(look: Look) -> InColleges:
    """One statement."""
    asked, colleges = look.asked, look.colleges
    counts = {(row.college, row.rank): row.told for row in rows_behind(look, _counted(look))}
    heard = tuple(
        Heard(key, name, tuple(_cell(look, key, rank, counts.get((key, rank), 0)) for rank in range(len(COUNTED))))
        for key, name in colleges.shown
    )
    absent = tuple(one.label for one in colleges.absent)
    caption = f"Récits et difficultés par collège, {asked.span.label}"
    note = "Un texte écrit à plusieurs compte dans chaque collège de ses auteurs."
    if colleges.merged:
        note += " Un collège est nommé quand trois personnes au moins y ont écrit."
    rows = [Row(one.name, one.cells, key=one.key) for one in heard]
    rows += [Row(name, (Cell(ABSENT), *(Cell("") for _ in COUNTED[1:]))) for name in absent]
    table = Table(caption, ("Collège", *HEADS), tuple(rows), note=f"{note} Avant : {asked.compared.label}.")
    most = max((_value(cell) for one in heard for cell in one.cells[:2]), default=0)
    return InColleges(_title(look, heard, absent), caption, heard, absent, against(asked), most, note, (table,))


def _counted(look: Look) -> Select[Any]:
    """(rank in `COUNTED`, key, entries), each entry once in each collège of its authors."""
    colleges = look.colleges
    named = [one for one in College if colleges.key_of(one)]
    key: Any = Authorship.college  # as it stands when it is its own key: a CASE is worked out, and sorted, for each signature
    if not named:
        key = literal("")
    elif colleges.merged:
        key = case(*((Authorship.college == one, literal(colleges.key_of(one))) for one in named), else_="")
    parts = []
    for rank, (kind, days) in enumerate(COUNTED):
        here = counted(look, kind, days).with_only_columns(Entry.id).cte(f"told_{rank}").prefix_with("MATERIALIZED")
        each = func.count(here.c.id.distinct()).label("told")
        by = select(literal(rank).label("rank"), key.label("college"), each).group_by(key)
        by = by.join_from(here, Authorship, Authorship.entry_id == here.c.id)
        parts.append(by.where(Authorship.college.in_(named)))
    return select(union_all(*parts).subquery())


def _cell(look: Look, key: str, rank: int, told: int) -> Cell:
    kind, days = COUNTED[rank]
    return Cell(told, look.asked.url_of(Figure(kind, days, college=key)) if told else "")


def _value(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0


def _title(look: Look, heard: Sequence[Heard], absent: Sequence[str]) -> str:
    """« Quatre collèges racontent ; pas encore entendu : Habitants ». Of a page that is narrowed, nothing is said to be missing."""
    if look.asked.is_narrowed or not heard:
        return "D’où l’on raconte"
    if absent:
        return f"{_number(heard)} ; pas encore {'entendus' if len(absent) > 1 else 'entendu'} : {joined(absent)}"
    quiet = [one.name for one in heard if one.key != OTHERS and not _value(one.cells[0]) and not _value(one.cells[2])]
    if quiet and len(quiet) < len(heard):
        return f"{_number([one for one in heard if one.name not in quiet])} cette fois ; sans texte : {joined(quiet)}"
    return _number(heard) if not quiet else "Aucun collège cette fois"


def _number(heard: Sequence[Heard]) -> str:
    """« Trois collèges racontent »; those that are told together are not counted."""
    named = sum(one.key != OTHERS for one in heard)
    if len(heard) > named:
        return "Plusieurs collèges racontent"
    return f"{in_words(named).capitalize()} {'collèges racontent' if named > 1 else 'collège raconte'}"
