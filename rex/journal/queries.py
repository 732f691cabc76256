"""What the pages of the journal read, through the door: few mapped columns, a constant number of statements.

Lists page by keyset on (published_at, id): page 500 costs what page 1 costs."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select, tuple_, union_all
from sqlalchemy.orm import aliased

from rex.access import MembershipView, Reader, is_current, own_drafts, told_recits, visible_recits
from rex.clock import Period
from rex.collectifs.models import Collectif, College, Membership, Service, User
from rex.db import RexSession
from rex.journal.canvas import TITLE
from rex.journal.models import (
    Action,
    Audience,
    Authorship,
    Consent,
    Draft,
    DraftText,
    Entry,
    PublicationRequest,
    Recit,
    Section,
    Stance,
    Tagging,
)
from rex.referentiel.markers import Marker, markers_for

PAGE = 20
NOBODY = "Une personne"  # signs for an account that was deleted
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
    query = _narrowed(query, seat, filters)
    cursor = read_cursor(after)
    if cursor:
        query = query.where(tuple_(Entry.published_at, Entry.id) < cursor)
    rows = session.execute(query.order_by(Entry.published_at.desc(), Entry.id.desc()).limit(PAGE + 1)).all()
    cards = _tagged(session, reader, [card_of(row) for row in rows[:PAGE]])
    if filters.reseau:
        away = [row.name if row.collectif_id != seat.collectif_id else "" for row in rows]
        cards = [replace(card, place=place) for card, place in zip(cards, away, strict=False)]
    return ListPage(cards, write_cursor(cards[-1]) if len(rows) > PAGE else None, newer=cursor is not None)


def count_each(session: RexSession, reader: Reader, seat: MembershipView, several: Sequence[Filters]) -> list[int]:
    """How many récits this reader finds with each of these filters (one statement)."""
    counts = [
        _narrowed(told_recits(reader).with_only_columns(func.count()), seat, filters).scalar_subquery() for filters in several
    ]
    return list(session.execute(select(*counts)).one()) if counts else []


def latest_actions(session: RexSession, reader: Reader, seat: MembershipView, most: int = 6) -> list[Told]:
    """The last actions told in a collectif, each with all its récits: a récit never stands without the others of its action.
    Three statements."""
    newest = _narrowed(told_recits(reader).with_only_columns(*CARD), seat, Filters())
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
    cards = _tagged(session, reader, [card_of(row) for row in siblings])
    named = {row.action_id: (row.action_public_id, row.action_title) for row in siblings}
    return [Told(tuple(card for card in cards if card.action_id == key), *named[key]) for key in order if key in named]


def _narrowed(query: Select, seat: MembershipView, filters: Filters) -> Select:
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
    return _within(query, filters.period, seat.timezone)


def _within(query: Select, period: Period | None, timezone: str) -> Select:
    starts, ends = period.instants(timezone) if period else (None, None)
    if starts:
        query = query.where(Entry.published_at >= starts)
    return query.where(Entry.published_at < ends) if ends else query


def _tagged(session: RexSession, reader: Reader, cards: list[Card]) -> list[Card]:
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


# --- keyset -------------------------------------------------------------------------------------------------------------


def write_cursor(card: Card) -> str:
    """Where a page ended, for the address of the next one."""
    raw = f"{card.published_at.astimezone(UTC).isoformat()}|{card.id}"
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


# --- one récit ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AuthorView:
    user_id: int | None
    name: str
    service_name: str
    title: str


@dataclass(frozen=True)
class SectionView:
    slug: str
    heading: str
    html: str


@dataclass(frozen=True)
class RecitPage:
    """A published récit, with what its page shows. `siblings`: the other récits of its action that the reader reads."""

    card: Card
    teller: str
    action_public_id: str
    action_title: str
    collectif_name: str
    sections: list[SectionView]
    authors: list[AuthorView]
    siblings: list[Card]
    tellers: dict[int, str]  # entry id → « Récit de la Voirie », for the siblings

    @property
    def author_ids(self) -> list[int | None]:
        return [author.user_id for author in self.authors]


def find_recit(session: RexSession, reader: Reader, public_id: str) -> Recit | None:
    """A récit that this reader may open: published for them, or their own draft."""
    return session.scalars(visible_recits(reader).where(Entry.public_id == public_id)).first()


def recit_page(session: RexSession, reader: Reader, public_id: str) -> RecitPage | None:
    """What the page of a published récit shows, if this reader may open it. Three statements."""
    this = aliased(Recit)
    action_id = select(this.action_id).where(this.public_id == public_id).scalar_subquery()
    rows = session.execute(
        told_recits(reader)
        .join(Action, Action.id == Recit.action_id)
        .join(Collectif, Collectif.id == Entry.collectif_id)
        .with_only_columns(
            *CARD,
            Recit.teller,
            Action.public_id.label("action_public_id"),
            Action.title.label("action_title"),
            Collectif.name.label("collectif_name"),
        )
        .where(Recit.action_id == action_id)
        .order_by(Entry.published_at, Entry.id)
    ).all()
    row = next((row for row in rows if row.public_id == public_id), None)
    if row is None:
        return None
    sections = session.execute(
        select(Section.slug, Section.heading, Section.html)
        .where(Section.entry_id == row.id)
        .order_by(Section.position)
    ).all()
    authors, tags = _authors_and_tags(session, reader, row.id)
    return RecitPage(
        card=replace(card_of(row), tags=tags),
        teller=row.teller,
        action_public_id=row.action_public_id,
        action_title=row.action_title,
        collectif_name=row.collectif_name,
        sections=[SectionView(*section) for section in sections],
        authors=authors,
        siblings=[card_of(other) for other in rows if other is not row],
        tellers={other.id: other.teller for other in rows},
    )


def _authors_and_tags(session: RexSession, reader: Reader, entry_id: int) -> tuple[list[AuthorView], tuple[Tag, ...]]:
    """Who signs an entry and its balises, in one statement (the page of a récit counts them)."""
    signed = (
        select(
            literal("author").label("kind"),
            Authorship.position,
            Authorship.user_id,
            func.coalesce(User.name, NOBODY).label("first"),
            Authorship.service_name.label("second"),
            Authorship.title.label("third"),
        )
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id == entry_id)
    )
    nobody = literal(None, Authorship.user_id.type)
    tagged = select(
        literal("tag"), Tagging.position, nobody, Tagging.code, cast(Tagging.stance, String), literal("")
    ).where(Tagging.entry_id == entry_id)
    rows = session.execute(union_all(signed, tagged).order_by("kind", "position")).all()
    markers = markers_for(session, [row.first for row in rows if row.kind == "tag"], reader.slugs)
    authors = [AuthorView(row.user_id, row.first, row.second, row.third) for row in rows if row.kind == "author"]
    tags = [Tag(markers[r.first], Stance(r.second)) for r in rows if r.kind == "tag" and r.first in markers]
    return authors, tuple(tags)


def authors_of(session: RexSession, entry_id: int) -> list[AuthorView]:
    """Who signs an entry, in order; an account that was deleted is « une personne »."""
    rows = session.execute(
        select(Authorship.user_id, User.name, Authorship.service_name, Authorship.title)
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id == entry_id)
        .order_by(Authorship.position)
    ).all()
    return [AuthorView(user_id, name or NOBODY, service, title) for user_id, name, service, title in rows]


@dataclass(frozen=True)
class ActionName:
    public_id: str
    title: str


def action_told_already(session: RexSession, recit: Recit) -> ActionName | None:
    """The action that an unpublished récit joins, when somebody told it already."""
    if recit.is_published or recit.action_id is None:
        return None
    row = session.execute(select(Action.public_id, Action.title).where(Action.id == recit.action_id)).first()
    return ActionName(*row) if row and row.title else None


@dataclass(frozen=True)
class ActionPage:
    collectif_id: int
    told: Told
    tellers: dict[int, str]  # entry id → « Récit de la Voirie »


def action_page(session: RexSession, reader: Reader, public_id: str) -> ActionPage | None:
    """An action with those of its récits that this reader reads; None when there is none."""
    action = session.execute(
        select(Action.id, Action.title, Action.collectif_id).where(Action.public_id == public_id)
    ).first()
    if action is None:
        return None
    rows = session.execute(
        told_recits(reader)
        .with_only_columns(*CARD, Recit.teller)
        .where(Recit.action_id == action.id)
        .order_by(Entry.published_at, Entry.id)
    ).all()
    if not rows:
        return None
    cards = _tagged(session, reader, [card_of(row) for row in rows])
    # the name comes from a récit that those of another collectif may not read: they read that of a récit of theirs
    title = action.title if reader.seat(action.collectif_id) else cards[0].title
    told = Told(tuple(cards), public_id, title)
    return ActionPage(action.collectif_id, told, {row.id: row.teller for row in rows})


# --- the home -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DraftLine:
    """One of the reader's unfinished texts, on the home of its collectif."""

    public_id: str
    title: str
    is_published: bool
    is_withdrawn: bool
    filled: frozenset[str]
    changed_at: datetime | None
    co_authors: tuple[str, ...] = ()
    waits_for: str = ""  # « vous » or « autres »: a yes that is awaited before it is published


