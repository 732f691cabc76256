"""The texts that hang from no entry on the board of those who judge: reported, suspended, what was done."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal.queries import NOBODY
from rex.reports.beside import Beside, holding
from rex.reports.lines import DONE, RECENT, Board, Case, Handled, Reason, SuspendedLine
from rex.reports.models import BESIDE
from rex.reports.sealing import opened_reason


def with_beside(
    session: RexSession, reader: Reader, seat: MembershipView, board: Board, waiting: Sequence[Any], handled: Sequence[Any]
) -> Board:
    """The board of a space with its texts of séances and its lectures contradictoires (`waiting`, `handled`: the rows of the
    reports on these). One statement of each when there is nothing to say of them."""
    for column in BESIDE:
        named = [[row for row in rows if getattr(row, column) is not None] for rows in (waiting, handled)]
        board = _with(session, reader, seat, board, column, *named)
    return board


def _with(
    session: RexSession, reader: Reader, seat: MembershipView, board: Board, column: str, waiting: list[Any], handled: list[Any]
) -> Board:
    room, id_of = holding(column), attrgetter(column)
    ids = {id_of(row) for row in [*waiting, *handled]}
    read = {text.id: text for text in room.read(session, reader, seat, ids)} if ids else {}
    suspended = [text for text in room.suspended(session, reader, seat) if reader.user_id not in text.party_ids]
    lines = {text.id: _suspended_line(room.path, text) for text in suspended}
    cases: dict[int, Case] = {}
    for row in waiting:
        text_id = id_of(row)
        line = lines.get(text_id)
        reasons = line.reasons if line else cases.setdefault(text_id, _case(row, read.get(text_id), room.gone)).reasons
        reasons.append(Reason(row.name or NOBODY, row.created_at, _words(session, seat, row), is_author=False))
    done = [
        Handled(row.handled_at, row.name or NOBODY, read[id_of(row)].a if id_of(row) in read else room.gone, DONE[row.outcome])
        for row in handled
    ]
    return Board(
        cases=sorted([*board.cases, *cases.values()], key=lambda case: case.reasons[0].at),
        suspended=[*board.suspended, *lines.values()],
        handled=sorted([*board.handled, *done], key=lambda one: one.at, reverse=True)[:RECENT],
    )


def _case(row: Any, text: Beside | None, gone: str) -> Case:
    if text is None:
        return Case(row.public_id, gone, None, hangs=True)
    case = Case(row.public_id, text.said, text.told_at, hangs=True, where=text.where)
    if text.source:
        case.title, case.words, case.url = text.title, text.words, text.url
    return case


def _suspended_line(path: str, text: Beside) -> SuspendedLine:
    since = text.suspended_at or text.told_at
    return SuspendedLine(f"{path}/{text.public_id}", text.said, text.told_at, since, text.suspended_why)


def _words(session: RexSession, seat: MembershipView, row: Any) -> str:
    return opened_reason(session, seat.key_name, row.public_id, row.reason)
