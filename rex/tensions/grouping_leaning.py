"""Notes lean on the notes nearest to them before groups are sought: what one leaves unsaid, its neighbours say.

Two notes of one tension may share no word and still have a third one between them. Each note is moved part of the way to the mean
of its nearest notes, the nearest counting most; a note that nothing resembles stays where it is. Notes that people put apart never
lean on each other.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rex.tensions.grouping_linkage import heaps, nodes_of

NEIGHBOURS = 12  # notes on which each one leans
SHARE = 0.5  # of the way that a note moves when its neighbours are many and near
DOUBT = 9.0  # nearness, squared, that a note holds against moving
WHOLE = 6_000  # notes above which neighbours are sought in heaps of near notes
_SAMPLE = 1_000
_BLOCK = 1_000


class Neighbours(NamedTuple):
    """For each note its nearest notes and how near they are, the nearest first; -1 where there are no more."""

    rows: np.ndarray
    near: np.ndarray


def neighbours(matrix: np.ndarray, offset: float, apart: Sequence[tuple[int, int]] = ()) -> Neighbours:
    """The nearest notes of each note, none that people put apart from it."""
    count = len(matrix)
    found = Neighbours(np.full((count, NEIGHBOURS), -1, np.int64), np.zeros((count, NEIGHBOURS), np.float32))
    refused: dict[int, list[int]] = {}
    for one, other in apart:
        refused.setdefault(one, []).append(other)
        refused.setdefault(other, []).append(one)
    whole = [np.arange(count)]
    if count > WHOLE:
        whole = [np.array(sorted(row for node in heap for row in node.rows)) for heap in heaps(matrix, nodes_of(count, ()))]
    for heap in whole:
        place = np.full(count, -1, np.int64)
        place[heap] = np.arange(len(heap))
        for start in range(0, len(heap), _BLOCK):
            rows = heap[start : start + _BLOCK]
            near = matrix[rows] @ matrix[heap].T - np.float32(offset)
            near[np.arange(len(rows)), place[rows]] = -np.inf
            for row in refused.keys() & set(rows.tolist()):
                here = place[refused[row]]
                near[place[row] - start, here[here >= 0]] = -np.inf
            most = min(NEIGHBOURS, len(heap) - 1)
            best = np.argsort(-near, axis=1, kind="stable")[:, :most] if len(heap) < 4 * NEIGHBOURS else _nearest(near, most)
            values = np.take_along_axis(near, best, axis=1)
            found.rows[rows, :most] = np.where(values > -np.inf, heap[best], -1)
            found.near[rows, :most] = np.where(values > -np.inf, values, 0)
    return found


def _nearest(near: np.ndarray, most: int) -> np.ndarray:
    """The columns of the largest values of each row, the largest first; equal ones in their order."""
    some = np.sort(np.argpartition(-near, most - 1, axis=1)[:, :most], axis=1)
    order = np.argsort(-np.take_along_axis(near, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)


def leaning(matrix: np.ndarray, found: Neighbours) -> tuple[np.ndarray, float]:
    """The notes after each leant on its neighbours, and what any two of them now have in common (see `Features.near`)."""
    weight = np.maximum(found.near, 0) ** 2
    weight *= SHARE / (weight.sum(1, keepdims=True) + DOUBT)
    moved = matrix * (1 - weight.sum(1, keepdims=True))
    for start in range(0, len(matrix), _BLOCK):
        here = slice(start, start + _BLOCK)
        for place in range(NEIGHBOURS):
            moved[here] += weight[here, place, None] * matrix[found.rows[here, place]]
    sample = moved[:: -(-len(moved) // _SAMPLE)]
    pairs = (sample @ sample.T)[np.triu_indices(len(sample), 1)].astype(np.float64)
    spread = float(pairs.std()) if len(pairs) > 1 and float(pairs.std()) > 1e-6 else 1.0
    return moved / np.float32(np.sqrt(spread)), float(pairs.mean()) / spread if len(pairs) else 0.0


def outside(found: Neighbours, rows: Sequence[int], most: int = 3) -> float:
    """How near the notes around a group are to it: the mean over its notes of their nearest ones that are not in it."""
    inside = np.isin(found.rows[rows], rows) | (found.rows[rows] < 0)
    values = np.sort(np.where(inside, -np.inf, found.near[rows]), axis=1)[:, ::-1][:, :most]
    last = np.maximum(found.near[rows][:, -1:], 0)
    return float(np.where(values > -np.inf, values, last).mean())
