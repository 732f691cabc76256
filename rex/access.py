"""THE DOOR: who may see what, who may do what. Every read of something private starts here.

Two locks. The first is `visible_…(reader)`, from which queries start, and `may_…(reader, thing)`, which views and templates
ask. The second adds the same scope to every statement of a session, whatever wrote it: a query that forgot the door gives no
more rows than the door. A session without a reader runs nothing at all.

The list of reader sets (authors; giver and recipient of a recognition not yet accepted; members of the peer group who were
there when it was told; members of the collectif; members of all collectifs; of a dépôt, its author until its time) is the whole
list: there is no other. What hangs from an entry (messages, echoes, notes) is read by those who read the entry, and never by
more than those to whom it was said. Each demands a current membership of the space: an account without membership reads nothing.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from rex import clock
from rex.collectifs.entrance_models import Device, OneTimeLink
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import College, Credential, Invitation, Membership, Role, Service, Space, Theme, User
from rex.db import Base, BigId, RexSession
from rex.exchanges.models import Exchange, FormerWords, Mention, Synthese, SyntheseSentence, SyntheseSource
from rex.french import fold, initials, joined, number, typo
from rex.journal.attachment_models import Attachment
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import (
    Action,
    Audience,
    Authorship,
    CanvasSection,
    Consent,
    Draft,
    DraftText,
    DraftTextBefore,
    Entry,
    PublicationRequest,
    Recit,
    Revision,
    Section,
    Tagging,
)
from rex.journal.recognition_models import Answer, Recognition
from rex.journal.together_models import (
    ActionNote,
    CoAuthorInvitation,
    FormerAuthor,
    RecitInvitation,
    Rereading,
    RereadingProposal,
)
from rex.kept import Kept
from rex.notices.models import Notice, NoticeSettings, UnsubscribeLink
from rex.peer_groups.models import Ballot, Decision, JoinRequest
from rex.referentiel.models import OwnBalise
from rex.reports.models import Report
from rex.sealed_words import SpaceKind, key_name_of
from rex.seances.models import Choice, Contribution, Depot, Seance, Takeaway
from rex.second_lock import SCOPES
from rex.shapes import Shape, shape_of, values_of
from rex.versements.models import Versement


@dataclass(frozen=True)
class MembershipView:
    """A reader's current place in one collectif, with what the pages of that collectif need."""

    id: int
    collectif_id: int
    collectif_public_id: str
    collectif_slug: str
    collectif_name: str
    is_demo: bool
    timezone: str
    college: College
    service_id: int | None
    service_name: str
    title: str
    role: Role

    @property
    def is_animateur(self) -> bool:
        return self.role is Role.ANIMATEUR

    kind: SpaceKind = SpaceKind.COLLECTIF  # a seat in a peer group says so: its `collectif_id` is the group's
    visit_is_due: bool = False  # in a group: no visit of theirs was noted for a day

    @property
    def is_group(self) -> bool:
        return self.kind is SpaceKind.GROUPE

    @property
    def key_name(self) -> str:
        """The key that seals what this space does not keep in clear (as `Space.key_name`)."""
        return key_name_of(self.kind, self.collectif_public_id)

    @property
    def url(self) -> str:
        """The first page of this space."""
        return f"/groupes-de-pairs/{self.collectif_public_id}" if self.is_group else f"/c/{self.collectif_slug}/"


