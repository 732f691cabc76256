"""Récits in lists: what a card shows, what a list is narrowed to, one page of it.

Lists page by keyset on (published_at, id): page 500 costs what page 1 costs. A constant number of statements."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from rex.access import MembershipView, Reader, told_recits
from rex.clock import Period
from rex.collectifs.models import Collectif, College, Service
from rex.db import RexSession
from rex.journal.models import (
    Action,
    Audience,
    Authorship,
    Entry,
    Recit,
    Stance,
    Tagging,
)
from rex.referentiel.markers import Marker, markers_for

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


@dataclass(frozen=True)
class Tag:
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


def card_of(row: Any) -> Card:
    """A card from a row that begins with the columns of `CARD`."""
    return Card(*row[: len(CARD)])


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
    query = told_recits(reader)
    if filters.reseau:
        query = query.join(Collectif, Collectif.id == Entry.collectif_id).with_only_columns(*CARD, Collectif.name)
    else:
        query = query.with_only_columns(*CARD)
    query = narrowed(query, seat, filters)
    cursor = read_cursor(after)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    rows = session.execute(query.order_by(Entry.published_at.desc(), Entry.id.desc()).limit(PAGE + 1)).all()
    cards = with_tags(session, reader, [card_of(row) for row in rows[:PAGE]])
    if filters.reseau:
        away = [row.name if row.collectif_id != seat.collectif_id else "" for row in rows]
        cards = [replace(card, place=place) for card, place in zip(cards, away, strict=False)]
    return ListPage(cards, write_cursor(cards[-1]) if len(rows) > PAGE else None, newer=cursor is not None)


def count_each(session: RexSession, reader: Reader, seat: MembershipView, several: Sequence[Filters]) -> list[int]:
    """How many récits this reader finds with each of these filters (one statement)."""
    counts = [
        narrowed(told_recits(reader).with_only_columns(func.count()), seat, filters).scalar_subquery() for filters in several
    ]
    return list(session.execute(select(*counts)).one()) if counts else []


def latest_actions(session: RexSession, reader: Reader, seat: MembershipView, most: int = 6) -> list[Told]:
    """The last actions told in a collectif, each with all its récits: a récit never stands without the others of its action.
    Three statements."""
    newest = narrowed(told_recits(reader).with_only_columns(*CARD), seat, Filters())
    rows = session.execute(newest.order_by(Entry.published_at.desc(), Entry.id.desc()).limit(most * 3)).all()
    order = list(dict.fromkeys(row.action_id for row in rows))[:most]
    siblings = session.execute(
        told_recits(reader)
        .join(Action, Action.id == Recit.action_id)
        .with_only_columns(*CARD, Action.public_id.label("action_public_id"), Action.title.label("action_title"))
        .where(Recit.action_id.in_(order))
        .order_by(Entry.published_at.desc(), Entry.id.desc())
        .limit(most * 12)
    ).all()
    cards = with_tags(session, reader, [card_of(row) for row in siblings])
    named = {row.action_id: (row.action_public_id, row.action_title) for row in siblings}
    return [Told(tuple(card for card in cards if card.action_id == key), *named[key]) for key in order if key in named]


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


def with_tags(session: RexSession, reader: Reader, cards: list[Card]) -> list[Card]:
    tags = tags_of(session, reader, [card.id for card in cards])
    return [replace(card, tags=tags.get(card.id, ())) for card in cards]


def tags_of(session: RexSession, reader: Reader, entry_ids: Sequence[int]) -> dict[int, tuple[Tag, ...]]:
    """The balises of these entries, in the order chosen (one statement; one more when a collectif's own balise is among them)."""
    if not entry_ids:
        return {}
    rows = session.execute(
        select(Tagging.entry_id, Tagging.code, Tagging.stance)
        .where(Tagging.entry_id.in_(entry_ids))
        .order_by(Tagging.entry_id, Tagging.position)
    ).all()
    markers = markers_for(session, [code for _, code, _ in rows], reader.slugs)
    found: dict[int, list[Tag]] = {}
    for entry_id, code, stance in rows:
        if code in markers:
            found.setdefault(entry_id, []).append(Tag(markers[code], stance))
    return {entry_id: tuple(tags) for entry_id, tags in found.items()}


def write_cursor(card: Card) -> str:
    """Where a page of récits ended, for the address of the next one."""
    return written_cursor(card.published_at, card.id)


def written_cursor(instant: datetime, entry_id: int) -> str:
    """Where a page ordered by (instant, id) ended, for the address of the next one."""
    raw = f"{instant.astimezone(UTC).isoformat()}|{entry_id}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    """What `write_cursor` wrote; None for anything else, and the list begins at its beginning."""
    try:
        raw = base64.urlsafe_b64decode(cursor[:120] + "==").decode()
        instant, _, entry_id = raw.partition("|")
        moment = datetime.fromisoformat(instant)
        number = int(entry_id)
        return (moment.astimezone(UTC), number) if moment.tzinfo and 0 < number < 2**63 else None
    except (ValueError, OverflowError, binascii.Error):
        return None
