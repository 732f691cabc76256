"""Notes as vectors: how near two of them are is a product of their vectors, less what any two notes have in common.

Three parts, each centred and scaled over the pairs of notes, then weighed and added: the sense (stems, and ideas and areas of the
lexicon, all weighed by how rare their words are), the letters (runs of 3 to 5, for spelling slips and kin words), the balises.
"""

import math
from collections.abc import Sequence

import numpy as np

from rex.tensions.grouping_lexicon import Own, lexicon_of, lines_of
from rex.tensions.grouping_readings import LETTERS, SENSE, STEMS, TAGS, Item, Reading, common, number, pieces, read, tag_place
from rex.tensions.grouping_vectors import WIDTH, table

BACKGROUND = 250  # notes that the shipped frequencies stand for
WEIGHTS = {"sense": 1.0, "letters": 0.35, "tags": 1.0, "vectors": 1.0}
# What balises weigh follows how often notes near in words share one, beyond chance: from these shares to these weights.
AGREEING, TRUSTED = (0.1, 0.25), (0.42, 0.65)
USUAL = 0.55  # what they weigh among few notes
CLOSEST, TOLD = 3, 40  # notes compared with each, and notes with a balise under which nothing is measured
GROUPING, PLACING = 4.0, 15.0  # what a note of a few words loses: as if each held more words, that nobody else has
SAMPLE = 200  # notes on which means and spreads are measured
EXACT = 1_500  # above that many notes, vectors are shortened
SHORT = 384
MANY = 600  # notes on which the trust in balises is measured
_BLOCK = 1_000
Parts = dict[str, np.ndarray]  # of some notes, a row each: « sense », « letters », « tags », « vectors »


