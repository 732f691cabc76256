"""Inviting: an address typed exactly, the members asked before the person, then the person.

Whether the address opens an account is told to nobody: the question is put to the members either way, about the words that were
typed, and an address without account never answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from rex import clock
from rex.access import Reader
from rex.collectifs.group_models import MOST_MEMBERS, GroupMember, PeerGroup, Rule
from rex.collectifs.models import User
from rex.collectifs.queries import account_at
from rex.db import RexSession
from rex.peer_groups import telling
from rex.peer_groups.creating import seat
from rex.peer_groups.deciding import ask, hold, open_ones, voters
from rex.peer_groups.models import Ballot, Decision, DecisionKind, JoinRequest
from rex.peer_groups.places import all_places

JOIN_WITHIN = timedelta(days=14)
NAMED_AS = "\n"  # between the name and the address, in the words of the decision


@dataclass(frozen=True)
class WayIn:
    """What lets somebody in: the yes of all the members, or a place in the list of the founders."""

    group_id: int
    until: datetime
    founding_id: int | None = None
    request_id: int | None = None


def propose_person(session: RexSession, reader: Reader, group_id: int, name: str, address: str) -> Decision | str:
    """Ask the members about a person; a French sentence when the group cannot. The caller settles it."""
    hold(session, group_id)
    waiting = open_ones(session, group_id, DecisionKind.INVITATION)
    if any(one.words.split(NAMED_AS)[-1] == address for one in waiting):
        return "Les membres ont déjà cette adresse devant eux."
    if len(all_places(session, group_id)) + len(waiting) >= MOST_MEMBERS:
        return "Un groupe compte quinze personnes au plus."
    decision = Decision(
        group_id=group_id,
        kind=DecisionKind.INVITATION,
        about_id=account_at(session, address),
        words=f"{name}{NAMED_AS}{address}",
        rule=Rule.TOUS,
    )
    return ask(session, decision, voters(session, group_id, clock.now()), reader.user_id)


def open_the_door(session: RexSession, group: PeerGroup, decision: Decision) -> None:
    """All said yes: the person may read name, pacte and names, and join, for a while. Nobody there, nothing happens."""
    user_id, now = decision.about_id, clock.now()
    if user_id is None or any(place.user_id == user_id for place in all_places(session, group.id)):
        return
    with session.as_system("the members of a group invite somebody"):
        mine = JoinRequest.group_id == group.id, JoinRequest.user_id == user_id
        request = session.scalars(select(JoinRequest).where(*mine)).first() or JoinRequest(group_id=group.id, user_id=user_id)
        request.created_at, request.expires_at = now, now + JOIN_WITHIN
        session.add(request)
        session.flush()
    telling.tell(session, group.id, [user_id], f"invitation|{decision.public_id}")
    telling.asked(session, [user_id])


def ways_in(session: RexSession, user_id: int, group_public_id: str | None = None) -> dict[str, WayIn]:
    """Where this person is awaited now, by the public id of the group. Of nothing else of these groups."""
    now = clock.now()
    asked = (
        select(PeerGroup.public_id, JoinRequest.group_id, JoinRequest.expires_at, JoinRequest.id)
        .join(PeerGroup, PeerGroup.id == JoinRequest.group_id)
        .where(JoinRequest.user_id == user_id, JoinRequest.expires_at > now)
        .where(PeerGroup.dissolves_at.is_(None))
    )
    founding = (
        select(PeerGroup.public_id, Decision.group_id, Decision.closes_at, Decision.id)
        .join(PeerGroup, PeerGroup.id == Decision.group_id)
        .join(Ballot, Ballot.decision_id == Decision.id)
        .where(
            Decision.kind == DecisionKind.FONDATION,
            Decision.ended_at.is_(None),
            Decision.closes_at > now,
            Ballot.user_id == user_id,
            Ballot.is_yes.is_(None),
        )
    )
    with session.as_system("where an invited person is awaited"):
        found = {row[0]: WayIn(row[1], row[2], founding_id=row[3]) for row in session.execute(founding)}
        found |= {row[0]: WayIn(row[1], row[2], request_id=row[3]) for row in session.execute(asked)}
        inside = select(GroupMember.group_id).where(GroupMember.user_id == user_id, GroupMember.left_at.is_(None))
        mine = set(session.scalars(inside))
    wanted = {public_id: way for public_id, way in found.items() if way.group_id not in mine}
    return wanted if group_public_id is None else {k: way for k, way in wanted.items() if k == group_public_id}


@dataclass(frozen=True)
class Doorstep:
    """What an invited person reads: the name, the frame, the names, and nothing else."""

    public_id: str
    group: PeerGroup
    names: tuple[str, ...]
    awaited: int  # how many others the founders' list still waits for: no name, since it would tell that they have an account
    until: datetime
    is_full: bool


def doorstep(session: RexSession, user_id: int, group_public_id: str) -> Doorstep | None:
    """The page of an invitation; None for whoever is not awaited."""
    way = ways_in(session, user_id, group_public_id).get(group_public_id)
    if way is None:
        return None
    inside = all_places(session, way.group_id)
    with session.as_system("an invited person reads name, pacte and names of the group, nothing else"):
        group = session.scalars(select(PeerGroup).where(PeerGroup.id == way.group_id)).one()
        names = select(User.name).where(User.id.in_([place.user_id for place in inside])).order_by(User.name)
        people = tuple(session.scalars(names))
        awaited = _others_awaited(session, way.founding_id) if way.founding_id is not None else 0
    return Doorstep(
        group_public_id,
        group,
        people,
        awaited,
        way.until,
        len(inside) >= MOST_MEMBERS,
    )


def _others_awaited(session: RexSession, founding_id: int) -> int:
    """How many others of the list have not said yes: who said no, who says nothing, the addresses without account, all alike."""
    founding = session.scalars(select(Decision).where(Decision.id == founding_id)).one()
    answers = select(Ballot.user_id).where(Ballot.decision_id == founding_id, Ballot.is_yes.is_(True))
    return max(founding.voices + founding.unheard - len(session.scalars(answers).all()) - 1, 0)


def join(session: RexSession, reader: Reader, way: WayIn, public_id: str, *, version: int) -> bool:
    """The person accepts the pacte that they read (its version) and arrives now. False when it changed meanwhile, when the group
    is full, or when they came in by another window."""
    group = hold(session, way.group_id)
    is_full = len(all_places(session, group.id)) >= MOST_MEMBERS
    if is_full or group.pacte_version != version or ways_in(session, reader.user_id, public_id) != {public_id: way}:
        return False
    with session.as_system("an invited person joins a group"):
        seat(session, group, reader.user_id)
    forget_request(session, way)
    others = [place.user_id for place in all_places(session, group.id) if place.user_id != reader.user_id]
    telling.tell(session, group.id, others, f"arrival|{reader.user_public_id}|{clock.now():%Y%m%d}")
    return True


def forget_request(session: RexSession, way: WayIn) -> None:
    """The person answered: the invitation is used up. A no is told to nobody: it looks like silence."""
    if way.request_id is None:
        return
    with session.as_system("an invited person answers a group"):
        used = delete(JoinRequest).where(JoinRequest.id == way.request_id)
        session.execute(used.execution_options(synchronize_session=False))


def forget_expired(session: RexSession) -> None:
    """Invitations whose date has come, for the ticker: then nothing says any more who let one pass."""
    session.execute(delete(JoinRequest).where(JoinRequest.expires_at <= clock.now()))
