"""What a process keeps in memory from one request to the next: words that are told, never those of a peer group.

A group that ends leaves nothing, in no process that ever showed one of its pages. From the moment when a request opens something
that a group sealed, or enters a page of one, the caches made here are passed by until the request ends; so they are outside of
any request. What a room keeps of a group by itself it forgets in `at_times`, which another process than the one that ended the
group also runs."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TypeVar

Made = TypeVar("Made")
EVERY = 20.0  # seconds

_in_a_group: ContextVar[bool] = ContextVar("in a group", default=True)
# By name, so that making the application twice changes nothing.
_at_times: dict[str, Callable[[], None]] = {}
_last = 0.0


def begin() -> None:
    """A request begins: it has opened nothing yet."""
    _in_a_group.set(False)


def end() -> None:
    _in_a_group.set(True)


def enter_a_group() -> None:
    """From now on, until the request ends, what is written may be the words of a group."""
    _in_a_group.set(True)


def may_keep() -> bool:
    """Whether this request knows of no word of a group."""
    return not _in_a_group.get()


def remembering(maxsize: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """`@remembering(512)` on a function of texts: what it made last is kept, unless a group may be what it speaks of."""

    def remember(made: Callable[..., Made]) -> Callable[..., Made]:
        known = lru_cache(maxsize)(made)

        @wraps(made)
        def call(*given: object) -> Made:
            return made(*given) if _in_a_group.get() else known(*given)

        return call

    return remember


def at_times(name: str, act: Callable[[], None]) -> None:
    """Call `act()` at the start of a request, at most every twenty seconds: it forgets what is not to be kept any more."""
    _at_times[name] = act


def forget_at_times() -> None:
    global _last
    now = time.monotonic()
    if now - _last >= EVERY:
        _last = now
        for act in _at_times.values():
            act()
