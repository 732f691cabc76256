"""The difficulties that their author took back, or keeps until a séance: nobody else reads them."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam

from rex.access import MembershipView, visible_difficulties
from rex.db import BigId, RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.difficulty_sealing import opened
from rex.kept import Kept
from rex.shapes import Shape
from rex.text.excerpts import excerpt


@dataclass(frozen=True)
class PutAway:
    """One of the reader's own difficulties that nobody reads any more."""

    public_id: str
    first_words: str


def own_put_away(session: RexSession, seat: MembershipView, most: int = 20) -> list[PutAway]:
    """Those that the reader of the session took back, and may tell again or delete (one statement; they are opened, not kept)."""
    mine = _own_put_away.rows(session, space=seat.collectif_id, most=most)
    return [PutAway(one.public_id, excerpt(opened(session, seat, one).written.words, 90)) for one in mine]


@Kept
def _own_put_away(reader: Shape) -> Select:
    return (
        visible_difficulties(reader)
        .where(Difficulty.collectif_id == bindparam("space", type_=BigId), Difficulty.published_at.is_(None))
        .with_only_columns(Difficulty.public_id, Difficulty.sealed)
        .order_by(Difficulty.withdrawn_at.desc(), Difficulty.id.desc())
        .limit(bindparam("most", type_=BigId))
    )
