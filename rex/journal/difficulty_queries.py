"""Difficulties as pages show them, through the door: one page, lists by keyset, a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import aliased

from rex.access import MembershipView, Reader, told_difficulties, visible_difficulties
from rex.collectifs.models import Collectif, User
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.difficulty_sealing import opened
from rex.journal.list_queries import PAGE, Card, Filters, Tag, narrowed, read_cursor, tags_of, write_cursor
from rex.journal.models import Entry, Section
from rex.journal.queries import NOBODY, AuthorView, authors_and_tags
from rex.text.excerpts import excerpt

ECHOES_SHOWN = 200

_about = aliased(Entry, name="about")


@dataclass(frozen=True)
class EchoView:
    """Somebody lives it too."""

    user_id: int | None
    name: str
    service_name: str
    words: str
    said_at: datetime


@dataclass(frozen=True)
class DifficultyPage:
    """A difficulty told to the reader, with what its page shows."""

    card: Card
    collectif_name: str
    words: str
    effect: str
    section_slug: str
    is_detached: bool
    suspended_at: datetime | None
    suspended_why: str
    recit_public_id: str | None  # the récit that it is a passage of, when this reader reads it
    recit_title: str | None
    heading: str | None  # of the section where it stands
    authors: list[AuthorView]
    echoes: list[EchoView]

    @property
    def author_ids(self) -> tuple[int | None, ...]:
        return tuple(author.user_id for author in self.authors)

    @property
    def lead(self) -> str:
        """The first words, as the title of the page."""
        return self.card.title

    @property
    def paragraphs(self) -> list[str]:
        """The whole text, when the title does not say all of it."""
        return [] if self.words.rstrip() == self.card.title else self.words.split("\n")


@dataclass(frozen=True)
class DifficultyCard:
    """A difficulty in a list."""

    card: Card
    words: str
    recit_public_id: str | None
    recit_title: str | None
    echoes: int
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class DifficultyList:
    cards: list[DifficultyCard]
    older: str | None  # the cursor of the next page
    newer: bool = False


_CARD = (
    Entry.id,
    Entry.public_id,
    Entry.title,
    Entry.excerpt,
    Entry.byline,
    Entry.published_at,
    Entry.corrected_at,
    Entry.audience,
    Entry.collectif_id,
)


def _card(row: Any) -> Card:
    return Card(*row[: len(_CARD)], action_id=None)


def find_difficulty(session: RexSession, reader: Reader, public_id: str) -> Difficulty | None:
    """A difficulty that this reader may open: told to them, or their own, withdrawn or suspended."""
    return session.scalars(visible_difficulties(reader).where(Entry.public_id == public_id)).first()


def difficulty_page(session: RexSession, reader: Reader, public_id: str) -> DifficultyPage | None:
    """A difficulty that is told; suspended, for its authors alone. Three statements."""
    row = session.execute(
        visible_difficulties(reader)
        .join(Collectif, Collectif.id == Entry.collectif_id)
        .outerjoin(_about, _about.id == Entry.about_id)
        .outerjoin(Section, (Section.entry_id == Entry.about_id) & (Section.slug == Difficulty.section_slug))
        .with_only_columns(
            *_CARD,
            Collectif.name.label("collectif_name"),
            Entry.words,
            Difficulty.effect,
            Difficulty.section_slug,
            Difficulty.is_detached,
            Entry.suspended_at,
            Entry.suspended_why,
            _about.public_id.label("recit_public_id"),
            _about.title.label("recit_title"),
            Section.heading,
        )
        .where(Entry.public_id == public_id, Entry.published_at.is_not(None))
    ).first()
    if row is None:
        return None
    authors, tags = authors_and_tags(session, reader, row.id)
    return DifficultyPage(
        card=replace(_card(row), tags=tags),
        collectif_name=row.collectif_name,
        words=row.words,
        effect=row.effect,
        section_slug=row.section_slug,
        is_detached=row.is_detached,
        suspended_at=row.suspended_at,
        suspended_why=row.suspended_why,
        recit_public_id=row.recit_public_id,
        recit_title=row.recit_title,
        heading=row.heading,
        authors=authors,
        echoes=echoes_of(session, row.id),
    )


def echoes_of(session: RexSession, difficulty_id: int) -> list[EchoView]:
    """Those who live it too, as far as this reader may know: the second lock keeps each echo before those to whom it was said."""
    rows = session.execute(
        select(Echo.user_id, User.name, Echo.service_name, Echo.words, Echo.created_at)
        .outerjoin(User, User.id == Echo.user_id)
        .where(Echo.entry_id == difficulty_id)
        .order_by(Echo.created_at, Echo.id)
        .limit(ECHOES_SHOWN)
    ).all()
    return [EchoView(user_id, name or NOBODY, service, words, at) for user_id, name, service, words, at in rows]


def difficulties_of(
    session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, after: str = ""
) -> DifficultyList:
    """One page of the difficulties that this reader reads in a collectif (or in the réseau), newest first. Two statements."""
    query = narrowed(_told(reader), seat, filters)
    cursor = read_cursor(after)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    rows = session.execute(_newest_first(query).limit(PAGE + 1)).all()
    cards = _with_tags(session, reader, seat.collectif_id, rows[:PAGE])
    return DifficultyList(cards, write_cursor(cards[-1].card) if len(rows) > PAGE else None, newer=cursor is not None)


def count_difficulties(session: RexSession, reader: Reader, seat: MembershipView, filters: Filters) -> int:
    """How many difficulties this reader finds with these filters."""
    query = narrowed(told_difficulties(reader).with_only_columns(func.count()), seat, filters)
    return session.scalar(query) or 0


def latest_difficulties(
    session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, most: int
) -> list[DifficultyCard]:
    """The newest ones, without their balises (one statement)."""
    rows = session.execute(_newest_first(narrowed(_told(reader), seat, filters)).limit(most)).all()
    return [_difficulty_card(row, seat.collectif_id) for row in rows]


@dataclass(frozen=True)
class PutAway:
    """One of the reader's own difficulties that nobody reads any more."""

    public_id: str
    first_words: str


