"""Opening a group to read: to one named person who has an account, until a date, with the yes of every member.

The question is put to all, those away and those whose place is shut included; it takes effect three days after it was put at the
earliest, so that who comes once a week can still say no, or end it. The person accepts the pacte before they read anything.
Whether the address opens an account is told to nobody, as for invitations: an address without account never answers."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select, update

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import GroupMember, GroupOpening, PeerGroup, Rule
from rex.collectifs.queries import account_at
from rex.db import RexSession
from rex.peer_groups import telling
from rex.peer_groups.deciding import ANSWER_WITHIN, ask, hold, open_ones
from rex.peer_groups.models import Decision, DecisionKind
from rex.peer_groups.places import all_places

OPENS_AFTER = timedelta(hours=72)
FEWEST_DAYS, MOST_DAYS = 4, 30  # until the last day: it opens on the third at the earliest
ANSWERED_BEFORE = timedelta(days=1)  # an answer at the last hour would open nothing


@dataclass(frozen=True)
class Proposal:
    """Whom a member proposes, why, and what they would read until when."""

    name: str
    address: str
    why: str
    until: str  # the last day, as a date in ISO
    shows_past: bool

    @property
    def last_day(self) -> date:
        return date.fromisoformat(self.until)


def proposal_of(words: str) -> Proposal:
    """What a question about an opening says, as `propose_opening` kept it."""
    return Proposal(**json.loads(words))


def propose_opening(session: RexSession, reader: Reader, group_id: int, proposal: Proposal) -> Decision | str:
    """Ask every member; a French sentence when it cannot be asked. The caller settles it."""
    group = hold(session, group_id)
    waiting = open_ones(session, group_id, DecisionKind.OUVERTURE)
    if any(proposal_of(one.words).address == proposal.address for one in waiting):
        return "Les membres ont déjà cette adresse devant eux."
    decision = Decision(
        group_id=group_id,
        kind=DecisionKind.OUVERTURE,
        about_id=account_at(session, proposal.address),
        words=json.dumps(asdict(proposal), ensure_ascii=False),
        rule=Rule.TOUS,
    )
    everybody = [place.user_id for place in all_places(session, group_id)]
    left = ends_at(proposal, group) - ANSWERED_BEFORE - clock.now()
    return ask(session, decision, everybody, reader.user_id, min(ANSWER_WITHIN, left))


def ends_at(proposal: Proposal, group: PeerGroup) -> datetime:
    """The midnight after the last day, where the group is."""
    return clock.day_starts(proposal.last_day + timedelta(days=1), group.timezone)


def open_the_room(session: RexSession, group: PeerGroup, decision: Decision) -> None:
    """All said yes: it is written in the group, and begins when three days have passed since it was asked."""
    proposal, now = proposal_of(decision.words), clock.now()
    opening = GroupOpening(
        group_id=group.id,
        user_id=decision.about_id,
        called=proposal.name,
        asked_by_id=decision.asked_by_id,
        shows_past=proposal.shows_past,
        starts_at=max(decision.asked_at + OPENS_AFTER, now),
        ends_at=ends_at(proposal, group),
    )
    with session.as_system("the members of a group open it to read"):
        session.add(opening)
        session.flush()
    if opening.starts_at <= now:
        _tell(session, opening)


def tell_begun(session: RexSession) -> None:
    """Write to those for whom an opening has begun since: the only thing about openings that waits for the ticker."""
    now = clock.now()
    begun = GroupOpening.starts_at <= now, GroupOpening.ends_at > now, GroupOpening.ended_at.is_(None)
    query = select(GroupOpening).where(*begun, GroupOpening.told_at.is_(None), GroupOpening.user_id.is_not(None))
    for opening in session.scalars(query.order_by(GroupOpening.id).with_for_update()).all():
        _tell(session, opening)


def forget_declined(session: RexSession) -> None:
    """Of openings that are over, for the ticker: who declined is not kept, no more than who let it pass."""
    now = clock.now()
    over = GroupOpening.declined_at.is_not(None), or_(GroupOpening.ended_at.is_not(None), GroupOpening.ends_at <= now)
    session.execute(update(GroupOpening).where(*over).values(declined_at=None))


def _tell(session: RexSession, opening: GroupOpening) -> None:
    opening.told_at = clock.now()
    session.flush()
    if opening.user_id is not None:
        telling.tell(session, opening.group_id, [opening.user_id], f"opening|{opening.public_id}")


def end_opening(session: RexSession, group_id: int, public_id: str) -> bool:
    """A member ends it, begun or not: the person reads nothing more from the next request on. False when it is over."""
    with session.as_system("a member of a group ends an opening"):
        query = select(GroupOpening).where(GroupOpening.group_id == group_id, GroupOpening.public_id == public_id)
        return _end(session, session.scalars(query.with_for_update()).first())


def end_openings_of(session: RexSession, group_id: int | None, user_id: int) -> None:
    """Somebody becomes a member of the group, or their address was recovered (None: all groups): what was open for them ends."""
    with session.as_system("what was open to read for a person ends"):
        query = select(GroupOpening).where(GroupOpening.user_id == user_id, GroupOpening.ended_at.is_(None))
        query = query.where(GroupOpening.group_id == group_id) if group_id is not None else query
        for opening in session.scalars(query.with_for_update()).all():
            _end(session, opening)


def _end(session: RexSession, opening: GroupOpening | None) -> bool:
    now = clock.now()
    if opening is None or opening.ended_at is not None or opening.ends_at <= now:
        return False
    opening.ended_at, opening.declined_at = now, None
    session.flush()
    return True


@dataclass(frozen=True)
class WayToRead:
    """A group that is open for somebody: they may accept its pacte and read, or read already."""

    opening_id: int
    group_id: int
    until: datetime
    is_accepted: bool
    shows_past: bool

    @property
    def last_day(self) -> datetime:
        return self.until - timedelta(seconds=1)


def ways_to_read(session: RexSession, user_id: int, group_public_id: str | None = None) -> dict[str, WayToRead]:
    """What is open for this person now, by the public id of the group; of nothing else of these groups."""
    now = clock.now()
    query = (
        select(PeerGroup.public_id, GroupOpening)
        .join(PeerGroup, PeerGroup.id == GroupOpening.group_id)
        .where(GroupOpening.user_id == user_id, GroupOpening.declined_at.is_(None), GroupOpening.ended_at.is_(None))
        .where(GroupOpening.starts_at <= now, GroupOpening.ends_at > now)
        .order_by(GroupOpening.ends_at)
    )
    inside = select(GroupMember.group_id).where(GroupMember.user_id == user_id, GroupMember.left_at.is_(None))
    with session.as_system("which groups are open to read for a person"):
        mine = set(session.scalars(inside))
        found = {
            public_id: WayToRead(one.id, one.group_id, one.ends_at, one.accepted_at is not None, one.shows_past)
            for public_id, one in session.execute(query)
            if one.group_id not in mine
        }
    return found if group_public_id is None else {k: way for k, way in found.items() if k == group_public_id}


def answer_opening(session: RexSession, reader: Reader, way: WayToRead, said: str, *, version: str) -> bool:
    """« oui »: they accept the pacte that they read (its version) and read from now on. « non »: nobody is told. « fin »: they have
    read enough. False when it changed meanwhile."""
    group = hold(session, way.group_id)
    with session.as_system("a person answers a group that is open for them to read"):
        query = select(GroupOpening).where(GroupOpening.id == way.opening_id, GroupOpening.user_id == reader.user_id)
        opening = session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
        now = clock.now()
        if opening.ended_at is not None or opening.ends_at <= now:
            return False
        if said == "fin" and opening.accepted_at is not None:
            opening.ended_at = now
        elif said == "non" and opening.accepted_at is None:
            opening.declined_at = now
        elif said == "oui" and opening.accepted_at is None and str(group.pacte_version) == version:
            opening.accepted_at = now
        else:
            return False
        session.flush()
    return True
