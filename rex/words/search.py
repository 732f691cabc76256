"""The differences of two sequences: the shortest that a budget of steps finds (Myers), else between the items
that both hold once (patience), else the whole replaced."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

STEPS = 200_000
MAX_CHANGES = 300
# Items looked at for anchors, over again inside the gaps: two texts of 200,000 signs are read once.
READS = 450_000


class Hunk(NamedTuple):
    """Items `start` to `stop` of the old sequence became items `from_` to `to` of the new one."""

    start: int
    stop: int
    from_: int
    to: int


class Search:
    """The differences of two sequences, within a budget of steps shared by all the searches of a call."""

    def __init__(self) -> None:
        self.left = STEPS
        self.unread = READS

    def hunks(self, old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
        """What changed, in order, hunks never touching each other."""
        joined: list[Hunk] = []
        for hunk in self._between(old, new, 0, len(old), 0, len(new)):
            if joined and joined[-1].stop == hunk.start and joined[-1].to == hunk.from_:
                joined[-1] = Hunk(joined[-1].start, hunk.stop, joined[-1].from_, hunk.to)
            else:
                joined.append(hunk)
        return joined

    def _between(self, old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int) -> Iterator[Hunk]:
        while i < i_end and j < j_end and old[i] == new[j]:
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
        if i == i_end or j == j_end:
            if i < i_end or j < j_end:
                yield Hunk(i, i_end, j, j_end)
            return
        found = self._shortest(old, new, i, i_end, j, j_end)
        if found is not None:
            yield from found
            return
        self.unread -= i_end - i + j_end - j
        anchors = _anchors(old, new, i, i_end, j, j_end) if self.unread >= 0 else []
        if not anchors:
            yield Hunk(i, i_end, j, j_end)
            return
        for a, b in anchors:
            yield from self._between(old, new, i, a, j, b)
            i, j = a + 1, b + 1
        yield from self._between(old, new, i, i_end, j, j_end)

    def _shortest(self, old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int) -> list[Hunk] | None:
        """Myers' greedy search, or None when it takes more changes or more steps than allowed."""
        n, m = i_end - i, j_end - j
        reach = {1: 0}
        history: list[dict[int, int]] = []
        for changes in range(min(n + m, MAX_CHANGES) + 1):
            history.append(dict(reach))
            self.left -= changes + 1
            if self.left < 0:
                return None
            for k in range(-changes, changes + 1, 2):
                down = k == -changes or (k != changes and reach[k - 1] < reach[k + 1])
                x = begin = reach[k + 1] if down else reach[k - 1] + 1
                while x < n and x - k < m and old[i + x] == new[j + x - k]:
                    x += 1
                self.left -= x - begin
                reach[k] = x
                if x >= n and x - k >= m:
                    return _path(history, n, m, i, j)
        return None


def _path(history: list[dict[int, int]], n: int, m: int, i: int, j: int) -> list[Hunk]:
    """The steps of Myers' search, walked back from the end, as hunks in order."""
    steps: list[Hunk] = []
    x, y = n, m
    for changes in range(len(history) - 1, 0, -1):
        reach = history[changes]
        k = x - y
        down = k == -changes or (k != changes and reach[k - 1] < reach[k + 1])
        before = k + 1 if down else k - 1
        px = reach[before]
        py = px - before
        steps.append(Hunk(i + px, i + px + (not down), j + py, j + py + down))
        x, y = px, py
    return steps[::-1]


def _anchors(old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int) -> list[tuple[int, int]]:
    """The items found once on each side, as many as keep the same order on both (patience)."""
    # How many times on the old side, where last; the same on the new side.
    places: dict[str, list[int]] = {}
    for at in range(i, i_end):
        place = places.setdefault(old[at], [0, 0, 0, 0])
        place[:2] = place[0] + 1, at
    for at in range(j, j_end):
        if new[at] in places:
            place = places[new[at]]
            place[2:] = place[2] + 1, at
    pairs = [(place[1], place[3]) for place in places.values() if place[0] == 1 == place[2]]
    tops: list[int] = []
    chain: list[int] = []
    previous: list[int] = []
    for rank, (_, b) in enumerate(pairs):
        pile = bisect_left(tops, b)
        previous.append(chain[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [b]
        chain[pile : pile + 1] = [rank]
    kept: list[tuple[int, int]] = []
    rank = chain[-1] if chain else -1
    while rank >= 0:
        kept.append(pairs[rank])
        rank = previous[rank]
    return kept[::-1]
