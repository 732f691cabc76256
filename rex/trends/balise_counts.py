"""What the base counts of each balise, and where it stands: told in the period, told longer ago, never told yet.

Of récits alone: a difficulty says what resists, and takes no stance on a balise that the journal could weigh. Of a page that hears
one service or one collège, nothing is said to lack: a balise is told in this selection, or it is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, select

from rex import clock
from rex.journal.models import Entry, Stance, Tagging
from rex.referentiel.content import BALISES
from rex.referentiel.markers import REFERENTIEL, Marker, own_markers
from rex.trends.asked import Asked
from rex.trends.behind import rows_behind, told_here
from rex.trends.columns import columns_of
from rex.trends.conditions import within
from rex.trends.figures import Figure, When
from rex.trends.look import Look
from rex.trends.saying import hears_some
from rex.trends.tables import Cell


class State(StrEnum):
    """`AWAY`: told in the last twelve months, or since, and not in the period. `OUTSIDE`: not told in the period by the service or
    the collège that the page hears, whatever it told before."""

    LIVED = "vécue"
    AWAY = "hors de la période"
    OLD = "ancienne"
    SILENT = "silencieuse"
    OUTSIDE = "pas dans cette sélection"


GLYPHS = {State.LIVED: "full", State.AWAY: "half", State.OLD: "ring", State.SILENT: "dashed", State.OUTSIDE: "dot"}


@dataclass(frozen=True)
class Mark:
    """A balise. `now`: récits of the period; `ever`, `agree`, `against`: since the beginning. `is_disputed`: one récit illustrates
    it, another contradicts it; of one that is outside, nothing is said."""

    marker: Marker
    state: State
    now: Cell
    ever: Cell
    agree: Cell
    against: Cell
    last: date | None

    @property
    def is_disputed(self) -> bool:
        return self.state is not State.OUTSIDE and not self.agree.is_empty and not self.against.is_empty

    @property
    def glyph(self) -> str:
        return GLYPHS[self.state]

    @property
    def said(self) -> str:
        """What stands beside its numbers."""
        return self.state.value + (", disputée" if self.is_disputed else "")


def marks_of(look: Look) -> list[Mark]:
    """Those of the page, in the order of the référentiel. One statement; one more for the balises of a collectif's own."""
    markers = _markers(look)
    rows = {row.code: row for row in rows_behind(look, _counted(look))}
    return [_mark(look, one, rows.get(one.code)) for one in markers if _is_shown(one, rows)]


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

    last = clock.local(row.last, asked.place.timezone).date() if row else None
    state = _state(asked, bool(row and row.now), last)
    if row is None:
        return Mark(marker, state, *(Cell(0) for _ in range(4)), None)
    return Mark(
        marker,
        state,
        cell(row.now),
        cell(row.ever, when=When.EVER),
        cell(row.agree, when=When.EVER, stance=Stance.ILLUSTRE),
        cell(row.against, when=When.EVER, stance=Stance.CONTREDIT),
        last,
    )


def _state(asked: Asked, is_now: bool, last: date | None) -> State:
    if is_now:
        return State.LIVED
    if hears_some(asked):
        return State.OUTSIDE
    if last is None:
        return State.SILENT
    return State.OLD if last < year_before(min(asked.span.ends_on, asked.today)) else State.AWAY


def year_before(day: date) -> date:
    """Twelve months before: 29 February comes after the 28th of a common year."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