@dataclass(frozen=True)
class Reader:
    """A signed-in person and their *current* memberships: all that a right can depend on."""

    user_id: int
    user_public_id: str
    name: str
    is_admin: bool
    theme: Theme = Theme.SYSTEME
    last_collectif_id: int | None = None
    device_id: int | None = None
    memberships: tuple[MembershipView, ...] = field(default=())
    groups: tuple[MembershipView, ...] = field(default=())  # their peer groups, by no name
    has_news: bool = False  # something unseen waits on « Ce qui vous attend »

    @cached_property
    def collectif_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.memberships)

    @cached_property
    def group_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.groups)

    @cached_property
    def space_ids(self) -> tuple[int, ...]:
        """Their collectifs and their peer groups: where what they wrote is still theirs to read."""
        return self.collectif_ids + self.group_ids

    @cached_property
    def animated_ids(self) -> tuple[int, ...]:
        """The spaces that they look after: as an animateur of a collectif, as a responsable of a group."""
        return tuple(m.collectif_id for m in (*self.memberships, *self.groups) if m.is_animateur)

    @cached_property
    def service_ids(self) -> tuple[int, ...]:
        return tuple(m.service_id for m in self.memberships if m.service_id is not None)

    @cached_property
    def now(self) -> datetime:
        """The instant of this request: what opens at a time is open for the whole of a page, or for none of it."""
        return clock.now()

    @cached_property
    def shape(self) -> Shape:
        """What a statement built for all readers may know of this one (`rex.shapes`)."""
        return shape_of(
            len(self.collectif_ids), len(self.animated_ids), len(self.service_ids), len(self.group_ids), self.is_admin
        )

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The ids that the second lock gives to such a statement."""
        return values_of(
            self.user_id,
            self.now,
            collectifs=self.collectif_ids,
            animated=self.animated_ids,
            services=self.service_ids,
            groups=self.group_ids,
        )

    @cached_property
    def slugs(self) -> dict[int, str]:
        """Collectif id → slug, for the collectifs that this person is in."""
        return {m.collectif_id: m.collectif_slug for m in self.memberships}

    @property
    def initials(self) -> str:
        return initials(self.name)

    def in_collectif(self, slug: str) -> MembershipView | None:
        return next((m for m in self.memberships if m.collectif_slug == slug), None)

    def in_group(self, public_id: str) -> MembershipView | None:
        return next((m for m in self.groups if m.collectif_public_id == public_id), None)

    def seat(self, collectif_id: int) -> MembershipView | None:
        """Their place in a space: one of their collectifs, or one of their groups."""
        return next((m for m in (*self.memberships, *self.groups) if m.collectif_id == collectif_id), None)

    @property
    def home(self) -> MembershipView | None:
        """The collectif that `/` opens: the last one used, else the first."""
        last = next((m for m in self.memberships if m.collectif_id == self.last_collectif_id), None)
        return last or (self.memberships[0] if self.memberships else None)


Asker = Reader | Shape  # whoever a condition is worked out for: one reader, or all those of a shape (`rex.kept`)


# --- what may be seen -------------------------------------------------------------------------------------------------


def visible_entries(reader: Asker) -> Select[Entry]:
    """What this person may open: what is told to one of their collectifs or to the réseau, and their own drafts there."""
    return select(Entry).where(_readable(reader))


def visible_recits(reader: Asker) -> Select[Recit]:
    """The récits among `visible_entries`."""
    return select(Recit).where(_readable(reader))


def visible_difficulties(reader: Asker) -> Select[Difficulty]:
    """The difficulties among `visible_entries`: those told to this person, and their own, withdrawn ones included."""
    return select(Difficulty).where(_readable(reader))


def told_recits(reader: Asker) -> Select[Recit]:
    """The published récits that this person reads: what lists, counts and the boussole show."""
    return select(Recit).where(_told(reader))


def told_difficulties(reader: Asker) -> Select[Difficulty]:
    """The difficulties that this person reads: noted alone, or passages of récits that they read."""
    return select(Difficulty).where(_told(reader))


def told_recognitions(reader: Asker) -> Select[Recognition]:
    """The recognitions that were accepted, for this reader."""
    return select(Recognition).where(_told(reader))


def visible_recognitions(reader: Asker) -> Select[Recognition]:
    """Accepted ones that this person reads, and those between them and somebody: given, or received and not declined."""
    return select(Recognition).where(_readable(reader))


def own_recognitions(reader: Asker) -> Select[Recognition]:
    """Those that this person gave, or received (as a person, or as a member of the service thanked); declined ones are gone
    for those who received them."""
    return select(Recognition).where(or_(_writes(reader, Entry.id), _receives(reader, Entry)))


def visible_exchanges(reader: Asker) -> Select[Exchange]:
    """The messages of the threads that this person reads: of the entries told to them, and said before them."""
    return select(Exchange).where(_said_before(Exchange)(reader))


def own_drafts(reader: Asker) -> Select[Draft]:
    """The working copies that this person writes, in the spaces that they currently belong to."""
    return select(Draft).where(Draft.entry_id.in_(_written_by(reader)))


def visible_seances(reader: Asker) -> Select[Seance]:
    """The séances of this person's collectifs, and those of their groups that were still to come when they arrived."""
    return select(Seance).where(_meets(reader, Seance.collectif_id, Seance.starts_at))


def visible_depots(reader: Asker) -> Select[Depot]:
    """Their own dépôts, and those of others once they are open."""
    return select(Depot).where(_own_or_open(reader))


def visible_choices(reader: Asker) -> Select[Choice]:
    return select(Choice).where(_said_in_seance(Choice)(reader))


def visible_contributions(reader: Asker) -> Select[Contribution]:
    return select(Contribution).where(_said_in_seance(Contribution)(reader))


def visible_takeaways(reader: Asker) -> Select[Takeaway]:
    return select(Takeaway).where(_said_in_seance(Takeaway)(reader))


def visible_versements(reader: Asker) -> Select[Versement]:
    """The texts that this person rewrites to let them out of a group, and those put to its members since they are there."""
    return select(Versement).where(_own_or_put_to_members(reader))


def visible_members(reader: Reader, collectif_id: int) -> Select[Membership]:
    """The current members of one of the reader's collectifs (an administrator: of any), closed accounts left out."""
    if collectif_id not in reader.collectif_ids and not reader.is_admin:
        return select(Membership).where(false())
    return select(Membership).where(Membership.id.in_(_current_members().with_only_columns(Membership.id)),
                                    Membership.collectif_id == collectif_id)


# --- what may be done -------------------------------------------------------------------------------------------------


def may_animate(reader: Reader, collectif_id: int) -> bool:
    """Look after the journal: invite, services, canvas, own balises, settings. Gives no right over anybody's text."""
    return collectif_id in reader.animated_ids


def may_manage_people(reader: Reader, collectif_id: int) -> bool:
    """Invite and seat members: the animateurs; an administrator too, so that a new collectif gets its first animateur."""
    return may_animate(reader, collectif_id) or reader.is_admin


def may_write_in(reader: Reader, collectif_id: int) -> bool:
    """Write a récit in a collectif: each of its members."""
    return collectif_id in reader.space_ids


def may_edit(reader: Reader, collectif_id: int, author_ids: Sequence[int | None]) -> bool:
    """Change, publish, withdraw an entry of a collectif: its authors, while they belong to it. Not the animateurs."""
    return reader.user_id in author_ids and collectif_id in reader.space_ids


