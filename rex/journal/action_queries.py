"""What the page of an action reads, through the door: its récits, the sections shown face to face, what they met and brought.

A constant number of statements, however many récits tell the action."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import String, and_, cast, func, literal, or_, select, true, union_all

from rex.access import Reader, told_recits, told_recognitions
from rex.collectifs.models import Space, User
from rex.db import RexSession
from rex.french import joined, typo
from rex.journal import tellers
from rex.journal.list_queries import CARD, Card, Tag, Told, card_of
from rex.journal.models import Action, Audience, Authorship, Entry, Recit, Section, Stance, Tagging
from rex.journal.queries import NOBODY, AuthorView, SectionView
from rex.journal.recognition_models import Recognition
from rex.referentiel.markers import markers_for

TRANSFERABLE = "transferable"
THANKS = "reconnaissances"
GATHERED = (TRANSFERABLE, THANKS)  # shown once for the whole action, each under the name of its récit
MOST = 40  # récits of one action on its page
MOST_THANKS = 12


@dataclass(frozen=True)
class ToldBy:
    """One récit of an action, as its page names it."""

    card: Card
    authors: tuple[AuthorView, ...]
    label: str  # « Récit de la Voirie »
    choice: str  # « Le récit de la Voirie »
    short: str  # « Voirie »

    @property
    def author_ids(self) -> tuple[int | None, ...]:
        return tuple(author.user_id for author in self.authors)

    @property
    def signing(self) -> list[AuthorView]:
        """Those whose names readers read: not who joined since it was published."""
        return [author for author in self.authors if author.signs]

    @property
    def signed(self) -> str:
        """« Marc Oudin, Inès Carle, Voirie »: its authors, then their services, each once."""
        names = [author.name for author in self.signing]
        return typo(", ".join([*names, *dict.fromkeys(a.service_name for a in self.signing if a.service_name)]))

    @property
    def silence(self) -> str:
        return typo(tellers.says_nothing(self.label))


@dataclass(frozen=True)
class ThanksView:
    """A recognition that hangs from one of the récits."""

    public_id: str
    entry_id: int
    words: str
    byline: str
    to_name: str


@dataclass(frozen=True)
class ActionPage:
    """An action with the récits of it that this reader reads, oldest first; none is the official one."""

    id: int
    public_id: str
    title: str
    collectif_id: int
    collectif_name: str
    recits: tuple[ToldBy, ...]

    @property
    def told(self) -> Told:
        return Told(tuple(recit.card for recit in self.recits), self.public_id, self.title)


def action_page(session: RexSession, reader: Reader, public_id: str) -> ActionPage | None:
    """The action with its récits, their authors and balises; None when this reader reads none. Two statements."""
    rows = session.execute(
        told_recits(reader)
        .join(Action, Action.id == Recit.action_id)
        .join(Space, Space.id == Action.collectif_id)
        .with_only_columns(*CARD, Recit.teller, Action.title.label("action_title"), Space.name.label("place"))
        .where(Action.public_id == public_id)
        .order_by(Entry.published_at, Entry.id)
        .limit(MOST)
    ).all()
    if not rows:
        return None
    authors, tags = authors_and_tags_of(session, reader, [row.id for row in rows])
    cards = [replace(card_of(row), tags=tuple(tags.get(row.id, ()))) for row in rows]
    signers = [joined([author.name for author in authors.get(row.id, ()) if author.signs]) for row in rows]
    labels = tellers.told_apart([tellers.label_of(row.teller, row.byline) for row in rows], signers)
    recits = [
        ToldBy(card, tuple(authors.get(card.id, ())), label, tellers.with_article(label), tellers.short_of(label))
        for card, label in zip(cards, labels, strict=True)
    ]
    first = rows[0]
    # the name comes from a récit that those of another collectif, or who came later to a group, may not read: they read that of
    # a récit of theirs
    reads_all = reader.seat(first.collectif_id) is not None and first.audience is not Audience.GROUPE
    title = first.action_title if reads_all else first.title
    return ActionPage(first.action_id, public_id, title or first.title, first.collectif_id, first.place, tuple(recits))


def authors_and_tags_of(
    session: RexSession, reader: Reader, ids: Sequence[int]
) -> tuple[dict[int, list[AuthorView]], dict[int, list[Tag]]]:
    """Who signs these récits and their balises, by récit, in one statement."""
    signed = (
        select(
            literal("author").label("kind"),
            Authorship.entry_id,
            Authorship.position,
            Authorship.user_id,
            func.coalesce(User.name, NOBODY).label("first"),
            Authorship.service_name.label("second"),
            Authorship.title.label("third"),
            Authorship.college.is_not(None).label("signs"),
        )
        .outerjoin(User, User.id == Authorship.user_id)
        .where(Authorship.entry_id.in_(ids))
    )
    nobody = literal(None, Authorship.user_id.type)
    tagged = select(
        literal("tag"), Tagging.entry_id, Tagging.position, nobody, Tagging.code, cast(Tagging.stance, String), literal(""), true()
    ).where(Tagging.entry_id.in_(ids))
    rows = session.execute(union_all(signed, tagged).order_by("kind", "entry_id", "position")).all()
    markers = markers_for(session, [row.first for row in rows if row.kind == "tag"], reader.slugs)
    authors: dict[int, list[AuthorView]] = {}
    tags: dict[int, list[Tag]] = {}
    for row in rows:
        if row.kind == "author":
            authors.setdefault(row.entry_id, []).append(
                AuthorView(row.user_id, row.first, row.second, row.third, bool(row.signs))
            )
        elif row.first in markers:
            tags.setdefault(row.entry_id, []).append(Tag(markers[row.first], Stance(row.second)))
    return authors, tags


def sections_of(session: RexSession, whole: Collection[int], others: Collection[int]) -> dict[int, list[SectionView]]:
    """The sections of the récits that are read whole, and of the others what the action gathers; by récit, in their order."""
    rows = session.execute(
        select(Section.entry_id, Section.slug, Section.heading, Section.html)
        .where(or_(Section.entry_id.in_(whole), and_(Section.entry_id.in_(others), Section.slug.in_(GATHERED))))
        .order_by(Section.entry_id, Section.position)
    ).all()
    found: dict[int, list[SectionView]] = {}
    for row in rows:
        found.setdefault(row.entry_id, []).append(SectionView(row.slug, row.heading, row.html))
    return found


def apart(html: str, slug: str, where: str) -> str:
    """The HTML of a section with its footnotes named for where it stands: several récits on one page may have the same."""
    names = re.compile(rf'(<[^<>]*\b(?:id="|href="#))(?={re.escape(slug)}-fn)')
    return names.sub(rf"\g<1>{where}-", html) if f"{slug}-fn" in html else html


def thanks_of(session: RexSession, reader: Reader, ids: Collection[int]) -> list[ThanksView]:
    """The recognitions accepted that hang from these récits, oldest first (one statement)."""
    rows = session.execute(
        told_recognitions(reader)
        .with_only_columns(Entry.public_id, Entry.about_id, Entry.words, Entry.byline, Recognition.to_name)
        .where(Entry.about_id.in_(ids))
        .order_by(Entry.published_at, Entry.id)
        .limit(MOST_THANKS)
    ).all()
    return [ThanksView(row.public_id, row.about_id, row.words, row.byline, row.to_name) for row in rows]


# --- beside the canvas, and when another récit appears ------------------------------------------------------------------


@dataclass(frozen=True)
class OtherRecit:
    """Another récit of the action that one is telling, folded beside the canvas."""

    public_id: str
    label: str
    sections: list[SectionView]
    passages: dict[str, str]  # slug → the same words, for under the field of that section


def other_recits(session: RexSession, reader: Reader, recit: Recit) -> list[OtherRecit]:
    """What others told of the action that this unpublished récit tells: its author reads it while writing (two statements)."""
    if recit.is_published or recit.action_id is None:
        return []
    rows = session.execute(
        told_recits(reader)
        .with_only_columns(Entry.id, Entry.public_id, Recit.teller, Entry.byline)
        .where(Recit.action_id == recit.action_id, Entry.id != recit.id)
        .order_by(Entry.published_at, Entry.id)
        .limit(MOST)
    ).all()
    if not rows:
        return []
    sections = sections_of(session, [row.id for row in rows], ())
    labels = tellers.told_apart([tellers.label_of(row.teller, row.byline) for row in rows], [row.byline for row in rows])
    return [_beside(row, label, sections.get(row.id, []), rank) for rank, (row, label) in enumerate(zip(rows, labels, strict=True))]


def _beside(row: Any, label: str, sections: Sequence[SectionView], rank: int) -> OtherRecit:
    whole = [replace(section, html=apart(section.html, section.slug, f"whole{rank}")) for section in sections]
    passages = {section.slug: apart(section.html, section.slug, f"passage{rank}") for section in sections}
    return OtherRecit(row.public_id, label, whole, passages)


def authors_of_the_others(session: RexSession, reader: Reader, recit: Recit) -> list[int]:
    """The authors of the other récits told of the same action: they are told that one more appears, nothing of theirs changes."""
    rows = session.scalars(
        told_recits(reader)
        .join(Authorship, Authorship.entry_id == Recit.id)
        .with_only_columns(Authorship.user_id)
        .where(Recit.action_id == recit.action_id, Entry.id != recit.id)
        .distinct()
    )
    return sorted(user_id for user_id in rows if user_id is not None)
