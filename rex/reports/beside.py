"""Texts that hang from no entry: those of séances, and lectures contradictoires. The room that holds them, further down, hands over
how they are found, suspended and restored; who judges them, and what is told of it, is the same as for any text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rex.access import MembershipView, Reader
from rex.db import RexSession
from rex.journal.moments import What
from rex.reports.models import Target
from rex.text import excerpt


@dataclass(frozen=True)
class Beside:
    """One of these texts, as its reader reads it; suspended, it has no words here."""

    column: str  # of a report, that names it
    kind: str  # as addresses name it
    id: int | None  # of its row, once it was reported
    public_id: str  # of that row; empty before
    of_public_id: str  # of what holds its words
    of_id: int  # of what a notice leads to: the séance; the lecture itself
    title: str  # of where it stands: « Séance du mardi 24 novembre »
    collectif_id: int
    key_name: str
    author_ids: frozenset[int]  # who is told what becomes of it
    said: str  # « Un dépôt de Camille Roy », « Une lecture contradictoire signée Voirie »
    told_at: datetime
    source: str
    url: str
    a: str
    this: str
    suspended_at: datetime | None = None
    suspended_why: str = ""
    where: str = "Sous"  # how it stands there: « Sous », « À côté de »
    is_unsigned: bool = False  # no person's name is shown: nor are those who judge it named, a list that would lack its author
    hanging: bool = True  # its author withdraws it where it stands, if at all
    is_pending: bool = False

    @property
    def words(self) -> str:
        return excerpt(self.source, 300)

    @property
    def party_ids(self) -> frozenset[int]:
        """Those who neither report nor judge it."""
        return self.author_ids

    @property
    def target(self) -> Target:
        """Of a text that was reported once."""
        return Target(None, self.column, self.id)


class Holding(Protocol):
    """What the room of these texts does; who may is asked here."""

    path: str  # what names these texts in addresses: `/signaler/<path>/…`
    gone: str  # how one is called that its judge reads no more

    def find(self, session: RexSession, reader: Reader, kind: str, public_id: str, *, hold: bool) -> Beside | None:
        """The text of this address, standing, if this person reads it."""

    def keep(self, session: RexSession, text: Beside) -> Beside:
        """The same, with a row that reports may name."""

    def read(self, session: RexSession, reader: Reader, seat: MembershipView, ids: Collection[int]) -> list[Beside]:
        """Those of these rows that this person reads, of the space of this seat; without words when they stand no more."""

    def suspended(self, session: RexSession, reader: Reader, seat: MembershipView) -> list[Beside]:
        """Those suspended in a space, that this person would read. One statement when there are none."""

    def put_away(self, session: RexSession, reader: Reader, text: Beside, why: str) -> bool:
        """Suspend it; False when it was meanwhile."""

    def put_back(self, session: RexSession, reader: Reader, text: Beside) -> bool:
        """As it was; False when it is not suspended any more."""

    def tell(self, session: RexSession, reader: Reader, what: What, text: Beside, to: list[int]) -> None:
        """That something became of it, to these people."""


_holding: dict[str, Holding] = {}


def hand_over(column: str, holding: Holding) -> None:
    """What does so for the texts that this column of a report names. Once; again changes nothing."""
    _holding[column] = holding


def holding(column: str) -> Holding:
    """The one room of these texts."""
    return _holding[column]
