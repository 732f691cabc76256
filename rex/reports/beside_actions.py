"""What is done with reports on texts that hang from no entry: those of séances, lectures contradictoires. The same rules: who looks
after the space judges, never a text of theirs; who reported is told that it was read, nothing more."""

from rex.access import MembershipView, Reader, may_judge_reports
from rex.db import RexSession
from rex.journal.moments import What
from rex.reports.actions import GONE, NothingToDo, answer_all, keep_what_is_done, write_report
from rex.reports.beside import Beside, holding
from rex.reports.models import Outcome, Report, Target, target_of
from rex.reports.queries import judges, was_reported_by
from rex.text.marks import tidy


def report_beside(session: RexSession, reader: Reader, text: Beside, reason: str) -> bool:
    """Show a text to those who look after its space, and say why; False when this person already did."""
    if reader.user_id in text.party_ids:
        raise PermissionError("one takes back one's own text")
    text = holding(text.column).keep(session, text)
    if was_reported_by(session, reader, text.target):
        return False
    write_report(session, reader, text.target, text.collectif_id, text.key_name, reason)
    told = [user_id for user_id, _ in judges(session, text.collectif_id, text.told_at, text.party_ids)]
    _tell(session, reader, What.REPORTED, text, told)
    return True


def was_reported_beside(session: RexSession, reader: Reader, text: Beside) -> bool:
    """Whether this person already did."""
    return text.id is not None and was_reported_by(session, reader, text.target)


def text_beside(session: RexSession, reader: Reader, seat: MembershipView, report: Report) -> Beside | None:
    """The text of a report, standing, as its judge reads it."""
    text = next(iter(_read(session, reader, seat, target_of(report))), None)
    return text if text and text.source else None


def leave_beside(session: RexSession, reader: Reader, seat: MembershipView, report: Report) -> None:
    """« Laisser tel quel »; of a text that its judge reads no more, its reports are put away."""
    target = target_of(report)
    told = answer_all(session, reader, target, Outcome.LEFT)
    for text in _read(session, reader, seat, target):
        _tell(session, reader, What.REPORT_READ, text, told)


def suspend_beside(session: RexSession, reader: Reader, text: Beside, why: str) -> None:
    """Hide a text from everybody but its authors, who are told why. After reports, or without one: what is done is kept either way.
    Raises NothingToDo."""
    _may_judge(reader, text)
    if not holding(text.column).put_away(session, reader, text, tidy(why).strip()):
        raise NothingToDo(GONE)
    keep_what_is_done(session, reader, text.target, text.collectif_id, text.key_name)
    _handle(session, reader, text, Outcome.SUSPENDED)
    _tell(session, reader, What.WORDS_SUSPENDED, text, list(text.author_ids))


def restore_beside(session: RexSession, reader: Reader, seat: MembershipView, column: str, public_id: str) -> bool | None:
    """Show a suspended text again. None when there is none for this person; False when it is one of theirs."""
    room = holding(column)
    text = next((one for one in room.suspended(session, reader, seat) if one.public_id == public_id), None)
    if text is None:
        return None
    if reader.user_id in text.party_ids:
        return False
    if room.put_back(session, reader, text):
        keep_what_is_done(session, reader, text.target, text.collectif_id, text.key_name)
        _handle(session, reader, text, Outcome.RESTORED)
        _tell(session, reader, What.WORDS_RESTORED, text, list(text.author_ids))
    return True


def _may_judge(reader: Reader, text: Beside) -> None:
    if not may_judge_reports(reader, text.collectif_id) or reader.user_id in text.party_ids:
        raise PermissionError("somebody else judges a text of theirs")


def _handle(session: RexSession, reader: Reader, text: Beside, outcome: Outcome) -> None:
    told = answer_all(session, reader, text.target, outcome)
    _tell(session, reader, What.REPORT_READ, text, [user_id for user_id in told if user_id not in text.author_ids])


def _tell(session: RexSession, reader: Reader, what: What, text: Beside, to: list[int]) -> None:
    if to:
        holding(text.column).tell(session, reader, what, text, to)


def _read(session: RexSession, reader: Reader, seat: MembershipView, target: Target) -> list[Beside]:
    return holding(target.column).read(session, reader, seat, [target.id]) if target.id is not None else []