def own_put_away(session: RexSession, reader: Reader, seat: MembershipView, most: int = 20) -> list[PutAway]:
    """Those that the reader took back, and may tell again or delete (one statement; they are opened, not kept)."""
    mine = (
        visible_difficulties(reader)
        .where(Entry.collectif_id == seat.collectif_id, Entry.published_at.is_(None))
        .order_by(Entry.withdrawn_at.desc(), Entry.id.desc())
        .limit(most)
    )
    return [
        PutAway(one.public_id, excerpt(opened(session, seat, one).written.words, 90)) for one in session.scalars(mine).all()
    ]


def _told(reader: Reader) -> Select:
    echoes = select(func.count(Echo.id)).where(Echo.entry_id == Difficulty.id).correlate(Difficulty).scalar_subquery()
    return (
        told_difficulties(reader)
        .join(Collectif, Collectif.id == Entry.collectif_id)
        .outerjoin(_about, _about.id == Entry.about_id)
        .with_only_columns(
            *_CARD,
            Entry.words,
            _about.public_id.label("recit_public_id"),
            _about.title.label("recit_title"),
            echoes.label("echoes"),
            Collectif.name.label("place"),
        )
    )


def _newest_first(query: Select) -> Select:
    return query.order_by(Entry.published_at.desc(), Entry.id.desc())


def _difficulty_card(row: Any, here: int, tags: tuple[Tag, ...] = ()) -> DifficultyCard:
    place = row.place if row.collectif_id != here else ""
    return DifficultyCard(replace(_card(row), place=place), row.words, row.recit_public_id, row.recit_title, row.echoes, tags)


def _with_tags(session: RexSession, reader: Reader, here: int, rows: Sequence[Any]) -> list[DifficultyCard]:
    tags = tags_of(session, reader, [row.id for row in rows])
    return [_difficulty_card(row, here, tags.get(row.id, ())) for row in rows]
