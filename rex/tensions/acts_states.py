"""Where a tension stands: said by people, or brought back by a new occurrence."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from rex import clock
from rex.access import Reader, told_difficulties, told_tensions, visible_seances
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Entry
from rex.refusals import Refused
from rex.seances.models import Seance
from rex.tensions import acts_ground as ground
from rex.tensions.models import ActKind, State, Tension, TensionAct, TensionSeance

KIND_OF = {state: ActKind(state.value) for state in State} | {None: ActKind.REOPENED}


def set_state(
    session: RexSession, reader: Reader, tension: Tension, state: State | None, words: str = "", seance_id: int | None = None
) -> TensionAct | None:
    """Say where a tension stands: at work, arbitrated, calmed, or (None) as it comes back. None when it stood there already."""
    ground.begin(session, reader, tension.collectif_id)
    tension = ground.again(session, reader, tension)
    words = ground.words_of(words)
    if seance_id is not None:
        _meeting(session, reader, tension, seance_id)
    opens = seance_id is not None and session.get(TensionSeance, (tension.id, seance_id)) is None
    if opens:
        session.add(TensionSeance(tension_id=tension.id, seance_id=seance_id))
    if tension.state is state and not words and not opens:
        return None
    before = as_it_stands(tension)
    if tension.state is not state:
        tension.state, tension.state_at = state, clock.now()
    session.flush()
    return ground.written(session, reader, KIND_OF[state], tension.collectif_id, tension.id, before, words, seance_id)


def come_back(session: RexSession, reader: Reader, tension: Tension, act: TensionAct, new: Iterable[int]) -> None:
    """What was arbitrated or calmed comes back when a difficulty told since then goes into it, by this act."""
    if tension.state not in (State.ARBITRATED, State.CALMED) or tension.state_at is None:
        return
    since = told_difficulties(reader).where(Difficulty.id.in_(sorted(new)), Entry.published_at > tension.state_at)
    told = session.scalars(since.with_only_columns(Difficulty.id).order_by(Difficulty.id)).all()
    if told:
        before = as_it_stands(tension) | {"difficulties": list(told), "by": act.id}
        tension.state, tension.state_at = None, clock.now()
        session.flush()
        ground.written(session, None, ActKind.REAPPEARED, tension.collectif_id, tension.id, before)


def undo_what_followed(session: RexSession, reader: Reader, act: TensionAct) -> None:
    """The act is undone: what followed it by itself (`by`) is too, and what it brought back stands where it stood."""
    query = select(TensionAct).where(
        TensionAct.collectif_id == act.collectif_id,
        TensionAct.id > act.id,
        TensionAct.kind.in_((ActKind.REAPPEARED, ActKind.NAMED)),
    )
    for other in session.scalars(query.where(TensionAct.undone_at.is_(None)).order_by(TensionAct.id)):
        before = json.loads(other.before)
        if before.get("by") != act.id:
            continue
        if other.kind is ActKind.REAPPEARED:
            tension = session.scalars(told_tensions(reader).where(Tension.id == other.tension_id)).one()
            stand_again(tension, before)
        other.undone_at, other.undone_by_id = clock.now(), reader.user_id
    session.flush()


def as_it_stands(tension: Tension) -> dict[str, Any]:
    return {"state": tension.state, "state_at": tension.state_at.isoformat() if tension.state_at else None}


def stand_again(tension: Tension, before: dict[str, Any]) -> None:
    """`before`: what an act keeps of `as_it_stands`."""
    tension.state = State(before["state"]) if before["state"] else None
    tension.state_at = datetime.fromisoformat(before["state_at"]) if before["state_at"] else None


def _meeting(session: RexSession, reader: Reader, tension: Tension, seance_id: int) -> None:
    """Raises Refused unless it is a séance of the same collectif, that this person reads of."""
    here = visible_seances(reader).where(Seance.id == seance_id, Seance.collectif_id == tension.collectif_id)
    if session.scalar(here.with_only_columns(Seance.id)) is None:
        raise Refused("Cette séance n’est plus là.")
