"""Who reads: the sentence, the count and the check all come from here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select

from rex.access.readers import Reader
from rex.collectifs.group_models import GroupMember, PeerGroup
from rex.collectifs.models import Membership, User
from rex.db import BigId, RexSession
from rex.french import fold, joined, number, typo
from rex.journal.models import Audience
from rex.kept import Kept
from rex.shapes import Shape


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
        """Whether a published entry of this audience opens for this reader (drafts: see `is_readable`)."""
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
    members = current_members()
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


def current_members() -> Select[Membership]:
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
