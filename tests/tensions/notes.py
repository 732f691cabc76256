"""Difficulties for the tests of grouping: the development set, labelled, and small ones written here."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SET = Path(__file__).with_name("development.jsonl")


def development(tags: bool = True) -> tuple[list[dict[str, Any]], dict[str, str | None]]:
    """The notes without their label, and the label of each id (None: the note is alone)."""
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    gold = {row["id"]: row.pop("tension_id") for row in rows}
    return [row if tags else row | {"balises": []} for row in rows], gold


def note(key: str, text: str, **more: Any) -> dict[str, Any]:
    """A note of which only the text matters."""
    usual = {"date": "2026-01-05", "author": f"author-{key}", "role": "agent", "service": "CUL", "balises": []}
    return {"id": key, "text": text, **usual, **more}


def pair_f1(groups: Iterable[Iterable[str]], gold: Mapping[str, str | None]) -> float:
    """How well pairs of notes were put together."""
    found, right = 0, 0
    for members in groups:
        told = [gold[member] for member in members]
        found += len(told) * (len(told) - 1) // 2
        right += sum(count * (count - 1) // 2 for label, count in Counter(told).items() if label is not None)
    wanted = sum(count * (count - 1) // 2 for label, count in Counter(gold.values()).items() if label is not None)
    return 2 * right / (found + wanted)
