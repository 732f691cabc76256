"""Finding a text that may be reported, and who would read the report."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true

from rex import clock
from rex.access import MembershipView, Reader, is_current, is_in_group, visible_entries
from rex.collectifs.group_models import GroupMember, GroupRole, PeerGroup
from rex.collectifs.models import Membership, Role, User
from rex.db import RexSession
from rex.exchanges.entries import ToldEntry, find_entry, url_of
from rex.journal.former_authors import former_authors
from rex.journal.models import Audience, Authorship, Entry
from rex.reports import pending
from rex.reports.hanging import BY_COLUMN, SORTS, Hanging, Kind, find_hanging, hanging_texts
from rex.reports.models import Outcome, Report, Target, target_of
from rex.reports.sealing import opened_answer
from rex.text import excerpt, plain


@dataclass(frozen=True)
class TextAt:
    """An entry, or a text that hangs from it, that this reader reads."""

    entry: ToldEntry
    hanging: Hanging | None
    author_ids: frozenset[int]
    former_ids: frozenset[int] = frozenset()  # who signed it once
    is_pending: bool = False  # a thank-you between two, which its recipient shows

    @property
    def party_ids(self) -> frozenset[int]:
        """Those who do not judge it."""
        return self.author_ids | self.former_ids

    @property
    def words(self) -> str:
        """A few words of it, on one line."""
        if self.hanging is not None:
            return excerpt(self.hanging.words, 300)
        return excerpt(self.entry.words, 300) or plain(self.entry.title)

    @property
    def url(self) -> str:
        return self.hanging.url if self.hanging else self.entry.url

    @property
    def this(self) -> str:
        """« ce message », « cette note »."""
        return self.hanging.sort.this if self.hanging else "ce texte"

    @property
    def kind(self) -> Kind | None:
        return self.hanging.kind if self.hanging else None

    @property
    def target(self) -> Target:
        return Target(self.entry.id, self.hanging.sort.column, self.hanging.id) if self.hanging else Target(self.entry.id)

    @property
    def exchange_id(self) -> int | None:
        """What a notice leads to, when it is a message."""
        return self.hanging.id if self.hanging and self.hanging.kind is Kind.MESSAGE else None


def find_text(session: RexSession, reader: Reader, entry_id: str, exchange_id: str = "", *, hold: bool = False) -> TextAt | None:
    """The text of this address (an entry, or a message under it), if it is told to this reader and still stands; or a thank-you
    that waits for their answer."""
    if exchange_id:
        found = find_hanging(session, reader, Kind.MESSAGE, exchange_id)
        return _standing(session, reader, found, hold) if found and found.entry_public_id == entry_id else None
    entry = find_entry(session, reader, entry_id, hold=hold)
    if entry is None:
        return _pending(pending.received(session, reader, entry_id, hold=hold))
    authors = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == entry.id))
    return TextAt(entry, None, frozenset(user_id for user_id in authors if user_id), former_authors(session, entry.id))


def _pending(found: pending.Found | None) -> TextAt | None:
    return TextAt(*(found[0], None, found[1]), is_pending=True) if found else None


def find_hanging_text(session: RexSession, reader: Reader, kind: Kind, public_id: str, *, hold: bool = False) -> TextAt | None:
    """A note, an echo with its sentence, a rereading or a synthèse that is told to this reader and still stands."""
    found = find_hanging(session, reader, kind, public_id)
    return _standing(session, reader, found, hold) if found else None


def _standing(session: RexSession, reader: Reader, found: Hanging, hold: bool) -> TextAt | None:
    entry = find_entry(session, reader, found.entry_public_id, hold=hold)
    if entry is None or not found.words:
        return None
    return TextAt(entry, found, frozenset({found.author_id} if found.author_id else ()))


def judges(session: RexSession, space_id: int, told_at: datetime | None, but: frozenset[int]) -> list[tuple[int, str]]:
    """(user id, name) of those who would read a report on a text of these authors, told at that time: the animateurs of its
    collectif; the responsables of its group who read it. Never its authors."""
    animateurs = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.collectif_id == space_id, Membership.role == Role.ANIMATEUR, is_current())
    )
    responsables = (
        select(User.id, User.name)
        .join(GroupMember, GroupMember.user_id == User.id)
        .join(PeerGroup, PeerGroup.id == GroupMember.group_id)
        .where(GroupMember.group_id == space_id, GroupMember.role == GroupRole.RESPONSABLE, is_in_group())
        .where(or_(GroupMember.arrived_at <= (told_at or clock.now()), PeerGroup.shows_history))
    )
    with session.as_system("name those who would read a report"):
        found = [*session.execute(animateurs), *session.execute(responsables)]
    return sorted(((row.id, row.name) for row in found if row.id not in but), key=lambda one: (one[1], one[0]))


def was_theirs_to_read(reader: Reader, seat: MembershipView) -> ColumnElement[bool]:
    """Of the entries of a space, those that its judge reads while they are told: in a group, not what was told before they came."""
    if not seat.is_group:
        return true()
    told_at = func.coalesce(Entry.published_at, Entry.created_at)
    there = select(GroupMember.id).join(PeerGroup, PeerGroup.id == GroupMember.group_id)
    mine = GroupMember.user_id == reader.user_id, GroupMember.group_id == Entry.collectif_id, GroupMember.left_at.is_(None)
    return there.where(*mine, or_(GroupMember.arrived_at <= told_at, PeerGroup.shows_history)).exists()


def was_reported_by(session: RexSession, reader: Reader, target: Target) -> bool:
    """Whether this person has already shown this text to the animateurs."""
    return _count_by(session, reader, target, only_open=False) > 0


def open_letters_of(session: RexSession, reader: Reader, entry_id: int) -> int:
    """How many times this author wrote to the animateurs about a suspended text, without an answer yet."""
    return _count_by(session, reader, Target(entry_id), only_open=True)


def _count_by(session: RexSession, reader: Reader, target: Target, *, only_open: bool) -> int:
    query = select(func.count(Report.id)).where(*target.reports, Report.reporter_id == reader.user_id)
    with session.as_system("what this person wrote to the animateurs about a text"):
        return session.scalar(query.where(Report.handled_at.is_(None)) if only_open else query) or 0


def count_open(session: RexSession, seat: MembershipView) -> int:
    """How many reports of a journal wait for its animateurs; the second lock leaves out those that are not for this reader."""
    query = select(func.count(Report.id)).where(Report.collectif_id == seat.collectif_id, Report.handled_at.is_(None))
    return session.scalar(query) or 0


def why_taken_back(session: RexSession, entry_id: int, audience: Audience, key_name: str) -> str:
    """What the authors of an entry are told about its leaving the réseau, as long as it is not there again; else nothing."""
    if audience is Audience.RESEAU:
        return ""
    with session.as_system("tell authors why their text was taken back from the réseau"):
        last = session.scalars(
            select(Report)
            .where(Report.entry_id == entry_id, Report.outcome == Outcome.NARROWED, Report.answer.is_not(None))
            .order_by(Report.handled_at.desc(), Report.id.desc())
            .limit(1)
        ).first()
        return opened_answer(session, key_name, last) if last else ""


@dataclass(frozen=True)
class Suspended:
    """A suspended entry, for one of its authors."""

    id: int
    public_id: str
    collectif_id: int
    url: str
    suspended_why: str
    party_ids: frozenset[int]  # who signs it, or did: they do not judge it
    told_at: datetime | None


def find_own_suspended(session: RexSession, reader: Reader, entry_id: str) -> Suspended | None:
    """A suspended entry of this person, published or withdrawn since."""
    row = session.execute(
        visible_entries(reader)
        .join(Authorship, Authorship.entry_id == Entry.id)
        .where(Entry.public_id == entry_id, Entry.suspended_at.is_not(None), Authorship.user_id == reader.user_id)
        .with_only_columns(Entry.id, Entry.public_id, Entry.kind, Entry.collectif_id, Entry.suspended_why, Entry.published_at)
    ).first()
    if row is None:
        return None
    authors = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == row.id))
    ids = frozenset(user_id for user_id in authors if user_id) | former_authors(session, row.id)
    url = url_of(row.kind, row.public_id)
    return Suspended(row.id, row.public_id, row.collectif_id, url, row.suspended_why, ids, row.published_at)


def open_report(session: RexSession, seat: MembershipView, report_id: str) -> Report | None:
    """A report of a journal, for an animateur who judges it (the second lock leaves out those on texts of theirs)."""
    query = select(Report).where(Report.public_id == report_id, Report.collectif_id == seat.collectif_id)
    return session.scalars(query.with_for_update()).first()


def text_of_report(session: RexSession, reader: Reader, report: Report) -> TextAt | None:
    """The text that was reported, as its judge reads it, or as its recipient shows it; None when nobody reads it any more."""
    target = target_of(report)
    if not target.column:
        entry = visible_entries(reader).with_only_columns(Entry.public_id).where(Entry.id == target.entry_id)
        entry_id = session.scalar(entry)
        text = find_text(session, reader, entry_id, hold=True) if entry_id else None
        return text or _pending(pending.shown_by(session, report))
    kind = BY_COLUMN[target.column]
    found = hanging_texts(session, reader, kind, SORTS[kind].id == target.id)
    return _standing(session, reader, found[0], hold=True) if found else None
