"""What one person wrote in a space, in one Markdown text, for that person alone: everything that is theirs, told or not.

The journal gathers what it keeps; rooms further down add what they keep (`add_own_texts`). Nothing says in which group."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from rex import french
from rex.access import MembershipView, Reader, visible_difficulties, visible_recits, visible_recognitions
from rex.db import RexSession
from rex.journal.canvas import DEFAULT, TITLE
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.difficulty_sealing import opened as difficulty_opened
from rex.journal.drafts import read_drafts
from rex.journal.models import Authorship, Entry, EntryKind, Recit, Section
from rex.journal.recognition_sealing import opened as recognition_opened
from rex.journal.suspending import opened
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


def _theirs(reader: Reader, seat: MembershipView, but: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """The entries of the space that they sign."""
    mine = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    # « + 0 »: an index on the space would be used to go through all its entries, and the person wrote few of them
    return Entry.id.in_(mine), Entry.collectif_id + 0 == seat.collectif_id, Entry.id.not_in(but)


def _recits(session: RexSession, reader: Reader, seat: MembershipView, but: Collection[int]) -> list[OwnText]:
    """Those that they sign: what readers read, and the working copy (four statements)."""
    mine = session.scalars(visible_recits(reader).where(*_theirs(reader, seat, but)).order_by(Entry.id)).all()
    told = select(Section.entry_id, Section.heading, Section.source).where(Section.entry_id.in_([one.id for one in mine]))
    sections: dict[int, list[tuple[str, str]]] = {}
    for entry_id, heading, source in session.execute(told.order_by(Section.entry_id, Section.position)):
        sections.setdefault(entry_id, []).append((heading, source))
    drafts = read_drafts(session, reader, mine)
    headings = {section.slug: section.heading for section in DEFAULT}
    texts = []
    for recit in mine:
        if recit.published_at is not None:
            body = _sections(sections.get(recit.id, ()))
            texts.append(OwnText(recit.published_at, f"Récit : {recit.title}", body))
        draft = drafts.get(recit.id)
        if draft is not None and (draft.title.strip() or draft.sections):
            body = _sections([(headings.get(slug, "Autre section"), words) for slug, words in draft.sections.items()])
            name = "Modification d’un récit" if recit.is_published else "Brouillon"
            texts.append(OwnText(draft.changed_at or recit.created_at, f"{name} : {draft.text_of(TITLE) or 'sans titre'}", body))
    return texts


def _sections(rows: Sequence[tuple[str, str]]) -> str:
    return "\n\n".join(f"### {heading}\n\n{source.strip()}" for heading, source in rows)


def _short(session: RexSession, reader: Reader, seat: MembershipView, but: Collection[int]) -> list[OwnText]:
    """Difficulties and recognitions that they signed."""
    texts = []
    here = _theirs(reader, seat, but)
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
        words = _suspended(session, seat, echo) if echo.suspended_at else echo.words
        where = written_under(seat, EntryKind.DIFFICULTY, "")
        texts.append(OwnText(echo.created_at, f"« Je vis ça aussi », {where}", words))
    notes = select(ActionNote).join(Recit, Recit.id == ActionNote.one_id).where(ActionNote.author_id == reader.user_id)
    for note in session.scalars(notes.where(Recit.collectif_id == seat.collectif_id)).all():
        words = _suspended(session, seat, note) if note.suspended_at else note.words
        texts.append(OwnText(note.created_at, "Note entre deux récits", words))
    later = visible_recits(reader).join(Rereading, Rereading.entry_id == Recit.id).with_only_columns(Rereading, Recit.title)
    mine = Rereading.author_id == reader.user_id, Recit.collectif_id + 0 == seat.collectif_id  # « + 0 »: as above
    for kept, title in session.execute(later.where(*mine).order_by(Rereading.id)).all():
        heading = "Ce que je lis autrement aujourd’hui"
        if title and not seat.is_group:
            heading += f" du récit « {title} »"
        words = _suspended(session, seat, kept) if kept.suspended_at else kept.source
        texts.append(OwnText(kept.created_at, heading, words))
    return [text for text in texts if text.body]


def _suspended(session: RexSession, seat: MembershipView, kept: Echo | ActionNote | Rereading) -> str:
    """What a suspended text of this space says, for its author: all are sealed with the key of the space."""
    return opened(session, seat.key_name, type(kept), kept.public_id, kept.sealed) if kept.sealed else ""
