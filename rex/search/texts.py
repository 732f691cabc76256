"""What each told text gives to the search: an entry with all that its readers see in it, and every text that stands under one.

Asked as the system: who reads them is asked at each search."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, null, or_, select, true
from sqlalchemy.orm import aliased

from rex.db import RexSession
from rex.exchanges.models import Exchange, Synthese, SyntheseSentence
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Action, Audience, Entry, EntryKind, Recit, Section
from rex.journal.recognition_models import Recognition
from rex.journal.suspension_models import Suspendable
from rex.journal.together_models import ActionNote, Rereading
from rex.search.models import FoundKind, SearchRow
from rex.search.words import indexed
from rex.text.marks import decoded
from rex.text.urls import UPLOADS

_FILE = re.compile(rf"!?\[((?:[^\[\]\n\\]|\\.){{0,600}})\]\({re.escape(UPLOADS)}[^()\s]{{0,100}}\)")
TITLED = (EntryKind.RECIT, EntryKind.TENSION)  # what is short has no title: its title is its first words
Key = tuple[int, FoundKind, int | None]  # entry, kind, what is said under it
Rows = dict[Key, dict[str, Any]]  # the columns of the rows


@dataclass(frozen=True)
class Sort:
    """What is common to the texts of a kind that are said under entries; mapped columns."""

    model: type[Suspendable]
    id: Any
    entry_id: Any  # of a note, the first of its two récits
    other_id: Any
    audience: Any
    service_id: Any
    said_at: Any
    words: tuple[Any, ...]  # none: a synthèse has its own in sentences
    stands: ColumnElement[bool]  # beside not being suspended


SAID = {
    FoundKind.EXCHANGE: Sort(
        Exchange, Exchange.id, Exchange.entry_id, null(), Exchange.audience, Exchange.service_id, Exchange.created_at,
        (Exchange.source, case((Exchange.is_detached, Exchange.quote), else_="")), Exchange.withdrawn_at.is_(None),
    ),
    FoundKind.SYNTHESE: Sort(
        Synthese, Synthese.id, Synthese.entry_id, null(), Synthese.audience, null(), Synthese.created_at, (), true()
    ),
    FoundKind.ECHO: Sort(
        Echo, Echo.id, Echo.entry_id, null(), Echo.audience, Echo.service_id, Echo.created_at, (Echo.words,), Echo.words != ""
    ),
    FoundKind.NOTE: Sort(
        ActionNote, ActionNote.id, ActionNote.one_id, ActionNote.other_id, ActionNote.audience, null(), ActionNote.created_at,
        (ActionNote.words,), true(),
    ),
    FoundKind.REREADING: Sort(
        Rereading, Rereading.id, Rereading.entry_id, null(), Rereading.audience, null(), Rereading.created_at, (Rereading.source,),
        true(),
    ),
}  # fmt: skip
KIND_OF = {sort.model: kind for kind, sort in SAID.items()}


def is_told(entry: Any = Entry) -> ColumnElement[bool]:
    """What may be found at all: told to a collectif or to the réseau; in a group, nothing."""
    told = entry.audience.in_((Audience.COLLECTIF, Audience.RESEAU))
    return and_(entry.published_at.is_not(None), entry.suspended_at.is_(None), told)


def standing(kind: FoundKind, *columns: Any) -> Select:
    """Columns of the texts of a kind that stand under a told entry (two, for a note), and of that entry."""
    sort = SAID[kind]
    said = select(*columns).join_from(sort.model, Entry, Entry.id == sort.entry_id)
    said = said.where(is_told(), sort.model.suspended_at.is_(None), sort.audience != Audience.GROUPE, sort.stands)
    if kind is FoundKind.NOTE:
        other = aliased(Entry)
        said = said.where(select(other.id).where(other.id == sort.other_id, is_told(other)).exists())
    return said


def entries(session: RexSession, ids: Sequence[int]) -> Rows:
    """The rows of these entries, those that are told."""
    columns = (Entry.id, Entry.kind, Entry.collectif_id, Entry.title, Entry.words, Entry.byline, Entry.published_at)
    rows = session.execute(select(*columns).where(Entry.id.in_(ids), is_told())).all()
    more: dict[int, list[str]] = {row.id: [row.words] for row in rows}
    for query in (
        select(Section.entry_id, Section.source).where(Section.entry_id.in_(more)).order_by(Section.position),
        select(Difficulty.id, Difficulty.effect).where(Difficulty.id.in_(more)),
        select(Recognition.id, Recognition.to_name).where(Recognition.id.in_(more)),
        select(Recit.id, Recit.teller).where(Recit.id.in_(more)),
        select(Recit.id, Action.title).join(Action, Action.id == Recit.action_id).where(Recit.id.in_(more)),
    ):
        for entry_id, words in session.execute(query):
            more[entry_id].append(words)
    return {
        (row.id, FoundKind(row.kind.value), None): _row(
            row.collectif_id, row.published_at, row.title if row.kind in TITLED else "", [*more[row.id], row.byline]
        )
        for row in rows
    }


def said(session: RexSession, kind: FoundKind, which: ColumnElement[bool]) -> Rows:
    """The rows of the texts of a kind that stand, among those that `which` names."""
    sort = SAID[kind]
    query = standing(
        kind, sort.entry_id.label("entry_id"), sort.id.label("said_id"), sort.other_id.label("other_id"),
        sort.audience.label("audience"), sort.service_id.label("service_id"), sort.said_at.label("said_at"), Entry.collectif_id,
        *(words.label(f"words_{rank}") for rank, words in enumerate(sort.words)),
    ).where(which)  # fmt: skip
    found = session.execute(query).all()
    spoken = _sentences(session, [row.said_id for row in found]) if kind is FoundKind.SYNTHESE else {}
    made: Rows = {}
    for row in found:
        known = {name: getattr(row, name) for name in ("audience", "service_id", "other_id")}
        words = spoken.get(row.said_id, row[7:])
        made[row.entry_id, kind, row.said_id] = _row(row.collectif_id, row.said_at, "", words) | known
    return made


def said_under(session: RexSession, entry_ids: Sequence[int]) -> Rows:
    """The rows of all that stands under these entries; of a note, under either."""
    rows: Rows = {}
    for kind, sort in SAID.items():
        here = sort.entry_id.in_(entry_ids)
        rows |= said(session, kind, or_(here, sort.other_id.in_(entry_ids)) if kind is FoundKind.NOTE else here)
    return rows


def under(entry_ids: Sequence[int]) -> ColumnElement[bool]:
    """The rows that there are of these entries and of all that is said under them."""
    return or_(SearchRow.entry_id.in_(entry_ids), SearchRow.other_id.in_(entry_ids))


def _sentences(session: RexSession, synthese_ids: Sequence[int]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {synthese_id: [] for synthese_id in synthese_ids}
    here = select(SyntheseSentence.synthese_id, SyntheseSentence.words).where(SyntheseSentence.synthese_id.in_(synthese_ids))
    for synthese_id, sentence in session.execute(here.order_by(SyntheseSentence.synthese_id, SyntheseSentence.position)):
        words[synthese_id].append(sentence)
    return words


def _row(collectif_id: int, said_at: Any, title: str, words: Iterable[str]) -> dict[str, Any]:
    """The columns of a row, of an entry unless said otherwise. A short entry has no title: its title is its first words."""
    known = {
        "collectif_id": collectif_id, "audience": Audience.RESEAU, "service_id": None, "other_id": None, "said_at": said_at
    }  # fmt: skip
    return known | indexed(title, decoded(without_files("\n".join(words))))._asdict()


def without_files(source: str) -> str:
    """Of the images and documents of a text, what a reader is told of them; their addresses are nobody's words."""
    return _FILE.sub(r"\1", source) if UPLOADS in source else source
