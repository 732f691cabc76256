"""Difficulties that may be linked to a tension: those of its collectif that are in none, by words or the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from rex.access import MembershipView, Reader, told_difficulties, visible_finds
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Audience, Tagging
from rex.search.asked import asked_in
from rex.search.filters import Filters
from rex.search.models import FoundKind, SearchRow
from rex.search.queries import find
from rex.tensions.models import TensionLink, TensionProposal, TensionProposalItem

SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """A difficulty that is in no tension. `is_proposed`: the computation brings it to this one."""

    id: int
    public_id: str
    words: str
    told_at: datetime
    is_proposed: bool = False

    @property
    def url(self) -> str:
        return f"/difficultes/{self.public_id}"


def candidates(
    session: RexSession, reader: Reader, seat: MembershipView, tension_id: int, typed: str
) -> list[Candidate]:
    """With words: those that say them, the best first (three statements). Without: those that the computation brings, then the
    newest (two)."""
    asked = asked_in(typed)
    if asked:
        here = Filters(kind=FoundKind.DIFFICULTY, collectif_id=seat.collectif_id)
        rows = find(session, asked, here, seat.timezone).row_ids
        if not rows and asked.is_several:
            rows = find(session, asked.any_of, here, seat.timezone).row_ids
        named = visible_finds(reader).with_only_columns(SearchRow.id, SearchRow.entry_id).where(SearchRow.id.in_(rows))
        entry_of = {row_id: entry_id for row_id, entry_id in session.execute(named)}
        ids = [entry_of[row] for row in rows if row in entry_of]
        found = {one.id: one for one in _candidates(session, _free(reader, seat).where(Difficulty.id.in_(ids)), ())}
        return [found[one] for one in ids if one in found][:SHOWN]
    proposed = session.scalars(
        select(TensionProposalItem.difficulty_id)
        .join(TensionProposal, TensionProposal.id == TensionProposalItem.proposal_id)
        .where(TensionProposal.tension_id == tension_id)
        .order_by(TensionProposalItem.position)
        .limit(SHOWN)
    ).all()
    newest = _candidates(session, _free(reader, seat).limit(SHOWN), proposed)
    brought = _candidates(session, _free(reader, seat).where(Difficulty.id.in_(proposed)), proposed) if proposed else []
    return [*brought, *(one for one in newest if not one.is_proposed)][:SHOWN]


def find_difficulty_here(session: RexSession, reader: Reader, collectif_id: int, public_id: str) -> tuple[int, str] | None:
    """(id, words) of a difficulty that this reader reads in this collectif (one statement)."""
    query = told_difficulties(reader).with_only_columns(Difficulty.id, Difficulty.words)
    row = session.execute(query.where(Difficulty.public_id == public_id, Difficulty.collectif_id == collectif_id)).first()
    return (row.id, row.words) if row else None


def balises_of(session: RexSession, entry_id: int) -> list[str]:
    """The codes of the balises of an entry (one statement)."""
    query = select(Tagging.code).where(Tagging.entry_id == entry_id).order_by(Tagging.position)
    return list(session.scalars(query))


def _free(reader: Reader, seat: MembershipView) -> Select:
    linked = select(TensionLink.difficulty_id).where(TensionLink.difficulty_id == Difficulty.id)
    query = told_difficulties(reader).with_only_columns(
        Difficulty.id, Difficulty.public_id, Difficulty.words, Difficulty.published_at
    )
    query = query.where(Difficulty.collectif_id == seat.collectif_id, Difficulty.audience != Audience.GROUPE, ~linked.exists())
    return query.order_by(Difficulty.published_at.desc(), Difficulty.id.desc())


def _candidates(session: RexSession, query: Select, proposed: Sequence[int]) -> list[Candidate]:
    return [
        Candidate(row.id, row.public_id, row.words, row.published_at, is_proposed=row.id in proposed)
        for row in session.execute(query)
    ]
