"""THE DOOR: who may see what, who may do what. Every read of something private starts here.

Two locks. The first is `visible_…(reader)`, from which queries start, and `may_…(reader, thing)`, which views and templates
ask. The second adds the same scope to every statement of a session, whatever wrote it: a query that forgot the door gives no
more rows than the door. A session without a reader runs nothing at all.

The list of reader sets (authors; giver and recipient of a recognition not yet accepted; members of the collectif; members of
all collectifs) is the whole list: there is no other. What hangs from an entry (messages, echoes, notes) is read by those who
read the entry, and never by more than those to whom it was said. Each demands a current membership of the space: an account
without membership reads nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from rex.collectifs.entrance_models import Device, OneTimeLink
from rex.collectifs.models import Collectif, College, Credential, Invitation, Membership, Role, Service, Theme, User
from rex.db import Base, BigId, RexSession
from rex.exchanges.models import Exchange, FormerWords, Mention, Synthese, SyntheseSentence, SyntheseSource
from rex.french import initials, joined, number, typo
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
from rex.referentiel.models import OwnBalise
from rex.reports.models import Report
from rex.second_lock import SCOPES
from rex.shapes import Shape, shape_of, values_of


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
    has_news: bool = False  # something unseen waits on « Ce qui vous attend »

    @cached_property
    def collectif_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.memberships)

    @cached_property
    def animated_ids(self) -> tuple[int, ...]:
        return tuple(m.collectif_id for m in self.memberships if m.is_animateur)

    @cached_property
    def service_ids(self) -> tuple[int, ...]:
        return tuple(m.service_id for m in self.memberships if m.service_id is not None)

    @cached_property
    def shape(self) -> Shape:
        """What a statement built for all readers may know of this one (`rex.shapes`)."""
        return shape_of(len(self.collectif_ids), len(self.animated_ids), len(self.service_ids), self.is_admin)

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The ids that the second lock gives to such a statement."""
        return values_of(self.user_id, self.collectif_ids, self.animated_ids, self.service_ids)

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


def may_answer(reader: Reader, audience: Audience | None, collectif_id: int) -> bool:
    """Answer an entry, echo a difficulty, report a text: whoever reads it, once it is told."""
    return (audience is Audience.RESEAU and bool(reader.collectif_ids)) or (
        audience is Audience.COLLECTIF and collectif_id in reader.collectif_ids
    )


def may_close_thread(reader: Reader, collectif_id: int) -> bool:
    """Close a thread with a synthèse, and open it again: the animateurs of the entry's collectif."""
    return may_animate(reader, collectif_id)


def may_judge_reports(reader: Reader, collectif_id: int) -> bool:
    """Read the reports of a collectif, suspend a text with a written reason, take an entry back from the réseau."""
    return may_animate(reader, collectif_id)


def may_receive(reader: Reader, to_user_id: int | None, to_service_id: int | None) -> bool:
    """Answer a recognition: the person thanked, or any member of the service thanked."""
    return reader.user_id == to_user_id or (to_service_id is not None and to_service_id in reader.service_ids)


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

    @property
    def before(self) -> str:
        """What ends a button: « Répondre … devant les 142 membres »."""
        if self.kind == Audience.RESEAU:
            return typo(f"devant le réseau ({number(self.count)})")
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
        return self.kind == Audience.RESEAU and bool(reader.collectif_ids)


def audience_of(session: RexSession, audience: Audience, collectif_id: int, collectif_name: str) -> AudienceView:
    """The reader set of an audience, counted now (one statement)."""
    with session.as_system("count the active accounts of an audience"):
        if audience is Audience.COLLECTIF:
            ((count, territories),) = _readers_in_collectif.rows(session, collectif=collectif_id)
        else:
            ((count, territories),) = _readers_in_reseau.rows(session)
    return _said_of(audience, collectif_id, collectif_name, count, territories)


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
_inner_former = FormerAuthor.__table__.alias("lock_former_author")
_inner_membership = Membership.__table__.alias("lock_membership")
_inner_user = User.__table__.alias("lock_user")
_entry, _authorship, _recit = _inner_entry.c, _inner_authorship.c, _inner_recit.c
_recognition, _other = _inner_recognition.c, _inner_other.c


def _told(reader: Asker, entry=Entry) -> ColumnElement[bool]:
    if not reader.collectif_ids:
        return false()
    in_mine = and_(entry.audience == Audience.COLLECTIF, entry.collectif_id.in_(reader.collectif_ids))
    # A CASE and not an OR: SQLite would look up both halves of an OR in their indexes, so all that this person reads, before
    # it comes to the few rows that the page asks for.
    told = case((in_mine, true()), (entry.audience == Audience.RESEAU, true()), else_=false())
    return and_(told, entry.suspended_at.is_(None))


