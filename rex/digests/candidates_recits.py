"""The récits of the period, those of one action together; in a group, its difficulties too. What was told, from where, how."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from rex.access import told_difficulties, told_recits
from rex.collectifs.models import College
from rex.digests.candidates import MOST, Proposed, Scene, Source, counted, day_of, month_of
from rex.digests.models import Rubric
from rex.digests.selection import Candidate
from rex.french import joined
from rex.journal.difficulty_models import Difficulty
from rex.journal.models import Authorship, Entry, Recit, Stance, Tagging
from rex.referentiel.content import BALISES
from rex.tensions.naming import named_services

MOST_QUOTES = 3  # of the récits of one action
_LABELS = {one.code: one.label for one in BALISES}
_QUIET = 2  # months without a récit after which a service is told to speak again
PLACES = {
    College.ELU: "raconté depuis la place d’élu",
    College.OPERATEUR: "raconté depuis une structure ou une association",
    College.HABITANT: "raconté depuis la place d’habitant",
    College.TIERS: "raconté depuis la place de tiers",
}


@dataclass(frozen=True)
class Signed:
    """A text of the period: who signs it, what it says of balises."""

    id: int
    action_id: int | None
    told_at: datetime
    byline: str
    service_ids: tuple[int, ...]
    services: tuple[str, ...]
    colleges: tuple[College, ...]
    tags: tuple[tuple[str, Stance], ...]

    @property
    def subject(self) -> tuple[str, int]:
        """What it tells: its action, wherever the letter speaks of it."""
        return ("entry", self.id) if self.action_id is None else ("action", self.action_id)

    @property
    def stances(self) -> tuple[str, ...]:
        return tuple(sorted({stance.value for _, stance in self.tags}))


def recits_of(scene: Scene) -> list[Signed]:
    """The récits told in the period, newest first (three statements)."""
    told = told_recits(scene.reader).where(Entry.collectif_id == scene.space_id)
    return signed(scene, _rows(scene, told.where(Entry.published_at >= scene.since, Entry.published_at < scene.until)))


def _rows(scene: Scene, query: Any) -> Sequence[Any]:
    columns = Entry.id, Recit.action_id, Entry.published_at, Entry.byline
    return scene.session.execute(
        query.with_only_columns(*columns).order_by(Entry.published_at.desc(), Entry.id.desc()).limit(MOST)
    ).all()


def signed(scene: Scene, rows: Sequence[Any]) -> list[Signed]:
    """These texts (id, action_id, published_at, byline) with from where they are told (two statements)."""
    ids = [row.id for row in rows]
    by: dict[int, list[Any]] = defaultdict(list)
    tags: dict[int, list[tuple[str, Stance]]] = defaultdict(list)
    if ids:
        columns = Authorship.entry_id, Authorship.service_id, Authorship.service_name, Authorship.college
        for one in scene.session.execute(select(*columns).where(Authorship.entry_id.in_(ids)).order_by(Authorship.position)):
            by[one.entry_id].append(one)
        said = select(Tagging.entry_id, Tagging.code, Tagging.stance).where(Tagging.entry_id.in_(ids))
        for entry_id, code, stance in scene.session.execute(said.order_by(Tagging.position)):
            tags[entry_id].append((code, stance))
    return [
        Signed(
            id=row.id,
            action_id=row.action_id,
            told_at=row.published_at,
            byline=row.byline,
            service_ids=_once(one.service_id for one in by[row.id] if one.service_id is not None),
            services=_once(one.service_name for one in by[row.id] if one.service_name),
            colleges=_once(one.college for one in by[row.id] if one.college is not None),
            tags=tuple(tags[row.id]),
        )
        for row in rows
    ]


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


# --- the rubric -----------------------------------------------------------------------------------------------------------


def recit_candidates(scene: Scene, recits: Sequence[Signed]) -> list[Proposed]:
    """One for each récit, or for each action that several récits tell (six statements)."""
    siblings = _siblings(scene, recits)
    before = _before(scene, {service_id for one in recits for service_id in one.service_ids})
    by_action: dict[int, list[Signed]] = defaultdict(list)
    alone = []
    for one in recits:
        if one.action_id is None:
            alone.append([one])
        else:
            by_action[one.action_id].append(one)
    found = [_proposed(scene, told, siblings.get(action_id, []), before) for action_id, told in by_action.items()]
    return found + [_proposed(scene, told, [], before) for told in alone]


def _siblings(scene: Scene, recits: Sequence[Signed]) -> dict[int, list[Signed]]:
    """The récits of the same actions that were told before."""
    actions = {one.action_id for one in recits if one.action_id is not None}
    if not actions:
        return {}
    told = told_recits(scene.reader).where(Recit.action_id.in_(actions), Entry.published_at < scene.since)
    found: dict[int, list[Signed]] = defaultdict(list)
    for one in signed(scene, _rows(scene, told.where(Entry.collectif_id == scene.space_id))):
        if one.action_id is not None:
            found[one.action_id].append(one)
    return found


def _before(scene: Scene, service_ids: Collection[int]) -> dict[str, datetime | None]:
    """Name of a service → when it last told something before the period; of those that may be named alone."""
    if scene.seat.is_group or not service_ids:
        return {}
    named = {one.id: one.name for one in named_services(scene.session, scene.space_id).named if one.id in service_ids}
    last = (
        told_recits(scene.reader)
        .join(Authorship, Authorship.entry_id == Entry.id)
        .where(Authorship.service_id.in_(named), Entry.collectif_id == scene.space_id, Entry.published_at < scene.since)
        .with_only_columns(Authorship.service_id, func.max(Entry.published_at))
        .group_by(Authorship.service_id)
    )
    at = dict(scene.session.execute(last).all())
    return {name: at.get(service_id) for service_id, name in named.items()}


def _proposed(scene: Scene, told: list[Signed], earlier: list[Signed], before: dict[str, datetime | None]) -> Proposed:
    together = [*told, *earlier]
    is_action = len(together) > 1
    newest = told[0]
    quoted = _apart(together)[:MOST_QUOTES]
    key = f"recits|action:{newest.action_id}" if is_action else f"recits|entry:{newest.id}"
    return Proposed(
        Candidate(
            rubric=Rubric.RECITS,
            key=key,
            mark=f"{len(together)}:{max(one.id for one in together)}",
            new_at=newest.told_at,
            subject=newest.subject,
            services=_once(name for one in together for name in one.services),
            colleges=_once(college.value for one in together for college in one.colleges),
            postures=_once(stance for one in together for stance in one.stances),
            words=15 + 22 * len(quoted),
        ),
        why=_why(scene, told, earlier, before),
        entry_id=None if is_action else newest.id,
        action_id=newest.action_id if is_action else None,
        sources=[Source(one.id, one.byline) for one in sorted(quoted, key=lambda one: (one.told_at, one.id))],
    )


def _apart(recits: Sequence[Signed]) -> list[Signed]:
    """Those that others sign first: two sides of an action before two récits of one side."""
    seen: set[str] = set()
    first, then = [], []
    for one in recits:
        (then if one.byline in seen else first).append(one)
        seen.add(one.byline)
    return first + then


def _why(scene: Scene, told: list[Signed], earlier: list[Signed], before: dict[str, datetime | None]) -> str:
    newest = told[0]
    if scene.seat.is_group and len(told) + len(earlier) > 1:  # who came since is not told of what was said before
        return f"publié le {day_of(scene, newest.told_at)}"
    if earlier:
        return f"un autre récit d’une action racontée en {month_of(scene, max(one.told_at for one in earlier))}"
    if len(told) > 1:
        places = len({one.byline for one in told})
        return f"{counted(len(told), 'récit')} de la même action" + (f", de {places} côtés" if places > 1 else "")
    if contradicted := _balise(newest, Stance.CONTREDIT):
        return f"contredit {contradicted}"
    for name in newest.services:
        last = before.get(name, scene.since)
        if last is None:
            return f"premier récit signé {name}"
        if (scene.since - last).days > 31 * _QUIET:
            return f"{name} raconte pour la première fois depuis {month_of(scene, last)}"
    if shaded := _balise(newest, Stance.NUANCE):
        return f"nuance {shaded}"
    if len(newest.services) > 1:
        return f"écrit ensemble par {joined(newest.services)}"
    place = next((PLACES[college] for college in newest.colleges if college in PLACES), "")
    return place or f"publié le {day_of(scene, newest.told_at)}"


def _balise(recit: Signed, stance: Stance) -> str:
    """« la balise « Créer la confiance » », of the first one of which it says so; those of the collectif are not named here."""
    code = next((code for code, said in recit.tags if said is stance), "")
    return f"la balise « {_LABELS[code]} »" if code in _LABELS else "une balise" if code else ""


# --- in a group -----------------------------------------------------------------------------------------------------------


def shared_candidates(scene: Scene) -> list[Proposed]:
    """What the members of a group shared in a few words (three statements)."""
    columns = Difficulty.id, Difficulty.published_at, Difficulty.byline
    told = told_difficulties(scene.reader).where(Difficulty.collectif_id == scene.space_id, Difficulty.about_id.is_(None))
    within = told.where(Difficulty.published_at >= scene.since, Difficulty.published_at < scene.until)
    newest = within.order_by(Difficulty.published_at.desc(), Difficulty.id.desc()).limit(MOST)
    rows = scene.session.execute(newest.with_only_columns(*columns)).all()
    return [
        Proposed(
            Candidate(Rubric.RECITS, f"recits|entry:{row.id}", "", row.published_at, ("entry", row.id), words=40),
            why=f"partagé le {day_of(scene, row.published_at)}",
            entry_id=row.id,
            sources=[Source(row.id, row.byline)],
        )
        for row in rows
    ]
