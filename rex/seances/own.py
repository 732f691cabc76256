"""What one person wrote for séances, for that person alone: to take away, or to bring to the next one."""

from sqlalchemy import select

from rex.access import MembershipView, Reader, visible_contributions, visible_depots, visible_difficulties, visible_takeaways
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import opened as difficulty_opened
from rex.journal.models import Authorship
from rex.journal.own_texts import OwnText
from rex.seances.away import words_of
from rex.seances.models import Contribution, Depot, Seance, SeanceText, Takeaway
from rex.seances.queries import opened

MOST_KEPT = 5
TAKEN = "Ce que j’emporte d’une séance"
ROUNDS_SAID = {
    "expose": "Mon exposé, dans une séance",
    "questions": "Ma question, dans une séance",
    "resonances": "Ma résonance, dans une séance",
    "apports": "Mon apport, dans une séance",
}


def own_of_seances(session: RexSession, reader: Reader, seat: MembershipView) -> list[OwnText]:
    """All that the reader wrote in the séances of a space."""
    here = Seance.collectif_id == seat.collectif_id
    depots = visible_depots(reader).join(Seance, Seance.id == Depot.seance_id).where(here, Depot.author_id == reader.user_id)
    said = visible_contributions(reader).join(Seance, Seance.id == Contribution.seance_id)
    taken = visible_takeaways(reader).join(Seance, Seance.id == Takeaway.seance_id)
    mine_said = session.scalars(said.where(here, Contribution.author_id == reader.user_id))
    mine_taken = session.scalars(taken.where(here, Takeaway.author_id == reader.user_id))
    said_rows, taken_rows = mine_said.all(), mine_taken.all()
    away = _own_suspended(session, reader, seat)
    return [
        *(OwnText(one.written_at, "Mon dépôt, pour une séance", opened(session, seat, one)) for one in session.scalars(depots)),
        *(OwnText(one.written_at, ROUNDS_SAID[one.step.value], one.words or away.get(("dit", one.id), "")) for one in said_rows),
        *(OwnText(one.written_at, TAKEN, one.words or away.get(("emporte", one.id), "")) for one in taken_rows),
    ]


def _own_suspended(session: RexSession, reader: Reader, seat: MembershipView) -> dict[tuple[str, int], str]:
    """The words that are suspended in the séances of a space, by what held them: this person’s."""
    query = select(SeanceText).join(Seance, Seance.id == SeanceText.seance_id)
    mine = SeanceText.suspended_at.is_not(None), SeanceText.author_id == reader.user_id
    rows = session.scalars(query.where(Seance.collectif_id == seat.collectif_id, *mine))
    return {(row.kind.value, row.contribution_id or row.takeaway_id or 0): words_of(session, seat.key_name, row) for row in rows}


def kept_for_later(session: RexSession, reader: Reader, seat: MembershipView) -> list[tuple[str, str]]:
    """(public id, words) of what the reader kept for themselves « jusqu’à la séance », the latest first."""
    mine = select(Authorship.id).where(Authorship.entry_id == Difficulty.id, Authorship.user_id == reader.user_id)
    query = visible_difficulties(reader).where(
        Difficulty.collectif_id == seat.collectif_id,
        Difficulty.published_at.is_(None),
        Difficulty.withdrawn_at.is_(None),
        Difficulty.section_slug == "",
        Difficulty.sealed.is_not(None),
        mine.exists(),
    )
    rows = session.scalars(query.order_by(Difficulty.id.desc()).limit(MOST_KEPT)).all()
    return [(one.public_id, difficulty_opened(session, seat, one).written.words) for one in rows]
