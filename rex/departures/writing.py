"""The same data twice: JSON for machines, Markdown for people. Instants are written in UTC in the first, as dates in the second."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rex.departures.zipping import Member
from rex.french import date_long
from rex.keys import KeyLost
from rex.sealed_words import LOST, saying_what_is_lost

Thing = Mapping[str, Any]  # what was written or is kept, by its label in French


def unless_lost(make: Callable[[], list[Thing]]) -> list[Thing]:
    """What `make` gathers; when the host lost the key of the space, that it is so: an archive that begins is always whole."""
    with saying_what_is_lost():
        try:
            return make()
        except KeyLost:
            return [{"perdu": LOST}]


def in_json(data: Any) -> bytes:
    return (json.dumps(_plain(data), ensure_ascii=False, indent=2) + "\n").encode()


def both(path: str, title: str, things: Sequence[Thing]) -> Iterable[Member]:
    """`path`.json and `path`.md; nothing when there is nothing to say."""
    if things:
        yield f"{path}.json", [in_json(things)]
        yield f"{path}.md", [in_markdown(title, things)]


def in_markdown(title: str, things: Sequence[Thing]) -> bytes:
    parts = [f"# {title}"]
    for number, thing in enumerate(things, 1):
        parts.append(f"## {number}" if len(things) > 1 else "")
        parts += _lines(thing)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _lines(thing: Thing) -> list[str]:
    """Short values as one list, longer ones each under their label."""
    short = [f"- {label}\u00a0: {_said(value)}" for label, value in thing.items() if _is_short(value)]
    long = [f"**{label}**\n\n{_said(value)}" for label, value in thing.items() if not _is_short(value) and value]
    return ["\n".join(short), *long]


def _is_short(value: Any) -> bool:
    if isinstance(value, list | tuple | dict):
        return False
    return value not in (None, "") and "\n" not in str(value) and len(str(value)) <= 200


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return date_long(value)
    if isinstance(value, dict):
        return "\n".join(f"- {label}\u00a0: {_said(one)}" for label, one in value.items() if one not in (None, ""))
    if isinstance(value, list | tuple):
        if any(isinstance(one, dict) for one in value):
            return "\n\n".join(_said(one) for one in value)
        return "\n".join(f"- {_said(one)}" for one in value)
    return "" if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
