"""The texts of a group that one may rewrite so that they leave it: one's récits, difficulties, messages, and opened dépôts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select

from rex.access import MembershipView, Reader, visible_depots, visible_entries, visible_exchanges
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Authorship, Entry, EntryKind, Section
from rex.seances.models import Depot, Seance, SeanceText
from rex.seances.queries import opened
from rex.text import first_sentence
from rex.versements.models import Versement

MOST = 60


class Origin(StrEnum):
    """What sort of text; the name of the field that a button sends."""

    ENTRY = "texte"
    MESSAGE = "message"
    DEPOT = "depot"


@dataclass(frozen=True)
class OwnText:
    """A text that the reader told in the group."""

    id: int
    public_id: str
    kind: EntryKind
    title: str
    told_at: datetime | None
    origin: Origin = Origin.ENTRY

    @property
    def label(self) -> str:
        return "Récit" if self.kind is EntryKind.RECIT else "Difficulté"


def own_texts(session: RexSession, reader: Reader, group_id: int, public_id: str | None = None) -> list[OwnText]:
    """The récits and difficulties that the reader signed and that are told in the group, newest first (one statement)."""
    mine = select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.user_id == reader.user_id).exists()
    query = visible_entries(reader).where(
        Entry.collectif_id == group_id,
        Entry.audience == Audience.GROUPE,
        Entry.kind.in_((EntryKind.RECIT, EntryKind.DIFFICULTY)),
        Entry.suspended_at.is_(None),
        mine,
    )
    query = query.where(Entry.public_id == public_id) if public_id else query
    columns = Entry.id, Entry.public_id, Entry.kind, Entry.title, Entry.published_at
    rows = session.execute(query.with_only_columns(*columns).order_by(Entry.published_at.desc(), Entry.id.desc()).limit(MOST))
    return [OwnText(*row) for row in rows]


def own_text(session: RexSession, reader: Reader, seat: MembershipView, origin: Origin, public_id: str) -> OwnText | None:
    """One text of the reader's own in the group, by what a button says of it; None for any other."""
    match origin:
        case Origin.ENTRY:
            return next(iter(own_texts(session, reader, seat.collectif_id, public_id)), None)
        case Origin.MESSAGE:
            message = _message(session, reader, seat, Exchange.public_id == public_id)
            return _short(message.id, public_id, message.source, message.created_at, origin) if message else None
        case Origin.DEPOT:
            depot = _depot(session, reader, seat, Depot.public_id == public_id)
            return _short(depot.id, public_id, opened(session, seat, depot), depot.written_at, origin) if depot else None


def _short(text_id: int, public_id: str, words: str, at: datetime, origin: Origin) -> OwnText:
    return OwnText(text_id, public_id, EntryKind.DIFFICULTY, first_sentence(words, 120), at, origin)


def _message(session: RexSession, reader: Reader, seat: MembershipView, which) -> Exchange | None:
    """A message that the reader wrote there, and that stands."""
    query = visible_exchanges(reader).join(Entry, Entry.id == Exchange.entry_id)
    here = Entry.collectif_id == seat.collectif_id, Entry.audience == Audience.GROUPE, Entry.suspended_at.is_(None)
    mine = Exchange.author_id == reader.user_id, Exchange.withdrawn_at.is_(None), Exchange.suspended_at.is_(None)
    return session.scalars(query.where(*here, *mine, which)).first()


def _depot(session: RexSession, reader: Reader, seat: MembershipView, which) -> Depot | None:
    """What the reader brought to a séance, once it is open: before, its own group must not read it either."""
    query = visible_depots(reader).join(Seance, Seance.id == Depot.seance_id)
    here = Seance.collectif_id == seat.collectif_id, Seance.opens_at <= reader.now, Seance.cancelled_at.is_(None)
    return session.scalars(query.where(*here, _stands(), Depot.author_id == reader.user_id, which)).first()


def _stands() -> ColumnElement[bool]:
    """Whether the dépôt of the statement is not suspended: its words are its author's alone then."""
    return ~select(SeanceText.id).where(SeanceText.depot_id == Depot.id, SeanceText.suspended_at.is_not(None)).exists()


def from_this(text: OwnText) -> dict[str, int]:
    """The column of a versement that says which text of the group it comes from."""
    name = {Origin.ENTRY: "source_id", Origin.MESSAGE: "exchange_id", Origin.DEPOT: "depot_id"}[text.origin]
    return {name: text.id}


def words_behind(session: RexSession, reader: Reader, seat: MembershipView, row: Versement) -> tuple[str, str]:
    """(title, text) of the text of the group that this one rewrites; nothing once it was taken back there."""
    if row.exchange_id is not None:
        message = _message(session, reader, seat, Exchange.id == row.exchange_id)
        return _first_and_all(message.source) if message else ("", "")
    if row.depot_id is not None:
        depot = _depot(session, reader, seat, Depot.id == row.depot_id)
        return _first_and_all(opened(session, seat, depot)) if depot else ("", "")
    return _words_of_entry(session, reader, row.source_id)


def with_their_source(session: RexSession, reader: Reader, rows: Sequence[Versement]) -> set[int]:
    """The ids of those of which this reader reads the text of the group behind; who came later does not (three statements)."""
    found: set[int] = set()
    for name, column, visible in (
        ("source_id", Entry.id, visible_entries(reader)),
        ("exchange_id", Exchange.id, visible_exchanges(reader).where(Exchange.suspended_at.is_(None))),
        ("depot_id", Depot.id, visible_depots(reader).where(_stands())),
    ):
        wanted = [getattr(row, name) for row in rows if getattr(row, name) is not None]
        there = set(session.scalars(visible.where(column.in_(wanted)).with_only_columns(column))) if wanted else set()
        found |= {row.id for row in rows if getattr(row, name) in there}
    return found


def _first_and_all(words: str) -> tuple[str, str]:
    return first_sentence(words, 120), words


def _words_of_entry(session: RexSession, reader: Reader, entry_id: int | None) -> tuple[str, str]:
    """As its rewriting begins: a récit with the headings of its sections."""
    found = session.execute(
        visible_entries(reader).where(Entry.id == entry_id).with_only_columns(Entry.kind, Entry.title, Entry.words)
    ).first()
    if found is None:
        return "", ""
    if found.kind is not EntryKind.RECIT:
        return found.title, found.words
    rows = session.execute(
        select(Section.heading, Section.source).where(Section.entry_id == entry_id).order_by(Section.position)
    ).all()
    parts = [f"## {row.heading}\n\n{row.source.strip()}" if len(rows) > 1 else row.source.strip() for row in rows]
    return found.title, "\n\n".join(parts)