def may_answer(reader: Reader, audience: Audience | None, collectif_id: int) -> bool:
    """Answer an entry, echo a difficulty, report a text: whoever reads it, once it is told."""
    return (audience is Audience.RESEAU and bool(reader.collectif_ids)) or (
        audience in (Audience.COLLECTIF, Audience.GROUPE) and collectif_id in reader.space_ids
    )


def may_close_thread(reader: Reader, collectif_id: int) -> bool:
    """Close a thread with a synthèse, and open it again: the animateurs of the entry's collectif."""
    return may_animate(reader, collectif_id)


def may_judge_reports(reader: Reader, collectif_id: int) -> bool:
    """Read the reports of a collectif, suspend a text with a written reason, take an entry back from the réseau."""
    return may_animate(reader, collectif_id)


def may_decide_in_group(reader: Reader, group_id: int) -> bool:
    """Read what a group decides, answer when asked, stand as responsable, ask that a place or the group ends: its members."""
    return group_id in reader.group_ids


def may_steer_group(reader: Reader, group_id: int) -> bool:
    """Ask the members about a person to invite or about another frame, hand over: its responsables. They read no more for it."""
    return may_decide_in_group(reader, group_id) and may_animate(reader, group_id)


def may_receive(reader: Reader, to_user_id: int | None, to_service_id: int | None) -> bool:
    """Answer a recognition: the person thanked, or any member of the service thanked."""
    return reader.user_id == to_user_id or (to_service_id is not None and to_service_id in reader.service_ids)


def may_plan_seances(reader: Reader, space_id: int) -> bool:
    """Set a séance: who looks after the space, as an animateur of a collectif or a responsable of a group."""
    return may_animate(reader, space_id)


def may_lead_seance(reader: Reader, space_id: int, facilitator_id: int | None) -> bool:
    """Lead a séance from phase to phase, write its compte rendu: its facilitator, while they belong to the space. Leading
    shows nothing before its time."""
    return reader.user_id == facilitator_id and space_id in reader.space_ids


def may_prepare_seance(reader: Reader, space_id: int, facilitator_id: int | None) -> bool:
    """Change when, where and what for, and who leads it."""
    return may_lead_seance(reader, space_id, facilitator_id) or may_plan_seances(reader, space_id)


# --- who reads: the sentence, the count and the check come from here ------------------------------------------------------


@dataclass(frozen=True)
class AudienceView:
    """A reader set, said in words. `count` is the number of active accounts that `allows` lets in."""

    kind: str  # brouillon, groupe, collectif, reseau: also the frame and the glyph
    collectif_id: int
    count: int
    label: str
    sentence: str
    detail: str
    button: str
    territories: int = 1
    people: tuple[tuple[int, str], ...] = ()  # of a group: (user id, name) of each who reads, by name

    @property
    def before(self) -> str:
        """What ends a button: « Répondre … devant les 142 membres »."""
        if self.kind == Audience.RESEAU:
            return typo(f"devant le réseau ({number(self.count)})")
        if self.kind == Audience.GROUPE:
            return typo(f"devant les {number(self.count)}") if self.count > 1 else "pour vous, pour l’instant"
        return typo(f"devant {_members(self.count)}") if self.count > 1 else "pour vous, pour l’instant"

    @property
    def with_whom(self) -> str:
        """What ends a button: « Partager … avec les 142 »."""
        if self.kind == Audience.RESEAU:
            return typo(f"avec le réseau ({number(self.count)})")
        return typo(f"avec les {number(self.count)}") if self.count > 1 else "pour vous, pour l’instant"

    def allows(self, reader: Reader) -> bool:
        """Whether a published entry of this audience opens for this reader (drafts: see `_readable`)."""
        if self.kind == Audience.COLLECTIF:
            return self.collectif_id in reader.collectif_ids
        if self.kind == Audience.GROUPE:
            return self.collectif_id in reader.group_ids and any(user_id == reader.user_id for user_id, _ in self.people)
        return self.kind == Audience.RESEAU and bool(reader.collectif_ids)


def audience_of(
    session: RexSession, audience: Audience, collectif_id: int, collectif_name: str, since: datetime | None = None
) -> AudienceView:
    """The reader set of an audience, counted now (one statement). `since`, in a group: when the entry was told; a member who
    came later does not read it (None: it is told now)."""
    if audience is Audience.GROUPE:
        return _said_of_group(collectif_id, group_readers(session, collectif_id, since))
    with session.as_system("count the active accounts of an audience"):
        if audience is Audience.COLLECTIF:
            ((count, territories),) = _readers_in_collectif.rows(session, collectif=collectif_id)
        else:
            ((count, territories),) = _readers_in_reseau.rows(session)
    return _said_of(audience, collectif_id, collectif_name, count, territories)


def everybody_in(session: RexSession, group_id: int) -> AudienceView:
    """Who reads what is told in a group now: all its members."""
    return _said_of_group(group_id, group_readers(session, group_id))


def group_readers(session: RexSession, group_id: int, since: datetime | None = None) -> tuple[tuple[int, str], ...]:
    """(user id, name) of the members of a group who read what was told there `since` (None: now), by name."""
    return _there_since(_members_of_group(session, group_id), since)


def audiences_in_group(session: RexSession, group_id: int, told_at: Collection[datetime]) -> dict[datetime, AudienceView]:
    """Who reads what was told in a group at each of these instants; all of them in one statement."""
    members = _members_of_group(session, group_id)
    return {since: _said_of_group(group_id, _there_since(members, since)) for since in told_at}