def draft_lines(session: RexSession, reader: Reader, seat: MembershipView, most: int = 50) -> list[DraftLine]:
    """The drafts that this person touched last in a collectif (three statements; titles are opened, texts are not kept)."""
    rows = session.execute(
        own_drafts(reader)
        .join(Entry, Entry.id == Draft.entry_id)
        .outerjoin(PublicationRequest, PublicationRequest.entry_id == Entry.id)
        .outerjoin(Consent, (Consent.entry_id == Entry.id) & (Consent.user_id == reader.user_id))
        .where(Entry.collectif_id == seat.collectif_id, Draft.changed_at.is_not(None))
        .with_only_columns(
            Entry.id,
            Entry.public_id,
            Entry.published_at,
            Entry.withdrawn_at,
            Draft.changed_at,
            PublicationRequest.asked_at,
            Consent.given_at,
        )
        .order_by(Draft.changed_at.desc(), Entry.id.desc())
        .limit(most)
    ).all()
    if not rows:
        return []
    ids = {row.id: row.public_id for row in rows}
    texts: dict[int, dict[str, str]] = {}
    sealed_rows = session.execute(
        select(DraftText.entry_id, DraftText.slug, DraftText.sealed).where(DraftText.entry_id.in_(ids))
    )
    for entry_id, slug, sealed in sealed_rows:
        opened = session.keyring.open(seat.key_name, f"draft_text|{ids[entry_id]}|{slug}", sealed)
        texts.setdefault(entry_id, {})[slug] = opened.strip()
    others: dict[int, list[str]] = {}
    for entry_id, name in session.execute(
        select(Authorship.entry_id, User.name)
        .join(User, User.id == Authorship.user_id)
        .join(Membership, (Membership.user_id == User.id) & (Membership.collectif_id == seat.collectif_id))
        .where(Authorship.entry_id.in_(ids), Authorship.user_id != reader.user_id, is_current())
        .order_by(Authorship.position)
    ):
        others.setdefault(entry_id, []).append(name)
    return [
        DraftLine(
            public_id=row.public_id,
            title=texts.get(row.id, {}).get(TITLE, ""),
            is_published=row.published_at is not None,
            is_withdrawn=row.withdrawn_at is not None,
            filled=frozenset(slug for slug, words in texts.get(row.id, {}).items() if words),
            changed_at=row.changed_at,
            co_authors=tuple(others.get(row.id, ())),
            waits_for="" if row.asked_at is None else ("autres" if row.given_at else "vous"),
        )
        for row in rows
    ]


