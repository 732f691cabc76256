"""What a field of an archive may be: each makes, or is, a check of one value."""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from rex.collectifs.models import ADDRESS_LENGTH

Check = Callable[[Any], bool]


def words(most: int, least: int = 0) -> Check:
    return lambda value: isinstance(value, str) and least <= len(value) <= most and (not least or bool(value.strip()))


def matching(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(kinds: type[StrEnum]) -> Check:
    known = {one.value for one in kinds}
    return lambda value: isinstance(value, str) and value in known


def or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


def list_of(check: Check, most: int) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= most and all(check(one) for one in value)


def record(**fields: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(check(value.get(name)) for name, check in fields.items())


def is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def up_to(most: int) -> Check:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def is_moment(value: Any) -> bool:
    try:
        when = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return when.tzinfo is not None and 1900 <= when.year <= 2200


def is_day(value: Any) -> bool:
    try:
        return 1900 <= date.fromisoformat(value).year <= 2200
    except (TypeError, ValueError):
        return False


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(value: Any) -> bool:
    return isinstance(value, str) and value in _zones()


def is_address(value: Any) -> bool:
    return isinstance(value, str) and 3 <= len(value) <= ADDRESS_LENGTH and "@" in value and value.isprintable()