def _members_of_group(session: RexSession, group_id: int) -> list[Any]:
    with session.as_system("name those who read in a group"):
        found = _readers_in_group.rows(session, group=group_id)
    return sorted(found, key=lambda row: fold(row.name))


def _there_since(members: Sequence[Any], since: datetime | None) -> tuple[tuple[int, str], ...]:
    return tuple((row.id, row.name) for row in members if since is None or row.arrived_at <= since or row.shows_history)


@Kept
def _readers_in_group(_: Shape) -> Select:
    return (
        select(User.id, User.name, GroupMember.arrived_at, PeerGroup.shows_history)
        .join(GroupMember, GroupMember.user_id == User.id)
        .join(PeerGroup, PeerGroup.id == GroupMember.group_id)
        .where(GroupMember.group_id == bindparam("group", type_=BigId), is_in_group())
    )


def is_in_group() -> ColumnElement[bool]:
    """A place in a group that gives rights: not ended, of an open account that belongs to a collectif still."""
    elsewhere = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None))
    return and_(GroupMember.left_at.is_(None), User.closed_at.is_(None), elsewhere.correlate(User).exists())


def _said_of_group(group_id: int, people: tuple[tuple[int, str], ...]) -> AudienceView:
    count = len(people)
    return AudienceView(
        kind=Audience.GROUPE.value,
        collectif_id=group_id,
        count=count,
        label=f"Confidentiel, {_people(count)}",
        sentence=typo(f"{joined([name for _, name in people])}, et personne d’autre dans REX"),
        detail="Dans REX, personne d’autre ne peut l’ouvrir, administrateurs compris.",
        button=typo(f"Partager avec les {number(count)}") if count > 1 else "Garder ici, pour vous",
        people=people,
    )


@lru_cache(maxsize=256)
def _said_of(audience: Audience, collectif_id: int, collectif_name: str, count: int, territories: int) -> AudienceView:
    """How an audience of that many people is said; the count itself is made anew each time."""
    if audience is Audience.COLLECTIF:
        return AudienceView(
            kind=audience.value,
            collectif_id=collectif_id,
            count=count,
            label="Le journal",
            sentence=typo(f"tous les membres du journal ({_people(count)} : {collectif_name})"),
            detail="Il compte dans la boussole du journal.",
            button=f"Publier pour {_members(count)}",
        )
    return AudienceView(
        kind=audience.value,
        collectif_id=collectif_id,
        count=count,
        label="Le réseau",
        sentence=f"les membres de tous les collectifs du réseau ({_people(count)}, {_territories(territories)})",
        detail="Lu aussi hors de votre collectif, par des personnes que vous ne connaissez pas.",
        button=f"Publier pour le réseau ({number(count)})",
        territories=territories,
    )


def draft_audience(collectif_id: int, co_authors: Sequence[str] = (), *, of_published: bool = False) -> AudienceView:
    """A draft: its authors and nobody else. `co_authors` are the names of the others.

    `of_published`: a correction of what others read already; what they read is not hidden, what changes is."""
    noun, read = ("Modification", "lue") if of_published else ("Brouillon", "lu")
    alone = "que personne d’autre que vous ne lit encore" if of_published else "personne d’autre que vous ne peut le lire"
    return AudienceView(
        kind="brouillon",
        collectif_id=collectif_id,
        count=1 + len(co_authors),
        label=noun,
        sentence=f"{read} par vous et {joined(co_authors)}" if co_authors else alone,
        detail="Le récit reste un brouillon.",
        button="Choisir qui lira, puis publier",
    )


def thanks_audience(collectif_id: int, others: Sequence[str], count: int = 2) -> AudienceView:
    """A recognition that waits for its answer: its giver and its recipient, nobody else. `others`: who they are beside the
    person who looks at the page (« l’équipe Voirie (3 personnes) »)."""
    return AudienceView(
        kind="brouillon",
        collectif_id=collectif_id,
        count=count,
        label="Entre vous",
        sentence=typo(f"lu par {joined(['vous', *others])}, personne d’autre"),
        detail="Elle paraît dans le journal si la personne l’accepte.",
        button="Envoyer",
    )


def suspended_audience(collectif_id: int, co_authors: Sequence[str] = ()) -> AudienceView:
    """A published text that an animateur suspended: its authors and nobody else, until it is restored."""
    return AudienceView(
        kind="brouillon",
        collectif_id=collectif_id,
        count=1 + len(co_authors),
        label="Suspendu",
        sentence=f"lu par vous et {joined(co_authors)}" if co_authors else "personne d’autre que vous ne peut le lire",
        detail="L’animation l’a suspendu.",
        button="",
    )


def readers_of(audience: Audience, collectif_id: int | BindParameter[int]) -> Select[Membership]:
    """The memberships whose holders read such an entry; the same condition that loads a `Reader`'s memberships."""
    members = _current_members()
    if audience is Audience.GROUPE:
        raise ValueError("the readers of a group are its members: group_readers")
    return members.where(Membership.collectif_id == collectif_id) if audience is Audience.COLLECTIF else members


@Kept
def _readers_in_collectif(_: Shape) -> Select:
    return _counted(readers_of(Audience.COLLECTIF, bindparam("collectif", type_=BigId)))


