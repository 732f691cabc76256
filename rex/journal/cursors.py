"""Where a page of a list ended, carried by the address of the next one: page 500 costs what page 1 costs.

Sealed, and for its reader alone. Numbers of rows come from one sequence for all spaces: in clear, those of two pages would tell how
much was written meanwhile where the reader does not read, and which text is dated before it was made. All have one length."""

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta

from rex.db import RexSession
from rex.keys import INSTALLATION, KeyLost

ENTRIES = "entries"  # what a cursor of `written_cursor` is good for: lists ordered by an instant
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 120


def written_cursor(session: RexSession, instant: datetime, row_id: int) -> str:
    """Where a page ordered by (instant, id) ended, for the address of the next one."""
    return sealed_place(session, ENTRIES, (instant - _EPOCH) // _MICROSECOND, row_id)


def read_cursor(session: RexSession, cursor: str) -> tuple[datetime, int] | None:
    """What `written_cursor` wrote for this reader; None for anything else, and the list begins at its beginning."""
    place = opened_place(session, ENTRIES, cursor)
    return (_EPOCH + place[0] * _MICROSECOND, place[1]) if place else None


def sealed_place(session: RexSession, which: str, first: int, last: int) -> str:
    """Two numbers that say where a page ended, in lists named `which`, that the reader of the session can give back and no more."""
    sealed = session.keyring.seal_bytes(INSTALLATION, _bound(session, which), struct.pack(">qq", first, last))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def opened_place(session: RexSession, which: str, cursor: str) -> tuple[int, int] | None:
    """What `sealed_place` sealed for this reader and these lists; None for anything else."""
    if not cursor or len(cursor) > _LONGEST:
        return None
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        first, last = struct.unpack(">qq", session.keyring.open_bytes(INSTALLATION, _bound(session, which), sealed))
    except (KeyLost, ValueError, binascii.Error, struct.error):  # cut short, of somebody else, of another list, or made up
        return None
    return first, last


def _bound(session: RexSession, which: str) -> str:
    return f"cursor|{which}|{getattr(session.reader, 'user_id', 0)}"
