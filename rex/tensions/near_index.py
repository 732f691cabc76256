"""What is told in a collectif, made comparable and kept in memory from one person who types to the next.

A small collectif is read at once; a large one in a thread, and nothing is suggested until it is. What is told after that is added
to what is kept, a little at a time, and all of it is read anew now and then. Those used last are kept, up to a weight. It holds no
word of a peer group."""

import logging
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from rex import clock
from rex.db import RexSession, System
from rex.tensions.computing_reading import Note, mark_of, news_of, notes_of
from rex.tensions.grouping_suggest import Known, known
from rex.tensions.own_ideas import own_of

log = logging.getLogger("rex.tensions")

AT_ONCE = 400  # difficulties that are read while somebody waits; more are read beside
LOOKED = 10.0  # seconds during which what is kept of a large collectif is not compared with what is told
PAUSE = 0.1  # seconds a difficulty between two readings of a large collectif
NEWS = 60  # difficulties that are added at once to what is kept
WEIGHT = 250_000_000  # bytes that are kept


@dataclass(frozen=True)
class Index:
    """The told difficulties of a collectif, a row each; the last rows were told since it was made (`news`: their vectors)."""

    mark: str
    known: Known
    own: tuple[tuple[str, ...], ...]
    ids: list[int]
    texts: list[str]
    balises: list[tuple[str, ...]]
    groups: list[int | None]
    members: Mapping[int, np.ndarray]
    latest: datetime
    made_at: float
    news: np.ndarray | None = None

    @property
    def weight(self) -> int:
        return int(self.known.features.matrix.nbytes) + sum(map(len, self.texts))

    def near(self, item: dict[str, Any]) -> np.ndarray:
        """How near each difficulty is to this one."""
        features = self.known.features
        vector = features.vector(item)
        near = features.near(vector, features.matrix)
        return near if self.news is None else np.concatenate([near, features.near(vector, self.news)])

    def with_news(self, notes: Mapping[int, Note]) -> "Index":
        """The same with what was told since. (What was there is looked at again by whoever shows it.)"""
        new = list(notes.values())
        if not new:
            return self
        vectors = np.stack([self.known.features.vector(note.item) for note in new])
        return replace(
            self,
            ids=[*self.ids, *(note.id for note in new)],
            texts=[*self.texts, *(note.text for note in new)],
            balises=[*self.balises, *(note.balises for note in new)],
            groups=[*self.groups, *(note.tension_id for note in new)],
            latest=max(self.latest, *(note.version for note in new)),
            news=vectors if self.news is None else np.vstack([self.news, vectors]),
        )


@dataclass
class _Place:
    index: Index | None = None
    looked_at: float = 0.0
    is_being_made: bool = False
    beside: threading.Thread | None = None  # the last that looked
    lock: threading.Lock = field(default_factory=threading.Lock)


_places: OrderedDict[tuple[str, int], _Place] = OrderedDict()  # by base and collectif, the one used last at the end
_lock = threading.Lock()


def index_of(session: RexSession, collectif_id: int) -> Index | None:
    """The difficulties of this collectif, as they were a moment ago; None while they are read for the first time."""
    place = _place(session, collectif_id)
    index = place.index
    if index is not None and len(index.ids) > AT_ONCE:
        if time.monotonic() - place.looked_at >= LOOKED:
            _look_beside(session, collectif_id, place)
        return index
    with session.as_system("whether what is compared with a text is still what is told"):
        mark, number = mark_of(session, collectif_id)
    if number > AT_ONCE:
        _look_beside(session, collectif_id, place)
        return index
    with place.lock:  # of two who type at once, one reads
        if place.index is None or place.index.mark != mark:
            place.index = _made(session, collectif_id, mark)
            _lighten(place)
        return place.index


def forget() -> None:
    """Nothing is kept any more, nor read: who looks beside has ended."""
    with _lock:
        looking = [place.beside for place in _places.values() if place.beside is not None]
        _places.clear()
    for thread in looking:
        thread.join()


def make_index(notes: Mapping[int, Note], mark: str, own: tuple[tuple[str, ...], ...] = ()) -> Index:
    """`notes` by id."""
    ordered = sorted(notes.values(), key=lambda note: str(note.id))  # as the grouping orders them
    members: dict[int, list[int]] = defaultdict(list)
    for row, note in enumerate(ordered):
        if note.tension_id is not None:
            members[note.tension_id].append(row)
    return Index(
        mark=mark,
        known=known([note.item for note in ordered], own),
        own=own,
        ids=[note.id for note in ordered],
        texts=[note.text for note in ordered],
        balises=[note.balises for note in ordered],
        groups=[note.tension_id for note in ordered],
        members={tension_id: np.array(rows, np.int64) for tension_id, rows in members.items()},
        latest=max((note.version for note in ordered), default=clock.now()),
        made_at=time.monotonic(),
    )


def _made(session: RexSession, collectif_id: int, mark: str) -> Index:
    with session.as_system("what is told in a collectif, to be compared with what its members write"):
        return make_index(notes_of(session, collectif_id), mark, own_of(session, collectif_id))


def _look_beside(session: RexSession, collectif_id: int, place: _Place) -> None:
    """Look at a large collectif in a thread of its own, with a session of its own; one at a time."""
    with _lock:
        if place.is_being_made:
            return
        place.is_being_made = True
    beside = RexSession(session.get_bind(), expire_on_commit=False)
    beside.reader = System("what is told in a collectif, to be compared with what its members write")
    beside.keyring, beside.files = session.keyring, session.files

    def look() -> None:
        try:
            with beside:
                place.index = _looked(beside, collectif_id, place.index)
            place.looked_at = time.monotonic()
            _lighten(place)
        except Exception:
            log.exception("what is told could not be read to be compared")
        finally:
            place.is_being_made = False

    thread = threading.Thread(target=look, name="rex-near", daemon=True)
    thread.start()
    place.beside = thread


def _looked(session: RexSession, collectif_id: int, index: Index | None) -> Index:
    """What is kept if it is what is told, else with what was told since, or made anew."""
    mark, number = mark_of(session, collectif_id)
    if index is None:
        return _made(session, collectif_id, mark)
    if index.mark == mark:
        return index
    if time.monotonic() - index.made_at > number * PAUSE:
        return _made(session, collectif_id, mark)
    return index.with_news(news_of(session, collectif_id, index.latest, NEWS))


def _place(session: RexSession, collectif_id: int) -> _Place:
    key = (str(session.get_bind().engine.url), collectif_id)
    with _lock:
        place = _places.setdefault(key, _Place())
        _places.move_to_end(key)
        return place


def _lighten(kept: _Place) -> None:
    """Forget those that were used longest ago, while all of them weigh too much."""
    with _lock:
        weights = {key: place.index.weight for key, place in _places.items() if place.index is not None}
        for key in list(_places):
            if sum(weights.values()) > WEIGHT and _places[key] is not kept and not _places[key].is_being_made:
                del _places[key]
                weights.pop(key, None)
