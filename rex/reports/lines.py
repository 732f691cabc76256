"""What stands on the page of the animateurs: the texts reported, those suspended, what was done."""

from dataclasses import dataclass, field
from datetime import datetime

from rex.reports.models import Outcome

RECENT = 20
DONE = {
    Outcome.LEFT: "n’a rien changé à",
    Outcome.SUSPENDED: "a suspendu",
    Outcome.NARROWED: "a retiré du réseau",
    Outcome.RESTORED: "a rétabli",
}


@dataclass(frozen=True)
class Reason:
    """What somebody wrote to the animateurs."""

    who: str
    at: datetime
    words: str
    is_author: bool  # an author of the text, who answers


@dataclass
class Case:
    """One text and all that was written about it and waits."""

    report_id: str
    what: str  # « Un récit de Camille Roy, publié le … », which holds no word of it
    published_at: datetime | None
    reasons: list[Reason] = field(default_factory=list)
    title: str = ""  # empty: the animateur does not read it (any more)
    words: str = ""
    url: str = ""
    may_narrow: bool = False
    hangs: bool = False  # from the entry of this title
    where: str = "Sous"  # of this title, when it hangs
    is_pending: bool = False  # a thank-you between two: its words are here, and it has no address for its judge

    @property
    def is_read(self) -> bool:
        return bool(self.url or self.words)


@dataclass
class SuspendedLine:
    """A suspended text, without a word of it."""

    path: str  # what names it in the address that restores it
    what: str
    published_at: datetime | None
    since: datetime
    why: str
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True)
class Handled:
    at: datetime
    who: str
    what: str
    done: str


@dataclass(frozen=True)
class Board:
    cases: list[Case]
    suspended: list[SuspendedLine]
    handled: list[Handled]
