"""What a letter tells, of all that it could: one pure function, the same letter from the same candidates.

First diversity: at each turn, what comes from the services, the collèges and the postures that were heard least so far, in the
rubric then in the letter. Then what is new, then what recurs. Popularity counts for nothing: how many answers or echoes a text
has is not even known here. What the last letter told is told again only when it changed. Rubrics choose in turn, so that each says
its first thing before one says its second, until five minutes of reading are full."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rex.digests.models import Rubric

MINUTES = 5
WORDS_A_MINUTE = 200  # somebody who reads a screen without hurry
MOST_WORDS = MINUTES * WORDS_A_MINUTE

PER_RUBRIC: Mapping[Rubric, int] = {
    Rubric.RECITS: 5,
    Rubric.RECURRING: 4,
    Rubric.CALMING: 2,
    Rubric.RECOGNITIONS: 3,
    Rubric.THEORY: 1,
    Rubric.PRACTICE: 2,
    Rubric.UNANSWERED: 3,
    Rubric.NETWORK: 3,
    Rubric.COMING: 3,
}


@dataclass(frozen=True)
class Limits:
    """How much a letter holds: items in each rubric, words in all."""

    per_rubric: Mapping[Rubric, int] = field(default_factory=lambda: PER_RUBRIC)
    words: int = MOST_WORDS


@dataclass(frozen=True)
class Candidate:
    """Something that a letter may tell.

    `key`: what it is, in its rubric; `mark`: what it is now, told again when it is another. `subject`: what it is about, wherever
    it is told (a récit is better not told twice in one letter). `new_at`: when it became what it is. `recurrence`: over how many
    months, or by how many voices of a tension, it comes back. `words`: about how much there is to read."""

    rubric: Rubric
    key: str
    mark: str
    new_at: datetime
    subject: Hashable = None
    services: tuple[str, ...] = ()
    colleges: tuple[str, ...] = ()
    postures: tuple[str, ...] = ()
    recurrence: int = 0
    words: int = 40
    is_reason_enough: bool = True  # a letter of nothing but the others is not written


@dataclass(frozen=True)
class Chosen:
    """What a letter tells, at its place in its rubric."""

    candidate: Candidate
    position: int


def select(candidates: Iterable[Candidate], last_marks: Mapping[str, str], limits: Limits | None = None) -> list[Chosen]:
    """What the letter tells, in the order of its rubrics; nothing when there is no reason to write.

    `last_marks`: key → mark of what the last letter told."""
    limits = limits or Limits()
    fresh = [one for one in candidates if last_marks.get(one.key) != one.mark]
    if not any(one.is_reason_enough for one in fresh):
        return []
    left = {rubric: [one for one in fresh if one.rubric is rubric] for rubric in Rubric}
    heard = _Heard()
    told: dict[Rubric, list[Candidate]] = {rubric: [] for rubric in Rubric}
    room = limits.words
    open_rubrics = [rubric for rubric in Rubric if left[rubric] and limits.per_rubric.get(rubric, 0) > 0]
    while open_rubrics:
        for rubric in tuple(open_rubrics):
            best = min((one for one in left[rubric] if one.words <= room), key=heard.rank, default=None)
            if best is None:
                open_rubrics.remove(rubric)
                continue
            told[rubric].append(best)
            left[rubric] = [one for one in left[rubric] if one.key != best.key]
            heard.hear(best)
            room -= best.words
            if not left[rubric] or len(told[rubric]) >= limits.per_rubric[rubric]:
                open_rubrics.remove(rubric)
    if not any(one.is_reason_enough for those in told.values() for one in those):
        return []
    return [Chosen(one, position) for rubric in Rubric for position, one in enumerate(told[rubric])]


class _Heard:
    """Who was heard so far, in each rubric and in the whole letter."""

    def __init__(self) -> None:
        self._in_rubric: Counter[tuple[Rubric, str, str]] = Counter()
        self._in_letter: Counter[tuple[str, str]] = Counter()
        self._subjects: Counter[Hashable] = Counter()

    def rank(self, one: Candidate) -> tuple[object, ...]:
        """The lowest comes first."""
        sides = _sides(one)
        in_rubric = sum(min(self._in_rubric[one.rubric, name, value] for value in values) for name, values in sides)
        in_letter = sum(min(self._in_letter[name, value] for value in values) for name, values in sides)
        told = self._subjects[one.subject] if one.subject is not None else 0
        return (told, in_rubric, in_letter, -one.new_at.timestamp(), -one.recurrence, one.key)

    def hear(self, one: Candidate) -> None:
        for name, values in _sides(one):
            for value in values:
                self._in_rubric[one.rubric, name, value] += 1
                self._in_letter[name, value] += 1
        if one.subject is not None:
            self._subjects[one.subject] += 1


def _sides(one: Candidate) -> Sequence[tuple[str, Sequence[str]]]:
    """From where it speaks; who is in no service speaks from a place of their own."""
    return (
        ("service", one.services or ("",)),
        ("college", one.colleges or ("",)),
        ("posture", one.postures or ("",)),
    )
