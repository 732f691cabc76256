"""The texts that hang from an entry and may be reported apart from it: messages, notes, echoes, rereadings, synthèses.

Each is read through the door, as a member reads it; a suspended or withdrawn one has no words here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, null, select

from rex.access import Reader, visible_entries
from rex.collectifs.models import User
from rex.db import RexSession
from rex.exchanges.entries import url_of
from rex.exchanges.models import Exchange, Synthese, SyntheseSentence
from rex.journal.action_layout import BETWEEN
from rex.journal.difficulty_models import Echo
from rex.journal.models import Action, Entry
from rex.journal.queries import NOBODY
from rex.journal.suspension_models import Suspendable
from rex.journal.together_models import ActionNote, Rereading


class Kind(StrEnum):
    """As addresses name it: `/signaler/note/<id>` (a message is addressed under its entry)."""

    MESSAGE = "message"
    NOTE = "note"
    ECHO = "echo"
    REREADING = "relecture"
    SYNTHESE = "synthese"


@dataclass(frozen=True)
class Sort:
    """What is common to the texts of a kind."""

    model: type[Suspendable]
    id: Any  # a mapped column, as those below
    column: str  # of Report
    entry_id: Any  # what it hangs from; of a note, the first of its two récits
    author_id: Any
    created_at: Any
    words: Any  # None: a synthèse has its own in sentences
    a: str
    this: str


SORTS = {
    Kind.MESSAGE: Sort(
        Exchange, Exchange.id, "exchange_id", Exchange.entry_id, Exchange.author_id, Exchange.created_at, Exchange.source,
        "Un message", "ce message",
    ),
    Kind.NOTE: Sort(
        ActionNote, ActionNote.id, "note_id", ActionNote.one_id, ActionNote.author_id, ActionNote.created_at, ActionNote.words,
        "Une note", "cette note",
    ),
    Kind.ECHO: Sort(
        Echo, Echo.id, "echo_id", Echo.entry_id, Echo.user_id, Echo.created_at, Echo.words,
        "La phrase d’un écho", "cette phrase",
    ),
    Kind.REREADING: Sort(
        Rereading, Rereading.id, "rereading_id", Rereading.entry_id, Rereading.author_id, Rereading.created_at, Rereading.source,
        "Une relecture", "cette relecture",
    ),
    Kind.SYNTHESE: Sort(
        Synthese, Synthese.id, "synthese_id", Synthese.entry_id, Synthese.author_id, Synthese.created_at, None,
        "Une synthèse", "cette synthèse",
    ),
}  # fmt: skip
BY_COLUMN = {sort.column: kind for kind, sort in SORTS.items()}


@dataclass(frozen=True)
class Hanging:
    """One of these texts, as its reader reads it. It stands while it has words: an echo may be said without any."""

    kind: Kind
    id: int
    public_id: str
    entry_id: int
    entry_public_id: str
    entry_title: str
    collectif_id: int
    author_id: int | None
    author: str
    created_at: datetime
    words: str
    url: str
    suspended_at: datetime | None
    suspended_why: str

    @property
    def sort(self) -> Sort:
        return SORTS[self.kind]

    @property
    def path(self) -> str:
        """What names it in the addresses of its judges."""
        return f"{self.entry_public_id if self.kind is Kind.MESSAGE else self.kind}/{self.public_id}"


def hanging_texts(session: RexSession, reader: Reader, kind: Kind, *which: ColumnElement[bool]) -> list[Hanging]:
    """Those of a kind that this reader reads, oldest first; of `Entry` and the model of the kind. One statement; one more for
    the récits of notes, one for the sentences of synthèses."""
    sort = SORTS[kind]
    rows = session.execute(
        visible_entries(reader)
        .join(sort.model, sort.entry_id == Entry.id)
        .outerjoin(User, User.id == sort.author_id)
        .where(*which)
        .with_only_columns(
            sort.id, sort.model.public_id, sort.entry_id.label("entry_id"), Entry.public_id.label("entry"), Entry.kind, Entry.title,
            Entry.collectif_id, sort.author_id.label("author_id"), User.name, sort.created_at.label("created_at"),
            (null() if sort.words is None else sort.words).label("words"), sort.model.suspended_at, sort.model.suspended_why,
        )
        .order_by(sort.created_at, sort.id)
    ).all()
    found = [
        Hanging(
            kind, row.id, row.public_id, row.entry_id, row.entry, row.title, row.collectif_id, row.author_id, row.name or NOBODY,
            row.created_at, row.words or "", f"{url_of(row.kind, row.entry)}#{_anchor(kind, row.public_id)}",
            row.suspended_at, row.suspended_why,
        )
        for row in rows
    ]
    if kind is Kind.NOTE and found:
        return _between_their_recits(session, reader, found)
    return _with_sentences(session, found) if kind is Kind.SYNTHESE and found else found


def find_hanging(session: RexSession, reader: Reader, kind: Kind, public_id: str) -> Hanging | None:
    """The text of this address, standing or not, if this reader reads the page that it is on."""
    return next(iter(hanging_texts(session, reader, kind, SORTS[kind].model.public_id == public_id)), None)


def row_of(session: RexSession, text: Hanging) -> Any:
    """The row of a text that was found, held."""
    held = select(text.sort.model).where(text.sort.id == text.id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def _anchor(kind: Kind, public_id: str) -> str:
    return {Kind.MESSAGE: f"e-{public_id}", Kind.ECHO: "echos", Kind.REREADING: f"relecture-{public_id}"}.get(kind, "echanges")


def _between_their_recits(session: RexSession, reader: Reader, notes: Sequence[Hanging]) -> list[Hanging]:
    """Where notes are read: on the page of their action, their two récits face to face."""
    rows = session.execute(
        select(ActionNote.id, ActionNote.one_id, ActionNote.other_id, Action.public_id)
        .join(Action, Action.id == ActionNote.action_id)
        .where(ActionNote.id.in_([note.id for note in notes]))
    ).all()
    recits = visible_entries(reader).with_only_columns(Entry.id, Entry.public_id)
    named = dict(session.execute(recits.where(Entry.id.in_({one for row in rows for one in (row.one_id, row.other_id)}))).all())
    urls = {
        row.id: f"/actions/{row.public_id}?vue={named[row.one_id]}{BETWEEN}{named[row.other_id]}" for row in rows
    }
    return [replace(note, url=f"{urls[note.id]}#note-{note.public_id}") for note in notes]


def _with_sentences(session: RexSession, syntheses: Sequence[Hanging]) -> list[Hanging]:
    rows = session.execute(
        select(SyntheseSentence.synthese_id, SyntheseSentence.words)
        .where(SyntheseSentence.synthese_id.in_([one.id for one in syntheses]))
        .order_by(SyntheseSentence.synthese_id, SyntheseSentence.position)
    )
    said: dict[int, list[str]] = {}
    for synthese_id, words in rows:
        said.setdefault(synthese_id, []).append(words)
    return [replace(one, words="\n\n".join(said.get(one.id, [])).strip()) for one in syntheses]