@Kept
def _readers_in_reseau(_: Shape) -> Select:
    return _counted(readers_of(Audience.RESEAU, 0))


def _counted(memberships: Select[Membership]) -> Select:
    return memberships.with_only_columns(
        func.count(Membership.user_id.distinct()).label("people"), func.count(Membership.collectif_id.distinct()).label("places")
    )


def _current_members() -> Select[Membership]:
    return select(Membership).join(User, User.id == Membership.user_id).where(is_current())


def is_current() -> ColumnElement[bool]:
    """A membership that gives rights: not ended, of an account that is not closed."""
    return and_(Membership.ended_at.is_(None), User.closed_at.is_(None))


def _people(count: int) -> str:
    return f"{number(count)} personne{'s' if count > 1 else ''}"


def _members(count: int) -> str:
    return f"les {number(count)} membres" if count > 1 else "vous, pour l’instant"


def _territories(count: int) -> str:
    return f"{number(count)} territoire{'s' if count > 1 else ''}"


# --- the second lock ------------------------------------------------------------------------------------------------------
# What the conditions look up inside are aliased tables, not classes: the lock must not add itself to its own subqueries, nor
# may these be taken for the rows that the page itself selects.

_inner_entry = Entry.__table__.alias("lock_entry")
_inner_authorship = Authorship.__table__.alias("lock_authorship")
_inner_recit = Recit.__table__.alias("lock_recit")
_inner_recognition = Recognition.__table__.alias("lock_recognition")
_inner_exchange = Exchange.__table__.alias("lock_exchange")
_inner_synthese = Synthese.__table__.alias("lock_synthese")
_inner_note = ActionNote.__table__.alias("lock_action_note")
_inner_echo = Echo.__table__.alias("lock_echo")
_inner_rereading = Rereading.__table__.alias("lock_rereading")
_inner_other = Entry.__table__.alias("lock_other_entry")
_inner_member = GroupMember.__table__.alias("lock_group_member")
_inner_group = PeerGroup.__table__.alias("lock_peer_group")
_member, _group = _inner_member.c, _inner_group.c
_inner_seance = Seance.__table__.alias("lock_seance")
_inner_former = FormerAuthor.__table__.alias("lock_former_author")
_inner_membership = Membership.__table__.alias("lock_membership")
_inner_user = User.__table__.alias("lock_user")
_entry, _authorship, _recit = _inner_entry.c, _inner_authorship.c, _inner_recit.c
_recognition, _other = _inner_recognition.c, _inner_other.c


def _told(reader: Asker, entry=Entry) -> ColumnElement[bool]:
    if not reader.collectif_ids:
        return false()
    in_mine = and_(entry.audience == Audience.COLLECTIF, entry.collectif_id.in_(reader.collectif_ids))
    there = [(_in_a_group(reader, entry), true())] if reader.group_ids else []
    # A CASE and not an OR: SQLite would look up both halves of an OR in their indexes, so all that this person reads, before
    # it comes to the few rows that the page asks for.
    told = case((in_mine, true()), (entry.audience == Audience.RESEAU, true()), *there, else_=false())
    return and_(told, entry.suspended_at.is_(None))


def _in_a_group(reader: Asker, entry: Any) -> ColumnElement[bool]:
    """An entry told in a group of theirs, since they are there, or before if the group shows newcomers what was said."""
    was_there = or_(_member.arrived_at <= entry.published_at, _group.shows_history)
    place = (
        select(_member.id)
        .select_from(_inner_member.join(_inner_group, _group.id == _member.group_id))
        .where(_member.group_id == entry.collectif_id, _member.user_id == reader.user_id, _member.left_at.is_(None), was_there)
    )
    here = and_(entry.audience == Audience.GROUPE, entry.collectif_id.in_(reader.group_ids))
    return and_(here, place.correlate_except(_inner_member, _inner_group).exists())


def _meets(reader: Asker, space_id: Any, moment: Any) -> ColumnElement[bool]:
    """What is of this moment in a space of theirs; in a group since they are there, or before if it shows newcomers its past."""
    if not reader.collectif_ids:
        return false()
    in_mine = space_id.in_(reader.collectif_ids)
    if not reader.group_ids:
        return in_mine
    place = (
        select(_member.id)
        .select_from(_inner_member.join(_inner_group, _group.id == _member.group_id))
        .where(_member.group_id == space_id, _member.user_id == reader.user_id, _member.left_at.is_(None))
        .where(or_(_member.arrived_at <= moment, _group.shows_history))
    )
    return or_(in_mine, and_(space_id.in_(reader.group_ids), place.correlate_except(_inner_member, _inner_group).exists()))


def _own_or_open(reader: Asker) -> ColumnElement[bool]:
    """A dépôt: its author's alone until its séance opens them all; then of those who were there when it was written."""
    seance = _inner_seance.c
    mine = Depot.author_id == reader.user_id
    since = _meets(reader, seance.collectif_id, Depot.written_at)
    opened = and_(seance.opens_at <= reader.now, seance.cancelled_at.is_(None), since)
    there = select(seance.id).where(
        seance.id == Depot.seance_id, _meets(reader, seance.collectif_id, seance.starts_at), or_(mine, opened)
    )
    return there.correlate_except(_inner_seance).exists()


