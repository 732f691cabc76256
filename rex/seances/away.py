"""What is suspended in a séance: each text keeps its place, its words are read by who wrote them, with the reason."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal.suspending import opened
from rex.seances.models import Seance, SeanceText, SeanceWriter, TextKind

Away = dict[tuple[TextKind, int], SeanceText]


def suspended_in(session: RexSession, seance: Seance) -> Away:
    """The texts of a séance that are suspended, by their kind and the id of what holds their words (one statement)."""
    query = select(SeanceText).where(SeanceText.seance_id == seance.id, SeanceText.suspended_at.is_not(None))
    rows = session.scalars(query)
    return {(row.kind, row.depot_id or row.contribution_id or row.takeaway_id or row.seance_id): row for row in rows}


def own_words(session: RexSession, reader: Reader, seat: MembershipView, row: SeanceText | None, author_id: int) -> str:
    """What a suspended text says, for its author alone."""
    return words_of(session, seat.key_name, row) if row and author_id == reader.user_id else ""


def words_of(session: RexSession, key_name: str, row: SeanceText) -> str:
    """What a suspended text says, for who wrote it (the caller asks who reads); of a note, its parts one after another."""
    if row.sealed is None:
        return ""
    words = opened(session, key_name, SeanceText, row.public_id, row.sealed)
    return "\n\n".join(filter(None, json.loads(words).values())) if row.kind is TextKind.PREPARATION else words


def suspended(reader: Reader, away: Away, kind: TextKind, holder: Any) -> dict[str, Any]:
    """What a page says of a text that may be suspended: whether, and to its author, why."""
    row = away.get((kind, holder.id))
    why = row.suspended_why if row and holder.author_id == reader.user_id else ""
    return {"is_suspended": row is not None, "why": why}


def hides(reader: Reader, away: Away, kind: TextKind, holder: Any) -> bool:
    return (kind, holder.id) in away and holder.author_id != reader.user_id


@dataclass(frozen=True)
class AwayNote:
    """A note or a compte rendu that is suspended; its words and the reason are for those who wrote in it."""

    words: str = ""
    why: str = ""


def note_away(session: RexSession, reader: Reader, seat: MembershipView, seance: Seance, kind: TextKind) -> AwayNote | None:
    """The note or the compte rendu of a séance, when it is suspended."""
    row = suspended_in(session, seance).get((kind, seance.id))
    if row is None:
        return None
    mine = SeanceWriter.seance_id == seance.id, SeanceWriter.kind == kind, SeanceWriter.user_id == reader.user_id
    if session.scalars(select(SeanceWriter.id).where(*mine)).first() is None:
        return AwayNote()
    return AwayNote(words_of(session, seat.key_name, row), row.suspended_why)
