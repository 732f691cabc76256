"""What somebody said under an entry that they read no more (narrowed to another collectif, withdrawn, suspended): their own words
stay theirs to take back. Nothing else of the entry is read here, not even its title.

Only what was said before the réseau, or in a collectif to which they belong now; what was said in a peer group is read inside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, or_, select

from rex.access import Reader, visible_exchanges
from rex.collectifs.models import Collectif
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.exchanges.words import html_of
from rex.journal.models import Audience, Entry
from rex.journal.suspending import key_around, opened
from rex.sealed_words import SpaceKind, key_name_of

MOST = 100


@dataclass(frozen=True)
class OwnMessage:
    """One's own words, and when they were said."""

    public_id: str
    html: str
    said_at: datetime


def find_out_of_sight(session: RexSession, reader: Reader, public_id: str) -> Exchange | None:
    """The reader's own message of this address, when it stands where they do not read."""
    with session.as_system("somebody takes back what they said where they read no more"):
        return session.scalars(_out_of_sight(reader).where(Exchange.public_id == public_id)).first()


def messages_out_of_sight(session: RexSession, reader: Reader) -> list[OwnMessage]:
    """All of them, newest first (one statement)."""
    columns = (Exchange.public_id, Exchange.html, Exchange.sealed, Exchange.created_at, Collectif.public_id.label("collectif"))
    query = _out_of_sight(reader).join(Collectif, Collectif.id == Entry.collectif_id).with_only_columns(*columns)
    with session.as_system("somebody takes back what they said where they read no more"):
        rows = session.execute(query.order_by(Exchange.id.desc()).limit(MOST)).all()
    return [OwnMessage(row.public_id, row.html or _suspended(session, row), row.created_at) for row in rows]


def own_html(session: RexSession, exchange: Exchange) -> str:
    """What the reader's own message says, before they take it back; also while it is suspended, wherever it stands."""
    if exchange.html or exchange.sealed is None:
        return exchange.html
    with session.as_system("the key that seals somebody's own message"):
        key_name = key_around(session, exchange.entry_id)
    return html_of(exchange.public_id, opened(session, key_name, Exchange, exchange.public_id, exchange.sealed))


def _suspended(session: RexSession, row: Row) -> str:
    if row.sealed is None:
        return ""
    key_name = key_name_of(SpaceKind.COLLECTIF, row.collectif)
    return html_of(row.public_id, opened(session, key_name, Exchange, row.public_id, row.sealed))


def _out_of_sight(reader: Reader) -> Select[Exchange]:
    mine = Exchange.author_id == reader.user_id
    read = visible_exchanges(reader).where(mine).with_only_columns(Exchange.id).correlate(None)
    in_my_spaces = or_(Exchange.audience == Audience.RESEAU, Entry.collectif_id.in_(reader.collectif_ids))
    return (
        select(Exchange)
        .join(Entry, Entry.id == Exchange.entry_id)
        .where(mine, Exchange.withdrawn_at.is_(None), in_my_spaces, Exchange.id.not_in(read))
    )
