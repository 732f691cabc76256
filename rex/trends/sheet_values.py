"""What a sheet of figures says otherwise than the page: days as dates, that a program sorts."""

import re
from datetime import date
from functools import cache

from rex.french import date_short
from rex.trends.tables import Cell

DATED = ("Quand", "Dernier récit")  # the heads of columns of days; elsewhere, « 14 juillet » may be the name of something
_DAY = re.compile(r"(1er|[1-9]|[12]\d|3[01])\s(\w+)(?:\s(20\d\d))?")


def value_of(cell: Cell, head: str, today: date) -> int | str | date:
    """What stands in a cell under this head."""
    said = cell.value
    return (day_of(said, today) or said) if head in DATED and isinstance(said, str) else said


def day_of(words: str, today: date) -> date | None:
    """The day of « 18 novembre » (of this year) or of « 1er mars 2025 »."""
    found = _DAY.fullmatch(words)
    month = _months().get(found[2]) if found else None
    if found is None or month is None:
        return None
    try:
        return date(int(found[3] or today.year), month, int(found[1].removesuffix("er")))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """« janvier »: 1."""
    return {re.split(r"\s", date_short(date(2000, month, 2)))[1]: month for month in range(1, 13)}
