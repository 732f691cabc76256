"""What the page of a récit and that of an action read, through the door: few mapped columns, a constant number of statements."""

from dataclasses import dataclass, replace

from sqlalchemy import String, cast, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from rex.access import Reader, told_recits, visible_recits
from rex.collectifs.models import Collectif, User
from rex.db import RexSession
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
from rex.referentiel.markers import markers_for

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
    action_title: str
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
    authors, tags, sections = _authors_tags_and_sections(session, reader, row.id)
    return RecitPage(
        card=replace(card_of(row), tags=tags),
        teller=row.teller,
        action_public_id=row.action_public_id,
        action_title=row.action_title,
        collectif_name=row.collectif_name,
        sections=sections,
        authors=[author for author in authors if author.signs],
        author_ids=[author.user_id for author in authors],
        siblings=[card_of(other) for other in rows if other is not row],
        tellers={other.id: other.teller for other in rows},
    )


def authors_and_tags(session: RexSession, reader: Reader, entry_id: int) -> tuple[list[AuthorView], tuple[Tag, ...]]:
    """Who signs an entry and its balises, in one statement."""
    return _authors_tags_and_sections(session, reader, entry_id)[:2]


def _authors_tags_and_sections(
    session: RexSession, reader: Reader, entry_id: int
) -> tuple[list[AuthorView], tuple[Tag, ...], list[SectionView]]:
    """Who signs an entry, its balises and what it says, in one statement (the page of a récit counts them)."""
    signed = (
        select(
            literal("author").label("kind"),
            Authorship.position,
            Authorship.user_id,
            func.coalesce(User.name, NOBODY).label("first"),
            Authorship.service_name.label("second"),
            Authorship.title.label("third"),
            Authorship.college.is_not(None).label("signs"),
        )
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id == entry_id)
    )
    nobody = literal(None, Authorship.user_id.type)
    tagged = select(
        literal("tag"), Tagging.position, nobody, Tagging.code, cast(Tagging.stance, String), literal(""), true()
    ).where(Tagging.entry_id == entry_id)
    told = select(literal("text"), Section.position, nobody, Section.slug, Section.heading, Section.html, true()).where(
        Section.entry_id == entry_id
    )
    rows = session.execute(union_all(signed, tagged, told).order_by("kind", "position")).all()
    markers = markers_for(session, [row.first for row in rows if row.kind == "tag"], reader.slugs)
    authors = [AuthorView(row.user_id, row.first, row.second, row.third, bool(row.signs)) for row in rows if row.kind == "author"]
    tags = [Tag(markers[r.first], Stance(r.second)) for r in rows if r.kind == "tag" and r.first in markers]
    return authors, tuple(tags), [SectionView(row.first, row.second, row.third) for row in rows if row.kind == "text"]


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
