"""The entries behind a figure, a page of them, through the door; and what the list is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_

from rex.collectifs.models import Collectif
from rex.french import count
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.list_queries import Tag, tags_of
from rex.journal.models import Entry, EntryKind, Stance
from rex.referentiel.content import ENJEUX
from rex.referentiel.markers import markers_for
from rex.trends.asked import Asked
from rex.trends.conditions import entries_of, span_of
from rex.trends.figures import Figure, Kind
from rex.trends.look import Look
from rex.trends.periods import months_between
from rex.trends.units import Units

PAGE = 30
NAMES = {
    Kind.RECITS: ("récit", "récits"),
    Kind.DIFFICULTIES: ("difficulté", "difficultés"),
    Kind.ENTRIES: ("texte", "textes"),
    Kind.MERCIS: ("merci", "mercis"),
}
STANCES = {
    Stance.ILLUSTRE: "ceux qui l’illustrent",
    Stance.NUANCE: "ceux qui la nuancent",
    Stance.CONTREDIT: "ceux qui la contredisent",
}
ROOMS = {EntryKind.RECIT: "recits", EntryKind.DIFFICULTY: "difficultes", EntryKind.RECOGNITION: "reconnaissances"}


@dataclass(frozen=True)
class Found:
    """An entry of the list, signed as it is on its own page; what has no title of its own is told by its words."""

    public_id: str
    kind: EntryKind
    title: str
    words: str
    byline: str
    told_at: datetime
    place: str  # its territory, in a list of several
    tags: tuple[Tag, ...]

    @property
    def url(self) -> str:
        return f"/{ROOMS[self.kind]}/{self.public_id}"


@dataclass(frozen=True)
class FoundPage:
    number: int
    items: list[Found]
    older: str | None
    newer: bool


def number_of(look: Look, figure: Figure) -> int:
    """How many entries a figure counts, counted through the list that it opens (one statement)."""
    query = entries_of(look, figure).with_only_columns(Entry.id)
    return look.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def found_page(look: Look, figure: Figure, after: str = "") -> FoundPage:
    """One page of them, the newest first. Three statements (one more for balises of the collectif's own)."""
    columns = (Entry.id, Entry.public_id, Entry.kind, Entry.title, Entry.excerpt, Entry.words, Entry.byline, Entry.published_at)
    query, session = entries_of(look, figure).join(Collectif, Collectif.id == Entry.collectif_id), look.session
    query = query.with_only_columns(*columns, Collectif.name)
    cursor = read_cursor(session, after)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    rows = session.execute(query.order_by(Entry.published_at.desc(), Entry.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    tags = tags_of(session, look.reader, [row.id for row in shown])
    items = [_found(row, tags.get(row.id, ()), look.asked.place.is_reseau) for row in shown]
    older = written_cursor(session, shown[-1].published_at, shown[-1].id) if len(rows) > PAGE else None
    return FoundPage(number_of(look, figure), items, older, newer=cursor is not None)


def _found(row: Any, tags: tuple[Tag, ...], is_reseau: bool) -> Found:
    title = row.title if row.kind is EntryKind.RECIT else ""
    place = row.name if is_reseau else ""
    return Found(row.public_id, row.kind, title, row.excerpt or row.words, row.byline, row.published_at, place, tags)


def title_of(number: int, figure: Figure) -> str:
    """« 4 récits »."""
    return count(number, *NAMES[figure.kind])


def said_of(look: Look, figure: Figure, tension: str = "") -> Sequence[str]:
    """What the list is narrowed to, in words: by the page, then by the figure itself."""
    asked, units, colleges = look.asked, look.units, look.colleges
    said = [_days(asked, figure)]
    said += [_enjeu(look, one.enjeu, one.balise) for one in (asked, figure) if one.enjeu or one.balise]
    said += [colleges.name(one) for one in (asked.college, figure.college) if one]
    said += [_unit(units, asked.unit)] if asked.unit else []
    arrow = " → " if figure.kind is Kind.MERCIS else " et "
    said.append(arrow.join(_unit(units, one) for one in (figure.unit, figure.other) if one))
    said += [STANCES[figure.stance]] if figure.stance else []
    return [one for one in (*said, f"« {tension} »" if tension else "") if one]


def _days(asked: Asked, figure: Figure) -> str:
    if figure.month:
        return months_between(figure.month, figure.month)
    span = span_of(asked, figure.when)
    return span.label if span else "depuis le début"


def _unit(units: Units, key: str) -> str:
    found = units.find(key)
    return found.name if found else ""


def _enjeu(look: Look, enjeu: str, balise: str) -> str:
    if balise:
        found = markers_for(look.session, [balise], look.reader.slugs)
        return found[balise].label if balise in found else ""
    return next(one.label for one in ENJEUX if one.code == enjeu)
