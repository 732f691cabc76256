"""« Les deux récits divergent ici », « se rejoignent ici »: what a person who reads both says of them, signed.

Read by those who read both récits, and by no more than those who did when it was written (the narrower of the two audiences)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from rex import clock
from rex.access import Reader
from rex.collectifs.models import NAME_LENGTH, User
from rex.db import RexSession
from rex.journal import moments
from rex.journal.action_queries import ToldBy
from rex.journal.models import Audience
from rex.journal.moments import What
from rex.journal.queries import NOBODY
from rex.journal.readers import among_readers
from rex.journal.suspending import key_around, opened, own_words
from rex.journal.together_models import ActionNote, Meeting
from rex.text.marks import tidy

MOST_CHARS = 1200  # a box between two récits, not a third one
MOST = 60  # notes between two récits


class Changed(RuntimeError):
    """The note says something else than what its author began from: they wrote in another window."""


@dataclass(frozen=True)
class NoteView:
    """A note as it stands between two récits."""

    public_id: str
    section_slug: str
    meeting: Meeting
    words: str
    author_id: int | None
    author: str
    service_name: str
    created_at: datetime
    edited_at: datetime | None
    suspended_at: datetime | None
    suspended_why: str  # for its author, who alone reads its words then


def notes_between(session: RexSession, reader: Reader, one_id: int, other_id: int) -> list[NoteView]:
    """What was said of these two récits, whichever stood first; oldest first (one statement, and one when a note of the reader's
    is suspended)."""
    rows: Sequence[Any] = session.execute(
        select(
            ActionNote.public_id,
            ActionNote.section_slug,
            ActionNote.meeting,
            ActionNote.words,
            ActionNote.author_id,
            func.coalesce(User.name, NOBODY),
            ActionNote.service_name,
            ActionNote.created_at,
            ActionNote.edited_at,
            ActionNote.suspended_at,
            ActionNote.suspended_why,
            ActionNote.sealed,
        )
        .outerjoin(User, User.id == ActionNote.author_id)
        .where(
            or_(
                and_(ActionNote.one_id == one_id, ActionNote.other_id == other_id),
                and_(ActionNote.one_id == other_id, ActionNote.other_id == one_id),
            )
        )
        .order_by(ActionNote.created_at, ActionNote.id)
        .limit(MOST)
    ).all()
    own = _own_suspended_words(session, reader, one_id, rows)
    notes = [NoteView(*row[:-1]) for row in rows]
    return [replace(note, words=own[note.public_id]) if note.public_id in own else note for note in notes]


def _own_suspended_words(session: RexSession, reader: Reader, one_id: int, rows: Sequence[Any]) -> dict[str, str]:
    """What the reader's own suspended notes say, by their public id."""
    mine = [row for row in rows if row.sealed is not None and row.author_id == reader.user_id]
    key = key_around(session, one_id) if mine else ""
    return {row.public_id: opened(session, key, ActionNote, row.public_id, row.sealed) for row in mine}


def words_for_author(session: RexSession, note: ActionNote) -> str:
    """What a note says to who wrote it, suspended or not."""
    return own_words(session, note.one_id, ActionNote, note.public_id, note.sealed) if note.suspended_at else note.words


def find_note(session: RexSession, public_id: str) -> ActionNote | None:
    """A note that the reader of this session reads (the second lock asks that they read both récits)."""
    return session.scalars(select(ActionNote).where(ActionNote.public_id == public_id)).first()


def narrower(audiences: Iterable[Audience]) -> Audience:
    """Those who read all of it."""
    return min(audiences, key=lambda audience: audience.width)


def words_of(given: str) -> str:
    """What is kept of a note as it was typed: its lines, without the marks that would flip what follows it."""
    return "\n".join(line.strip() for line in tidy(given).strip().splitlines())


def faults_of(meeting: str, words: str) -> list[tuple[str, str]]:
    """(field, French sentence) for each thing that is missing."""
    faults = []
    if meeting not in set(Meeting):
        faults.append(("rencontre", "Dites si les deux récits divergent ici ou se rejoignent"))
    if not any(char.isprintable() and not char.isspace() for char in words):
        faults.append(("mots", "Dites en une phrase ce que vous lisez entre les deux récits"))
    elif len(words) > MOST_CHARS:
        faults.append(("mots", f"Raccourcissez cette note : {MOST_CHARS} caractères au plus"))
    return faults


def write_note(
    session: RexSession, reader: Reader, pair: tuple[ToldBy, ToldBy], slug: str, meeting: Meeting, words: str, shown: Audience
) -> ActionNote:
    """Put a note between two récits. `shown`: the audience that its author was told; it is never read more widely."""
    one, other = pair[0].card, pair[1].card
    seat = reader.seat(one.collectif_id) or reader.home
    note = ActionNote(
        action_id=one.action_id,
        one_id=one.id,
        other_id=other.id,
        section_slug=slug,
        meeting=meeting,
        audience=narrower([one.audience, other.audience, shown]),
        words=words,
        author_id=reader.user_id,
        service_name=((seat.service_name or seat.title) if seat else "")[:NAME_LENGTH],
    )
    session.add(note)
    session.flush()
    first, second = (among_readers(session, recit.author_ids, note.audience, one.collectif_id) for recit in pair)
    moments.tell(session, reader, What.NOTE, one.id, sorted(first))
    moments.tell(session, reader, What.NOTE, other.id, sorted(second - first))
    return note


def version_of(note: ActionNote) -> str:
    """What a form says that it began from, so that of two windows the second does not silently win."""
    return hashlib.sha256(f"{note.meeting}|{note.words}".encode()).hexdigest()[:16]


def rewrite_note(session: RexSession, note: ActionNote, meeting: Meeting, words: str, shown: Audience, base: str) -> None:
    """Its author says it otherwise; readers see that it changed. The same words change nothing. `shown`: the audience that the
    author was told; the new words stay with it, even if the récits are opened more widely later. `base`: the version that they
    began from; Changed is raised when it is another one.

    Raises PermissionError while it is suspended: it is taken away, or waits."""
    session.refresh(note, with_for_update=True)
    if note.suspended_at is not None:
        raise PermissionError("a suspended note is not written again")
    if (note.meeting, note.words) != (meeting, words):
        if version_of(note) != base:
            raise Changed
        note.meeting, note.words, note.edited_at = meeting, words, clock.now()
        note.audience = narrower([note.audience, shown])
        session.flush()


def remove_note(session: RexSession, note: ActionNote) -> None:
    session.delete(note)
    session.flush()
