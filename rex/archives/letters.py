"""Letters that left, as lines: what they tell of this collectif, as its members read it now.

An item about a text that was withdrawn, about another collectif's or about a séance is not there: nothing that was taken back, and
nothing that the archive does not hold, is named in it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from rex.access import MembershipView, Reader, told_digests, visible_entries, visible_exchanges
from rex.archives.reading import names
from rex.archives.shape import Line, said_at
from rex.db import RexSession
from rex.digests.models import Digest, DigestItem, DigestQuote
from rex.exchanges.models import Exchange
from rex.journal.models import Action, Entry

Ids = dict[int, str]


def letters_after(session: RexSession, reader: Reader, seat: MembershipView, last: int, most: int) -> Sequence[Digest]:
    here = told_digests(reader).where(Digest.collectif_id == seat.collectif_id, Digest.id > last)
    return session.scalars(here.order_by(Digest.id).limit(most)).all()


def letters_named(session: RexSession, reader: Reader, seat: MembershipView, codes: Sequence[str]) -> Sequence[Digest]:
    here = told_digests(reader).where(Digest.collectif_id == seat.collectif_id, Digest.public_id.in_(codes))
    return session.scalars(here.order_by(Digest.id)).all()


def letter_lines(session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[Digest]) -> list[Line]:
    """A constant number of statements."""
    items: dict[int, list[Line]] = {}
    for digest_id, line in _items(session, reader, seat, [row.id for row in rows]):
        items.setdefault(digest_id, []).append(line)
    who = names(session, (row.edito_by_id for row in rows))
    return [
        {
            "id": row.public_id, "numero": row.number, "titre": row.title, "edito": row.edito,
            "edito_de": who.get(row.edito_by_id) if row.edito else None, "depuis": said_at(row.since),
            "jusqu_a": said_at(row.until), "prevue_le": said_at(row.due_at), "composee_le": said_at(row.composed_at),
            "parue_le": said_at(row.published_at), "elements": items.get(row.id, []),
        }
        for row in rows
    ]  # fmt: skip


def _items(session: RexSession, reader: Reader, seat: MembershipView, digest_ids: list[int]) -> list[tuple[int, Line]]:
    query = select(DigestItem).where(
        DigestItem.digest_id.in_(digest_ids), DigestItem.is_removed.is_(False), DigestItem.seance_id.is_(None)
    )
    rows = session.scalars(query.order_by(DigestItem.digest_id, DigestItem.position, DigestItem.id)).all()
    quoted = select(DigestQuote).where(DigestQuote.item_id.in_([row.id for row in rows]), DigestQuote.words != "")
    quotes = session.scalars(quoted.order_by(DigestQuote.item_id, DigestQuote.position, DigestQuote.id)).all()
    named = {row.entry_id for row in rows if row.entry_id} | {quote.entry_id for quote in quotes}
    told = visible_entries(reader).where(Entry.published_at.is_not(None), Entry.suspended_at.is_(None), Entry.id.in_(named))
    here = told.where(Entry.collectif_id == seat.collectif_id).with_only_columns(Entry.id, Entry.public_id)
    texts: Ids = dict(session.execute(here).all())
    actions = select(Action.id, Action.public_id).where(
        Action.collectif_id == seat.collectif_id, Action.id.in_([row.action_id for row in rows if row.action_id])
    )
    of_actions: Ids = dict(session.execute(actions).all())
    messages = visible_exchanges(reader).with_only_columns(Exchange.id, Exchange.public_id).where(
        Exchange.id.in_([row.exchange_id for row in rows if row.exchange_id]),
        Exchange.withdrawn_at.is_(None), Exchange.suspended_at.is_(None),
    )  # fmt: skip
    said: Ids = dict(session.execute(messages).all())
    by_item: dict[int, list[Line]] = {}
    for quote in quotes:
        if quote.entry_id in texts:
            line = {"texte": texts[quote.entry_id], "mots": quote.words, "signature": quote.signature}
            by_item.setdefault(quote.item_id, []).append(line)
    return [
        (row.digest_id, _line(row, texts, of_actions, said, by_item.get(row.id, [])))
        for row in rows
        if all(key is None or key in known for key, known in _named(row, texts, of_actions, said))
    ]


def _named(row: DigestItem, texts: Ids, actions: Ids, said: Ids) -> tuple[tuple[int | None, Ids], ...]:
    return (row.entry_id, texts), (row.action_id, actions), (row.exchange_id, said)


def _line(row: DigestItem, texts: Ids, actions: Ids, said: Ids, quotes: list[Line]) -> Line:
    found: dict[str, Any] = {
        name: known[key] if key is not None else None
        for name, (key, known) in zip(("texte", "action", "echange"), _named(row, texts, actions, said), strict=True)
    }
    return {"rubrique": row.rubric.value} | found | {
        "balise": row.balise, "titre": row.title, "mots": row.words, "lien": row.link, "pourquoi": row.why,
        "ajoute": row.is_by_hand, "citations": quotes,
    }  # fmt: skip
