"""Through the door: an action with the récits that its reader reads, section by section, none of them the official one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from sqlalchemy import func, select

from rex import french
from rex.access import Reader, audience_of
from rex.access.audiences import AudienceView
from rex.collectifs.models import User
from rex.db import RexSession
from rex.documents.pieces import Beside, Head, Line, Piece, Several, Shown, Side, Told
from rex.documents.taking_out import NotYours, image_at, readers_line, who_line, zone_of
from rex.journal.action_layout import in_both_orders
from rex.journal.action_queries import GATHERED, MOST, ActionPage, ToldBy, action_page
from rex.journal.cards import number_of_recits
from rex.journal.models import Audience
from rex.journal.models import Section as Written
from rex.journal.notes import narrower
from rex.journal.queries import NOBODY
from rex.journal.together_models import ActionNote, Meeting

MOST_BESIDE = 3  # columns that a page holds
MOST_NOTES = 300
CHANGED = "Un passage qui a changé depuis"
MET = {Meeting.DIVERGENT: "les récits divergent ici", Meeting.REJOIGNENT: "les récits se rejoignent ici"}


@dataclass(frozen=True)
class ActionOut:
    """An action on its way out."""

    document: Several
    collectif_id: int
    has_several: bool


@dataclass(frozen=True)
class _Note:
    slug: str
    meeting: Meeting
    words: str
    author: str
    service_name: str
    created_at: datetime
    one_id: int
    other_id: int


@dataclass(frozen=True)
class _Read:
    """All that was read of an action, and how its dates are said."""

    page: ActionPage
    texts: dict[int, dict[str, tuple[str, str]]]  # by récit: slug → (heading, source)
    notes: Sequence[_Note]
    audiences: dict[Audience, AudienceView]
    zone: str | None


def take_action_out(session: RexSession, reader: Reader, action_id: str, root: str) -> ActionOut | None:
    """The action of this address with the récits that this person reads; None when they read none. Raises NotYours in a group:
    nobody takes away the words of the others. A constant number of statements."""
    page = action_page(session, reader, action_id)
    if page is None:
        return None
    if any(recit.card.audience is Audience.GROUPE for recit in page.recits):
        raise NotYours
    ids = [recit.card.id for recit in page.recits]
    kinds = sorted({recit.card.audience for recit in page.recits})
    audiences = {kind: audience_of(session, kind, page.collectif_id, page.collectif_name) for kind in kinds}
    read = _Read(page, _texts(session, ids), _notes(session, ids), audiences, zone_of(reader, page.collectif_id))
    several = [french.typo("Chacun l’a vécue et écrite de son côté : aucun récit ne corrige l’autre.")] if len(ids) > 1 else []
    preface = (*several, _read_by(read, kinds), who_line(reader, read.zone))
    document = Several(french.typo(page.title), preface, _pieces(read), root, _images(session))
    return ActionOut(document, page.collectif_id, len(ids) > 1)


def _texts(session: RexSession, ids: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    rows = session.execute(
        select(Written.entry_id, Written.slug, Written.heading, Written.source)
        .where(Written.entry_id.in_(ids))
        .order_by(Written.entry_id, Written.position)
    ).all()
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.entry_id, {})[row.slug] = row.heading, row.source
    return found


def _notes(session: RexSession, ids: Sequence[int]) -> list[_Note]:
    """What was said between two of these récits and is not suspended, for who reads both (the second lock holds it to them)."""
    rows: Sequence[Any] = session.execute(
        select(
            ActionNote.section_slug,
            ActionNote.meeting,
            ActionNote.words,
            func.coalesce(User.name, NOBODY),
            ActionNote.service_name,
            ActionNote.created_at,
            ActionNote.one_id,
            ActionNote.other_id,
        )
        .outerjoin(User, User.id == ActionNote.author_id)
        .where(ActionNote.one_id.in_(ids), ActionNote.other_id.in_(ids), ActionNote.suspended_at.is_(None))
        .order_by(ActionNote.created_at, ActionNote.id)
        .limit(MOST_NOTES)
    ).all()
    return [_Note(*row) for row in rows]


def _images(session: RexSession) -> Callable[[str], Any]:
    return Shown(lambda address: image_at(session, address))


def _read_by(read: _Read, kinds: Iterable[Audience]) -> str:
    """Who reads all of them."""
    said = readers_line(read.audiences[narrower(kinds)])
    return said if len(read.page.recits) == 1 else said.replace("Lu par", "Lus ensemble par", 1)


# --- the document -------------------------------------------------------------------------------------------------------


def _pieces(read: _Read) -> Iterator[Piece]:
    recits = read.page.recits
    yield Head(1, french.typo(number_of_recits(len(recits)).capitalize()))
    yield from _together([(recit, Line(_named(read, recit))) for recit in recits], 1)
    if len(recits) == MOST:
        yield Line(french.typo(f"Ce fichier prend les {MOST} premiers récits de l’action, comme sa page."))
    told = [list(read.texts.get(recit.card.id, {})) for recit in recits]
    slugs = [slug for slug in reduce(in_both_orders, told) if slug not in GATHERED]
    notes = list(read.notes)
    for slug in slugs:
        yield Head(1, french.typo(_heading(read, slug)))
        yield from _together([(recit, _told(read, recit, slug)) for recit in recits], 1)
        yield from (_note(read, note) for note in notes if note.slug == slug)
    for slug in GATHERED:
        saying = [recit for recit in recits if slug in read.texts.get(recit.card.id, {})]
        if saying:
            yield Head(1, french.typo(_heading(read, slug)))
            yield from _together([(recit, _told(read, recit, slug)) for recit in saying], 1)
    lost = [note for note in notes if note.slug not in slugs]
    if lost:
        yield Head(1, CHANGED)
        yield from (_note(read, note) for note in lost)


def _together(said: Sequence[tuple[ToldBy, Told | Line]], under: int) -> Iterator[Piece]:
    """Two or three side by side; one alone, or more than three, one under the other."""
    if 2 <= len(said) <= MOST_BESIDE:
        yield Beside(tuple(Side(recit.short, inner) for recit, inner in said))
        return
    for recit, inner in said:
        yield Head(under + 1, recit.label)
        yield Told(inner.source, under + 1) if isinstance(inner, Told) else inner


def _named(read: _Read, recit: ToldBy) -> str:
    card, title = recit.card, recit.card.title
    when = f"publié le {french.date_long(card.published_at, read.zone)}"
    changed = f", modifié le {french.date_long(card.corrected_at, read.zone)}" if card.corrected_at else ""
    own = f"« {title} ». " if title.lower() != read.page.title.lower() else ""
    readers = f" {readers_line(read.audiences[card.audience])}" if len(read.audiences) > 1 else ""
    return french.typo(f"{own}{recit.label}, par {recit.signed}, {when}{changed}.{readers}")


def _heading(read: _Read, slug: str) -> str:
    return next(texts[slug][0] for texts in (read.texts.get(recit.card.id, {}) for recit in read.page.recits) if slug in texts)


def _told(read: _Read, recit: ToldBy, slug: str) -> Told | Line:
    found = read.texts.get(recit.card.id, {}).get(slug)
    return Told(found[1], 1) if found else Line(recit.silence)


def _note(read: _Read, note: _Note) -> Line:
    """« Note de Paul Weiss, le 3 mars 2026 : les récits divergent ici (Voirie, Direction). … »"""
    between = ", ".join(recit.short for recit in read.page.recits if recit.card.id in (note.one_id, note.other_id))
    where = f" ({between})" if len(read.page.recits) > 2 else ""
    author = french.of_name(NOBODY.lower() if note.author == NOBODY else note.author)
    who = ", ".join(filter(None, (author, note.service_name, f"le {french.date_short(note.created_at, read.zone)}")))
    return Line(french.typo(f"Note {who} : {MET[note.meeting]}{where}. « {' '.join(note.words.split())} »"))
