"""Récits face to face: which of them are shown, and their sections matched one by one. Nothing here reads the base."""

from collections.abc import Sequence
from dataclasses import dataclass

from rex.journal.action_queries import GATHERED, ToldBy, apart
from rex.journal.canvas import DEFAULT
from rex.journal.queries import SectionView

BETWEEN = "."  # « ?vue=<one>.<other> », or « ?vue=<one>. » whatever the other: not a letter of a public id
_RANK = {section.slug: rank for rank, section in enumerate(DEFAULT)}


@dataclass(frozen=True)
class Reading:
    """What is on the page: two récits face to face, or one alone."""

    left: ToldBy
    right: ToldBy | None

    @property
    def shown(self) -> tuple[ToldBy, ...]:
        return (self.left,) if self.right is None else (self.left, self.right)

    @property
    def vue(self) -> str:
        return BETWEEN.join(recit.card.public_id for recit in self.shown)


def reading_of(vue: str, recits: Sequence[ToldBy]) -> Reading:
    """What `?vue=` asks for: a récit, a pair, a récit facing the first of the others; the first two for anything else."""
    known = {recit.card.public_id: recit for recit in recits}
    left, between, right = vue.partition(BETWEEN)
    if between and not right and left in known and len(recits) > 1:
        return Reading(known[left], next(recit for recit in recits if recit is not known[left]))
    if left in known and right in known and left != right:
        return Reading(known[left], known[right])
    if vue in known or len(recits) == 1:
        return Reading(known.get(vue, recits[0]), None)
    return Reading(recits[0], recits[1])


def facing(recit: ToldBy) -> str:
    """The `?vue=` of a récit that stands first, facing another one of its action."""
    return f"{recit.card.public_id}{BETWEEN}"


@dataclass(frozen=True)
class Choice:
    """A way to read the action: a link."""

    label: str
    vue: str
    is_current: bool


def choices_of(reading: Reading, recits: Sequence[ToldBy]) -> list[Choice]:
    """« Côte à côte », the récit that one reads first, then each récit alone; nothing to choose when there is one."""
    if len(recits) < 2:
        return []
    pair = reading if reading.right else reading_of(facing(reading.left), recits)
    is_first_two = len(recits) == 2 and pair.left is recits[0]
    together = Choice("Côte à côte", "" if is_first_two else pair.vue, reading.right is not None)
    alone = [Choice(r.choice, r.card.public_id, reading.right is None and r is reading.left) for r in recits]
    return [together, *alone]


def pairs_of(reading: Reading, recits: Sequence[ToldBy]) -> list[tuple[str, list[Choice]]]:
    """From three récits on: which comes first, which second. Every pair is two links away; a récit never faces itself."""
    if len(recits) < 3 or reading.right is None:
        return []
    left, right = reading.left, reading.right
    first = [Choice(r.short, Reading(r, right if r is not right else left).vue, r is left) for r in recits]
    second = [Choice(r.short, Reading(left if r is not left else right, r).vue, r is right) for r in recits]
    return [("En premier", first), ("En second", second)]


@dataclass(frozen=True)
class Row:
    """A section of the canvas as each récit tells it; None: it says nothing there."""

    slug: str
    heading: str
    left: str | None
    right: str | None


def rows_of(left: Sequence[SectionView], right: Sequence[SectionView]) -> list[Row]:
    """The sections of two récits matched by slug, in an order that follows both; what the action gathers is left out."""
    one = {section.slug: section for section in left if section.slug not in GATHERED}
    other = {section.slug: section for section in right if section.slug not in GATHERED}
    return [
        Row(
            slug,
            (one.get(slug) or other[slug]).heading,
            apart(one[slug].html, slug, "a") if slug in one else None,
            apart(other[slug].html, slug, "b") if slug in other else None,
        )
        for slug in in_both_orders(list(one), list(other))
    ]


def in_both_orders(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Both lists in one, keeping the order of each. Where either could come next, the canvas of the journal says which; where
    they contradict each other (a canvas that was reordered between two publications), the left one is followed."""
    one, other, order = list(left), list(right), []
    while one or other:
        free = [queue[0] for queue, against in ((one, other), (other, one)) if queue and queue[0] not in against[1:]]
        following = min(free, key=lambda slug: _RANK.get(slug, -1)) if free else one[0]
        order.append(following)
        one, other = [s for s in one if s != following], [s for s in other if s != following]
    return order
