"""Second thoughts: once groups exist, each note joins the one it is nearest to, or leaves one where it is far from the others.

A link made early between two notes may hide the better group of one of them. Notes that people put together do not move.
"""

from collections.abc import Collection, Sequence

import numpy as np

from rex.tensions.grouping_linkage import Node, centres

STAY = 2.4  # mean nearness under which a note is left alone
FAITHFUL = 0.3  # what being there already counts for
LONE = 1.2  # a group of few notes is less sure: n / (n + LONE)
ROUNDS = 3
MANY = 6_000  # notes above which one round is enough
_BLOCK = 1_000


def settled(
    matrix: np.ndarray, offset: float, nodes: list[Node], fixed: Collection[int], apart: Sequence[tuple[int, int]]
) -> list[Node]:
    """The groups after each note had its choice; `fixed` rows stay, no pair of `apart` ends together."""
    groups = [node for node in nodes if len(node.rows) > 1]
    if not groups:
        return []
    where = np.full(len(matrix), -1, np.int64)
    for place, node in enumerate(groups):
        where[node.rows] = place
    for _ in range(1 if len(matrix) > MANY else ROUNDS):
        before = where.copy()
        where = _chosen(matrix, offset, groups, before, apart)
        for row in fixed:
            where[row] = before[row]
        _kept_apart(where, before, fixed, apart)
        if (where == before).all():
            break
        filled = [np.flatnonzero(where == place).tolist() for place in range(len(groups))]
        groups = [Node(rows) for rows in filled if rows]
        if not groups:  # each was put apart from its only neighbours
            return []
        renamed = np.cumsum([bool(rows) for rows in filled]) - 1
        where[where >= 0] = renamed[where[where >= 0]]
    return [node for node in groups if len(node.rows) > 1]


def _chosen(
    matrix: np.ndarray, offset: float, groups: list[Node], where: np.ndarray, apart: Sequence[tuple[int, int]]
) -> np.ndarray:
    middle = centres(matrix, groups)
    sizes = np.array([len(node.rows) for node in groups], np.float32)
    refused: dict[int, set[int]] = {}
    for one, other in apart:
        refused.setdefault(one, set()).add(int(where[other]))
        refused.setdefault(other, set()).add(int(where[one]))
    chosen = where.copy()
    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK]
        near = block @ middle.T
        rows = np.flatnonzero(where[start : start + _BLOCK] >= 0)
        own = where[start + rows]
        others = np.maximum(sizes[own] - 1, 1)
        counts = np.broadcast_to(sizes, near.shape).copy()
        counts[rows, own] = sizes[own] - 1
        near[rows, own] = (near[rows, own] * sizes[own] - (block[rows] ** 2).sum(1)) / others
        scores = (near - np.float32(offset)) * (counts / (counts + LONE))
        scores[rows, own] += FAITHFUL
        for row in refused.keys() & range(start, start + len(block)):
            scores[row - start, [place for place in refused[row] if place >= 0]] = -np.inf
        best = scores.argmax(1)
        chosen[start : start + len(block)] = np.where(scores[np.arange(len(block)), best] >= STAY, best, -1)
    return chosen


def _kept_apart(where: np.ndarray, before: np.ndarray, fixed: Collection[int], apart: Sequence[tuple[int, int]]) -> None:
    """Two notes that people put apart may have chosen the same group at once: one of them stays out."""
    for one, other in apart:
        if where[one] >= 0 and where[one] == where[other]:
            where[one if other in fixed or where[other] == before[other] else other] = -1
