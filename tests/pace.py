"""How long a piece of work takes, said in the pace of the machine at that moment.

A bound in plain seconds fails on a machine that is slow or shared, without any fault in the code. Here the same small
known work is timed right before and right after, and the figure is what an ordinary machine would have needed.
"""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

# What the known work takes on an ordinary machine that does nothing else, in seconds.
ORDINARY = 0.0065


def quickest(work: Callable[[], object], enough: float) -> float:
    """The seconds of the quickest of a few runs, until one takes less than `enough`: what is too slow is so each time.

    The pace of a machine is never told faster than ordinary, so what takes less than `enough` here does so anywhere: it is only
    from the second run on that the known work, which often takes longer than what is timed, is done beside."""
    started = time.thread_time()
    work()
    best = time.thread_time() - started
    for _ in range(5):
        if best < enough:
            break
        with spent() as run:
            work()
        best = min(best, run.seconds)
    return best


class Spent:
    """`seconds`: processor time of this thread, as an ordinary machine would have spent it. Read it after the block."""

    seconds = 0.0


@contextmanager
def spent() -> Generator[Spent]:
    """Time the block."""
    result = Spent()
    before = _known_work()
    started = time.thread_time()
    yield result
    took = time.thread_time() - started
    result.seconds = took * ORDINARY / max(before, _known_work(), ORDINARY)


def _known_work() -> float:
    """The slowest of three, since a shared machine slows down by moments."""
    return max(_once() for _ in range(3))


def _once() -> float:
    started = time.thread_time()
    words: dict[str, int] = {}
    for rank in range(20_000):
        word = f"{rank * 7919 % 5003} mot".upper()
        words[word] = words.get(word, 0) + len(word.split())
    "".join(sorted(words))
    return time.thread_time() - started
