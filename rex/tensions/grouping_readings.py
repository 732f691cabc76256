"""What a note gives to the comparison, before anything is known of the other notes: features, and the words that weigh them.

Features are places of a vector, the same in every process: ideas and areas of the lexicon have each their own, stems and pieces of
words share the others (a stable hash). How much a word weighs depends on the other notes: see `grouping_features`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from rex.tensions.grouping_lexicon import LOOSE_AREA, OWN_AREA, Found, Lexicon, ideas_in, shipped
from rex.tensions.grouping_vectors import row_of
from rex.tensions.grouping_words import content

SENSE, LETTERS, TAGS = 4096, 2048, 128  # places of each part
STEMS = 1 << 18  # stems are counted by number
IDEA, AREA = 0.75, 0.5  # what an idea weighs beside its words, an area beside its idea
FREQUENT = Path(__file__).with_name("frequent.txt")

Item = Mapping[str, Any]


class Reading(NamedTuple):
    """A note read once. `sense`: place, number of the stem that weighs it, share. `words`: folded, with their stem."""

    stems: np.ndarray
    sense: tuple[np.ndarray, np.ndarray, np.ndarray]
    words: tuple[tuple[str, int], ...]
    vectors: np.ndarray  # stem, row of its vector


@lru_cache(maxsize=50_000)
def number(stem: str) -> int:
    """The number of a stem, the same everywhere."""
    return crc32(stem.encode()) % STEMS


@lru_cache(maxsize=1)
def places() -> tuple[dict[str, int], dict[str, int], int]:
    """The places of the ideas and areas of the lexicon, and the first place left to stems."""
    lexicon = shipped()
    ideas = {idea: place for place, idea in enumerate(sorted(lexicon.areas))}
    areas = {area: len(ideas) + place for place, area in enumerate(sorted(set(lexicon.areas.values())))}
    return ideas, areas, len(ideas) + len(areas)


@lru_cache(maxsize=1)
def common() -> np.ndarray:
    """The share of ordinary notes in which a stem is found (`frequent.txt`), by number of stem."""
    share = np.zeros(STEMS, np.float64)
    for line in FREQUENT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stem, thousandths = line.split()
            share[number(stem)] = int(thousandths) / 1000
    return share


@lru_cache(maxsize=120_000)
def read(text: str, own: Lexicon | None = None) -> Reading:
    """What a text gives, whatever the others say. `own`: the lexicon of the collectif."""
    words = content(text)
    ideas, areas, first = places()
    stems = sorted({word.stem for word in words})
    by_word: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by_word[word.written].append(word.stem)
    sense = [(first + crc32(stem.encode()) % (SENSE - first), number(stem), math.sqrt(1 - IDEA)) for stem in stems]
    told = ideas_in(text, own)
    twins = Counter(found.words for found in told)
    for found in told:
        carriers = {stem for written in found.words for stem in by_word.get(written, ())} or {found.idea}
        share = math.sqrt(IDEA / twins[found.words])
        for stem in sorted(carriers):
            sense.append((_place_of(found, ideas, first), number(stem), share))
            if not found.area.startswith(LOOSE_AREA):
                sense.append((areas[found.area], number(stem), share * AREA))
    family = tuple(sorted({word.folded: number(word.stem) for word in words}.items()))
    rows = [(number(word.stem), row) for word in words if (row := row_of(word.written.lower())) >= 0]
    vectors = np.array(rows, np.int32).reshape(-1, 2)
    return Reading(np.array([number(stem) for stem in stems], np.int32), _columns(sense), family, vectors)


def _place_of(found: Found, ideas: Mapping[str, int], first: int) -> int:
    """The place of an idea; those of a collectif have theirs among the stems."""
    return first + crc32(b"own:" + found.idea.encode()) % (SENSE - first) if found.area == OWN_AREA else ideas[found.idea]


@lru_cache(maxsize=50_000)
def pieces(word: str) -> tuple[np.ndarray, np.ndarray]:
    """The runs of 3 to 5 letters of a word: their places, and their shares with a sign; the whole weighs one."""
    framed = f"_{word}_"
    runs = [framed[start : start + size] for size in (3, 4, 5) for start in range(len(framed) - size + 1)]
    marks = [crc32(run.encode()) for run in runs]
    share = 1 / math.sqrt(max(1, len(runs)))
    signed = [share if mark & 1 else -share for mark in marks]
    return np.array([(mark >> 1) % LETTERS for mark in marks], np.int32), np.array(signed, np.float32)


def _columns(rows: list[tuple[int, int, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32)
    places, stems, shares = zip(*rows, strict=True)
    return np.array(places, np.int32), np.array(stems, np.int32), np.array(shares, np.float32)


@lru_cache(maxsize=4096)
def tag_place(code: str) -> int:
    """The place of a balise."""
    return crc32(code.encode()) % TAGS


def kinship(one: str, other: str) -> float:
    """How much of their letters two folded words share, from 0 to 1."""
    rows = np.zeros((2, LETTERS), np.float32)
    for row, word in enumerate((one, other)):
        np.add.at(rows[row], *pieces(word))
    lengths = float(np.linalg.norm(rows[0]) * np.linalg.norm(rows[1]))
    return float(rows[0] @ rows[1]) / lengths if lengths else 0.0
