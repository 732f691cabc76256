"""Notes that lean on their neighbours: what moves, what stays, and that many notes are looked at heap by heap."""

import numpy as np

from rex.tensions import grouping_leaning
from rex.tensions.grouping_leaning import NEIGHBOURS, Neighbours, leaning, neighbours, outside


def points(subjects: int = 4, of_each: int = 6, width: int = 16, loose: float = 0.4) -> np.ndarray:
    """Notes of a few subjects, in their order."""
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(subjects, width))
    return (np.repeat(centres, of_each, axis=0) + rng.normal(scale=loose, size=(subjects * of_each, width))).astype(np.float32)


def test_neighbours_come_nearest_first_and_never_oneself():
    matrix = points()
    found = neighbours(matrix, 0.0)
    near = matrix @ matrix.T
    for row in range(len(matrix)):
        assert row not in found.rows[row]
        assert len(set(found.rows[row])) == NEIGHBOURS
        assert (np.diff(found.near[row]) <= 1e-5).all()
        others = np.delete(near[row], row)
        assert np.isclose(found.near[row, 0], others.max(), atol=1e-4)


def test_few_notes_have_few_neighbours():
    found = neighbours(points(1, 3), 0.0)
    assert (found.rows[:, :2] >= 0).all()
    assert (found.rows[:, 2:] == -1).all()
    moved, _ = leaning(points(1, 3), found)
    assert np.isfinite(moved).all()
    assert (neighbours(points(1, 1), 0.0).rows == -1).all()


def test_notes_put_apart_do_not_lean_on_each_other():
    found = neighbours(points(), 0.0, [(0, 1), (2, 0)])
    assert not {1, 2} & set(found.rows[0])
    assert 0 not in found.rows[1]
    assert 0 not in found.rows[2]


def test_notes_of_one_subject_come_closer_and_a_lone_one_stays():
    matrix = np.vstack([points(6, 14, loose=0.8), np.eye(1, 16, dtype=np.float32) * 0.01])
    moved, offset = leaning(matrix, neighbours(matrix, 0.0))
    same = np.repeat(np.arange(7), [14] * 6 + [1])
    together = (same[:, None] == same) & ~np.eye(len(same), dtype=bool)

    def contrast(near: np.ndarray) -> float:
        return float((near[together].mean() - near[~together].mean()) / near[~together].std())

    assert contrast(moved @ moved.T - offset) > contrast(matrix @ matrix.T)
    scale = np.linalg.norm(moved[:6].mean(0)) / np.linalg.norm(matrix[:6].mean(0))
    assert np.allclose(moved[-1], matrix[-1] * scale, atol=0.05)


def test_many_notes_are_compared_heap_by_heap(monkeypatch):
    matrix = points(8, 12)
    whole = neighbours(matrix, 0.0)
    monkeypatch.setattr(grouping_leaning, "WHOLE", 50)
    monkeypatch.setattr("rex.tensions.grouping_linkage.WHOLE", 40)
    parts = neighbours(matrix, 0.0)
    alike = np.mean([len(set(one) & set(other)) for one, other in zip(whole.rows.tolist(), parts.rows.tolist(), strict=True)])
    assert alike > 0.6 * NEIGHBOURS


def test_what_lies_around_a_group():
    rows = np.array([[1, 2, 3], [0, 2, -1], [0, 1, 3], [2, 0, 1]])
    near = np.array([[5, 4, 1], [5, 3, 0], [4, 3, 2], [2, 1, 1]], np.float32)
    around = Neighbours(rows, near)
    assert np.isclose(outside(around, [0, 1], 1), (4 + 3) / 2)
    assert np.isclose(outside(around, [0, 1, 2], 1), (1 + 0 + 2) / 3)
