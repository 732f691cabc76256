"""What the page of a récit and that of an action read, through the door: few mapped columns, a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from rex.access import Reader, told_recits, visible_recits
from rex.collectifs.models import Space, User
from rex.db import BigId, RexSession
from rex.journal.list_queries import CARD, Card, Tag, card_of
from rex.journal.models import (
    Action,
    Authorship,
    Entry,
    Recit,
    Section,
    Stance,
    Tagging,
)
from rex.kept import Kept
from rex.referentiel.markers import markers_for
from rex.sealed_words import Words
from rex.shapes import Shape

NOBODY = "Une personne"  # signs for an account that was deleted


# --- one récit ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AuthorView:
    user_id: int | None
    name: str
    service_name: str
    title: str
    signs: bool = True  # False: who joined a récit that is read already, until the next modification


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
    collectif_name: str
    sections: list[SectionView]
    authors: list[AuthorView]  # those who sign
    author_ids: list[int | None]  # those who may change it: they, and who will sign at the next modification
    siblings: list[Card]
    tellers: dict[int, str]  # entry id → « Récit de la Voirie », for the siblings


def find_recit(session: RexSession, reader: Reader, public_id: str) -> Recit | None:
    """A récit that this reader may open: published for them, or their own draft."""
    return session.scalars(visible_recits(reader).where(Entry.public_id == public_id)).first()


def recit_page(session: RexSession, reader: Reader, public_id: str) -> RecitPage | None:
    """What the page of a published récit shows, if this reader may open it. Two statements."""
    rows = _recits_of_the_action.rows(session, public_id=public_id)
    row = next((row for row in rows if row.public_id == public_id), None)
    if row is None:
        return None
    parts = _all_parts.rows(session, entry=row.id)
    authors, tags = _read_authors_and_tags(session, reader, parts)
    return RecitPage(
        card=card_of(row, tags),
        teller=row.teller,
        action_public_id=row.action_public_id,
        collectif_name=row.collectif_name,
        sections=[SectionView(part.first, part.second, part.third) for part in parts if part.kind == "section"],
        authors=[author for author in authors if author.signs],
        author_ids=[author.user_id for author in authors],
        siblings=[card_of(other) for other in rows if other is not row],
        tellers={other.id: other.teller for other in rows},
    )


@Kept
def _recits_of_the_action(reader: Shape) -> Select:
    """The récit of this public id, and all those of its action that the reader reads."""
    this = aliased(Recit)
    action_id = select(this.action_id).where(this.public_id == bindparam("public_id", type_=String)).scalar_subquery()
    return (
        told_recits(reader)
        .join(Action, Action.id == Recit.action_id)
        .join(Space, Space.id == Entry.collectif_id)
        .with_only_columns(
            *CARD,
            Recit.teller,
            Action.public_id.label("action_public_id"),
            Space.name.label("collectif_name"),
        )
        .where(Recit.action_id == action_id)
        .order_by(Entry.published_at, Entry.id)
    )


def authors_and_tags(session: RexSession, reader: Reader, entry_id: int) -> tuple[list[AuthorView], tuple[Tag, ...]]:
    """Who signs an entry and its balises, in one statement (the page of a récit counts them)."""
    return _read_authors_and_tags(session, reader, _signatures_and_tags.rows(session, entry=entry_id))


def _read_authors_and_tags(
    session: RexSession, reader: Reader, rows: Sequence[Any]
) -> tuple[list[AuthorView], tuple[Tag, ...]]:
    markers = markers_for(session, [row.first for row in rows if row.kind == "tag"], reader.slugs)
    authors = [AuthorView(row.user_id, row.first, row.second, row.third, bool(row.signs)) for row in rows if row.kind == "author"]
    tags = [Tag(markers[r.first], Stance(r.second)) for r in rows if r.kind == "tag" and r.first in markers]
    return authors, tuple(tags)


@Kept
def _signatures_and_tags(_: Shape) -> CompoundSelect:
    return union_all(_signatures(), _tags()).order_by("kind", "position")


@Kept
def _all_parts(_: Shape) -> CompoundSelect:
    """The sections too: one statement for all that a page shows of a récit itself (it counts them)."""
    section = select(
        literal("section"), Section.position, _no_id(), Section.slug, Section.heading, Section.html, true()
    ).where(Section.entry_id == _entry())
    return union_all(_signatures(), _tags(), section).order_by("kind", "position")


def _signatures() -> Select:
    """First of the union: it gives the columns their names and types."""
    return (
        select(
            literal("author").label("kind"),
            Authorship.position,
            Authorship.user_id,
            func.coalesce(User.name, NOBODY).label("first"),
            type_coerce(Authorship.service_name, Words).label("second"),  # of a section: its heading
            type_coerce(Authorship.title, Words).label("third"),
            Authorship.college.is_not(None).label("signs"),
        )
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id == _entry())
    )


def _tags() -> Select:
    stance = cast(Tagging.stance, String)
    return select(literal("tag"), Tagging.position, _no_id(), Tagging.code, stance, literal(""), true()).where(
        Tagging.entry_id == _entry()
    )


def _entry() -> BindParameter[int]:
    return bindparam("entry", type_=BigId)


def _no_id() -> BindParameter[int]:
    return literal(None, Authorship.user_id.type)


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


def action_told_already(session: RexSession, reader: Reader, recit: Recit) -> ActionName | None:
    """The action that an unpublished récit joins, when somebody told it already. In a group, it is named by the first récit that
    this author reads: they may have come after the others."""
    if recit.is_published or recit.action_id is None:
        return None
    if recit.collectif_id in reader.group_ids:
        told = told_recits(reader).join(Action, Action.id == Recit.action_id).where(Recit.action_id == recit.action_id)
        first = told.with_only_columns(Action.public_id, Entry.title).order_by(Entry.published_at, Entry.id).limit(1)
        found = session.execute(first).first()
        return ActionName(*found) if found else None
    row = session.execute(select(Action.public_id, Action.title).where(Action.id == recit.action_id)).first()
    return ActionName(*row) if row and row.title else None
