"""Those who say « Je vis ça aussi » of a difficulty, as its page shows them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from rex.access import Reader
from rex.collectifs.models import User
from rex.db import BigId, RexSession
from rex.journal.difficulty_models import Echo
from rex.journal.queries import NOBODY
from rex.journal.suspending import own_words
from rex.kept import Kept
from rex.shapes import Shape

ECHOES_SHOWN = 200


@dataclass(frozen=True)
class EchoView:
    """Somebody lives it too."""

    public_id: str
    user_id: int | None
    name: str
    service_name: str
    words: str  # empty while the sentence is suspended, save for who wrote it
    said_at: datetime
    is_suspended: bool
    suspended_why: str


def echoes_of(session: RexSession, reader: Reader, difficulty_id: int) -> list[EchoView]:
    """Those who live it too, as far as this reader may know: the second lock keeps each echo before those to whom it was said.
    One statement, and one for a suspended sentence of the reader's own."""
    return [_view(session, reader, difficulty_id, row) for row in _of_difficulty.rows(session, difficulty=difficulty_id)]


@Kept
def _of_difficulty(_: Shape) -> Select:
    return (
        select(
            Echo.public_id, Echo.user_id, func.coalesce(User.name, NOBODY).label("name"), Echo.service_name, Echo.words,
            Echo.created_at, Echo.suspended_at.is_not(None).label("is_suspended"), Echo.suspended_why, Echo.sealed,
        )
        .outerjoin(User, User.id == Echo.user_id)
        .where(Echo.entry_id == bindparam("difficulty", type_=BigId))
        .order_by(Echo.created_at, Echo.id)
        .limit(ECHOES_SHOWN)
    )


def _view(session: RexSession, reader: Reader, difficulty_id: int, row: Any) -> EchoView:
    echo = EchoView(*row[:-1])
    if not echo.is_suspended or echo.user_id != reader.user_id:
        return echo
    return replace(echo, words=own_words(session, difficulty_id, Echo, echo.public_id, row.sealed))
