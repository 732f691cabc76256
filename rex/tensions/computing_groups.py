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
COMPARED = 1_000  # difficulties of all proposals that are looked at for their reasons, shared out between them
LEAST_OF_EACH, MOST_OF_EACH = 6, 30
BACKGROUND = 400  # other difficulties beside which they are compared: how rare a word is depends on them

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
        groups = group(items, Links(frozenset(must), frozenset(cannot)), own)
    shares = [share for share in (_share(notes, members) for members in groups) if share is not None]
    shares.sort(key=lambda share: not _recurs([notes[one] for one in share[1]]) or share[0] is not None)  # stable: surest first
    shares = shares[:MOST]
    if not shares:
        return _pairs(items, cannot, own)
    each = min(MOST_OF_EACH, max(LEAST_OF_EACH, COMPARED // len(shares)))
    looked_at = [_some(members, each) + _some(_of_tension(items, tension_id), each // 2) for tension_id, members in shares]
    reasons = Reasons(_compared(items, {one for ids in looked_at for one in ids}), own)
    return [_found(notes, reasons, share, ids) for share, ids in zip(shares, looked_at, strict=True)]


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


def _of_tension(items: Sequence[Item], tension_id: int | None) -> list[int]:
    return [item["id"] for item in items if item["group"] == tension_id] if tension_id is not None else []


def _some(ids: Sequence[int], most: int) -> list[int]:
    """So many of them, from one end to the other."""
    return list(ids[:: -(-len(ids) // max(1, most))]) if ids else []


def _compared(items: Sequence[Item], looked_at: set[int]) -> list[Item]:
    step = max(1, len(items) // BACKGROUND)
    return [item for at, item in enumerate(items) if at % step == 0 or item["id"] in looked_at]


def _found(notes: Mapping[int, Item], reasons: Reasons, share: tuple[int | None, list[int]], looked_at: Sequence[int]) -> Found:
    """`looked_at`: some of the difficulties of the proposal, with some of its tension; the reasons are counted among all."""
    tension_id, lone = share
    portrait = reasons.group([notes[one] for one in looked_at])
    ends = {portrait.central: 0, portrait.least_sure: 2}
    ordered = sorted(lone, key=lambda one: (ends.get(one, 1), one))
    beside = [one for one in looked_at if notes[one]["group"] is not None]
    why = Why.of_group(portrait).counted_in([(notes[one]["text"], notes[one]["balises"]) for one in (*lone, *beside)])
    is_new = tension_id is None
    return Found(tension_id, ordered, portrait.strength, is_new and _recurs([notes[one] for one in lone]), why.written)


def _pairs(items: Sequence[Item], cannot: Pairs, own: Sequence[Sequence[str]]) -> list[Found]:
    """Two difficulties that look alike, put as a question; or one, and the tension of the other."""
    notes = {item["id"]: item for item in items}
    apart, reasons = {frozenset(pair) for pair in cannot}, Reasons(items, own)
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
