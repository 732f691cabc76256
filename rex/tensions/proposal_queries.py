"""Proposals of the computation, as they are read by people: what brings their difficulties together, the central one, the least
sure. A constant number of statements."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from rex.access import Reader, told_difficulties, told_tensions
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.tensions.computing_reasons import Why
from rex.tensions.models import Tension, TensionProposal, TensionProposalItem
from rex.tensions.voices import Voices, voices_among

SHOWN = 20  # on one page; the next ones come when these are answered
_COLUMNS = (
    TensionProposal.id,
    TensionProposal.public_id,
    TensionProposal.tension_id,
    TensionProposal.strength,
    TensionProposal.is_recurring,
    TensionProposal.reasons,
)


@dataclass(frozen=True)
class Item:
    """A difficulty of a proposal."""

    id: int
    public_id: str
    words: str
    told_at: datetime

    @property
    def url(self) -> str:
        return f"/difficultes/{self.public_id}"


@dataclass(frozen=True)
class Proposal:
    """Difficulties that look alike: a tension to name, or one to join. `items`: the central one first, the least sure last."""

    public_id: str
    tension: tuple[str, str] | None  # public id and name of the one that they would join
    strength: str
    is_recurring: bool
    why: Why
    items: tuple[Item, ...]
    voices: Voices

    @property
    def central(self) -> Item:
        return self.items[0]

    @property
    def least_sure(self) -> Item | None:
        return self.items[-1] if len(self.items) > 1 else None

    @property
    def is_pair(self) -> bool:
        """Two difficulties, and no tension to join: a question rather than a proposal."""
        return len(self.items) == 2 and self.tension is None

    @property
    def url(self) -> str:
        return f"/tensions/propositions/{self.public_id}"


def number_of_proposals(session: RexSession, reader: Reader, collectif_id: int) -> int:
    """How many wait for somebody (one statement)."""
    told = told_tensions(reader).with_only_columns(Tension.id).where(Tension.id == TensionProposal.tension_id)
    stands = or_(TensionProposal.tension_id.is_(None), told.correlate(TensionProposal).exists())
    here = select(func.count(TensionProposal.id)).where(TensionProposal.collectif_id == collectif_id, stands)
    return session.scalar(here) or 0


def proposals_of(session: RexSession, reader: Reader, collectif_id: int, most: int = SHOWN) -> list[Proposal]:
    """The first proposals of a collectif, those that recur first, as the computation orders them."""
    query = _proposals().where(TensionProposal.collectif_id == collectif_id)
    return _read(session, reader, query.order_by(TensionProposal.position, TensionProposal.id).limit(most))


def find_proposal(session: RexSession, reader: Reader, public_id: str) -> Proposal | None:
    found = _read(session, reader, _proposals().where(TensionProposal.public_id == public_id))
    return found[0] if found else None


def row_of_proposal(session: RexSession, public_id: str) -> TensionProposal | None:
    """The row that an act is about."""
    return session.scalars(select(TensionProposal).where(TensionProposal.public_id == public_id)).first()


def _proposals() -> Select:
    return select(*_COLUMNS)


def _read(session: RexSession, reader: Reader, query: Select) -> list[Proposal]:
    """What of these proposals this reader reads; one of fewer than two difficulties that would join nothing is nothing, nor is one
    that would join a tension out of sight."""
    rows = session.execute(query).all()
    if not rows:
        return []
    items: dict[int, list[Item]] = {row.id: [] for row in rows}
    told = (
        told_difficulties(reader)
        .join(TensionProposalItem, TensionProposalItem.difficulty_id == Difficulty.id)
        .with_only_columns(
            TensionProposalItem.proposal_id, Difficulty.id, Difficulty.public_id, Difficulty.words, Difficulty.published_at
        )
        .where(TensionProposalItem.proposal_id.in_(items))
        .order_by(TensionProposalItem.position)
    )
    for row in session.execute(told):
        items[row.proposal_id].append(Item(row.id, row.public_id, row.words, row.published_at))
    voices = voices_among(session, reader, {proposal_id: [one.id for one in found] for proposal_id, found in items.items()})
    wanted = {row.tension_id for row in rows if row.tension_id is not None}
    tensions = _tensions(session, reader, wanted) if wanted else {}
    return [
        Proposal(
            row.public_id, tensions.get(row.tension_id), row.strength, row.is_recurring, Why.kept(row.reasons),
            tuple(items[row.id]), voices[row.id],
        )
        for row in rows
        if row.id in voices and (row.tension_id in tensions or (row.tension_id is None and len(items[row.id]) > 1))
    ]  # fmt: skip


def _tensions(session: RexSession, reader: Reader, ids: set[int]) -> dict[int | None, tuple[str, str]]:
    named = told_tensions(reader).with_only_columns(Tension.id, Tension.public_id, Tension.title).where(Tension.id.in_(ids))
    return {row.id: (row.public_id, row.title) for row in session.execute(named)}
