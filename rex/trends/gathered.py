"""Ids that the base gathers in one text for each entry (« 12,7,12 »), and the units that they are shown in."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, func

from rex.trends.units import NO_SERVICE, Units

_NOBODY = 0  # in the place of the service of who has none


def gathered(ids: ColumnElement[Any]) -> ColumnElement[str]:
    """All of them in one text; none is 0. Comparing texts later costs less than one row of the answer for each."""
    return func.aggregate_strings(cast(func.coalesce(ids, _NOBODY), String), ",")


class Keys:
    """Keys of units, of ids of services (of territories in the réseau). Those that no figure may name have none."""

    def __init__(self, units: Units, *, with_nobody: bool) -> None:
        self._units = units
        self._left_out = "" if with_nobody else NO_SERVICE
        self._known: dict[str, str] = {}

    def of(self, ids: str | None) -> set[str]:
        if not ids:
            return set()
        known = self._known
        found = {known[one] if one in known else self._learn(one) for one in ids.split(",")}
        found.discard("")
        return found

    def _learn(self, written: str) -> str:
        unit = self._units.unit_of(int(written) or None)
        self._known[written] = key = unit.key if unit and unit.key != self._left_out else ""
        return key
