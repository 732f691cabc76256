"""What is done with reports: show a text to the animateurs, leave it, suspend it, restore it, take it back from the réseau."""

from sqlalchemy import select, update

from rex import clock
from rex.access import MembershipView, Reader, may_judge_reports, visible_entries
from rex.db import RexSession, new_public_id
from rex.journal import moments
from rex.journal.former_authors import former_authors
from rex.journal.models import Audience, Authorship, Entry, EntryKind, Recit
from rex.journal.moments import What
from rex.journal.passages_of_recits import restore_with, suspend_with
from rex.journal.publishing import change_audience, place_in_action, unname_action
from rex.journal.suspension_models import WHY_LENGTH
from rex.reports.hanging import SORTS, Hanging, Kind
from rex.reports.models import Outcome, Report, Target, target_of
from rex.reports.queries import Suspended, TextAt, judges, was_reported_by, was_theirs_to_read
from rex.reports.sealing import sealed_answer, sealed_reason
from rex.reports.suspending import lift_hanging, suspend_hanging
from rex.text.marks import tidy

REASON = 2_000  # characters: what somebody says to the animateurs
WHY = WHY_LENGTH  # what the animateurs say to the authors
GONE = "Ce texte n’est plus lu : il a été retiré ou suspendu entre-temps."
# What its author is told; of what hangs from an entry, that the entry itself still stands.
SUSPENDED = {None: What.SUSPENDED, Kind.MESSAGE: What.SUSPENDED, Kind.NOTE: What.NOTE_SUSPENDED}
RESTORED = {Kind.MESSAGE: What.RESTORED, Kind.NOTE: What.NOTE_RESTORED}


class NothingToDo(RuntimeError):
    """The text is no longer there to be judged: withdrawn, suspended or narrowed meanwhile. `str()` says so in French."""


def report(session: RexSession, reader: Reader, text: TextAt, reason: str) -> bool:
    """Show a text to the animateurs of its collectif, and say why; False when this person already did.

    The caller found the text with its row held, so that of two sendings at once the second finds the first."""
    if reader.user_id in text.author_ids:
        raise PermissionError("one withdraws one's own text")
    if was_reported_by(session, reader, text.target):
        return False
    write_report(session, reader, text.target, text.entry.collectif_id, text.entry.key_name, reason)
    told = [user_id for user_id, _ in judges(session, text.entry.collectif_id, text.entry.told_at, text.party_ids)]
    moments.tell(session, reader, What.SHOWN if text.is_pending else What.REPORTED, text.entry.id, told, text.exchange_id)
    return True


def write_about_suspension(session: RexSession, reader: Reader, seat: MembershipView, entry: Suspended, words: str) -> None:
    """An author answers the animateurs about their suspended text; they read it where the reports are."""
    write_report(session, reader, Target(entry.id), entry.collectif_id, seat.key_name, words)
    told = [user_id for user_id, _ in judges(session, entry.collectif_id, entry.told_at, entry.party_ids)]
    moments.tell(session, reader, What.LETTER, entry.id, told)


def write_report(session: RexSession, reader: Reader, target: Target, collectif_id: int, key_name: str, words: str) -> Report:
    public_id = new_public_id()
    made = Report(
        public_id=public_id,
        collectif_id=collectif_id,
        **target.values,
        reporter_id=reader.user_id,
        reason=sealed_reason(session, key_name, public_id, tidy(words).strip()),
    )
    session.add(made)
    session.flush()
    return made


# --- what an animateur does --------------------------------------------------------------------------------------------------


def leave_as_it_is(session: RexSession, reader: Reader, found: Report) -> None:
    """« Laisser tel quel »: the reports on this text are read, and nothing changes."""
    _handle(session, reader, target_of(found), Outcome.LEFT)


def suspend(session: RexSession, reader: Reader, found: Report, text: TextAt, why: str) -> None:
    """Hide a reported text from everybody but its authors, who are told why. Raises NothingToDo."""
    _may_judge(reader, text)
    reason = tidy(why).strip()
    if text.hanging is None:
        _suspend_entry(session, reader, text, reason)
    elif not suspend_hanging(session, reader, text.entry.key_name, text.hanging, reason):
        raise NothingToDo(GONE)
    _handle(session, reader, text.target, Outcome.SUSPENDED)
    moments.tell(session, reader, SUSPENDED.get(text.kind, What.WORDS_SUSPENDED), text.entry.id, text.author_ids, text.exchange_id)


def _suspend_entry(session: RexSession, reader: Reader, text: TextAt, why: str) -> None:
    entry = _held(session, reader, text)
    entry.suspended_at, entry.suspended_by_id, entry.suspended_why = clock.now(), reader.user_id, why
    session.flush()
    if isinstance(entry, Recit):
        suspend_with(session, entry)
        unname_action(session, entry, entry.title)


def _held(session: RexSession, reader: Reader, text: TextAt) -> Entry:
    """The row of an entry that this person reads, or is shown, held, and still standing."""
    if text.is_pending:
        with session.as_system("an animateur judges a thank-you that its recipient shows them"):
            entry = session.scalars(select(Entry).where(Entry.id == text.entry.id)).one()
    else:
        entry = session.scalars(visible_entries(reader).where(Entry.id == text.entry.id)).one()
    session.refresh(entry, with_for_update=True)
    if entry.is_published is text.is_pending or entry.suspended_at is not None:
        raise NothingToDo(GONE)
    return entry


