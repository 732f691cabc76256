"""Groups that grow from their closest pairs: average linkage, with what people decided never undone.

Since nearness is a product of vectors, the mean nearness of two groups is that of their mean vectors: groups made of many notes, or
notes that people put together, enter as one node with its size. Above `WHOLE` nodes the work is cut into heaps of near notes, then
the groups found in the heaps are linked among themselves.
"""

from collections.abc import Iterable, Sequence

import numpy as np

WHOLE = 2_500  # nodes linked at once
_ROUNDS = 6  # of moving notes between heaps
NEVER = -np.inf


class Node:
    """Notes that are together for now: their rows, in their order."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = sorted(rows)


def nodes_of(count: int, together: Iterable[tuple[int, int]]) -> list[Node]:
    """The rows, those that people put together in one node."""
    parent = list(range(count))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for one, other in together:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    heaps: dict[int, list[int]] = {}
    for row in range(count):
        heaps.setdefault(root(row), []).append(row)
    return [Node(rows) for rows in heaps.values()]


def linked(matrix: np.ndarray, offset: float, nodes: list[Node], apart: Iterable[tuple[int, int]], least: float) -> list[Node]:
    """Nodes joined while the mean nearness of two of them is at least `least`; no pair of rows of `apart` ends together."""
    forbidden = sorted({(min(pair), max(pair)) for pair in apart})
    while len(nodes) > WHOLE:
        before = len(nodes)
        nodes = [node for heap in heaps(matrix, nodes) for node in _link(matrix, offset, heap, forbidden, least)]
        if len(nodes) <= WHOLE or len(nodes) > 0.9 * before:
            break
    if len(nodes) > WHOLE:  # too many groups to compare them all: the larger ones are, the lone notes stay as they are
        nodes.sort(key=lambda node: (-len(node.rows), node.rows[0]))
        return _link(matrix, offset, nodes[:WHOLE], forbidden, least) + nodes[WHOLE:]
    return _link(matrix, offset, nodes, forbidden, least)


def centres(matrix: np.ndarray, nodes: Sequence[Node]) -> np.ndarray:
    """The mean vector of each node."""
    rows = np.concatenate([np.array(node.rows) for node in nodes])
    starts = np.cumsum([0] + [len(node.rows) for node in nodes[:-1]])
    sizes = np.array([len(node.rows) for node in nodes], matrix.dtype)
    return np.add.reduceat(matrix[rows], starts, axis=0) / sizes[:, None]


def heaps(matrix: np.ndarray, nodes: list[Node]) -> list[list[Node]]:
    """Nodes shared out in heaps of near ones, none too large."""
    middle = centres(matrix, nodes)
    wanted = -(-len(nodes) * 2 // WHOLE)
    seeds = middle[:: max(1, len(nodes) // wanted)][:wanted].copy()
    for _ in range(_ROUNDS):
        where = np.argmax(middle @ seeds.T - (seeds**2).sum(1) / 2, axis=1)
        for heap in range(len(seeds)):
            if (where == heap).any():
                seeds[heap] = middle[where == heap].mean(0)
    found: list[list[Node]] = []
    for heap in range(len(seeds)):
        inside = [nodes[at] for at in np.flatnonzero(where == heap)]
        found += [inside[start : start + WHOLE] for start in range(0, len(inside), WHOLE)]
    return found


def _link(matrix: np.ndarray, offset: float, nodes: list[Node], forbidden: Sequence[tuple[int, int]], least: float) -> list[Node]:
    if len(nodes) < 2:
        return nodes
    middle = centres(matrix, nodes)
    near = (middle @ middle.T - np.float32(offset)).astype(np.float32)
    np.fill_diagonal(near, NEVER)
    node_of = {row: place for place, node in enumerate(nodes) for row in node.rows}
    for one, other in forbidden:
        if one in node_of and other in node_of:
            near[node_of[one], node_of[other]] = near[node_of[other], node_of[one]] = NEVER
    members = [list(node.rows) for node in nodes]
    size = np.array([len(rows) for rows in members], np.float32)
    best = near.argmax(1)
    value = near[np.arange(len(nodes)), best]
    while True:
        one = int(value.argmax())
        if not value[one] >= least:
            break
        other = int(best[one])
        row = (near[one] * size[one] + near[other] * size[other]) / (size[one] + size[other])
        near[other], near[:, other], value[other] = NEVER, NEVER, NEVER
        row[one] = row[other] = NEVER
        near[one], near[:, one] = row, row
        size[one] += size[other]
        members[one] += members[other]
        members[other] = []
        for place in np.flatnonzero((value > NEVER) & ((best == one) | (best == other))):
            best[place] = near[place].argmax()
            value[place] = near[place, best[place]]
        closer = (row > value) & (value > NEVER)
        best[closer], value[closer] = one, row[closer]
        best[one] = row.argmax()
        value[one] = row[best[one]]
    return [Node(rows) for rows in members if rows]
