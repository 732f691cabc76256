"""What may be answered: an entry that is told to its reader, with its passages and the audiences that a message under it takes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rex.access import AudienceView, MembershipView, Reader, audience_of, visible_entries
from rex.collectifs.models import NAME_LENGTH, Space
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Audience, Entry, EntryKind, Section
from rex.sealed_words import key_name_of
from rex.text.passages import paragraphs_of, tidy_quote

FOLDERS = {
    EntryKind.RECIT: "recits", EntryKind.DIFFICULTY: "difficultes", EntryKind.RECOGNITION: "reconnaissances",
    EntryKind.TENSION: "tensions",
}  # fmt: skip


def url_of(kind: EntryKind, public_id: str) -> str:
    """The address of an entry, without a look at the routes: threads and lists write many."""
    return f"/{FOLDERS[kind]}/{public_id}"


@dataclass(frozen=True)
class ToldEntry:
    """An entry that its reader may answer. `key_name`: the key that seals what must not stay in clear in its space."""

    id: int
    public_id: str
    kind: EntryKind
    collectif_id: int
    audience: Audience
    title: str
    words: str
    collectif_name: str
    key_name: str
    told_at: datetime

    @property
    def url(self) -> str:
        return url_of(self.kind, self.public_id)


def narrower(one: Audience, other: Audience) -> Audience:
    """The audience that has both as ceilings: a message is read by no more people than what it answers, nor than its entry."""
    return one if one.width <= other.width else other


def audience_of_answer(entry: ToldEntry, parent: Exchange | None) -> Audience:
    """Who reads what is said now under an entry, or in answer to a message."""
    return narrower(parent.audience, entry.audience) if parent else entry.audience


def readers_of_thread(session: RexSession, entry: ToldEntry, audience: Audience) -> AudienceView:
    """Who reads what is said under an entry before this audience: in a group, those who were there when the entry was told."""
    return audience_of(session, audience, entry.collectif_id, entry.collectif_name, entry.told_at)


def find_entry(session: RexSession, reader: Reader, public_id: str, *, hold: bool = False) -> ToldEntry | None:
    """The entry of this address if it is told to this reader. `hold`: until the end of the transaction its audience stays."""
    return _told(session, reader, Entry.public_id == public_id, hold)


def entry_of(session: RexSession, reader: Reader, exchange: Exchange, *, hold: bool = False) -> ToldEntry:
    """The entry under which a message that this reader found was said."""
    found = _told(session, reader, Entry.id == exchange.entry_id, hold)
    if found is None:
        raise LookupError("a message that is read stands under an entry that is told")
    return found


def _told(session: RexSession, reader: Reader, which, hold: bool) -> ToldEntry | None:
    query = (
        visible_entries(reader)
        .join(Space, Space.id == Entry.collectif_id)
        .with_only_columns(
            Entry.id, Entry.public_id, Entry.kind, Entry.collectif_id, Entry.audience, Entry.title, Entry.words,
            Entry.published_at, Space.name, Space.kind.label("space_kind"), Space.public_id.label("space_public_id"),
        )
        .where(which, Entry.audience.is_not(None), Entry.suspended_at.is_(None))
    )
    row = session.execute(query.with_for_update(of=Entry) if hold else query).first()
    if row is None or row.audience is None:
        return None
    return ToldEntry(
        row.id, row.public_id, row.kind, row.collectif_id, row.audience, row.title, row.words, row.name,
        key_name_of(row.space_kind, row.space_public_id), row.published_at,
    )


def signature_of(reader: Reader, entry: ToldEntry) -> tuple[MembershipView, str]:
    """From where somebody speaks under an entry: their seat there, else their home, and how it is written beside their name. In
    a group they have a seat: nobody speaks there from elsewhere."""
    seat = reader.seat(entry.collectif_id) or (None if entry.audience is Audience.GROUPE else reader.home)
    if seat is None:
        raise PermissionError("only a member answers")
    away = seat.collectif_name if seat.collectif_id != entry.collectif_id else ""
    return seat, ", ".join(filter(None, (seat.title or seat.service_name, away)))[:NAME_LENGTH]


@dataclass(frozen=True)
class Passage:
    """A piece of an entry that may be quoted; `key` names it in a list to choose from, `slug` is empty in a short entry."""

    key: str
    slug: str
    heading: str
    words: str


def sections_of(session: RexSession, entry: ToldEntry) -> list[tuple[str, str, str]]:
    """(slug, heading, source) of what an entry says, in order; a short entry is one nameless section."""
    if entry.kind is not EntryKind.RECIT:
        return [("", "", entry.words)]
    rows = session.execute(
        select(Section.slug, Section.heading, Section.source).where(Section.entry_id == entry.id).order_by(Section.position)
    )
    return [(slug, heading, source) for slug, heading, source in rows]


def passages_of(session: RexSession, entry: ToldEntry) -> list[Passage]:
    """Each paragraph of an entry, for whoever quotes without selecting."""
    return [
        Passage(f"{slug}.{rank}", slug, heading, tidy_quote(words))
        for slug, heading, source in sections_of(session, entry)
        for rank, words in enumerate(paragraphs_of(source))
    ]
