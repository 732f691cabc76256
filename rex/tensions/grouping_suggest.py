"""Which confirmed groups a note looks like: its mean nearness to their notes, and silence where nothing is near enough.

How near is near enough is measured on the groups: how near a confirmed note is to the best of the groups where it is not, and once
most notes are in a group, how near those left alone come to one. While most notes are in no group yet, many of them belong to one:
groups to look at, with their strength, are worth more than silence.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from rex.tensions.grouping_features import PLACING, Features
from rex.tensions.grouping_lexicon import Own, lines_of
from rex.tensions.grouping_readings import Item

SHOWN = 3
# Share of the confirmed notes that the best wrong group does not reach: where balises agree within groups, and where they do not.
SILENCE, ALONE = 0.3, 0.52
LEFT = 0.62, 0.72  # share of the notes left alone that reach no group, once most notes are in one: the same two cases
AGREE, DISAGREE = 0.5, 0.2  # shares of confirmed notes with a balise that half of their group has
USUAL, TRUST = 1.0, 25  # nearness asked for while few notes are confirmed, and how many notes outweigh it
YOUNG, GROWN = 0.3, 0.65  # shares of notes in a group: under the first one hardly ever keeps silent, above the second as said
FEW = 10  # notes left alone under which they tell nothing
BOLD = 0.4  # what is left of the nearness asked for when hardly any note is in a group
LONE = 0.7  # a group of few notes is less sure: n / (n + LONE)
CLOSE = 0.2  # more is asked for a group whose notes are very near to each other
_SAMPLE = 1_000
_KEPT = 4


class Known(NamedTuple):
    """Confirmed groups in the space of their notes."""

    features: Features
    names: list[Any]
    centres: np.ndarray
    sizes: np.ndarray
    enough: np.ndarray


_Mark = tuple[tuple[tuple[str, ...], ...], list[tuple[Any, ...]]]
_kept: list[tuple[_Mark, Known]] = []


def known(items: Iterable[Item], own: Own = ()) -> Known:
    """The groups of these items; the last ones are kept, recognised by what they hold. `own`: as `group` takes it."""
    notes = list(items)
    mark: _Mark = lines_of(own), [(item["id"], item["text"], item.get("group"), tuple(item.get("balises") or ())) for item in notes]
    found = next((learnt for of, learnt in list(_kept) if of == mark), None)
    if found is None:
        found = _learn(sorted(notes, key=lambda item: str(item["id"])), own)
        _kept.insert(0, (mark, found))
        del _kept[_KEPT:]
    return found


def _learn(notes: Sequence[Item], own: Own) -> Known:
    names = sorted({item["group"] for item in notes if item.get("group") is not None}, key=str)
    place = {name: at for at, name in enumerate(names)}
    of = np.array([place.get(item.get("group"), -1) for item in notes], np.int64)
    features = Features(notes, brief=PLACING, own=own)
    sizes = np.bincount(of[of >= 0], minlength=len(names)).astype(np.float32)
    centres = np.zeros((len(names), features.matrix.shape[1]), np.float32)
    order = np.argsort(of, kind="stable")[int((of < 0).sum()) :]
    if len(order):
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        centres = np.add.reduceat(features.matrix[order], starts, axis=0) / sizes[:, None]
    if not names:
        return Known(features, names, centres, sizes, np.zeros(0, np.float32))
    lengths = np.bincount(of[of >= 0], (features.matrix[of >= 0] ** 2).sum(1), len(names))
    asked = CLOSE * _closeness(features.offset, centres, sizes, lengths)
    return Known(features, names, centres, sizes, asked + _enough(features, centres, sizes, of, asked, _silence(notes, of)))


def _scores(features: Features, rows: np.ndarray, centres: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    return features.near(rows, centres) * (sizes / (sizes + LONE))


def _closeness(offset: float, centres: np.ndarray, sizes: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The mean nearness of the notes of each group to each other; the usual one for a group of one note."""
    pairs = sizes * (sizes - 1)
    total = (sizes**2) * (centres**2).sum(1) - lengths
    mean = np.where(pairs > 0, total / np.maximum(pairs, 1) - offset, 0.0)
    return np.where(pairs > 0, mean, mean[pairs > 0].mean() if (pairs > 0).any() else 0.0)


def _silence(notes: Sequence[Item], of: np.ndarray) -> float:
    """How silent to be: more where balises say nothing of the groups, and words stand alone."""
    groups: dict[int, list[frozenset[str]]] = defaultdict(list)
    for item, group in zip(notes, of.tolist(), strict=True):
        if group >= 0:
            groups[group].append(frozenset(item.get("balises") or ()))
    agreeing = asked = 0
    for told in groups.values():
        if len(told) > 2:
            counts = Counter(code for codes in told for code in codes)
            shared = {code for code, count in counts.items() if 2 * (count - 1) >= len(told) - 1}
            agreeing, asked = agreeing + sum(bool(codes & shared) for codes in told), asked + len(told)
    trust = np.clip((agreeing / max(1, asked) - DISAGREE) / (AGREE - DISAGREE), 0, 1)
    return float(ALONE + (SILENCE - ALONE) * trust)


def _enough(features: Features, centres: np.ndarray, sizes: np.ndarray, of: np.ndarray, asked: np.ndarray, silence: float) -> float:
    """The nearness under which nothing is said, beyond what each group asks."""
    confirmed = np.flatnonzero(of >= 0)
    grown = float(np.clip((len(confirmed) / len(of) - YOUNG) / (GROWN - YOUNG), 0, 1))
    usual = USUAL * (BOLD + (1 - BOLD) * grown) - float(asked.mean())
    if len(sizes) < 2:
        return usual
    confirmed = confirmed[:: -(-len(confirmed) // _SAMPLE)]
    scores = _scores(features, features.matrix[confirmed], centres, sizes) - asked
    scores[np.arange(len(confirmed)), of[confirmed]] = -np.inf
    seen = float(np.quantile(scores.max(1), silence * grown))
    left = np.flatnonzero(of < 0)
    if len(left) >= FEW:
        left = left[:: -(-len(left) // _SAMPLE)]
        scores = _scores(features, features.matrix[left], centres, sizes) - asked
        share = float(np.interp(silence, (SILENCE, ALONE), LEFT))
        weight = len(left) / (len(left) + 2 * FEW)
        seen = (1 - weight) * seen + weight * float(np.quantile(scores.max(1), share * grown))
    return (seen * len(confirmed) + usual * TRUST) / (len(confirmed) + TRUST)


def among(item: Item, groups: Known) -> list[tuple[Any, float]]:
    """At most three groups and how near they are, best first; nothing when none is near enough.

    Learning the groups of thousands of notes takes seconds, this takes none: keep `known(...)` from one note to the next."""
    if not groups.names:
        return []
    scores = _scores(groups.features, groups.features.vector(item), groups.centres, groups.sizes)
    best = sorted(range(len(scores)), key=lambda at: (-round(float(scores[at]), 4), at))[:SHOWN]
    if scores[best[0]] < groups.enough[best[0]]:
        return []
    return [(groups.names[at], float(scores[at])) for at in best]


def suggest(item: Item, items: Iterable[Item], own: Own = ()) -> list[tuple[Any, float]]:
    """The same from the notes: those that people put in a group carry its id as `group`."""
    return among(item, known(items, own))
