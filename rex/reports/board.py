"""What the animateurs of a journal have before them: the reports that wait, the texts that they suspended, what was done.

What they read of a text comes through the door, as for any member; of one that nobody reads, its kind, its authors and its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from rex.access import MembershipView, Reader, visible_entries
from rex.collectifs.models import User
from rex.db import RexSession
from rex.exchanges.entries import url_of
from rex.french import joined, of_name
from rex.journal.models import Audience, Authorship, Entry, EntryKind
from rex.journal.queries import NOBODY
from rex.journal.together_models import FormerAuthor
from rex.reports.beside_board import with_beside
from rex.reports.hanging import BY_COLUMN, SORTS, Hanging, hanging_texts
from rex.reports.lines import DONE, RECENT, Board, Case, Handled, Reason, SuspendedLine
from rex.reports.models import BESIDE, HANGING, Report, Target, target_of
from rex.reports.pending import words_shown
from rex.reports.queries import was_theirs_to_read
from rex.reports.sealing import opened_reason
from rex.text import excerpt

_NAMED = [getattr(Report, name) for name in (*HANGING, *BESIDE)]
A_TEXT = {
    EntryKind.RECIT: "Un récit", EntryKind.DIFFICULTY: "Une difficulté", EntryKind.RECOGNITION: "Une reconnaissance",
    EntryKind.TENSION: "Une tension",
}  # fmt: skip


def board_of(session: RexSession, reader: Reader, seat: MembershipView) -> Board:
    """The page of the animateurs; a constant number of statements."""
    waiting, waiting_beside = _apart(_waiting(session, seat))
    suspended = _suspended_entries(session, reader, seat)
    hanging = _suspended_hanging(session, reader, seat)
    handled, handled_beside = _apart(_handled(session, seat))
    ids = {row.entry_id for row in [*waiting, *handled, *suspended]}
    texts = _texts(session, ids)
    hidden = {row.entry_id for row in suspended}
    lines = {row.entry_id: _line(row.public_id, texts[row.entry_id].said, row.published_at, row) for row in suspended}
    for row in waiting:
        if not target_of(row).column and row.entry_id in lines:
            lines[row.entry_id].reasons.append(_reason(session, seat, row, texts))
    others = [_line(text.path, f"{text.sort.a} {of_name(text.author)}", text.created_at, text) for text in hanging]
    done = [
        Handled(row.handled_at, row.name or NOBODY, _handled_text(row, texts[row.entry_id]), DONE[row.outcome]) for row in handled
    ]
    standing = [row for row in waiting if target_of(row).column or row.entry_id not in hidden]
    read = _read(session, reader, seat, standing, texts)
    of_entries = Board(
        cases=_cases(session, seat, standing, texts, read),
        suspended=[*lines.values(), *others],
        handled=done,
    )
    return with_beside(session, reader, seat, of_entries, waiting_beside, handled_beside)


def _apart(rows: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """The reports on entries and on what hangs from them; those on what hangs from none."""
    return [row for row in rows if row.entry_id is not None], [row for row in rows if row.entry_id is None]


def _line(path: str, what: str, published_at: datetime | None, row: Any) -> SuspendedLine:
    return SuspendedLine(path, what, published_at, row.suspended_at, row.suspended_why)


@dataclass(frozen=True)
class _Text:
    """What may be said of any text of the journal to its animateurs, read or not: its kind, its authors."""

    public_id: str
    kind: EntryKind
    author_ids: tuple[int, ...]
    authors: tuple[str, ...]
    published_at: datetime | None

    @property
    def said(self) -> str:
        return f"{A_TEXT[self.kind]} {of_name(joined(self.authors))}" if self.authors else A_TEXT[self.kind]


def _handled_text(row: Any, text: _Text) -> str:
    column = target_of(row).column
    return SORTS[BY_COLUMN[column]].a if column else text.said


def _texts(session: RexSession, entry_ids: set[int]) -> dict[int, _Text]:
    with session.as_system("say to animateurs whose suspended text it is, without a word of it"):
        rows = session.execute(
            select(Entry.id, Entry.public_id, Entry.kind, Entry.published_at, Authorship.position, Authorship.user_id, User.name)
            .outerjoin(Authorship, Authorship.entry_id == Entry.id)
            .outerjoin(User, User.id == Authorship.user_id)
            .where(Entry.id.in_(entry_ids))
            .order_by(Entry.id, Authorship.position)
        ).all()
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return {
        entry_id: _Text(
            those[0].public_id,
            those[0].kind,
            tuple(row.user_id for row in those if row.user_id is not None),
            tuple(row.name or NOBODY for row in those if row.position is not None),  # nobody signs a tension
            those[0].published_at,
        )
        for entry_id, those in found.items()
    }


def _waiting(session: RexSession, seat: MembershipView) -> Sequence[Any]:
    """What was written to the animateurs and waits, oldest first; the second lock leaves out what is about their own texts."""
    return session.execute(
        select(
            Report.public_id, Report.entry_id, *_NAMED, Report.reason, Report.created_at, Report.reporter_id, User.name
        )
        .outerjoin(User, User.id == Report.reporter_id)
        .where(Report.collectif_id == seat.collectif_id, Report.handled_at.is_(None))
        .order_by(Report.created_at, Report.id)
    ).all()


@dataclass(frozen=True)
class _Read:
    """What an animateur reads, as a member, of the texts that were reported: nothing of those suspended or withdrawn."""

    entries: dict[int, Any]
    hanging: dict[Target, Hanging]
    shown: dict[int, str]  # the words of the thank-yous that their recipients show, by entry id


def _read(
    session: RexSession, reader: Reader, seat: MembershipView, rows: Sequence[Any], texts: dict[int, _Text]
) -> _Read:
    entries = session.execute(
        visible_entries(reader)
        .where(Entry.id.in_([row.entry_id for row in rows]), Entry.audience.is_not(None), Entry.suspended_at.is_(None))
        .with_only_columns(Entry.id, Entry.title, Entry.excerpt, Entry.audience, Entry.about_id)
    )
    hanging: dict[Target, Hanging] = {}
    for kind, sort in SORTS.items():
        named = [getattr(row, sort.column) for row in rows if getattr(row, sort.column) is not None]
        found = hanging_texts(session, reader, kind, sort.id.in_(named)) if named else []
        hanging |= {Target(text.entry_id, sort.column, text.id): text for text in found}
    told = {row.id: row for row in entries}
    thanks = [row for row in rows if not target_of(row).column and texts[row.entry_id].kind is EntryKind.RECOGNITION]
    shown = words_shown(session, seat.key_name, [row for row in thanks if row.entry_id not in told])
    return _Read(told, hanging, shown)


def _cases(session: RexSession, seat: MembershipView, rows: Sequence[Any], texts: dict[int, _Text], read: _Read) -> list[Case]:
    cases: dict[Target, Case] = {}
    for row in rows:
        key = target_of(row)
        if key not in cases:
            cases[key] = _case_of(row, texts[row.entry_id], read)
        cases[key].reasons.append(_reason(session, seat, row, texts))
    return list(cases.values())


def _case_of(row: Any, text: _Text, read: _Read) -> Case:
    url, entry, target = url_of(text.kind, text.public_id), read.entries.get(row.entry_id), target_of(row)
    if target.column:
        found = read.hanging.get(target)
        whose = f"{SORTS[BY_COLUMN[target.column]].a} {of_name(found.author if found else NOBODY)}"
        case = Case(row.public_id, whose, found.created_at if found else None, hangs=True)
        if found is not None and entry is not None and found.words:
            case.title, case.words, case.url = entry.title, excerpt(found.words, 400), found.url
        return case
    case = Case(row.public_id, text.said, text.published_at)
    if entry is not None:
        is_passage = text.kind is EntryKind.DIFFICULTY and entry.about_id is not None
        case.title, case.words, case.url = entry.title, entry.excerpt, url
        case.may_narrow = entry.audience is Audience.RESEAU and not is_passage
    elif row.entry_id in read.shown:
        case.words, case.is_pending = read.shown[row.entry_id], True
    return case


def _reason(session: RexSession, seat: MembershipView, row: Any, texts: dict[int, _Text]) -> Reason:
    words = opened_reason(session, seat.key_name, row.public_id, row.reason)
    is_author = not target_of(row).column and row.reporter_id in texts[row.entry_id].author_ids
    return Reason(row.name or NOBODY, row.created_at, words, is_author)


def _suspended_entries(session: RexSession, reader: Reader, seat: MembershipView) -> Sequence[Any]:
    """The suspended entries of a journal, without a word of them; passages suspended with their récit stand for it, and an
    animateur's own text (signed now, or once) waits for another one."""
    mine = select(Authorship.entry_id).where(Authorship.user_id == reader.user_id)
    once = select(FormerAuthor.entry_id).where(FormerAuthor.user_id == reader.user_id)
    recit = aliased(Entry)
    with session.as_system("the suspended texts of a journal, without a word of them"):
        return session.execute(
            select(Entry.id.label("entry_id"), Entry.public_id, Entry.published_at, Entry.suspended_at, Entry.suspended_why)
            .outerjoin(recit, recit.id == Entry.about_id)
            .where(
                Entry.collectif_id == seat.collectif_id,
                Entry.suspended_at.is_not(None),
                func.coalesce(recit.suspended_at != Entry.suspended_at, True),
                Entry.id.not_in(mine),
                was_theirs_to_read(reader, seat),
                Entry.id.not_in(once),
            )
            .order_by(Entry.suspended_at, Entry.id)
        ).all()


def _suspended_hanging(session: RexSession, reader: Reader, seat: MembershipView) -> list[Hanging]:
    """What was suspended under the entries of a journal that this animateur reads: one statement for each kind, a few more where
    something is."""
    return [
        text
        for kind, sort in SORTS.items()
        for text in hanging_texts(
            session,
            reader,
            kind,
            Entry.collectif_id == seat.collectif_id,
            sort.model.suspended_at.is_not(None),
            sort.author_id.is_distinct_from(reader.user_id),
        )
    ]


def _handled(session: RexSession, seat: MembershipView) -> Sequence[Any]:
    return session.execute(
        select(Report.handled_at, Report.entry_id, *_NAMED, Report.outcome, User.name)
        .outerjoin(User, User.id == Report.handled_by_id)
        .where(Report.collectif_id == seat.collectif_id, Report.outcome.is_not(None))
        .order_by(Report.handled_at.desc(), Report.id.desc())
        .limit(RECENT)
    ).all()
