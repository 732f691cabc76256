"""What the items of a letter are about, as a reader reads it today: titles, addresses, words that are never kept in the letter.

A question, a séance, a balise are told with their words of this moment: a question that was taken back is not there any more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from rex import text
from rex.access import Reader, told_recognitions, visible_entries, visible_exchanges, visible_seances
from rex.db import RexSession
from rex.digests.models import DigestItem
from rex.exchanges.models import Exchange
from rex.french import date_long, hour
from rex.journal.models import Action, Entry, EntryKind
from rex.journal.recognition_models import Recognition
from rex.journal.recognitions import thanks_to
from rex.referentiel.content import BALISES
from rex.referentiel.models import OwnBalise
from rex.sealed_words import SpaceKind
from rex.seances.models import Seance

FOLDERS = {
    EntryKind.RECIT: "recits",
    EntryKind.DIFFICULTY: "difficultes",
    EntryKind.RECOGNITION: "reconnaissances",
    EntryKind.TENSION: "tensions",
}
QUESTION_LENGTH = 280
UNTITLED_SEANCE = "Une séance"
_BALISES = {one.code: one for one in BALISES}


@dataclass(frozen=True)
class Where:
    """The space of a letter."""

    id: int
    kind: SpaceKind
    slug: str
    public_id: str

    @property
    def is_group(self) -> bool:
        return self.kind is SpaceKind.GROUPE

    @property
    def path(self) -> str:
        return f"/groupes-de-pairs/{self.public_id}" if self.is_group else f"/c/{self.slug}"


@dataclass(frozen=True)
class Thing:
    """What an item is about. `quotes`: (words, signature), of what is not kept in the letter."""

    title: str = ""
    path: str = ""
    words: str = ""
    quotes: tuple[tuple[str, str], ...] = field(default=())
    is_gone: bool = False


GONE = Thing(is_gone=True)


def things_of(session: RexSession, reader: Reader, where: Where, zone: str, rows: Sequence[DigestItem]) -> dict[int, Thing]:
    """Item id → what it is about, for the items whose thing this reader reads (one statement for each sort of thing)."""
    entries = _entries(session, reader, {row.entry_id for row in rows if row.entry_id is not None})
    actions = _actions(session, {row.action_id for row in rows if row.action_id is not None})
    asked = _questions(session, reader, {row.exchange_id for row in rows if row.exchange_id is not None})
    met = _seances(session, reader, where, zone, {row.seance_id for row in rows if row.seance_id is not None})
    balises = _balises(session, where, {row.balise for row in rows if row.balise})
    found: dict[int, Thing | None] = {}
    for row in rows:
        if row.exchange_id is not None:
            found[row.id] = _under(entries.get(row.entry_id or 0), asked.get(row.exchange_id))
        elif row.seance_id is not None:
            found[row.id] = met.get(row.seance_id)
        elif row.entry_id is not None:
            found[row.id] = entries.get(row.entry_id)
        elif row.action_id is not None:
            found[row.id] = actions.get(row.action_id)
        else:
            found[row.id] = balises.get(row.balise, Thing()) if row.balise else Thing()
    return {row_id: thing for row_id, thing in found.items() if thing is not None}


def _entries(session: RexSession, reader: Reader, ids: set[int]) -> dict[int, Thing]:
    if not ids:
        return {}
    told = visible_entries(reader).where(Entry.id.in_(ids), Entry.published_at.is_not(None), Entry.suspended_at.is_(None))
    rows = session.execute(told.with_only_columns(Entry.id, Entry.kind, Entry.public_id, Entry.title)).all()
    found = {row.id: Thing(row.title, f"/{FOLDERS[row.kind]}/{row.public_id}") for row in rows}
    thanked = [row.id for row in rows if row.kind is EntryKind.RECOGNITION]
    if thanked:
        query = told_recognitions(reader).with_only_columns(Recognition.id, Recognition.to_name, Recognition.to_service_id)
        for entry_id, to_name, service_id in session.execute(query.where(Recognition.id.in_(thanked))):
            heading = thanks_to(to_name, is_service=service_id is not None) if to_name else "Merci"
            found[entry_id] = Thing(heading, found[entry_id].path)
    return found


def _actions(session: RexSession, ids: set[int]) -> dict[int, Thing]:
    query = select(Action.id, Action.title, Action.public_id).where(Action.id.in_(ids))
    return {row.id: Thing(row.title, f"/actions/{row.public_id}") for row in session.execute(query)} if ids else {}


def _questions(session: RexSession, reader: Reader, ids: set[int]) -> dict[int, Any]:
    columns = (
        Exchange.id, Exchange.public_id, Exchange.source, Exchange.signature, Exchange.withdrawn_at, Exchange.suspended_at,
    )  # fmt: skip
    query = visible_exchanges(reader).with_only_columns(*columns).where(Exchange.id.in_(ids))
    return {row.id: row for row in session.execute(query)} if ids else {}


def _under(entry: Thing | None, question: Any) -> Thing | None:
    """A question under the text that it was asked about."""
    if entry is None or question is None or question.suspended_at is not None:
        return None
    if question.withdrawn_at is not None:
        return GONE
    asked = text.excerpt(question.source, QUESTION_LENGTH)
    return Thing(entry.title, f"{entry.path}#e-{question.public_id}", quotes=((asked, question.signature),))


def _seances(session: RexSession, reader: Reader, where: Where, zone: str, ids: set[int]) -> dict[int, Thing]:
    columns = Seance.id, Seance.public_id, Seance.title, Seance.place, Seance.starts_at, Seance.cancelled_at
    query = visible_seances(reader).with_only_columns(*columns).where(Seance.id.in_(ids), Seance.collectif_id == where.id)
    found = {}
    for row in session.execute(query) if ids else ():
        when = f"{date_long(row.starts_at, zone)}, {hour(row.starts_at, zone)}"
        place = ", ".join(filter(None, (when, row.place)))
        words = f"{place[:1].upper()}{place[1:]}." if row.cancelled_at is None else "Cette séance est annulée."
        found[row.id] = Thing(row.title or UNTITLED_SEANCE, f"{where.path}/seances/{row.public_id}", words)
    return found


def _balises(session: RexSession, where: Where, codes: set[str]) -> dict[str, Thing]:
    """The 23 by their code; those of the collectif by their public id."""
    found = {code: Thing(_BALISES[code].title, f"/boussole/{code}") for code in codes if code in _BALISES}
    own = codes - set(found)
    if own:
        query = select(OwnBalise.public_id, OwnBalise.title, OwnBalise.slug).where(
            OwnBalise.public_id.in_(own), OwnBalise.collectif_id == where.id
        )
        for public_id, title, slug in session.execute(query):
            found[public_id] = Thing(title, f"{where.path}/boussole/{slug}")
    return found
