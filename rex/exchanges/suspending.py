"""What an animateur does with a message after a report: seal it, with a written reason, and put it back.

Its place stays; its author reads it with the reason, the others read that it is suspended."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from rex import clock, text
from rex.access import Reader, may_judge_reports, visible_entries
from rex.collectifs.models import Collectif
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry, entry_of
from rex.exchanges.models import Exchange, FormerWords
from rex.exchanges.words import Refused, html_of
from rex.journal.models import Entry
from rex.text.marks import tidy

WHY_LENGTH = 600


def suspend_exchange(session: RexSession, reader: Reader, exchange: Exchange, why: str) -> None:
    """Seal a message, with a written reason. Its place stays; what it said before goes. The caller tells its author.

    Raises PermissionError unless `reader` judges the reports of the entry's collectif, Refused without a reason."""
    entry = _judged_by(session, reader, exchange)
    reason = tidy(why).strip()
    if not reason or len(reason) > WHY_LENGTH:
        raise Refused([("motif", f"Donnez le motif, en {WHY_LENGTH} caractères au plus : la personne le lira")])
    session.refresh(exchange, with_for_update=True)
    if exchange.withdrawn_at or exchange.suspended_at:
        return
    exchange.sealed = session.keyring.seal(entry.key_name, _row(exchange), exchange.source)
    exchange.source = exchange.html = ""
    exchange.has_former_words = False
    exchange.suspended_at, exchange.suspended_by_id, exchange.suspended_why = clock.now(), reader.user_id, reason
    session.execute(delete(FormerWords).where(FormerWords.exchange_id == exchange.id))
    session.flush()


def lift_suspension(session: RexSession, reader: Reader, exchange: Exchange) -> None:
    """Put a suspended message back as it was. Raises PermissionError as `suspend_exchange` does."""
    entry = _judged_by(session, reader, exchange)
    session.refresh(exchange, with_for_update=True)
    if exchange.suspended_at is None:
        return
    if exchange.sealed is not None:
        exchange.source = session.keyring.open(entry.key_name, _row(exchange), exchange.sealed)
        exchange.html, exchange.pipeline = html_of(exchange.public_id, exchange.source), text.PIPELINE
    exchange.sealed = exchange.suspended_at = exchange.suspended_by_id = None
    exchange.suspended_why = ""
    session.flush()


def own_suspended_words(session: RexSession, reader: Reader, rows: Sequence[Any]) -> dict[int, str]:
    """HTML of the reader's own suspended messages among these rows of threads, by id: their author alone reads them there (one
    statement, none without such a message)."""
    mine = [row for row in rows if row.sealed is not None and row.author_id == reader.user_id and row.withdrawn_at is None]
    if not mine:
        return {}
    spaces = visible_entries(reader).join(Collectif, Collectif.id == Entry.collectif_id)
    spaces = spaces.with_only_columns(Entry.id, Collectif.public_id)
    keys = dict(session.execute(spaces.where(Entry.id.in_({row.entry_id for row in mine}))).all())
    opened = {row.id: session.keyring.open(f"collectif-{keys[row.entry_id]}", _row_of(row.public_id), row.sealed) for row in mine}
    return {row.id: html_of(row.public_id, opened[row.id]) for row in mine}


def _judged_by(session: RexSession, reader: Reader, exchange: Exchange) -> ToldEntry:
    entry = entry_of(session, reader, exchange)
    if not may_judge_reports(reader, entry.collectif_id):
        raise PermissionError("those who look after the journal suspend a message")
    return entry


def _row(exchange: Exchange) -> str:
    return _row_of(exchange.public_id)


def _row_of(public_id: str) -> str:
    return f"exchange|{public_id}|source"