def _own_or_put_to_members(reader: Asker) -> ColumnElement[bool]:
    """A text on its way out of a group: its author's alone until it is put to the members; then theirs."""
    if not reader.group_ids:
        return false()
    mine = and_(Versement.author_id == reader.user_id, Versement.group_id.in_(reader.group_ids))
    return or_(mine, and_(Versement.asked_at.is_not(None), _meets(reader, Versement.group_id, Versement.asked_at)))


def _said_in_seance(cls: Any) -> Callable[[Asker], ColumnElement[bool]]:
    """What is said in a séance: for those who read the séance, and were there when it was said."""

    def scope(reader: Asker) -> ColumnElement[bool]:
        seance = _inner_seance.c
        there = select(seance.id).where(
            seance.id == cls.seance_id,
            _meets(reader, seance.collectif_id, seance.starts_at),
            or_(cls.author_id == reader.user_id, _meets(reader, seance.collectif_id, cls.written_at)),
        )
        return there.correlate_except(_inner_seance).exists()

    return scope


def _signs(reader: Asker, entry_id: Any) -> ColumnElement[bool]:
    """Whether this person signs the entry. Looked up row by row: a list of all that they wrote would grow with the journal."""
    signed = select(_authorship.id).where(_authorship.entry_id == entry_id, _authorship.user_id == reader.user_id)
    return signed.correlate_except(_inner_authorship).exists()


def _writes(reader: Asker, entry_id: Any) -> ColumnElement[bool]:
    """Whether this person signs the entry, and belongs to its space now."""
    there = select(_entry.id).where(_entry.id == entry_id, _entry.collectif_id.in_(reader.space_ids))
    return and_(_signs(reader, entry_id), there.correlate_except(_inner_entry).exists())


def _written_by(reader: Asker) -> Select[int]:
    """Ids of the entries that this person signs, in the spaces that they currently belong to: what a list of them starts from."""
    there = select(_entry.id).where(_entry.id == _authorship.entry_id, _entry.collectif_id.in_(reader.space_ids))
    mine = select(_authorship.entry_id).where(_authorship.user_id == reader.user_id)
    return mine.where(there.correlate_except(_inner_entry).exists()).correlate(None)


def _receives(reader: Asker, entry: Any) -> ColumnElement[bool]:
    """Whether this is a recognition given to this person, or to a service that they are in, while they belong to the space."""
    if not reader.collectif_ids:
        return false()
    given = select(_recognition.id).where(
        _recognition.id == entry.id,
        or_(_recognition.to_user_id == reader.user_id, _recognition.to_service_id.in_(reader.service_ids)),
        _recognition.answer != Answer.DECLINED,
        or_(entry.collectif_id.in_(reader.space_ids), _recognition.intended == Audience.RESEAU),
    )
    return and_(entry.suspended_at.is_(None), given.correlate_except(_inner_recognition).exists())


def _readable(reader: Asker, entry: Any = Entry) -> ColumnElement[bool]:
    written = and_(entry.collectif_id.in_(reader.space_ids), _signs(reader, entry.id))
    return or_(_told(reader, entry), written, _receives(reader, entry))


