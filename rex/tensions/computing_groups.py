"""What a computation proposes, from what it read: groups to name, difficulties to join to a tension, pairs to look at.

Pure, and run in a process of its own for a large collectif (`computing_apart`): what it takes and gives are numbers and words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rex.tensions.computing_reasons import Why
from rex.tensions.grouping import Links, group
from rex.tensions.grouping_explain import UNSURE, Reasons
from rex.tensions.recurrence import LEAST_TO_GROUP, is_recurring

MOST = 200  # proposals that are kept, the surest of those that recur first
MOST_PAIRS = 10  # while nothing is grouped
BACKGROUND = 1_500  # other difficulties beside which those of the proposals are compared
BESIDE = 30  # of a named tension, how many of its difficulties a proposal is compared with

Item = Mapping[str, Any]
Pairs = Sequence[tuple[int, int]]


class Found(NamedTuple):
    """Difficulties in none, that look alike (`tension_id`: and like those of this tension); the central one first, the least sure
    last."""

    tension_id: int | None
    ids: list[int]
    strength: str
    is_recurring: bool
    reasons: str


def found_among(items: Sequence[Item], must: Pairs, cannot: Pairs, own: Sequence[Sequence[str]] = ()) -> list[Found]:
    """What to propose, in the order in which it is shown. Items carry what `computing_reading.Read.items` gives them."""
    notes = {item["id"]: item for item in items}
    groups = []
    if len(notes) >= LEAST_TO_GROUP:
        groups = _grouped(items, must, cannot, own)
    shares = [share for share in (_share(notes, members) for members in groups) if share is not None]
    shares.sort(key=lambda share: not _recurs([notes[one] for one in share[1]]) or share[0] is not None)  # stable: surest first
    shares = shares[:MOST]
    if not shares:
        return _pairs(items, cannot)
    reasons = Reasons(_compared(items, shares))
    return [_found(notes, reasons, tension_id, members) for tension_id, members in shares]


def _grouped(items: Sequence[Item], must: Pairs, cannot: Pairs, own: Sequence[Sequence[str]]) -> list[list[int]]:
    return group(items, Links(frozenset(must), frozenset(cannot)))


def _share(notes: Mapping[int, Item], members: Sequence[int]) -> tuple[int | None, list[int]] | None:
    """Of a group, the tension that it holds, and its difficulties that are in none; nothing when there is nothing to propose."""
    tensions = Counter(notes[one]["group"] for one in members)
    lone = tensions.pop(None, 0)
    if not lone or (not tensions and lone < 2):
        return None
    named = min(tensions, key=lambda one: (-tensions[one], one), default=None)  # of several, the one that has most of it
    return named, [one for one in members if notes[one]["group"] is None]


def _recurs(members: Sequence[Item]) -> bool:
    people = {one for item in members for one in item["people"]}
    services = {one for item in members for one in item["services"]}
    return is_recurring(len(members), len(people), len(services), len({item["month"] for item in members}))


def _compared(items: Sequence[Item], shares: Sequence[tuple[int | None, list[int]]]) -> list[Item]:
    """The difficulties of the proposals, those of the tensions that they are about, and some others: how rare a word is depends
    on them."""
    lone = {one for _, members in shares for one in members}
    tensions = {tension_id for tension_id, _ in shares if tension_id is not None}
    step = max(1, len(items) // BACKGROUND)
    return [item for at, item in enumerate(items) if at % step == 0 or item["id"] in lone or item["group"] in tensions]


def _found(notes: Mapping[int, Item], reasons: Reasons, tension_id: int | None, lone: list[int]) -> Found:
    beside = [item for item in notes.values() if tension_id is not None and item["group"] == tension_id][:BESIDE]
    members = [notes[one] for one in lone]
    portrait = reasons.group([*members, *beside])
    ends = {portrait.central: 0, portrait.least_sure: 2}
    ordered = sorted(lone, key=lambda one: (ends.get(one, 1), one))
    is_new = tension_id is None
    return Found(tension_id, ordered, portrait.strength, is_new and _recurs(members), Why.of_group(portrait).written)


def _pairs(items: Sequence[Item], cannot: Pairs) -> list[Found]:
    """Two difficulties that look alike, put as a question; or one, and the tension of the other."""
    notes = {item["id"]: item for item in items}
    apart, reasons = {frozenset(pair) for pair in cannot}, Reasons(items)
    found: dict[frozenset[Any], Found] = {}
    for item in items:
        if item["group"] is not None:
            continue
        for other, likeness in reasons.alike(item, most=2):
            tension_id = notes[other]["group"]
            ids = [item["id"]] if tension_id is not None else sorted((item["id"], other))
            key = frozenset((("tension", tension_id), item["id"]) if tension_id is not None else ids)
            if frozenset((item["id"], other)) not in apart and likeness.strength != UNSURE and key not in found:
                found[key] = Found(tension_id, ids, likeness.strength, False, Why.of_pair(likeness).written)
    return sorted(found.values(), key=lambda one: (one.strength != "fort", one.ids))[:MOST_PAIRS]
