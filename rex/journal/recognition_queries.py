"""Reading recognitions: one page, the list of a journal, those that one received and those that one gave.

A sealed one is opened for whom the door let in: its giver and its recipient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from rex.access import MembershipView, Reader, own_recognitions, told_recits, told_recognitions, visible_recognitions
from rex.collectifs.models import Space, User
from rex.db import RexSession
from rex.journal.list_queries import PAGE, Tag, read_cursor, tags_of, written_cursor
from rex.journal.models import Authorship, Entry, Recit, Stance
from rex.journal.queries import NOBODY, AuthorView, authors_of
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.recognition_sealing import key_names, opened
from rex.journal.recognitions import About, follows_to, recipients_of, thanks_to
from rex.referentiel.markers import markers_for
from rex.sealed_words import key_name_of
from rex.text import excerpt


@dataclass(frozen=True)
class RecognitionPage:
    """A recognition and what its page says around it."""

    row: Recognition
    words: str
    tags: tuple[Tag, ...]
    giver: AuthorView
    to_name: str
    collectif_name: str
    is_giver: bool
    about: About | None  # the récit, when this reader reads it

    @property
    def heading(self) -> str:
        return thanks_to(self.to_name, is_service=self.row.to_service_id is not None)

    @property
    def own_heading(self) -> str:
        """The same, for who gave it."""
        is_said = follows_to(self.to_name, is_service=self.row.to_service_id is not None)
        return f"Votre merci à {self.to_name}" if is_said else "Votre merci"


def find_recognition(session: RexSession, reader: Reader, public_id: str) -> Recognition | None:
    """A recognition that this person may open: told to them, given or received by them."""
    return session.scalars(visible_recognitions(reader).where(Entry.public_id == public_id)).first()


def recognition_page(session: RexSession, reader: Reader, recognition: Recognition) -> RecognitionPage:
    """What the page of a recognition shows to somebody who may open it; a constant number of statements."""
    here = select(Space.kind, Space.public_id, Space.name).where(Space.id == recognition.collectif_id)
    kind, place_id, place = session.execute(here).one()
    words = recognition.words
    if recognition.sealed is not None:
        words, codes = opened(session, key_name_of(kind, place_id), recognition.public_id, recognition.sealed)
        markers = markers_for(session, codes, reader.slugs)
        tags = tuple(Tag(markers[code], Stance.ILLUSTRE) for code in codes if code in markers)
    else:
        tags = tags_of(session, reader, [recognition.id]).get(recognition.id, ())
    giver = next(iter(authors_of(session, recognition.id)), AuthorView(None, NOBODY, "", ""))
    return RecognitionPage(
        row=recognition,
        words=words,
        tags=tags,
        giver=giver,
        to_name=_to_name(recognition),
        collectif_name=place,
        is_giver=giver.user_id == reader.user_id,
        about=about_of(session, reader, Entry.id == recognition.about_id) if recognition.about_id else None,
    )


def about_of(session: RexSession, reader: Reader, which: Any) -> About | None:
    """A récit as the page of a recognition names it, if this reader reads it."""
    row = session.execute(
        told_recits(reader)
        .join(Space, Space.id == Entry.collectif_id)
        .where(which)
        .with_only_columns(
            Entry.id, Entry.public_id, Entry.title, Recit.teller, Entry.collectif_id, Space.name, Entry.audience,
            Entry.published_at,
        )
    ).first()
    if row is None or row.audience is None or row.published_at is None:
        return None
    return About(
        row.id, row.public_id, row.title, row.teller, row.collectif_id, row.name, row.audience, row.published_at
    )


def number_of_recipients(session: RexSession, recognition: Recognition) -> int:
    """How many people may answer a recognition to a service; a fact about the service, said to those who are in it or gave."""
    return len(recipients_of(session, recognition))


@dataclass(frozen=True)
class ThanksLine:
    """A recognition in a list: from whom, to whom, the first words."""

    id: int
    public_id: str
    words: str
    from_name: str
    to_name: str
    at: datetime
    state: str = ""  # a word for the persons concerned


@dataclass(frozen=True)
class ThanksList:
    lines: list[ThanksLine]
    older: str | None
    is_later: bool  # not the first page


def told_list(session: RexSession, reader: Reader, seat: MembershipView, after: str = "") -> ThanksList:
    """The recognitions of a journal, newest first; in no other order. One statement."""
    query = told_recognitions(reader).where(Entry.collectif_id == seat.collectif_id, Entry.published_at.is_not(None))
    columns = (Entry.id, Entry.public_id, Entry.words, Entry.byline, Recognition.to_name, Entry.published_at)
    rows, older, is_later = _page(session, query.with_only_columns(*columns), Entry.published_at, after)
    return ThanksList([ThanksLine(*row) for row in rows], older, is_later)


def received(session: RexSession, reader: Reader, after: str = "") -> ThanksList:
    """What this person, or a service of theirs, was thanked for; what they declined is gone. A constant number of statements."""
    given_by_me = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    mine = own_recognitions(reader).where(Entry.id.not_in(given_by_me), _outside_groups(reader))
    return _own(session, mine, after, _state_for_recipient)


def given(session: RexSession, reader: Reader, after: str = "") -> ThanksList:
    """What this person said thanks for. What was not accepted is « pas encore publié », whatever became of it."""
    given_by_me = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    mine = own_recognitions(reader).where(Entry.id.in_(given_by_me), _outside_groups(reader))
    return _own(session, mine, after, _state_for_giver)


def _outside_groups(reader: Reader) -> ColumnElement[bool]:
    """What is said in a group is listed in the group."""
    return Entry.collectif_id.not_in(reader.group_ids)


def _state_for_recipient(row: Any) -> str:
    if row.published_at is not None:
        return "Publié dans le journal"
    return "Vous n’avez pas encore répondu" if row.answer is Answer.PENDING else "Gardé entre vous"


def _state_for_giver(row: Any) -> str:
    if row.suspended_at is not None:
        return "Suspendu par l’animation"
    if row.published_at is not None:
        return "Publié dans le journal"
    return "Retiré du journal" if row.withdrawn_at is not None else "Pas encore publié"


def _own(session: RexSession, query: Select, after: str, state: Any) -> ThanksList:
    columns = (
        Entry.id, Entry.public_id, Entry.collectif_id, Entry.words, Entry.sealed, Entry.created_at, Entry.published_at,
        Entry.withdrawn_at, Entry.suspended_at, Recognition.to_name, Recognition.answer,
    )
    giver = (
        select(func.coalesce(func.max(User.name), NOBODY))
        .join(Authorship, Authorship.user_id == User.id)
        .where(Authorship.entry_id == Entry.id)
        .correlate(Entry)
        .scalar_subquery()
        .label("giver")
    )
    rows, older, is_later = _page(session, query.with_only_columns(*columns, giver), Entry.created_at, after)
    keys = key_names(session, [row.collectif_id for row in rows])
    lines = [
        ThanksLine(
            row.id,
            row.public_id,
            excerpt(row.words or opened(session, keys[row.collectif_id], row.public_id, row.sealed)[0], 160),
            row.giver,
            row.to_name,
            row.created_at,
            state(row),
        )
        for row in rows
    ]
    return ThanksList(lines, older, is_later)


def _page(session: RexSession, query: Select, instant: Any, after: str) -> tuple[Sequence[Any], str | None, bool]:
    """One page by keyset on (instant, id), newest first."""
    cursor = read_cursor(session, after)
    if cursor:
        query = query.where(tuple_(instant, Entry.id) < cursor)
    rows = session.execute(query.order_by(instant.desc(), Entry.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    older = written_cursor(session, shown[-1]._mapping[instant], shown[-1].id) if len(rows) > PAGE else None
    return shown, older, cursor is not None


def _to_name(recognition: Recognition) -> str:
    known = recognition.to_user_id is not None or recognition.to_service_id is not None
    return recognition.to_name if known else NOBODY.lower()
