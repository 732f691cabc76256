"""Two tensions that are one: what the other gathered, and what was said, tried and decided about it, goes under the first.

The other is put away with its name. Undone, each thing that came with it and is still there goes back with it; what was added since
stays."""

from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.refusals import Refused
from rex.search import indexing
from rex.tensions import acts_ground as ground
from rex.tensions.acts_away import put_away
from rex.tensions.acts_states import as_it_stands, come_back
from rex.tensions.models import (
    ActKind,
    Arbitrage,
    State,
    Tension,
    TensionAct,
    TensionLink,
    TensionSeance,
    TensionTrial,
)

CARRIED: dict[str, tuple[type[Any], Any]] = {
    "exchanges": (Exchange, Exchange.entry_id),
    "arbitrages": (Arbitrage, Arbitrage.tension_id),
    "trials": (TensionTrial, TensionTrial.tension_id),
}


def merge(session: RexSession, reader: Reader, into: Tension, other: Tension) -> TensionAct:
    """All of `other` goes into `into`. Raises Refused when one of them is gone, or when they are not of one collectif."""
    seat = ground.begin(session, reader, into.collectif_id)
    if into.id == other.id or into.collectif_id != other.collectif_id:
        raise Refused("Choisissez une autre tension de ce journal.")
    into, other = ground.again(session, reader, into), ground.again(session, reader, other)
    linked = ground.links_of(session, other.id)
    before: dict[str, Any] = {
        "other": other.id,
        "difficulties": sorted(linked),
        "told_at": other.published_at.isoformat() if other.published_at else None,
        "apart": ground.forget_apart(session, linked, ground.links_of(session, into.id)),
        **_take_up(session, into, other),
    }
    with session.as_system("what people put in a tension, taken back since or not"):
        moved = update(TensionLink).where(TensionLink.tension_id == other.id).values(tension_id=into.id)
        session.execute(moved.execution_options(synchronize_session=False))
    before |= carry(session, other.id, into.id)
    title = other.title
    put_away(session, seat, other)
    act = ground.written(session, reader, ActKind.MERGED, into.collectif_id, into.id, before, title)
    come_back(session, reader, into, act, linked)
    indexing.refresh(session, [into.id, other.id])
    ground.refresh_balises(session, into.id)
    ground.drop_proposals(session, tension_ids=[other.id])
    return act


def _take_up(session: RexSession, into: Tension, other: Tension) -> dict[str, Any]:
    """What is at work in either is at work in the whole."""
    if other.state is not State.AT_WORK or into.state is State.AT_WORK:
        return {}
    before = as_it_stands(into)
    into.state, into.state_at = other.state, other.state_at
    session.flush()
    return before


def carry(session: RexSession, source: int, target: int, only: dict[str, list[int]] | None = None) -> dict[str, list[int]]:
    """Bring what hangs from one tension under another; `only`: these ids, and the answers to these messages. Gives the ids."""
    carried: dict[str, list[int]] = {}
    with session.as_system("what was said and decided about a tension goes where it goes"):
        for what, (model, column) in CARRIED.items():
            which = [column == source]
            if only is not None:
                ids = only.get(what, [])
                which.append(or_(model.id.in_(ids), model.root_id.in_(ids)) if model is Exchange else model.id.in_(ids))
            carried[what] = list(session.scalars(select(model.id).where(*which).order_by(model.id)))
            moved = update(model).where(model.id.in_(carried[what])).values({column.key: target})
            session.execute(moved.execution_options(synchronize_session=False))
        carried["seances"] = _carry_seances(session, source, target, None if only is None else only.get("seances", []))
    session.flush()
    return carried


def _carry_seances(session: RexSession, source: int, target: int, only: list[int] | None) -> list[int]:
    """Those that only one of the two has: a séance on both stays on both."""
    here = select(TensionSeance.seance_id)
    there = set(session.scalars(here.where(TensionSeance.tension_id == target)))
    found = [one for one in session.scalars(here.where(TensionSeance.tension_id == source)) if one not in there]
    found = sorted(found if only is None else set(found) & set(only))
    gone = delete(TensionSeance).where(TensionSeance.tension_id == source, TensionSeance.seance_id.in_(found))
    session.execute(gone.execution_options(synchronize_session=False))
    if found:
        session.execute(insert(TensionSeance), [{"tension_id": target, "seance_id": one} for one in found])
    return found


def separate(session: RexSession, seat: MembershipView, act: TensionAct, before: dict[str, Any]) -> None:
    """What came with the other tension, and is still there, goes back to it (`before`: what the act says)."""
    into, other = act.tension_id or 0, before["other"]
    here = TensionLink.difficulty_id.in_(before["difficulties"]), TensionLink.tension_id == into
    with session.as_system("what people put in a tension, taken back since or not"):
        moved = update(TensionLink).where(*here).values(tension_id=other)
        session.execute(moved.execution_options(synchronize_session=False))
    carry(session, into, other, before)
    indexing.refresh(session, [into, other])
