"""What one person wrote in a space, in one Markdown text, for that person alone: everything that is theirs, told or not.

The journal gathers what it keeps; rooms further down add what they keep (`add_own_texts`). Nothing says in which group."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rex import french
from rex.access import MembershipView, Reader, visible_difficulties, visible_recits, visible_recognitions
from rex.db import RexSession
from rex.journal.canvas import DEFAULT, TITLE
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.difficulty_sealing import opened as difficulty_opened
from rex.journal.drafts import read_draft
from rex.journal.models import Authorship, Entry, EntryKind, Recit, Section
from rex.journal.recognition_sealing import opened as recognition_opened
from rex.journal.rereading import words_for_author as rereading_words
from rex.journal.suspending import own_words
from rex.journal.together_models import ActionNote, Rereading

UNDER = {EntryKind.RECIT: "un récit", EntryKind.DIFFICULTY: "une difficulté", EntryKind.RECOGNITION: "un merci"}


@dataclass(frozen=True)
class OwnText:
    """A text as its author takes it away. `body`: Markdown."""

    at: datetime
    heading: str
    body: str


Gather = Callable[[RexSession, Reader, MembershipView], Sequence[OwnText]]
_gathering: dict[str, Gather] = {}


def add_own_texts(room: str, gather: Gather) -> None:
    """Take along what a room further down keeps of a person's texts in a space."""
    _gathering[room] = gather


def gathered(session: RexSession, reader: Reader, seat: MembershipView, but: Collection[int] = ()) -> list[OwnText]:
    """Every text, oldest first; of the entries that they sign, all but these (ids)."""
    found = [*_recits(session, reader, seat, but), *_short(session, reader, seat, but), *_hanging(session, reader, seat)]
    for gather in _gathering.values():
        found += gather(session, reader, seat)
    return sorted(found, key=lambda text: text.at)


def own_texts(session: RexSession, reader: Reader, seat: MembershipView, title: str) -> str:
    """One Markdown text, oldest first, headed `title`."""
    found = gathered(session, reader, seat)
    parts = [f"# {title}"]
    for one in found:
        parts.append(f"## {one.heading}\n\n{french.date_long(one.at, seat.timezone)}\n\n{one.body.strip()}")
    if not found:
        parts.append("Vous n’avez encore rien écrit ici.")
    return "\n\n".join(parts) + "\n"


def written_under(seat: MembershipView, kind: EntryKind, title: str) -> str:
    """Where one wrote beside the text of another: the title of a récit, which its reader reads. A difficulty or a thank-you has
    none but its words, which are of others; in a group, what members wrote stays there."""
    if seat.is_group:
        return "dans un groupe de pairs"
    return f"sous le récit « {title} »" if kind is EntryKind.RECIT and title else f"sous {UNDER[kind]}"


def _mine(reader: Reader):
    return select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.user_id == reader.user_id).exists()


def _recits(session: RexSession, reader: Reader, seat: MembershipView, but: Collection[int]) -> list[OwnText]:
    """Those that they sign: what readers read, and the working copy."""
    here = Entry.collectif_id == seat.collectif_id, _mine(reader), Entry.id.not_in(but)
    mine = visible_recits(reader).where(*here).order_by(Entry.id)
    headings = {section.slug: section.heading for section in DEFAULT}
    texts = []
    for recit in session.scalars(mine).all():
        if recit.published_at is not None:
            rows = session.execute(
                select(Section.heading, Section.source).where(Section.entry_id == recit.id).order_by(Section.position)
            )
            texts.append(OwnText(recit.published_at, f"Récit : {recit.title}", _sections(rows.all())))
        draft = read_draft(session, reader, recit)
        if draft is not None and (draft.title.strip() or draft.sections):
            body = _sections([(headings.get(slug, "Autre section"), words) for slug, words in draft.sections.items()])
            name = "Modification d’un récit" if recit.is_published else "Brouillon"
            texts.append(OwnText(draft.changed_at or recit.created_at, f"{name} : {draft.text_of(TITLE) or 'sans titre'}", body))
    return texts


def _sections(rows: Sequence) -> str:
    return "\n\n".join(f"### {heading}\n\n{source.strip()}" for heading, source in rows)


def _short(session: RexSession, reader: Reader, seat: MembershipView, but: Collection[int]) -> list[OwnText]:
    """Difficulties and recognitions that they signed."""
    texts = []
    here = Entry.collectif_id == seat.collectif_id, _mine(reader), Entry.id.not_in(but)
    for one in session.scalars(visible_difficulties(reader).where(*here)).all():
        kept = difficulty_opened(session, seat, one).written if one.sealed else None
        words, effect = (kept.words, kept.effect) if kept else (one.words, one.effect)
        body = f"{words}\n\n*Ce que cela nous fait* : {effect}" if effect else words
        texts.append(OwnText(one.published_at or one.withdrawn_at or one.created_at, "Difficulté", body))
    for one in session.scalars(visible_recognitions(reader).where(*here)).all():
        words = recognition_opened(session, seat.key_name, one.public_id, one.sealed)[0] if one.sealed else one.words
        texts.append(OwnText(one.created_at, f"Merci à {one.to_name}", words))
    return texts


def _hanging(session: RexSession, reader: Reader, seat: MembershipView) -> list[OwnText]:
    """What they wrote beside the texts of others, as far as they read it still."""
    echoes = select(Echo).join(Difficulty, Difficulty.id == Echo.entry_id).where(Echo.user_id == reader.user_id)
    texts = []
    for echo in session.scalars(echoes.where(Difficulty.collectif_id == seat.collectif_id)).all():
        words = own_words(session, echo.entry_id, Echo, echo.public_id, echo.sealed) if echo.suspended_at else echo.words
        where = written_under(seat, EntryKind.DIFFICULTY, "")
        texts.append(OwnText(echo.created_at, f"« Je vis ça aussi », {where}", words))
    notes = select(ActionNote).join(Recit, Recit.id == ActionNote.one_id).where(ActionNote.author_id == reader.user_id)
    for note in session.scalars(notes.where(Recit.collectif_id == seat.collectif_id)).all():
        words = own_words(session, note.one_id, ActionNote, note.public_id, note.sealed) if note.suspended_at else note.words
        texts.append(OwnText(note.created_at, "Note entre deux récits", words))
    later = visible_recits(reader).join(Rereading, Rereading.entry_id == Recit.id).with_only_columns(Rereading, Recit.title)
    mine = Rereading.author_id == reader.user_id, Recit.collectif_id == seat.collectif_id
    for kept, title in session.execute(later.where(*mine).order_by(Rereading.id)).all():
        heading = "Ce que je lis autrement aujourd’hui"
        if title and not seat.is_group:
            heading += f" du récit « {title} »"
        texts.append(OwnText(kept.created_at, heading, rereading_words(session, kept)))
    return [text for text in texts if text.body]
