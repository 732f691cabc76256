"""The texts of séances on the board of those who judge: reported, suspended, what was done."""

from collections.abc import Sequence
from typing import Any

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.french import of_name
from rex.journal.queries import NOBODY
from rex.reports.beside import Beside, holding
from rex.reports.lines import DONE, RECENT, Board, Case, Handled, Reason, SuspendedLine
from rex.reports.sealing import opened_reason

ONE_GONE = "Un texte d’une séance"


def with_beside(
    session: RexSession, reader: Reader, seat: MembershipView, board: Board, waiting: Sequence[Any], handled: Sequence[Any]
) -> Board:
    """The board of a space with the texts of its séances (`waiting`, `handled`: the rows of the reports on these); no statement
    when none was ever reported."""
    if not waiting and not handled:
        return board
    ids = {row.seance_text_id for row in [*waiting, *handled]}
    read = {text.id: text for text in holding().read(session, reader, seat, ids)}
    suspended = {text.id: text for text in holding().suspended(session, reader, seat) if reader.user_id not in text.author_ids}
    lines = {text_id: _suspended_line(text) for text_id, text in suspended.items()}
    cases: dict[int, Case] = {}
    for row in waiting:
        line = lines.get(row.seance_text_id)
        reasons = line.reasons if line else cases.setdefault(row.seance_text_id, _case(row, read)).reasons
        reasons.append(Reason(row.name or NOBODY, row.created_at, _words(session, seat, row), is_author=False))
    done = [
        Handled(row.handled_at, row.name or NOBODY, read[row.seance_text_id].a if row.seance_text_id in read else ONE_GONE,
                DONE[row.outcome])
        for row in handled
    ]  # fmt: skip
    return Board(
        cases=sorted([*board.cases, *cases.values()], key=lambda case: case.reasons[0].at),
        suspended=[*board.suspended, *lines.values()],
        handled=sorted([*board.handled, *done], key=lambda one: one.at, reverse=True)[:RECENT],
    )


def _case(row: Any, read: dict[int | None, Beside]) -> Case:
    text = read.get(row.seance_text_id)
    if text is None:
        return Case(row.public_id, ONE_GONE, None, hangs=True)
    case = Case(row.public_id, f"{text.a} {of_name(text.author)}", text.told_at, hangs=True)
    if text.source:
        case.title, case.words, case.url = text.title, text.words, text.url
    return case


def _suspended_line(text: Beside) -> SuspendedLine:
    since = text.suspended_at or text.told_at
    return SuspendedLine(f"seance/{text.public_id}", f"{text.a} {of_name(text.author)}", text.told_at, since, text.suspended_why)


def _words(session: RexSession, seat: MembershipView, row: Any) -> str:
    return opened_reason(session, seat.key_name, row.public_id, row.reason)
