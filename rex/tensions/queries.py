"""Tensions as pages show them, through the door: their list, the page of each. A constant number of statements.

What a tension gathers is read as difficulties are: one that was taken back is neither shown nor counted, and comes back with it.
Nothing here names a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from rex.access import Reader, told_difficulties, told_tensions
from rex.collectifs.models import Collectif
from rex.db import RexSession
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.difficulty_models import Difficulty
from rex.journal.list_queries import Tag, tags_of
from rex.journal.models import Authorship
from rex.tensions.charts import Year
from rex.tensions.models import ActKind, State, Tension, TensionAct, TensionLink
from rex.tensions.voices import Voices, voices_of

MOST_LISTED = 200  # tensions of a collectif that its page shows: beyond, the first named are left out
EXTRACTS = 12


class Standing(StrEnum):
    """Where a tension is: what people said of it, else what is computed."""

    RECURRING = "recurrente"
    WATCHED = "a-surveiller"
    AT_WORK = "mise-au-travail"
    ARBITRATED = "arbitree"
    CALMED = "apaisee"


@dataclass(frozen=True)
class TensionLine:
    """A tension in a list. `dates`: when its difficulties of the year were told, the oldest first."""

    id: int
    public_id: str
    title: str
    words: str
    state: State | None
    state_at: datetime | None
    named_at: datetime
    voices: Voices | None  # none: this reader reads nothing of what it gathers
    dates: tuple[datetime, ...]
    reappeared_at: datetime | None  # when a new occurrence brought it back, unless people said something of it since

    @property
    def standing(self) -> Standing:
        return standing_of(self.state, self.voices)

    @property
    def number(self) -> int:
        """How many difficulties it gathers."""
        return self.voices.difficulties if self.voices else 0

    def number_since(self, instant: datetime) -> int:
        return sum(told_at >= instant for told_at in self.dates)

    @property
    def services(self) -> tuple[str, ...]:
        """Those that may be shown."""
        return self.voices.services if self.voices else ()

    @property
    def url(self) -> str:
        return f"/tensions/{self.public_id}"


@dataclass(frozen=True)
class TensionPage:
    """A tension, with what its page shows first."""

    line: TensionLine
    collectif_id: int
    collectif_name: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class Extract:
    """A difficulty of a tension. `service`: of who told it, when it has writers enough to be shown; never a name."""

    id: int
    public_id: str
    words: str
    told_at: datetime
    is_passage: bool
    service: str

    @property
    def url(self) -> str:
        return f"/difficultes/{self.public_id}"


@dataclass(frozen=True)
class Extracts:
    items: list[Extract]
    older: str | None  # the cursor of the next page
    newer: bool = False


def standing_of(state: State | None, voices: Voices | None) -> Standing:
    if state is not None:
        return Standing(state.value)
    return Standing.RECURRING if voices is not None and voices.is_recurring else Standing.WATCHED


_LINE = (
    Tension.id,
    Tension.public_id,
    Tension.title,
    Tension.words,
    Tension.state,
    Tension.state_at,
    Tension.published_at,
)


def tensions_of(session: RexSession, reader: Reader, collectif_id: int, year: Year) -> list[TensionLine]:
    """The tensions of a collectif that gather something for this reader, with their dots of the year; first those of which most was
    told in the last three months, then in all. Three statements, and those of the voices."""
    query = told_tensions(reader).with_only_columns(*_LINE).where(Tension.collectif_id == collectif_id)
    rows = session.execute(query.order_by(Tension.published_at.desc(), Tension.id.desc()).limit(MOST_LISTED)).all()
    lines = [line for line in _lines(session, reader, rows, year.starts_at) if line.number]
    return sorted(lines, key=lambda line: (-line.number_since(year.recent_at), -line.number, line.named_at, line.id))


def tension_page(session: RexSession, reader: Reader, public_id: str, year: Year) -> TensionPage | None:
    """The tension of this address, if it is told to this reader."""
    query = (
        told_tensions(reader)
        .join(Collectif, Collectif.id == Tension.collectif_id)
        .with_only_columns(*_LINE, Tension.collectif_id, Collectif.name.label("collectif_name"))
        .where(Tension.public_id == public_id)
    )
    rows = session.execute(query).all()
    if not rows:
        return None
    row = rows[0]
    line = _lines(session, reader, rows, year.starts_at)[0]
    return TensionPage(line, row.collectif_id, row.collectif_name, tags_of(session, reader, [row.id]).get(row.id, ()))


def find_tension(session: RexSession, reader: Reader, public_id: str) -> Tension | None:
    """The tension that an act is about; the act itself holds the tensions of the collectif, and looks at it again."""
    return session.scalars(told_tensions(reader).where(Tension.public_id == public_id)).first()


def other_tensions(session: RexSession, reader: Reader, collectif_id: int, but: int | None = None) -> list[tuple[str, str]]:
    """(public id, name) of the tensions of a collectif, by name, to choose one from (one statement)."""
    query = told_tensions(reader).with_only_columns(Tension.id, Tension.public_id, Tension.title)
    rows = session.execute(query.where(Tension.collectif_id == collectif_id))
    return sorted(((row.public_id, row.title) for row in rows if row.id != but), key=lambda one: one[1].casefold())


def extracts_of(
    session: RexSession, reader: Reader, line: TensionLine, since: datetime | None = None, after: str = "", most: int = EXTRACTS
) -> Extracts:
    """One page of the difficulties of a tension, newest first (two statements). `since`: only those told from then on."""
    query = gathered(reader).with_only_columns(
        Difficulty.id, Difficulty.public_id, Difficulty.words, Difficulty.published_at, Difficulty.section_slug
    )
    query = query.where(TensionLink.tension_id == line.id)
    if since is not None:
        query = query.where(Difficulty.published_at >= since)
    cursor = read_cursor(session, after)
    if cursor:
        query = query.where(tuple_(Difficulty.published_at, Difficulty.id) < cursor)
    rows = session.execute(query.order_by(Difficulty.published_at.desc(), Difficulty.id.desc()).limit(most + 1)).all()
    shown = rows[:most]
    services = _services(session, [row.id for row in shown])
    items = [
        Extract(
            row.id, row.public_id, row.words, row.published_at, bool(row.section_slug),
            services.get(row.id, "") if services.get(row.id, "") in line.services else "",
        )
        for row in shown
    ]  # fmt: skip
    older = written_cursor(session, shown[-1].published_at, shown[-1].id) if len(rows) > most else None
    return Extracts(items, older, newer=cursor is not None)


def gathered(reader: Reader) -> Select[Difficulty]:
    """The difficulties told to this reader that somebody put in a tension."""
    return told_difficulties(reader).join(TensionLink, TensionLink.difficulty_id == Difficulty.id)


def tension_of(session: RexSession, reader: Reader, difficulty_id: int) -> tuple[int, str, str] | None:
    """(id, public id, name) of the tension where a difficulty is (one statement)."""
    query = told_tensions(reader).join(TensionLink, TensionLink.tension_id == Tension.id)
    query = query.with_only_columns(Tension.id, Tension.public_id, Tension.title)
    row = session.execute(query.where(TensionLink.difficulty_id == difficulty_id)).first()
    return (row.id, row.public_id, row.title) if row else None


def number_told(session: RexSession, reader: Reader, collectif_id: int, enough: int) -> int:
    """How many difficulties this reader reads in a collectif, counted no further than `enough` (one statement)."""
    here = told_difficulties(reader).with_only_columns(Difficulty.id).where(Difficulty.collectif_id == collectif_id)
    return session.scalar(select(func.count()).select_from(here.limit(enough).subquery())) or 0


def _lines(session: RexSession, reader: Reader, rows: Sequence[Any], since: datetime) -> list[TensionLine]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    voices = voices_of(session, reader, ids)
    dates: dict[int, list[datetime]] = {}
    dated = gathered(reader).with_only_columns(TensionLink.tension_id, Difficulty.published_at)
    dated = dated.where(TensionLink.tension_id.in_(ids), Difficulty.published_at >= since)
    for row in session.execute(dated.order_by(Difficulty.published_at, Difficulty.id)):
        dates.setdefault(row.tension_id, []).append(row.published_at)
    back = _reappeared(session, ids)
    return [
        TensionLine(
            row.id, row.public_id, row.title, row.words, row.state, row.state_at, row.published_at, voices.get(row.id),
            tuple(dates.get(row.id, ())), back.get(row.id) if row.state is None else None,
        )
        for row in rows
    ]  # fmt: skip


def _reappeared(session: RexSession, ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these tensions came back last (one statement)."""
    query = select(TensionAct.tension_id, func.max(TensionAct.at)).where(
        TensionAct.tension_id.in_(ids), TensionAct.kind == ActKind.REAPPEARED, TensionAct.undone_at.is_(None)
    )
    return {tension_id: at for tension_id, at in session.execute(query.group_by(TensionAct.tension_id)) if tension_id is not None}


def _services(session: RexSession, ids: Sequence[int]) -> dict[int, str]:
    """The service of who signs each difficulty first (one statement)."""
    if not ids:
        return {}
    query = select(Authorship.entry_id, Authorship.service_name).where(Authorship.entry_id.in_(ids))
    rows = session.execute(query.order_by(Authorship.entry_id, Authorship.position.desc())).all()
    return {entry_id: name for entry_id, name in rows}
