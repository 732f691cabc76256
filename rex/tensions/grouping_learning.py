"""What people decided teaches: words that keep joining notes that people keep apart weigh less, those that join rightly weigh more.

For each feature of the sense (a word, an idea, an area), the pairs of notes that share it are counted: those that people put
together, those that they put apart. Few decisions change little.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from rex.tensions.grouping_readings import SENSE, Reading

DOUBT = 4.0  # pairs that speak for nothing, added to those seen
MOST, LEAST = 1.6, 0.5
_STRENGTH = 0.35


def from_groups(readings: Sequence[Reading], groups: Sequence[int]) -> np.ndarray | None:
    """Weights of the features from confirmed groups (-1: in none): two notes of one group are together, of two groups apart."""
    known = [(reading, of) for reading, of in zip(readings, groups, strict=True) if of >= 0]
    if len(known) < 4:
        return None
    places = [np.unique(reading.sense[0]) for reading, _ in known]
    flat = np.concatenate(places)
    owner = np.repeat(np.array([of for _, of in known]), [len(one) for one in places])
    total = np.bincount(flat, minlength=SENSE).astype(np.float64)
    _, inside = np.unique(flat.astype(np.int64) * (owner.max() + 1) + owner, return_counts=True)
    cells = np.unique(flat.astype(np.int64) * (owner.max() + 1) + owner) // (owner.max() + 1)
    together = np.bincount(cells, inside * (inside - 1) / 2, SENSE)
    return _weights(together, total * (total - 1) / 2 - together)


def from_pairs(
    readings: Sequence[Reading], must: Iterable[tuple[int, int]], cannot: Iterable[tuple[int, int]]
) -> np.ndarray | None:
    """Weights of the features from pairs of rows that people put together or apart."""
    counts = []
    for pairs in (must, cannot):
        count = np.zeros(SENSE)
        for one, other in pairs:
            count[np.intersect1d(readings[one].sense[0], readings[other].sense[0])] += 1
        counts.append(count)
    return _weights(counts[0], counts[1]) if counts[0].any() or counts[1].any() else None


def _weights(together: np.ndarray, apart: np.ndarray) -> np.ndarray:
    usual = together.sum() / max(1.0, together.sum() + apart.sum())
    usual = min(max(usual, 0.05), 0.95)
    seen = (together + DOUBT * usual) / (together + apart + DOUBT)
    return np.clip((seen / usual) ** _STRENGTH, LEAST, MOST).astype(np.float32)
