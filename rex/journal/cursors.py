"""Where a page of a list ended, carried by the address of the next one: page 500 costs what page 1 costs."""

import base64
import binascii
from datetime import UTC, datetime


def written_cursor(instant: datetime, entry_id: int) -> str:
    """Where a page ordered by (instant, id) ended, for the address of the next one."""
    raw = f"{instant.astimezone(UTC).isoformat()}|{entry_id}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    """What `write_cursor` wrote; None for anything else, and the list begins at its beginning."""
    try:
        raw = base64.urlsafe_b64decode(cursor[:120] + "==").decode()
        instant, _, entry_id = raw.partition("|")
        moment = datetime.fromisoformat(instant)
        number = int(entry_id)
        return (moment.astimezone(UTC), number) if moment.tzinfo and 0 < number < 2**63 else None
    except (ValueError, OverflowError, binascii.Error):
        return None
