"""The 23 balises, told and not told: lived in the period, told longer ago, never told yet; and those that experience disputes.

Of récits alone: a difficulty says what resists, and takes no stance on a balise that the journal could weigh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, select

from rex import clock
from rex.french import count, date_short, plural, typo
from rex.journal.models import Entry, Stance, Tagging
from rex.referentiel.content import BALISES, ENJEUX
from rex.referentiel.markers import REFERENTIEL, Marker, own_markers
from rex.trends.behind import rows_behind, told_here
from rex.trends.columns import columns_of
from rex.trends.conditions import within
from rex.trends.figures import Figure, When
from rex.trends.look import Look
from rex.trends.saying import in_words
from rex.trends.tables import Cell, Row, Table

OWN = "Balises du collectif"
LEAST_FOUND = 3  # récits of a balise in the period, under which it is not said to come back


class State(StrEnum):
    """`AWAY`: told in the last twelve months, or since, and not in the period."""

    LIVED = "vécue"
    AWAY = "hors de la période"
    OLD = "ancienne"
    SILENT = "silencieuse"


GLYPHS = {State.LIVED: "full", State.AWAY: "half", State.OLD: "ring", State.SILENT: "dashed"}


@dataclass(frozen=True)
class Mark:
    """A balise. `now`: récits of the period; `ever`, `agree`, `against`: since the beginning. `is_disputed`: one récit illustrates
    it, another contradicts it."""

    marker: Marker
    state: State
    now: Cell
    ever: Cell
    agree: Cell
    against: Cell
    last: date | None

    @property
    def is_disputed(self) -> bool:
        return not self.agree.is_empty and not self.against.is_empty

    @property
    def glyph(self) -> str:
        return GLYPHS[self.state]

    @property
    def said(self) -> str:
        """What stands beside its numbers."""
        return self.state.value + (", disputée" if self.is_disputed else "")


@dataclass(frozen=True)
class Group:
    """An enjeu (`code` E, S, C or V), or the balises of the collectif's own."""

    code: str
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Couverture:
    title: str
    caption: str
    summary: str
    groups: tuple[Group, ...]
    tables: tuple[Table, ...]
    invites: bool
    key: str = "couverture"


def read(look: Look) -> Couverture:
    """One statement; one more for the balises of a collectif's own."""
    markers = _markers(look)
    rows = {row.code: row for row in rows_behind(look, _counted(look))}
    marks = [_mark(look, one, rows.get(one.code)) for one in markers if _is_shown(one, rows)]
    labels = {one.code: one.label for one in ENJEUX}
    groups = tuple(Group(code, labels.get(code, OWN), tuple(of)) for code, of in groupby(marks, key=lambda one: one.marker.enjeu))
    caption = f"Récits par balise, {look.asked.span.label} et depuis le début"
    return Couverture(
        _title(look, marks),
        caption,
        _summary(marks),
        groups,
        (_table(look, caption, marks),),
        any(one.state is State.SILENT for one in marks),
    )


def _markers(look: Look) -> list[Marker]:
    """Those of the page: one balise, those of one enjeu, or all; then, in a journal, its own."""
    asked = look.asked
    if asked.balise or asked.enjeu:
        chosen = [one.marker for one in columns_of(look) if one.marker]
        if chosen or asked.balise:
            return chosen
    found = [REFERENTIEL[one.code] for one in BALISES]
    if not asked.place.is_reseau:
        own = own_markers(look.session, look.reader.slugs).values()
        found += [one for one in own if one.collectif_id == asked.place.collectif_id]
    return found


def _is_shown(marker: Marker, rows: Mapping[str, Any]) -> bool:
    """A balise of the collectif's own that it closed is shown as long as récits carry it."""
    return not marker.is_closed or marker.code in rows


def _counted(look: Look) -> Select[Any]:
    """Of each balise: récits of the period and of always, the last of them, those that illustrate it and that contradict it."""
    in_period = and_(*within(look.asked.span, look.asked.place.timezone)).label("is_now")
    here = told_here(look, Entry.published_at, in_period, when=When.EVER).prefix_with("MATERIALIZED")
    columns: list[Any] = [
        Tagging.code,
        func.count().filter(here.c.is_now).label("now"),
        func.count().label("ever"),
        func.max(here.c.published_at).label("last"),
        func.count().filter(Tagging.stance == Stance.ILLUSTRE).label("agree"),
        func.count().filter(Tagging.stance == Stance.CONTREDIT).label("against"),
    ]
    return select(*columns).join_from(here, Tagging, Tagging.entry_id == here.c.id).group_by(Tagging.code)