class Features:
    """The notes of a corpus in one space. `near(rows, others)` says how alike they are, in spreads of any two notes."""

    def __init__(self, items: Sequence[Item], taught: np.ndarray | None = None, brief: float = GROUPING, own: Own = ()) -> None:
        self._brief = brief
        self.own = lexicon_of(lines_of(own))
        readings = [read(item["text"], self.own) for item in items]
        counts = np.zeros(STEMS)
        if readings:
            counts += np.bincount(np.concatenate([one.stems for one in readings]), minlength=STEMS)
        seen = len(items) + BACKGROUND
        self._rarity = np.log((seen + 1) / (counts + BACKGROUND * common() + 0.5)).astype(np.float32)
        self._taught = taught
        self._set_tags(items, seen)
        self._axes: np.ndarray | None = None
        self._usual = np.zeros((2, WIDTH), np.float32)
        self.offset = 0.0
        if table() is not None:
            self._usual = _usual(self._meant(readings[:: self._step(items)]))
        whole = self._parts(items, readings) if len(items) <= EXACT else None
        self._scale(items, readings, whole)
        self.matrix = self._all(items, readings, whole)

    def _set_tags(self, items: Sequence[Item], seen: int) -> None:
        told = np.zeros(TAGS)
        for item in items:
            for code in set(item.get("balises") or ()):
                told[tag_place(code)] += 1
        self._tag_rarity = np.log((seen + 1) / (told + BACKGROUND / 25 + 0.5)).astype(np.float32)

    def _step(self, items: Sequence[Item]) -> int:
        return max(1, math.ceil(len(items) / SAMPLE))

    def _scale(self, items: Sequence[Item], readings: Sequence[Reading], whole: Parts | None) -> None:
        """Measures each part on a sample of the notes, so that none outweighs the others by its nature. `whole`: all the parts."""
        step = self._step(items)
        parts = self._of(range(0, len(items), step), items, readings, whole)
        self._factors, self._mean, both = {}, 0.0, 0.0
        above = np.triu_indices(len(items[::step]), 1)
        trust = self._trust(items, readings, whole)
        for name, rows in parts.items():
            pairs = (rows @ rows.T)[above].astype(np.float64)
            spread = float(pairs.std()) if len(pairs) > 1 else 0.0
            weight = trust if name == "tags" else WEIGHTS[name]
            self._factors[name] = weight / spread if spread > 1e-4 else 0.0
            self._mean += self._factors[name] * float(pairs.mean()) if len(pairs) else 0.0
            both = both + self._factors[name] * pairs
        self._spread = float(np.std(both)) if len(above[0]) > 1 and float(np.std(both)) > 1e-6 else 1.0
        self.offset = self._mean / self._spread

    def _trust(self, items: Sequence[Item], readings: Sequence[Reading], whole: Parts | None) -> float:
        """What balises weigh: more where notes that are near in words share them, less where they were set at random."""
        told = [row for row, item in enumerate(items) if item.get("balises")]
        told = told[:: max(1, math.ceil(len(told) / MANY))]
        if len(told) < TOLD:
            return USUAL
        parts = self._of(told, items, readings, whole)
        shared = parts.pop("tags")
        same = shared @ shared.T > 0
        near = np.zeros(same.shape, np.float32)
        for name, rows in parts.items():
            near += np.float32(WEIGHTS[name]) * _spread_out(rows)
        np.fill_diagonal(near, -np.inf)
        closest = np.argsort(-near.round(4), axis=1, kind="stable")[:, :CLOSEST]
        found = float(np.take_along_axis(same, closest, axis=1).mean())
        chance = float((same.sum() - len(told)) / (len(told) * (len(told) - 1)))
        return float(np.interp((found - chance) / max(1 - chance, 1e-6), AGREEING, TRUSTED))

    def _of(self, rows: Sequence[int], items: Sequence[Item], readings: Sequence[Reading], whole: Parts | None) -> Parts:
        """The parts of some of the notes."""
        if whole is not None:
            return {name: part[rows] for name, part in whole.items()}
        return self._parts([items[row] for row in rows], [readings[row] for row in rows])

    def _parts(self, items: Sequence[Item], readings: Sequence[Reading]) -> Parts:
        sense = np.zeros(len(items) * SENSE, np.float32)
        letters = np.zeros(len(items) * LETTERS, np.float32)
        tags = np.zeros((len(items), TAGS), np.float32)
        if readings:
            at, weight = self._flat([one.sense for one in readings], SENSE)
            np.maximum.at(sense, at, weight)
            letters = self._letters(readings)
        sense = sense.reshape(-1, SENSE)
        if self._taught is not None:
            sense *= self._taught
        for row, item in enumerate(items):
            for code in item.get("balises") or ():
                tags[row, tag_place(code)] = self._tag_rarity[tag_place(code)]
        letters = letters.reshape(-1, LETTERS)
        parts = {"sense": _unit(sense, self._brief), "letters": _unit(letters, self._brief), "tags": _unit(tags)}
        if table() is not None:
            mean, axis = self._usual
            meant = self._meant(readings) - mean
            parts["vectors"] = _unit(meant - np.outer(meant @ axis, axis))
        return parts

    def _meant(self, readings: Sequence[Reading]) -> np.ndarray:
        """The mean vector of the words of each note, of length one."""
        rows, found = np.zeros((len(readings), WIDTH), np.float32), table()
        sizes = [len(one.vectors) for one in readings]
        if found is not None and sum(sizes):
            pairs = np.concatenate([one.vectors for one in readings])
            told = found.vectors[pairs[:, 1]] * self._rarity[pairs[:, 0]][:, None]
            full = np.flatnonzero(sizes)
            rows[full] = np.add.reduceat(told, np.concatenate([[0], np.cumsum(sizes)[:-1]])[full], axis=0)
        return _unit(rows)

    def _flat(self, columns: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], width: int) -> tuple[np.ndarray, np.ndarray]:
        rows = np.repeat(np.arange(len(columns)), [len(one[0]) for one in columns])
        at = rows * width + np.concatenate([one[0] for one in columns])
        return at, np.concatenate([one[2] for one in columns]) * self._rarity[np.concatenate([one[1] for one in columns])]

    def _letters(self, readings: Sequence[Reading]) -> np.ndarray:
        words = [(row, *word) for row, one in enumerate(readings) for word in one.words]
        if not words:
            return np.zeros(len(readings) * LETTERS, np.float32)
        rows, forms, stems = zip(*words, strict=True)
        parts = [pieces(form) for form in forms]
        sizes = [len(places) for places, _ in parts]
        at = np.repeat(np.array(rows) * LETTERS, sizes) + np.concatenate([places for places, _ in parts])
        weight = np.repeat(self._rarity[np.array(stems)], sizes) * np.concatenate([shares for _, shares in parts])
        return np.bincount(at, weight, len(readings) * LETTERS).astype(np.float32)

    def _joined(self, parts: Parts) -> np.ndarray:
        return np.hstack([rows * np.float32(math.sqrt(self._factors[name] / self._spread)) for name, rows in parts.items()])

    def _all(self, items: Sequence[Item], readings: Sequence[Reading], whole: Parts | None) -> np.ndarray:
        if whole is not None:
            return self._joined(whole)
        step = math.ceil(len(items) / EXACT)
        self._axes = _main_axes(self._joined(self._parts(items[::step], readings[::step])))
        starts = range(0, len(items), _BLOCK)
        blocks = (self._parts(items[at : at + _BLOCK], readings[at : at + _BLOCK]) for at in starts)
        return np.vstack([self._joined(parts) @ self._axes for parts in blocks])

    def vector(self, item: Item) -> np.ndarray:
        """A note that is not of the corpus, in its space."""
        row = self._joined(self._parts([item], [read(item["text"], self.own)]))
        return (row if self._axes is None else row @ self._axes)[0]

    def rarity(self, stem: str) -> float:
        """How much a word says: more, the fewer notes hold it."""
        return float(self._rarity[number(stem)])

    def near(self, one: np.ndarray, others: np.ndarray) -> np.ndarray:
        """How alike vectors are: 0 is any two notes, 1 one spread above."""
        return one @ others.T - np.float32(self.offset)


def _usual(rows: np.ndarray) -> np.ndarray:
    """What notes have in common: their mean, and the axis along which they differ most, which says length more than sense."""
    if not len(rows):
        return np.zeros((2, WIDTH), np.float32)
    mean = rows.mean(0)
    apart, axis = rows - mean, np.ones(WIDTH, np.float32)
    for _ in range(12):
        axis = apart.T @ (apart @ axis)
        axis /= max(float(np.linalg.norm(axis)), 1e-9)
    return np.stack([mean, axis])


def _unit(rows: np.ndarray, brief: float = 0.0) -> np.ndarray:
    """Rows of length one; a little less for the rows that are short beside `brief`."""
    length = np.hypot(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(brief))
    return rows / np.where(length > 0, length, 1)


def _spread_out(rows: np.ndarray) -> np.ndarray:
    """The products of rows, in spreads of any two of them."""
    near = rows @ rows.T
    spread = float(near[np.triu_indices(len(rows), 1)].std())
    return near / spread if spread > 1e-4 else near * 0


def _main_axes(rows: np.ndarray) -> np.ndarray:
    """The axes along which a sample of notes differs most (those of its products)."""
    values, vectors = np.linalg.eigh((rows @ rows.T).astype(np.float64))
    kept = np.argsort(-values)[:SHORT]
    kept = kept[values[kept] > 1e-9]
    axes = rows.T.astype(np.float64) @ (vectors[:, kept] / np.sqrt(values[kept]))
    return axes.astype(np.float32)
