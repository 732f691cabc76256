"""What a letter could tell: what all its candidates are made of, and how their reasons are said in French.

Each `candidates_….py` reads some rubrics through the door, as a plain member (`rex.digests.plain`), in a constant number of
statements; `rex.digests.selection` chooses; then the words of what was chosen are read, and quoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rex import clock
from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.digests.selection import Candidate
from rex.french import date_short, number, plural

MOST = 2_000  # read of each sort for one letter, the newest first: it tells a handful
QUESTION_WAITS = timedelta(days=14)  # before a question is said to be without an answer
_A_YEAR = timedelta(days=335)  # a month that is farther is said with its year


@dataclass(frozen=True)
class Scene:
    """For whom, of where and about when a letter is composed. It tells of [since, until), leaves at `due`, the next about at
    `next_due`."""

    session: RexSession
    reader: Reader
    seat: MembershipView
    since: datetime
    until: datetime
    due: datetime
    next_due: datetime

    @property
    def space_id(self) -> int:
        return self.seat.collectif_id

    @property
    def zone(self) -> str:
        return self.seat.timezone

    @property
    def path(self) -> str:
        return self.seat.url.removesuffix("/")


@dataclass(frozen=True)
class Source:
    """A text to quote from, and who says it; `slugs`: from these sections alone; `words`: these themselves, of people, chosen."""

    entry_id: int
    signature: str = ""
    slugs: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Proposed:
    """A candidate with all that its item will hold, its quotes apart."""

    candidate: Candidate
    why: str
    entry_id: int | None = None
    action_id: int | None = None
    exchange_id: int | None = None
    seance_id: int | None = None
    balise: str = ""
    title: str = ""
    words: str = ""
    link: str = ""
    sources: Sequence[Source] = ()


def month_of(scene: Scene, instant: datetime) -> str:
    """« mars », « mars 2025 » once it is nearly a year ago."""
    day = clock.local(instant, scene.zone).date()
    said = date_short(day.replace(day=2), today=day if scene.until - instant < _A_YEAR else None)
    return said.split("\u00a0", 1)[1]


def day_of(scene: Scene, instant: datetime) -> str:
    """« 4 novembre », with the year when it is not that of the letter."""
    return date_short(instant, scene.zone, today=clock.local(scene.until, scene.zone).date())


def counted(n: int, singular: str, many: str | None = None) -> str:
    """« 3 services », with an ordinary space: the page puts those that do not break."""
    return f"{number(n)} {plural(n, singular, many)}"


def waited(since: datetime, until: datetime) -> str:
    """« sans réponse depuis 21 jours »."""
    return f"sans réponse depuis {counted((until - since).days, 'jour')}"


def mirrored(instant: datetime, around: datetime) -> datetime:
    """As far on the other side of `around`: so that what is soonest, or longest ago, comes first as what is newest does."""
    return around - (instant - around)
