"""Difficulties as pages show them, through the door: one page, lists by keyset, a constant number of statements.

The récit of a passage is looked up by a statement of its own, which starts from the door: joined as an alias it would not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, tuple_

from rex.access import MembershipView, Reader, told_difficulties, told_recits, visible_difficulties
from rex.access.readers import Asker
from rex.collectifs.models import Collectif, Space
from rex.db import BigId, RexSession
from rex.french import typo
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.echo_queries import EchoView, echoes_of
from rex.journal.list_queries import PAGE, Card, Filters, Tag, narrowed, read_cursor, tags_of, write_cursor
from rex.journal.models import Entry, Section
from rex.journal.queries import AuthorView, authors_and_tags
from rex.kept import Kept
from rex.shapes import Shape
from rex.text.excerpts import first_sentence

MOST_HEADING = 180  # characters: four lines at most on a wide screen


@dataclass(frozen=True)
class RecitName:
    """The récit that a difficulty is a passage of."""

    public_id: str
    title: str


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
    recit: RecitName | None  # that it is a passage of, when this reader reads it
    heading: str | None  # of the section where it stands
    authors: list[AuthorView]
    echoes: list[EchoView]

    @property
    def author_ids(self) -> tuple[int | None, ...]:
        return tuple(author.user_id for author in self.authors)

    @property
    def signing(self) -> list[AuthorView]:
        """Those whose names readers read: not who joined the récit of a passage since it was published."""
        return [author for author in self.authors if author.signs]

    @property
    def lead(self) -> str:
        """The first sentence, as the heading of the page; none when it is too long for one, goes over two lines, or holds marks
        that a heading drops."""
        first, _, more = typo(self.words.strip()).partition("\n")
        sentence = first_sentence(first, MOST_HEADING)
        is_whole = first.startswith(sentence) and (not more or sentence[-1:] in ".!?…»”)")
        return sentence if is_whole else ""

    @property
    def paragraphs(self) -> list[str]:
        """What is said after the heading: nothing is read twice."""
        lines = [typo(line) for line in self.words.strip().split("\n")]
        return [line for line in (lines[0].removeprefix(self.lead).strip(), *lines[1:]) if line]


@dataclass(frozen=True)
class DifficultyCard:
    """A difficulty in a list."""

    card: Card
    words: str
    recit: RecitName | None
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
    """A difficulty that is told; suspended, for its authors alone. Five statements at most."""
    rows = _one.rows(session, public_id=public_id)
    if not rows:
        return None
    row = rows[0]
    authors, tags = authors_and_tags(session, reader, row.id)
    recit = _recits(session, reader, [row.about_id]).get(row.about_id)
    return DifficultyPage(
        card=replace(_card(row), tags=tags),
        collectif_name=row.collectif_name,
        words=row.words,
        effect=row.effect,
        section_slug=row.section_slug,
        is_detached=row.is_detached,
        suspended_at=row.suspended_at,
        suspended_why=row.suspended_why,
        recit=recit,
        heading=row.heading,
        authors=authors,
        echoes=echoes_of(session, reader, row.id),
    )


@Kept
def _one(reader: Shape) -> Select:
    return (
        visible_difficulties(reader)
        .join(Space, Space.id == Entry.collectif_id)
        .outerjoin(Section, (Section.entry_id == Entry.about_id) & (Section.slug == Difficulty.section_slug))
        .with_only_columns(
            *_CARD,
            Space.name.label("collectif_name"),
            Entry.words,
            Difficulty.effect,
            Difficulty.section_slug,
            Difficulty.is_detached,
            Entry.suspended_at,
            Entry.suspended_why,
            Entry.about_id,
            Section.heading,
        )
        .where(Entry.public_id == bindparam("public_id", type_=Entry.public_id.type), Entry.published_at.is_not(None))
    )


def difficulties_of(
    session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, after: str = ""
) -> DifficultyList:
    """One page of the difficulties that this reader reads in a collectif (or in the réseau), newest first. Three statements."""
    query = narrowed(_told(reader), seat, filters)
    cursor = read_cursor(session, after)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    rows = session.execute(_newest_first(query).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    recits = _recits(session, reader, [row.about_id for row in shown])
    cards = _cards(seat, shown, recits, tags_of(session, reader, [row.id for row in shown]))
    return DifficultyList(cards, write_cursor(session, cards[-1].card) if len(rows) > PAGE else None, newer=cursor is not None)


def latest_difficulties(session: RexSession, seat: MembershipView, most: int) -> list[DifficultyCard]:
    """The newest ones of a collectif for the reader of the session, without their balises nor the title of their récit (one
    statement)."""
    return _cards(seat, _latest.rows(session, space=seat.collectif_id, most=most), {}, {})


@Kept
def _latest(reader: Shape) -> Select:
    here = Entry.collectif_id == bindparam("space", type_=BigId), Entry.published_at.is_not(None)
    return _newest_first(_told(reader).where(*here)).limit(bindparam("most", type_=BigId))


def newest_and_number(
    session: RexSession, reader: Reader, seat: MembershipView, filters: Filters, most: int
) -> tuple[list[DifficultyCard], int]:
    """The newest ones with these filters, and how many there are in all (one statement)."""
    query = narrowed(_told(reader).add_columns(func.count().over().label("number")), seat, filters)
    rows = session.execute(_newest_first(query).limit(most)).all()
    return _cards(seat, rows, {}, {}), rows[0].number if rows else 0


def _told(reader: Asker) -> Select:
    echoes = select(func.count(Echo.id)).where(Echo.entry_id == Difficulty.id).correlate(Difficulty).scalar_subquery()
    return (
        told_difficulties(reader)
        .join(Collectif, Collectif.id == Entry.collectif_id)
        .with_only_columns(
            *_CARD,
            Entry.words,
            Entry.about_id,
            echoes.label("echoes"),
            Collectif.name.label("place"),
        )
    )


def _newest_first(query: Select) -> Select:
    return query.order_by(Entry.published_at.desc(), Entry.id.desc())


def _cards(
    seat: MembershipView, rows: Sequence[Any], recits: dict[int, RecitName], tags: dict[int, tuple[Tag, ...]]
) -> list[DifficultyCard]:
    return [
        DifficultyCard(
            replace(_card(row), place=row.place if row.collectif_id != seat.collectif_id else ""),
            row.words,
            recits.get(row.about_id),
            row.echoes,
            tags.get(row.id, ()),
        )
        for row in rows
    ]


def _recits(session: RexSession, reader: Reader, ids: Sequence[int | None]) -> dict[int, RecitName]:
    """The récits of these ids that this reader reads (one statement, none when there is no id)."""
    wanted = {entry_id for entry_id in ids if entry_id is not None}
    if not wanted:
        return {}
    named = told_recits(reader).with_only_columns(Entry.id, Entry.public_id, Entry.title).where(Entry.id.in_(wanted))
    return {entry_id: RecitName(public_id, title) for entry_id, public_id, title in session.execute(named)}