def _signs(reader: Asker, entry_id: Any) -> ColumnElement[bool]:
    """Whether this person signs the entry. Looked up row by row: a list of all that they wrote would grow with the journal."""
    signed = select(_authorship.id).where(_authorship.entry_id == entry_id, _authorship.user_id == reader.user_id)
    return signed.correlate_except(_inner_authorship).exists()


def _writes(reader: Asker, entry_id: Any) -> ColumnElement[bool]:
    """Whether this person signs the entry, and belongs to its space now."""
    there = select(_entry.id).where(_entry.id == entry_id, _entry.collectif_id.in_(reader.collectif_ids))
    return and_(_signs(reader, entry_id), there.correlate_except(_inner_entry).exists())


def _written_by(reader: Asker) -> Select[int]:
    """Ids of the entries that this person signs, in the spaces that they currently belong to: what a list of them starts from."""
    there = select(_entry.id).where(_entry.id == _authorship.entry_id, _entry.collectif_id.in_(reader.collectif_ids))
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
        or_(entry.collectif_id.in_(reader.collectif_ids), _recognition.intended == Audience.RESEAU),
    )
    return and_(entry.suspended_at.is_(None), given.correlate_except(_inner_recognition).exists())


def _readable(reader: Asker, entry: Any = Entry) -> ColumnElement[bool]:
    written = and_(entry.collectif_id.in_(reader.collectif_ids), _signs(reader, entry.id))
    return or_(_told(reader, entry), written, _receives(reader, entry))


def _of_readable_entry(column: InstrumentedAttribute[Any]) -> Callable[[Asker], ColumnElement[bool]]:
    def scope(reader: Asker) -> ColumnElement[bool]:
        readable = select(_entry.id).where(_entry.id == column, _readable(reader, _entry))
        return readable.correlate_except(_inner_entry).exists()

    return scope


def _heard(reader: Asker, audience: Any, entry: Any) -> ColumnElement[bool]:
    """The audience at which something was said is its ceiling, however wide its entry became."""
    return or_(audience == Audience.RESEAU, entry.collectif_id.in_(reader.collectif_ids))


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
    there = select(_entry.id).where(_entry.id == column, _entry.collectif_id.in_(reader.collectif_ids))
    return there.correlate_except(_inner_entry).exists()


def _to_judge(reader: Asker) -> ColumnElement[bool]:
    """The reports of the collectifs that this person animates, save those about a text of theirs, or that they signed once: who
    reported them is not for them to know, and another animateur judges."""
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
    return and_(Report.collectif_id.in_(reader.animated_ids), not_theirs)


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
    thanked = seats.where(Membership.service_id == _recognition.to_service_id).correlate(User, _inner_recognition).exists()
    signs = select(_authorship.id).where(_authorship.entry_id == _entry.id, _authorship.user_id == User.id)
    told = and_(
        or_(and_(_entry.audience == Audience.COLLECTIF, here), and_(_entry.audience == Audience.RESEAU, somewhere)),
        _entry.suspended_at.is_(None),
    )
    received = and_(
        or_(_recognition.to_user_id == User.id, thanked),
        _recognition.answer != Answer.DECLINED,
        or_(here, and_(_recognition.intended == Audience.RESEAU, somewhere)),
        _entry.suspended_at.is_(None),
    )
    query = (
        select(User.id)
        .join(_inner_entry, _entry.id == entry_id)
        .outerjoin(_inner_recognition, _recognition.id == _entry.id)
        .where(User.id.in_(user_ids), User.closed_at.is_(None))
    )
    if exchange_id is None:
        signed = and_(here, signs.correlate(User, _inner_entry).exists())
        query = query.where(or_(told, signed, received))
    else:
        said = _inner_exchange.c
        query = query.join(_inner_exchange, and_(said.id == exchange_id, said.entry_id == _entry.id))
        query = query.where(told, or_(said.audience == Audience.RESEAU, here))
    with session.as_system("know who among those concerned may read"):
        return set(session.scalars(query))


def still_hears(user_id: Any) -> ColumnElement[bool]:
    """Whether this person (a column) still reads the `Exchange` of the statement: a current member of the collectif of its
    entry, or of any one when both are told to the réseau."""
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
    return there.correlate_except(_inner_membership, _inner_user, _inner_entry).exists()


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
SCOPES.update(_SCOPES)
