"""What is told to a person, read through the door as that person: a notice whose entry they may not read now is not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import aliased

from rex.access import Reader, visible_entries, visible_recits
from rex.collectifs.models import Space, User
from rex.db import RexSession
from rex.exchanges.models import Exchange
from rex.journal.models import Action, Authorship, Entry, EntryKind, Recit
from rex.journal.moment_models import What
from rex.notices.models import Notice
from rex.notices.of_no_entry import ToldOfNoEntry, rows_of_no_entry
from rex.notices.of_readings import ReadingSaid
from rex.notices.of_seances import SeanceSaid
from rex.reports.models import Report, on_entry
from rex.sealed_words import SpaceKind

# These say that somebody's answer is awaited: what stands in their tables says better whether it still is (`rex.notices.asks`).
ASKING = frozenset({
    What.CO_AUTHOR_ASKED, What.CONSENT_ASKED, What.RECIT_ASKED, What.DELETION_ASKED, What.THANKS_RECEIVED,
})
AT_ONCE = ASKING - {What.THANKS_RECEIVED}  # somebody waits for these answers: their mails leave alone, at any hour
# what is looked at on the page of the action
OF_THE_ACTION = frozenset({What.NOTE, What.OTHER_RECIT, What.NOTE_SUSPENDED, What.NOTE_RESTORED})
# told to the animateurs of a text that they do not read: who judges it reads the report, its letters, what it shows
TO_JUDGES = frozenset({What.LETTER, What.SHOWN})
AWAITS_JUDGES = TO_JUDGES | {What.REPORTED}
ABOUT_A_HIDDEN_MESSAGE = frozenset({What.SUSPENDED, What.REPORTED})
A_PAGE = 200

_parent = aliased(Exchange)
_answered = select(_parent.author_id).where(_parent.id == Exchange.parent_id).correlate(Exchange).scalar_subquery()


@dataclass(frozen=True)
class Told:
    """A notice, and what it speaks of as its person reads it now."""

    id: int
    what: What
    at: datetime
    actor: str  # empty: nobody in particular, or a deleted account
    entry_id: int
    entry_public_id: str
    kind: EntryKind
    title: str  # empty while it is sealed
    is_told: bool  # published, and not suspended: its title may travel
    collectif: str
    collectif_slug: str
    exchange_public_id: str
    is_mine: bool  # the reader signs the entry
    is_to_me: bool  # the message answers one of the reader's
    action_public_id: str = ""
    about: SeanceSaid | ReadingSaid | None = None  # it is about this, and no entry
    group_public_id: str = ""  # it happened in a peer group: then nothing else is said of it, neither who nor what


def told_to(
    session: RexSession,
    reader: Reader,
    *,
    ids: Collection[int] | None = None,
    before: int | None = None,
    mailed_at: datetime | None = None,
    most: int = A_PAGE,
) -> list[Told]:
    """What is unseen, newest first; three statements, and one for an animateur (two when something is shown to them).
    `ids`: among these notices; `before`: older than this one; `mailed_at`: those that were marked as told at that instant."""
    which = [Notice.user_id == reader.user_id, Notice.seen_at.is_(None)]
    if ids is not None:
        which.append(Notice.id.in_(ids))
    if before is not None:
        which.append(Notice.id < before)
    if mailed_at is not None:
        which.append(Notice.mailed_at == mailed_at)
    rows = session.execute(_unseen(reader).where(*which).order_by(Notice.id.desc()).limit(most)).all()
    actions = _actions_of(session, reader, {row.entry_id for row in rows if row.what in OF_THE_ACTION})
    told = [_told(row, actions) for row in rows]
    hidden = _shown_to_judges(session, which, most) if reader.animated_ids else []
    hidden += [_of_no_entry(one) for one in rows_of_no_entry(session, reader, which, most)]
    return sorted([*told, *hidden], key=lambda one: one.id, reverse=True)[:most]


def _shown_to_judges(session: RexSession, which: Sequence[ColumnElement[bool]], most: int) -> list[Told]:
    """What concerns texts that an animateur does not read: told as long as a report waits that they may judge (the second lock
    of `Report` says which), without a word of the text."""
    waits = select(Report.id).where(*on_entry(Notice.entry_id), Report.handled_at.is_(None)).exists()
    rows = session.execute(
        select(Notice.id, Notice.what, Notice.created_at, Notice.entry_id, User.name)
        .outerjoin(User, User.id == Notice.actor_id)
        .where(*which, Notice.what.in_(TO_JUDGES), waits)
        .order_by(Notice.id.desc())
        .limit(most)
    ).all()
    if not rows:
        return []
    with session.as_system("of what kind is the text that an animateur is shown, and where"):
        of_it = select(
            Entry.id, Entry.public_id, Entry.kind, Space.name, Space.slug, Space.kind.label("space_kind"),
            Space.public_id.label("space_public_id"),
        ).join(Space, Space.id == Entry.collectif_id)
        found = {row.id: row for row in session.execute(of_it.where(Entry.id.in_({row.entry_id for row in rows})))}
    return [_shown(row, found[row.entry_id]) for row in rows]


def _shown(row: Row, entry: Row) -> Told:
    in_group = entry.space_kind is SpaceKind.GROUPE
    return Told(
        id=row.id,
        what=row.what,
        at=row.created_at,
        actor="" if in_group else row.name or "",
        entry_id=row.entry_id,
        entry_public_id="" if in_group else entry.public_id,
        kind=entry.kind,
        title="",
        is_told=False,
        collectif="" if in_group else entry.name,
        collectif_slug="" if in_group else entry.slug,
        exchange_public_id="",
        is_mine=False,
        is_to_me=False,
        group_public_id=entry.space_public_id if in_group else "",
    )


def _of_no_entry(one: ToldOfNoEntry) -> Told:
    """A notice about a séance or a lecture contradictoire; of a group, that something is new there."""
    about, in_group = one.about, bool(one.about.group_public_id)
    return Told(
        id=one.id,
        what=one.what,
        at=one.at,
        actor="" if in_group else one.actor,
        entry_id=0,
        entry_public_id="" if in_group else about.public_id,
        kind=EntryKind.RECIT,
        title="" if in_group else about.title,
        is_told=not in_group,
        collectif="" if in_group else about.collectif,
        collectif_slug="" if in_group else about.collectif_slug,
        exchange_public_id="",
        is_mine=False,
        is_to_me=False,
        about=None if in_group else about,
        group_public_id=about.group_public_id,
    )


def _unseen(reader: Reader) -> Select:
    hidden = or_(Exchange.suspended_at.is_(None), Notice.what.in_(ABOUT_A_HIDDEN_MESSAGE))
    said = and_(Exchange.id.is_not(None), Exchange.withdrawn_at.is_(None), hidden)
    signs = select(Authorship.id).where(Authorship.entry_id == Entry.id, Authorship.user_id == reader.user_id)
    return (
        visible_entries(reader)
        .join(Notice, Notice.entry_id == Entry.id)
        .join(Space, Space.id == Entry.collectif_id)
        .outerjoin(User, User.id == Notice.actor_id)
        .outerjoin(Exchange, Exchange.id == Notice.exchange_id)
        .where(
            Notice.what.not_in(ASKING | TO_JUDGES),
            or_(Notice.what != What.WITHDRAWN, Entry.published_at.is_(None)),  # back in the journal, it says nothing true
            or_(Notice.exchange_id.is_(None), said),
        )
        .with_only_columns(
            Notice.id,
            Notice.what,
            Notice.created_at,
            User.name.label("actor"),
            Entry.id.label("entry_id"),
            Entry.public_id.label("entry_public_id"),
            Entry.kind,
            Entry.title,
            Entry.published_at,
            Entry.suspended_at,
            Space.name.label("collectif"),
            Space.slug,
            Space.kind.label("space_kind"),
            Space.public_id.label("space_public_id"),
            Exchange.public_id.label("exchange_public_id"),
            _answered.label("answered_id"),
            signs.exists().label("is_mine"),
            Notice.user_id,
        )
    )


def _told(row: Row, actions: dict[int, str]) -> Told:
    if row.space_kind == SpaceKind.GROUPE:
        return _told_in_a_group(row)
    return Told(
        id=row.id,
        what=row.what,
        at=row.created_at,
        actor=row.actor or "",
        entry_id=row.entry_id,
        entry_public_id=row.entry_public_id,
        kind=row.kind,
        title=row.title,
        is_told=row.published_at is not None and row.suspended_at is None,
        collectif=row.collectif,
        collectif_slug=row.slug,
        exchange_public_id=row.exchange_public_id or "",
        is_mine=row.is_mine,
        is_to_me=row.answered_id == row.user_id,
        action_public_id=actions.get(row.entry_id, ""),
    )


def _told_in_a_group(row: Row) -> Told:
    """Outside of the room: that something is new there, and when."""
    return Told(
        id=row.id,
        what=row.what,
        at=row.created_at,
        actor="",
        entry_id=row.entry_id,
        entry_public_id="",
        kind=row.kind,
        title="",
        is_told=False,
        collectif="",
        collectif_slug="",
        exchange_public_id="",
        is_mine=False,
        is_to_me=False,
        group_public_id=row.space_public_id,
    )


def _actions_of(session: RexSession, reader: Reader, entry_ids: Collection[int]) -> dict[int, str]:
    """Récit id → the public id of its action."""
    if not entry_ids:
        return {}
    query = visible_recits(reader).join(Action, Action.id == Recit.action_id).where(Recit.id.in_(entry_ids))
    return dict(session.execute(query.with_only_columns(Recit.id, Action.public_id)).all())
