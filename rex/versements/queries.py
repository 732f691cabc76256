"""What the pages of versements show: the texts on their way out, the names that may not leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rex.access import MembershipView, Reader, visible_versements
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import Collectif, Membership, Service, User
from rex.db import RexSession
from rex.journal.own_texts import OwnText as TakenAlong
from rex.peer_groups.models import Decision, Outcome
from rex.text import first_sentence
from rex.text.traces import Known
from rex.versements.models import Versement
from rex.versements.rewriting import Act, Decided, Rewriting, unpacked
from rex.versements.sources import with_their_source

MOST = 60


@dataclass(frozen=True)
class OnItsWay:
    """A versement as its pages show it."""

    row: Versement
    said: Rewriting
    outcome: Outcome | None
    decision_id: str  # its public id; empty while it is only written
    closes_at: datetime | None
    author: str
    is_mine: bool
    place: str  # the collectif where it would appear
    reads_source: bool  # this reader was there when the text of the group was told

    @property
    def decided(self) -> list[Decided]:
        """What was decided, as this reader may read it: words that were taken out are still those of the text behind."""
        whole = self.is_mine or self.reads_source
        return [one for one in self.said.decided if whole or one.act is Act.KEEP]

    @property
    def is_open(self) -> bool:
        """Put to the members, who have not all answered."""
        return bool(self.decision_id) and self.outcome is None

    @property
    def is_written(self) -> bool:
        """Its author may change it."""
        return self.is_mine and not self.is_open and not self.row.is_told

    @property
    def heading(self) -> str:
        return self.said.told_title or first_sentence(self.said.text, 120) or "Sans titre pour l’instant"

    @property
    def state(self) -> str:
        if self.row.is_told:
            return "sorti"
        if self.is_open:
            return "les membres sont consultés"
        if self.outcome is Outcome.NOT_ACCEPTED:
            return "cela n’a pas été accepté"
        return "accepté, mais pas paru" if self.outcome is Outcome.ACCEPTED else "en cours d’écriture"


def versements(
    session: RexSession, reader: Reader, seat: MembershipView, public_id: str | None = None, decision_id: int | None = None
) -> list[OnItsWay]:
    """Those of a group that the reader sees, newest first (at most seven statements)."""
    query = visible_versements(reader).where(Versement.group_id == seat.collectif_id)
    query = query.where(Versement.public_id == public_id) if public_id else query
    query = query.where(Versement.decision_id == decision_id) if decision_id else query
    rows = session.scalars(query.order_by(Versement.id.desc()).limit(MOST)).all()
    asked = select(Decision.id, Decision.public_id, Decision.outcome, Decision.closes_at).where(
        Decision.id.in_([row.decision_id for row in rows if row.decision_id is not None])
    )
    decisions = {one.id: one for one in session.execute(asked)}
    names = dict(session.execute(select(User.id, User.name).where(User.id.in_([row.author_id for row in rows]))).all())
    said = {row.id: unpacked(row.content) for row in rows}
    wanted = {one.to for one in said.values()}
    places = dict(session.execute(select(Collectif.public_id, Collectif.name).where(Collectif.public_id.in_(wanted))).all())
    behind = with_their_source(session, reader, rows)
    found = []
    for row in rows:
        asking = decisions.get(row.decision_id)
        found.append(
            OnItsWay(
                row=row,
                said=said[row.id],
                outcome=asking.outcome if asking else None,
                decision_id=asking.public_id if asking else "",
                closes_at=asking.closes_at if asking else None,
                author=names.get(row.author_id, "Une personne"),
                is_mine=row.author_id == reader.user_id,
                place=places.get(said[row.id].to, ""),
                reads_source=row.id in behind,
            )
        )
    return found


def members_of(session: RexSession, group_id: int) -> tuple[str, ...]:
    """The names of all who are or were in the group: none of them may leave with a text."""
    with session.as_system("the names that a text may not take out of a group"):
        named = select(User.name).join(GroupMember, GroupMember.user_id == User.id).where(GroupMember.group_id == group_id)
        return tuple(sorted(set(session.scalars(named))))


def known_to(session: RexSession, reader: Reader, group_id: int) -> Known:
    """The names that the traces are looked for with: of the group, and of the collectifs of its members."""
    members = members_of(session, group_id)
    with session.as_system("the places and fonctions that would tell of a group, for one of its members who takes them out"):
        seats = session.execute(
            select(Membership.collectif_id, Membership.title)
            .join(GroupMember, GroupMember.user_id == Membership.user_id)
            .where(GroupMember.group_id == group_id, Membership.ended_at.is_(None))
        ).all()
        ids = sorted({row.collectif_id for row in seats})
        places = session.scalars(select(Collectif.name).where(Collectif.id.in_(ids))).all()
        services = session.scalars(select(Service.name).where(Service.collectif_id.in_(ids))).all()
        called = session.scalar(select(PeerGroup.called).where(PeerGroup.id == group_id))
    others = session.scalars(
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.collectif_id.in_(reader.collectif_ids), Membership.ended_at.is_(None))
    ).all()
    return Known(
        people=members,
        others=_sorted(set(others) - set(members)),
        places=_sorted(places),
        services=_sorted(services),
        called=called or "",
        roles=_sorted([row.title for row in seats if row.title]),
    )


def _sorted(names: Sequence[str] | set[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def place_of(session: RexSession, public_id: str) -> tuple[int, str] | None:
    """(id, name) of the collectif in which a text would appear: members of a group may be of other collectifs."""
    found = session.execute(select(Collectif.id, Collectif.name).where(Collectif.public_id == public_id)).first()
    return (found.id, found.name) if found else None


def taken_along(session: RexSession, reader: Reader, seat: MembershipView) -> list[TakenAlong]:
    """What this person rewrote in the group, for their own copy of their texts."""
    return [
        TakenAlong(one.row.created_at, f"Texte réécrit, {one.state}", f"{one.said.title}\n\n{one.said.text}".strip())
        for one in versements(session, reader, seat)
        if one.is_mine
    ]
