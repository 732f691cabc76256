"""What the computation reads of a collectif, as the system: what is told there, what people decided, and a mark of all that."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, islice
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from rex import clock
from rex.collectifs.models import Space
from rex.db import RexSession
from rex.journal.difficulty_models import Difficulty, Echo
from rex.journal.models import Authorship, Entry, Tagging
from rex.search.texts import is_told
from rex.tensions.models import OwnIdea, TensionAct, TensionApart, TensionLink
from rex.tensions.own_ideas import own_of
from rex.tensions.voices import Voice, is_said

VERSION = 2  # of what is stored: another one makes all of it anew
MOST_BETWEEN = 2_000  # pairs that keep named tensions apart


@dataclass(frozen=True)
class Note:
    """A told difficulty, as the grouping takes it. `version`: changes with its words."""

    id: int
    text: str
    told_at: datetime
    version: datetime
    balises: tuple[str, ...]
    tension_id: int | None

    @property
    def item(self) -> dict[str, Any]:
        day = self.told_at.date().isoformat()
        return {"id": self.id, "text": self.text, "date": day, "balises": self.balises, "group": self.tension_id}


@dataclass(frozen=True)
class Read:
    """All that a computation is made of."""

    mark: str
    notes: Mapping[int, Note]
    apart: frozenset[tuple[int, int]]
    own: tuple[tuple[str, ...], ...]
    voices: Mapping[int, Sequence[Voice]]
    zone: str

    @property
    def items(self) -> list[dict[str, Any]]:
        """What the grouping takes, with what the rule of recurrence counts: people and services as numbers of no meaning."""
        numbers: dict[Any, int] = {}
        items = []
        for note in self.notes.values():
            said = self.voices.get(note.id, ())
            day = clock.local(note.told_at, self.zone)
            items.append(
                note.item
                | {
                    "people": sorted({numbers.setdefault(("person", one.person), len(numbers)) for one in said}),
                    "services": sorted({numbers.setdefault(("service", one.service), len(numbers)) for one in said if one.service}),
                    "month": f"{day.year}-{day.month:02}",
                }
            )
        return items

    @property
    def gathered(self) -> dict[int, list[int]]:
        """The told difficulties of each named tension, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for note in self.notes.values():
            if note.tension_id is not None:
                found[note.tension_id].append(note.id)
        return {tension_id: sorted(members) for tension_id, members in sorted(found.items())}

    @property
    def must(self) -> list[tuple[int, int]]:
        """A tension holds together: each of its difficulties with the first one."""
        return [(members[0], other) for members in self.gathered.values() for other in members[1:]]

    @property
    def cannot(self) -> list[tuple[int, int]]:
        """What people keep apart; and of two tensions, the first difficulties."""
        firsts = [members[0] for members in self.gathered.values()]
        between = {(min(pair), max(pair)) for pair in islice(combinations(firsts, 2), MOST_BETWEEN)}
        return sorted(self.apart | between)


def told_in(collectif_id: int) -> ColumnElement[bool]:
    """The difficulties of a collectif that its members read."""
    return and_(Entry.collectif_id == collectif_id, is_told())


def mark_of(session: RexSession, collectif_id: int) -> tuple[str, int]:
    """A mark that changes with anything that a computation reads, and how many difficulties it would read. Numbers alone: it is
    asked twice a minute of all that is told."""
    here = told_in(collectif_id)
    told = session.execute(
        select(
            func.count(Difficulty.id), func.sum(Difficulty.id), func.max(Entry.published_at), func.max(Entry.corrected_at)
        ).where(here)
    ).one()
    linked = select(func.count(TensionLink.difficulty_id), func.sum(TensionLink.difficulty_id), func.max(TensionLink.linked_at))
    acts = select(func.max(TensionAct.id), func.count(TensionAct.undone_at), func.max(TensionAct.undone_at))
    signed = select(func.count(Authorship.id)).join(Entry, Entry.id == Authorship.entry_id)
    said = [
        told,
        session.execute(linked.join(Entry, Entry.id == TensionLink.difficulty_id).where(here)).one(),
        session.execute(acts.where(TensionAct.collectif_id == collectif_id)).one(),
        session.execute(select(func.count(Echo.id)).join(Entry, Entry.id == Echo.entry_id).where(here)).one(),
        session.execute(signed.where(here, is_said(Authorship))).one(),
        session.scalars(select(OwnIdea.words).where(OwnIdea.collectif_id == collectif_id).order_by(OwnIdea.id)).all(),
    ]
    written = "\n".join([str(VERSION), *("|".join(map(str, part)) for part in said)])
    return hashlib.sha256(written.encode()).hexdigest(), told[0]


def read(session: RexSession, collectif_id: int) -> Read:
    """What is told and decided now."""
    mark, _ = mark_of(session, collectif_id)
    apart = session.execute(select(TensionApart.one_id, TensionApart.other_id).where(TensionApart.collectif_id == collectif_id))
    pairs = frozenset((one, other) for one, other in apart)
    zone = session.scalars(select(Space.timezone).where(Space.id == collectif_id)).one()
    notes, voices = notes_of(session, collectif_id), _voices_of(session, collectif_id)
    return Read(mark, notes, pairs, own_of(session, collectif_id), voices, zone)


def _voices_of(session: RexSession, collectif_id: int) -> dict[int, list[Voice]]:
    """Who tells each difficulty, who lives it too."""
    found: dict[int, list[Voice]] = defaultdict(list)
    for who in (Authorship, Echo):
        columns = (who.entry_id, who.user_id, who.service_id, who.service_name, who.college)
        said = select(*columns).join(Difficulty, Difficulty.id == who.entry_id).where(told_in(collectif_id), is_said(who))
        for row in session.execute(said):
            found[row.entry_id].append(Voice(row.user_id, row.service_id, row.service_name, row.college))
    return found


def news_of(session: RexSession, collectif_id: int, since: datetime, most: int) -> dict[int, Note]:
    """What was told or corrected after this instant, the oldest first, at most so many."""
    new = or_(Entry.published_at > since, Entry.corrected_at > since)
    at = func.coalesce(Entry.corrected_at, Entry.published_at)
    ids = session.scalars(select(Difficulty.id).where(told_in(collectif_id), new).order_by(at, Difficulty.id).limit(most))
    return notes_of(session, collectif_id, ids.all())


def notes_of(session: RexSession, collectif_id: int, ids: Sequence[int] | None = None) -> dict[int, Note]:
    """The told difficulties of a collectif, by id; `ids`: these alone."""
    here = and_(told_in(collectif_id), Difficulty.id.in_(ids)) if ids is not None else told_in(collectif_id)
    tagged = select(Tagging.entry_id, Tagging.code).join(Difficulty, Difficulty.id == Tagging.entry_id).where(here)
    balises: dict[int, list[str]] = defaultdict(list)
    for entry_id, code in session.execute(tagged.order_by(Tagging.entry_id, Tagging.position)):
        balises[entry_id].append(code)
    linked = select(TensionLink.difficulty_id, TensionLink.tension_id)
    linked = linked.join(Difficulty, Difficulty.id == TensionLink.difficulty_id).where(here)
    places = {difficulty_id: tension_id for difficulty_id, tension_id in session.execute(linked)}
    told = select(Difficulty.id, Entry.words, Entry.published_at, Entry.corrected_at).where(here).order_by(Difficulty.id)
    return {
        key: Note(key, words, told_at, corrected_at or told_at, tuple(balises[key]), places.get(key))
        for key, words, told_at, corrected_at in session.execute(told)
        if told_at is not None
    }