def _of_readable_entry(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    def scope(reader: Asker) -> ColumnElement[bool]:
        readable = select(_entry.id).where(_entry.id == column, _readable(reader, _entry))
        return readable.correlate_except(_inner_entry).exists()

    return scope


def _heard(reader: Asker, audience: Any, entry: Any) -> ColumnElement[bool]:
    """The audience at which something was said is its ceiling, however wide its entry became."""
    return or_(audience == Audience.RESEAU, entry.collectif_id.in_(reader.space_ids))


def _said_before(cls: Any) -> Callable[[Asker], ColumnElement[bool]]:
    """What hangs from an entry: for those to whom the entry is told now, and who were among those to whom it was said."""

    def scope(reader: Asker) -> ColumnElement[bool]:
        told = select(_entry.id).where(
            _entry.id == cls.entry_id, _told(reader, _entry), _heard(reader, cls.audience, _entry)
        )
        return told.correlate_except(_inner_entry).exists()

    return scope


def _of_said(inner: Any, column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    """What belongs to a message or to a synthèse (`inner`, an aliased table that `column` points to)."""

    def scope(reader: Asker) -> ColumnElement[bool]:
        said = (
            select(inner.c.id)
            .select_from(inner.join(_inner_entry, _entry.id == inner.c.entry_id))
            .where(inner.c.id == column, _told(reader, _entry), _heard(reader, inner.c.audience, _entry))
        )
        return said.correlate_except(_inner_entry, inner).exists()

    return scope


def _note_between_two_that_are_read(reader: Asker) -> ColumnElement[bool]:
    both = (
        select(_entry.id)
        .select_from(_inner_entry.join(_inner_other, _other.id == ActionNote.other_id))
        .where(
            _entry.id == ActionNote.one_id,
            _told(reader, _entry),
            _told(reader, _other),
            _heard(reader, ActionNote.audience, _entry),
        )
    )
    return both.correlate_except(_inner_entry, _inner_other).exists()


def _given_with_a_text(reader: Asker) -> ColumnElement[bool]:
    """A file: for its récit's authors, and for its readers once a published section shows it."""
    told = select(_entry.id).where(_entry.id == Attachment.entry_id, _told(reader, _entry))
    shown = and_(Attachment.is_published, told.correlate_except(_inner_entry).exists())
    return or_(shown, _writes(reader, Attachment.entry_id))


def _of_own_entry(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    return lambda reader: _writes(reader, column)


def _of_own_collectif(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    return lambda reader: true() if reader.is_admin else column.in_(reader.collectif_ids)


def _of_own_account(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    return lambda reader: column == reader.user_id


def _in_own_space(reader: Asker, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """An entry, published or not, of one of their collectifs: that it exists, not what it says."""
    there = select(_entry.id).where(_entry.id == column, _entry.collectif_id.in_(reader.space_ids))
    return there.correlate_except(_inner_entry).exists()


def _to_judge(reader: Asker) -> ColumnElement[bool]:
    """The reports of the spaces that this person looks after, save those about a text of theirs, or that they signed once: who
    reported them is not for them to know, and somebody else judges; nor, in a group, those about what was said before they
    came."""
    hanging = [Report.exchange_id, Report.note_id, Report.echo_id, Report.rereading_id, Report.synthese_id]
    authors = [
        _inner_exchange.c.author_id, _inner_note.c.author_id, _inner_echo.c.user_id, _inner_rereading.c.author_id,
        _inner_synthese.c.author_id,
    ]
    another_s = [
        or_(column.is_(None), column.not_in(select(author.table.c.id).where(author == reader.user_id).correlate(None)))
        for column, author in zip(hanging, authors, strict=True)
    ]
    on_entry = and_(*(column.is_(None) for column in hanging))
    once = select(_inner_former.c.entry_id).where(_inner_former.c.user_id == reader.user_id).correlate(None)
    never_signed = and_(Report.entry_id.not_in(_written_by(reader)), Report.entry_id.not_in(once))
    not_theirs = and_(*another_s, or_(~on_entry, never_signed))
    told_to_them = [~_told_before_they_came(reader)] if reader.group_ids else []
    return and_(Report.collectif_id.in_(reader.animated_ids), not_theirs, *told_to_them)


def _told_before_they_came(reader: Asker) -> ColumnElement[bool]:
    """Whether a report is about an entry of a group which does not show it to this person, who came later."""
    told_at = func.coalesce(_entry.published_at, _entry.created_at)
    before = (
        select(_entry.id)
        .select_from(_inner_entry.join(_inner_member, _member.group_id == _entry.collectif_id))
        .join(_inner_group, _group.id == _member.group_id)
        .where(
            _entry.id == Report.entry_id,
            _member.user_id == reader.user_id,
            _member.arrived_at > told_at,
            ~_group.shows_history,
        )
    )
    return before.correlate_except(_inner_entry, _inner_member, _inner_group).exists()


def _action_with_a_readable_recit(reader: Asker) -> ColumnElement[bool]:
    joined = _inner_recit.join(_inner_entry, _entry.id == _recit.id)
    told = select(_recit.id).select_from(joined).where(_recit.action_id == Action.id, _readable(reader, _entry))
    return told.correlate_except(_inner_recit, _inner_entry).exists()


def _is_somebody(reader: Asker) -> ColumnElement[bool]:
    """Names of people and of collectifs are read by every member: a publication to the réseau shows its readers."""
    return true() if reader.collectif_ids or reader.is_admin else false()


def who_reads(session: RexSession, entry_id: int, user_ids: Sequence[int], exchange_id: int | None = None) -> set[int]:
    """Those among these people who read an entry now, and this message under it: what `_readable` and `_said_before` let each
    of them read, asked of all at once (one statement)."""
    seats = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None)).correlate(User)
    here = seats.where(Membership.collectif_id == _entry.collectif_id).correlate(User, _inner_entry).exists()
    somewhere = seats.exists()
    among = (
        select(_member.id)
        .select_from(_inner_member.join(_inner_group, _group.id == _member.group_id))
        .where(_member.group_id == _entry.collectif_id, _member.user_id == User.id, _member.left_at.is_(None), somewhere)
        .correlate(User, _inner_entry)
    )
    since = or_(_member.arrived_at <= _entry.published_at, _group.shows_history)
    in_space = or_(here, among.exists())
    thanked = seats.where(Membership.service_id == _recognition.to_service_id).correlate(User, _inner_recognition).exists()
    signs = select(_authorship.id).where(_authorship.entry_id == _entry.id, _authorship.user_id == User.id)
    told = and_(
        or_(
            and_(_entry.audience == Audience.COLLECTIF, here),
            and_(_entry.audience == Audience.RESEAU, somewhere),
            and_(_entry.audience == Audience.GROUPE, among.where(since).exists()),
        ),
        _entry.suspended_at.is_(None),
    )
    received = and_(
        or_(_recognition.to_user_id == User.id, thanked),
        _recognition.answer != Answer.DECLINED,
        or_(in_space, and_(_recognition.intended == Audience.RESEAU, somewhere)),
        _entry.suspended_at.is_(None),
    )
    query = (
        select(User.id)
        .join(_inner_entry, _entry.id == entry_id)
        .outerjoin(_inner_recognition, _recognition.id == _entry.id)
        .where(User.id.in_(user_ids), User.closed_at.is_(None))
    )
    if exchange_id is None:
        signed = and_(in_space, signs.correlate(User, _inner_entry).exists())
        query = query.where(or_(told, signed, received))
    else:
        said = _inner_exchange.c
        query = query.join(_inner_exchange, and_(said.id == exchange_id, said.entry_id == _entry.id))
        query = query.where(told, or_(said.audience == Audience.RESEAU, in_space))
    with session.as_system("know who among those concerned may read"):
        return set(session.scalars(query))


def still_hears(user_id: Any) -> ColumnElement[bool]:
    """Whether this person (a column) still reads the `Exchange` of the statement: a current member of the collectif of its
    entry, or of any one when both are told to the réseau; in a group, a member who was there when the entry was told."""
    seat, said = _inner_membership.c, Exchange.audience == Audience.RESEAU
    everywhere = and_(said, _entry.audience == Audience.RESEAU)
    there = (
        select(seat.id)
        .select_from(_inner_membership.join(_inner_user, _inner_user.c.id == seat.user_id))
        .join(_inner_entry, or_(seat.collectif_id == _entry.collectif_id, everywhere))
        .where(
            _entry.id == Exchange.entry_id,
            seat.user_id == user_id,
            seat.ended_at.is_(None),
            _inner_user.c.closed_at.is_(None),
        )
    )
    among = (
        select(_member.id)
        .select_from(_inner_member.join(_inner_group, _group.id == _member.group_id))
        .join(_inner_entry, and_(_entry.collectif_id == _member.group_id, _entry.audience == Audience.GROUPE))
        .join(_inner_user, _inner_user.c.id == _member.user_id)
        .join(_inner_membership, seat.user_id == _member.user_id)
        .where(
            _entry.id == Exchange.entry_id,
            _member.user_id == user_id,
            _member.left_at.is_(None),
            or_(_member.arrived_at <= _entry.published_at, _group.shows_history),
            _inner_user.c.closed_at.is_(None),
            seat.ended_at.is_(None),
        )
    )
    inner = _inner_membership, _inner_user, _inner_entry, _inner_member, _inner_group
    return or_(there.correlate_except(*inner).exists(), among.correlate_except(*inner).exists())


_SCOPES: dict[type[Base], Callable[[Asker], ColumnElement[bool]]] = {
    Entry: _readable,
    Action: _action_with_a_readable_recit,
    Section: _of_readable_entry(Section.entry_id),
    Tagging: _of_readable_entry(Tagging.entry_id),
    Authorship: _of_readable_entry(Authorship.entry_id),
    Draft: _of_own_entry(Draft.entry_id),
    DraftText: _of_own_entry(DraftText.entry_id),
    DraftTextBefore: _of_own_entry(DraftTextBefore.entry_id),
    Revision: _of_own_entry(Revision.entry_id),
    PublicationRequest: _of_own_entry(PublicationRequest.entry_id),
    Consent: _of_own_entry(Consent.entry_id),
    Echo: _said_before(Echo),
    Exchange: _said_before(Exchange),
    Synthese: _said_before(Synthese),
    Rereading: _said_before(Rereading),
    RereadingProposal: _of_own_account(RereadingProposal.user_id),
    FormerWords: _of_said(_inner_exchange, FormerWords.exchange_id),
    Mention: _of_said(_inner_exchange, Mention.exchange_id),
    SyntheseSentence: _of_said(_inner_synthese, SyntheseSentence.synthese_id),
    SyntheseSource: _of_said(_inner_exchange, SyntheseSource.exchange_id),
    ActionNote: _note_between_two_that_are_read,
    Attachment: _given_with_a_text,
    CoAuthorInvitation: lambda reader: or_(
        and_(CoAuthorInvitation.user_id == reader.user_id, _in_own_space(reader, CoAuthorInvitation.entry_id)),
        _writes(reader, CoAuthorInvitation.entry_id),
    ),
    FormerAuthor: _of_own_account(FormerAuthor.user_id),
    RecitInvitation: lambda reader: or_(
        RecitInvitation.user_id == reader.user_id, RecitInvitation.invited_by_id == reader.user_id
    ),
    Report: _to_judge,
    Notice: _of_own_account(Notice.user_id),
    NoticeSettings: _of_own_account(NoticeSettings.user_id),
    UnsubscribeLink: _of_own_account(UnsubscribeLink.user_id),
    Seance: lambda reader: _meets(reader, Seance.collectif_id, Seance.starts_at),
    Depot: _own_or_open,
    Choice: _said_in_seance(Choice),
    Contribution: _said_in_seance(Contribution),
    Takeaway: _said_in_seance(Takeaway),
    Versement: _own_or_put_to_members,
    CanvasSection: lambda reader: CanvasSection.collectif_id.in_(reader.collectif_ids),
    OwnBalise: lambda reader: OwnBalise.collectif_id.in_(reader.collectif_ids),
    Space: lambda reader: or_(
        and_(Space.kind == SpaceKind.COLLECTIF, _is_somebody(reader)), Space.id.in_(reader.group_ids)
    ),
    GroupMember: lambda reader: GroupMember.group_id.in_(reader.group_ids),
    Decision: lambda reader: Decision.group_id.in_(reader.group_ids),
    Ballot: _of_own_account(Ballot.user_id),
    JoinRequest: _of_own_account(JoinRequest.user_id),
    User: lambda reader: or_(_is_somebody(reader), User.id == reader.user_id),
    Service: _of_own_collectif(Service.collectif_id),
    Membership: _of_own_collectif(Membership.collectif_id),
    Invitation: lambda reader: true() if reader.is_admin else Invitation.collectif_id.in_(reader.animated_ids),
    Credential: lambda reader: true() if reader.is_admin else Credential.user_id == reader.user_id,
    Device: _of_own_account(Device.user_id),
    OneTimeLink: _of_own_account(OneTimeLink.user_id),
}
SCOPES.update(_SCOPES)
