"""The second lock on what people made of difficulties: a difficulty that one may not read is in no tension that one reads."""

from sqlalchemy import ColumnElement, and_, select

from rex.access import inner
from rex.access.entries import is_readable, is_told
from rex.access.readers import Asker
from rex.tensions.models import ArbitrageParty, TensionLink, TensionProposalItem


def gathers_a_told_one(reader: Asker) -> ColumnElement[bool]:
    """A link: its tension and its difficulty are both told to them."""
    entry, other = inner.entry.c, inner.other_entry.c
    tension = select(entry.id).where(entry.id == TensionLink.tension_id, is_told(reader, entry))
    difficulty = select(other.id).where(other.id == TensionLink.difficulty_id, is_told(reader, other))
    return and_(tension.correlate_except(inner.entry).exists(), difficulty.correlate_except(inner.other_entry).exists())


def proposes_told_ones(reader: Asker) -> ColumnElement[bool]:
    entry = inner.entry.c
    told = select(entry.id).where(entry.id == TensionProposalItem.difficulty_id, is_told(reader, entry))
    return told.correlate_except(inner.entry).exists()


def of_arbitrage(reader: Asker) -> ColumnElement[bool]:
    arbitrage, entry = inner.arbitrage.c, inner.entry.c
    readable = (
        select(arbitrage.id)
        .select_from(inner.arbitrage.join(inner.entry, entry.id == arbitrage.tension_id))
        .where(arbitrage.id == ArbitrageParty.arbitrage_id, is_readable(reader, entry))
    )
    return readable.correlate_except(inner.arbitrage, inner.entry).exists()
