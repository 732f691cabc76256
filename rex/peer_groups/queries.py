"""What the pages of a group show: its members, its frame, what waits for the reader's answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rex.access import AudienceView, MembershipView, Reader, everybody_in
from rex.collectifs.group_models import GroupRole, PeerGroup, Rule
from rex.collectifs.models import User
from rex.db import RexSession
from rex.french import fold, initials, of_name, that_name
from rex.peer_groups.creating import Charter
from rex.peer_groups.framing import proposed_frame
from rex.peer_groups.invitations import NAMED_AS
from rex.peer_groups.models import Ballot, Decision, DecisionKind, Outcome
from rex.peer_groups.opening import OPENS_AFTER, Proposal, proposal_of
from rex.peer_groups.room_queries import names_in_questions, own_answers, people_of
from rex.text import to_html
from rex.text.excerpts import plain

RULES = {
    Rule.TOUS: "le oui de chaque personne consultée",
    Rule.DEUX_TIERS: "le oui des deux tiers des personnes consultées",
    Rule.MAJORITE: "le oui de plus de la moitié des personnes consultées",
}
OUTCOMES = {
    Outcome.ACCEPTED: "La réponse est oui.",
    Outcome.NOT_ACCEPTED: "Cela n’a pas été accepté.",
    Outcome.TAKEN_BACK: "La question a été retirée.",
}
MOST_POINTS = 3


@dataclass(frozen=True)
class Member:
    """Somebody who is of this group."""

    member_id: str
    user_id: int
    name: str
    place: str  # the collectif that they come from
    is_responsable: bool
    is_me: bool
    pacte_version: int  # the one that they accepted
    is_shut: bool = False  # they read nothing until another member vouches for them

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def role(self) -> str:
        words = ("vous" if self.is_me else "", "responsable" if self.is_responsable else "", self.place)
        return ", ".join(word for word in words if word)


def members(session: RexSession, reader: Reader, group_id: int) -> list[Member]:
    """Those who are of the group now, by name, the responsables first, those whose place is shut last."""
    rows, places = people_of(session, group_id)
    found = [
        Member(
            member_id=row.public_id,
            user_id=row.id,
            name=row.name,
            place=places.get(row.id, ""),
            is_responsable=row.role is GroupRole.RESPONSABLE,
            is_me=row.id == reader.user_id,
            is_shut=row.shut_at is not None,
            pacte_version=row.pacte_version,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.is_shut, not one.is_responsable, fold(one.name)))


@dataclass(frozen=True)
class Question:
    """A decision as a member reads it."""

    id: int
    public_id: str
    kind: DecisionKind
    title: str
    why: str
    rule: str
    closes_at: datetime
    outcome: str  # empty while it goes on
    is_asked: bool  # the reader has a voice
    my_answer: bool | None
    is_mine: bool  # the reader asked it
    proposed: Charter | None = None
    opening: Proposal | None = None
    opens_at: datetime | None = None  # of an opening: not before
    asked_by: str = ""  # its name is on it: who asks says yes by asking
    is_about_me: bool = False
    follows_objection: bool = False  # of a dissolution: the majority decides at last
    is_for_one: bool = False  # only the person it is about answers: handing over

    @property
    def waits_for_me(self) -> bool:
        return self.is_asked and self.my_answer is None and not self.outcome


def questions(session: RexSession, reader: Reader, group_id: int, public_id: str | None = None) -> list[Question]:
    """The decisions of a group that go on (or this one, ended too), those that wait for the reader first."""
    if public_id is None:
        return questions_by_group(session, reader).get(group_id, [])
    query = select(Decision).where(Decision.group_id == group_id, Decision.public_id == public_id)
    decisions = session.scalars(query).all()
    ballots = select(Ballot.decision_id, Ballot.is_yes).where(Ballot.decision_id.in_([one.id for one in decisions]))
    mine = {row.decision_id: row.is_yes for row in session.execute(ballots)}
    ids = {user_id for one in decisions for user_id in (one.about_id, one.asked_by_id) if user_id is not None}
    names = {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(ids)))}
    return [_question(reader, one, names, one.id in mine, mine.get(one.id)) for one in decisions]


def questions_by_group(session: RexSession, reader: Reader) -> dict[int, list[Question]]:
    """The questions that go on in the reader's groups, by group, those that wait for the reader first. Three statements."""
    going_on = select(Decision).where(Decision.group_id.in_(reader.group_ids), Decision.ended_at.is_(None))
    mine, names = own_answers(session), names_in_questions(session)
    found: dict[int, list[Question]] = {}
    for one in session.scalars(going_on.order_by(Decision.id)):
        asked = _question(reader, one, names, one.id in mine, mine.get(one.id))
        found.setdefault(one.group_id, []).append(asked)
    return {group_id: sorted(those, key=lambda one: not one.waits_for_me) for group_id, those in found.items()}


