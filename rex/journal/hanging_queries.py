"""What hangs from a récit and is read beside it: its difficulties, the recognitions accepted, what its authors read otherwise.

One statement for the three (the page of a récit counts its statements), each through the door."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, CompoundSelect, Select, bindparam, func, literal, select, union_all

from rex.access import Reader, told_difficulties, told_recognitions
from rex.collectifs.models import User
from rex.db import BigId, RexSession
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Entry
from rex.journal.queries import NOBODY
from rex.journal.recognition_models import Recognition
from rex.journal.rereading import html_of, words_for_author
from rex.journal.together_models import Rereading
from rex.kept import Kept
from rex.shapes import Shape


@dataclass(frozen=True)
class HangingDifficulty:
    """A passage of the récit that its authors noted as a difficulty."""

    id: int
    public_id: str
    words: str
    effect: str
    byline: str
    told_at: datetime
    section_slug: str
    is_detached: bool  # the section no longer says these words
    echoes: int  # those who live it too, as this reader may know


@dataclass(frozen=True)
class HangingRecognition:
    """A thank-you about the récit, accepted by whoever it thanks."""

    id: int
    public_id: str
    words: str
    byline: str  # from where it was given
    to_name: str
    told_at: datetime


@dataclass(frozen=True)
class HangingRereading:
    """What an author of the récit reads otherwise, later."""

    id: int
    public_id: str
    html: str  # made by rex.text; empty while it is suspended, save for its author
    author_id: int | None
    author_name: str
    told_at: datetime
    is_suspended: bool
    suspended_why: str


@dataclass(frozen=True)
class Hanging:
    difficulties: tuple[HangingDifficulty, ...] = ()
    recognitions: tuple[HangingRecognition, ...] = ()
    rereadings: tuple[HangingRereading, ...] = ()

    def difficulties_at(self, slug: str) -> list[HangingDifficulty]:
        """Those that stand in a section; the detached ones stay with the section where they were said."""
        return [difficulty for difficulty in self.difficulties if difficulty.section_slug == slug]

    def difficulties_elsewhere(self, slugs: list[str]) -> list[HangingDifficulty]:
        """Those whose section is gone."""
        return [difficulty for difficulty in self.difficulties if difficulty.section_slug not in slugs]


def hanging_from(session: RexSession, reader: Reader, recit_id: int) -> Hanging:
    """All that this reader reads beside a récit (by its id), oldest first. One statement, and two for a suspended rereading of
    the reader's own."""
    rows = _three.rows(session, recit=recit_id)
    return Hanging(
        tuple(
            HangingDifficulty(r.id, r.public_id, r.words, r.more, r.byline, r.told_at, r.place, r.is_detached, r.echoes)
            for r in rows
            if r.kind == "difficulty"
        ),
        tuple(
            HangingRecognition(r.id, r.public_id, r.words, r.byline, r.more, r.told_at) for r in rows if r.kind == "recognition"
        ),
        tuple(
            HangingRereading(
                r.id,
                r.public_id,
                _own_html(session, r.public_id) if r.is_detached and r.author_id == reader.user_id else r.words,
                r.author_id,
                r.byline,
                r.told_at,
                is_suspended=r.is_detached,
                suspended_why=r.more,
            )
            for r in rows
            if r.kind == "rereading"
        ),
    )


def _own_html(session: RexSession, public_id: str) -> str:
    """A suspended rereading, for who wrote it."""
    kept = session.scalars(select(Rereading).where(Rereading.public_id == public_id)).one()
    return html_of(public_id, words_for_author(session, kept))


@Kept
def _three(reader: Shape) -> CompoundSelect:
    return union_all(_difficulties(reader), _recognitions(reader), _rereadings()).order_by("told_at", "id")


def _recit() -> BindParameter[int]:
    return bindparam("recit", type_=BigId)


def _difficulties(reader: Shape) -> Select:
    """First of the three: it gives the columns their names and types."""
    echoes = select(func.count(Echo.id)).where(Echo.entry_id == Difficulty.id).correlate(Difficulty).scalar_subquery()
    return (
        told_difficulties(reader)
        .with_only_columns(
            literal("difficulty").label("kind"),
            Entry.id.label("id"),
            Entry.public_id.label("public_id"),
            Entry.words.label("words"),
            Entry.byline.label("byline"),
            Entry.published_at.label("told_at"),
            Difficulty.effect.label("more"),
            Difficulty.section_slug.label("place"),
            Difficulty.is_detached.label("is_detached"),
            echoes.label("echoes"),
            literal(None, Rereading.author_id.type).label("author_id"),
        )
        .where(Entry.about_id == _recit())
    )


def _recognitions(reader: Shape) -> Select:
    return (
        told_recognitions(reader)
        .with_only_columns(
            literal("recognition"),
            Entry.id,
            Entry.public_id,
            Entry.words,
            Entry.byline,
            Entry.published_at,
            Recognition.to_name,
            literal(""),
            literal(False),
            literal(0),
            literal(None, Rereading.author_id.type),
        )
        .where(Entry.about_id == _recit())
    )


def _rereadings() -> Select:
    """The second lock holds these to those who read the récit, and to those before whom they were said."""
    return (
        select(
            literal("rereading"),
            Rereading.id,
            Rereading.public_id,
            Rereading.html,
            func.coalesce(User.name, NOBODY),
            Rereading.created_at,
            Rereading.suspended_why,
            literal(""),
            Rereading.suspended_at.is_not(None),  # under the name that difficulties give to this column
            literal(0),
            Rereading.author_id,
        )
        .outerjoin(User, User.id == Rereading.author_id)
        .where(Rereading.entry_id == _recit())
    )
