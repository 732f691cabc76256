"""The first messages under the entries of a group's thread, and what one wrote there, to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, func

from rex.access import MembershipView, Reader, visible_exchanges
from rex.collectifs.models import User
from rex.db import BigId, RexSession
from rex.exchanges.models import Exchange
from rex.exchanges.thread import LABELS
from rex.journal.models import Entry
from rex.journal.own_texts import OwnText, written_under
from rex.journal.queries import NOBODY
from rex.journal.under import FirstAnswers
from rex.kept import Kept, filled, several
from rex.shapes import Shape
from rex.text import excerpt

SHOWN = 3  # messages under one entry; the others are on its page
WORDS = 280
SIZES = (6, 20)  # how many entries a statement is made for: those of the room, those of a page of the thread


@dataclass(frozen=True)
class FirstMessage:
    """A message as the thread of a group shows it."""

    posture: str  # also its glyph
    label: str
    name: str
    words: str
    at: datetime


def first_messages(session: RexSession, entry_ids: Sequence[int]) -> dict[int, FirstAnswers]:
    """The first messages that stand under each of these entries, as this reader reads them. One statement; of the words, only
    those that are shown are opened."""
    most = next(size for size in SIZES if size >= len(entry_ids))
    first = _first(most).rows(session, **filled("entry", most, entry_ids))
    found: dict[int, list[FirstMessage]] = {}
    numbers: dict[int, int] = {}
    for entry_id, posture, name, source, at, count in first:
        found.setdefault(entry_id, []).append(FirstMessage(posture.value, LABELS[posture], name, excerpt(source, WORDS), at))
        numbers[entry_id] = count
    return {entry_id: FirstAnswers(tuple(those), numbers[entry_id] - len(those)) for entry_id, those in found.items()}


@cache
def _first(most: int) -> Kept:
    @Kept
    def of_at_most_so_many(reader: Shape) -> Select:
        standing = visible_exchanges(reader).where(
            Exchange.entry_id.in_(several("entry", most, BigId)), Exchange.withdrawn_at.is_(None), Exchange.suspended_at.is_(None)
        )
        rank = func.row_number().over(partition_by=Exchange.entry_id, order_by=Exchange.id)
        number = func.count().over(partition_by=Exchange.entry_id)
        ranked = standing.with_only_columns(Exchange.id, rank.label("rank"), number.label("number")).subquery()
        return (
            visible_exchanges(reader)
            .with_only_columns(
                Exchange.entry_id, Exchange.posture, func.coalesce(User.name, NOBODY), Exchange.source, Exchange.created_at,
                ranked.c.number,
            )
            .join(ranked, ranked.c.id == Exchange.id)
            .outerjoin(User, User.id == Exchange.author_id)
            .where(ranked.c.rank <= SHOWN)
            .order_by(Exchange.entry_id, Exchange.id)
        )

    return of_at_most_so_many


def own_messages(session: RexSession, reader: Reader, seat: MembershipView) -> list[OwnText]:
    """What the reader answered in a space, as far as they read it still, and under what: of a group, nothing of the others."""
    rows = session.execute(
        visible_exchanges(reader)
        .join(Entry, Entry.id == Exchange.entry_id)
        .where(Entry.collectif_id == seat.collectif_id, Exchange.author_id == reader.user_id, Exchange.withdrawn_at.is_(None))
        .with_only_columns(Exchange.created_at, Exchange.posture, Exchange.source, Entry.kind, Entry.title)
        .order_by(Exchange.id)
    ).all()
    return [
        OwnText(at, f"{LABELS[posture]}, {written_under(seat, kind, title)}", source)
        for at, posture, source, kind, title in rows
        if source
    ]
