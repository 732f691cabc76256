"""THE DOOR: who may see what, who may do what. Every read of something private starts here.

Two locks. The first is `visible_…(reader)`, from which queries start, and `may_…(reader, thing)`, which views and templates
ask. The second adds the same scope to every statement of a session, whatever wrote it: a query that forgot the door gives no
more rows than the door. A session without a reader runs nothing at all.

The list of reader sets (authors; members of the collectif; members of all collectifs) is the whole list: there is no other.
Each demands a current membership of the space: an account without membership reads nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, and_, event, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.expression import TableClause

from rex.collectifs.entrance_models import Device, OneTimeLink
from rex.collectifs.models import Collectif, College, Credential, Invitation, Membership, Role, Service, Theme, User
from rex.db import Base, RexSession, System
from rex.french import initials, joined, number, typo
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
from rex.referentiel.models import OwnBalise


class NoReader(RuntimeError):
    """A query ran in a session that was not told for whom it reads."""


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

    @property
    def key_name(self) -> str:
        """The key that seals unpublished texts of this space (as `Collectif.key_name`)."""
        return f"collectif-{self.collectif_public_id}"


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

    @cached_property
    def collectif_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.memberships)

    @cached_property
    def animated_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.memberships if m.is_animateur)

    @cached_property
    def slugs(self) -> dict[int, str]:
        """Collectif id → slug, for the collectifs that this person is in."""
        return {m.collectif_id: m.collectif_slug for m in self.memberships}

    @property
    def initials(self) -> str:
        return initials(self.name)

    def in_collectif(self, slug: str) -> MembershipView | None:
        return next((m for m in self.memberships if m.collectif_slug == slug), None)

    def seat(self, collectif_id: int) -> MembershipView | None:
        return next((m for m in self.memberships if m.collectif_id == collectif_id), None)

    @property
    def home(self) -> MembershipView | None:
        """The collectif that `/` opens: the last one used, else the first."""
        last = self.seat(self.last_collectif_id) if self.last_collectif_id else None
        return last or (self.memberships[0] if self.memberships else None)


# --- what may be seen -------------------------------------------------------------------------------------------------


def visible_entries(reader: Reader) -> Select[Entry]:
    """What this person may open: what is told to one of their collectifs or to the réseau, and their own drafts there."""
    return select(Entry).where(_readable(reader))


def visible_recits(reader: Reader) -> Select[Recit]:
    """The récits among `visible_entries`."""
    return select(Recit).where(_readable(reader))


def told_recits(reader: Reader) -> Select[Recit]:
    """The published récits that this person reads: what lists, counts and the boussole show."""
    return select(Recit).where(_told(reader))


def own_drafts(reader: Reader) -> Select[Draft]:
    """The working copies that this person writes, in the spaces that they currently belong to."""
    return select(Draft).where(Draft.entry_id.in_(_written_by(reader)))


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
    return collectif_id in reader.collectif_ids


def may_edit(reader: Reader, collectif_id: int, author_ids: Sequence[int | None]) -> bool:
    """Change, publish, withdraw an entry of a collectif: its authors, while they belong to it. Not the animateurs."""
    return reader.user_id in author_ids and collectif_id in reader.collectif_ids


# --- who reads: the sentence, the count and the check come from here ------------------------------------------------------


@dataclass(frozen=True)
class AudienceView:
    """A reader set, said in words. `count` is the number of active accounts that `allows` lets in."""

    kind: str  # brouillon, collectif, reseau: also the frame and the glyph
    collectif_id: int
    count: int
    label: str
    sentence: str
    detail: str
    button: str
    territories: int = 1

    def allows(self, reader: Reader) -> bool:
        """Whether a published entry of this audience opens for this reader (drafts: see `_readable`)."""
        if self.kind == Audience.COLLECTIF:
            return self.collectif_id in reader.collectif_ids
        return self.kind == Audience.RESEAU and bool(reader.collectif_ids)


def audience_of(session: RexSession, audience: Audience, collectif_id: int, collectif_name: str) -> AudienceView:
    """The reader set of an audience, counted now (one statement)."""
    with session.as_system("count the active accounts of an audience"):
        count, territories = session.execute(
            readers_of(audience, collectif_id).with_only_columns(
                func.count(Membership.user_id.distinct()), func.count(Membership.collectif_id.distinct())
            )
        ).one()
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


def readers_of(audience: Audience, collectif_id: int) -> Select[Membership]:
    """The memberships whose holders read such an entry; the same condition that loads a `Reader`'s memberships."""
    members = _current_members()
    return members.where(Membership.collectif_id == collectif_id) if audience is Audience.COLLECTIF else members


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
_entry, _authorship, _recit = _inner_entry.c, _inner_authorship.c, _inner_recit.c


def _told(reader: Reader, entry=Entry) -> ColumnElement[bool]:
    if not reader.collectif_ids:
        return false()
    in_mine = and_(entry.audience == Audience.COLLECTIF, entry.collectif_id.in_(reader.collectif_ids))
    return or_(in_mine, entry.audience == Audience.RESEAU)