def recits_per_balise(session: RexSession, reader: Reader, collectif_id: int | None, period: Period | None, timezone: str
                      ) -> tuple[dict[str, int], dict[str, int]]:
    """How many récits that this reader reads speak of each balise, and of each enjeu (a récit counts once per enjeu).

    `collectif_id`: one journal, or None for all that the reader reads. Two statements."""
    tagged = _tagged_recits(reader, collectif_id, period, timezone)
    query = tagged.with_only_columns(Tagging.code, func.count()).group_by(Tagging.code)
    per_balise = {code: count for code, count in session.execute(query)}
    return per_balise, recits_per_enjeu(session, reader, collectif_id, period, timezone)


def recits_per_enjeu(
    session: RexSession, reader: Reader, collectif_id: int | None, period: Period | None, timezone: str
) -> dict[str, int]:
    """How many récits that this reader reads speak of each enjeu; a récit counts once per enjeu. One statement."""
    enjeu = func.substr(Tagging.code, 1, 1)
    tagged = _tagged_recits(reader, collectif_id, period, timezone).where(func.length(Tagging.code) == 2)
    query = tagged.with_only_columns(enjeu, func.count(Entry.id.distinct())).group_by(enjeu)
    return {code: count for code, count in session.execute(query)}


def _tagged_recits(reader: Reader, collectif_id: int | None, period: Period | None, timezone: str) -> Select:
    query = told_recits(reader).join(Tagging, Tagging.entry_id == Entry.id)
    if collectif_id is not None:
        query = query.where(Entry.collectif_id == collectif_id)
    return _within(query, period, timezone)