def _mark(look: Look, marker: Marker, row: Any) -> Mark:
    asked, code = look.asked, marker.code

    def cell(number: int, **what: Any) -> Cell:
        return Cell(number, asked.url_of(Figure(balise=code, **what)) if number else "")

    if row is None:
        return Mark(marker, State.SILENT, *(Cell(0) for _ in range(4)), None)
    last = clock.local(row.last, asked.place.timezone).date()
    return Mark(
        marker,
        State.LIVED if row.now else State.OLD if last < year_before(min(asked.span.ends_on, asked.today)) else State.AWAY,
        cell(row.now),
        cell(row.ever, when=When.EVER),
        cell(row.agree, when=When.EVER, stance=Stance.ILLUSTRE),
        cell(row.against, when=When.EVER, stance=Stance.CONTREDIT),
        last,
    )


def year_before(day: date) -> date:
    """Twelve months before: 29 February comes after the 28th of a common year."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _title(look: Look, marks: Sequence[Mark]) -> str:
    """« « La confiance » revient le plus, « Le droit à l’erreur » attend son premier récit »: what is told and what is not, as
    readily. Of one service or collège alone, nothing is said to be missing."""
    if len(marks) == 1:
        return typo(f"« {marks[0].marker.label} », {marks[0].said}")
    said = [part for part in (_most_told(marks), _missing(marks) if not (look.asked.unit or look.asked.college) else "") if part]
    if said:
        title = " ; ".join(said)
        return typo(title[:1].upper() + title[1:])
    if len(marks) > 1 and all(one.state is not State.SILENT for one in marks):
        return "Toutes les balises ont leur récit"
    return "Les balises racontées, et les autres"


def _most_told(marks: Sequence[Mark]) -> str:
    told = sorted((one for one in marks if _number(one.now)), key=lambda one: -_number(one.now))
    following = _number(told[1].now) if len(told) > 1 else 0
    if not told or _number(told[0].now) < LEAST_FOUND or _number(told[0].now) == following:
        return ""
    return f"« {told[0].marker.label} » revient le plus"


def _missing(marks: Sequence[Mark]) -> str:
    silent = [one for one in marks if one.state is State.SILENT]
    if silent:
        name, more = f"« {silent[0].marker.label} »", len(silent) - 1
        if not more:
            return f"{name} attend son premier récit"
        return f"{name} et {in_words(more, feminine=True)} {plural(more, 'autre')} attendent leur premier récit"
    old = sorted((one for one in marks if one.state is State.OLD and one.last), key=lambda one: one.last or date.min)
    return f"rien sur « {old[0].marker.label} » depuis plus d’un an" if old else ""


def _summary(marks: Sequence[Mark]) -> str:
    """« 14 vécues, 3 hors de la période, 2 anciennes, 4 silencieuses. 2 disputées. »"""
    parts = [count(sum(one.state is state for one in marks), _word(state), _words(state)) for state in State if _any(marks, state)]
    disputed = sum(one.is_disputed for one in marks)
    return ", ".join(parts) + (f" ; {count(disputed, 'disputée')}" if disputed else "") + "." if parts else ""


def _any(marks: Sequence[Mark], state: State) -> bool:
    return any(one.state is state for one in marks)


def _word(state: State) -> str:
    return state.value


def _words(state: State) -> str:
    return state.value if state is State.AWAY else f"{state.value}s"


def _table(look: Look, caption: str, marks: Sequence[Mark]) -> Table:
    heads = ("Balise", "État", "Récits de la période", "Depuis le début", "L’illustrent", "La contredisent", "Dernier récit")
    rows = tuple(
        Row(
            one.marker.label,
            (Cell(one.said), one.now, one.ever, one.agree, one.against, Cell(date_short(one.last) if one.last else "")),
            key=one.marker.code,
            url=one.marker.href,
        )
        for one in marks
    )
    note = "Ancienne : le dernier récit a plus de douze mois. Disputée : un récit l’illustre, un autre la contredit."
    return Table(caption, heads, rows, note=note)


def _number(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0