def _written_by(reader: Reader) -> Select[int]:
    """Ids of the entries that this person signs, in the spaces that they currently belong to."""
    return (
        select(_authorship.entry_id)
        .select_from(_inner_authorship.join(_inner_entry, _entry.id == _authorship.entry_id))
        .where(_authorship.user_id == reader.user_id, _entry.collectif_id.in_(reader.collectif_ids))
        .correlate(None)
    )


def _readable(reader: Reader, entry=Entry) -> ColumnElement[bool]:
    return or_(_told(reader, entry), entry.id.in_(_written_by(reader)))


def _of_readable_entry(column: InstrumentedAttribute[Any]) -> Callable[[Reader], ColumnElement[bool]]:
    def scope(reader: Reader) -> ColumnElement[bool]:
        readable = select(_entry.id).where(_entry.id == column, _readable(reader, _entry))
        return readable.correlate_except(_inner_entry).exists()

    return scope


def _of_own_entry(column: InstrumentedAttribute[Any]) -> Callable[[Reader], ColumnElement[bool]]:
    return lambda reader: column.in_(_written_by(reader))


def _of_own_collectif(column: InstrumentedAttribute[Any]) -> Callable[[Reader], ColumnElement[bool]]:
    return lambda reader: true() if reader.is_admin else column.in_(reader.collectif_ids)


def _of_own_account(column: InstrumentedAttribute[Any]) -> Callable[[Reader], ColumnElement[bool]]:
    return lambda reader: column == reader.user_id


def _action_with_a_readable_recit(reader: Reader) -> ColumnElement[bool]:
    joined = _inner_recit.join(_inner_entry, _entry.id == _recit.id)
    told = select(_recit.action_id).select_from(joined).where(_readable(reader, _entry))
    return Action.id.in_(told.correlate(None))


def _is_somebody(reader: Reader) -> ColumnElement[bool]:
    """Names of people and of collectifs are read by every member: a publication to the réseau shows its readers."""
    return true() if reader.collectif_ids or reader.is_admin else false()


SCOPES: dict[type[Base], Callable[[Reader], ColumnElement[bool]]] = {
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
    CanvasSection: lambda reader: CanvasSection.collectif_id.in_(reader.collectif_ids),
    OwnBalise: lambda reader: OwnBalise.collectif_id.in_(reader.collectif_ids),
    Collectif: _is_somebody,
    User: lambda reader: or_(_is_somebody(reader), User.id == reader.user_id),
    Service: _of_own_collectif(Service.collectif_id),
    Membership: _of_own_collectif(Membership.collectif_id),
    Invitation: lambda reader: true() if reader.is_admin else Invitation.collectif_id.in_(reader.animated_ids),
    Credential: lambda reader: true() if reader.is_admin else Credential.user_id == reader.user_id,
    Device: _of_own_account(Device.user_id),
    OneTimeLink: _of_own_account(OneTimeLink.user_id),
}


@event.listens_for(RexSession, "do_orm_execute")
def _second_lock(state: ORMExecuteState) -> None:
    reader = getattr(state.session, "reader", None)
    if isinstance(reader, System):
        return
    if not isinstance(reader, Reader):
        raise NoReader("this session was opened without a reader: use the request's, or database.system('why')")
    if not state.is_orm_statement:
        raise NoReader("statements on tables escape the second lock: select mapped classes or their columns")
    if state.is_insert or state.is_column_load:
        return
    state.statement = state.statement.options(*_locks(state.session, reader, _classes_in(state.statement)))


def _classes_in(statement: Executable) -> frozenset[type[Base]]:
    """The mapped classes that a statement names anywhere: columns, joins, subqueries."""
    found = set()
    for element in visitors.iterate(statement):  # ty: ignore[invalid-argument-type]
        entity = element._annotations.get("parententity")
        if entity is not None:
            found.add(entity.mapper.base_mapper.class_)
        elif isinstance(element, TableClause):
            found.add(_class_of_table(element.name))
    return frozenset(found)


@cache
def _class_of_table(name: str) -> type[Base]:
    return next(m.base_mapper.class_ for m in Base.registry.mappers if m.local_table.name == name)  # ty: ignore


def _locks(session: Session, reader: Reader, classes: frozenset[type[Base]]) -> tuple[ExecutableOption, ...]:
    """The scopes of these classes for this reader; a class without a scope is for the system alone.

    Only those that the statement names: each scope costs time at every execution (measured: all of them double a list)."""
    kept = session.info.get("locks")
    if kept is None or kept[0] is not reader:
        kept = session.info["locks"] = (reader, {})
    for cls in classes - kept[1].keys():
        scope = SCOPES[cls](reader) if cls in SCOPES else false()
        kept[1][cls] = with_loader_criteria(cls, scope, include_aliases=True)
    return tuple(kept[1][cls] for cls in sorted(classes, key=lambda cls: cls.__name__))