def restore_entry(session: RexSession, reader: Reader, seat: MembershipView, entry_id: str) -> bool:
    """Show a suspended entry again to those who read it before. False when there is none for this animateur: they do not read
    it any more, and never judge a text of theirs."""
    with session.as_system("an animateur restores a text that they do not read"):
        entry = session.scalars(
            select(Entry)
            .where(Entry.public_id == entry_id, Entry.collectif_id == seat.collectif_id, Entry.suspended_at.is_not(None))
            .where(was_theirs_to_read(reader, seat))
            .with_for_update()
        ).first()
        authors = _authors(session, entry.id) if entry else []
        parties = {*authors, *former_authors(session, entry.id)} if entry else set()
        if entry is None or entry.suspended_at is None or reader.user_id in parties:
            return False
        since = entry.suspended_at
        entry.suspended_at, entry.suspended_by_id, entry.suspended_why = None, None, ""
        session.flush()
        if isinstance(entry, Recit):
            restore_with(session, entry, since)
            if entry.is_published:
                place_in_action(session, entry, entry.title)
        session.flush()
    _restored(session, reader, seat, Target(entry.id))
    moments.tell(session, reader, What.RESTORED, entry.id, authors)
    return True


def restore_hanging(session: RexSession, reader: Reader, seat: MembershipView, text: Hanging) -> bool:
    """Show a suspended message, note, sentence, rereading or synthèse again. False when it is this animateur's own: another one
    judges."""
    if text.author_id == reader.user_id:
        return False
    if lift_hanging(session, reader, seat.key_name, text):
        _restored(session, reader, seat, Target(text.entry_id, SORTS[text.kind].column, text.id))
        exchange_id = text.id if text.kind is Kind.MESSAGE else None
        what = RESTORED.get(text.kind, What.WORDS_RESTORED)
        moments.tell(session, reader, what, text.entry_id, [text.author_id] if text.author_id else [], exchange_id)
    return True


def take_back_from_reseau(
    session: RexSession, reader: Reader, seat: MembershipView, text: TextAt, why: str, found: Report | None = None
) -> None:
    """Bring an entry that is open to the réseau back to its collectif; its authors are told why. Raises NothingToDo.

    After a report, or without one: a report that is handled at once then keeps what the authors are told."""
    _may_judge(reader, text)
    entry = _held(session, reader, text)
    if entry.audience is not Audience.RESEAU:
        raise NothingToDo("Ce texte n’est plus ouvert au réseau.")
    if entry.kind is EntryKind.DIFFICULTY and entry.about_id is not None:
        raise NothingToDo("Ce passage suit son récit : c’est le récit qui se retire du réseau.")
    if isinstance(entry, Recit):
        change_audience(session, entry, Audience.COLLECTIF)
    else:
        entry.audience = Audience.COLLECTIF
        session.flush()
    kept = found or write_report(session, reader, Target(entry.id), seat.collectif_id, seat.key_name, "")
    kept.answer = sealed_answer(session, seat.key_name, kept.public_id, tidy(why).strip())
    _handle(session, reader, Target(entry.id), Outcome.NARROWED)
    moments.tell(session, reader, What.NARROWED, entry.id, text.author_ids)


def _may_judge(reader: Reader, text: TextAt) -> None:
    if not may_judge_reports(reader, text.entry.collectif_id) or reader.user_id in text.party_ids:
        raise PermissionError("another animateur judges a text of theirs")


def _handle(session: RexSession, reader: Reader, target: Target, outcome: Outcome) -> None:
    """Every report on this text that waited is answered at once. Who reported it is told that it was read, nothing of the outcome;
    its authors, who wrote about a suspension, are told of the outcome elsewhere."""
    told = answer_all(session, reader, target, outcome)
    authors = [] if target.column or target.entry_id is None else _authors(session, target.entry_id)
    told = [user_id for user_id in told if user_id not in authors]
    if told:
        exchange_id = target.id if target.column == "exchange_id" else None
        moments.tell(session, reader, What.REPORT_READ, target.entry_id, told, exchange_id)


def answer_all(session: RexSession, reader: Reader, target: Target, outcome: Outcome) -> list[int]:
    """Answer every report on a text that waits; who wrote them."""
    session.flush()
    waiting = (*target.reports, Report.handled_at.is_(None))
    with session.as_system("tell those who reported a text that the animateurs read it"):
        reporters = set(session.scalars(select(Report.reporter_id).where(*waiting)))
    session.execute(
        update(Report).where(*waiting).values(handled_at=clock.now(), handled_by_id=reader.user_id, outcome=outcome)
    )
    session.flush()
    return sorted(user_id for user_id in reporters if user_id is not None)


def _restored(session: RexSession, reader: Reader, seat: MembershipView, target: Target) -> None:
    """What was done stays to be read by the animateurs, even when nobody had written about the suspension."""
    keep_what_is_done(session, reader, target, seat.collectif_id, seat.key_name)
    _handle(session, reader, target, Outcome.RESTORED)


def keep_what_is_done(session: RexSession, reader: Reader, target: Target, collectif_id: int, key_name: str) -> None:
    """A report to answer, when nobody wrote one: the animateurs read later what was done, and by whom."""
    with session.as_system("whether somebody wrote about a text that is judged"):
        written = session.scalars(select(Report.id).where(*target.reports, Report.handled_at.is_(None))).first()
    if written is None:
        write_report(session, reader, target, collectif_id, key_name, "")


def _authors(session: RexSession, entry_id: int) -> list[int]:
    found = session.scalars(select(Authorship.user_id).where(Authorship.entry_id == entry_id))
    return [user_id for user_id in found if user_id is not None]
