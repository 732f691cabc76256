"""What the base counts of tensions: grouped by tension and by local day there, never difficulty by difficulty here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select, true, union_all

from rex import clock
from rex.access import told_difficulties, told_tensions
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Entry, EntryKind
from rex.tensions.models import ActKind, State, Tension, TensionAct, TensionLink
from rex.tensions.recurrence import LEAST_DIFFICULTIES, LEAST_MONTHS, is_recurring
from rex.trends.behind import rows_behind, told_here
from rex.trends.conditions import narrowing, span_of, within
from rex.trends.figures import Kind, When
from rex.trends.local_days import day_number, day_of
from rex.trends.look import Look
from rex.trends.tension_voices import Voices, of_places, voices_in


@dataclass(frozen=True)
class Named:
    """A tension that gathers something for this reader."""

    id: int
    public_id: str
    title: str
    state: State | None


@dataclass
class Counts:
    """Of one tension. `days` (of the axis), `ever` and `before`: with the filters of the page; the others: of all that it gathers,
    whatever is asked, since where it stands and when it began do not depend on what one looks at."""

    days: dict[date, int] = field(default_factory=dict)
    ever: int = 0
    before: int = 0
    gathered: int = 0
    first: date | None = None
    last: date | None = None


def tensions_here(look: Look) -> list[Named]:
    """The tensions of the journal that gather a difficulty for this reader, the first named first (one statement)."""
    links = told_difficulties(look.reader).join(TensionLink, TensionLink.difficulty_id == Difficulty.id)
    gathers = links.with_only_columns(TensionLink.difficulty_id).where(TensionLink.tension_id == Tension.id)
    query = told_tensions(look.reader).with_only_columns(Tension.id, Tension.public_id, Tension.title, Tension.state)
    here = (Tension.collectif_id == look.asked.place.collectif_id, Tension.kind == EntryKind.TENSION)  # as an index has them
    query = query.where(*here, gathers.correlate(Tension).exists())
    return [Named(*row) for row in look.session.execute(query.order_by(Tension.published_at, Tension.id))]


def most_told(look: Look, known: Iterable[Named], most: int) -> list[Named]:
    """Those of which most was told in the days of the page, then in those of the axis; none of which nothing was; a few more when
    the days of the page alone do not settle which. One statement, two when they are too many, or not enough."""
    now = _told_of_each(look, When.NOW)
    ranked = sorted((one for one in known if one.id in now), key=lambda one: -now[one.id])
    first = [one for one in ranked if now[one.id] >= now[ranked[most - 1].id]] if len(ranked) >= most else []
    if 0 < len(first) <= 2 * most:
        return first
    year = _told_of_each(look, When.YEAR)
    # `known` is in the order of the days on which they were named, that sorting keeps.
    return sorted((one for one in known if one.id in year), key=lambda one: (-now.get(one.id, 0), -year[one.id]))[:most]


def _told_of_each(look: Look, period: When) -> dict[int, int]:
    """How many difficulties of these days each tension gathers, with the filters of the page."""
    told_ones = told_here(look, kind=Kind.DIFFICULTIES, when=period)
    query = Select[Any](TensionLink.tension_id, func.count()).select_from(told_ones)
    query = query.join(TensionLink, TensionLink.difficulty_id == told_ones.c.id).group_by(TensionLink.tension_id)
    rows: Sequence[Any] = rows_behind(look, query)
    return {tension_id: number for tension_id, number in rows}


def counts_of(look: Look, tension_ids: Sequence[int]) -> tuple[dict[int, Counts], dict[int, Voices]]:
    """What these tensions gather, day by day on the axis, and who told it there. One statement, that looks up what they gather
    once: its rows are of a day (0), or of a place from which some of it was told (1)."""
    timezone, fits = look.asked.place.timezone, and_(true(), *narrowing(look))
    in_year, in_before = and_(*_within(look, When.YEAR)), and_(*_within(look, When.BEFORE))
    day = day_number(look.session, Entry.published_at, look.asked.span.year(), timezone)
    one = _gathered(
        look,
        tension_ids,
        case((in_year, day), else_=null()).label("day"),
        case((in_year, null()), else_=Entry.published_at).label("other_at"),  # of the days that the axis does not hold
        case((fits, 1), else_=0).label("fits"),
        case((and_(in_before, fits), 1), else_=0).label("before"),
    )
    totals = (func.count(), func.sum(one.c.fits), func.sum(one.c.before), func.min(one.c.other_at), func.max(one.c.other_at))
    of_days = Select[Any](literal(0), one.c.tension_id, one.c.day, *totals, null(), null(), null())
    of_days = of_days.group_by(one.c.tension_id, one.c.day)
    rows: Sequence[Any] = rows_behind(look, union_all(of_days, of_places(one, one.c.day.is_not(None))))
    found = {tension_id: Counts() for tension_id in tension_ids}
    for is_place, tension_id, number, gathered, fitting, before, first_at, last_at, *_ in rows:
        if is_place:
            continue
        counts = found[tension_id]
        counts.gathered, counts.ever, counts.before = counts.gathered + gathered, counts.ever + fitting, counts.before + before
        if number is None:
            first, last = clock.local(first_at, timezone).date(), clock.local(last_at, timezone).date()
        else:
            first = last = day_of(number)
            if fitting:
                counts.days[first] = fitting
        counts.first, counts.last = min(counts.first or first, first), max(counts.last or last, last)
    return found, voices_in(look, tension_ids, [row for row in rows if row[0]])


def voices_ever(look: Look, tension_ids: Sequence[int]) -> dict[int, Voices]:
    """Who told these tensions since the beginning (one statement)."""
    told_ones = _gathered(look, tension_ids, literal(1).label("fits"))
    return voices_in(look, tension_ids, rows_behind(look, of_places(told_ones, true())))


def put_to_work(look: Look, tension_ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these tensions was first put to work, by an act that still stands (one statement)."""
    query = select(TensionAct.tension_id, func.min(TensionAct.at)).where(
        TensionAct.tension_id.in_(tension_ids), TensionAct.kind == ActKind.AT_WORK, TensionAct.undone_at.is_(None)
    )
    rows = look.session.execute(query.group_by(TensionAct.tension_id))
    return {tension_id: at for tension_id, at in rows if tension_id is not None}


