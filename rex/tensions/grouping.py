"""Difficulties that say the same thing in other words: brought together, and one of them placed among groups.

Pure functions: an item is a mapping with `id, text, date, author, role, service, balises` (only the first two are needed); the same
items give the same answer in whatever order they come. Nothing here decides: what is found is proposed to people, and what they
decided (`Links`) is never undone and teaches the next computation; a pair both put together and put apart stays together. Why two
notes came together: `grouping_explain`.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from rex.tensions.grouping_features import Features
from rex.tensions.grouping_leaning import Neighbours, leaning, neighbours, outside
from rex.tensions.grouping_learning import from_pairs
from rex.tensions.grouping_lexicon import Own, lexicon_of, lines_of
from rex.tensions.grouping_linkage import Node, linked, nodes_of
from rex.tensions.grouping_moves import settled
from rex.tensions.grouping_readings import Item, read
from rex.tensions.grouping_suggest import suggest as suggestions

LEAST = 3.0  # mean nearness, in spreads of any two notes, for two groups to be one
THIN = 3  # a note of fewer words starts no group: « à compléter plus tard »; it may join one
HESITANT = 14  # a small group is less sure, and less worth showing first: n / (n + HESITANT)
APART = 0.5  # a group is surer, the farther the notes around it are


class Links(NamedTuple):
    """What people decided about pairs of notes: those that go together, those that do not."""

    must: frozenset[tuple[Any, Any]] = frozenset()
    cannot: frozenset[tuple[Any, Any]] = frozenset()


def group(items: Iterable[Item], links: Links | None = None, own: Own = ()) -> list[list[Any]]:
    """Groups of ids, the surest first; a note that resembles no other is in none. `own`: expressions that say the same here."""
    notes = in_order(items)
    if len(notes) < 2:
        return []
    place = {item["id"]: row for row, item in enumerate(notes)}
    decided = links or Links()
    must = _rows(decided.must, place)
    cannot = _rows(decided.cannot, place)
    lexicon = lexicon_of(lines_of(own))
    readings = [read(item["text"], lexicon) for item in notes]
    features = Features(notes, from_pairs(readings, must, cannot), own=own)
    seeds = [node for node in nodes_of(len(notes), must) if len(node.rows) > 1 or len(readings[node.rows[0]].stems) >= THIN]
    around = neighbours(features.matrix, features.offset, cannot)
    matrix, offset = leaning(features.matrix, around)
    nodes = linked(matrix, offset, seeds, cannot, LEAST)
    found = settled(matrix, offset, nodes, {row for pair in must for row in pair}, cannot)
    found.sort(key=lambda node: (-_sureness(features, around, node), node.rows[0]))
    return [[notes[row]["id"] for row in node.rows] for node in found]


group.ranked = True  # ty: ignore[missing-attribute]  # said to whoever draws a letter from the order of the groups


def in_order(items: Iterable[Item]) -> list[Item]:
    """The notes in an order that does not depend on how they came."""
    return sorted(items, key=lambda item: str(item["id"]))


def _rows(pairs: Iterable[tuple[Any, Any]], place: Mapping[Hashable, int]) -> list[tuple[int, int]]:
    return sorted((place[one], place[other]) for one, other in pairs if one in place and other in place)


def _sureness(features: Features, around: Neighbours, node: Node) -> float:
    """How close the notes of a group are to each other, and how far from those around; a larger group is surer than a pair."""
    rows = features.matrix[node.rows]
    size = len(node.rows)
    total = rows.sum(0)
    mean = (float(total @ total) - float((rows * rows).sum())) / (size * (size - 1)) - features.offset
    return round((mean - APART * outside(around, node.rows)) * size / (size + HESITANT), 4)


def suggest(item: Item, items: Iterable[Item], own: Own = ()) -> list[Any]:
    """Ids of the confirmed groups that the note resembles, best first; [] when it resembles none. Items carry `group` (or None)."""
    return [name for name, _ in suggestions(item, items, own)]
