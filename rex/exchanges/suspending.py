"""What an animateur does with a message or a synthèse after a report: seal it, with a written reason, and put it back.

Its place stays; its author reads it with the reason, the others read that it is suspended."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from rex import text
from rex.access import Reader, may_judge_reports, visible_entries
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry, entry_of, narrower
from rex.exchanges.mentions import named_in
from rex.exchanges.models import Exchange, FormerWords, Synthese, SyntheseSentence
from rex.exchanges.words import Refused, html_of
from rex.journal.models import Entry
from rex.journal.suspending import opened, own_words, put_away, put_back
from rex.journal.suspension_models import WHY_LENGTH
from rex.sealed_words import key_name_of
from rex.text.marks import tidy


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
    put_away(session, reader, entry.key_name, exchange, exchange.source, reason)
    exchange.source = exchange.html = ""
    exchange.has_former_words = False
    session.execute(delete(FormerWords).where(FormerWords.exchange_id == exchange.id))
    session.flush()


def lift_suspension(session: RexSession, reader: Reader, exchange: Exchange) -> None:
    """Put a suspended message back as it was. Raises PermissionError as `suspend_exchange` does."""
    entry = _judged_by(session, reader, exchange)
    session.refresh(exchange, with_for_update=True)
    if exchange.suspended_at is None:
        return
    exchange.source = put_back(session, entry.key_name, exchange)
    names = named_in(session, exchange.source, narrower(exchange.audience, entry.audience), entry).written
    exchange.html, exchange.pipeline = html_of(exchange.public_id, exchange.source, names), text.PIPELINE
    session.flush()


def own_suspended_words(session: RexSession, reader: Reader, rows: Sequence[Any]) -> dict[int, str]:
    """HTML of the reader's own suspended messages among these rows of threads, by id: their author alone reads them there (one
    statement, none without such a message)."""
    mine = [row for row in rows if row.sealed is not None and row.author_id == reader.user_id and row.withdrawn_at is None]
    if not mine:
        return {}
    spaces = visible_entries(reader).join(Space, Space.id == Entry.collectif_id)
    spaces = spaces.with_only_columns(Entry.id, Space.kind, Space.public_id)
    found = session.execute(spaces.where(Entry.id.in_({row.entry_id for row in mine})))
    keys = {entry_id: key_name_of(kind, public_id) for entry_id, kind, public_id in found}
    said = {row.id: opened(session, keys[row.entry_id], Exchange, row.public_id, row.sealed) for row in mine}
    return {row.id: html_of(row.public_id, said[row.id]) for row in mine}


def _judged_by(session: RexSession, reader: Reader, exchange: Exchange) -> ToldEntry:
    entry = entry_of(session, reader, exchange)
    if not may_judge_reports(reader, entry.collectif_id):
        raise PermissionError("those who look after the journal, or the group, suspend a message")
    return entry


# --- a synthèse ------------------------------------------------------------------------------------------------------------
# The thread that it closes stays closed: opening it again is another act. Its sentences keep the messages they rest on.


def suspend_synthese(session: RexSession, reader: Reader, key_name: str, synthese: Synthese, why: str) -> None:
    """Seal the sentences of a synthèse, with a written reason. The caller, who judges, holds its row and tells its author."""
    sentences = _sentences(session, synthese)
    put_away(session, reader, key_name, synthese, json.dumps([sentence.words for sentence in sentences]), why)
    for sentence in sentences:
        sentence.words = ""
    session.flush()


def lift_synthese(session: RexSession, key_name: str, synthese: Synthese) -> None:
    """Put the sentences of a suspended synthèse back as they were."""
    words = json.loads(put_back(session, key_name, synthese))
    for sentence, said in zip(_sentences(session, synthese), words, strict=True):
        sentence.words = said
    session.flush()


def own_sentences(session: RexSession, entry_id: int, public_id: str, sealed: bytes | None) -> list[str]:
    """The sentences of a suspended synthèse, for who wrote it."""
    return json.loads(own_words(session, entry_id, Synthese, public_id, sealed))


def _sentences(session: RexSession, synthese: Synthese) -> Sequence[SyntheseSentence]:
    those = select(SyntheseSentence).where(SyntheseSentence.synthese_id == synthese.id)
    return session.scalars(those.order_by(SyntheseSentence.position)).all()