def recurring_among(look: Look, known: Sequence[Named], counts: Mapping[int, Counts], voices: Mapping[int, Voices]) -> set[int]:
    """Those that the rule of the house says to recur (`rex.tensions.recurrence`), of their whole life: `voices`, those of the year,
    often tell already; one statement finds those of the others, if any."""
    found = {one.id for one in known if _recurs(counts[one.id], voices[one.id])}
    left = [one.id for one in known if one.state is None and one.id not in found and counts[one.id].gathered >= LEAST_DIFFICULTIES]
    ever = voices_ever(look, left) if left else {}
    return found | {one for one in left if _recurs(counts[one], ever[one])}


def _recurs(counts: Counts, voices: Voices) -> bool:
    """Months are told apart no further than the rule asks: the first from the last."""
    if counts.first is None or counts.last is None:
        return False
    months = 1 if counts.first.replace(day=1) == counts.last.replace(day=1) else LEAST_MONTHS
    return is_recurring(counts.gathered, voices.people, voices.services, months)


def _gathered(look: Look, tension_ids: Sequence[int], *columns: Any) -> Any:
    """The difficulties that this reader reads in these tensions, through the door, as a list to start from."""
    # Said so that SQLite starts from the links of these tensions, which are few, not from all that the journal is told.
    here = Entry.collectif_id + 0 == look.asked.place.collectif_id
    query: Select[Any] = told_difficulties(look.reader).where(
        Entry.kind == EntryKind.DIFFICULTY, here, Entry.published_at.is_not(None)
    )
    read = query.with_only_columns(Entry.id, *columns).subquery()
    there = select(TensionLink.tension_id, *read.c).join(read, read.c.id == TensionLink.difficulty_id)
    return there.where(TensionLink.tension_id.in_(tension_ids)).cte("gathered")


def _within(look: Look, period: When) -> list[ColumnElement[bool]]:
    span = span_of(look.asked, period)
    return within(span, look.asked.place.timezone) if span else []
