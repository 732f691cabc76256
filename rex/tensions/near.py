"""« Cela ressemble à … »: what a difficulty that somebody writes looks like, among what they read; only a person links.

What is compared lies in memory (`near_index`), and may be a little late: nothing of it is shown that is not told to this reader
now, in the words that were compared. Nothing is looked for in a peer group, which feeds no tension."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import func, select

from rex.access import MembershipView, Reader, told_tensions
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Entry
from rex.tensions.acts_ground import told_here
from rex.tensions.grouping_explain import MIDDLING, SIGNS, STRONG, UNSURE, Reasons
from rex.tensions.grouping_suggest import among
from rex.tensions.grouping_words import content
from rex.tensions.models import Tension, TensionLink
from rex.tensions.near_index import Index, index_of

SHOWN = 3
LEAST_WORDS = 3  # of a text that says enough to be compared
_LOOKED_AT = 12  # difficulties that the door is asked about
_STRENGTHS = ("fort", "moyen", UNSURE)


@dataclass(frozen=True)
class Near:
    """A tension that the text looks like, or a difficulty that is in none (`tension_id` None), with what brings them together.

    `words`: pairs, as the text writes it and as the other does; `closest`: the difficulty to read beside one's own."""

    public_id: str  # of the tension, else of the difficulty
    tension_id: int | None
    title: str
    difficulties: int
    closest_id: str  # public id
    closest: str  # its words
    words: tuple[tuple[str, str], ...]
    near_words: tuple[tuple[str, str], ...]
    balises: tuple[str, ...]
    strength: str  # « fort », « moyen », « à vérifier »

    @property
    def is_tension(self) -> bool:
        return self.tension_id is not None

    @property
    def url(self) -> str:
        return f"/tensions/{self.public_id}" if self.is_tension else f"/difficultes/{self.public_id}"


class _Told(NamedTuple):
    """A difficulty that this reader reads now."""

    id: int
    public_id: str
    title: str
    words: str


def resembling(
    session: RexSession,
    reader: Reader,
    seat: MembershipView,
    words: str,
    balises: Iterable[str] = (),
    *,
    besides: int | None = None,
    unsure: bool = False,
) -> list[Near]:
    """What this text looks like, at most three, tensions first; [] when nothing does, or when the journal is not read yet.

    `besides`: the difficulty that is being looked at, itself; `unsure`: give the three nearest when nothing is near enough."""
    if seat.is_group or len({word.stem for word in content(words)}) < LEAST_WORDS:
        return []
    index = index_of(session, seat.collectif_id)
    if index is None:
        return []
    item = {"id": "", "text": words, "balises": tuple(balises)}
    near = index.near(item)
    named = [tension_id for tension_id, _ in among(item, index.known)]
    rows = _rows(index, near, named, besides, unsure=unsure)
    told = _told(session, reader, seat, index, rows)
    tensions = _tensions(session, reader, seat, told)
    items = {row: {"id": one.id, "text": one.words, "balises": index.balises[row]} for row, one in told.items()}
    reasons = Reasons(items.values(), index.own)
    found: dict[Any, Near] = {}
    for row in rows:
        is_out_of_sight = row in told and index.groups[row] is not None and told[row].id not in tensions  # its tension is
        if row in told and not is_out_of_sight and len(found) < SHOWN:
            one = _near(reasons, items[row], item, float(near[row]), told[row], tensions.get(told[row].id))
            key = one.tension_id or one.public_id
            if key not in found and (unsure or one.is_tension or one.strength != UNSURE):
                found[key] = one
    return sorted(found.values(), key=lambda one: (not one.is_tension, _STRENGTHS.index(one.strength)))


def _rows(index: Index, near: np.ndarray, named: Sequence[int], besides: int | None, *, unsure: bool) -> list[int]:
    """The difficulties to ask the door about: the nearest of each tension named, then the nearest of those in none."""
    rows: list[int] = []
    for tension_id in named:
        members = index.members.get(tension_id, np.zeros(0, np.int64))
        rows += members[np.argsort(-near[members], kind="stable")[: _LOOKED_AT // 3]].tolist()
    best = np.argsort(-near, kind="stable")[:_LOOKED_AT].tolist()
    rows += [row for row in best if unsure or (index.groups[row] is None and near[row] >= MIDDLING)]
    return [row for row in dict.fromkeys(rows) if index.ids[row] != besides]


def _told(session: RexSession, reader: Reader, seat: MembershipView, index: Index, rows: Sequence[int]) -> dict[int, _Told]:
    """Row → the difficulty, for those that this reader reads now as they were compared."""
    ids = {index.ids[row]: row for row in rows}
    query = told_here(reader, seat.collectif_id).where(Difficulty.id.in_(ids))
    found = session.execute(query.with_only_columns(Difficulty.id, Entry.public_id, Entry.title, Entry.words))
    return {ids[one.id]: _Told(*one) for one in found if index.texts[ids[one.id]] == one.words}


def _tensions(
    session: RexSession, reader: Reader, seat: MembershipView, told: dict[int, _Told]
) -> dict[int, tuple[int, str, str, int]]:
    """Difficulty → its tension as it is now: id, public id, name, how many difficulties this reader reads in it."""
    ids = [one.id for one in told.values()]
    here = select(TensionLink.difficulty_id, TensionLink.tension_id).where(TensionLink.difficulty_id.in_(ids))
    places = {difficulty_id: tension_id for difficulty_id, tension_id in session.execute(here)}
    if not places:
        return {}
    wanted = sorted(set(places.values()))
    count = select(TensionLink.tension_id, func.count(TensionLink.difficulty_id)).where(TensionLink.tension_id.in_(wanted))
    numbers = {tension_id: number for tension_id, number in session.execute(count.group_by(TensionLink.tension_id))}
    named = told_tensions(reader).where(Tension.id.in_(wanted), Entry.collectif_id == seat.collectif_id)
    names = {row.id: row for row in session.execute(named.with_only_columns(Entry.id, Entry.public_id, Entry.title))}
    return {
        difficulty_id: (tension_id, names[tension_id].public_id, names[tension_id].title, numbers.get(tension_id, 0))
        for difficulty_id, tension_id in places.items()
        if tension_id in names
    }


def _near(
    reasons: Reasons,
    other: dict[str, Any],
    item: dict[str, Any],
    nearness: float,
    told: _Told,
    tension: tuple[int, str, str, int] | None,
) -> Near:
    likeness = reasons.pair(item, other)
    strength = _STRENGTHS[2 if likeness.signs < SIGNS or nearness < MIDDLING else 1 if nearness < STRONG else 0]
    tension_id, public_id, title, number = tension or (None, told.public_id, told.title, 1)
    return Near(
        public_id, tension_id, title, number, told.public_id, told.words, tuple(likeness.words),
        tuple((pair.one, pair.other) for pair in likeness.near_words), tuple(likeness.balises), strength,
    )  # fmt: skip