def _question(reader: Reader, one: Decision, names: dict[int, str], is_asked: bool, answer: bool | None) -> Question:
    return Question(
        id=one.id,
        public_id=one.public_id,
        kind=one.kind,
        title=_title(one, names),
        why=_why(one, is_mine=one.asked_by_id == reader.user_id),
        rule=RULES[one.rule],
        closes_at=one.closes_at,
        outcome=OUTCOMES[one.outcome] if one.outcome else "",
        is_asked=is_asked,
        my_answer=answer,
        is_mine=one.asked_by_id == reader.user_id,
        proposed=proposed_frame(one.words) if one.kind is DecisionKind.PACTE else None,
        opening=proposal_of(one.words) if one.kind is DecisionKind.OUVERTURE else None,
        opens_at=one.asked_at + OPENS_AFTER,
        asked_by=names.get(one.asked_by_id or 0, ""),
        is_about_me=one.about_id == reader.user_id,
        follows_objection=one.after_id is not None,
        is_for_one=one.kind is DecisionKind.RESPONSABLE and one.about_id != one.asked_by_id,
    )


def _why(one: Decision, *, is_mine: bool) -> str:
    """The words of who asked. The addresses of founders are for who typed them."""
    if one.kind is DecisionKind.FONDATION:
        return one.words if is_mine else ""
    if one.kind is DecisionKind.OUVERTURE:
        return proposal_of(one.words).why
    return "" if one.kind in (DecisionKind.INVITATION, DecisionKind.PACTE) else one.words


def _title(one: Decision, names: dict[int, str]) -> str:
    about, asker = names.get(one.about_id or 0, "une personne"), names.get(one.asked_by_id or 0, "Une personne")
    match one.kind:
        case DecisionKind.INVITATION:
            name, _, address = one.words.partition(NAMED_AS)
            return f"Inviter {name} ({address}) ?"
        case DecisionKind.OUVERTURE:
            asked = proposal_of(one.words)
            return f"Ouvrir le groupe en lecture à {asked.name} ({asked.address}) ?"
        case DecisionKind.EXCLUSION:
            return f"Mettre fin à la place {of_name(about)} ?"
        case DecisionKind.RESPONSABLE if one.about_id == one.asked_by_id:
            return f"{about} se propose comme responsable"
        case DecisionKind.RESPONSABLE:
            return f"{asker} propose {that_name(about)} devienne responsable à sa suite"
        case DecisionKind.DISSOLUTION if one.after_id is not None:
            return "Dissoudre le groupe, malgré une objection ?"
    return TITLES[one.kind]


TITLES = {
    DecisionKind.FONDATION: "La liste des personnes qui fondent le groupe",
    DecisionKind.PACTE: "Changer le cadre du groupe ?",
    DecisionKind.DISSOLUTION: "Dissoudre le groupe ?",
    DecisionKind.VERSEMENT: "Laisser sortir un texte ?",
}


@dataclass(frozen=True)
class RoomPage:
    """A group, for a page of it."""

    group: PeerGroup
    audience: AudienceView
    everybody: list[Member]  # those whose place is shut too
    questions: list[Question]
    pacte_is_new: bool  # it changed while the reader was away

    @property
    def members(self) -> list[Member]:
        """Those who read."""
        return [one for one in self.everybody if not one.is_shut]

    @property
    def shut(self) -> list[Member]:
        """Those for whom a member is to vouch before they read again."""
        return [one for one in self.everybody if one.is_shut]

    @property
    def responsables(self) -> list[str]:
        return [one.name for one in self.members if one.is_responsable]

    @property
    def me(self) -> Member | None:
        return next((one for one in self.members if one.is_me), None)

    @property
    def points(self) -> list[str]:
        return points_of(self.group.pacte)

    @property
    def pacte_html(self) -> str:
        return to_html(self.group.pacte, heading_base=3)


def group_of(session: RexSession, seat: MembershipView) -> PeerGroup:
    """The group of this seat, or of this visit."""
    return session.scalars(select(PeerGroup).where(PeerGroup.id == seat.collectif_id)).one()


def room_page(session: RexSession, reader: Reader, seat: MembershipView) -> RoomPage:
    """The group of this seat; as many statements, whoever is in it."""
    group = group_of(session, seat)
    everybody = members(session, reader, group.id)
    version = next((one.pacte_version for one in everybody if one.is_me), None)
    return RoomPage(
        group=group,
        audience=everybody_in(session, group.id),
        everybody=everybody,
        questions=questions(session, reader, group.id),
        pacte_is_new=version != group.pacte_version,
    )


def points_of(pacte: str) -> list[str]:
    """The first lines of its first list, else its first lines: what the page of the group recalls."""
    lines = [line.strip() for line in pacte.splitlines() if line.strip()]
    listed = [line for line in lines if line.startswith(("- ", "* ", "– "))]
    return [plain(line.lstrip("-*– "), 160) for line in (listed or lines)[:MOST_POINTS]]
