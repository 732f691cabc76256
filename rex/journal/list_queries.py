"""Récits in lists: what a card shows, what a list is narrowed to, one page of it.

Lists page by keyset on (published_at, id): page 500 costs what page 1 costs. A constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from rex.access import MembershipView, Reader, told_recits
from rex.clock import Period
from rex.collectifs.models import Collectif, College, Service
from rex.db import BigId, RexSession, UtcDateTime
from rex.journal.cursors import read_cursor, written_cursor
from rex.journal.models import Action, Audience, Authorship, Entry, Recit, Stance, Tagging
from rex.kept import Kept, filled, several
from rex.referentiel.markers import Marker, markers_for
from rex.shapes import Shape

PAGE = 20
CARD = (
    Entry.id,
    Entry.public_id,
    Entry.title,
    Entry.excerpt,
    Entry.byline,
    Entry.published_at,
    Entry.corrected_at,
    Entry.audience,
    Entry.collectif_id,
    Recit.action_id,
)
# A récit of a list says how many tell its action (those that the reader reads: the second lock holds the count), and leads there.
_sibling = aliased(Recit, flat=True)
_siblings = select(func.count(_sibling.id)).where(
    _sibling.action_id == Recit.action_id, _sibling.published_at.is_not(None), _sibling.suspended_at.is_(None)
)
LISTED = (
    *CARD,
    select(Action.public_id).where(Action.id == Recit.action_id).correlate(Recit).scalar_subquery().label("action_public_id"),
    _siblings.correlate(Recit).scalar_subquery().label("told_by"),
)
NEWEST_FIRST = (Entry.published_at.desc(), Entry.id.desc())
SIZES = (1, 8, 24, 80, 400)  # how many entries a statement on balises is made for


class Tag(NamedTuple):
    """A balise as an entry carries it."""

    marker: Marker
    stance: Stance


@dataclass(frozen=True)
class Card:
    """A récit as lists show it."""

    id: int
    public_id: str
    title: str
    excerpt: str
    byline: str
    published_at: datetime
    corrected_at: datetime | None
    audience: Audience
    collectif_id: int
    action_id: int | None
    tags: tuple[Tag, ...] = ()
    place: str = ""  # its collectif, in a list of several
    action_public_id: str = ""  # in a list: its action, and how many récits tell it
    told_by: int = 1


def card_of(row: Any, tags: tuple[Tag, ...] = (), **more: Any) -> Card:
    """A card from a row that begins with the columns of `CARD`."""
    return Card(*row[: len(CARD)], tags=tags, **more)


@dataclass(frozen=True)
class Told:
    """An action as the journal shows it: its récits that the reader may read, newest first; none is the official one."""

    cards: tuple[Card, ...]
    action_public_id: str
    action_title: str

    @property
    def newest(self) -> Card:
        return self.cards[0]

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The balises of all its récits, each once."""
        return tuple({tag.marker.code: tag for card in reversed(self.cards) for tag in card.tags}.values())


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; all of it comes from the address and can be shared."""

    enjeu: str = ""
    balise: str = ""
    service: str = ""  # public id
    college: College | None = None
    period: Period | None = None
    reseau: bool = False  # what all collectifs opened to the réseau, instead of this journal

    @property
    def is_empty(self) -> bool:
        return self == Filters()


@dataclass(frozen=True)
class ListPage:
    cards: list[Card]
    older: str | None  # the cursor of the next page
    newer: bool = False


def recits_of(session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, after: str = "") -> ListPage:
    """One page of the récits that this reader reads in one collectif (or in the réseau), newest first. Two statements."""
    cursor = read_cursor(session, after)
    if filters.is_empty:
        rows = _page_of_journal(session, seat.collectif_id, cursor)
    else:
        rows = _page_narrowed(session, reader, seat, filters, cursor)
    tags = tags_of(session, reader, [row.id for row in rows[:PAGE]])
    cards = [
        card_of(row, tags.get(row.id, ()), action_public_id=row.action_public_id, told_by=row.told_by) for row in rows[:PAGE]
    ]
    if filters.reseau:
        away = [row.name if row.collectif_id != seat.collectif_id else "" for row in rows]
        cards = [replace(card, place=place) for card, place in zip(cards, away, strict=False)]
    return ListPage(cards, write_cursor(session, cards[-1]) if len(rows) > PAGE else None, newer=cursor is not None)


def _page_of_journal(session: RexSession, collectif_id: int, cursor: tuple[datetime, int] | None) -> list[Any]:
    if cursor is None:
        return _newest_of_journal.rows(session, collectif=collectif_id)
    return _older_of_journal.rows(session, collectif=collectif_id, instant=cursor[0], last=cursor[1])


@Kept
def _newest_of_journal(reader: Shape) -> Select:
    here = Entry.collectif_id == bindparam("collectif", type_=BigId)
    query = told_recits(reader).with_only_columns(*LISTED).where(here, Entry.published_at.is_not(None))
    return query.order_by(*NEWEST_FIRST).limit(PAGE + 1)


@Kept
def _older_of_journal(reader: Shape) -> Select:
    end = tuple_(bindparam("instant", type_=UtcDateTime), bindparam("last", type_=BigId))
    here = Entry.collectif_id == bindparam("collectif", type_=BigId)
    query = told_recits(reader).with_only_columns(*LISTED).where(here, tuple_(Entry.published_at, Entry.id) < end)
    return query.order_by(*NEWEST_FIRST).limit(PAGE + 1)


def _page_narrowed(
    session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, cursor: tuple[datetime, int] | None
) -> Sequence[Any]:
    query = told_recits(reader).with_only_columns(*LISTED)
    if filters.reseau:
        query = query.join(Collectif, Collectif.id == Entry.collectif_id).add_columns(Collectif.name)
    query = narrowed(query, seat, filters)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    return session.execute(query.order_by(*NEWEST_FIRST).limit(PAGE + 1)).all()


def count_each(session: RexSession, reader: Reader, seat: MembershipView, several: Sequence[Filters]) -> list[int]:
    """How many récits this reader finds with each of these filters (one statement)."""
    counts = [
        narrowed(told_recits(reader).with_only_columns(func.count()), seat, filters).scalar_subquery() for filters in several
    ]
    return list(session.execute(select(*counts)).one()) if counts else []


def narrowed(query: Select, seat: MembershipView, filters: Filters) -> Select:
    """`query` on told entries, held to one journal (or the réseau) and to these filters."""
    space = Entry.audience == Audience.RESEAU if filters.reseau else Entry.collectif_id == seat.collectif_id
    query = query.where(space, Entry.published_at.is_not(None))
    tagged = [Tagging.code == filters.balise] if filters.balise else []
    if filters.enjeu:
        tagged.append(Tagging.code.like(f"{filters.enjeu}_"))
    if tagged:
        query = query.where(select(Tagging.id).where(Tagging.entry_id == Entry.id, *tagged).exists())
    signed = [Authorship.college == filters.college] if filters.college else []
    if filters.service:
        service = select(Service.id).where(Service.public_id == filters.service).scalar_subquery()
        signed.append(Authorship.service_id == service)
    if signed:
        query = query.where(select(Authorship.id).where(Authorship.entry_id == Entry.id, *signed).exists())
    return within(query, filters.period, seat.timezone)


def within(query: Select, period: Period | None, timezone: str) -> Select:
    starts, ends = period.instants(timezone) if period else (None, None)
    if starts:
        query = query.where(Entry.published_at >= starts)
    return query.where(Entry.published_at < ends) if ends else query


def cards_of(session: RexSession, reader: Reader, rows: Sequence[Any]) -> list[Card]:
    """Cards with their balises, from rows that begin with the columns of `CARD`."""
    tags = tags_of(session, reader, [row.id for row in rows])
    return [card_of(row, tags.get(row.id, ())) for row in rows]


def tags_of(session: RexSession, reader: Reader, entry_ids: Sequence[int]) -> dict[int, tuple[Tag, ...]]:
    """The balises of these entries, in the order chosen (one statement; one more when a collectif's own balise is among them)."""
    if not entry_ids:
        return {}
    most = next(size for size in SIZES if size >= len(entry_ids))
    rows = _tags(most).rows(session, **filled("entry", most, entry_ids))
    markers = markers_for(session, [code for _, code, _ in rows], reader.slugs)
    found: dict[int, list[Tag]] = {}
    for entry_id, code, stance in rows:
        if code in markers:
            found.setdefault(entry_id, []).append(Tag(markers[code], stance))
    return {entry_id: tuple(tags) for entry_id, tags in found.items()}


@cache
def _tags(most: int) -> Kept:
    @Kept
    def of_at_most_so_many(_: Shape) -> Select:
        return (
            select(Tagging.entry_id, Tagging.code, Tagging.stance)
            .where(Tagging.entry_id.in_(several("entry", most, BigId)))
            .order_by(Tagging.entry_id, Tagging.position)
        )

    return of_at_most_so_many


def write_cursor(session: RexSession, card: Card) -> str:
    """Where a page of récits ended, for the address of the next one."""
    return written_cursor(session, card.published_at, card.id)
