"""The end of a group: decided by its rule, announced for seven days, stopped by one objection until a majority decides again.

On the day its rows are deleted and its key is destroyed: what copies still hold of its words opens no more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import PeerGroup, Rule
from rex.collectifs.models import Space
from rex.db import Database, RexSession
from rex.peer_groups import parts, telling
from rex.peer_groups.deciding import ask, hold, open_ones, voters
from rex.peer_groups.models import Decision, DecisionKind, Outcome
from rex.peer_groups.places import current_places
from rex.sealed_words import SpaceKind, key_name_of, saying_what_is_lost
from rex.ticker import one_by_one

NOTICE = timedelta(days=7)
KEY_COPIES_LIVE = timedelta(days=30)  # what hosts are asked to do with copies of keys (README.md)


def propose_dissolution(session: RexSession, reader: Reader, group_id: int, why: str) -> Decision | None:
    """Put the end of the group to its members, by the rule of its frame; None when it is asked or announced already."""
    group = hold(session, group_id)
    if group.dissolves_at is not None or open_ones(session, group_id, DecisionKind.DISSOLUTION):
        return None
    decision = Decision(group_id=group_id, kind=DecisionKind.DISSOLUTION, words=why, rule=group.dissolution_rule)
    return ask(session, decision, voters(session, group_id, clock.now()), reader.user_id)


def announce(session: RexSession, group: PeerGroup, decision: Decision) -> None:
    """It is decided: the group ends in seven days."""
    with session.as_system("announce the end of a group"):
        group.dissolves_at = clock.now() + NOTICE
        session.flush()
    everybody = [place.user_id for place in current_places(session, group.id)]
    telling.tell(session, group.id, everybody, f"dissolution|{decision.public_id}")


def may_object(session: RexSession, group_id: int) -> bool:
    """Whether the end that is announced was not yet decided by a majority after an objection."""
    last = _last_accepted(session, group_id)
    return last is not None and last.after_id is None


def object_to_dissolution(session: RexSession, reader: Reader, group_id: int) -> bool:
    """One member says no to the end that was announced: it is stopped, and all are asked again, a majority deciding."""
    group = hold(session, group_id)
    last = _last_accepted(session, group_id)
    if group.dissolves_at is None or group.dissolves_at <= clock.now() or last is None or last.after_id is not None:
        return False
    with session.as_system("stop the end of a group"):
        group.dissolves_at = None
        session.flush()
    again = Decision(
        group_id=group_id,
        kind=DecisionKind.DISSOLUTION,
        words=last.words,
        rule=Rule.MAJORITE,
        after_id=last.id,
    )
    ask(session, again, sorted({*voters(session, group_id, clock.now()), reader.user_id}), None)
    return True


def _last_accepted(session: RexSession, group_id: int) -> Decision | None:
    query = select(Decision).where(
        Decision.group_id == group_id, Decision.kind == DecisionKind.DISSOLUTION, Decision.outcome == Outcome.ACCEPTED
    )
    with session.as_system("the last decision to end a group"):
        return session.scalars(query.order_by(Decision.id.desc()).limit(1)).first()


def dissolve_due(database: Database) -> None:
    """End the groups whose day has come."""
    with database.system("which groups end") as session:
        due = list(session.scalars(select(PeerGroup.id).where(PeerGroup.dissolves_at <= clock.now()).order_by(PeerGroup.id)))
    one_by_one(due, lambda group_id: _dissolve(database, group_id, clock.now()))


def _dissolve(database: Database, group_id: int, now: datetime) -> None:
    """Its rows go with the row of its space; its key last, once the base has taken the rest, and before it is committed: should
    the process die in between, the group is mute and the next tick deletes it."""
    with saying_what_is_lost(), database.system("end a group", write=True) as session:
        still = select(PeerGroup.public_id).where(PeerGroup.id == group_id, PeerGroup.dissolves_at <= now).with_for_update()
        public_id = session.scalar(still)
        if public_id is None:
            return
        parts.forget(session, group_id, None)
        session.execute(delete(Space).where(Space.id == group_id).execution_options(synchronize_session=False))
        session.keyring.destroy(key_name_of(SpaceKind.GROUPE, public_id))
