"""Proposals follow what is told: as soon as a difficulty is corrected, taken back, suspended, read by others or deleted, those that
hold it go, with its words; and the tension that it is in carries the balises of what is left.

Importing this module is enough (`acts` and `computing` do). Whatever writes the row, what changed is noted when it is written and
acted upon before the commit, last of all: who names a tension drops proposals last too, so that neither waits for the other. (A
bulk statement notes nothing; it deletes only what was taken back before.)"""

from sqlalchemy import event, inspect, select

from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.tensions.acts_ground import drop_proposals, refresh_balises
from rex.tensions.models import TensionLink

FOLLOWED = ("words", "published_at", "corrected_at", "suspended_at", "audience")
_NOTED = "tensions: difficulties that changed"


@event.listens_for(RexSession, "before_flush")
def _before_flush(session: RexSession, _context: object, _instances: object) -> None:
    """What is deleted leaves its proposals while its rows there still say which."""
    gone = {thing.id for thing in session.deleted if isinstance(thing, Difficulty)}
    if gone:
        with session.no_autoflush:
            drop_proposals(session, gone)


@event.listens_for(RexSession, "after_flush")
def _after_flush(session: RexSession, _context: object) -> None:
    changed = {thing.id for thing in session.dirty if isinstance(thing, Difficulty) and _is_changed(thing)}
    if changed:
        session.info.setdefault(_NOTED, set()).update(changed)


def _is_changed(difficulty: Difficulty) -> bool:
    state = inspect(difficulty)
    return any(state.attrs[name].history.has_changes() for name in FOLLOWED)


@event.listens_for(RexSession, "before_commit")
def _before_commit(session: RexSession) -> None:
    session.flush()
    changed = session.info.pop(_NOTED, None)
    if changed:
        with session.as_system("which tensions a difficulty is in"):
            linked = select(TensionLink.tension_id).where(TensionLink.difficulty_id.in_(changed)).distinct()
            tension_ids = sorted(session.scalars(linked))
        refresh_balises(session, *tension_ids)
        drop_proposals(session, changed)


@event.listens_for(RexSession, "after_rollback")
def _after_rollback(session: RexSession) -> None:
    session.info.pop(_NOTED, None)
