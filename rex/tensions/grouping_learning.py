"""What people decided teaches: words that keep joining notes that people keep apart weigh less, those that join rightly weigh more.

For each feature of the sense (a word, an idea, an area), the pairs of notes that share it are counted: those that people put
together, those that they put apart. Few decisions change little.

Weights learnt from confirmed groups alone made suggestions worse (the words of one group crowd out the others): only what people
say of pairs is learnt.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from rex.tensions.grouping_readings import SENSE, Reading

DOUBT = 2.0  # pairs that speak for nothing, added to those seen
MOST, LEAST = 1.6, 0.5
_STRENGTH = 0.5


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
